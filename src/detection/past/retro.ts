// The past asked again: what rules that are new, or have changed, or whose lists have changed, would have found in stored events.
import { asFault, Fault } from '#kernel'
import type { Log, State } from '#platform'
import { eventOf, type EventView } from '#telemetry'
import { alertOf } from '../alerts.ts'
import type { CompiledRule } from '../compile.ts'
import { alertOfFinding } from '../correlation/alert.ts'
import { findStored } from '../correlation/stored.ts'
import { explain } from '../explain.ts'
import { eventAgain } from './event-again.ts'
import type { LoadedRule } from '../load.ts'
import { type AskStore, askStore } from './ask.ts'
import { tallyRules } from './tally.ts'
import { alertId } from '../store.ts'
import type { Alert } from '../types.ts'
import { asksOfLoaded, markStore } from './store.ts'

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
  readonly rule: Pick<LoadedRule, 'id' | 'title'>
  readonly count: number
  readonly alerts: readonly Alert[]
}
interface Needs {
  readonly state: State
  readonly log: Log
  /** Rules and correlations that run and alert. */
  readonly rules: () => readonly LoadedRule[]
  readonly existing: (id: string) => LoadedRule
  readonly stored: AskStore | undefined
}

export type Retro = ReturnType<typeof retroOf>

/** Asks the past: many rules at once how often they match, then those that do for what; correlations one by one. */
export function retroOf({ state, log, rules, existing, stored }: Needs) {
  const marks = markStore(state)
  const asks = (rule: LoadedRule): string => asksOfLoaded(rule, existing)
  return {
    /** The rules that the past was not asked for as they are now. */
    async due(): Promise<LoadedRule[]> {
      const known = await marks.all()
      return rules().filter((rule) => known.get(rule.id) !== asks(rule))
    },
    /**
     * Asks for each rule that is due, gives `keep` what was found, and marks the rule in the same transaction: after an end in between, the rest
     * follows. What `keep` answers is called after the commit. The very first time all rules are marked without asking. A rule that does not run
     * any more is forgotten: when it comes back, the past fills its gap. Answers how many rules were asked.
     */
    async run({ at, signal, progress }: RetroCall, keep: (found: RetroFound) => Promise<() => void>): Promise<number> {
      if (!stored) throw new Fault('BUG', 'detection was opened without stored events')
      const known = await marks.all()
      const first = known.size === 0
      const due = await this.due()
      const running = new Set(rules().map(({ id }) => id))
      await marks.forget([...known.keys()].filter((id) => !running.has(id)))
      const asking = { at, signal, stored, log, existing }
      let hits: (rule: LoadedRule) => boolean = () => !first
      for (const [done, rule] of due.entries()) {
        if (signal.aborted) throw new Fault('CANCELLED', 'asking the past')
        if (!first && done % atOnce === 0) hits = await hitsOf(due.slice(done, done + atOnce), asking)
        const found = hits(rule) ? await foundFor(rule, asking) : undefined
        const tell = await state.transaction(async () => {
          const kept = found && found.count > 0 ? await keep(found) : undefined
          await marks.mark(rule.id, asks(rule), at)
          return kept
        })
        tell?.()
        progress(done + 1, due.length)
      }
      return first ? 0 : due.length
    },
  }
}

interface Asking extends Pick<RetroCall, 'at' | 'signal'>, Pick<Needs, 'existing'> {
  readonly stored: AskStore
  readonly log: Log
}
/** Rules that are counted in one go; one alone is asked at once. */
const atOnce = 500

/** Which of these rules may have matched anything. */
async function hitsOf(
  some: readonly LoadedRule[],
  { at, signal, stored }: Asking,
): Promise<(rule: LoadedRule) => boolean> {
  const compiled = some.flatMap((rule) => rule.compiled ?? [])
  if (compiled.length < 2) return () => true
  const since = at - retroLimits.days * dayLength
  try {
    const { rules } = await tallyRules(compiled, { since, until: at, signal }, stored)
    return ({ id }) => (rules.get(id)?.count ?? 1) > 0
  } catch (thrown) {
    // What is too much for all of them may do for each.
    if (asFault(thrown).code !== 'TOO_LARGE') throw thrown
    return () => true
  }
}

/** Nothing for a rule that cannot be asked; that is said in the log, and stops no other. */
async function foundFor(rule: LoadedRule, asking: Asking): Promise<RetroFound | undefined> {
  const { at, signal, stored, log } = asking
  const since = at - retroLimits.days * dayLength
  const { compiled } = rule
  try {
    if (!compiled) return await correlated(rule, asking)
    const { count, items } = await askStore(compiled, { since, until: at, limit: retroLimits.alerts, signal }, stored)
    return { rule, count, alerts: items.map((item) => alertFor(compiled, item, at)) }
  } catch (thrown) {
    const fault = asFault(thrown)
    if (fault.code !== 'TOO_LARGE' && fault.code !== 'INPUT_INVALID') throw thrown
    log.warn({ rule: rule.id, why: fault.message }, 'the past could not be asked for a rule')
    return undefined
  }
}

/** Ids of alerts are made of the rule, the group and the time, so what the stream has told is not told again. */
async function correlated(rule: LoadedRule, { at, signal, stored, existing }: Asking): Promise<RetroFound> {
  const since = at - retroLimits.days * dayLength
  const { findings } = await findStored(rule, { since, until: at, now: at, signal }, { existing, stored })
  const newest = findings.slice(-retroLimits.alerts)
  return { rule, count: findings.length, alerts: newest.map((finding) => alertOfFinding(finding, at)) }
}

/** The same alert that the stream would have raised: the same id, so that both together are one. */
const alertFor = (rule: CompiledRule, item: EventView, raised: number): Alert =>
  alertOf(
    { rule, matched: explain(rule.when, eventAgain(item)) },
    { ...eventOf(item), id: item.id, source: item.source },
    { id: alertId(rule.id, item.id), raised },
  )
