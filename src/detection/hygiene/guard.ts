// A filter held against what is known to be true: what it would take away, and whether something true is among it. Pure.
import { Fault } from '#kernel'
import type { EventView } from '#telemetry'
import type { CompiledRule } from '../compile.ts'
import { createEngine, type Engine, type EngineEvent } from '../engine.ts'
import { parseSigma } from '../sigma/parse.ts'

/** An event that a rule must go on finding, and what it is known from. */
export interface TruePositive {
  readonly name: string
  readonly event: EngineEvent
}

/** The parts of an event that a rule looks at. */
export type KeptEvent = Pick<EventView, 'product' | 'service' | 'categories' | 'fields' | 'raw' | 'parser'>

/** A stored event as the engine looks at it. */
export const engineEvent = ({ product, service, categories, fields, raw, parser }: KeptEvent): EngineEvent => ({
  logsource: { categories, ...(product && { product }), ...(service && { service }) },
  fields,
  raw,
  parser,
})

/** A rule without and with a filter. */
export interface Pair {
  readonly before: Engine
  readonly after: Engine
}

/** Throws Fault INPUT_INVALID when the filter's text cannot be applied. */
export function pairOf(rule: CompiledRule, yaml: string): Pair {
  const [filter] = parseSigma(yaml, 'filter.yml').documents
  if (filter?.kind !== 'filter' || filter.trouble)
    throw new Fault('INPUT_INVALID', `the filter cannot be applied: ${filter?.trouble?.why ?? 'it cannot be read'}`)
  const filtered: CompiledRule = { ...rule, when: { op: 'and', of: [rule.when, filter.when] } }
  return { before: createEngine([rule]), after: createEngine([filtered]) }
}

/** Whether the filter takes a match away; undefined when the rule as it stands does not match the event at all. */
export function takesAway({ before, after }: Pair, event: EngineEvent): boolean | undefined {
  if (before.match(event).length === 0) return undefined
  return after.match(event).length === 0
}

/** Names of true positives that the filter would lose, and how many were held against it. */
export function lostBy(pair: Pair, known: readonly TruePositive[]): { checked: number; lost: string[] } {
  const judged = known.map(({ name, event }) => ({ name, gone: takesAway(pair, event) }))
  return {
    checked: judged.filter(({ gone }) => gone !== undefined).length,
    lost: [...new Set(judged.filter(({ gone }) => gone === true).map(({ name }) => name))],
  }
}
