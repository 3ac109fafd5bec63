// The key of the secrets: from the environment or a file, and the file's change to another key without a moment of loss.
import { randomBytes } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '#kernel'
import { readTextFile, syncFolder, writeFileAtomic } from './files.ts'
import { keyBytes, type SecretKey, secretKey } from './secret-seal.ts'
import { storeFault } from './system-error.ts'

/** The keys at hand: one, or two while a rotation is not finished. */
export interface Keys {
  readonly present: SecretKey
  byId(id: string): SecretKey | undefined
  /** Keeps another key beside the present one, on disk too. */
  prepare(next: SecretKey): Promise<void>
  /** Makes it the present one. */
  finish(next: SecretKey): Promise<void>
}

interface KeySource {
  readonly keyFile: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Ids of the keys that stored values need. */
  idsInUse(): Promise<string[]>
}
export const keyVariable = 'CASTELLAN_SECRET_KEY'

/** Reads the key at the first call and remembers it; a failure is tried again at the next. */
export function secretKeys(source: KeySource): () => Promise<Keys> {
  let opened: Promise<Keys> | undefined
  return () => {
    opened ??= openKeys(source).catch((thrown: unknown) => {
      opened = undefined
      throw thrown
    })
    return opened
  }
}

async function openKeys(source: KeySource): Promise<Keys> {
  const given = source.env[keyVariable]
  if (given !== undefined && given !== '') return keysOf(keyIn(given, keyVariable), undefined)
  const { keyFile } = source
  const inUse = await source.idsInUse()
  const present = await readKey(keyFile)
  const prepared = await readKey(nextFile(keyFile))
  // A rotation was cut off: its key counts when values are stored under it already.
  if (prepared && inUse.includes(prepared.id)) return keysOf(await promote(keyFile, prepared), keyFile)
  if (prepared && present) await rm(nextFile(keyFile), { force: true })
  if (present) return keysOf(present, keyFile)
  if (inUse.length > 0) throw new Fault('SECRET_KEY_WRONG', `the key file ${keyFile} is missing, and values are stored`)
  const made = secretKey(randomBytes(keyBytes))
  await writeKey(keyFile, made)
  return keysOf(made, keyFile)
}

function keysOf(first: SecretKey, keyFile: string | undefined): Keys {
  let present = first
  const byId = new Map([[first.id, first]])
  return {
    get present() {
      return present
    },
    byId: (id) => byId.get(id),
    async prepare(next) {
      if (keyFile !== undefined) await writeKey(nextFile(keyFile), next)
      byId.set(next.id, next)
    },
    async finish(next) {
      if (keyFile !== undefined) await promote(keyFile, next)
      byId.delete(present.id)
      byId.set(next.id, next)
      present = next
    },
  }
}

const nextFile = (keyFile: string): string => `${keyFile}.next`
const writeKey = (file: string, key: SecretKey): Promise<void> =>
  writeFileAtomic(file, `${Buffer.from(key.bytes).toString('base64')}\n`, 0o600)

async function promote(keyFile: string, key: SecretKey): Promise<SecretKey> {
  try {
    await rename(nextFile(keyFile), keyFile)
    await syncFolder(dirname(keyFile))
    return key
  } catch (thrown) {
    throw storeFault(`file ${keyFile}`, thrown)
  }
}

async function readKey(file: string): Promise<SecretKey | undefined> {
  const text = await readTextFile(file, { maxBytes: 1_024 })
  if (text.ok) return keyIn(text.value, file)
  if (text.fail.code === 'file-missing') return undefined
  throw new Fault('CONFIG_INVALID', `the secrets key ${file}: ${text.fail.text}`)
}

/** The text itself never gets into the error. */
function keyIn(text: string, from: string): SecretKey {
  const bytes = Buffer.from(text.trim(), 'base64')
  if (bytes.length !== keyBytes || bytes.toString('base64').replace(/=+$/, '') !== text.trim().replace(/=+$/, ''))
    throw new Fault('CONFIG_INVALID', `${from} must hold the base64 of ${keyBytes} random bytes`)
  return secretKey(bytes)
}
