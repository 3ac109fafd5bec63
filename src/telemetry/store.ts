// Where events are kept and found again: one table of the event engine.
import { Fault } from '#kernel'
import type { BinaryRows, EventEngine } from '#platform'
import { dayOf, type EventRow, heldTime, momentParam, selected, seqOf, viewOf } from './columns.ts'
import { facetSql } from './facets.ts'
import { bucketsOf, type Histogram, stepOf } from './histogram.ts'
import { type Archives, type Ground, reach } from './ground.ts'
import { relationOf } from './keeping/archive.ts'
import { doubts, matching, reading as pages, type Stretch } from './matching.ts'
import { refuseSlips } from './query/expressions.ts'
import { readSearch } from './query/query.ts'
import { expertly } from './expert/run.ts'
import { moments } from './moments.ts'
import { tally } from './tally.ts'
import { hunting } from './hunt.ts'
import { momentsOf, stretchesOf, stretchSql } from './stretches.ts'
import { type Event, EventId, type EventView } from './types.ts'

/** Which events. Times in milliseconds UTC: from `since`, before `until`. */
export interface EventFilter {
  readonly q?: string | undefined
  readonly since?: number | undefined
  readonly until?: number | undefined
  readonly signal?: AbortSignal | undefined
}
export interface EventSearch extends EventFilter {
  readonly limit: number
  /** `next` of the page before. */
  readonly before?: string | undefined
  readonly order?: 'newest' | 'oldest' | undefined
}
/** A page of events. `scanned` is how many events the asked time holds, `took` the milliseconds of the search, `archived` how many days of it lie in files. */
export interface EventPage {
  readonly items: EventView[]
  readonly next: string | null
  readonly took: number
  readonly scanned: number
  readonly archived: number
}
/** The commonest values of a field. */
export interface Facet {
  readonly field: string
  readonly values: { readonly value: string; readonly count: number }[]
}

/** More rows than any batch has. */
const mostSeqs = 1_000_000
/** The engine refuses more than a hundred partitions in one insert. */
const mostDays = 50

export type EventStore = ReturnType<typeof eventStore>

/** The room's table in the event engine, and with it the days that lie in files. */
export function eventStore(events: EventEngine, now: () => number, archives: Archives = () => []) {
  const ground: Ground = { events, now, archives }
  const read = reading(ground)
  return {
    ...writing(events),
    ...read,
    ...summing(ground),
    /** What other readers of the events stand on. */
    ground,
    hunt: hunting(ground, (filter) => read.search(filter)),
    matching: matching(ground),
    reading: pages(ground),
    doubts: doubts(ground),
    tally: tally(ground),
    moments: moments(ground),
    sql: expertly(events),
  }
}

function writing(events: EventEngine) {
  let last: Promise<unknown> = Promise.resolve()
  /** Work during which nothing is inserted: what is counted in it stays as it is until it ends. */
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }
  return {
    exclusive,
    /** Stores rows of `rowsOf`; the same token twice is once. Throws Fault STORE_DOWN and others. */
    insert: (rows: BinaryRows, token: string): Promise<void> => exclusive(() => events.insert('events', rows, token)),
    /** Sequence numbers between these two, both included, that are stored already. */
    async storedSeqs(from: number, to: number): Promise<Set<number>> {
      const asked = 'select distinct seq from events where seq between {from:UInt64} and {to:UInt64}'
      const rows = await events.query<{ seq: number }>(asked, { from, to }, { rows: mostSeqs })
      return new Set(rows.map(({ seq }) => seq))
    },
    /** The highest sequence number stored; 0 when there is none. */
    async lastSeq(): Promise<number> {
      const [row] = await events.query<{ seq: number }>('select max(seq) as seq from events')
      return row?.seq ?? 0
    },
  }
}

/** Events in groups of at most fifty days each, as one insert may hold; nearly always one group. */
export function insertGroups<E extends Pick<Event, 'time'>>(events: readonly E[]): E[][] {
  const days = new Map<number, E[]>()
  for (const event of events) {
    const day = dayOf(event.time)
    const group = days.get(day)
    if (group) group.push(event)
    else days.set(day, [event])
  }
  if (days.size <= mostDays) return events.length === 0 ? [] : [[...events]]
  const all = [...days.values()]
  return Array.from({ length: Math.ceil(all.length / mostDays) }, (_, at) =>
    all.slice(at * mostDays, (at + 1) * mostDays).flat(),
  )
}

export interface Where {
  /** What to select from. */
  readonly from: string
  /** How many archived days that has. */
  readonly days: number
  /** The asked time alone. */
  readonly bounds: string
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
}

/** The condition of a search. Throws Fault INPUT_INVALID with the place. */
export async function whereOf(ground: Ground, filter: EventFilter): Promise<Where> {
  const { q = '', since, until, signal } = filter
  const search = readSearch(q, ground.now())
  const relation = reach(ground, filter)
  await refuseSlips(ground.events, { ...search, from: relation }, signal)
  const bound = (name: string, compare: string, at: number | undefined) =>
    at === undefined ? [] : [{ sql: `time ${compare} ${momentParam(name)}`, params: { [name]: heldTime(at) } }]
  const bounds = [...bound('since', '>=', since), ...bound('until', '<', until)]
  const within = bounds.map(({ sql }) => sql)
  return {
    from: relation.sql,
    days: relation.days,
    bounds: within.length === 0 ? '1' : within.join(' and '),
    sql: [...within, search.sql].join(' and '),
    params: Object.assign({}, relation.params, search.params, ...bounds.map(({ params }) => params)),
  }
}

