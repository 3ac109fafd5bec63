// Where alerts are kept: once each, found by time, level, rule, host, user, asset, incident and words.
import { z } from 'zod'
import type { Migration } from '#kernel'
import { type Expression, type Kysely, sql, type SqlBool, type State } from '#platform'
import { type Level, levels } from '#standards'
import { EventId } from '#telemetry'
import { Alert, AlertEntities, AlertId, MatchedField } from './types.ts'

interface AlertRow {
  id: string
  time: number
  raised: number
  rule: string
  title: string
  level: string
  techniques: string
  tactics: string
  event: string
  source: string
  activity: string
  message: string
  host: string
  account: string
  asset: string
  entities: string
  matched: string
  incident: string
}
interface Tables {
  detection_alerts: AlertRow
}

export const migrations: readonly Migration[] = [
  {
    name: 'detection-0001-alerts',
    sql: [
      `create table detection_alerts (
        id text primary key, time bigint not null, raised bigint not null, rule text not null, title text not null, level text not null,
        techniques text not null, tactics text not null, event text not null, source text not null, activity text not null, message text not null,
        host text not null, account text not null, asset text not null, entities text not null, matched text not null, incident text not null)`,
      'create index detection_alerts_time on detection_alerts (time, id)',
      'create index detection_alerts_incident on detection_alerts (incident, time)',
      'create index detection_alerts_rule on detection_alerts (rule, time)',
      'create index detection_alerts_host on detection_alerts (host, time)',
    ],
  },
]

