// Where it is kept which log sources and fields were seen.
import { z } from 'zod'
import type { Migration } from '#kernel'
import type { Kysely, State } from '#platform'
import { type Event, LogSource } from '#telemetry'
import { Seen, type SeenChange } from './seen.ts'

interface Tables {
  detection_seen_sources: { key: string; logsource: string; first: number; last: number; full: number }
  detection_seen_fields: { source: string; field: string; first: number }
}

export const seenMigrations: readonly Migration[] = [
  {
    name: 'detection-0002-seen',
    sql: [
      `create table detection_seen_sources (
        key text primary key, logsource text not null, first bigint not null, last bigint not null, "full" integer not null)`,
      `create table detection_seen_fields (
        source text not null, field text not null, first bigint not null, primary key (source, field))`,
    ],
  },
]

const manyAtOnce = 200
const Stored = z.object({ logsource: LogSource })

/** Opens what was seen before. `keep` belongs into the transaction of the batch, `learn` behind its commit. */
export async function openSeen(state: State) {
  const db = (): Kysely<Tables> => state.db<Tables>()
  const seen = new Seen()
  seen.learn(await stored(db()))
  return {
    sources: () => seen.sources,
    version: () => seen.version,
    /** What these events add; small, and kept in the batch's transaction. */
    observe: (events: readonly Event[]): SeenChange => seen.changesOf(events),
    /** Writes what is new, and answers it. */
    async keep(changes: readonly SeenChange[]): Promise<SeenChange> {
      const change = seen.together(changes)
      for (const { key, logsource, first, last, full } of change.sources) {
        const row = { first, last, full: full ? 1 : 0 }
        await db()
          .insertInto('detection_seen_sources')
          .values({ key, logsource: JSON.stringify({ logsource }), ...row })
          .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
          .execute()
      }
      for (let at = 0; at < change.fields.length; at += manyAtOnce)
        await db()
          .insertInto('detection_seen_fields')
          .values(
            change.fields.slice(at, at + manyAtOnce).map(({ key, field, first }) => ({ source: key, field, first })),
          )
          .onConflict((conflict) => conflict.columns(['source', 'field']).doNothing())
          .execute()
      return change
    },
    learn: (change: SeenChange) => seen.learn(change),
  }
}
export type SeenBook = Awaited<ReturnType<typeof openSeen>>

async function stored(db: Kysely<Tables>): Promise<SeenChange> {
  const sources = await db.selectFrom('detection_seen_sources').selectAll().execute()
  const fields = await db.selectFrom('detection_seen_fields').selectAll().execute()
  return {
    sources: sources.map(({ key, logsource, first, last, full }) => ({
      key,
      logsource: Stored.parse(JSON.parse(logsource)).logsource,
      first,
      last,
      full: full === 1,
    })),
    fields: fields.map(({ source, field, first }) => ({ key: source, field, first })),
  }
}
