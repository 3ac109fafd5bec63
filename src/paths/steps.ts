// Many steps in columns: tens of thousands are made anew for every what-if, and objects that live cost more than the work itself.
import { Fault } from '#kernel'
import { type Lists, listOf } from './graph.ts'
import type { How, Rule, Step } from './rules/rule.ts'

/** A step with its rule; no rule: a start. */
export interface SceneStep extends Step {
  readonly rule: Rule | undefined
}

export interface StepTable {
  readonly gives: readonly number[]
  readonly needs: Lists
  readonly hows: readonly How[]
  readonly rules: readonly Rule[]
  at(index: number): SceneStep
}

/** Puts steps into a table: `fill` hands them over one by one. */
export function tableOf(
  fill: (add: (gives: number, needs: readonly number[], how: How, rule: Rule) => void) => void,
): StepTable {
  const [gives, hows, rules]: [number[], How[], Rule[]] = [[], [], []]
  const [start, needed]: [number[], number[]] = [[0], []]
  fill((fact, facts, how, rule) => {
    gives.push(fact)
    hows.push(how)
    rules.push(rule)
    for (const need of facts) needed.push(need)
    start.push(needed.length)
  })
  const needs = { start: Int32Array.from(start), items: Int32Array.from(needed) }
  const at = (index: number): SceneStep => {
    const [how, rule] = [hows[index], rules[index]]
    if (!how || !rule) throw new Fault('BUG', `no step ${index}`)
    return { ...how, rule, gives: gives[index] ?? 0, needs: [...listOf(needs, index)] }
  }
  return { gives, needs, hows, rules, at }
}
