// Many rules asked of stored events at once: rules of a log source in one pass of the store, and one reading again for all that it cannot tell.
import { type EventCondition, Tally, type Tallied } from '#telemetry'
import type { CompiledRule } from '../compile.ts'
import { createEngine } from '../engine.ts'
import { eventAgain } from './event-again.ts'
import { type AskStore, readAgain, type StoreAsk } from './ask.ts'
import { exactly, narrowedTogether, within } from './condition.ts'

export interface RulesTallied {
  /** By the rules' ids. */
  readonly rules: ReadonlyMap<string, Tallied>
  /** Rules whose events were read again, for the store alone could not tell. */
  readonly again: number
  /** Events read again. */
  readonly checked: number
}
export type TallyRules = Omit<StoreAsk, 'limit'>

interface Asking {
  readonly ask: TallyRules
  readonly store: AskStore
  /** Holds of the events that the store can tell about. */
  readonly known: readonly EventCondition[]
  readonly sums: ReadonlyMap<string, Tally>
}
/** Rules asked between two signs of progress. */
const atOnce = 100

/** How many stored events each rule matches, and a hash of which. `progress` counts rules. Throws what askStore throws. */
export async function tallyRules(
  rules: readonly CompiledRule[],
  ask: TallyRules,
  store: AskStore,
): Promise<RulesTallied> {
  const { since, until, signal } = ask
  const doubts = await store.doubts({ since, until, signal })
  const known: EventCondition[] = doubts ? [{ kind: 'not', part: { kind: 'doubtful' } }] : []
  const asking = { ask, store, known, sums: new Map(rules.map(({ id }) => [id, new Tally()])) }
  const sure = rules.filter((rule) => exactly(rule).ok)
  await askedTogether(sure, asking)
  const unsure = rules.filter((rule) => !exactly(rule).ok)
  let checked = await judgedTogether(unsure, { kind: 'and', parts: [narrowedTogether(unsure), ...known] }, asking)
  // Of events that were stored before lists were kept, the store is sure of nothing.
  if (doubts) checked += await judgedTogether(rules, { kind: 'doubtful' }, asking)
  ask.progress?.(rules.length, rules.length)
  return { rules: asking.sums, again: doubts ? rules.length : unsure.length, checked }
}

/** Rules that the store answers alone, those of a log source together. */
async function askedTogether(rules: readonly CompiledRule[], { ask, store, known, sums }: Asking): Promise<void> {
  const { since, until, signal } = ask
  const bySource = new Map<string, CompiledRule[]>()
  for (const rule of rules) {
    const key = JSON.stringify(within(rule.source))
    bySource.set(key, [...(bySource.get(key) ?? []), rule])
  }
  let done = 0
  for (const group of bySource.values())
    for (let from = 0; from < group.length; from += atOnce) {
      const some = group.slice(from, from + atOnce)
      const source = within(some[0]?.source ?? {})
      const conditions = some.flatMap((rule) => {
        const condition = exactly(rule)
        return condition.ok ? [condition.value] : []
      })
      const all: EventCondition = { kind: 'and', parts: [source, ...known] }
      const found = await store.tally({ within: all, conditions, since, until, signal })
      some.forEach(({ id }, at) => sums.get(id)?.take(found[at]))
      done += some.length
      ask.progress?.(done, sums.size)
    }
}

/** Rules whose events are read again, once for all of them; answers how many events those were. */
async function judgedTogether(
  rules: readonly CompiledRule[],
  condition: EventCondition,
  { ask, store, sums }: Asking,
): Promise<number> {
  if (rules.length === 0) return 0
  const engine = createEngine(rules)
  const about = rules.length === 1 ? `"${rules[0]?.title}"` : `${rules.length} rules`
  const { since, until, signal } = ask
  return readAgain({ condition, since, until, signal, about, page: 10_000 }, store, (view) => {
    for (const { rule } of engine.match(eventAgain(view))) sums.get(rule.id)?.add(view.id)
  })
}
