// Where the terms of risk are kept, and about which stretches an alert was raised.
import { z } from 'zod'
import { type Kysely, sql, type State } from '#platform'
import { levels } from '#standards'
import { chunks } from '../store.ts'
import { type RiskKind, riskKinds, type Term } from './points.ts'

interface Tables {
  detection_risk_terms: { kind: string; name: string; shown: string; alert: string; time: number; body: string }
  detection_risk_raised: { kind: string; name: string; time: number; alert: string }
}

const Body = z.strictObject({
  rule: z.string(),
  title: z.string(),
  level: z.enum(levels),
  base: z.number(),
  criticality: z.number(),
  confidence: z.number(),
  points: z.number(),
})
const Kind = z.enum(riskKinds)

/** Terms of one entity that are read: the newest. */
const mostTerms = 2_000
/** Terms of all entities that are read for a list. */
const mostListed = 200_000

export interface Entity {
  readonly kind: RiskKind
  readonly name: string
}
export type RiskStore = ReturnType<typeof riskStore>

/** The tables in the state store. Inside State.transaction() all of it joins that transaction. */
export function riskStore(state: State) {
  const db = (): Kysely<Tables> => state.db<Tables>()
  const read = () => db().selectFrom('detection_risk_terms').selectAll()
  return {
    /** Adds terms; one that is there already stays as it is. */
    async add(terms: readonly Term[]): Promise<void> {
      for (const part of chunks(terms))
        await db()
          .insertInto('detection_risk_terms')
          .values(
            part.map(({ kind, name, shown, alert, time, ...body }) => ({
              kind,
              name,
              shown,
              alert,
              time,
              body: JSON.stringify(body),
            })),
          )
          .onConflict((conflict) => conflict.columns(['kind', 'name', 'alert']).doNothing())
          .execute()
    },
    async forget(alerts: readonly string[]): Promise<void> {
      for (const part of chunks(alerts))
        await db().deleteFrom('detection_risk_terms').where('alert', 'in', part).execute()
    },
    /** Forgets what is older than a time. */
    async prune(before: number): Promise<number> {
      const done = await db().deleteFrom('detection_risk_terms').where('time', '<', before).executeTakeFirst()
      await db().deleteFrom('detection_risk_raised').where('time', '<', before).execute()
      return Number(done.numDeletedRows)
    },
    /** Terms of one entity from a time on, the newest first when there are too many. */
    async of({ kind, name }: Entity, since: number): Promise<Term[]> {
      const rows = await read()
        .where('kind', '=', kind)
        .where('name', '=', name)
        .where('time', '>=', since)
        .orderBy('time', 'desc')
        .orderBy('alert', 'desc')
        .limit(mostTerms)
        .execute()
      return rows.map(termIn)
    },
    /** Terms of every entity, or of those with a name, from a time on. */
    async since(since: number, names?: readonly string[]): Promise<Term[]> {
      if (names === undefined)
        return (await read().where('time', '>=', since).orderBy('time', 'desc').limit(mostListed).execute()).map(termIn)
      const found: Term[] = []
      for (const part of chunks([...new Set(names)]))
        found.push(
          ...(await read().where('name', 'in', part).where('time', '>=', since).limit(mostListed).execute()).map(
            termIn,
          ),
        )
      return found
    },
    ...raising(db),
  }
}

function raising(db: () => Kysely<Tables>) {
  return {
    /** Times at which alerts about an entity were raised. */
    async raisedOf({ kind, name }: Entity): Promise<{ time: number; alert: string }[]> {
      return db()
        .selectFrom('detection_risk_raised')
        .select(['time', 'alert'])
        .where('kind', '=', kind)
        .where('name', '=', name)
        .orderBy('time')
        .execute()
    },
    async markRaised({ kind, name }: Entity, time: number, alert: string): Promise<void> {
      await db()
        .insertInto('detection_risk_raised')
        .values({ kind, name, time, alert })
        .onConflict((conflict) => conflict.columns(['kind', 'name', 'alert']).doUpdateSet({ time: sql`excluded.time` }))
        .execute()
    },
  }
}

const termIn = ({ kind, name, shown, alert, time, body }: Tables['detection_risk_terms']): Term => ({
  kind: Kind.parse(kind),
  name,
  shown,
  alert,
  time,
  ...Body.parse(JSON.parse(body)),
})
