// A derivation in words: steps in readable order, with asset, technique, chance, reasons and the logs that would show it.
import type { Proof } from './best.ts'
import { factText } from './space.ts'
import { reasonsOf, type Scene, stepAt } from './scene.ts'
import type { SceneStep } from './steps.ts'
import { logs, sourcesFor } from './sources.ts'
import type { Goal } from './goals.ts'
import type { Path, PathStep } from './types.ts'

/** Whether a tested detection covers a technique on an asset: handed in by whoever knows detections. */
export type Coverage = (asset: string, technique: string) => boolean

export const noCoverage: Coverage = () => false

/** The technique of a step; empty for a start. */
export const techniqueOf = ({ rule, technique }: SceneStep): string => technique ?? rule?.technique ?? ''

/** Whether a step is shown by itself: not a start, and not mere connection. */
export const isShown = ({ rule }: SceneStep): boolean => rule !== undefined && rule.connects !== true

/** A path to a goal as people are shown it. */
export function pathOf(scene: Scene, goal: Goal, proof: Proof, coverage: Coverage): Path {
  const byFact = new Map(proof.steps.map((step) => [scene.graph.gives[step] ?? -1, step]))
  const shown = proof.steps.filter((step) => isShown(stepAt(scene, step)))
  const place = new Map(shown.map((step, at) => [step, at]))
  const steps = shown.map((step) => shownStep(scene, step, leading(scene, byFact, step), { place, coverage }))
  const start = proof.steps.find((step) => scene.starts.has(step))
  const [first] = shown
  return {
    goal: goal.id,
    title: goal.title,
    probability: Math.exp(-proof.cost),
    summary: [...runs(steps)].join(' → '),
    start: start === undefined ? 'nowhere' : startText(scene, stepAt(scene, start)),
    steps: first === undefined ? [] : steps,
    likewise: 0,
    detected: steps.some(({ detected }) => detected),
  }
}

const startText = (scene: Scene, step: SceneStep): string =>
  `${factText(scene.facts, scene.space, step.gives)}: ${typeof step.why === 'string' ? step.why : step.why()}`

/** `staff-laptops T1566.001 → portal-db T1078 T1005`: steps that follow each other on one asset are one. */
function* runs(steps: readonly PathStep[]): Iterable<string> {
  let at = 0
  while (at < steps.length) {
    const asset = steps[at]?.asset ?? ''
    const techniques: string[] = []
    while (steps[at]?.asset === asset) {
      techniques.push(steps[at]?.technique ?? '')
      at += 1
    }
    yield `${asset} (${techniques.join(', ')})`
  }
}

interface Leading {
  readonly over: readonly string[]
  readonly after: readonly number[]
}

/** What leads to a step: flows of connections in between, and the shown steps before those. */
function leading(scene: Scene, byFact: ReadonlyMap<number, number>, step: number): Leading {
  const over = new Set<string>()
  const after = new Set<number>()
  const walk = (one: SceneStep): void => {
    for (const need of one.needs) {
      const before = byFact.get(need)
      if (before === undefined) continue
      const earlier = stepAt(scene, before)
      if (isShown(earlier)) after.add(before)
      else {
        walk(earlier)
        if (earlier.via !== undefined) over.add(earlier.via)
      }
    }
  }
  const self = stepAt(scene, step)
  walk(self)
  if (self.via !== undefined) over.add(self.via)
  return { over: [...over], after: [...after] }
}

interface Around {
  readonly place: ReadonlyMap<number, number>
  readonly coverage: Coverage
}

function shownStep(scene: Scene, step: number, { over, after }: Leading, { place, coverage }: Around): PathStep {
  const { facts, space, profile } = scene
  const one = stepAt(scene, step)
  const node = facts.nodes[one.on]
  const { rule } = one
  if (!rule || !node) throw new Error(`step ${step} is on no asset`)
  const seenBy = sourcesFor(node.asset, rule)
  const technique = techniqueOf(one)
  return {
    asset: node.name,
    text: rule.title.replace('{on}', () => node.asset.title),
    gives: factText(facts, space, one.gives),
    rule: rule.id,
    technique,
    tactic: rule.tactic,
    probability: Math.exp(-(scene.graph.cost[step] ?? Infinity)),
    because: reasonsOf(facts, profile, one),
    over: [...over],
    after: after.flatMap((before) => place.get(before) ?? []).toSorted((a, b) => a - b),
    seenBy,
    logged: logs(node.asset, seenBy),
    detected: coverage(node.asset.id, technique),
  }
}

/** The shape of a derivation: its shown steps, with nodes between which an attacker sees no difference but the name taken for one. Paths of one shape are shown as one. */
export function shapeOf(scene: Scene): (steps: readonly number[]) => string {
  const known = new Map<number, string>()
  const alike = (node: number): string => {
    const text = known.get(node) ?? lookOf(scene, node)
    known.set(node, text)
    return text
  }
  return (steps) => {
    const shown = steps.map((step) => stepAt(scene, step)).filter(isShown)
    return [...new Set(shown.map((step) => `${step.rule?.id ?? ''} ${techniqueOf(step)} ${alike(step.on)}`))]
      .sort()
      .join('\n')
  }
}

/** A text that is the same for nodes between which an attacker sees no difference but the name. */
export function lookOf({ facts }: Pick<Scene, 'facts'>, index: number): string {
  const node = facts.nodes[index]
  if (!node) return ''
  const { id, category, kind, internetFacing, controls, weaknesses, stores, owner } = node.asset
  // A device that people carry is the same in every place.
  const where = category === 'endpoint' || category === 'mobile' ? id : node.zone
  return [kind, where, internetFacing, controls.toSorted(), weaknesses.toSorted(), stores.toSorted(), owner].join('|')
}
