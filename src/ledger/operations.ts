// What may be asked of the ledger, and what it proves by itself.
import { z } from 'zod'
import { auditors, type Call, type Evidence, Fault, type Job, operation, type RoomOperation } from '#kernel'
import type { Ledger, VerifyCall } from './ledger.ts'
import { LedgerEntry, Proof, Verification } from './types.ts'

const ask = operation<Ledger>()
const entryNumber = z.number().int().min(1)

const followed = (call: Call): VerifyCall => ({
  signal: call.signal,
  progress: (done, total) => call.progress(done, total, 'reading the ledger'),
})

export const operations: readonly RoomOperation<Ledger>[] = [
  ask({
    name: 'ledger.list',
    does: 'list entries of the ledger, newest first',
    kind: 'read',
    may: auditors,
    input: z.strictObject({
      limit: z.number().int().min(1).max(1000).default(100),
      before: entryNumber
        .optional()
        .meta({ description: 'entries before this number; from `next` of the page before' }),
    }),
    output: z.strictObject({ items: z.array(LedgerEntry), next: z.number().nullable() }),
    example: {},
    columns: ['entry', 'at', 'actor', 'operation', 'result'],
    run: (filter, ledger) => ledger.list(filter),
  }),
  ask({
    name: 'ledger.verify',
    does: 'read every byte of the ledger again and check links, roots and signatures',
    kind: 'read',
    may: auditors,
    input: z.strictObject({
      checkpoint: z
        .string()
        .max(2000)
        .optional()
        .meta({ description: 'text of a checkpoint kept elsewhere, which the ledger must still cover' }),
    }),
    output: Verification,
    example: {},
    found: ({ ok }) => !ok,
    run: ({ checkpoint }, ledger, call) =>
      checkpoint === undefined ? ledger.verify(followed(call)) : ledger.verifyAgainst(checkpoint, followed(call)),
  }),
  ask({
    name: 'ledger.prove',
    does: 'prove that an entry is in the ledger: everything that scripts/verify-inclusion.mjs needs',
    kind: 'read',
    may: auditors,
    input: z.strictObject({ entry: entryNumber.meta({ description: 'number of the entry' }) }),
    output: Proof,
    example: { entry: 1 },
    positional: ['entry'],
    run: ({ entry }, ledger) => ledger.prove(entry),
  }),
]

export const jobs: readonly Job<Ledger>[] = [
  {
    name: 'ledger.verify',
    does: 'read the whole ledger again, every night',
    schedule: '23 3 * * *',
    timeoutSeconds: 3600,
    retries: 0,
    retryAfterSeconds: 60,
    async run(_payload, ledger, call) {
      const { ok, problems } = await ledger.verify(followed(call))
      const [first] = problems
      if (!ok) throw new Fault('LEDGER_BROKEN', first ? `${first.at}: ${first.text}` : 'see castellan ledger verify')
    },
  },
]

export const evidence: readonly Evidence<Ledger>[] = [
  {
    name: 'ledger.integrity',
    does: 'every entry of the ledger is as it was signed, none was taken out',
    async collect(ledger, call) {
      const { entries, ok, problems, ...found } = await ledger.verify(followed(call))
      const statement = ok
        ? `all ${entries} entries of the ledger are as they were signed`
        : `the ledger does not verify: ${problems.length} problems in ${entries} entries`
      return { statement, holds: ok, detail: { entries, ...found, problems } }
    },
  },
]
