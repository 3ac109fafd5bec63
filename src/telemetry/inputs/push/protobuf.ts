// Protocol Buffers' wire format read by hand: fields with their numbers, bounded by the bytes themselves. Throws Broken on what is none.

/** What is read is no such message. */
export class Broken extends Error {}

/** One field of a message. */
export interface Field {
  readonly number: number
  /** Varint (0), 64 bits (1), bytes (2), 32 bits (5). */
  readonly wire: number
  /** Of varints and fixed numbers, unsigned. */
  readonly value: bigint
  /** Of wire type 2; empty for others. */
  readonly bytes: Buffer
}

const none = Buffer.alloc(0)
const mostFields = 4_000_000

function varint(bytes: Buffer, at: number): { value: bigint; end: number } {
  let value = 0n
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = bytes[at]
    if (byte === undefined) throw new Broken('a number is cut off')
    at += 1
    value |= BigInt(byte & 127) << shift
    if (byte < 128) return { value: BigInt.asUintN(64, value), end: at }
  }
  throw new Broken('a number is too long')
}

/** Short varints, which nearly all are, without big integers; -1 when it is longer. */
function small(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0
  for (let index = 0; index < 4; index += 1) {
    const byte = bytes[at + index] ?? 128
    value |= (byte & 127) << (7 * index)
    if (byte < 128) return { value, end: at + index + 1 }
  }
  const long = varint(bytes, at)
  if (long.value > 0xffff_ffffn) throw new Broken('a length is too large')
  return { value: Number(long.value), end: long.end }
}

/** The fields of a message in their order. */
export function* fieldsIn(bytes: Buffer): Generator<Field> {
  let at = 0
  for (let count = 0; at < bytes.length; count += 1) {
    if (count > mostFields) throw new Broken('too many fields')
    const tag = small(bytes, at)
    const [number, wire] = [tag.value >>> 3, tag.value & 7]
    at = tag.end
    if (number === 0) throw new Broken('a field without a number')
    if (wire === 0) {
      const { value, end } = varint(bytes, at)
      at = end
      yield { number, wire, value, bytes: none }
      continue
    }
    const length = wire === 1 ? { value: 8, end: at } : wire === 5 ? { value: 4, end: at } : small(bytes, at)
    if (wire !== 1 && wire !== 2 && wire !== 5) throw new Broken(`wire type ${wire}`)
    const end = length.end + length.value
    if (end > bytes.length) throw new Broken('a field is cut off')
    const part = bytes.subarray(length.end, end)
    at = end
    const value = wire === 1 ? part.readBigUInt64LE() : wire === 5 ? BigInt(part.readUInt32LE()) : 0n
    yield { number, wire, value, bytes: wire === 2 ? part : none }
  }
}

/** A field of bytes, for answers. */
export function bytesField(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([varintOf((number << 3) | 2), varintOf(bytes.length), bytes])
}
/** A field of a number below 2^31, for answers. */
export const numberField = (number: number, value: number): Buffer =>
  Buffer.concat([varintOf(number << 3), varintOf(value)])

function varintOf(value: number): Buffer {
  const bytes: number[] = []
  while (value > 127) {
    bytes.push((value & 127) | 128)
    value >>>= 7
  }
  return Buffer.from([...bytes, value])
}
