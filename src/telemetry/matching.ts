// Stored events that hold a condition of another room: how many, on which days, the newest of them, or all of them page by page.
import { type EventRow, heldTime, momentParam, selected, seqOf, viewOf } from './columns.ts'
import { type Ground, reach } from './ground.ts'
import { type EventCondition, type Half, halfNames, halves, writtenCondition } from './query/condition.ts'
import { binder, type Put } from './query/sql.ts'
import type { EventView } from './types.ts'

/** Which time, in milliseconds UTC: from `since`, before `until`. */
export interface Stretch {
  readonly since?: number | undefined
  readonly until?: number | undefined
  readonly signal?: AbortSignal | undefined
}
export interface Asked extends Stretch {
  readonly condition: EventCondition
  /** Most events in the answer; all are counted. */
  readonly limit: number
}
/** `days`: UTC, those with events only, the earliest first. `took` in milliseconds. */
export interface Matching {
  readonly count: number
  readonly days: { readonly at: number; readonly count: number }[]
  readonly items: EventView[]
  readonly took: number
}
export interface Reading extends Stretch {
  readonly condition: EventCondition
  /** Events a page. */
  readonly page?: number | undefined
}

const day = 86_400_000
const usualPage = 2_000

/** One half of the events within a stretch of time, to be asked: `where` and `from` belong to one statement, whose values are `params`. */
export interface Place {
  readonly from: string
  /** The stretch of time alone, ending in `and`; empty for all time. */
  readonly bounds: string
  readonly where: string
  readonly params: Record<string, unknown>
  readonly put: Put
  readonly half: Half
}

/** A half of the events, with a statement begun. */
export function placeIn(ground: Ground, { since, until }: Stretch, half: Half): Place {
  const from = reach(ground, { since, until })
  const { params, put } = binder({
    ...from.params,
    ...(since === undefined ? {} : { since: heldTime(since) }),
    ...(until === undefined ? {} : { until: heldTime(until) }),
    day,
  })
  const bound = (name: string, compare: string, at: number | undefined): string =>
    at === undefined ? '' : `time ${compare} ${momentParam(name)} and `
  const bounds = `${bound('since', '>=', since)}${bound('until', '<', until)}`
  return { from: from.sql, bounds, where: `${bounds}${halves[half]}`, params, put, half }
}
const places = (ground: Ground, stretch: Stretch): Place[] => halfNames.map((half) => placeIn(ground, stretch, half))

const newestFirst = (a: EventRow, b: EventRow): number => b.at_time - a.at_time || b.seq - a.seq

/** The way to ask a store. Throws Fault TOO_LARGE, CANCELLED, STORE_DOWN. */
export const matching =
  (ground: Ground) =>
  async ({ condition, limit, ...stretch }: Asked): Promise<Matching> => {
    const began = performance.now()
    const { signal } = stretch
    const counts = new Map<number, number>()
    const rows: EventRow[] = []
    for (const { from, where, params, put, half } of places(ground, stretch)) {
      const wanted = `from ${from} where ${where} and ${writtenCondition(condition, put, half)}`
      const byDay = `select intDiv(toUnixTimestamp64Milli(time), {day:Int64}) * {day:Int64} as at, count() as count ${wanted} group by at`
      const newest = `select ${selected} ${wanted} order by time desc, seq desc limit ${put('UInt32', limit)}`
      const [days, found] = await Promise.all([
        ground.events.query<{ at: number; count: number }>(byDay, params, { signal }),
        limit === 0 ? [] : ground.events.query<EventRow>(newest, params, { rows: limit, signal }),
      ])
      for (const { at, count } of days) counts.set(at, (counts.get(at) ?? 0) + count)
      rows.push(...found)
    }
    const days = [...counts].map(([at, count]) => ({ at, count })).sort((a, b) => a.at - b.at)
    const count = days.reduce((sum, one) => sum + one.count, 0)
    const items = rows.sort(newestFirst).slice(0, limit).map(viewOf)
    return { count, days, items, took: Math.round(performance.now() - began) }
  }

/** All events that hold a condition, page by page, each half from the newest. Throws Fault CANCELLED, TOO_LARGE, STORE_DOWN. */
export const reading = (ground: Ground) =>
  async function* ({ condition, page = usualPage, ...stretch }: Reading): AsyncGenerator<readonly EventView[]> {
    const { signal } = stretch
    for (const { from, where, params, put, half } of places(ground, stretch)) {
      const wanted = `select ${selected} from ${from} where ${where} and ${writtenCondition(condition, put, half)}`
      const newest = `order by time desc, seq desc limit ${put('UInt32', page)}`
      const moment = momentParam('last_time')
      const older = `and time <= ${moment} and (time, seq) < (${moment}, {last_seq:UInt64})`
      let last: EventView | undefined
      do {
        const after = last && { last_time: last.time, last_seq: seqOf(last.id) }
        const asked = `${wanted} ${after ? older : ''} ${newest}`
        const rows = await ground.events.query<EventRow>(asked, { ...params, ...after }, { rows: page, signal })
        const items = rows.map(viewOf)
        if (items.length > 0) yield items
        last = items.length < page ? undefined : items.at(-1)
      } while (last)
    }
  }

/** Whether there are events of which it is not known whether they hold lists. */
export const doubts =
  (ground: Ground) =>
  async (stretch: Stretch): Promise<boolean> => {
    const { from, where, params, put, half } = placeIn(ground, stretch, 'one')
    const asked = `select 1 from ${from} where ${where} and ${writtenCondition({ kind: 'doubtful' }, put, half)} limit 1`
    return (await ground.events.query(asked, params, { signal: stretch.signal })).length > 0
  }
