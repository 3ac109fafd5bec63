// What may be asked of telemetry.
import { z } from 'zod'
import { keepingOperations } from './keeping/operations.ts'
import { anyRole, Fault, operation, type RoomOperation } from '#kernel'
import { checkOcsf, eventOf, normalise } from './normalise/index.ts'
import { exploreOperations } from './explore/operations.ts'
import type { Telemetry } from './telemetry.ts'
import { huntOperations } from './hunt-operations.ts'
import { savedOperations } from './saved/operations.ts'
import { EventId, EventView, SourceHealth } from './types.ts'

const ask = operation<Telemetry>()
const Moment = z.number().int()
const which = {
  q: z
    .string()
    .max(4_000)
    .default('')
    .meta({ description: 'search, as in host:db01 user:svc-* not activity:login; see docs/guide/search.md' }),
  since: Moment.optional().meta({ description: 'from this time on, milliseconds since 1970, UTC' }),
  until: Moment.optional().meta({ description: 'before this time' }),
}
const usualFields = ['source', 'host', 'user', 'activity', 'product', 'process', 'src_ip', 'dst_ip', 'asset']

export const operations: readonly RoomOperation<Telemetry>[] = [
  ...keepingOperations,
  ...exploreOperations,
  ask({
    name: 'event.search',
    does: 'find events, the newest first',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      ...which,
      limit: z.number().int().min(1).max(1_000).default(100),
      before: z.string().max(40).optional().meta({ description: 'from `next` of the page before' }),
      order: z.enum(['newest', 'oldest']).default('newest').meta({ description: 'which come first' }),
    }),
    output: z.strictObject({
      items: z.array(EventView),
      next: z.string().nullable(),
      took: z.number().meta({ description: 'milliseconds' }),
      scanned: z.number().meta({ description: 'events that the asked time holds' }),
      archived: z.number().meta({ description: 'days of the asked time that lie in files and were read there' }),
    }),
    example: { q: 'powershell', limit: 5 },
    positional: ['q'],
    columns: ['time', 'source', 'host', 'user', 'activity', 'message'],
    run: (input, telemetry, { signal }) => telemetry.search({ ...input, signal }),
  }),
  ...huntOperations,
  ...savedOperations,
  ask({
    name: 'event.show',
    does: 'show one event, parsed and as it came in',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ id: EventId }),
    output: EventView,
    example: { id: 'evt_0000000001' },
    positional: ['id'],
    run: ({ id }, telemetry) => telemetry.show(id),
  }),
  ask({
    name: 'event.ocsf',
    does: 'show one event in the form of OCSF, derived by the mapping of today',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ id: EventId }),
    output: z.strictObject({
      event: z
        .record(z.string(), z.unknown())
        .meta({ description: 'an event of its OCSF class; what the class has no place for is in `unmapped`' }),
      problems: z
        .array(z.strictObject({ path: z.string(), text: z.string() }))
        .meta({ description: 'what the schema objects to' }),
    }),
    example: { id: 'evt_0000000001' },
    positional: ['id'],
    run: async ({ id }, telemetry) => {
      const event = normalise(eventOf(await telemetry.show(id)))
      return { event, problems: [...checkOcsf(event)] }
    },
  }),
  ask({
    name: 'event.histogram',
    does: 'count events over time',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      ...which,
      buckets: z.number().int().min(1).max(500).default(60).meta({ description: 'about how many steps' }),
    }),
    output: z.strictObject({
      step: z.number().meta({ description: 'length of a step in milliseconds; 0 when there is nothing' }),
      buckets: z.array(z.strictObject({ at: z.number(), count: z.number() })),
    }),
    example: {},
    positional: ['q'],
    run: (input, telemetry, { signal }) => telemetry.histogram({ ...input, signal }),
  }),
  ask({
    name: 'event.facets',
    does: 'count the commonest values of fields in what is found',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      ...which,
      fields: z.array(z.string().min(1).max(200)).max(20).default(usualFields),
    }),
    output: z.strictObject({
      facets: z.array(
        z.strictObject({
          field: z.string(),
          values: z.array(z.strictObject({ value: z.string(), count: z.number() })),
        }),
      ),
    }),
    example: { fields: ['host', 'user'] },
    positional: ['q'],
    run: async (input, telemetry, { signal }) => ({ facets: await telemetry.facets({ ...input, signal }) }),
  }),
  ask({
    name: 'source.list',
    does: 'show where events come from and how each source is doing',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({
      items: z.array(SourceHealth),
      spool: z.strictObject({
        bytes: z.number(),
        records: z.number().meta({ description: 'accepted, not yet stored' }),
        oldest: z.number().nullable().meta({ description: 'when the oldest of them was received' }),
        full: z.boolean(),
      }),
      dropped: z.number().meta({ description: 'records refused since start, of all sources' }),
    }),
    example: {},
    columns: ['name', 'kind', 'state', 'perSecond', 'events', 'rejected', 'unparsed', 'unusual', 'detail'],
    run: (_input, telemetry) => ({
      items: telemetry.health(),
      spool: telemetry.spool(),
      dropped: telemetry.counters['rejected'] ?? 0,
    }),
  }),
  ask({
    name: 'source.show',
    does: 'show one source: what it sent, how late, what was refused or not understood, whether it is unusual',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ name: z.string().min(1).max(64).meta({ description: 'as source list shows it' }) }),
    output: SourceHealth,
    example: { name: 'host' },
    positional: ['name'],
    run({ name }, telemetry) {
      const source = telemetry.health().find((one) => one.name === name)
      if (!source) throw new Fault('NOT_FOUND', `source ${name}`)
      return source
    },
  }),
]
