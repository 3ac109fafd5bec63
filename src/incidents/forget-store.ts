// Where old alerts leave incidents: members go, and what was only observed goes with the last of them.
import type { Kysely } from '#platform'
import { chunks, type IncidentTables } from './tables.ts'

/** The part of the store that forgets. */
export function forgetting(db: () => Kysely<IncidentTables>) {
  return {
    /** Of these incidents those that are more than observed. */
    async seenByPeople(ids: readonly string[]): Promise<Set<string>> {
      const seen = new Set<string>()
      for (const part of chunks(ids)) {
        const rows = db().selectFrom('incidents_incidents').select('id').where('id', 'in', part)
        for (const { id } of await rows.where('state', '<>', 'observed').execute()) seen.add(id)
      }
      return seen
    },
    /** Forgets members; an observed incident without any goes too. */
    async forget(alerts: readonly string[]): Promise<void> {
      const touched = new Set<string>()
      for (const part of chunks(alerts)) {
        const rows = await db().selectFrom('incidents_members').select('incident').where('alert', 'in', part).execute()
        for (const { incident } of rows) touched.add(incident)
        await db().deleteFrom('incidents_members').where('alert', 'in', part).execute()
      }
      for (const part of chunks([...touched])) {
        const left = await db()
          .selectFrom('incidents_members')
          .select('incident')
          .where('incident', 'in', part)
          .execute()
        const some = new Set(left.map(({ incident }) => incident))
        const rows = db().selectFrom('incidents_incidents').select('id').where('id', 'in', part)
        const observed = await rows.where('state', '=', 'observed').execute()
        const empty = observed.map(({ id }) => id).filter((id) => !some.has(id))
        if (empty.length === 0) continue
        await db().deleteFrom('incidents_incidents').where('id', 'in', empty).execute()
        await db().deleteFrom('incidents_links').where('incident', 'in', empty).execute()
        await db().deleteFrom('incidents_entries').where('incident', 'in', empty).execute()
        await db().deleteFrom('incidents_moved').where('into', 'in', empty).execute()
      }
    },
  }
}
