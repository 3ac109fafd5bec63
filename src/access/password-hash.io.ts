// Passwords hashed with Argon2id at OWASP's first setting: 19 MiB of memory, two passes, one lane.
import { hash, verify } from '@node-rs/argon2'
import type { Random } from '#kernel'
import { passwordText } from './password.ts'

const setting = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }

/** The hash of a password with a salt of 16 bytes, as a PHC text (`$argon2id$v=19$m=19456,t=2,p=1$…`). */
export const hashPassword = (password: string, random: Random): Promise<string> =>
  hash(passwordText(password), { ...setting, salt: random.bytes(16) })

/** Nobody's hash: held against the password of a name that does not exist, so that the answer takes as long. */
export const nobodys = `$argon2id$v=19$m=${setting.memoryCost},t=${setting.timeCost},p=${setting.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Whether it is the password; takes the same time when there is no hash. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const same = await verify(stored ?? nobodys, passwordText(password))
  return same && stored !== undefined
}
