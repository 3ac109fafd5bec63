// Where old alerts are found and forgotten: their rows, their groups, the histories of detectors.
import { z } from 'zod'
import type { Kysely, State } from '#platform'
import type { AlertTables } from '../store.ts'

interface Tables extends AlertTables {
  detection_groups: { id: string; head: string; kept: number }
  detection_anomaly_histories: { alert: string; time: number; body: string }
}
/** What decides whether an alert may go. */
export interface OldAlert {
  readonly id: string
  readonly head: string
  readonly incident: string
  readonly verdict: string
  readonly raised: number
}

const Body = z.object({ raised: z.number() })
const columns = ['id', 'head', 'incident', 'verdict', 'time', 'body'] as const
type Row = Pick<AlertTables['detection_alerts'], (typeof columns)[number]>
const oldAlert = ({ id, head, incident, verdict, body }: Row): OldAlert => ({
  id,
  head,
  incident,
  verdict,
  raised: Body.parse(JSON.parse(body)).raised,
})

/** The tables in the state store. Inside State.transaction() all of it joins that transaction. */
export function retentionStore(state: State) {
  const db = (): Kysely<Tables> => state.db<Tables>()
  return {
    /** Alerts of the queue whose last event lies before a time, the oldest first, behind a cursor (empty for the first). */
    async oldHeads({ cutoff, after, limit }: { cutoff: number; after: string; limit: number }) {
      const [timeText = '', id = ''] = after.split(':')
      const time = Number(timeText)
      let rows = db().selectFrom('detection_alerts').select(columns).where('head', '=', '').where('time', '<', cutoff)
      if (after !== '')
        rows = rows.where((eb) => eb.or([eb('time', '>', time), eb.and([eb('time', '=', time), eb('id', '>', id)])]))
      const found = await rows.where('last', '<', cutoff).orderBy('time').orderBy('id').limit(limit).execute()
      return found.map((row) => ({ ...oldAlert(row), cursor: `${row.time}:${row.id}` }))
    },
    async repeatsOf(heads: readonly string[]): Promise<OldAlert[]> {
      if (heads.length === 0) return []
      const rows = await db().selectFrom('detection_alerts').select(columns).where('head', 'in', heads).execute()
      return rows.map(oldAlert)
    },
    async forget(ids: readonly string[]): Promise<void> {
      await db().deleteFrom('detection_alerts').where('id', 'in', ids).execute()
      await db().deleteFrom('detection_groups').where('head', 'in', ids).execute()
      await db().deleteFrom('detection_anomaly_histories').where('alert', 'in', ids).execute()
    },
  }
}
