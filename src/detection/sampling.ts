// One event in ten thousand is judged twice: by the index, and by a plain reading of every rule. They must agree.
import type { Log, Metrics } from '#platform'
import type { Event } from '#telemetry'
import { alertOf } from './alerts.ts'
import type { CompiledRule } from './compile.ts'
import type { Engine } from './engine.ts'
import { plainlyHolds } from './explain.ts'
import { concerns } from './index/group.ts'
import type { LoadedRule } from './load.ts'
import { alertId } from './store.ts'
import type { Alert } from './types.ts'

/** Of so many events one is judged twice; by its number, so that judging it again does the same. */
export const sampleEvery = 10_000

/** A rule on which the index and a plain reading differ, and which of the two matched. */
export interface Disagreement {
  readonly rule: CompiledRule
  readonly matched: 'index' | 'plain reading'
}

/** Where an engine and a plain reading of its rules differ on an event. */
export function disagreements(engine: Engine, rules: readonly CompiledRule[], event: Event): Disagreement[] {
  const indexed = new Set(engine.match(event).map(({ rule }) => rule.id))
  return rules.flatMap((rule): Disagreement[] => {
    const plain = concerns(rule.source, event.logsource) && plainlyHolds(rule.when, event)
    return plain === indexed.has(rule.id) ? [] : [{ rule, matched: plain ? 'plain reading' : 'index' }]
  })
}

export const samplingRule = {
  id: '0c1f3f52-7a3e-4c56-9f0e-6f6b7f0f5a10',
  title: 'The index of rules and a plain reading of them disagree',
  level: 'high',
  techniques: [],
  tactics: [],
} as const

interface Sampling {
  readonly metrics: Metrics | undefined
  readonly log: Log
  readonly now: () => number
}

/** Judges the sample among some events again. A disagreement is an alert, a line in the log and a count. */
export function sampling({ metrics, log, now }: Sampling) {
  const sampled = metrics?.counter({
    name: 'rule_samples_total',
    help: 'Events that were judged by the index of rules and by a plain reading of them.',
  })
  const differing = metrics?.counter({
    name: 'rule_disagreements_total',
    help: 'Rules on which the index and a plain reading differed; anything but 0 is a fault of the engine.',
  })
  return (engine: Engine, rules: readonly LoadedRule[], events: readonly Event[]): Alert[] => {
    const chosen = events.filter(({ seq }) => seq % sampleEvery === 0)
    if (chosen.length === 0) return []
    const compiled = rules.flatMap((rule) => rule.compiled ?? [])
    return chosen.flatMap((event) => {
      const found = disagreements(engine, compiled, event)
      sampled?.add(1)
      if (found.length === 0) return []
      differing?.add(found.length)
      log.error({ event: event.id, rules: found.map(({ rule }) => rule.id) }, samplingRule.title)
      const matched = found.map(({ rule, matched: by }) => ({
        selection: rule.title,
        field: '',
        modifiers: [],
        pattern: rule.id,
        value: `matched by the ${by} only`,
      }))
      const made = { id: alertId(samplingRule.id, event.id), raised: now() }
      return [alertOf({ rule: samplingRule, matched }, event, made)]
    })
  }
}
