// What may be asked of telemetry when hunting.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import { Hunted } from './hunt-types.ts'
import { mostRows } from './query/pipes.ts'
import type { Telemetry } from './telemetry.ts'

const ask = operation<Telemetry>()
const Moment = z.number().int()

export const huntOperations: readonly RoomOperation<Telemetry>[] = [
  ask({
    name: 'event.hunt',
    does: 'find events and compute over them: a filter, then pipes such as | top 10 user',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      q: z.string().max(4_000).default('').meta({ description: 'filter and pipes; see docs/guide/search.md' }),
      since: Moment.optional().meta({ description: 'from this time on, milliseconds since 1970, UTC' }),
      until: Moment.optional().meta({ description: 'before this time' }),
      limit: z.number().int().min(1).max(mostRows).default(500),
      before: z.string().max(40).optional().meta({ description: 'from `next` of the page before' }),
    }),
    output: Hunted,
    example: { q: 'activity:*login* | count by user' },
    positional: ['q'],
    columns: ['time', 'source', 'host', 'user', 'activity', 'message'],
    run: (input, telemetry, { signal }) => telemetry.hunt({ ...input, signal }),
  }),
]
