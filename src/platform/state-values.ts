// JavaScript values as the state engines take them, checked before they reach native code.
import { Fault } from '#kernel'

/** undefined → null, booleans → 1 and 0, NUL characters → U+FFFD. Throws Fault BUG for what no column can hold. */
export function columnValue(value: unknown): string | number | bigint | null | Uint8Array {
  // Neither engine keeps U+0000 in a text: PostgreSQL refuses it, SQLite cuts the text there.
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'bigint' || value instanceof Uint8Array) return value
  if (value === null || value === undefined) return null
  const what = typeof value === 'number' ? `the number ${value}` : `a value of type ${typeof value}`
  throw new Fault('BUG', `${what} cannot be stored; use text, a finite number or null`)
}
