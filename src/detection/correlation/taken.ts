// The events of a correlation's alert, each with the rules that it matched: what took part in it.
import { Fault } from '#kernel'
import type { EventId, EventView } from '#telemetry'
import { createEngine } from '../engine.ts'
import { eventAgain } from '../past/event-again.ts'
import type { LoadedRule } from '../load.ts'
import { byId } from '../desk/standing.ts'
import type { Alert } from '../types.ts'

export type TakenEvent = Pick<EventView, 'id' | 'time' | 'host' | 'user' | 'activity' | 'message'> & {
  /** Ids of the rules of the correlation that it matches; empty where it came by way of another correlation. */
  readonly rules: string[]
}
export interface Taken {
  readonly asks: string
  readonly timespan: number
  readonly rules: { id: string; title: string; events: number }[]
  readonly items: TakenEvent[]
  /** Events that are not stored any more. */
  readonly gone: number
}
interface Needs {
  readonly rules: readonly LoadedRule[]
  readonly eventsOf: ((ids: readonly EventId[]) => Promise<readonly EventView[]>) | undefined
}

/** Throws Fault INPUT_INVALID for an alert that is of no correlation at work. */
export async function takenOf(alert: Pick<Alert, 'rule' | 'events'>, { rules: all, eventsOf }: Needs): Promise<Taken> {
  const known = byId(all)
  const correlation = known(alert.rule.id)?.correlation
  if (!correlation) throw new Fault('INPUT_INVALID', `alert: "${alert.rule.title}" is no correlation that runs`)
  const parts = correlation.parts.filter(
    ({ rule }, at) => correlation.parts.findIndex((one) => one.rule === rule) === at,
  )
  const engine = createEngine(parts.flatMap(({ rule }) => known(rule)?.compiled ?? []))
  const ids = alert.events ?? []
  const events = (await eventsOf?.(ids)) ?? []
  const items = events
    .map(({ id, time, host, user, activity, message, ...rest }) => {
      const again = eventAgain({ id, time, host, user, activity, message, ...rest })
      const rules = engine.match(again).map(({ rule }) => rule.id)
      return { id, time, host, user, activity, message, rules }
    })
    .sort((a, b) => a.time - b.time)
  const rules = parts.map(({ rule, title }) => ({
    id: rule,
    title,
    events: items.filter((item) => item.rules.includes(rule)).length,
  }))
  const { shown: asks, timespan } = correlation
  return { asks, timespan, rules, items, gone: ids.length - events.length }
}
