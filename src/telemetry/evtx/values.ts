// Typed values of binary XML (MS-EVEN6 2.2.12.3, value types) as JSON values.
import { type ChunkBytes, Damage, type Json, spend, utf16 } from './bytes.ts'

/** Type of a value that is itself binary XML; the renderer handles it, not this file. */
export const binXmlType = 0x21
const arrayFlag = 0x80

type Bytes = ChunkBytes<unknown>
type Decode = (chunk: Bytes, at: number, size: number) => Json

const hexBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase())
const hexByte = (byte: number | undefined): string => hexBytes[byte ?? 0] ?? '00'

/** Bytes as upper-case hexadecimal. */
export const hexText: Decode = ({ bytes }, at, size) => bytes.toString('hex', at, at + size).toUpperCase()

/** A GUID as 54849625-5478-4994-A5BA-3E3B0328C30D: the first three groups are little-endian. */
function guid({ bytes: b }: Bytes, at: number): string {
  const two = (i: number): string => hexByte(b[at + i]) + hexByte(b[at + i + 1])
  const swapped = (i: number): string => hexByte(b[at + i + 1]) + hexByte(b[at + i])
  return `${swapped(2)}${swapped(0)}-${swapped(4)}-${swapped(6)}-${two(8)}-${two(10)}${two(12)}${two(14)}`
}

/** A security identifier as S-1-5-21-…; its authority is big-endian, its parts little-endian. */
function sid({ view }: Bytes, at: number, size: number): string {
  const parts = view.getUint8(at + 1)
  if (parts > 15 || 8 + parts * 4 > size) throw new Damage('a security identifier is too long')
  let text = `S-${view.getUint8(at)}-${view.getUint16(at + 2) * 2 ** 32 + view.getUint32(at + 4)}`
  for (let part = 0; part < parts; part++) text += `-${view.getUint32(at + 8 + part * 4, true)}`
  return text
}

/** Signed or unsigned 64 bits as a number, or as text where a number would lose digits. */
function int64(low: number, high: number): number | string {
  const value = high * 2 ** 32 + low
  return Number.isSafeInteger(value) ? value : ((BigInt(high) << 32n) | BigInt(low)).toString()
}

const hexInt64 = (low: number, high: number): string =>
  high === 0 ? `0x${low.toString(16)}` : `0x${high.toString(16)}${low.toString(16).padStart(8, '0')}`

/** JSON has no word for NaN and the infinities. */
const real = (value: number): number | string => (Number.isFinite(value) ? value : String(value))

const secondsFrom1601To1970 = 11_644_473_600

/** Milliseconds since 1970 of a FILETIME (100 ns steps since 1601), rounded down; NaN for times no calendar has. */
export function filetimeMilliseconds(view: DataView, at: number): number {
  const low = view.getUint32(at, true)
  const high = view.getUint32(at + 4, true)
  if (high >= 0x4000_0000) return Number.NaN
  const steps = high * 4_967_296 + low // 2^32 = 429 s + 4,967,296 steps: stays exact, where the full product would not
  const seconds = high * 429 + Math.floor(steps / 1e7) - secondsFrom1601To1970
  return seconds * 1000 + Math.floor((steps % 1e7) / 1e4)
}

/** A FILETIME as 2021-11-19T16:52:33.8337335Z, all seven digits kept. */
function filetime({ view }: Bytes, at: number): string {
  const low = view.getUint32(at, true)
  const high = view.getUint32(at + 4, true)
  const milliseconds = filetimeMilliseconds(view, at)
  if (Number.isNaN(milliseconds) || Math.abs(milliseconds) > 8.64e15) return hexInt64(low, high)
  const rest = ((high * 4_967_296 + low) % 1e4).toString().padStart(4, '0')
  return `${isoMilliseconds(milliseconds)}${rest}Z`
}

let day = Number.NaN
let dayText = ''
/** `2021-11-19T16:52:33.833`; the date part is remembered, as neighbouring records share it. */
function isoMilliseconds(milliseconds: number): string {
  const today = Math.floor(milliseconds / 86_400_000)
  if (today !== day) {
    dayText = new Date(milliseconds).toISOString().slice(0, -13)
    day = today
  }
  const rest = milliseconds - today * 86_400_000
  const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)
  const clock = `${two(Math.floor(rest / 3_600_000))}:${two(Math.floor(rest / 60_000) % 60)}:${two(Math.floor(rest / 1000) % 60)}`
  return `${dayText}${clock}.${(rest % 1000).toString().padStart(3, '0')}`
}

/** A SYSTEMTIME (eight 16-bit numbers) as ISO text; hexadecimal when no calendar has it. */
function systemtime(chunk: Bytes, at: number): Json {
  const part = (index: number): number => chunk.view.getUint16(at + index * 2, true)
  const [year, month, date, hour, minute, second] = [part(0), part(1), part(3), part(4), part(5), part(6)]
  const time = Date.UTC(year, month - 1, date, hour, minute, second, part(7))
  const valid = year >= 1601 && month >= 1 && month <= 12 && date >= 1 && hour < 24 && minute < 60 && second < 61
  return valid && Number.isFinite(time) ? new Date(time).toISOString() : hexText(chunk, at, 16)
}

