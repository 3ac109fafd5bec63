// The nouns of the ledger.
import { z } from 'zod'
import { roles } from '#kernel'

/** Who did it. */
export const LedgerActor = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  via: z.enum(['session', 'token', 'terminal', 'system']),
})

const things = z.record(z.string(), z.unknown())

/** What a caller hands in: who did what, when, with which input and which result. */
export const Deed = z.strictObject({
  at: z.number().meta({ description: 'milliseconds since 1970' }),
  actor: LedgerActor,
  operation: z.string().min(1),
  input: things,
  result: things,
})
export type Deed = z.infer<typeof Deed>

const hex = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in hex')
const number = z.number().int().min(1).meta({ description: 'number of the entry, from 1: its line in entries.jsonl' })

/** A line of entries.jsonl: a deed, its number, the id it had in the outbox, the leaf hash of the entry before (empty for the first). */
export const Line = Deed.extend({ entry: number, outbox: z.string(), prev: z.union([hex, z.literal('')]) })
export type Line = z.infer<typeof Line>

/** An entry as it is shown; `hash` is its leaf hash. */
export const LedgerEntry = Deed.extend({ entry: number, hash: hex })
export type LedgerEntry = z.infer<typeof LedgerEntry>

/** Something that is not as it was written. */
export const Problem = z.strictObject({
  at: z.string().meta({ description: 'file, line and byte offset: entries.jsonl:5 (byte 1204)' }),
  text: z.string(),
})
export type Problem = z.infer<typeof Problem>

/** What a check of every byte found. */
export const Verification = z.strictObject({
  ok: z.boolean(),
  entries: z.number(),
  root: hex.meta({ description: 'head of the Merkle tree over all entries' }),
  checkpoints: z.number(),
  checkedAt: z.number(),
  problems: z.array(Problem),
})
export type Verification = z.infer<typeof Verification>

/** A proof that one entry is in the ledger, complete in itself: scripts/verify-inclusion.mjs needs nothing else. */
export const Proof = z.strictObject({
  entry: number,
  index: z.number().meta({ description: 'of the leaf, from 0' }),
  size: z.number().meta({ description: 'entries in the tree that the checkpoint signs' }),
  line: z.string().meta({ description: 'the entry as it stands in the file, without the line end' }),
  leaf: hex,
  path: z.array(hex).meta({ description: 'audit path from the leaf up, RFC 6962 section 2.1.1' }),
  root: hex,
  checkpoint: z.string().meta({ description: 'signed note over size and root' }),
  publicKey: z.string().meta({ description: 'Ed25519, PEM' }),
})
export type Proof = z.infer<typeof Proof>
