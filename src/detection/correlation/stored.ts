// A correlation asked of what is stored: the store finds the groups for which it can hold, and their events are judged and folded as in the stream.
import { asFault, Fault } from '#kernel'
import { type Event, type EventCondition, type EventView, groupTexts, inSlices, type Stretch } from '#telemetry'
import type { CompiledRule } from '../compile.ts'
import { createEngine, type Engine } from '../engine.ts'
import { eventAgain } from '../past/event-again.ts'
import type { LoadedRule } from '../load.ts'
import type { AskStore } from '../past/ask.ts'
import { Fold } from './fold.ts'
import { type Feeds, feedsOf, itemsOf, standsFor } from './item.ts'
import { conditionOf, planned, type PlannedRule, questionOf } from './moments.ts'
import type { CompiledCorrelation, Finding, Item } from './types.ts'

/** Which correlation, and which events. Times in milliseconds UTC; `now` ends what is not over yet. */
export interface StoredAsk extends Stretch {
  readonly now: number
  readonly progress?: ((done: number, total: number) => void) | undefined
}
/** What a correlation would have found. */
export interface StoredFindings {
  readonly correlation: CompiledCorrelation
  /** In order of time. */
  readonly findings: readonly Finding[]
  /** Matches of its rules that were folded, and those that could not be for want of a field or of memory. */
  readonly matches: number
  readonly missing: number
  readonly shed: number
  /** Set when its rules matched too often to read all: only matches from this time on count. */
  readonly from: number | null
  /** Groups for which the store says that it can hold; nothing where the store could not tell. */
  readonly groups: number | null
}
interface Needs {
  readonly existing: (id: string) => LoadedRule
  readonly stored: AskStore
}

/** Matches that are read in all, and groups that are asked for by name. */
const [mostMatches, mostGroups] = [1_000_000, 5_000]
const mostBytes = 536_870_912
const dayLength = 86_400_000

/** Throws Fault INPUT_INVALID with the reason for a correlation that does not run, NOT_FOUND, CANCELLED, TOO_LARGE, STORE_DOWN. */
export async function findStored(
  rule: LoadedRule,
  ask: StoredAsk,
  { existing, stored }: Needs,
): Promise<StoredFindings> {
  const { since, until, signal, now, progress } = ask
  const { correlations, rules } = below(rule, existing)
  const [own] = correlations
  if (!own) throw new Fault('BUG', 'a correlation is not below itself')
  const doubts = await stored.doubts({ since, until, signal })
  const plans = new Map(rules.map((one) => [one.id, planned(running(one), doubts)]))
  const narrowed = await narrowing(correlations, { plans, ask, stored })
  const reads = [...plans.values()].flatMap((one) => readOf(one, correlations, narrowed))
  const days = await daysOf(reads, ask, stored)
  const folding = new Folding(correlations, narrowed)
  for (const [done, day] of days.wanted.entries()) {
    const stretch = { since: Math.max(day, since ?? day), until: Math.min(day + dayLength, until ?? Infinity), signal }
    for (const read of reads)
      for await (const page of stored.reading({ condition: read.condition, ...stretch })) {
        if (signal?.aborted) throw new Fault('CANCELLED', 'asking stored events')
        await inSlices(page, (view) => folding.take(read, view))
      }
    folding.advance(Math.min(day + dayLength, now))
    progress?.(done + 1, days.wanted.length)
  }
  folding.advance(Math.min(until ?? Infinity, now))
  return {
    correlation: own,
    findings: folding.found.filter(({ correlation }) => correlation.id === own.id),
    ...folding.counts(),
    from: days.from,
    groups: narrowed.get(own.id)?.keys.length ?? null,
  }
}

/** A rule that is read: of which events, and what judges them. */
interface Read {
  readonly rule: string
  readonly engine: Engine
  readonly condition: EventCondition
}
/** The groups that a correlation can hold for, by its id; nothing for one that has to be folded whole. */
type Narrowed = ReadonlyMap<string, { readonly keys: readonly number[]; readonly groups: ReadonlySet<string> }>

interface Narrowing {
  readonly plans: ReadonlyMap<string, PlannedRule>
  readonly ask: StoredAsk
  readonly stored: AskStore
}

