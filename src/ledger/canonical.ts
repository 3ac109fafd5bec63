// JSON in its one canonical form (RFC 8785), and values made fit for it.
import { Fault } from '#kernel'

/**
 * A JSON value as its one text (RFC 8785): no spaces, keys sorted by UTF-16 code units, numbers and strings as ECMAScript writes them.
 * Throws Fault BUG for what JSON cannot hold: undefined, NaN, infinities, half a surrogate pair; see `plain`.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return stringText(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object') throw new Fault('BUG', `a value of type ${typeof value} has no place in JSON`)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, held]) => `${stringText(key)}:${canonicalJson(held)}`).join(',')}}`
}

const halfPair = /\p{Surrogate}/u
function stringText(text: string): string {
  if (halfPair.test(text)) throw new Fault('BUG', 'half a surrogate pair has no place in JSON')
  return JSON.stringify(text)
}

const deepest = 32

/**
 * Any value as one that canonicalJson takes: half surrogate pairs become U+FFFD, numbers that are none become null, big integers text,
 * what JSON does not know is left out (null in a list), and what lies deeper than 32 levels is cut to `…`.
 */
export function plain(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value
  if (typeof value !== 'object' || value === null) return null
  if (depth >= deepest) return '…'
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1))
  const members = Object.entries(value).filter(([, held]) => held !== undefined && typeof held !== 'function')
  return Object.fromEntries(members.map(([key, held]) => [wellFormed(key), plain(held, depth + 1)]))
}

const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\uFFFD')
