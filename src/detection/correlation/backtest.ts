// What a correlation would have done with stored events: how often it would have held, on which days, for whom, and how many alerts a week are to be expected.
import type { EventCondition } from '#telemetry'
import { commonestOf } from '../past/commonest.ts'
import type { LoadedRule } from '../load.ts'
import type { AskStore, StoreAsk } from '../past/ask.ts'
import type { Backtest as RuleTested } from '../past/backtest.ts'
import { alertOfFinding } from './alert.ts'
import { within } from '../past/condition.ts'
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
  const { findings, correlation: _, ...told } = await findStored(rule, asked, { existing, stored })
  return {
    ...told,
    rule: { id: rule.id, title: rule.title },
    ...(await summed(rule, { findings, asked }, { existing, stored })),
    items: asked.limit === 0 ? [] : findings.slice(-asked.limit).reverse().map(shown),
  }
}

/** The same in the words of a rule's backtest: each finding as the last of its events. */
export async function testedCorrelation(
  rule: LoadedRule,
  asked: StoreAsk & Pick<Backtest, 'now'>,
  needs: Needs,
): Promise<RuleTested & { readonly rule: Pick<LoadedRule, 'id' | 'title' | 'level'> }> {
  const began = performance.now()
  const { findings, matches } = await findStored(rule, asked, needs)
  const sums = await summed(rule, { findings, asked }, needs)
  const newest = asked.limit === 0 ? [] : findings.slice(-asked.limit).reverse()
  return {
    rule: { id: rule.id, title: rule.title, level: rule.level },
    ...sums,
    counted: findings.length,
    items: newest.map((finding) => {
      const { event, time, host, user, activity, message } = alertOfFinding(finding, asked.now)
      return { id: event, time, host, user, activity, message }
    }),
    checked: matches,
    took: Math.round(performance.now() - began),
  }
}

interface Summing {
  readonly findings: readonly Finding[]
  readonly asked: Pick<Backtest, 'since' | 'until' | 'signal'>
}

/** Findings by day and by group, and what they come to in a week of days on which the log sources of the rules sent anything. */
async function summed(rule: LoadedRule, { findings, asked }: Summing, { existing, stored }: Needs) {
  const { since, until, signal } = asked
  const sources = rulesBelow(rule, existing).map(({ source }) => within(source))
  const condition: EventCondition = { kind: 'or', parts: sources }
  const observed = (await stored.matching({ condition, since, until, signal, limit: 0 })).days.length
  const days = new Map<number, number>()
  for (const { time } of findings) {
    const at = Math.floor(time / dayLength) * dayLength
    days.set(at, (days.get(at) ?? 0) + 1)
  }
  const groupBy = rule.correlation?.groupBy ?? []
  return {
    count: findings.length,
    days: [...days].map(([at, count]) => ({ at, count })),
    observed,
    perWeek: observed === 0 ? null : Math.round((findings.length / observed) * 70) / 10,
    top: groupBy.map((field, at) => ({ field, values: commonestOf(findings.map(({ group }) => group[at] ?? '')) })),
  }
}

const shown = ({ correlation, time, group, measure, entries }: Finding): Backtested['items'][number] => ({
  time,
  group: Object.fromEntries(correlation.groupBy.map((name, at) => [name, group[at] ?? ''])),
  measure,
  events: eventsOf(entries),
})
