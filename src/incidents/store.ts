// Where incidents are kept: their sums, the links by which alerts find them, their members and their notes.
import { z } from 'zod'
import type { Migration } from '#kernel'
import { type Expression, type Kysely, sql, type SqlBool, type State } from '#platform'
import { levels, type Level } from '#standards'
import { type Folder, type HeldLink, linkKey } from './fold.ts'
import { forgetting } from './forget-store.ts'
import { type Link, linkKinds } from './links.ts'
import type { Facts } from './story.ts'
import { chunks, type IncidentRow, type IncidentTables } from './tables.ts'
import { Incident, IncidentId, type IncidentState, incidentStates } from './types.ts'

type Tables = IncidentTables

export const migrations: readonly Migration[] = [
  {
    name: 'incidents-0001-start',
    sql: [
      `create table incidents_incidents (
        id text primary key, number bigint not null, state text not null, level text not null, title text not null, summary text not null,
        opened bigint not null, first bigint not null, last bigint not null, alerts bigint not null, rules bigint not null,
        hosts text not null, users text not null, addresses text not null, assets text not null, tactics text not null, techniques text not null,
        assignee text not null)`,
      'create index incidents_incidents_last on incidents_incidents (state, last)',
      `create table incidents_links (
        incident text not null, kind text not null, value text not null, first bigint not null, last bigint not null, level text not null,
        primary key (incident, kind, value))`,
      'create index incidents_links_value on incidents_links (kind, value)',
      'create table incidents_members (alert text primary key, incident text not null, why text not null, time bigint not null)',
      'create index incidents_members_incident on incidents_members (incident, time)',
      'create table incidents_entries (incident text not null, at bigint not null, kind text not null, title text not null, detail text not null, "by" text not null)',
      'create index incidents_entries_incident on incidents_entries (incident, at)',
      'create table incidents_moved (id text primary key, number bigint not null, "into" text not null)',
    ],
  },
]

const List = z.array(z.string())
const list = (text: string): string[] => List.parse(JSON.parse(text))
const level = (text: string): Level => z.enum(levels).parse(text)

const incidentOf = (row: IncidentRow): Incident =>
  Incident.parse({
    ...row,
    hosts: list(row.hosts),
    users: list(row.users),
    addresses: list(row.addresses),
    assets: list(row.assets),
    tactics: list(row.tactics),
    techniques: list(row.techniques),
  })

/** A note, a change of state or an assignment. */
export interface Entry {
  readonly at: number
  readonly kind: 'note' | 'state' | 'assigned' | 'merged'
  readonly title: string
  readonly detail: string
  readonly by: string
}

/** Which incidents to list. */
export interface IncidentFilter {
  readonly states: readonly IncidentState[]
  readonly level?: Level | undefined
  readonly q?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** In lists no longer than this many names, so that a noisy incident stays one row. */
const mostNames = 50
export type IncidentStore = ReturnType<typeof incidentStore>

/** The room's tables in the state store. Inside State.transaction() all of it joins that transaction. */
export function incidentStore(state: State) {
  const db = (): Kysely<Tables> => state.db<Tables>()
  return {
    ...reading(db),
    ...folding(db),
    ...forgetting(db),
    /** Adds a line to the story that is not an alert. */
    addEntry: async (incident: string, entry: Entry): Promise<void> =>
      void (await db()
        .insertInto('incidents_entries')
        .values({ incident, ...entry })
        .execute()),
    setState: async (id: string, next: IncidentState): Promise<void> =>
      void (await db().updateTable('incidents_incidents').set({ state: next }).where('id', '=', id).execute()),
    assign: async (id: string, assignee: string): Promise<void> =>
      void (await db().updateTable('incidents_incidents').set({ assignee }).where('id', '=', id).execute()),
  }
}

function reading(db: () => Kysely<Tables>) {
  return {
    /** By id or by number; one that was taken in by another leads to that one. */
    async find(idOrNumber: string): Promise<Incident | undefined> {
      const number = /^#?[1-9]\d{0,11}$/.test(idOrNumber) ? Number(idOrNumber.replace('#', '')) : undefined
      const column = number === undefined ? 'id' : 'number'
      const moved = await db()
        .selectFrom('incidents_moved')
        .select('into')
        .where(column, '=', number ?? idOrNumber)
        .executeTakeFirst()
      const rows = db().selectFrom('incidents_incidents').selectAll()
      const row = await (
        moved ? rows.where('id', '=', moved.into) : rows.where(column, '=', number ?? idOrNumber)
      ).executeTakeFirst()
      return row && incidentOf(row)
    },
    list: (filter: IncidentFilter) => listed(db(), filter),
    members: async (incident: string): Promise<{ alert: string; why: string }[]> =>
      db()
        .selectFrom('incidents_members')
        .select(['alert', 'why'])
        .where('incident', '=', incident)
        .orderBy('time')
        .execute(),
    contained: () => containedIn(db()),
    entries: async (incident: string): Promise<Entry[]> =>
      db()
        .selectFrom('incidents_entries')
        .select(['at', 'title', 'detail', 'by'])
        .select(sql<Entry['kind']>`kind`.as('kind'))
        .where('incident', '=', incident)
        .orderBy('at')
        .execute(),
    /** How many incidents of each level wait for somebody. */
    async openByLevel(): Promise<Record<Level, number>> {
      const rows = await db()
        .selectFrom('incidents_incidents')
        .select(['level', sql<number>`count(*)`.as('n')])
        .where('state', 'not in', ['observed', 'closed'])
        .groupBy('level')
        .execute()
      const counts: Record<Level, number> = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 }
      for (const row of rows) counts[level(row.level)] = row.n
      return counts
    },
  }
}

