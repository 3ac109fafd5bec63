// What can be changed about each step of a scene, and its price: the material of the cheapest cut, in the words of what-if.
import { type Asset, Control } from '#model'
import { priceOfControl, priceOfFix, priceOfWithout } from './controls.ts'
import type { Changes } from './cut.ts'
import { listsOf } from './graph.ts'
import { type Scene, stepAt } from './scene.ts'
import type { Rule } from './rules/rule.ts'
import type { SceneStep } from './steps.ts'

export interface NamedChanges extends Changes {
  readonly names: readonly string[]
}

/** Controls that leave more of a step's chance than this are not proposed for it: they hardly help. */
const helps = 0.5

/** All changes that touch any step. */
export function changesOf(scene: Scene): NamedChanges {
  const names: string[] = []
  const prices: number[] = []
  const known = new Map<string, number>()
  const [steps, change, adds]: [number[], number[], number[]] = [[], [], []]
  const touch = (step: number, name: string, price: number, cost: number): void => {
    if (price === Infinity) return
    let index = known.get(name)
    if (index === undefined) {
      index = names.length
      known.set(name, index)
      names.push(name)
      prices.push(price)
    }
    steps.push(step)
    change.push(index)
    adds.push(cost)
  }
  for (let index = 0; index < scene.graph.steps; index += 1) {
    for (const [name, price, cost] of touching(scene, stepAt(scene, index))) touch(index, name, price, cost)
  }
  const entries = Int32Array.from(change, (_, at) => at)
  return {
    names,
    prices,
    of: listsOf(scene.graph.steps, steps, entries),
    change: Int32Array.from(change),
    adds: Float64Array.from(adds),
  }
}

const controls = Control.options

type Touch = readonly [name: string, price: number, cost: number]

function* touching({ facts }: Scene, step: SceneStep): Iterable<Touch> {
  const { rule, on, guard, weakness, change } = step
  const asset = facts.nodes[on]?.asset
  if (!rule || !asset) return
  if (change !== undefined) yield [change, priceOfWithout(change.replace(/^without /, '')), Infinity]
  // CWE-319 is on a flow: it goes with the flow.
  if (weakness !== undefined && weakness !== 'CWE-319')
    yield [`fix ${weakness}@${asset.id}`, priceOfFix(weakness, asset), Infinity]
  if (!rule.connects) yield* controlsFor(rule, asset, facts.nodes[guard ?? on]?.asset ?? asset)
}

function* controlsFor({ less }: Rule, asset: Asset, guarding: Asset): Iterable<Touch> {
  for (const control of controls) {
    const factor = less[control]
    if (factor === undefined || factor > helps || guarding.controls.includes(control)) continue
    const where = control === 'mail-filter' ? guarding : asset
    yield [`add ${control}@${where.id}`, priceOfControl(control, where), -Math.log(factor)]
  }
}

/** A change as what-if takes it. */
export function asWhatIf(names: readonly string[]): { without: string[]; fix: string[]; add: string[] } {
  const of = (verb: string) =>
    names.filter((name) => name.startsWith(`${verb} `)).map((name) => name.slice(verb.length + 1))
  return { without: of('without'), fix: of('fix'), add: of('add') }
}
