// Values of flow records as JSON has them.
import type { ElementType } from './elements.ts'

export type FlowValue = string | number | boolean
export type Flow = Record<string, FlowValue>

export const ipv4 = (bytes: Buffer): string => [...bytes.subarray(0, 4)].join('.')

/** RFC 5952: the longest run of zeros is left out. */
export function ipv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16))
  let [from, length] = [-1, 1]
  for (let at = 0; at < 8; at += 1) {
    let to = at
    while (to < 8 && groups[to] === '0') to += 1
    if (to - at > length) [from, length] = [at, to - at]
    at = Math.max(at, to - 1)
  }
  if (from < 0) return groups.join(':')
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`
}

export const mac = (bytes: Buffer): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':')

/** Whole numbers of up to eight bytes; those that JavaScript cannot hold are digits. */
export function unsigned(bytes: Buffer): FlowValue {
  if (bytes.length <= 6) return bytes.length === 0 ? 0 : bytes.readUIntBE(0, bytes.length)
  if (bytes.length > 8) return bytes.toString('hex')
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

/** Seconds from 1900 to 1970. */
const ntpEpoch = 2_208_988_800
const ntp = (bytes: Buffer): number =>
  Math.round((bytes.readUInt32BE(0) - ntpEpoch) * 1000 + (bytes.readUInt32BE(4) / 4_294_967_296) * 1000)

const finite = (value: number): FlowValue => (Number.isFinite(value) ? value : String(value))

// oxlint-disable-next-line no-control-regex
const printable = (bytes: Buffer): string => bytes.toString('utf8').replace(/\0+$/, '')

type Read = (bytes: Buffer) => FlowValue
const hex: Read = (bytes) => bytes.toString('hex')
/** Reads values of one length; others are read as said last. */
const ofLength =
  (length: number, read: Read, other: Read): Read =>
  (bytes) =>
    bytes.length === length ? read(bytes) : other(bytes)

const readers: Readonly<Record<ElementType, Read>> = {
  '4': ofLength(4, ipv4, hex),
  '6': ofLength(16, ipv6, hex),
  mac,
  s: printable,
  b: (bytes) => bytes[0] === 1,
  f: floatOf,
  i: (bytes) => (bytes.length > 0 && bytes.length <= 6 ? bytes.readIntBE(0, bytes.length) : unsigned(bytes)),
  sec: ofLength(4, (bytes) => bytes.readUInt32BE(0) * 1000, unsigned),
  ntp: ofLength(8, ntp, unsigned),
  x: unsigned,
  u: unsigned,
  ms: unsigned,
}

/** A value of a type, whose length an exporter may choose. Never throws. */
export const valueOf = (type: ElementType, bytes: Buffer): FlowValue => readers[type](bytes)

function floatOf(bytes: Buffer): FlowValue {
  if (bytes.length === 4) return finite(bytes.readFloatBE(0))
  return bytes.length === 8 ? finite(bytes.readDoubleBE(0)) : bytes.toString('hex')
}
