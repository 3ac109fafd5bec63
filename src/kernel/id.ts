// Ids: a schema per noun gives the type, the check and the pattern in the API description.
import { z } from 'zod'
import type { Random } from './time.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz' // Crockford base 32: no i, l, o, u

/** Schema of an id such as `inc_01h…`: a noun's prefix, an underscore, 1 to 40 base-32 characters. Branded, so ids of two nouns never mix. */
export const idSchema = <Noun extends string>(noun: Noun, prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-z]{1,40}$`), `not a ${noun} id (${prefix}_…)`)
    .brand<Noun>()

/** A number as lower-case Crockford base 32, left-padded with zeros to `width` so that text order is number order. */
export function base32(n: number, width: number): string {
  let text = ''
  for (let rest = n; rest > 0; rest = Math.floor(rest / 32)) text = alphabet.charAt(rest % 32) + text
  return text.padStart(width, '0')
}

/** Text of a new id: prefix, 10 characters of time (so ids sort by age), 10 random characters (50 bits). */
export function newIdText(prefix: string, now: number, random: Random): string {
  const tail = [...random.bytes(10)].map((byte) => alphabet.charAt(byte & 31)).join('')
  return `${prefix}_${base32(now, 10)}${tail}`
}