const cursorText = /^(\d{1,15}):(\d{1,16})$/
function cursorOf(text: string | undefined): { time: number; seq: number } | undefined {
  if (text === undefined) return undefined
  const [, time, seq] = cursorText.exec(text) ?? []
  if (time === undefined) throw new Fault('INPUT_INVALID', `before: ${text} is not from \`next\` of a page`)
  return { time: Number(time), seq: Number(seq) }
}

/** Asks one stretch after the other until there is enough. */
async function inStretches<Row>(
  stretches: readonly Stretch[],
  most: number,
  ask: (stretch: Stretch, most: number) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const stretch of stretches) {
    rows.push(...(await ask(stretch, most - rows.length)))
    if (rows.length >= most) break
  }
  return rows
}

function reading(ground: Ground) {
  const { events, archives } = ground
  return {
    /** A page of events, the newest first unless asked otherwise. Throws Fault INPUT_INVALID with the place in the search, TOO_LARGE, CANCELLED. */
    async search(filter: EventSearch): Promise<EventPage> {
      const began = performance.now()
      const { limit, order = 'newest', signal } = filter
      const where = await whereOf(ground, filter)
      const cursor = cursorOf(filter.before)
      const [compare, direction] = order === 'newest' ? ['<', 'desc'] : ['>', 'asc']
      const place = `(${momentParam('cursor_time')}, {cursor_seq:UInt64})`
      const after = cursor ? ` and (time, seq) ${compare} ${place}` : ''
      const params = { ...where.params, ...(cursor && { cursor_time: cursor.time, cursor_seq: cursor.seq }) }
      const found = async (stretch: Stretch, most: number): Promise<EventRow[]> => {
        const within = stretchSql(stretch)
        const asked = `select ${selected} from ${where.from} where ${where.sql}${after}${within.sql} order by time ${direction}, seq ${direction} limit {limit:UInt32}`
        return events.query<EventRow>(asked, { ...params, ...within.params, limit: most }, { rows: most, signal })
      }
      const moments = await momentsOf(events, { from: where.from, within: `${where.bounds}${after}`, params }, signal)
      const [rows, scanned] = await Promise.all([
        inStretches(moments ? stretchesOf(moments, order) : [], limit + 1, found),
        countOf(ground, { since: filter.since, until: filter.until, signal }),
      ])
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      const next = rows.length > limit && last ? `${last.at_time}:${last.seq}` : null
      const took = Math.round(performance.now() - began)
      return { items: page.map(viewOf), next, took, scanned, archived: where.days }
    },
    /** The event with this id. Throws Fault NOT_FOUND. */
    async show(id: EventId): Promise<EventView> {
      const seq = seqOf(id)
      const within = archives().filter(({ first_seq, last_seq }) => first_seq <= seq && seq <= last_seq)
      const { sql, params } = relationOf(within, undefined, undefined)
      const asked = `select ${selected} from ${sql} where seq = {seq:UInt64} limit 1`
      const [row] = await events.query<EventRow>(asked, { ...params, seq })
      if (!row) throw new Fault('NOT_FOUND', `event ${id}`)
      return viewOf(row)
    },
    /** How many events are stored. */
    stored: (): Promise<number> => countOf(ground, {}),
  }
}

async function countOf(ground: Ground, filter: EventFilter): Promise<number> {
  const where = await whereOf(ground, filter)
  const asked = `select count() as n from ${where.from} where ${where.sql}`
  const [row] = await ground.events.query<{ n: number }>(asked, where.params, { signal: filter.signal })
  return row?.n ?? 0
}

function summing(ground: Ground) {
  const { events } = ground
  return {
    /** How many events there are over time, in about so many equal steps; empty ones count 0. */
    async histogram(filter: EventFilter & { readonly buckets?: number | undefined }): Promise<Histogram> {
      const where = await whereOf(ground, filter)
      const ends = await endsOf(events, filter, where)
      if (!ends) return { step: 0, buckets: [] }
      const step = stepOf(ends.until - ends.since, filter.buckets ?? 60)
      const asked = `select intDiv(toUnixTimestamp64Milli(time), {step:Int64}) * {step:Int64} as at, count() as count from ${where.from} where ${where.sql} group by at order by at`
      const rows = await events.query<{ at: number; count: number }>(
        asked,
        { ...where.params, step },
        { signal: filter.signal },
      )
      return { step, buckets: bucketsOf(rows, { ...ends, step }) }
    },
    /** The commonest values of each field; columns, or fields of the sources. */
    async facets(filter: EventFilter & { readonly fields: readonly string[] }): Promise<Facet[]> {
      const where = await whereOf(ground, filter)
      const names = [...new Set(filter.fields)]
      if (names.length === 0) return []
      const { sql, params } = facetSql(names, where)
      const rows = await events.query<{ field: string; value: string; count: number }>(sql, params, {
        signal: filter.signal,
      })
      return names.map((field) => ({
        field,
        values: rows.filter((row) => row.field === field).map(({ value, count }) => ({ value, count })),
      }))
    },
  }
}

/** The stretch of time that a histogram shows: as asked, else from the first to the last event found. */
async function endsOf(
  events: EventEngine,
  filter: EventFilter,
  where: Where,
): Promise<{ since: number; until: number } | undefined> {
  const { since, until } = filter
  if (since !== undefined && until !== undefined)
    return until > since ? { since: heldTime(since), until: heldTime(until) } : undefined
  const asked = `select count() as n, toUnixTimestamp64Milli(min(time)) as first, toUnixTimestamp64Milli(max(time)) as last from ${where.from} where ${where.sql}`
  const [row] = await events.query<{ n: number; first: number; last: number }>(asked, where.params, {
    signal: filter.signal,
  })
  if (!row || row.n === 0) return undefined
  return { since: since ?? row.first, until: until ?? row.last + 1 }
}
