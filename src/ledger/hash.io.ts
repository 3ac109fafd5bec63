// SHA-256, from Node: the one hash of the ledger.
import { hash } from 'node:crypto'

/** SHA-256 of these bytes, one part after the other; 32 bytes. */
export const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer =>
  hash('sha256', Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))), 'buffer')
