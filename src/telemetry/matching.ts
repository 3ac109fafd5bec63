// Stored events that hold a condition of another room: how many, on which days, and the newest of them.
import type { EventEngine } from '#platform'
import { type EventRow, heldTime, selected, viewOf } from './columns.ts'
import { type EventCondition, eventCondition } from './query/condition.ts'
import type { EventView } from './types.ts'

export interface Asked {
  readonly condition: EventCondition
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** Most events in the answer; all are counted. */
  readonly limit: number
  readonly signal?: AbortSignal | undefined
}
/** `days`: UTC, those with events only, the earliest first. `took` in milliseconds. */
export interface Matching {
  readonly count: number
  readonly days: { readonly at: number; readonly count: number }[]
  readonly items: EventView[]
  readonly took: number
}

const day = 86_400_000

/** The way to ask a store. Throws Fault TOO_LARGE, CANCELLED, STORE_DOWN. */
export const matching =
  (events: EventEngine) =>
  async ({ condition, since, until, limit, signal }: Asked): Promise<Matching> => {
    const began = performance.now()
    const { sql, params: asked } = eventCondition(condition)
    const bound = (name: string, compare: string, at: number | undefined): string =>
      at === undefined ? '' : `time ${compare} fromUnixTimestamp64Milli({${name}:Int64}, 'UTC') and `
    const where = `${bound('since', '>=', since)}${bound('until', '<', until)}${sql}`
    const params = {
      ...asked,
      ...(since === undefined ? {} : { since: heldTime(since) }),
      ...(until === undefined ? {} : { until: heldTime(until) }),
      day,
      most: limit,
    }
    const byDay = `select intDiv(toUnixTimestamp64Milli(time), {day:Int64}) * {day:Int64} as at, count() as count from events where ${where} group by at order by at`
    const newest = `select ${selected} from events where ${where} order by time desc, seq desc limit {most:UInt32}`
    const [days, rows] = await Promise.all([
      events.query<{ at: number; count: number }>(byDay, params, { signal }),
      limit === 0 ? [] : events.query<EventRow>(newest, params, { rows: limit, signal }),
    ])
    const count = days.reduce((sum, one) => sum + one.count, 0)
    return { count, days, items: rows.map(viewOf), took: Math.round(performance.now() - began) }
  }