/** Which alerts; all that is given must hold. `level` is the least. */
export interface AlertFilter {
  readonly since?: number | undefined
  readonly until?: number | undefined
  readonly level?: Level | undefined
  readonly rule?: string | undefined
  readonly host?: string | undefined
  readonly user?: string | undefined
  readonly asset?: string | undefined
  readonly incident?: string | undefined
  readonly q?: string | undefined
}
export interface AlertPage extends AlertFilter {
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Alerts a day, by level; `at` is midnight UTC. */
export type AlertDay = { readonly at: number } & Readonly<Record<Level, number>>
export interface AlertCounts {
  readonly byLevel: Readonly<Record<Level, number>>
  readonly days: readonly AlertDay[]
}

const day = 86_400_000
const atOnce = 50
const none = (): Record<Level, number> => ({ informational: 0, low: 0, medium: 0, high: 0, critical: 0 })
const levelOf = z.enum(levels)

const chunks = <T>(items: readonly T[], size = atOnce): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

const rowOf = ({ rule, user, entities, matched, ...rest }: Alert): AlertRow => ({
  ...rest,
  rule: rule.id,
  title: rule.title,
  level: rule.level,
  techniques: JSON.stringify(rule.techniques),
  tactics: JSON.stringify(rule.tactics),
  account: user,
  entities: JSON.stringify(entities),
  matched: JSON.stringify(matched),
})

const names = (text: string): string[] => z.array(z.string()).parse(JSON.parse(text))

function alertOf({ rule, title, level, techniques, tactics, account, entities, matched, ...rest }: AlertRow): Alert {
  return {
    ...rest,
    id: AlertId.parse(rest.id),
    event: EventId.parse(rest.event),
    rule: { id: rule, title, level: levelOf.parse(level), techniques: names(techniques), tactics: names(tactics) },
    user: account,
    entities: AlertEntities.parse(JSON.parse(entities)),
    matched: z.array(MatchedField).parse(JSON.parse(matched)),
  }
}

function matching(filter: AlertFilter): Expression<SqlBool> {
  const { since, until, level, q } = filter
  const parts = [sql<SqlBool>`1 = 1`]
  if (since !== undefined) parts.push(sql<SqlBool>`time >= ${since}`)
  if (until !== undefined) parts.push(sql<SqlBool>`time < ${until}`)
  if (level !== undefined) parts.push(sql<SqlBool>`level in (${sql.join(levels.slice(levels.indexOf(level)))})`)
  const columns = { rule: filter.rule, host: filter.host, account: filter.user, asset: filter.asset, incident: filter.incident }
  for (const [column, value] of Object.entries(columns))
    if (value !== undefined) parts.push(sql<SqlBool>`${sql.ref(column)} = ${value}`)
  if (q !== undefined && q !== '') {
    const like = `%${q.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    const text = sql`lower(title || ' ' || message || ' ' || host || ' ' || account || ' ' || asset || ' ' || techniques || ' ' || matched)`
    parts.push(sql<SqlBool>`${text} like ${like} escape '\\'`)
  }
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`
}

/** Alerts over a state store. */
export function alertStore(state: State) {
  const db = () => state.db<Tables>()
  return {
    /** Keeps alerts; answers with those that were not kept before. Call inside State.transaction(). */
    async keep(alerts: readonly Alert[]): Promise<Alert[]> {
      const fresh: Alert[] = []
      for (const part of chunks(alerts)) {
        const rows = db().insertInto('detection_alerts').values(part.map(rowOf))
        const kept = await rows.onConflict((conflict) => conflict.column('id').doNothing()).returning('id').execute()
        const ids = new Set(kept.map(({ id }) => id))
        fresh.push(...part.filter(({ id }) => ids.delete(id)))
      }
      return fresh
    },
    /** Those that are there, in the order asked. */
    async byIds(ids: readonly string[]): Promise<Alert[]> {
      const found = new Map<string, Alert>()
      for (const part of chunks(ids, 400)) {
        const rows = await db().selectFrom('detection_alerts').selectAll().where('id', 'in', part).execute()
        for (const row of rows) found.set(row.id, alertOf(row))
      }
      return ids.flatMap((id) => found.get(id) ?? [])
    },
    async setIncident(ids: readonly string[], incident: string): Promise<void> {
      for (const part of chunks(ids, 400)) await db().updateTable('detection_alerts').set({ incident }).where('id', 'in', part).execute()
    },
    list: (page: AlertPage) => listed(db(), page),
    counts: (filter: Pick<AlertFilter, 'since' | 'until'>) => counted(db(), filter),
    /** Alerts kept of each rule. */
    async byRule(): Promise<ReadonlyMap<string, number>> {
      const count = sql<number>`count(*)`.as('n')
      const rows = await db().selectFrom('detection_alerts').select(['rule', count]).groupBy('rule').execute()
      return new Map(rows.map(({ rule, n }) => [rule, n]))
    },
  }
}

/** Newest first; the cursor is `time:id` of the last one shown. */
async function listed(db: Kysely<Tables>, page: AlertPage): Promise<{ items: Alert[]; next: string | null; total: number }> {
  const where = matching(page)
  let rows = db.selectFrom('detection_alerts').selectAll().where(where)
  if (page.cursor !== undefined) {
    const [time = '', id = ''] = page.cursor.split(':')
    const at = Number(time)
    rows = rows.where((eb) => eb.or([eb('time', '<', at), eb.and([eb('time', '=', at), eb('id', '<', id)])]))
  }
  const found = await rows.orderBy('time', 'desc').orderBy('id', 'desc').limit(page.limit + 1).execute()
  const counting = db.selectFrom('detection_alerts').select(sql<number>`count(*)`.as('n')).where(where)
  const { n } = await counting.executeTakeFirstOrThrow()
  const items = found.slice(0, page.limit).map(alertOf)
  const end = items.at(-1)
  return { items, next: found.length > page.limit && end ? `${end.time}:${end.id}` : null, total: n }
}

async function counted(db: Kysely<Tables>, filter: Pick<AlertFilter, 'since' | 'until'>): Promise<AlertCounts> {
  const rows = await db
    .selectFrom('detection_alerts')
    .select(['level', sql<number>`time / ${sql.lit(day)}`.as('day'), sql<number>`count(*)`.as('n')])
    .where(matching(filter))
    .groupBy(['level', sql`time / ${sql.lit(day)}`])
    .execute()
  const byLevel = none()
  const days = new Map<number, Record<Level, number>>()
  for (const row of rows) {
    const level = levelOf.parse(row.level)
    const one = days.get(row.day) ?? none()
    one[level] += row.n
    byLevel[level] += row.n
    days.set(row.day, one)
  }
  return { byLevel, days: [...days].sort(([a], [b]) => a - b).map(([at, levelsOfDay]) => ({ at: at * day, ...levelsOfDay })) }
}
