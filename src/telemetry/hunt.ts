// A search with pipes, run: events, a table of what was computed, or a timechart.
import type { EventEngine } from '#platform'
import { type EventRow, heldTime, selected, viewOf } from './columns.ts'
import { stepOf } from './histogram.ts'
import type { Hunted, HuntColumn } from './hunt-types.ts'
import { chartOf, type ChartRow, chartSql, mostSteps, type Timechart } from './query/chart.ts'
import { expressionsOf, refuseSlips } from './query/expressions.ts'
import { make } from './query/make.ts'
import { parseHunt, type Pipe } from './query/pipes.ts'
import {
  eventsWhere,
  filtered,
  type Making,
  newMaking,
  orderText,
  type Relation,
  selectFrom,
} from './query/relation.ts'
import { wrongAt } from './query/tokens.ts'

/** A search with pipes. Times in milliseconds UTC: from `since`, before `until`. */
export interface HuntFilter {
  readonly q?: string | undefined
  readonly since?: number | undefined
  readonly until?: number | undefined
  readonly limit: number
  /** `next` of the page before; only of searches without pipes. */
  readonly before?: string | undefined
  readonly signal?: AbortSignal | undefined
}
export type Hunt = (filter: HuntFilter) => Promise<Hunted>

/** What a search text comes to: the rows before the timechart that may end it. */
export interface Plan {
  readonly relation: Relation
  readonly chart: Timechart | undefined
  readonly making: Making
}

type Bounds = Pick<HuntFilter, 'q' | 'since' | 'until' | 'signal'>

/** Reads a search with pipes into statements, and asks the events about what only they know. Throws Fault INPUT_INVALID with the place. */
export async function planHunt(
  events: EventEngine,
  { q = '', since, until, signal }: Bounds,
  now: number,
): Promise<Plan> {
  const { tree, pipes } = parseHunt(q)
  const making = newMaking(now)
  const bound = (compare: string, at: number | undefined): string[] =>
    at === undefined ? [] : [`time ${compare} fromUnixTimestamp64Milli(${making.put('Int64', heldTime(at))}, 'UTC')`]
  const begin = filtered(eventsWhere([...bound('>=', since), ...bound('<', until)]), tree, making)
  const { steps, chart } = chartApart(pipes)
  const relation = steps.reduce((before, pipe) => make(pipe, before, making), begin)
  const trees = [tree, ...pipes.flatMap((pipe) => (pipe.kind === 'where' ? [pipe.tree] : []))]
  if (chart) chartSql(chart, 1, { relation, making })
  await refuseSlips(events, { doubts: making.doubts, expressions: trees.flatMap(expressionsOf) }, signal)
  return { relation, chart, making }
}

function chartApart(pipes: readonly Pipe[]): { steps: Exclude<Pipe, Timechart>[]; chart: Timechart | undefined } {
  const steps: Exclude<Pipe, Timechart>[] = []
  for (const [index, pipe] of pipes.entries()) {
    if (pipe.kind !== 'timechart') steps.push(pipe)
    else if (index === pipes.length - 1) return { steps, chart: pipe }
    else throw wrongAt('a timechart is the last pipe', pipe.at)
  }
  return { steps, chart: undefined }
}

type SearchPage = (filter: HuntFilter) => Promise<Pick<Hunted, 'items' | 'next' | 'took' | 'scanned'>>

/** The way to hunt in a store. `search` answers searches without pipes, page by page. */
export function hunting(events: EventEngine, now: () => number, search: SearchPage): Hunt {
  return async (filter) => {
    const began = performance.now()
    const { q = '', limit } = filter
    const empty = { items: [], next: null, columns: [], rows: [], step: 0, cut: false }
    if (parseHunt(q).pipes.length === 0) {
      const { items, next, took, scanned } = await search({ ...filter, limit })
      return { ...empty, kind: 'events', items, next, took, scanned, cut: next !== null }
    }
    const plan = await planHunt(events, filter, now())
    const [answer, scanned] = await Promise.all([answered(events, plan, filter), heldBy(events, filter)])
    return { ...empty, ...answer, took: Math.round(performance.now() - began), scanned }
  }
}

type Answer = Pick<Hunted, 'kind'> & Partial<Hunted>

const answered = (events: EventEngine, plan: Plan, filter: HuntFilter): Promise<Answer> =>
  plan.chart
    ? charted(events, plan, { ...filter, chart: plan.chart })
    : plan.relation.made
      ? tabled(events, plan, filter)
      : found(events, plan, filter)

