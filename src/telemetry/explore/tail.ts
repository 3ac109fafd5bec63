// What has arrived since the last look: the newest of it, and how many more there were.
import { type EventRow, selected, viewOf } from '../columns.ts'
import type { EventFilter } from '../store.ts'
import type { EventView } from '../types.ts'
import type { Finding } from './finding.ts'

/** One look. `skipped` events were found too, but are not in `items`. */
export interface Tail {
  readonly items: EventView[]
  /** Where the next look begins. */
  readonly next: string
  readonly skipped: number
}
export interface TailAsked extends Pick<EventFilter, 'q' | 'signal'> {
  /** `next` of the look before; nothing begins with what arrives from now on. */
  readonly after?: string | undefined
  readonly limit: number
}

/** Events in the order of arrival (of the table: what was laid into files has arrived long ago), not of their own time, so that late ones are seen too. Throws what a search throws. */
export async function tailOf({ events, where: whereOf }: Finding, asked: TailAsked): Promise<Tail> {
  const { limit, signal } = asked
  const where = await whereOf({ q: asked.q, signal })
  const [last] = await events.query<{ seq: number }>('select max(seq) as seq from events', {}, { signal })
  const upTo = last?.seq ?? 0
  const next = String(upTo)
  const after = asked.after === undefined ? upTo : Number(asked.after)
  if (after >= upTo) return { items: [], next, skipped: 0 }
  const arrived = `seq > {after:UInt64} and seq <= {upTo:UInt64} and ${where.sql}`
  const params = { ...where.params, after, upTo, limit }
  const [rows, [found]] = await Promise.all([
    events.query<EventRow>(
      `select ${selected} from events where ${arrived} order by seq desc limit {limit:UInt32}`,
      params,
      { rows: limit, signal },
    ),
    events.query<{ n: number }>(`select count() as n from events where ${arrived}`, params, { signal }),
  ])
  return { items: rows.map(viewOf), next, skipped: Math.max(0, (found?.n ?? 0) - rows.length) }
}
