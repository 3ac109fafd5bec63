// Cheapest derivations of every fact at once: Knuth's generalisation of Dijkstra's algorithm to AND/OR graphs (1977).
import { type Graph, listOf } from './graph.ts'
import { heap } from './heap.ts'

export interface Settled {
  /** fact → its cost; Infinity when it cannot be had */
  readonly cost: Float64Array
  /** fact → the step chosen for it, −1 when there is none; following these backwards never goes in a ring */
  readonly by: Int32Array
}

type Value = (step: number) => number

/** Settles facts from the cheapest on. `value` is asked once per step, when all that it needs is settled. */
function settle(
  graph: Graph,
  cost: Float64Array,
  value: Value,
  settled: (fact: number, step: number) => void,
): Settled {
  const best = new Float64Array(graph.facts).fill(Infinity)
  const by = new Int32Array(graph.facts).fill(-1)
  const done = new Uint8Array(graph.facts)
  const missing = new Int32Array(graph.steps)
  const waiting = heap<number>()
  const offer = (step: number): void => {
    if (cost[step] === Infinity) return
    const fact = graph.gives[step] ?? 0
    if (done[fact] === 1) return
    const sum = value(step)
    if (sum >= (best[fact] ?? 0)) return
    best[fact] = sum
    by[fact] = step
    waiting.push(sum, step, fact)
  }
  const { start } = graph.needs
  for (let step = 0; step < graph.steps; step += 1) {
    missing[step] = (start[step + 1] ?? 0) - (start[step] ?? 0)
    if (missing[step] === 0) offer(step)
  }
  const { start: from, items } = graph.serves
  for (let fact = waiting.pop(); fact !== undefined; fact = waiting.pop()) {
    if (done[fact] === 1) continue
    done[fact] = 1
    settled(fact, by[fact] ?? 0)
    const end = from[fact + 1] ?? 0
    for (let at = from[fact] ?? 0; at < end; at += 1) {
      const step = items[at] ?? 0
      missing[step]! -= 1
      if (missing[step] === 0) offer(step)
    }
  }
  return { cost: best, by }
}

export interface LowerBounds {
  readonly cost: Float64Array
  /** fact → its place in the order of settling: after all that its cheapest bound rests on */
  readonly order: Int32Array
}

/** For every fact a cost that none of its derivations is below: of what a step needs, only the dearest counts. */
export function lowerBounds(graph: Graph, cost: Float64Array = graph.cost): LowerBounds {
  const order = new Int32Array(graph.facts).fill(-1)
  let place = 0
  const least = new Float64Array(graph.facts)
  const { start, items } = graph.needs
  const value = (step: number): number => {
    let most = 0
    const end = start[step + 1] ?? 0
    for (let at = start[step] ?? 0; at < end; at += 1) most = Math.max(most, least[items[at] ?? 0] ?? 0)
    return (cost[step] ?? 0) + most
  }
  const settled = settle(graph, cost, value, (fact, step) => {
    least[fact] = value(step)
    order[fact] = place
    place += 1
  })
  return { cost: settled.cost, order }
}

/**
 * For every fact one good derivation and what it costs, each of its steps counted once however often it is used.
 * Where that equals `lowerBounds` it is the cheapest; else a cheaper one may exist (finding it is NP-hard).
 */
export function goodDerivations(graph: Graph, cost: Float64Array = graph.cost): Settled {
  const proofs: (readonly number[])[] = Array.from({ length: graph.facts }, () => [])
  const seen = new Int32Array(graph.steps)
  let round = 0
  const union = (step: number): number[] => {
    round += 1
    const steps: number[] = []
    for (const fact of listOf(graph.needs, step)) {
      for (const one of proofs[fact] ?? []) {
        if (seen[one] === round) continue
        seen[one] = round
        steps.push(one)
      }
    }
    steps.push(step)
    return steps
  }
  const value = (step: number): number => costOf(union(step), cost)
  return settle(graph, cost, value, (fact, step) => void (proofs[fact] = union(step)))
}

/** Sum of the costs of these steps. */
export function costOf(steps: readonly number[], cost: Float64Array): number {
  let sum = 0
  for (const step of steps) sum += cost[step] ?? 0
  return sum
}

/** The derivation of `goal` that `by` chooses: its steps, each after those that give what it needs. */
export function proofOf(graph: Graph, by: ArrayLike<number>, goal: number): number[] {
  const steps: number[] = []
  const seen = new Set<number>()
  const walk = (fact: number): void => {
    if (seen.has(fact)) return
    seen.add(fact)
    const step = by[fact] ?? -1
    if (step < 0) return
    for (const need of listOf(graph.needs, step)) walk(need)
    steps.push(step)
  }
  walk(goal)
  return steps
}
