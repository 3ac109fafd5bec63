// The Ed25519 keys of the ledger: the private one in the secrets or beside the ledger, the public one always beside it.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { join } from 'node:path'
import { no, ok, type Result } from '#kernel'
import { readTextFile, type Secrets, writeFileAtomic } from '#platform'
import { sha256 } from './hash.io.ts'

/** Whose signature a checkpoint bears. */
export interface PublicKey {
  readonly pem: string
  /** Name in the signed note and first line of its text: `castellan.ledger/<ledger id>`; the id is drawn from the key. */
  readonly origin: string
  /** Four bytes that name the key in a signature line (C2SP signed-note): SHA-256 of name, line end, 0x01, key. */
  readonly keyId: Buffer
  verify(text: string, signature: Uint8Array): boolean
}
export interface SigningKey extends PublicKey {
  sign(text: string): Buffer
}

export const publicFile = 'ledger.pub'
export const privateFile = 'ledger.key'
export const secretName = 'ledger.signing-key'
const limits = { maxBytes: 10_000 }

function publicKeyOf(key: KeyObject): PublicKey {
  const raw = key.export({ type: 'spki', format: 'der' }).subarray(-32)
  const origin = `castellan.ledger/${sha256(raw).toString('hex').slice(0, 16)}`
  return {
    pem: pemOf(key),
    origin,
    keyId: sha256(origin, '\n', Uint8Array.of(1), raw).subarray(0, 4),
    verify: (text, signature) => verify(null, Buffer.from(text), key, signature),
  }
}

const pemOf = (key: KeyObject): string =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString()

/** A key from its PEM text, which must be written exactly as OpenSSL writes it, so that no byte of it can change unseen. */
function keyOf(pem: string, kind: 'public' | 'private'): KeyObject | undefined {
  try {
    const key = kind === 'public' ? createPublicKey(pem) : createPrivateKey(pem)
    return key.asymmetricKeyType === 'ed25519' && pemOf(key) === pem ? key : undefined
  } catch {
    return undefined
  }
}

function signingKeyOf(pem: string): SigningKey | undefined {
  const key = keyOf(pem, 'private')
  return key && { ...publicKeyOf(createPublicKey(key)), sign: (text) => sign(null, Buffer.from(text), key) }
}

/** The public key in a folder; fails with words when there is none or it is not one. */
export async function readPublicKey(folder: string): Promise<Result<PublicKey, string>> {
  const text = await readTextFile(join(folder, publicFile), limits)
  if (!text.ok) return no(text.fail.text)
  const key = keyOf(text.value, 'public')
  return key ? ok(publicKeyOf(key)) : no('this is not an Ed25519 public key as it was written')
}

/** What is wrong with the private key beside the ledger, if there is one there. */
export async function privateKeyComplaint(folder: string, known: PublicKey | undefined): Promise<string | undefined> {
  const text = await readTextFile(join(folder, privateFile), limits)
  if (!text.ok) return text.fail.code === 'file-missing' ? undefined : text.fail.text
  const key = signingKeyOf(text.value)
  if (!key) return 'this is not an Ed25519 private key as it was written'
  return known && key.pem !== known.pem ? `this key does not belong to ${publicFile}` : undefined
}

/**
 * The signing key of a folder: from `secrets` when they are given, else from the file. `fresh` allows to make one where there is none yet;
 * the public key is then written beside the ledger. Fails with words when the key is gone or is not one.
 */
export async function signingKey(
  folder: string,
  secrets: Secrets | undefined,
  fresh: boolean,
): Promise<Result<SigningKey, string>> {
  const where = secrets ? `the secret ${secretName}` : privateFile
  const stored = await readPrivate(folder, secrets)
  if (!stored.ok) return stored
  if (stored.value === undefined && !fresh) return no(`${where} is gone, so nothing can be signed`)
  const pem = stored.value ?? pemOf(generateKeyPairSync('ed25519').privateKey)
  const key = signingKeyOf(pem)
  if (!key) return no(`${where} is not an Ed25519 private key`)
  if (stored.value === undefined) await (secrets ? secrets.put(secretName, pem) : writePrivate(folder, pem))
  if (fresh) await writeFileAtomic(join(folder, publicFile), key.pem, 0o644)
  return ok(key)
}

const writePrivate = (folder: string, pem: string): Promise<void> =>
  writeFileAtomic(join(folder, privateFile), pem, 0o600)

async function readPrivate(folder: string, secrets: Secrets | undefined): Promise<Result<string | undefined, string>> {
  if (secrets) return ok(await secrets.get(secretName))
  const text = await readTextFile(join(folder, privateFile), limits)
  if (text.ok) return ok(text.value)
  return text.fail.code === 'file-missing' ? ok(undefined) : no(`${privateFile}: ${text.fail.text}`)
}
