// Values of sources as the schema wants them: a port that was a text becomes a number, a time becomes milliseconds, a caption becomes its number.
import type { OcsfAttribute, OcsfScalar } from '#standards'
import { isoTime } from '../parsers/times.ts'
import { isAddress } from '../query/address.ts'
import type { FieldValue, Scalar } from '../types.ts'
import { synonym } from './synonyms.ts'

export type OcsfValue = string | number | boolean | null | OcsfValue[] | OcsfObject
export interface OcsfObject {
  [name: string]: OcsfValue
}

/** Whether this is an object of names and values, not a list. */
export const isOcsfObject = (value: unknown): value is OcsfObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: unknown): value is readonly Scalar[] => Array.isArray(value)

/** Whether the text is an address of IPv4 or IPv6, a zone after `%` aside. */
export const isIp = (text: string): boolean => text.length < 60 && isAddress(text.split('%', 1)[0] ?? '')

const hex = /^0x[0-9a-f]{1,13}$/i
const decimal = /^[+-]?\d{1,18}$/
function wholeOf(value: Scalar): number | undefined {
  const text = String(value).trim()
  if (!decimal.test(text) && !hex.test(text)) return undefined
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : undefined
}

/** Milliseconds: numbers are taken for seconds, milli-, micro- or nanoseconds by their size, texts without a zone for UTC. */
function timeOf(value: Scalar): number | undefined {
  const number = typeof value === 'number' ? value : Number(value)
  if (value !== '' && Number.isFinite(number) && number > 0) {
    const perMs = number < 1e11 ? 0.001 : number < 1e14 ? 1 : number < 1e17 ? 1e3 : 1e6
    return Math.round(number / perMs)
  }
  if (typeof value !== 'string') return undefined
  const parsed = isoTime(value) ?? Date.parse(value)
  return Number.isNaN(parsed) ? undefined : Math.trunc(parsed)
}

const yes = new Set(['true', 'yes', '1', 't', 'y'])
const no = new Set(['false', 'no', '0', 'f', 'n'])
function flagOf(value: Scalar): boolean | undefined {
  const text = String(value).toLowerCase()
  return yes.has(text) ? true : no.has(text) ? false : undefined
}

function floatOf(value: Scalar): number | undefined {
  const number = value === '' || value === null || typeof value === 'boolean' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : undefined
}
function portOf(value: Scalar): number | undefined {
  const port = wholeOf(value)
  return port !== undefined && port >= 0 && port <= 65_535 ? port : undefined
}
const textOf = (value: Scalar): string | undefined => {
  const text = String(value)
  return text === '' || text === '-' ? undefined : text
}
const matching =
  (fits: (text: string) => boolean) =>
  (value: Scalar): string | undefined => {
    const text = textOf(value)
    return text !== undefined && fits(text) ? text : undefined
  }
const macText = /^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$|^[0-9a-f]{12}$/i

const converters: Readonly<Record<OcsfScalar, (value: Scalar) => OcsfValue | undefined>> = {
  string_t: textOf,
  integer_t: wholeOf,
  long_t: wholeOf,
  float_t: floatOf,
  boolean_t: flagOf,
  timestamp_t: timeOf,
  port_t: portOf,
  ip_t: matching(isIp),
  mac_t: matching((text) => macText.test(text)),
  hostname_t: textOf,
  email_t: textOf,
  json_t: (value) => value,
}

/** The number of an enumeration: given as it is, or by its caption. */
function idOf(attribute: OcsfAttribute, value: Scalar): number | undefined {
  const number = wholeOf(value)
  if (number !== undefined && attribute.captions?.has(number)) return number
  const word = String(value).toLowerCase()
  return attribute.ids?.get(word) ?? synonym(attribute.name, word)
}

const clock = /^(\d{1,5}):(\d{2}):(\d{2})$/
/** `0:01:07`, and seconds with a fraction, as milliseconds; a whole number is milliseconds already. */
function durationOf(value: Scalar): number | undefined {
  const [, hours, minutes, seconds] = clock.exec(String(value)) ?? []
  if (seconds !== undefined) return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000
  const number = floatOf(value)
  return number === undefined || number < 0 || number > 1e12
    ? undefined
    : Number.isInteger(number)
      ? number
      : Math.round(number * 1_000)
}

function single(attribute: OcsfAttribute, value: Scalar): OcsfValue | undefined {
  if (value === null) return undefined
  if (attribute.name === 'duration') return durationOf(value)
  if (attribute.captions) return idOf(attribute, value)
  if (attribute.type === 'object') return attribute.object ? undefined : value
  return converters[attribute.type](value)
}

/** The value as this attribute wants it; undefined when it cannot be that. Lists that were joined by commas are parted again. */
export function converted(attribute: OcsfAttribute, value: FieldValue): OcsfValue | undefined {
  if (attribute.list) {
    const parts = isList(value) ? value : typeof value === 'string' ? value.split(', ') : [value]
    const all = parts.map((part) => single(attribute, part))
    const kept = all.filter((one) => one !== undefined)
    return kept.length === parts.length && kept.length > 0 ? kept : undefined
  }
  if (!isList(value)) return single(attribute, value)
  const [only] = value
  if (value.length === 1 && only !== undefined) return single(attribute, only)
  return attribute.type === 'string_t' && value.length > 0 ? textOf(value.join(', ')) : undefined
}

/** Whether a value is what the type says, as the check of a finished event asks. */
export function fits(type: OcsfScalar, value: unknown): boolean {
  if (type === 'json_t') return true
  if (type === 'boolean_t') return typeof value === 'boolean'
  if (type === 'float_t') return typeof value === 'number'
  if (type === 'port_t') return Number.isInteger(value) && portOf(Number(value)) !== undefined
  if (type === 'integer_t' || type === 'long_t' || type === 'timestamp_t') return Number.isInteger(value)
  if (typeof value !== 'string') return false
  if (type === 'ip_t') return isIp(value)
  return type !== 'mac_t' || macText.test(value)
}
