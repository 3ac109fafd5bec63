// The AND/OR graph: facts (any one of its steps gives a fact) and steps (each needs all of its facts), in typed arrays.

/** Many short lists of numbers in one array: list `i` is `items[start[i]]` to `items[start[i + 1] - 1]`. */
export interface Lists {
  readonly start: Int32Array
  readonly items: Int32Array
}

/** A monotone AND/OR graph (a logical attack graph, Ou et al. 2006). A step that needs nothing is a start. */
export interface Graph {
  readonly facts: number
  readonly steps: number
  /** step → the fact that it gives */
  readonly gives: Int32Array
  /** step → −ln of its probability: 0 is certain, Infinity never happens */
  readonly cost: Float64Array
  /** step → facts that it needs, all of them */
  readonly needs: Lists
  /** fact → steps that give it */
  readonly supports: Lists
  /** fact → steps that need it */
  readonly serves: Lists
}

/** One step as it is put into a graph. */
export interface Edge {
  readonly gives: number
  readonly needs: readonly number[]
  readonly cost: number
}

/** List `index` as a view, not a copy. */
export const listOf = ({ start, items }: Lists, index: number): Int32Array =>
  items.subarray(start[index], start[index + 1])

/** Lists from pairs (list, item), in the order of the pairs. */
export function listsOf(count: number, lists: ArrayLike<number>, items: ArrayLike<number>): Lists {
  const start = new Int32Array(count + 1)
  for (let at = 0; at < lists.length; at += 1) start[(lists[at] ?? 0) + 1]! += 1
  for (let list = 0; list < count; list += 1) start[list + 1]! += start[list] ?? 0
  const next = start.slice(0, count)
  const sorted = new Int32Array(items.length)
  for (let at = 0; at < lists.length; at += 1) {
    const list = lists[at] ?? 0
    const place = next[list] ?? 0
    sorted[place] = items[at] ?? 0
    next[list] = place + 1
  }
  return { start, items: sorted }
}

/** The graph of these steps over facts 0 to `facts` − 1. */
export function graphOf(facts: number, edges: readonly Edge[]): Graph {
  const start = new Int32Array(edges.length + 1)
  const needed: number[] = []
  for (const [step, { needs }] of edges.entries()) {
    for (const fact of needs) needed.push(fact)
    start[step + 1] = needed.length
  }
  const gives = Int32Array.from(edges, (edge) => edge.gives)
  return indexed(
    facts,
    gives,
    { start, items: Int32Array.from(needed) },
    Float64Array.from(edges, (edge) => edge.cost),
  )
}

/** A graph from what its steps give, need and cost: with the lists that lead from facts to steps. */
export function indexed(facts: number, gives: Int32Array, needs: Lists, cost: Float64Array): Graph {
  const steps = gives.length
  const all = new Int32Array(steps)
  const owners = new Int32Array(needs.items.length)
  for (let step = 0; step < steps; step += 1) {
    all[step] = step
    owners.fill(step, needs.start[step], needs.start[step + 1])
  }
  const [supports, serves] = [listsOf(facts, gives, all), listsOf(facts, needs.items, owners)]
  return { facts, steps, gives, cost, needs, supports, serves }
}
