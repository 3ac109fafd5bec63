// One estate under one adversary: rules applied to facts, chances worked out, the graph built.
import type { Control } from '#model'
import type { Facts } from './facts.ts'
import { type Graph, indexed } from './graph.ts'
import type { Profile, Start } from './profiles.ts'
import type { Rule } from './rules/rule.ts'
import { rules } from './rules/table.ts'
import { type Space, spaceOf } from './space.ts'
import { type SceneStep, type StepTable, tableOf } from './steps.ts'

/** All uses of all rules in an estate: the same for every adversary. */
export interface Grounded {
  readonly facts: Facts
  readonly space: Space
  readonly table: StepTable
}

export interface Scene extends Grounded {
  readonly profile: Profile
  readonly graph: Graph
  /** steps that are starts, numbered after those of the table: a path has one of them */
  readonly starts: ReadonlyMap<number, Start>
}

/** Step number `index` of a scene. */
export function stepAt({ table, starts }: Scene, index: number): SceneStep {
  const start = starts.get(index)
  return start ? { ...start, rule: undefined, needs: [], base: 1 } : table.at(index)
}

/** A factor of a chance, and where it comes from. */
export interface Reason {
  readonly text: string
  readonly factor: number
}

/** Applies every rule wherever it applies. Linear in facts: rules look at flows, credentials and stores one by one. */
export function ground(facts: Facts): Grounded {
  const space = spaceOf(facts)
  const table = tableOf((add) => {
    for (const rule of rules) rule.ground(facts, space, (gives, needs, how) => add(gives, needs, how, rule))
  })
  return { facts, space, table }
}

const mostLikely = 0.99

/** The chance that a step succeeds for this adversary, factor by factor: their product, at most 0.99 unless it is certain. */
export function reasonsOf(facts: Facts, profile: Profile, step: SceneStep): Reason[] {
  const { rule, base, why } = step
  const reasons: Reason[] = [{ text: typeof why === 'string' ? why : why(), factor: base }]
  if (!rule || rule.connects) return reasons
  for (const control of controlsOn(facts, step.on, step.guard)) {
    const factor = rule.less[control]
    if (factor !== undefined) reasons.push({ text: control, factor })
  }
  const skill = profile.skills[rule.skill] ?? 1
  if (skill !== 1 && base < 1) reasons.push({ text: `${rule.skill} skill of ${profile.id}`, factor: skill })
  return reasons
}

/** Works out the costs of all steps: what controls and skill do to a rule on a node is worked out once. */
function costsOf(facts: Facts, { skills }: Profile, { rules: ruleOf, hows }: StepTable, cost: Float64Array): void {
  let [rule, less, skill]: [Rule | undefined, Float64Array, number] = [undefined, new Float64Array(0), 1]
  for (const [index, one] of ruleOf.entries()) {
    const how = hows[index]
    if (one.connects || !how) continue
    if (one !== rule) [rule, less, skill] = [one, new Float64Array(facts.nodes.length), skills[one.skill] ?? 1]
    const { on, base, guard } = how
    // 0 stands for not worked out yet: no control makes a step impossible.
    let factor = guard === undefined ? (less[on] ?? 0) : 0
    if (factor === 0) {
      factor = 1
      for (const control of controlsOn(facts, on, guard)) factor *= one.less[control] ?? 1
      if (guard === undefined) less[on] = factor
    }
    const chance = base < 1 ? Math.min(base * factor * skill, mostLikely) : factor
    cost[index] = chance === 1 ? 0 : -Math.log(chance)
  }
}

/** Controls that count for a step: of the asset it happens on, and of the one that guards it; each once. */
function controlsOn({ nodes }: Facts, on: number, guard = on): readonly Control[] {
  const own = nodes[on]?.asset.controls ?? []
  if (guard === on) return own
  return [...new Set([...own, ...(nodes[guard]?.asset.controls ?? [])])]
}

/** Puts an adversary into an estate. `from` names the only place to start from: an asset or people; else the profile says. */
export function sceneOf(grounded: Grounded, profile: Profile, from?: string): Scene {
  const { facts, space, table } = grounded
  const starts = profile.starts(facts, space, from)
  const count = table.gives.length
  const [gives, cost] = [new Int32Array(count + starts.length), new Float64Array(count + starts.length)]
  const start = new Int32Array(count + starts.length + 1).fill(table.needs.items.length)
  gives.set(table.gives)
  start.set(table.needs.start)
  costsOf(facts, profile, table, cost)
  for (const [index, { gives: fact }] of starts.entries()) gives[count + index] = fact
  const graph = indexed(space.size, gives, { start, items: table.needs.items }, cost)
  return { ...grounded, profile, graph, starts: new Map(starts.map((one, index) => [count + index, one])) }
}