/** Incidents that stand contained, or once did. */
const containedIn = (db: Kysely<Tables>): Promise<{ id: string; number: number }[]> =>
  db
    .selectFrom('incidents_incidents')
    .select(['id', 'number'])
    .where((eb) =>
      eb.or([
        eb('state', '=', 'contained'),
        eb(
          'id',
          'in',
          eb
            .selectFrom('incidents_entries')
            .select('incident')
            .where('kind', '=', 'state')
            .where('title', 'like', '% → contained'),
        ),
      ]),
    )
    .orderBy('number')
    .execute()

/** Newest activity first; the cursor is `last:id` of the last one shown. */
async function listed(
  db: Kysely<Tables>,
  filter: IncidentFilter,
): Promise<{ items: Incident[]; next: string | null; total: number }> {
  const where = matching(filter)
  const [lastText = '', id = ''] = filter.cursor?.split(':') ?? []
  const last = Number(lastText)
  let page = db.selectFrom('incidents_incidents').selectAll().where(where)
  if (filter.cursor !== undefined)
    page = page.where((eb) => eb.or([eb('last', '<', last), eb.and([eb('last', '=', last), eb('id', '<', id)])]))
  const rows = await page
    .orderBy('last', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const counted = await db
    .selectFrom('incidents_incidents')
    .select(sql<number>`count(*)`.as('n'))
    .where(where)
    .executeTakeFirstOrThrow()
  const items = rows.slice(0, filter.limit).map(incidentOf)
  const end = items.at(-1)
  return {
    items,
    next: rows.length > filter.limit && end ? `${end.last}:${end.id}` : null,
    total: counted.n,
  }
}

function matching(filter: IncidentFilter): Expression<SqlBool> {
  const parts = [sql<SqlBool>`state in (${sql.join(filter.states)})`]
  if (filter.level !== undefined)
    parts.push(sql<SqlBool>`level in (${sql.join(levels.slice(levels.indexOf(filter.level)))})`)
  if (filter.q !== undefined && filter.q !== '') {
    const like = `%${filter.q.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    const text = sql`lower(title || ' ' || summary || ' ' || hosts || ' ' || users || ' ' || addresses || ' ' || assets || ' ' || techniques)`
    parts.push(sql<SqlBool>`${text} like ${like} escape '\\'`)
  }
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`
}

function folding(db: () => Kysely<Tables>) {
  return {
    /** Every incident that holds one of the links, closed ones left out, ready to fold into. */
    async holding(links: readonly Link[]): Promise<Folder[]> {
      const ids = new Set<string>()
      for (const kind of linkKinds) {
        const values = [...new Set(links.filter((link) => link.kind === kind).map((link) => link.value))]
        for (const part of chunks(values)) {
          const rows = await db()
            .selectFrom('incidents_links')
            .select('incident')
            .distinct()
            .where('kind', '=', kind)
            .where('value', 'in', part)
            .execute()
          for (const row of rows) ids.add(row.incident)
        }
      }
      const folders: Folder[] = []
      for (const part of chunks([...ids])) folders.push(...(await loadFolders(db(), part)))
      return folders
    },
    nextNumber: async (): Promise<number> =>
      (
        await db()
          .selectFrom('incidents_incidents')
          .select(sql<number>`coalesce(max(number), 0)`.as('n'))
          .executeTakeFirstOrThrow()
      ).n + 1,
    /** Writes one folded incident: its links, new members, and what it took in. */
    async save(folder: Folder, told: { title: string; summary: string; facts: Facts }): Promise<void> {
      for (const gone of folder.absorbed) await takeIn(db(), folder, gone)
      await upsertIncident(db(), folder, told)
      await upsertLinks(db(), folder)
      const members = folder.joined.map(({ alert, why }) => ({
        alert: alert.id,
        incident: folder.id,
        why,
        time: alert.time,
      }))
      for (const part of chunks(members))
        await db()
          .insertInto('incidents_members')
          .values(part)
          .onConflict((c) => c.column('alert').doNothing())
          .execute()
    },
  }
}

async function loadFolders(db: Kysely<Tables>, ids: readonly string[]): Promise<Folder[]> {
  const rows = await db
    .selectFrom('incidents_incidents')
    .selectAll()
    .where('id', 'in', ids)
    .where('state', '<>', 'closed')
    .execute()
  if (rows.length === 0) return []
  const links = await db
    .selectFrom('incidents_links')
    .selectAll()
    .where(
      'incident',
      'in',
      rows.map((row) => row.id),
    )
    .execute()
  const held = new Map(rows.map((row) => [row.id, new Map<string, HeldLink>()]))
  for (const row of links) {
    const link = { ...row, kind: z.enum(linkKinds).parse(row.kind), level: level(row.level) }
    held.get(row.incident)?.set(linkKey(link), link)
  }
  return rows.map((row) => ({
    id: IncidentId.parse(row.id),
    number: row.number,
    state: z.enum(incidentStates).parse(row.state),
    opened: row.opened,
    level: level(row.level),
    first: row.first,
    last: row.last,
    tactics: new Set(list(row.tactics)),
    links: held.get(row.id) ?? new Map(),
    joined: [],
    absorbed: [],
    changed: false,
  }))
}

async function takeIn(db: Kysely<Tables>, folder: Folder, gone: Folder['absorbed'][number]): Promise<void> {
  await db.updateTable('incidents_members').set({ incident: folder.id }).where('incident', '=', gone.id).execute()
  await db.updateTable('incidents_entries').set({ incident: folder.id }).where('incident', '=', gone.id).execute()
  await db.deleteFrom('incidents_links').where('incident', '=', gone.id).execute()
  await db.deleteFrom('incidents_incidents').where('id', '=', gone.id).execute()
  await db.updateTable('incidents_moved').set({ into: folder.id }).where('into', '=', gone.id).execute()
  await db.insertInto('incidents_moved').values({ id: gone.id, number: gone.number, into: folder.id }).execute()
}

async function upsertIncident(
  db: Kysely<Tables>,
  folder: Folder,
  told: { title: string; summary: string; facts: Facts },
): Promise<void> {
  const { facts, title, summary } = told
  const json = (names: readonly string[]) => JSON.stringify(names.slice(0, mostNames))
  const sums = {
    number: folder.number,
    state: folder.state,
    level: facts.level,
    title,
    summary,
    first: facts.first,
    last: facts.last,
    alerts: facts.alerts,
    rules: facts.rules,
    hosts: json(facts.hosts),
    users: json(facts.users),
    addresses: json(facts.addresses),
    assets: json(facts.assets),
    tactics: json(facts.tactics),
    techniques: json(facts.techniques),
  }
  await db
    .insertInto('incidents_incidents')
    .values({ id: folder.id, opened: folder.opened, assignee: '', ...sums })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(sums))
    .execute()
}

async function upsertLinks(db: Kysely<Tables>, folder: Folder): Promise<void> {
  const rows = [...folder.links.values()].map(({ kind, value, first, last, level }) => ({
    incident: folder.id,
    kind,
    value,
    first,
    last,
    level,
  }))
  for (const part of chunks(rows)) {
    await db
      .insertInto('incidents_links')
      .values(part)
      .onConflict((conflict) =>
        conflict.columns(['incident', 'kind', 'value']).doUpdateSet({
          first: sql`excluded.first`,
          last: sql`excluded.last`,
          level: sql`excluded.level`,
        }),
      )
      .execute()
  }
}
