// What a correlation would have done with stored events: how often it would have held, on which days, for whom, and how many alerts a week are to be expected.
import type { EventCondition } from '#telemetry'
import { commonestOf } from '../commonest.ts'
import type { LoadedRule } from '../load.ts'
import type { AskStore } from '../rule-ask.ts'
import { within } from '../stored.ts'
import { eventsOf } from './item.ts'
import { findStored, rulesBelow, type StoredAsk, type StoredFindings } from './stored.ts'
import type { Finding } from './types.ts'

/** Which correlation, and which events. Times in milliseconds UTC; `now` ends what is not over yet. */
export interface Backtest extends StoredAsk {
  readonly id: string
  /** Most findings shown; all are counted. */
  readonly limit: number
}
export interface Backtested extends Pick<StoredFindings, 'matches' | 'missing' | 'shed' | 'from' | 'groups'> {
  readonly rule: { readonly id: string; readonly title: string }
  readonly count: number
  readonly days: { readonly at: number; readonly count: number }[]
  /** Days on which the log sources of its rules sent anything; alerts to expect in seven such days. */
  readonly observed: number
  readonly perWeek: number | null
  /** By field of group-by the values it held for most often. */
  readonly top: { readonly field: string; readonly values: { readonly value: string; readonly count: number }[] }[]
  readonly items: {
    readonly time: number
    readonly group: Record<string, string>
    readonly measure: number
    readonly events: string[]
  }[]
}
interface Needs {
  readonly existing: (id: string) => LoadedRule
  readonly stored: AskStore
}
const dayLength = 86_400_000

/** Throws as findStored does. */
export async function backtest(asked: Backtest, { existing, stored }: Needs): Promise<Backtested> {
  const rule = existing(asked.id)
  const { findings, correlation, ...told } = await findStored(rule, asked, { existing, stored })
  const { since, until, signal, limit } = asked
  const sources = rulesBelow(rule, existing).map(({ source }) => within(source))
  const condition: EventCondition = { kind: 'or', parts: sources }
  const observed = (await stored.matching({ condition, since, until, signal, limit: 0 })).days.length
  const days = new Map<number, number>()
  for (const { time } of findings)
    days.set(Math.floor(time / dayLength) * dayLength, (days.get(Math.floor(time / dayLength) * dayLength) ?? 0) + 1)
  return {
    ...told,
    rule: { id: rule.id, title: rule.title },
    count: findings.length,
    days: [...days].map(([at, count]) => ({ at, count })),
    observed,
    perWeek: observed === 0 ? null : Math.round((findings.length / observed) * 70) / 10,
    top: correlation.groupBy.map((field, at) => ({
      field,
      values: commonestOf(findings.map(({ group }) => group[at] ?? '')),
    })),
    items: limit === 0 ? [] : findings.slice(-limit).reverse().map(shown),
  }
}

const shown = ({ correlation, time, group, measure, entries }: Finding): Backtested['items'][number] => ({
  time,
  group: Object.fromEntries(correlation.groupBy.map((name, at) => [name, group[at] ?? ''])),
  measure,
  events: eventsOf(entries),
})