interface ValueType {
  /** Size of one value in bytes; 0 when only the descriptor knows. */
  readonly size: number
  readonly decode: Decode
}

const text: Decode = ({ bytes }, at, size) => utf16(bytes, at, at + size)
const ansi: Decode = ({ bytes }, at, size) => bytes.toString('latin1', at, at + size).replace(/\0+$/, '')

const types: Readonly<Record<number, ValueType>> = {
  0x00: { size: 0, decode: () => null },
  0x01: { size: 0, decode: text },
  0x02: { size: 0, decode: ansi },
  0x03: { size: 1, decode: ({ view }, at) => view.getInt8(at) },
  0x04: { size: 1, decode: ({ view }, at) => view.getUint8(at) },
  0x05: { size: 2, decode: ({ view }, at) => view.getInt16(at, true) },
  0x06: { size: 2, decode: ({ view }, at) => view.getUint16(at, true) },
  0x07: { size: 4, decode: ({ view }, at) => view.getInt32(at, true) },
  0x08: { size: 4, decode: ({ view }, at) => view.getUint32(at, true) },
  0x09: { size: 8, decode: ({ view }, at) => int64(view.getUint32(at, true), view.getInt32(at + 4, true)) },
  0x0a: { size: 8, decode: ({ view }, at) => int64(view.getUint32(at, true), view.getUint32(at + 4, true)) },
  0x0b: { size: 4, decode: ({ view }, at) => real(view.getFloat32(at, true)) },
  0x0c: { size: 8, decode: ({ view }, at) => real(view.getFloat64(at, true)) },
  0x0d: { size: 4, decode: ({ view }, at) => view.getUint32(at, true) !== 0 },
  0x0e: { size: 0, decode: hexText },
  0x0f: { size: 16, decode: guid },
  0x10: { size: 0, decode: (chunk, at, size) => sizeT(chunk, at, size) },
  0x11: { size: 8, decode: filetime },
  0x12: { size: 16, decode: systemtime },
  0x13: { size: 0, decode: sid },
  0x14: { size: 4, decode: ({ view }, at) => `0x${view.getUint32(at, true).toString(16)}` },
  0x15: { size: 8, decode: ({ view }, at) => hexInt64(view.getUint32(at, true), view.getUint32(at + 4, true)) },
  0x20: { size: 0, decode: hexText },
  0x23: { size: 0, decode: text },
}

/** A pointer-sized number: 4 or 8 bytes, hexadecimal as Windows shows it. */
const sizeT: Decode = ({ view }, at, size) =>
  size >= 8
    ? hexInt64(view.getUint32(at, true), view.getUint32(at + 4, true))
    : `0x${view.getUint32(at, true).toString(16)}`

/** Arrays of text are written one after the other, each closed by a NUL. */
function textArray(list: string): Json[] {
  const parts = list.split('\0')
  return parts.at(-1) === '' ? parts.slice(0, -1) : parts
}

function sidArray(chunk: Bytes, at: number, size: number): Json[] {
  const found: Json[] = []
  for (let from = at; from + 8 <= at + size; from += 8 + chunk.view.getUint8(from + 1) * 4)
    found.push(sid(chunk, from, at + size - from))
  return found
}

function array(chunk: Bytes, type: number, at: number, size: number): Json {
  if (type === 0x01 || type === 0x23) {
    if (at + size > chunk.bytes.length) throw new Damage('an array runs over the end of the chunk')
    return textArray(chunk.bytes.toString('utf16le', at, at + size).replace(/\p{Surrogate}/gu, '\ufffd'))
  }
  if (type === 0x02) return textArray(chunk.bytes.toString('latin1', at, at + size))
  if (type === 0x13) return sidArray(chunk, at, size)
  const entry = types[type]
  if (!entry || entry.size === 0) return hexText(chunk, at, size)
  const { size: step, decode } = entry
  return Array.from({ length: Math.floor(size / step) }, (_, index) => decode(chunk, at + index * step, step))
}

/** The value of `type` in `size` bytes at `at`. Throws Damage for bytes that cannot be one. Unknown types come out as hexadecimal. */
export function decodeValue(chunk: Bytes, type: number, at: number, size: number): Json {
  if (at + size > chunk.bytes.length) throw new Damage('a value runs over the end of the chunk')
  if (type & arrayFlag) {
    spend(chunk, 8 + size * 4)
    return array(chunk, type & 0x7f, at, size)
  }
  spend(chunk, 8 + size)
  const entry = types[type]
  if (!entry) return hexText(chunk, at, size)
  if (size === 0 && type !== 0x00) return entry.size === 0 ? '' : null
  if (size >= entry.size) return entry.decode(chunk, at, size)
  // Some writers give booleans and small numbers fewer bytes than the type has.
  return type === 0x0d ? chunk.view.getUint8(at) !== 0 : chunk.view.getUint8(at)
}