async function found(events: EventEngine, { relation, making }: Plan, { limit, signal }: HuntFilter): Promise<Answer> {
  const asked = `${selectFrom(relation, selected)} order by ${orderText(relation.order)} limit {most:UInt32}`
  const rows = await events.query<EventRow>(asked, { ...making.params, most: limit + 1 }, { rows: limit + 1, signal })
  return { kind: 'events', items: rows.slice(0, limit).map(viewOf), cut: rows.length > limit }
}

type Cell = string | number | null
async function tabled(events: EventEngine, plan: Plan, { limit, signal }: HuntFilter): Promise<Answer> {
  const { columns, sql, names } = tableOf(plan)
  const params = { ...plan.making.params, most: limit + 1 }
  const found = await events.query<Record<string, Cell>>(`${sql} limit {most:UInt32}`, params, {
    rows: limit + 1,
    signal,
  })
  const rows = found.slice(0, limit).map((row) => names.map((name) => row[name] ?? null))
  return { kind: 'table', columns, rows, cut: found.length > limit }
}

/** The statement of a table without its limit, its columns, and what the statement calls them. */
export function tableOf({ relation }: Plan): { columns: HuntColumn[]; sql: string; names: string[] } {
  const made = relation.made ?? []
  const names = made.map(({ sql }) => sql)
  return {
    columns: made.map(({ name, type }) => ({ name, type })),
    names,
    sql: `${selectFrom(relation, names.join(', '))} order by ${orderText(relation.order)}`,
  }
}

async function charted(
  events: EventEngine,
  { relation, making }: Plan,
  { chart, since, until, signal }: HuntFilter & { chart: Timechart },
): Promise<Answer> {
  const columns = (names: readonly string[]): HuntColumn[] => [
    { name: 'time', type: 'time' },
    ...names.map((name) => ({ name, type: 'number' as const })),
  ]
  const ends = await endsOf(events, { relation, making }, { since, until, signal })
  if (!ends) return { kind: 'timechart', columns: columns(chart.by ? [] : [chart.made.title]) }
  const step = stepFor(chart, ends)
  const asked = chartSql(chart, step, { relation, making })
  const found = await events.query<ChartRow>(asked, making.params, { signal })
  const drawn = chartOf(found, { ...ends, step }, chart)
  return { kind: 'timechart', columns: columns(drawn.columns), rows: drawn.rows, step }
}

function stepFor(chart: Timechart, { since, until }: { since: number; until: number }): number {
  const step = chart.span ?? stepOf(until - since, 60)
  if ((until - since) / step > mostSteps)
    throw wrongAt(`more than ${mostSteps} steps; choose a longer span or less time`, chart.at)
  return step
}

/** The step of a plan's timechart, in milliseconds. Throws Fault INPUT_INVALID for one that makes too many. */
export async function chartStep(events: EventEngine, plan: Plan, bounds: Bounds): Promise<number> {
  const ends = plan.chart && (await endsOf(events, plan, bounds))
  return plan.chart && ends ? stepFor(plan.chart, ends) : 1
}

/** The stretch that a chart shows: as asked, else from the first to the last event found. */
async function endsOf(
  events: EventEngine,
  { relation, making }: Pick<Plan, 'relation' | 'making'>,
  { since, until, signal }: Bounds,
): Promise<{ since: number; until: number } | undefined> {
  if (since !== undefined && until !== undefined)
    return until > since ? { since: heldTime(since), until: heldTime(until) } : undefined
  const list = 'count() as n, toUnixTimestamp64Milli(min(time)) as first, toUnixTimestamp64Milli(max(time)) as last'
  const asked = selectFrom(relation, list)
  const [row] = await events.query<{ n: number; first: number; last: number }>(asked, making.params, { signal })
  if (!row || row.n === 0) return undefined
  return { since: since ?? row.first, until: until ?? row.last + 1 }
}

/** The way to count what a search finds: events, or rows of a table; of a timechart the events that it draws. */
export const counting =
  (events: EventEngine, now: () => number) =>
  async (bounds: Bounds): Promise<number> => {
    const { relation, making } = await planHunt(events, bounds, now())
    const [row] = await events.query<{ n: number }>(selectFrom(relation, 'count() as n'), making.params, {
      signal: bounds.signal,
    })
    return row?.n ?? 0
  }

/** How many events the asked time holds. */
async function heldBy(events: EventEngine, { since, until, signal }: Bounds): Promise<number> {
  const { relation, making } = await planHunt(events, { since, until }, 0)
  const [row] = await events.query<{ n: number }>(selectFrom(relation, 'count() as n'), making.params, { signal })
  return row?.n ?? 0
}