async function narrowing(
  correlations: readonly CompiledCorrelation[],
  { plans, ask: { since, until, signal }, stored }: Narrowing,
): Promise<Narrowed> {
  const found = new Map<string, { keys: number[]; groups: Set<string> }>()
  for (const correlation of correlations) {
    const question = questionOf(correlation, plans)
    if (!question) continue
    try {
      const groups = await stored.moments({ ...question, since, until, signal, groups: mostGroups + 1 })
      if (groups.length > mostGroups) continue
      const texts = new Set(groups.map(({ group }) => JSON.stringify(group)))
      found.set(correlation.id, { keys: groups.map(({ key }) => key), groups: texts })
    } catch (thrown) {
      // What is too much for the store at once is read in days.
      if (asFault(thrown).code !== 'TOO_LARGE') throw thrown
    }
  }
  return found
}

/** Of a rule's events those of the groups that any of its correlations can hold for. */
function readOf(one: PlannedRule, correlations: readonly CompiledCorrelation[], narrowed: Narrowed): Read[] {
  const { rule } = one
  const groups = correlations.flatMap((correlation) =>
    correlation.parts.flatMap((part): EventCondition[] => {
      const keys = narrowed.get(correlation.id)?.keys
      if (part.rule !== rule.id || keys?.length === 0) return []
      return [keys ? { kind: 'group', group: part.group.map(standsFor), keys } : { kind: 'and', parts: [] }]
    }),
  )
  if (groups.length === 0) return []
  const condition: EventCondition = { kind: 'and', parts: [conditionOf(one), { kind: 'or', parts: groups }] }
  return [{ rule: rule.id, engine: createEngine([rule]), condition }]
}

/** The days on which there is something to read, the earliest first; of too many matches the newest days. */
async function daysOf(
  reads: readonly Read[],
  { since, until, signal }: StoredAsk,
  stored: AskStore,
): Promise<{ wanted: number[]; from: number | null }> {
  const counts = new Map<number, number>()
  for (const { condition } of reads) {
    const { days } = await stored.matching({ condition, since, until, signal, limit: 0 })
    for (const { at, count } of days) counts.set(at, (counts.get(at) ?? 0) + count)
  }
  const all = [...counts].sort(([a], [b]) => b - a)
  let [sum, wanted]: [number, number[]] = [0, []]
  for (const [at, count] of all) {
    sum += count
    if (sum > mostMatches && wanted.length > 0) return { wanted: wanted.reverse(), from: wanted[0] ?? at }
    wanted.push(at)
  }
  return { wanted: wanted.reverse(), from: null }
}

/** The fold of the stream over stored events. */
class Folding {
  readonly found: Finding[] = []
  private readonly fold: Fold
  private readonly feeds: Feeds
  private readonly correlations: readonly CompiledCorrelation[]
  private readonly narrowed: Narrowed
  private waiting: Item[] = []
  private matches = 0
  private missing = 0
  constructor(correlations: readonly CompiledCorrelation[], narrowed: Narrowed) {
    this.correlations = correlations
    this.narrowed = narrowed
    this.feeds = feedsOf(correlations)
    this.fold = new Fold(correlations, { bytes: mostBytes / correlations.length })
  }
  take({ rule, engine }: Read, view: EventView): void {
    const again = eventAgain(view)
    if (engine.match(again).length === 0) return
    this.matches++
    const { items, missed } = itemsOf(rule, { ...eventIn(view), fields: again.fields }, this.feeds)
    this.missing += missed.length
    // Of other groups not all events are read, so that nothing may be concluded about them.
    const whole = items.filter(
      ({ correlation, group }) => this.narrowed.get(correlation)?.groups.has(JSON.stringify(groupTexts(group))) ?? true,
    )
    this.waiting.push(...whole)
  }
  /** Everything before this time is there. */
  advance(mark: number): void {
    // As they arrived: a group is shown as its first event has it.
    const arrived = this.waiting.sort((a, b) => (a.entry.event < b.entry.event ? -1 : 1))
    this.waiting = []
    this.found.push(...this.fold.take(arrived), ...this.fold.advance(mark))
  }
  counts(): Pick<StoredFindings, 'matches' | 'missing' | 'shed'> {
    const shed = this.correlations.reduce((sum, { id }) => sum + (this.fold.counts(id)?.shed ?? 0), 0)
    return { matches: this.matches, missing: this.missing, shed }
  }
}

/** The plain rules at the bottom of a correlation. */
export const rulesBelow = (rule: LoadedRule, existing: (id: string) => LoadedRule): LoadedRule[] =>
  below(rule, existing).rules

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

function running({ compiled, title, why }: LoadedRule): CompiledRule {
  if (!compiled) throw new Fault('INPUT_INVALID', `"${title}" does not run: ${why}`)
  return compiled
}

const some = <T extends string | number>(value: T): T | undefined => (value === '' || value === 0 ? undefined : value)

/** A stored event as the stream had it, but for its fields. */
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
