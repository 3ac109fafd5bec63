// Forward derivation: which facts follow, by a worklist that touches every step once (Dowling and Gallier 1984).
import type { Graph } from './graph.ts'

export interface Derivation {
  /** fact → 1 when it follows */
  readonly derived: Uint8Array
  /** step → 1 when all that it needs follows: the provenance; every fact keeps all its steps */
  readonly fires: Uint8Array
  /** fact → the step that gave it first, −1 when it does not follow; following these steps backwards never goes in a ring */
  readonly first: Int32Array
}

/** Derives everything that follows. Steps with infinite cost never fire. Linear in the size of the graph. */
export function derive(graph: Graph, cost: Float64Array = graph.cost): Derivation {
  const derived = new Uint8Array(graph.facts)
  const fires = new Uint8Array(graph.steps)
  const first = new Int32Array(graph.facts).fill(-1)
  const missing = missingOf(graph)
  const queue: number[] = []
  const fire = (step: number): void => {
    if (missing[step] !== 0 || cost[step] === Infinity) return
    fires[step] = 1
    const fact = graph.gives[step] ?? 0
    if (derived[fact] === 1) return
    derived[fact] = 1
    first[fact] = step
    queue.push(fact)
  }
  for (let step = 0; step < graph.steps; step += 1) fire(step)
  const { start, items } = graph.serves
  for (let head = 0; head < queue.length; head += 1) {
    const fact = queue[head] ?? 0
    const end = start[fact + 1] ?? 0
    for (let at = start[fact] ?? 0; at < end; at += 1) {
      const step = items[at] ?? 0
      missing[step]! -= 1
      fire(step)
    }
  }
  return { derived, fires, first }
}

/** step → how many facts it needs. */
function missingOf({ steps, needs: { start } }: Graph): Int32Array {
  const missing = new Int32Array(steps)
  for (let step = 0; step < steps; step += 1) missing[step] = (start[step + 1] ?? 0) - (start[step] ?? 0)
  return missing
}
