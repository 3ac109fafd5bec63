// The bytes of one chunk with what is remembered about them: names and templates by offset, and how much may still be produced.

/** Any value JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** Thrown inside the reader when bytes do not make sense; caught per record and turned into an Issue. */
export class Damage extends Error {
  override readonly name = 'Damage'
}

/** One chunk (up to 64 KiB). All offsets inside EVTX structures count from its start. */
export interface ChunkBytes<Node> {
  readonly bytes: Buffer
  readonly view: DataView
  /** Element and attribute names by offset. */
  readonly names: Map<number, string>
  /** Compiled template definitions by offset; `undefined` while one is being compiled. */
  readonly templates: Map<number, readonly Node[] | undefined>
  /** Output characters and nodes that the record at work may still produce. */
  left: number
}

export const chunkBytes = <Node>(bytes: Buffer): ChunkBytes<Node> => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  names: new Map(),
  templates: new Map(),
  left: 0,
})

/** Takes `cost` from what the record may produce; templates within templates could otherwise grow without end. */
export function spend(chunk: { left: number }, cost: number): void {
  chunk.left -= cost
  if (chunk.left < 0) throw new Damage('it expands to more than 1 MiB')
}

const surrogate = /\p{Surrogate}/gu

/** UTF-16LE text between two offsets, without trailing NULs; half surrogate pairs become U+FFFD so that the text is valid everywhere. */
export function utf16(bytes: Buffer, start: number, end: number): string {
  if (end > bytes.length) throw new Damage(`a text runs over the end of the chunk`)
  let stop = end - ((end - start) & 1)
  while (stop > start && bytes[stop - 1] === 0 && bytes[stop - 2] === 0) stop -= 2
  return stop === start ? '' : bytes.toString('utf16le', start, stop).replace(surrogate, '\ufffd')
}

/** Sets a property, even one named `__proto__`, which a plain assignment would swallow. */
export function put(object: { [name: string]: Json }, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })
  else object[name] = value
}
