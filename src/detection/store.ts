// Where alerts are kept.
import { createHash } from 'node:crypto'
import { base32, type Migration } from '#kernel'
import { type Expression, type Kysely, type RawBuilder, sql, type SqlBool, type State } from '#platform'
import { type Level, levels } from '#standards'
import type { Placed } from './hygiene/dedupe.ts'
import { type StoredAlert, type Verdict, verdicts } from './hygiene/types.ts'
import { Alert, AlertId } from './types.ts'

interface AlertRow {
  id: string
  time: number
  day: number
  rule: string
  level: string
  host: string
  user: string
  asset: string
  incident: string
  /** What a search for text looks at, in lower case. */
  words: string
  /** The alert as JSON, without its incident. */
  body: string
  /** The alert that it repeats; empty for one that the queue shows. */
  head: string
  /** What keeps it out of the queue. */
  suppressed: string
  verdict: string
  /** Of a head: how often it happened, and when first and last. */
  times: number
  first: number
  last: number
}
export interface AlertTables {
  detection_alerts: AlertRow
}
type Tables = AlertTables

export const alertMigrations: readonly Migration[] = [
  {
    name: 'detection-0001-start',
    sql: [
      `create table detection_alerts (
        id text primary key, time bigint not null, day bigint not null, rule text not null, level text not null, host text not null,
        "user" text not null, asset text not null, incident text not null, words text not null, body text not null)`,
      'create index detection_alerts_time on detection_alerts (time, id)',
      'create index detection_alerts_rule on detection_alerts (rule, time)',
      'create index detection_alerts_host on detection_alerts (host, time)',
      'create index detection_alerts_incident on detection_alerts (incident, time)',
      'create index detection_alerts_day on detection_alerts (day, level)',
    ],
  },
]

/** The id of a rule's alert about an event: 130 bits of SHA-256 over both ids, so that matching twice stores once. */
export const alertId = (rule: string, event: string): AlertId => AlertId.parse(`alr_${hashText(`${rule}\n${event}`)}`)

/** 130 bits of the SHA-256 of a text, as 26 letters. */
export function hashText(of: string): string {
  const bytes = createHash('sha256').update(of).digest()
  const bits = [...bytes.subarray(0, 17)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from({ length: 26 }, (_, at) => base32(Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2), 1)).join('')
}

/** Which alerts to list. `level` means at least. */
export interface AlertFilter {
  readonly since?: number | undefined
  readonly until?: number | undefined
  readonly level?: Level | undefined
  readonly rule?: string | undefined
  /** Of any of these rules. */
  readonly rules?: readonly string[] | undefined
  readonly host?: string | undefined
  readonly user?: string | undefined
  readonly asset?: string | undefined
  readonly incident?: string | undefined
  readonly q?: string | undefined
  /** Repeats too, not only the alert that stands for them; always those of one incident. */
  readonly repeats?: boolean | undefined
  /** What is suppressed: left out when not given. */
  readonly suppressed?: 'without' | 'with' | 'only' | undefined
  readonly verdict?: Verdict | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** What became of a rule: alerts stored, how often it matched (repeats beyond those stored too), when last, and what people said of its alerts. */
export interface RuleHits {
  readonly alerts: number
  readonly hits: number
  readonly last: number
  readonly benign: number
  readonly confirmed: number
}
export const noHits: RuleHits = { alerts: 0, hits: 0, last: 0, benign: 0, confirmed: 0 }

export type LevelCounts = Record<Level, number>
const noCounts = (): LevelCounts => ({ informational: 0, low: 0, medium: 0, high: 0, critical: 0 })
const isLevel = (text: string): text is Level => levels.some((level) => level === text)

const manyAtOnce = 100
export const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / manyAtOnce) }, (_, at) =>
    items.slice(at * manyAtOnce, (at + 1) * manyAtOnce),
  )
export const dayLength = 86_400_000

export type AlertStore = ReturnType<typeof alertStore>

/** The room's table in the state store. Inside State.transaction() all of it joins that transaction. */
export function alertStore(state: State) {
  const db = (): Kysely<Tables> => state.db<Tables>()
  return {
    ...keeping(db),
    /** Alerts in the order of the ids; ids without an alert are left out. */
    byIds: async (ids: readonly string[]): Promise<Alert[]> => (await storedByIds(db, ids)).map(plainAlert),
    /** The same with their place in the queue. */
    storedByIds: (ids: readonly string[]) => storedByIds(db, ids),
    async setIncident(ids: readonly string[], incident: string): Promise<void> {
      for (const part of chunks(ids))
        await db().updateTable('detection_alerts').set({ incident }).where('id', 'in', part).execute()
    },
    ...listing(db),
    ...counting(db),
  }
}

