// A correlation as a question to the store: for which groups, and when, it can hold. Where that cannot be asked exactly, at least for those for which it holds.
import type { EventCondition, Holding, MomentPart, MomentsAsk } from '#telemetry'
import type { CompiledRule } from '../compile.ts'
import { fitTogether, type Plan, planOf } from '../past/condition.ts'
import { standsFor } from './item.ts'
import type { CompiledCorrelation, Presence } from './types.ts'

/** A rule that feeds correlations, and how the store is asked for it. */
export interface PlannedRule {
  readonly rule: CompiledRule
  readonly plan: Plan
}
export type MomentsQuestion = Pick<MomentsAsk, 'parts' | 'timespan' | 'holding'> & {
  /** Whether every event of the parts is found by the store alone. */
  readonly sure: boolean
}

export const planned = (rule: CompiledRule, doubts: boolean): PlannedRule => ({ rule, plan: planOf(rule, doubts) })

/** Every event that a rule may match. */
export function conditionOf({ plan: { exact, again } }: PlannedRule): EventCondition {
  return { kind: 'or', parts: [exact, again].flatMap((one) => one ?? []) }
}

/** The question for a correlation of plain rules; nothing for one of correlations, or when it is too long for a statement. */
export function questionOf(
  correlation: CompiledCorrelation,
  rules: ReadonlyMap<string, PlannedRule>,
): MomentsQuestion | undefined {
  const planned = correlation.parts.flatMap((part) => rules.get(part.rule) ?? [])
  if (planned.length < correlation.parts.length || !fitTogether(planned.map(({ rule }) => rule))) return undefined
  const unsure = new Set(planned.flatMap(({ plan }, part) => (plan.again ? [part] : [])))
  const numbers = correlation.type !== 'value_count' && (correlation.parts[0]?.values.length ?? 0) > 0
  const parts = correlation.parts.map(({ group, values }, part): MomentPart => ({
    condition: conditionOf(planned[part]!),
    group: group.map(standsFor),
    values: values.map(standsFor),
    numbers,
  }))
  return { parts, timespan: correlation.timespan, holding: holdingOf(correlation, unsure), sure: unsure.size === 0 }
}

/** `unsure`: parts of which the store also finds events that are none. */
function holdingOf({ judging }: CompiledCorrelation, unsure: ReadonlySet<number>): Holding {
  switch (judging.is) {
    case 'newest':
      return { is: 'least', of: judging.of, need: judging.need }
    case 'presence':
      return { is: 'together', when: judging.when }
    case 'chain':
      return { is: 'steps', steps: judging.steps }
    case 'absence':
      return { is: 'after', begin: judging.begin, when: relaxed(judging.when, unsure, true) }
    // Events that are none could add to a sum and take away from it.
    case 'numbers':
      return unsure.size > 0 ? { is: 'anything' } : { ...judging, is: 'measure' }
    case 'closing':
      return unsure.size > 0 ? { is: 'anything' } : { ...judging, is: 'measure after' }
  }
}

/** The condition without what must not be there, where that is not sure. */
function relaxed(when: Presence, unsure: ReadonlySet<number>, isPositive: boolean): Presence {
  if (when.op === 'part') return isPositive || !unsure.has(when.part) ? when : { op: 'or', of: [] }
  if (when.op === 'not') return { op: 'not', of: relaxed(when.of, unsure, !isPositive) }
  return { op: when.op, of: when.of.map((one) => relaxed(one, unsure, isPositive)) }
}

/**
 * The moments of a group that become findings, by the same rule as in the stream: told once, then quiet for the timespan that follows; of
 * timespans that are judged at their end, none that begins within one that was told.
 */
export function toldOf(
  { holding, timespan }: Pick<MomentsQuestion, 'holding' | 'timespan'>,
  moments: readonly number[],
): number[] {
  const told: number[] = []
  let quiet = -Infinity
  for (const at of moments) {
    const isOver = holding.is === 'after'
    if ((isOver ? at - timespan : at) <= quiet) continue
    told.push(at)
    quiet = isOver ? at : at + timespan
  }
  return told
}
