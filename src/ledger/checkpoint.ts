// Checkpoints: signed notes over size and root of the tree (C2SP tlog-checkpoint and signed-note), as Go's and Sigstore's logs write them.
import { no, ok, type Result } from '#kernel'
import type { PublicKey, SigningKey } from './keys.io.ts'

/** What a checkpoint says: the tree of the first `size` entries has this head. */
export interface Checkpoint {
  readonly size: number
  readonly root: Buffer
  /** The whole note as it stands in the file. */
  readonly text: string
}

/** Lines of one note: origin, size, root, empty, signature. */
export const noteLines = 5
/** What every first line of a note begins with. */
export const originStart = 'castellan.ledger/'

const textOf = (origin: string, size: number, root: Buffer): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`
const noteOf = (text: string, key: PublicKey, signature: Buffer): string =>
  `${text}\n— ${key.origin} ${Buffer.concat([key.keyId, signature]).toString('base64')}\n`

/** Signs the head of the tree of `size` entries. */
export function signCheckpoint(size: number, root: Buffer, key: SigningKey): Checkpoint {
  const text = textOf(key.origin, size, root)
  return { size, root, text: noteOf(text, key, key.sign(text)) }
}

const form = /^(\S+)\n(0|[1-9]\d{0,15})\n([\w+/]{43}=)\n\n— (\S+) ([\w+/]{91}=)\n$/

/** Reads a note that may bear anybody's signature: only its form is looked at. */
export function readCheckpoint(note: string): Result<Checkpoint & { readonly origin: string }, string> {
  const [, origin = '', size = '', root = ''] = form.exec(note) ?? []
  if (origin === '') return no('this is not a checkpoint as it was written')
  return ok({ origin, size: Number(size), root: Buffer.from(root, 'base64'), text: note })
}

/** Reads a note and checks every byte of it: origin, key id, signature, and that it is written in the one way. Fails with words. */
export function openCheckpoint(note: string, key: PublicKey): Result<Checkpoint, string> {
  const read = readCheckpoint(note)
  if (!read.ok) return read
  const { origin, root, size } = read.value
  if (origin !== key.origin) return no(`it is of ledger ${origin}, the public key is of ${key.origin}`)
  const signed = Buffer.from(form.exec(note)?.[5] ?? '', 'base64')
  if (!signed.subarray(0, 4).equals(key.keyId)) return no('it was signed with another key')
  const text = textOf(origin, size, root)
  if (!key.verify(text, signed.subarray(4))) return no('its signature does not belong to it')
  if (noteOf(text, key, signed.subarray(4)) !== note) return no('it is not written as it was signed')
  return ok({ size, root, text: note })
}
