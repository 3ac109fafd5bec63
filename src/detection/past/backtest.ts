// What a rule would have done: hits a day, who was hit most, events to look at, and how many alerts a week are to be expected.
import type { EventView } from '#telemetry'
import { commonestOf } from './commonest.ts'
import type { CompiledRule } from '../compile.ts'
import { type AskStore, askStore, type StoreAsk } from './ask.ts'

/** A hit, or a finding of a correlation with the last of its events. */
export type TestedItem = Pick<EventView, 'id' | 'time' | 'host' | 'user' | 'activity' | 'message'>
export interface Backtest {
  readonly count: number
  /** UTC days with hits. */
  readonly days: readonly { readonly at: number; readonly count: number }[]
  /** Days in the asked time on which its log source sent anything. */
  readonly observed: number
  /** Expected alerts in seven days of the log source; nothing without a day to go by. */
  readonly perWeek: number | null
  readonly top: readonly {
    readonly field: string
    readonly values: readonly { readonly value: string; readonly count: number }[]
  }[]
  /** How many of the hits `top` was counted over. */
  readonly counted: number
  /** The newest. */
  readonly items: readonly TestedItem[]
  readonly checked: number
  readonly took: number
}
export const topFields = ['host', 'user', 'process', 'src_ip', 'dst_ip'] as const
export type TopField = (typeof topFields)[number]

const mostCounted = 10_000

/** Asks the store. Throws what askStore throws. */
export async function backtest(rule: CompiledRule, ask: StoreAsk, stored: AskStore): Promise<Backtest> {
  const { since, until, signal } = ask
  const all = await stored.matching({ condition: { kind: 'source', ...rule.source }, since, until, limit: 0, signal })
  const found = await askStore(rule, { ...ask, limit: mostCounted }, stored)
  const observed = all.days.length
  return {
    count: found.count,
    days: found.days,
    observed,
    perWeek: observed === 0 ? null : Math.round((found.count / observed) * 70) / 10,
    top: topFields.map((field) => ({ field, values: commonestOf(found.items.map((item) => item[field])) })),
    counted: found.items.length,
    items: found.items.slice(0, ask.limit),
    checked: found.checked,
    took: all.took + found.took,
  }
}
