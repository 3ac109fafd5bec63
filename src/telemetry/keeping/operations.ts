// What may be asked of keeping: holds, what a removal would take, days in files; and the daily removal itself.
import { z } from 'zod'
import { anyRole, type Job, operation, type Role, type RoomOperation } from '#kernel'
import type { Telemetry } from '../telemetry.ts'
import { ArchivedDay, Hold, HoldId, KeepingPlan } from './types.ts'

const ask = operation<Pick<Telemetry, 'keeping'>>()
const keepers: readonly Role[] = ['engineer', 'admin']
const moment = (which: string) =>
  z
    .number()
    .int()
    .nullable()
    .default(null)
    .meta({ description: `${which}, milliseconds since 1970, UTC` })

export const keepingOperations: readonly RoomOperation<Pick<Telemetry, 'keeping'>>[] = [
  ask({
    name: 'hold.place',
    does: 'keep events from being removed, by whatever rule, until the hold is released',
    kind: 'write',
    may: keepers,
    input: z
      .strictObject({
        q: z.string().max(4_000).default('').meta({ description: 'search whose events are held' }),
        source: z.string().max(100).default('').meta({ description: 'only of this source' }),
        since: moment('only events from this time on'),
        until: moment('only events before this time'),
        reason: z.string().min(1).max(1_000).meta({ description: 'why, for those who ask later' }),
      })
      .refine(
        ({ q, source, since, until }) => q !== '' || source !== '' || since !== null || until !== null,
        'say which events: a search, a source or a time',
      ),
    output: Hold,
    example: { q: 'host:db01', reason: 'case 2026-014' },
    positional: ['q'],
    run: (on, { keeping }, { actor }) => keeping.place(on, actor),
  }),
  ask({
    name: 'hold.list',
    does: 'list holds',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ all: z.boolean().default(false).meta({ description: 'also those released' }) }),
    output: z.strictObject({ items: z.array(Hold) }),
    example: {},
    columns: ['id', 'q', 'source', 'reason', 'by', 'placed', 'released'],
    run: async ({ all }, { keeping }) => ({ items: await keeping.holds(all) }),
  }),
  ask({
    name: 'hold.release',
    does: 'end a hold; what it held is removed when its time comes',
    kind: 'write',
    may: keepers,
    input: z.strictObject({ id: HoldId }),
    output: z.strictObject({ id: HoldId }),
    example: { id: 'hld_0000000001' },
    positional: ['id'],
    async run({ id }, { keeping }, { actor }) {
      await keeping.release(id, actor)
      return { id }
    },
  }),
  ask({
    name: 'retention.preview',
    does: 'show what the next removal takes, before it happens, and which days move into files',
    kind: 'read',
    may: [...keepers, 'auditor'],
    input: z.strictObject({}),
    output: KeepingPlan,
    example: {},
    run: (_input, { keeping }) => keeping.plan(),
  }),
  ask({
    name: 'archive.list',
    does: 'list the days that lie in files; searches read them where they are',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(ArchivedDay) }),
    example: {},
    columns: ['day', 'events', 'bytes', 'file'],
    run: (_input, { keeping }) => ({ items: keeping.archived() }),
  }),
]

export const jobs: readonly Job<Pick<Telemetry, 'keeping'>>[] = [
  {
    name: 'telemetry.keep',
    does: 'removes events kept long enough and moves old days into files',
    schedule: '17 3 * * *',
    timeoutSeconds: 14_400,
    retries: 2,
    retryAfterSeconds: 600,
    run: (_payload, { keeping }, { signal }) => keeping.run(signal),
  },
]