function keeping(db: () => Kysely<Tables>) {
  /** Those that are not stored yet, each once, in the order given. */
  async function unseen(alerts: readonly Alert[]): Promise<Alert[]> {
    const seen = new Set<string>()
    for (const part of chunks(alerts)) {
      const ids = part.map(({ id }) => id)
      const rows = await db().selectFrom('detection_alerts').select('id').where('id', 'in', ids).execute()
      for (const row of rows) seen.add(row.id)
    }
    return alerts.filter(({ id }) => !seen.has(id) && seen.add(id))
  }
  async function insert(placed: readonly Placed[]): Promise<void> {
    for (const part of chunks(placed))
      await db()
        .insertInto('detection_alerts')
        .values(part.map(rowOf))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
  }
  return {
    unseen,
    insert,
    /** Keeps alerts, each as one of its own, and answers those that were not there yet, in the order given. */
    async keep(alerts: readonly Alert[]): Promise<Alert[]> {
      const fresh = await unseen(alerts)
      await insert(fresh.map((alert) => ({ alert, head: '', suppressed: '' })))
      return fresh
    },
  }
}

async function storedByIds(db: () => Kysely<Tables>, ids: readonly string[]): Promise<StoredAlert[]> {
  const found = new Map<string, StoredAlert>()
  for (const part of chunks(ids)) {
    const rows = await db().selectFrom('detection_alerts').select(shownColumns).where('id', 'in', part).execute()
    for (const row of rows) found.set(row.id, storedIn(row))
  }
  return ids.flatMap((id) => found.get(id) ?? [])
}

const rowOf = ({ alert: { incident, ...alert }, head, suppressed }: Placed): AlertRow => ({
  id: alert.id,
  time: alert.time,
  day: Math.floor(alert.time / dayLength),
  rule: alert.rule.id,
  level: alert.rule.level,
  host: alert.host,
  user: alert.user,
  asset: alert.asset,
  incident,
  words: [alert.rule.title, alert.rule.id, alert.host, alert.user, alert.message, ...alert.rule.techniques]
    .join(' ')
    .toLowerCase(),
  body: JSON.stringify(alert),
  head,
  suppressed,
  verdict: '',
  times: 1,
  first: alert.time,
  last: alert.time,
})
export const shownColumns = [
  'id',
  'time',
  'incident',
  'body',
  'head',
  'suppressed',
  'verdict',
  'times',
  'first',
  'last',
] as const
type ShownRow = Pick<AlertRow, (typeof shownColumns)[number]>
const isVerdict = (text: string): text is Verdict => verdicts.some((verdict) => verdict === text)

/** A row as the queue's alert. */
export function storedIn({ body, incident, head, suppressed, verdict, times, first, last }: ShownRow): StoredAlert {
  const alert = Alert.parse({ ...Object(JSON.parse(body)), incident })
  return { ...alert, head, suppressed, verdict: isVerdict(verdict) ? verdict : '', times, first, last }
}

/** The alert alone, as it was raised. */
export function plainAlert(stored: StoredAlert): Alert {
  const {
    head: _head,
    suppressed: _suppressed,
    verdict: _verdict,
    times: _times,
    first: _first,
    last: _last,
    ...alert
  } = stored
  return alert
}

function listing(db: () => Kysely<Tables>) {
  return {
    /** Newest first; the cursor is `time:id` of the last one shown. */
    async list(filter: AlertFilter): Promise<{ items: StoredAlert[]; next: string | null; total: number }> {
      const where = matching(filter, 'last')
      let page = db().selectFrom('detection_alerts').select(shownColumns).where(where)
      const [timeText = '', id = ''] = filter.cursor?.split(':') ?? []
      const time = Number(timeText)
      if (filter.cursor !== undefined)
        page = page.where((eb) => eb.or([eb('time', '<', time), eb.and([eb('time', '=', time), eb('id', '<', id)])]))
      const rows = await page
        .orderBy('time', 'desc')
        .orderBy('id', 'desc')
        .limit(filter.limit + 1)
        .execute()
      const counted = await db()
        .selectFrom('detection_alerts')
        .select(sql<number>`count(*)`.as('n'))
        .where(where)
        .executeTakeFirstOrThrow()
      const shown = rows.slice(0, filter.limit)
      const end = shown.at(-1)
      return {
        items: shown.map(storedIn),
        next: rows.length > filter.limit && end ? `${end.time}:${end.id}` : null,
        total: counted.n,
      }
    },
  }
}

