// What may be asked about packs of rules.
import { z } from 'zod'
import { engineers, operation, type RoomOperation } from '#kernel'
import type { Detection } from '../detection.ts'
import { changeKinds } from './diff.ts'

const ask = operation<Detection>()

export const packOperations: readonly RoomOperation<Detection>[] = [
  ask({
    name: 'rule.update',
    does: 'fetch a pack of rules and show what changes: rules added, removed, changed, and their alerts',
    kind: 'act',
    may: engineers,
    input: z.strictObject({
      name: z.string().min(1).max(60).meta({ description: 'of the pack in castellan.yaml' }),
      revision: z
        .string()
        .max(200)
        .optional()
        .meta({ description: 'branch, tag or hash to look at; the one castellan.yaml names when left out' }),
      days: z.number().int().min(0).max(365).default(7).meta({
        description: 'days of stored events that new and changed rules are held against; 0 for none',
      }),
    }),
    output: z.strictObject({
      name: z.string(),
      commit: z.string().meta({ description: 'to be written as `revision` when it shall be used' }),
      pinned: z
        .boolean()
        .meta({ description: 'whether castellan.yaml names this commit: then its rules are in use now' }),
      rules: z.number(),
      items: z.array(
        z.strictObject({
          kind: z.enum(changeKinds).meta({ description: 'words: what it asks stays' }),
          id: z.string(),
          title: z.string(),
          what: z.string(),
          hitsBefore: z
            .number()
            .nullable()
            .meta({ description: 'in those days; null where that was not or cannot be asked' }),
          hitsAfter: z.number().nullable(),
        }),
      ),
    }),
    example: { name: 'sigma' },
    positional: ['name', 'revision'],
    columns: ['kind', 'title', 'what', 'hitsBefore', 'hitsAfter'],
    async run(asked, detection, { at, signal }) {
      const { changes, ...update } = await detection.updatePack({ ...asked, at, signal })
      const items = changes.map(({ kind, id, title, what, hitsBefore = null, hitsAfter = null }) => ({
        kind,
        id,
        title,
        what,
        hitsBefore,
        hitsAfter,
      }))
      return { ...update, items }
    },
  }),
]
