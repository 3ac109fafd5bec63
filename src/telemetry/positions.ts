// What the state store keeps of telemetry: how far the consumer and every input have come, and records that could not be handled.
import type { Migration } from '#kernel'
import { type Kysely, sql, type State } from '#platform'
import { keepingMigrations } from './keeping/records.ts'
import type { Mark } from './spool-record.ts'

interface Tables {
  telemetry_checkpoints: { key: string; value: string; at: number }
  telemetry_quarantine: { id: string; seq: number; at: number; source: string; reason: string; text: string }
}

export const migrations: readonly Migration[] = [
  {
    name: 'telemetry-0001-positions',
    sql: [
      'create table telemetry_checkpoints ("key" text primary key, value text not null, at bigint not null)',
      'create table telemetry_quarantine (id text primary key, seq bigint not null, at bigint not null, source text not null, reason text not null, text text not null)',
    ],
  },
  ...keepingMigrations,
]

const consumerKey = 'consumer'
/** The oldest go when there are more. */
const mostQuarantined = 10_000
const longestText = 65_536
const manyAtOnce = 300

/** Something that could not be handled, and why. */
export interface PutAside {
  readonly seq: number
  readonly source: string
  readonly reason: string
  readonly text: string
}

export type Positions = ReturnType<typeof positionStore>

/** The room's tables in the state store. Inside State.transaction() all of it joins that transaction. */
export function positionStore(state: State) {
  const db = (): Kysely<Tables> => state.db<Tables>()
  const write = async (marks: readonly Mark[], at: number): Promise<void> => {
    for (let from = 0; from < marks.length; from += manyAtOnce)
      await db()
        .insertInto('telemetry_checkpoints')
        .values(marks.slice(from, from + manyAtOnce).map((mark) => ({ ...mark, at })))
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({ value: sql`excluded.value`, at: sql`excluded.at` }),
        )
        .execute()
  }
  return {
    /** The last sequence number that is done with, and the position of every input then. */
    async load(): Promise<{ seq: number; marks: Map<string, string> }> {
      const rows = await db().selectFrom('telemetry_checkpoints').select(['key', 'value']).execute()
      const marks = new Map(rows.map(({ key, value }) => [key, value]))
      const seq = Number(marks.get(consumerKey) ?? 0)
      marks.delete(consumerKey)
      return { seq, marks }
    },
    /** Moves the consumer's position to `seq`, and those of inputs to these marks. */
    save: (seq: number, marks: ReadonlyMap<string, string>, at: number): Promise<void> =>
      write([...[...marks].map(([key, value]) => ({ key, value })), { key: consumerKey, value: String(seq) }], at),
    /** Keeps marks that no record carries. */
    note: (marks: readonly Mark[], at: number): Promise<void> => write(marks, at),
    /** Puts records aside with their reasons; the oldest beyond ten thousand go. */
    async quarantine(all: readonly PutAside[], at: number): Promise<void> {
      for (const { seq, source, reason, text } of all)
        await db()
          .insertInto('telemetry_quarantine')
          .values({
            id: `${seq}:${reason.slice(0, 80)}`,
            seq,
            at,
            source,
            reason: reason.slice(0, 2_000),
            text: text.slice(0, longestText),
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute()
      const kept = db()
        .selectFrom('telemetry_quarantine')
        .select('seq')
        .orderBy('seq', 'desc')
        .offset(mostQuarantined)
        .limit(1)
      await db().deleteFrom('telemetry_quarantine').where('seq', '<=', kept).execute()
    },
  }
}
