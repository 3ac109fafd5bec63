// Single values as the columns want them: accounts, hosts, addresses, ports. What is not one is undefined.
import type { FieldValue } from '../types.ts'
import type { JsonObject } from './parser.ts'

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text of a scalar; nothing for absent, empty and `-`, which logs write for "none". */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' || value === '-' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** The first of several fields that says something. */
export function firstOf(
  fields: { readonly [name: string]: FieldValue | undefined },
  names: readonly string[],
): string | undefined {
  for (const name of names) {
    const value = fields[name]
    if (value === undefined) continue
    const text = textOf(value)
    if (text !== undefined) return text
  }
  return undefined
}

/** A host name as the source writes it, without the root's dot. */
export const hostOf = (value: unknown): string | undefined => {
  const text = textOf(value)
  return text?.endsWith('.') ? textOf(text.slice(0, -1)) : text
}

/** The account alone, lower case: `CORP\Ada` and `ada@CORP.EXAMPLE` are both `ada`. */
export function accountOf(value: unknown): string | undefined {
  const text = textOf(value)
  if (text === undefined) return undefined
  const bare = text.slice(text.lastIndexOf('\\') + 1)
  const at = bare.indexOf('@')
  return textOf((at > 0 ? bare.slice(0, at) : bare).toLowerCase())
}

const v4 = /^\d{1,3}(?:\.\d{1,3}){3}$/
const v6 = /^[0-9a-f]{0,4}:[0-9a-f:]{1,40}(?:\d{1,3}(?:\.\d{1,3}){3})?$/i

/** An IP address without brackets and zone; IPv4 mapped into IPv6 (`::ffff:10.0.0.1`) as IPv4. Undefined when it is none. */
export function addressOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length < 2 || value.length > 64) return undefined
  if (v4.test(value)) return value
  if (!value.includes(':')) return undefined
  const plain = value.replace(/^\[|\]$|%.*$/g, '').toLowerCase()
  const mapped = plain.startsWith('::ffff:') ? plain.slice(7) : ''
  if (v4.test(mapped)) return mapped
  return v6.test(plain) ? plain : undefined
}

/** A port from 1 to 65535, of a number or digits. */
export function portOf(value: unknown): number | undefined {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value
  return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
}

/** A process id of a number, digits or hexadecimal (`0x1e7c`, as Windows audits write it). */
export function pidOf(value: unknown): number | undefined {
  const pid = typeof value === 'string' && /^(?:\d{1,10}|0x[0-9a-f]{1,8})$/i.test(value) ? Number(value) : value
  return typeof pid === 'number' && Number.isInteger(pid) && pid >= 0 ? pid : undefined
}

/** `host:pid`, where the source gives processes no identity of their own. */
export const processUid = (host: string | undefined, pid: number | undefined): string | undefined =>
  host === undefined || pid === undefined || pid === 0 ? undefined : `${host}:${pid}`
