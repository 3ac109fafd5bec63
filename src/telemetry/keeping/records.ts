// What the state store keeps of holds and of archived days.
import { Fault, type Migration } from '#kernel'
import type { Kysely, State } from '#platform'
import { type Hold, HoldId } from './types.ts'

interface HoldRow {
  id: string
  q: string
  source: string
  since: number | null
  until: number | null
  reason: string
  placed: number
  by_name: string
  released: number | null
  released_by: string | null
}
/** `moving`: the file is whole, the day may still stand in the table. `kept`: only the file has it. */
export interface ArchiveRow {
  file: string
  day: number
  events: number
  bytes: number
  first_time: number
  last_time: number
  first_seq: number
  last_seq: number
  sum: string
  state: 'moving' | 'kept'
}
interface Tables {
  telemetry_holds: HoldRow
  telemetry_archives: ArchiveRow
}

export const keepingMigrations: readonly Migration[] = [
  {
    name: 'telemetry-0002-keeping',
    sql: [
      'create table telemetry_holds (id text primary key, q text not null, source text not null, since bigint, until bigint, reason text not null, placed bigint not null, by_name text not null, released bigint, released_by text)',
      'create table telemetry_archives (file text primary key, day bigint not null, events bigint not null, bytes bigint not null, first_time bigint not null, last_time bigint not null, first_seq bigint not null, last_seq bigint not null, sum text not null, state text not null)',
    ],
  },
]

export type KeepingRecords = ReturnType<typeof keepingRecords>

/** Both tables. Inside State.transaction() all of it joins that transaction. */
export function keepingRecords(state: State) {
  const db = (): Kysely<Tables> => state.db<Tables>()
  return {
    async holds(released = false): Promise<Hold[]> {
      const shown = ['id', 'q', 'source', 'since', 'until', 'reason', 'placed', 'released', 'by_name as by'] as const
      const all = db().selectFrom('telemetry_holds').select(shown).orderBy('placed', 'desc').limit(1_000)
      const rows = await (released ? all : all.where('released', 'is', null)).execute()
      return rows.map(({ id, ...row }) => ({ ...row, id: HoldId.parse(id) }))
    },
    async place({ by, ...hold }: Hold): Promise<void> {
      await db()
        .insertInto('telemetry_holds')
        .values({ ...hold, by_name: by, released_by: null })
        .execute()
    },
    /** Throws Fault NOT_FOUND when no hold of that id is in force. */
    async release(id: string, at: number, by: string): Promise<void> {
      const changed = await db()
        .updateTable('telemetry_holds')
        .set({ released: at, released_by: by })
        .where('id', '=', id)
        .where('released', 'is', null)
        .executeTakeFirst()
      if (Number(changed.numUpdatedRows) === 0) throw new Fault('NOT_FOUND', `hold ${id}, or it was released before`)
    },
    archives: (): Promise<ArchiveRow[]> =>
      db().selectFrom('telemetry_archives').selectAll().orderBy('day').orderBy('file').execute(),
    async addArchive(row: ArchiveRow): Promise<void> {
      await db().insertInto('telemetry_archives').values(row).execute()
    },
    async markKept(file: string): Promise<void> {
      await db().updateTable('telemetry_archives').set({ state: 'kept' }).where('file', '=', file).execute()
    },
    async forgetArchive(file: string): Promise<void> {
      await db().deleteFrom('telemetry_archives').where('file', '=', file).execute()
    },
  }
}
