// The part of a graph that matters to a goal: what no derivation below a limit can use is left out.
import { type Graph, graphOf, listOf } from './graph.ts'
import { heap } from './heap.ts'
import { lowerBounds } from './settle.ts'

export interface Pruned {
  readonly graph: Graph
  readonly goal: number
  /** step of the smaller graph → step of the whole one */
  readonly steps: Int32Array
}

/**
 * Keeps every derivation of `goal` that costs less than `limit`. What a fact costs at least, and what is paid at least on the way from it to
 * the goal, are paid for different steps; so where their sum reaches the limit, the fact is of no use.
 */
export function prune(graph: Graph, goal: number, limit: number, cost: Float64Array = graph.cost): Pruned {
  const { cost: least } = lowerBounds(graph, cost)
  const onward = waysOn(graph, goal, cost)
  const useful = (fact: number) => {
    const sum = (least[fact] ?? Infinity) + (onward[fact] ?? Infinity)
    return sum < limit || (limit === Infinity && sum < Infinity)
  }
  const place = new Int32Array(graph.facts).fill(-1)
  let facts = 0
  for (let fact = 0; fact < graph.facts; fact += 1) {
    if (!useful(fact) && fact !== goal) continue
    place[fact] = facts
    facts += 1
  }
  const kept: number[] = []
  for (let step = 0; step < graph.steps; step += 1) {
    if (cost[step] === Infinity || (place[graph.gives[step] ?? 0] ?? -1) < 0) continue
    if (listOf(graph.needs, step).every((need) => (place[need] ?? -1) >= 0)) kept.push(step)
  }
  const edges = kept.map((step) => ({
    gives: place[graph.gives[step] ?? 0] ?? 0,
    needs: [...listOf(graph.needs, step)].map((need) => place[need] ?? 0),
    cost: cost[step] ?? 0,
  }))
  return { graph: graphOf(facts, edges), goal: place[goal] ?? 0, steps: Int32Array.from(kept) }
}

/** For every fact the least that the steps from it to the goal cost (Dijkstra's algorithm, backwards). */
function waysOn(graph: Graph, goal: number, cost: Float64Array): Float64Array {
  const onward = new Float64Array(graph.facts).fill(Infinity)
  const queue = heap<number>()
  onward[goal] = 0
  queue.push(0, 0, goal)
  while (queue.size > 0) {
    const reached = queue.least()
    const fact = queue.pop() ?? 0
    if (reached > (onward[fact] ?? 0)) continue
    for (const step of listOf(graph.supports, fact)) {
      const sum = reached + (cost[step] ?? Infinity)
      for (const need of listOf(graph.needs, step)) {
        if (sum >= (onward[need] ?? 0)) continue
        onward[need] = sum
        queue.push(sum, 0, need)
      }
    }
  }
  return onward
}
