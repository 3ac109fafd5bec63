// Rows in RowBinary read back, for tests that stand in for the engine.
import type { BinaryRows } from '#platform'

/** The rows as objects: texts, numbers, lists of texts and maps of texts. */
export function rowsBack({ columns, bytes }: BinaryRows): Record<string, unknown>[] {
  let at = 0
  const length = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  const text = (): string => {
    const size = length()
    return bytes.toString('utf8', at, (at += size))
  }
  const number = (size: number): number => {
    at += size
    return size === 8 ? Number(bytes.readBigInt64LE(at - 8)) : bytes.readUIntLE(at - size, size)
  }
  const value = (type: string): unknown => {
    if (type.startsWith('Array')) return Array.from({ length: length() }, text)
    if (type.startsWith('Map') && type.endsWith('Array(String))'))
      return Object.fromEntries(
        Array.from({ length: length() }, () => [text(), Array.from({ length: length() }, text)]),
      )
    if (type.startsWith('Map')) return Object.fromEntries(Array.from({ length: length() }, () => [text(), text()]))
    if (type.startsWith('DateTime64') || type === 'UInt64') return number(8)
    const bits = /^UInt(\d+)$/.exec(type)?.[1]
    return bits === undefined ? text() : number(Number(bits) / 8)
  }
  const rows: Record<string, unknown>[] = []
  while (at < bytes.length) rows.push(Object.fromEntries(columns.map(({ name, type }) => [name, value(type)])))
  return rows
}
