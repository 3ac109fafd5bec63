// Where groups of alerts, suppressions, windows and confirmed alerts are kept.
import { type Kysely, sql, type State } from '#platform'
import { type AlertTables, chunks, shownColumns, storedIn } from '../store.ts'
import type { Group } from './dedupe.ts'
import { type StoredAlert, type Suppression, SuppressionFit, SuppressionId, type Verdict } from './types.ts'

interface SuppressionRow {
  id: string
  fits: string
  reason: string
  owner: string
  author: string
  created: number
  expires: number
  /** 0 while it is not removed. */
  removed: number
  remover: string
  hits: number
  /** 0 while there is none. */
  last_hit: number
}
interface ConfirmedRow {
  alert: string
  rule: string
  note: string
  author: string
  at: number
  /** The event as JSON, so that it outlives the store's retention. */
  event: string
}
interface Tables extends AlertTables {
  detection_groups: { id: string; head: string; kept: number }
  detection_windows: { rule: string; milliseconds: number; reason: string; author: string; at: number }
  detection_suppressions: SuppressionRow
  detection_confirmed: ConfirmedRow
}
type Db = () => Kysely<Tables>
/** A window that somebody set for a rule. */
export type Window = Tables['detection_windows']
/** An alert that somebody confirmed. */
export type Confirmed = ConfirmedRow
export type KeptSuppression = Omit<Suppression, 'state'>

export type HygieneStore = ReturnType<typeof hygieneStore>

/** The tables in the state store. Inside State.transaction() all of it joins that transaction. */
export function hygieneStore(state: State) {
  const db: Db = () => state.db<Tables>()
  return {
    ...groups(db),
    ...suppressions(db),
    ...verdictsOf(db),
    windows: (): Promise<Window[]> => db().selectFrom('detection_windows').selectAll().orderBy('rule').execute(),
    async setWindow(row: Window): Promise<void> {
      const { rule: _rule, ...set } = row
      await db()
        .insertInto('detection_windows')
        .values(row)
        .onConflict((conflict) => conflict.column('rule').doUpdateSet(set))
        .execute()
    },
    async clearWindow(rule: string): Promise<void> {
      await db().deleteFrom('detection_windows').where('rule', '=', rule).execute()
    },
  }
}

function groups(db: Db) {
  return {
    async groupsById(ids: readonly string[]): Promise<Map<string, Group>> {
      const found = new Map<string, Group>()
      for (const part of chunks(ids)) {
        const rows = await db()
          .selectFrom('detection_groups as g')
          .innerJoin('detection_alerts as a', 'a.id', 'g.head')
          .select(['g.id', 'g.head', 'g.kept', 'a.times', 'a.first', 'a.last'])
          .where('g.id', 'in', part)
          .execute()
        for (const row of rows) found.set(row.id, row)
      }
      return found
    },
    /** Writes groups; their heads must be stored. */
    async saveGroups(all: readonly Group[]): Promise<void> {
      for (const part of chunks(all))
        await db()
          .insertInto('detection_groups')
          .values(part.map(({ id, head, kept }) => ({ id, head, kept })))
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ kept: sql`excluded.kept` }))
          .execute()
      for (const { head, times, first, last } of all.filter(({ times }) => times > 1))
        await db().updateTable('detection_alerts').set({ times, first, last }).where('id', '=', head).execute()
    },
    /** Events of an alert and of those that repeat it, the earliest first, as far as they are stored. */
    async repeatsOf(head: string): Promise<StoredAlert[]> {
      const rows = await db()
        .selectFrom('detection_alerts')
        .select(shownColumns)
        .where((eb) => eb.or([eb('id', '=', head), eb('head', '=', head)]))
        .orderBy('time')
        .orderBy('id')
        .execute()
      return rows.map(storedIn)
    },
  }
}

function suppressions(db: Db) {
  return {
    async suppressions(): Promise<KeptSuppression[]> {
      const rows = await db().selectFrom('detection_suppressions').selectAll().orderBy('id').execute()
      return rows.map(keptIn)
    },
    async addSuppression({ id, fits, reason, owner, author, created, expires }: KeptSuppression): Promise<void> {
      const begun = { removed: 0, remover: '', hits: 0, last_hit: 0 }
      await db()
        .insertInto('detection_suppressions')
        .values({ id, fits: JSON.stringify(fits), reason, owner, author, created, expires, ...begun })
        .execute()
    },
    async removeSuppression(id: string, by: { removed: number; remover: string }): Promise<void> {
      await db().updateTable('detection_suppressions').set(by).where('id', '=', id).execute()
    },
    async countHits(id: string, hits: number, last: number): Promise<void> {
      await db()
        .updateTable('detection_suppressions')
        .set({
          hits: sql`hits + ${hits}`,
          last_hit: sql`case when last_hit < ${last} then ${last} else last_hit end`,
        })
        .where('id', '=', id)
        .execute()
    },
  }
}

const keptIn = ({ fits, removed, last_hit, id, ...row }: SuppressionRow): KeptSuppression => ({
  ...row,
  id: SuppressionId.parse(id),
  fits: SuppressionFit.parse(JSON.parse(fits)),
  removed: removed === 0 ? null : removed,
  lastHit: last_hit === 0 ? null : last_hit,
})

function verdictsOf(db: Db) {
  return {
    /** Takes alerts out of the queue, or back into it, with those that repeat them. */
    async mark(ids: readonly string[], set: { suppressed?: string; verdict?: Verdict }): Promise<void> {
      for (const part of chunks(ids))
        await db()
          .updateTable('detection_alerts')
          .set(set)
          .where((eb) => eb.or([eb('id', 'in', part), eb('head', 'in', part)]))
          .execute()
    },
    async confirm(row: ConfirmedRow): Promise<void> {
      const { alert: _alert, ...set } = row
      await db()
        .insertInto('detection_confirmed')
        .values(row)
        .onConflict((conflict) => conflict.column('alert').doUpdateSet(set))
        .execute()
    },
    async unconfirm(alert: string): Promise<void> {
      await db().deleteFrom('detection_confirmed').where('alert', '=', alert).execute()
    },
    confirmedOf: (rule: string): Promise<ConfirmedRow[]> =>
      db().selectFrom('detection_confirmed').selectAll().where('rule', '=', rule).orderBy('at').execute(),
    /** Stored alerts in a time, heads only, the newest first. */
    async headsSince(since: number, limit: number, rule?: string): Promise<StoredAlert[]> {
      let rows = db()
        .selectFrom('detection_alerts')
        .select(shownColumns)
        .where('head', '=', '')
        .where('last', '>=', since)
      if (rule !== undefined) rows = rows.where('rule', '=', rule)
      return (await rows.orderBy('time', 'desc').limit(limit).execute()).map(storedIn)
    },
    /** Stored alerts of a rule in a time, repeats too, the newest first. */
    async ofRuleSince(rule: string, since: number, limit: number): Promise<StoredAlert[]> {
      const rows = await db()
        .selectFrom('detection_alerts')
        .select(shownColumns)
        .where('rule', '=', rule)
        .where('time', '>=', since)
        .orderBy('time', 'desc')
        .limit(limit)
        .execute()
      return rows.map(storedIn)
    },
  }
}
