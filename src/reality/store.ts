// Where observed flows are kept: one row a flow, summed; unknown hosts; when each asset was last heard of; how much was dropped.
import { z } from 'zod'
import { Fault, type Migration } from '#kernel'
import { type Kysely, sql, type State } from '#platform'
import { admit, type Held, type Limits, pairKey } from './admission.ts'
import { addFlows, addHosts, addSeen, flowKey } from './sums.ts'
import {
  type End,
  type Observed,
  type ObservedFlow,
  type ObservedHost,
  type SeenAsset,
  transports,
  type Witness,
  witnesses,
} from './types.ts'

interface FlowRow {
  flow: string
  pair: string
  from_end: string
  to_end: string
  transport: string
  port: number
  attempt: number
  first: number
  last: number
  records: number
  sealed: number
  plain: number
  bytes: number
  applications: string
  sources: string
  witnesses: string
  event: string
  from_address: string
  to_address: string
}
interface HostRow {
  address: string
  name: string
  first: number
  last: number
  records: number
  event: string
}
interface Tables {
  reality_flows: FlowRow
  reality_hosts: HostRow
  reality_assets: { asset: string; first: number; last: number; records: number }
  reality_counts: { name: string; value: number }
}

export const migrations: readonly Migration[] = [
  {
    name: 'reality-0001-start',
    sql: [
      `create table reality_flows (
        flow text primary key, pair text not null, from_end text not null, to_end text not null, transport text not null,
        port integer not null, attempt integer not null, first bigint not null, last bigint not null, records bigint not null,
        sealed bigint not null, plain bigint not null, bytes bigint not null, applications text not null, sources text not null,
        witnesses text not null, event text not null, from_address text not null, to_address text not null)`,
      'create index reality_flows_pair on reality_flows (pair)',
      'create index reality_flows_from on reality_flows (from_end)',
      'create index reality_flows_last on reality_flows (last)',
      `create table reality_hosts (
        address text primary key, name text not null, first bigint not null, last bigint not null, records bigint not null, event text not null)`,
      'create table reality_assets (asset text primary key, first bigint not null, last bigint not null, records bigint not null)',
      'create table reality_counts (name text primary key, value bigint not null)',
    ],
  },
]

const Names = z.array(z.string())
/** Few lists stand in very many rows: each is read once. */
const lists = new Map<string, readonly string[]>()
function names(text: string): readonly string[] {
  const known = lists.get(text) ?? Names.parse(JSON.parse(text))
  if (lists.size > 10_000) lists.clear()
  lists.set(text, known)
  return known
}
const isEnd = (text: string): text is End => text === 'outside' || /^(?:asset|address|zone):/.test(text)
function endOf(text: string): End {
  if (!isEnd(text)) throw new Fault('BUG', `reality_flows has the end ${text}`)
  return text
}
const Transport = z.enum(transports)
const isWitness = (name: string): name is Witness => witnesses.some((one) => one === name)

const flowOfRow = (row: FlowRow): ObservedFlow => ({
  from: endOf(row.from_end),
  to: endOf(row.to_end),
  transport: Transport.parse(row.transport),
  port: row.port,
  attempt: row.attempt === 1,
  first: row.first,
  last: row.last,
  count: row.records,
  sealed: row.sealed,
  plain: row.plain,
  bytes: row.bytes,
  applications: names(row.applications),
  sources: names(row.sources),
  witnesses: names(row.witnesses).filter(isWitness),
  event: row.event,
  fromAddress: row.from_address,
  toAddress: row.to_address,
})
const rowOfFlow = (flow: ObservedFlow): FlowRow => ({
  flow: flowKey(flow),
  pair: pairKey(flow),
  from_end: flow.from,
  to_end: flow.to,
  transport: flow.transport,
  port: flow.port,
  attempt: flow.attempt ? 1 : 0,
  first: flow.first,
  last: flow.last,
  records: flow.count,
  sealed: flow.sealed,
  plain: flow.plain,
  bytes: flow.bytes,
  applications: JSON.stringify(flow.applications),
  sources: JSON.stringify(flow.sources),
  witnesses: JSON.stringify(flow.witnesses),
  event: flow.event,
  from_address: flow.fromAddress,
  to_address: flow.toAddress,
})
const hostOfRow = ({ records, ...row }: HostRow): ObservedHost => ({ ...row, count: records })

