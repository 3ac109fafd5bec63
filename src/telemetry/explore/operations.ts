// What may be asked by somebody who looks around in events.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import type { Telemetry } from '../telemetry.ts'
import { EventId, EventView } from '../types.ts'
import { entityKinds } from './entity.ts'
import { fieldKinds } from './fields.ts'

const ask = operation<Telemetry>()
const q = z.string().max(4_000).default('').meta({ description: 'search, as of event.search' })
const time = (which: string) =>
  z
    .number()
    .int()
    .optional()
    .meta({ description: `${which}, milliseconds since 1970, UTC` })
const [since, until] = [time('from this time on'), time('before this time')]
const moment = z.number().nullable()
const counted = z.array(z.strictObject({ value: z.string(), count: z.number() }))

const Process = z.strictObject({
  key: z.string().meta({ description: 'id of the event that started it, else its uid' }),
  parent: z.string().meta({ description: 'key of the process that started it; empty at the top' }),
  uid: z.string(),
  process: z.string(),
  command_line: z.string(),
  user: z.string(),
  started: moment.meta({ description: 'null when no event tells of its start' }),
  event: EventId.nullable().meta({ description: 'null for a parent that only its child names' }),
  more: z.number().meta({ description: 'processes it started that are not shown' }),
})

export const exploreOperations: readonly RoomOperation<Telemetry>[] = [
  ask({
    name: 'event.fields',
    does: 'list the columns and fields that found events have, and how many have each',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ q, since, until }),
    output: z.strictObject({
      fields: z.array(
        z.strictObject({
          name: z.string(),
          kind: z.enum(fieldKinds).meta({
            description: 'column: of every source; field: under its own name; enriched: known beyond the record',
          }),
          count: z.number(),
          share: z.number().meta({ description: 'part of the events looked at, 0 to 1' }),
        }),
      ),
      looked: z.number().meta({ description: 'events looked at: the newest 20,000 found at most' }),
    }),
    example: { q: 'source:dc01' },
    positional: ['q'],
    run: (input, { explore }, { signal }) => explore.fields({ ...input, signal }),
  }),
  ask({
    name: 'event.tail',
    does: 'show what has arrived since the last look, in the order of arrival',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      q,
      after: z
        .string()
        .regex(/^\d{1,15}$/, 'not from `next` of event.tail')
        .optional()
        .meta({ description: '`next` of the look before; without it nothing is shown and the next look begins here' }),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.strictObject({
      items: z.array(EventView).meta({ description: 'the newest that arrived, newest first' }),
      next: z.string(),
      skipped: z.number().meta({ description: 'found too, but more than the limit' }),
    }),
    example: {},
    positional: ['q'],
    columns: ['time', 'source', 'host', 'user', 'activity', 'message'],
    run: (input, { explore }, { signal }) => explore.tail({ ...input, signal }),
  }),
  ask({
    name: 'event.processes',
    does: 'show the tree of processes around an event',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ id: EventId }),
    output: z.strictObject({
      focus: z.string().meta({ description: 'key of the process of the event; empty when the event names none' }),
      host: z.string(),
      nodes: z.array(Process).meta({ description: 'parents stand before their children' }),
      siblings: z.number().meta({ description: 'other processes of the same parent' }),
    }),
    example: { id: 'evt_0000000001' },
    positional: ['id'],
    run: ({ id }, { explore }) => explore.processes(id),
  }),
  ask({
    name: 'entity.show',
    does: 'show all that events say about a host, user, address or domain',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({ kind: z.enum(entityKinds), name: z.string().min(1).max(500), since, until }),
    output: z.strictObject({
      kind: z.enum(entityKinds),
      name: z.string(),
      q: z.string().meta({ description: 'the search that finds its events' }),
      count: z.number(),
      first: moment.meta({ description: 'time of its first event within the asked time; null without events' }),
      last: moment,
      histogram: z.strictObject({
        step: z.number(),
        buckets: z.array(z.strictObject({ at: z.number(), count: z.number() })),
      }),
      related: z
        .array(z.strictObject({ field: z.string(), values: counted }))
        .meta({ description: 'commonest values that stand beside it' }),
      recent: z.array(EventView),
    }),
    example: { kind: 'host', name: 'dc01' },
    positional: ['kind', 'name'],
    run: (input, { explore }, { signal }) => explore.entity({ ...input, signal }),
  }),
]
