// What may be asked of correlations beyond what rules answer.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import type { Detection } from '../detection.ts'

const ask = operation<Detection>()
const time = (which: string) =>
  z
    .number()
    .int()
    .optional()
    .meta({ description: `${which}, milliseconds since 1970, UTC` })

export const correlationOperations: readonly RoomOperation<Detection>[] = [
  ask({
    name: 'correlation.hunt',
    does: 'ask a correlation of the stored events: how often it would have held, on which days, for whom',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      id: z.string().min(1).max(200).meta({ description: 'id of a correlation that is loaded' }),
      since: time('events from this time on'),
      until: time('events before this time'),
      limit: z.number().int().min(0).max(1_000).default(20).meta({ description: 'findings shown; all are counted' }),
    }),
    output: z.strictObject({
      rule: z.strictObject({ id: z.string(), title: z.string() }),
      count: z.number(),
      perWeek: z
        .number()
        .nullable()
        .meta({ description: 'alerts to expect in seven days; null without a day to go by' }),
      observed: z.number().meta({ description: 'days on which the log sources of its rules sent anything' }),
      days: z
        .array(z.strictObject({ at: z.number(), count: z.number() }))
        .meta({ description: 'UTC days on which it held' }),
      top: z
        .array(
          z.strictObject({
            field: z.string(),
            values: z.array(z.strictObject({ value: z.string(), count: z.number() })),
          }),
        )
        .meta({ description: 'by field of group-by the values it held for most often' }),
      items: z
        .array(
          z.strictObject({
            time: z.number(),
            group: z.record(z.string(), z.string()),
            measure: z.number().meta({ description: 'the number that was compared' }),
            events: z.array(z.string()),
          }),
        )
        .meta({ description: 'the newest' }),
      groups: z
        .number()
        .nullable()
        .meta({ description: 'groups for which the store says that it can hold; null where all were folded' }),
      matches: z.number().meta({ description: 'matches of its rules in these groups' }),
      missing: z.number().meta({ description: 'of these, left out for want of a field' }),
      shed: z.number().meta({ description: 'of these, forgotten for want of memory' }),
      from: z
        .number()
        .nullable()
        .meta({ description: 'set when a rule matched too often to read all: only what is newer counts' }),
    }),
    example: { id: '5b3f7a52-1c1e-4a52-9d2e-1f6f0c2c9a10' },
    positional: ['id'],
    columns: ['time', 'group', 'measure', 'events'],
    run: (asked, detection, { signal, at }) => detection.correlation.hunt({ ...asked, now: at, signal }),
  }),
]
