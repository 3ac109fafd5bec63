// One sealed value: AES-256-GCM, a random 96-bit nonce, the name authenticated with it.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { Fault } from '#kernel'

/** A key and the name by which rows know it; the name tells nothing about the key. */
export interface SecretKey {
  readonly id: string
  readonly bytes: Uint8Array
}
export const keyBytes = 32
export const secretKey = (bytes: Uint8Array): SecretKey => {
  if (bytes.length !== keyBytes) throw new Fault('CONFIG_INVALID', `the secrets key must have ${keyBytes} bytes`)
  const id = createHash('sha256').update('castellan secrets key id').update(bytes).digest('hex').slice(0, 16)
  return { id, bytes }
}

const nonceBytes = 12
const tagBytes = 16

/** Nonce, ciphertext and tag as base64. The name is authenticated with it, so values cannot change places. */
export function seal(key: SecretKey, name: string, value: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(Buffer.from(name))
  return Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

/** The value, or Fault SECRET_KEY_WRONG when key, name or bytes are not the ones it was sealed with. */
export function unseal(key: SecretKey, name: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  try {
    if (bytes.length < nonceBytes + tagBytes) throw new Error('too short')
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(-tagBytes))
    return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
  } catch (thrown) {
    throw new Fault('SECRET_KEY_WRONG', `the value ${name} does not open; it was changed or belongs elsewhere`, {
      cause: thrown,
    })
  }
}
