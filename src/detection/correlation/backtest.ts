// A correlation asked of what is stored: the store finds the matches of its rules, and they are folded as in the stream.
import { Fault } from '#kernel'
import type { Event, EventCondition, EventView } from '#telemetry'
import type { LoadedRule } from '../load.ts'
import type { AskStore } from '../rule-ask.ts'
import { storedCondition } from '../stored.ts'
import { Fold } from './fold.ts'
import { eventsOf, feedsOf, itemsOf } from './item.ts'
import type { CompiledCorrelation, Finding } from './types.ts'

/** Which correlation, and which events. Times in milliseconds UTC; `now` ends what is not over yet. */
export interface Backtest {
  readonly id: string
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** Most findings shown; all are counted. */
  readonly limit: number
  readonly now: number
  readonly signal?: AbortSignal | undefined
}
export interface Backtested {
  readonly rule: { readonly id: string; readonly title: string }
  readonly count: number
  readonly days: { readonly at: number; readonly count: number }[]
  readonly items: {
    readonly time: number
    readonly group: Record<string, string>
    readonly measure: number
    readonly events: string[]
  }[]
  /** Matches of its rules that were folded, and those that could not be for want of a field or of memory. */
  readonly matches: number
  readonly missing: number
  readonly shed: number
  /** Set when a rule matched too often to read all: only matches from this time on count. */
  readonly from: number | null
}
interface Needs {
  readonly existing: (id: string) => LoadedRule
  readonly stored: AskStore
}

/** Matches of one rule that are read, and how many at once. */
const [mostMatches, page] = [100_000, 5_000]
const mostBytes = 536_870_912
const day = 86_400_000

/** Throws Fault INPUT_INVALID with the reason for a correlation that does not run or whose rules cannot be asked of the store, NOT_FOUND, CANCELLED, STORE_DOWN. */
export async function backtest(asked: Backtest, { existing, stored }: Needs): Promise<Backtested> {
  const { correlations, rules } = below(existing(asked.id), existing)
  const reads = new Map<string, Read>()
  for (const rule of rules) reads.set(rule.id, await read(conditionOf(rule), asked, stored))
  const from = Math.max(...[...reads.values()].map((one) => one.from ?? -Infinity))
  const feeds = feedsOf(correlations)
  const fold = new Fold(correlations, { bytes: mostBytes / correlations.length })
  const matches = [...reads].flatMap(([rule, { events }]) => events.map((event) => ({ rule, event })))
  const taken = matches.filter(({ event }) => event.time >= from)
  const fed = taken.map(({ rule, event }) => itemsOf(rule, eventIn(event), feeds))
  const end = Math.min(asked.until ?? Infinity, asked.now)
  const found = [...fold.take(fed.flatMap(({ items }) => items)), ...fold.advance(end)]
  const own = found.filter(({ correlation }) => correlation.id === correlations[0]?.id)
  return {
    ...summed(existing(asked.id), own, asked.limit),
    matches: taken.length,
    missing: fed.reduce((sum, { missed }) => sum + missed.length, 0),
    shed: correlations.reduce((sum, { id }) => sum + (fold.counts(id)?.shed ?? 0), 0),
    from: from === -Infinity ? null : from,
  }
}

function summed({ id, title }: LoadedRule, found: readonly Finding[], limit: number) {
  const days = new Map<number, number>()
  for (const { time } of found)
    days.set(Math.floor(time / day) * day, (days.get(Math.floor(time / day) * day) ?? 0) + 1)
  const newest = limit === 0 ? [] : found.slice(-limit).reverse()
  return {
    rule: { id, title },
    count: found.length,
    days: [...days].map(([at, count]) => ({ at, count })),
    items: newest.map(({ correlation, time, group, measure, entries }) => ({
      time,
      group: Object.fromEntries(correlation.groupBy.map((name, at) => [name, group[at] ?? ''])),
      measure,
      events: eventsOf(entries),
    })),
  }
}

/** The correlation with those it is made of, itself first, and the plain rules at the bottom. */
function below(rule: LoadedRule, existing: (id: string) => LoadedRule) {
  const correlations: CompiledCorrelation[] = []
  const rules = new Map<string, LoadedRule>()
  const look = (one: LoadedRule): void => {
    if (!one.correlation) return void rules.set(one.id, one)
    if (correlations.includes(one.correlation)) return
    correlations.push(one.correlation)
    for (const part of one.correlation.parts) look(existing(part.rule))
  }
  if (!rule.correlation) {
    const why = rule.why === '' ? 'it is no correlation; ask rule.hunt' : rule.why
    throw new Fault('INPUT_INVALID', `"${rule.title}" cannot be folded: ${why}`)
  }
  look(rule)
  return { correlations, rules: [...rules.values()] }
}

function conditionOf({ compiled, title, why }: LoadedRule): EventCondition {
  if (!compiled) throw new Fault('INPUT_INVALID', `"${title}" does not run: ${why}`)
  const condition = storedCondition(compiled)
  if (condition.ok) return condition.value
  throw new Fault('INPUT_INVALID', `"${title}" cannot be asked of stored events: ${condition.fail}`)
}

interface Read {
  readonly events: readonly EventView[]
  readonly from: number | undefined
}

/** All events that hold a condition, page by page from the newest; the last millisecond of a page is read again with the next. */
async function read(
  condition: EventCondition,
  { since, until, signal }: Backtest,
  stored: AskStore,
): Promise<Read> {
  const events = new Map<string, EventView>()
  let before = until
  for (;;) {
    const { items } = await stored.matching({ condition, since, until: before, limit: page, signal })
    const known = events.size
    for (const item of items) events.set(item.id, item)
    const oldest = items.at(-1)?.time ?? 0
    if (items.length < page) return { events: [...events.values()], from: undefined }
    // A millisecond with more events than a page holds cannot be read whole.
    if (events.size >= mostMatches || events.size === known) return { events: [...events.values()], from: oldest + 1 }
    before = oldest + 1
  }
}

const some = <T extends string | number>(value: T): T | undefined => (value === '' || value === 0 ? undefined : value)

/** A stored event as the stream had it; a list is its members joined, as it is stored. */
const eventIn = (view: EventView): Event => ({
  id: view.id,
  seq: 0,
  time: view.time,
  received: view.received,
  source: view.source,
  parser: view.parser,
  logsource: { categories: view.categories },
  class_uid: view.class_uid,
  activity: view.activity,
  severity_id: view.severity_id,
  host: some(view.host),
  user: some(view.user),
  target_user: some(view.target_user),
  src_ip: some(view.src_ip),
  src_host: some(view.src_host),
  dst_ip: some(view.dst_ip),
  dst_host: some(view.dst_host),
  dst_port: some(view.dst_port),
  domain: some(view.domain),
  process: some(view.process),
  process_uid: some(view.process_uid),
  parent_process_uid: some(view.parent_process_uid),
  asset: some(view.asset),
  message: view.message,
  fields: view.fields,
  raw: '',
})