const manyAtOnce = 400
const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / manyAtOnce) }, (_, at) =>
    items.slice(at * manyAtOnce, (at + 1) * manyAtOnce),
  )

export type RealityStore = ReturnType<typeof realityStore>

/** The room's tables in the state store. Inside State.transaction() all of it joins that transaction. */
export function realityStore(state: State, limits: Limits) {
  const db = (): Kysely<Tables> => state.db<Tables>()
  return {
    /** Adds what a batch of events showed. Call inside State.transaction(): rows are read, summed and written. */
    async add(observed: Observed): Promise<void> {
      const dropped =
        (await addNewFlows(db(), observed.flows, limits)) + (await addNewHosts(db(), observed.hosts, limits))
      await addAssets(db(), observed.seen)
      if (dropped > 0) await addDropped(db(), dropped)
    },
    /** Everything kept. */
    async all(): Promise<Observed & { readonly dropped: number }> {
      const flows = await db().selectFrom('reality_flows').selectAll().orderBy('flow').execute()
      const hosts = await db().selectFrom('reality_hosts').selectAll().orderBy('address').execute()
      const assets = await db().selectFrom('reality_assets').selectAll().orderBy('asset').execute()
      const dropped = await db()
        .selectFrom('reality_counts')
        .select('value')
        .where('name', '=', 'dropped')
        .executeTakeFirst()
      return {
        flows: flows.map(flowOfRow),
        hosts: hosts.map(hostOfRow),
        seen: assets.map(({ records, ...row }) => ({ ...row, count: records })),
        dropped: dropped?.value ?? 0,
      }
    },
    /** Takes out what was last seen before this moment. */
    async forget(before: number): Promise<void> {
      await db().deleteFrom('reality_flows').where('last', '<', before).execute()
      await db().deleteFrom('reality_hosts').where('last', '<', before).execute()
      await db().deleteFrom('reality_assets').where('last', '<', before).execute()
    },
  }
}

async function addNewFlows(db: Kysely<Tables>, flows: readonly ObservedFlow[], limits: Limits): Promise<number> {
  const { merged, fresh } = await withKnown(db, flows)
  const { kept, folded, dropped } = fresh.length === 0 ? none : admit(fresh, await heldFor(db, fresh), limits)
  // A sum of many ports is one row more for its pair, beside the ports that are kept.
  const sums = folded.length === 0 ? { merged: [], fresh: [] } : await withKnown(db, withoutTwins(folded, kept))
  const twins = kept.map((flow) => folded.filter((sum) => flowKey(sum) === flowKey(flow)).reduce(addFlows, flow))
  for (const part of chunks([...merged, ...twins, ...sums.merged, ...sums.fresh].map(rowOfFlow)))
    await putFlows(db, part)
  return dropped
}
const none = { kept: [], folded: [], dropped: 0 } as const

const withoutTwins = (folded: readonly ObservedFlow[], kept: readonly ObservedFlow[]): ObservedFlow[] => {
  const twins = new Set(kept.map(flowKey))
  return folded.filter((flow) => !twins.has(flowKey(flow)))
}

/** Flows that have a row already, summed with it, and those that have none. */
async function withKnown(db: Kysely<Tables>, flows: readonly ObservedFlow[]) {
  const merged: ObservedFlow[] = []
  const fresh: ObservedFlow[] = []
  for (const part of chunks(flows)) {
    const rows = await db.selectFrom('reality_flows').selectAll().where('flow', 'in', part.map(flowKey)).execute()
    const known = new Map(rows.map((row) => [row.flow, row]))
    for (const flow of part) {
      const row = known.get(flowKey(flow))
      if (row) merged.push(addFlows(flowOfRow(row), flow))
      else fresh.push(flow)
    }
  }
  return { merged, fresh }
}

