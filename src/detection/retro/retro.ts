// The past asked again: what rules that are new, or have changed, or whose lists have changed, would have found in stored events.
import { asFault, Fault } from '#kernel'
import type { Log, State } from '#platform'
import { eventOf, type EventView } from '#telemetry'
import { alertOf } from '../alerts.ts'
import type { CompiledRule } from '../compile.ts'
import { explain } from '../explain.ts'
import { eventAgain } from '../event-again.ts'
import { type AskStore, askStore } from '../rule-ask.ts'
import { tallyRules } from '../rule-tally.ts'
import { alertId } from '../store.ts'
import type { Alert } from '../types.ts'
import { asksOf, markStore } from './store.ts'

/** How far back is asked when nobody says, and how many of the newest hits of a rule become alerts. */
export const retroLimits = { days: 30, alerts: 1_000 } as const
const dayLength = 86_400_000

export interface RetroCall {
  /** Milliseconds UTC. */
  readonly at: number
  readonly signal: AbortSignal
  readonly progress: (done: number, total: number) => void
}
/** What was found for one rule; `alerts` are the newest hits at most. */
export interface RetroFound {
  readonly rule: CompiledRule
  readonly count: number
  readonly alerts: readonly Alert[]
}
interface Needs {
  readonly state: State
  readonly log: Log
  readonly rules: () => readonly CompiledRule[]
  readonly stored: AskStore | undefined
}

export type Retro = ReturnType<typeof retroOf>

/** Asks the past: many rules at once how often they match, then those that do for what. */
export function retroOf({ state, log, rules, stored }: Needs) {
  const marks = markStore(state)
  return {
    /** The rules that the past was not asked for as they are now. */
    async due(): Promise<CompiledRule[]> {
      const known = await marks.all()
      return rules().filter((rule) => known.get(rule.id) !== asksOf(rule))
    },
    /**
     * Asks for each rule that is due, gives `keep` what was found, and marks the rule in the same transaction: after an end in between, the rest
     * follows. What `keep` answers is called after the commit. The very first time all rules are marked without asking. Answers how many rules were asked.
     */
    async run({ at, signal, progress }: RetroCall, keep: (found: RetroFound) => Promise<() => void>): Promise<number> {
      if (!stored) throw new Fault('BUG', 'detection was opened without stored events')
      const first = (await marks.all()).size === 0
      const due = await this.due()
      const asking = { at, signal, stored, log }
      let hits: (rule: CompiledRule) => boolean = () => !first
      for (const [done, rule] of due.entries()) {
        if (signal.aborted) throw new Fault('CANCELLED', 'asking the past')
        if (!first && done % atOnce === 0) hits = await hitsOf(due.slice(done, done + atOnce), asking)
        const found = hits(rule) ? await foundFor(rule, asking) : undefined
        const tell = await state.transaction(async () => {
          const kept = found && found.count > 0 ? await keep(found) : undefined
          await marks.mark(rule.id, asksOf(rule), at)
          return kept
        })
        tell?.()
        progress(done + 1, due.length)
      }
      return first ? 0 : due.length
    },
  }
}

interface Asking extends Pick<RetroCall, 'at' | 'signal'> {
  readonly stored: AskStore
  readonly log: Log
}
/** Rules that are counted in one go; one alone is asked at once. */
const atOnce = 500

/** Which of these rules may have matched anything. */
async function hitsOf(some: readonly CompiledRule[], { at, signal, stored }: Asking): Promise<(rule: CompiledRule) => boolean> {
  if (some.length === 1) return () => true
  const since = at - retroLimits.days * dayLength
  try {
    const { rules } = await tallyRules(some, { since, until: at, signal }, stored)
    return ({ id }) => (rules.get(id)?.count ?? 1) > 0
  } catch (thrown) {
    // What is too much for all of them may do for each.
    if (asFault(thrown).code !== 'TOO_LARGE') throw thrown
    return () => true
  }
}

/** Nothing for a rule that cannot be asked; that is said in the log, and stops no other. */
async function foundFor(rule: CompiledRule, { at, signal, stored, log }: Asking): Promise<RetroFound | undefined> {
  try {
    const since = at - retroLimits.days * dayLength
    const { count, items } = await askStore(rule, { since, until: at, limit: retroLimits.alerts, signal }, stored)
    return { rule, count, alerts: items.map((item) => alertFor(rule, item, at)) }
  } catch (thrown) {
    const fault = asFault(thrown)
    if (fault.code !== 'TOO_LARGE' && fault.code !== 'INPUT_INVALID') throw thrown
    log.warn({ rule: rule.id, why: fault.message }, 'the past could not be asked for a rule')
    return undefined
  }
}

/** The same alert that the stream would have raised: the same id, so that both together are one. */
const alertFor = (rule: CompiledRule, item: EventView, raised: number): Alert =>
  alertOf(
    { rule, matched: explain(rule.when, eventAgain(item)) },
    { ...eventOf(item), id: item.id, source: item.source },
    { id: alertId(rule.id, item.id), raised },
  )
