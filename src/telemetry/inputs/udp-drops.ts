// Datagrams that the kernel dropped because nobody read fast enough, as Linux tells in /proc/net/udp.

/** Drops of sockets on this port; 0 when the text says nothing of it. */
export function dropsIn(text: string, port: number): number {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  let drops = 0
  for (const line of text.split('\n').slice(1)) {
    const columns = line.trim().split(' ').filter(Boolean)
    const count = Number(columns.at(-1))
    if (columns[1]?.endsWith(wanted) === true && Number.isInteger(count)) drops += count
  }
  return drops
}