/** How many rows stand beside these new flows. */
async function heldFor(db: Kysely<Tables>, fresh: readonly ObservedFlow[]): Promise<Held> {
  const total = await db
    .selectFrom('reality_flows')
    .select(sql<number>`count(*)`.as('n'))
    .executeTakeFirstOrThrow()
  const byPair = new Map<string, number>()
  const byOpener = new Map<End, number>()
  for (const part of chunks([...new Set(fresh.map(pairKey))])) {
    const rows = await db
      .selectFrom('reality_flows')
      .select(['pair', sql<number>`count(*)`.as('n')])
      .where('pair', 'in', part)
      .where('port', '<>', 0)
      .groupBy('pair')
      .execute()
    for (const { pair, n } of rows) byPair.set(pair, n)
  }
  for (const part of chunks([...new Set(fresh.map(({ from }) => from))])) {
    const rows = await db
      .selectFrom('reality_flows')
      .select(['from_end', sql<number>`count(*)`.as('n')])
      .where('from_end', 'in', part)
      .groupBy('from_end')
      .execute()
    for (const { from_end, n } of rows) byOpener.set(endOf(from_end), n)
  }
  return { flows: total.n, byPair, byOpener }
}

const putFlows = async (db: Kysely<Tables>, rows: FlowRow[]): Promise<void> =>
  void (await db
    .insertInto('reality_flows')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('flow').doUpdateSet({
        first: sql`excluded.first`,
        last: sql`excluded.last`,
        records: sql`excluded.records`,
        sealed: sql`excluded.sealed`,
        plain: sql`excluded.plain`,
        bytes: sql`excluded.bytes`,
        applications: sql`excluded.applications`,
        sources: sql`excluded.sources`,
        witnesses: sql`excluded.witnesses`,
        event: sql`excluded.event`,
        from_address: sql`excluded.from_address`,
        to_address: sql`excluded.to_address`,
      }),
    )
    .execute())

async function addNewHosts(db: Kysely<Tables>, hosts: readonly ObservedHost[], limits: Limits): Promise<number> {
  let dropped = 0
  for (const part of chunks(hosts)) {
    const rows = await db
      .selectFrom('reality_hosts')
      .selectAll()
      .where(
        'address',
        'in',
        part.map(({ address }) => address),
      )
      .execute()
    const known = new Map(rows.map((row) => [row.address, hostOfRow(row)]))
    const { n } = await db
      .selectFrom('reality_hosts')
      .select(sql<number>`count(*)`.as('n'))
      .executeTakeFirstOrThrow()
    const fresh = part.filter(({ address }) => !known.has(address))
    const kept = fresh.slice(0, Math.max(0, limits.hosts - n))
    dropped += fresh.length - kept.length
    const merged = part.flatMap((host) => {
      const before = known.get(host.address)
      return before ? [addHosts(before, host)] : []
    })
    const values = [...merged, ...kept].map(({ count, ...host }) => ({ ...host, records: count }))
    if (values.length > 0) await putHosts(db, values)
  }
  return dropped
}

const putHosts = async (db: Kysely<Tables>, values: HostRow[]): Promise<void> =>
  void (await db
    .insertInto('reality_hosts')
    .values(values)
    .onConflict((conflict) =>
      conflict.column('address').doUpdateSet({
        name: sql`excluded.name`,
        first: sql`excluded.first`,
        last: sql`excluded.last`,
        records: sql`excluded.records`,
        event: sql`excluded.event`,
      }),
    )
    .execute())

async function addAssets(db: Kysely<Tables>, seen: readonly SeenAsset[]): Promise<void> {
  for (const part of chunks(seen)) {
    const ids = part.map(({ asset }) => asset)
    const rows = await db.selectFrom('reality_assets').selectAll().where('asset', 'in', ids).execute()
    const known = new Map(rows.map(({ records, ...row }) => [row.asset, { ...row, count: records }]))
    const values = part.map((one) => {
      const before = known.get(one.asset)
      const { count, ...sum } = before ? addSeen(before, one) : one
      return { ...sum, records: count }
    })
    await db
      .insertInto('reality_assets')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('asset').doUpdateSet({
          first: sql`excluded.first`,
          last: sql`excluded.last`,
          records: sql`excluded.records`,
        }),
      )
      .execute()
  }
}

const addDropped = async (db: Kysely<Tables>, value: number): Promise<void> =>
  void (await db
    .insertInto('reality_counts')
    .values({ name: 'dropped', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`reality_counts.value + ${value}` }))
    .execute())