type Filter = Omit<AlertFilter, 'limit' | 'cursor'>

/** `since` is held against a column: the queue shows what happened again since then, counts count what began. */
function matching(filter: Filter, since: 'time' | 'last'): Expression<SqlBool> {
  const parts = [sql<SqlBool>`1 = 1`, ...placesIn(filter)]
  if (filter.since !== undefined) parts.push(sql<SqlBool>`${sql.ref(since)} >= ${filter.since}`)
  if (filter.until !== undefined) parts.push(sql<SqlBool>`time < ${filter.until}`)
  if (filter.level !== undefined)
    parts.push(sql<SqlBool>`level in (${sql.join(levels.slice(levels.indexOf(filter.level)))})`)
  for (const name of ['rule', 'host', 'user', 'asset', 'incident'] as const)
    if (filter[name] !== undefined && filter[name] !== '') parts.push(sql<SqlBool>`${sql.ref(name)} = ${filter[name]}`)
  if (filter.rules !== undefined && filter.rules.length > 0)
    parts.push(sql<SqlBool>`rule in (${sql.join([...filter.rules])})`)
  if (filter.q !== undefined && filter.q !== '') {
    const like = `%${filter.q.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    parts.push(sql<SqlBool>`words like ${like} escape '\\'`)
  }
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`
}

/** What keeps alerts out of the queue. An incident shows all that belongs to it. */
function placesIn({ incident = '', repeats = false, suppressed, verdict }: Filter): RawBuilder<SqlBool>[] {
  const shown = suppressed ?? (incident === '' ? 'without' : 'with')
  return [
    ...(repeats || incident !== '' ? [] : [sql<SqlBool>`head = ''`]),
    ...(shown === 'without' ? [sql<SqlBool>`suppressed = ''`] : []),
    ...(shown === 'only' ? [sql<SqlBool>`suppressed <> ''`] : []),
    ...(verdict === undefined ? [] : [sql<SqlBool>`verdict = ${verdict}`]),
  ]
}

function counting(db: () => Kysely<Tables>) {
  return {
    /** How many alerts there are of each level, in all and for each day (UTC) that has some. */
    async counts(range: { since?: number | undefined; until?: number | undefined }) {
      const rows = await db()
        .selectFrom('detection_alerts')
        .select(['day', 'level', sql<number>`count(*)`.as('n')])
        .where(matching(range, 'time'))
        .groupBy(['day', 'level'])
        .orderBy('day')
        .execute()
      const byLevel = noCounts()
      const days = new Map<number, LevelCounts>()
      for (const { day, level, n } of rows) {
        if (!isLevel(level)) continue
        const counts = days.get(day) ?? noCounts()
        counts[level] += n
        byLevel[level] += n
        days.set(day, counts)
      }
      return { byLevel, days: [...days].map(([day, counts]) => ({ at: day * dayLength, ...counts })) }
    },
    /** How many alerts there are of each level in each step of a time, those without any too. */
    async trend({ since, until, step }: { since: number; until: number; step: number }) {
      const rows = await db()
        .selectFrom('detection_alerts')
        .select([sql<number>`(time - ${since}) / ${step}`.as('at'), 'level', sql<number>`count(*)`.as('n')])
        .where(matching({ since, until }, 'time'))
        .groupBy([sql`1`, 'level'])
        .execute()
      const steps = Array.from({ length: Math.ceil((until - since) / step) }, (_, index) => ({
        at: since + index * step,
        ...noCounts(),
      }))
      for (const { at, level, n } of rows) {
        const one = steps[Math.floor(at)]
        if (one && isLevel(level)) one[level] += n
      }
      return steps
    },
    /** What became of each rule that has alerts. */
    async byRule(): Promise<Map<string, RuleHits>> {
      const sum = (of: RawBuilder<unknown>) => sql<number>`cast(sum(${of}) as bigint)`
      const rows = await db()
        .selectFrom('detection_alerts')
        .select([
          'rule',
          sql<number>`count(*)`.as('alerts'),
          sum(sql`case when head = '' then times else 0 end`).as('hits'),
          sql<number>`max(${sql.ref('last')})`.as('newest'),
          sum(sql`case when verdict = 'benign' then 1 else 0 end`).as('benign'),
          sum(sql`case when verdict = 'confirmed' then 1 else 0 end`).as('confirmed'),
        ])
        .groupBy('rule')
        .execute()
      return new Map(rows.map(({ rule, newest, ...row }) => [rule, { ...row, last: newest }]))
    },
  }
}
