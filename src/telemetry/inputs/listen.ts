// An address to listen on, as written in castellan.yaml.

/** `127.0.0.1:5514` or `[::1]:5514` taken apart. */
export function listenPlace(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':')
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) }
}
