// What may be asked of telemetry when hunting.
import { z } from 'zod'
import { anyRole, engineers, operation, type RoomOperation } from '#kernel'
import { fileFormats } from '#platform'
import { longestSql } from './expert/text.ts'
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
  ask({
    name: 'event.export',
    does: 'write all that a search finds into a file: csv, ndjson or parquet; fetch it from /api/v1/download/ID, once',
    kind: 'act',
    may: anyRole,
    input: z.strictObject({
      q: z.string().max(4_000).default('').meta({ description: 'filter and pipes' }),
      since: Moment.optional(),
      until: Moment.optional(),
      format: z.enum(fileFormats).default('csv'),
    }),
    output: z.strictObject({
      id: z.string().meta({ description: 'fetched once, within ten minutes' }),
      name: z.string().meta({ description: 'a name for the file' }),
      bytes: z.number(),
      took: z.number().meta({ description: 'milliseconds' }),
    }),
    example: { q: 'host:db01', format: 'ndjson' },
    positional: ['q'],
    run: (input, telemetry, { signal }) => telemetry.exports.export({ ...input, signal }),
  }),
  ask({
    name: 'event.sql',
    does: 'ask the table of events in SQL: one select, read-only, within limits',
    kind: 'read',
    may: engineers,
    input: z.strictObject({
      sql: z
        .string()
        .min(1)
        .max(longestSql)
        .meta({ description: 'one select over the table events; see docs/reference/search.md' }),
      limit: z.number().int().min(1).max(mostRows).default(500),
    }),
    output: Hunted.pick({ columns: true, rows: true, took: true, cut: true }),
    example: { sql: 'select host, count() as n from events group by host order by n desc' },
    positional: ['sql'],
    run: (input, telemetry, { signal }) => telemetry.sql({ ...input, signal }),
  }),
]
