// Secrets that we make: cookies, tokens, one-time codes. Only their hashes are stored; with 160 bits and more no slow hash is needed.
import { createHmac, hash } from 'node:crypto'
import { base32, type Random } from '#kernel'

const base32Text = (length: number, random: Random): string =>
  [...random.bytes(length)].map((byte) => base32(byte & 31, 1)).join('')

/** A cookie's value: 32 random bytes, base64url. */
export const newCookie = (random: Random): string => Buffer.from(random.bytes(32)).toString('base64url')
/** An API token: `cst_` and 200 random bits in base 32. */
export const newToken = (random: Random): string => `cst_${base32Text(40, random)}`
export const tokenForm = /^cst_[0-9a-hjkmnp-tv-z]{40}$/
/** A one-time code: 160 random bits in base 32. */
export const newCode = (random: Random): string => base32Text(32, random)

/** What is stored of a secret: SHA-256, hex. */
export const secretHash = (secret: string): string => hash('sha256', secret, 'hex')
/** The CSRF token of a session: drawn from the cookie, which no script can read, so nothing more is stored. */
export const csrfOf = (cookie: string): string => createHmac('sha256', cookie).update('csrf').digest('base64url')
