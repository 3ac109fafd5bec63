// The cheapest changes after which no path is likelier than wanted: implicit hitting sets over paths found one after the other.
import { kBest, type Proof } from './best.ts'
import { cheapestCover } from './cover.ts'
import { type Graph, listOf, type Lists, listsOf } from './graph.ts'
import { prune } from './prune.ts'
import { costOf, goodDerivations, proofOf } from './settle.ts'

/** Changes that can be made, and what each adds to the cost of steps (Infinity: the step can no longer be taken). */
export interface Changes {
  /** change → its price */
  readonly prices: readonly number[]
  /** step → indices into `change` and `adds`; one entry for every change that makes the step dearer */
  readonly of: Lists
  readonly change: Int32Array
  readonly adds: Float64Array
}

export type Cut =
  | {
      readonly possible: true
      /** The changes to make; none when no path is likelier than wanted already. */
      readonly changes: readonly number[]
      readonly price: number
      /** No choice of changes that does it is cheaper than this; equals `price` when that is proved. */
      readonly bound: number
      /** Paths that were needed to know. */
      readonly paths: number
      /** Whether it is sure that no path likelier than wanted is left: false when the search for one was cut off. */
      readonly sure: boolean
    }
  /** A path that stays likelier than wanted whatever is changed. */
  | { readonly possible: false; readonly proof: Proof }

export interface Wanted {
  readonly goal: number
  /** Paths that cost less than this must go: −ln of the probability wanted; Infinity for all paths. */
  readonly below: number
  /** Paths looked at before the search is cut off and the gap reported. */
  readonly paths?: number
  /** Branches looked at in one search for the cheapest set of changes. */
  readonly branches?: number
}

/**
 * Exact unless cut off. A path that is still cheap under the changes X must, in every valid choice, meet a change that touches it and is
 * not in X; so the cheapest set meeting all such demands is a lower bound, and the answer once it leaves no cheap path (Davies and Bacchus 2011).
 */
export function cheapestCut(whole: Graph, changes: Changes, wanted: Wanted): Cut {
  const { paths = 150, branches = 20_000 } = wanted
  const { graph, goal, steps } = prune(whole, wanted.goal, wanted.below)
  const at: At = { graph, goal, below: wanted.below, changes: onSteps(changes, steps) }
  const outward = (proof: Proof): Proof => ({ ...proof, steps: proof.steps.map((step) => steps[step] ?? 0) })
  const everything = changes.prices.map((_, change) => change)
  const last = surelyCheap(at, everything).proof
  if (last) return { possible: false, proof: outward(last) }
  const demands: number[][] = []
  let [chosen, bound, upper]: [readonly number[], number, readonly number[]] = [[], 0, everything]
  while (demands.length < paths) {
    const { proof, sure } = surelyCheap(at, chosen)
    if (!proof)
      return { possible: true, changes: chosen, price: priceOf(chosen, changes), bound, paths: demands.length, sure }
    const more = demandsFrom(at, chosen, proof)
    if (more.stuck) return { possible: false, proof: outward(more.stuck) }
    demands.push(...more.demands)
    if (priceOf(more.enough, changes) < priceOf(upper, changes)) upper = more.enough
    const cover = cheapestCover(demands, changes.prices, branches)
    ;[chosen, bound] = [cover.items, Math.max(bound, cover.bound)]
  }
  const { changes: kept, sure } = thinned(at, upper)
  return { possible: true, changes: kept, price: priceOf(kept, changes), bound, paths: demands.length, sure }
}

interface At {
  readonly graph: Graph
  readonly goal: number
  readonly below: number
  readonly changes: Changes
}

const priceOf = (chosen: readonly number[], { prices }: Changes): number => {
  let sum = 0
  for (const change of chosen) sum += prices[change] ?? 0
  return sum
}

/** The same changes for a part of the steps. */
function onSteps(changes: Changes, steps: Int32Array): Changes {
  const [lists, items]: [number[], number[]] = [[], []]
  for (const [place, step] of steps.entries()) {
    for (const entry of listOf(changes.of, step)) {
      lists.push(place)
      items.push(entry)
    }
  }
  return { ...changes, of: listsOf(steps.length, lists, items) }
}

/** The costs of all steps once these changes are made. */
export function costUnder(graph: Graph, changes: Changes, chosen: readonly number[]): Float64Array {
  const made = new Set(chosen)
  const cost = graph.cost.slice()
  for (let step = 0; step < graph.steps; step += 1) {
    for (const entry of listOf(changes.of, step)) {
      if (made.has(changes.change[entry] ?? -1)) cost[step]! += changes.adds[entry] ?? 0
    }
  }
  return cost
}

/** A path cheaper than wanted, if a quick look finds one. */
function quicklyCheap({ graph, goal, below }: At, cost: Float64Array): Proof | undefined {
  const { by } = goodDerivations(graph, cost)
  if (by[goal] === -1) return undefined
  const steps = proofOf(graph, by, goal)
  const sum = costOf(steps, cost)
  return sum < below ? { steps, cost: sum } : undefined
}

/** A path cheaper than wanted, if there is one. `sure` says that none was overlooked. */
function surelyCheap(at: At, chosen: readonly number[]): { proof?: Proof; sure: boolean } {
  const { graph, goal, below, changes } = at
  const cost = costUnder(graph, changes, chosen)
  const quick = quicklyCheap(at, cost)
  if (quick) return { proof: quick, sure: true }
  const { proofs, exact } = kBest(graph, { goal, k: 1, cost, limit: below })
  const [proof] = proofs
  return proof && proof.cost < below ? { proof, sure: true } : { sure: exact }
}

const touching = (changes: Changes, steps: readonly number[]): Set<number> =>
  new Set(steps.flatMap((step) => [...listOf(changes.of, step)].map((entry) => changes.change[entry] ?? -1)))

interface Demands {
  readonly demands: readonly number[][]
  /** `chosen` and what was added: no quick look finds a path that is left */
  readonly enough: readonly number[]
  readonly stuck?: Proof
}

/**
 * Demands of several paths at once: each path is answered with its cheapest change, then the next is looked for. What is demanded of a path
 * found under the changes made so far is a change that touches it and is not among those.
 */
function demandsFrom(at: At, chosen: readonly number[], first: Proof): Demands {
  const { graph, changes } = at
  const demands: number[][] = []
  const made = [...chosen]
  for (let proof: Proof | undefined = first; proof; proof = quicklyCheap(at, costUnder(graph, changes, made))) {
    const demand = [...touching(changes, proof.steps)].filter((change) => !made.includes(change))
    const [next] = demand.toSorted((a, b) => (changes.prices[a] ?? 0) - (changes.prices[b] ?? 0))
    if (next === undefined) return { demands, enough: made, stuck: proof }
    demands.push(demand)
    made.push(next)
  }
  return { demands, enough: surelyCheap(at, made).proof ? changes.prices.map((_, change) => change) : made }
}

/** Leaves out what is not needed, the dearest first, as far as quick looks tell; all is kept when a thorough one objects. */
function thinned(at: At, enough: readonly number[]): { changes: readonly number[]; sure: boolean } {
  const { graph, changes } = at
  const price = (change: number) => changes.prices[change] ?? 0
  let kept = enough
  for (const change of enough.toSorted((a, b) => price(b) - price(a))) {
    const without = kept.filter((other) => other !== change)
    if (!quicklyCheap(at, costUnder(graph, changes, without))) kept = without
  }
  const last = surelyCheap(at, kept)
  return last.proof ? { changes: enough, sure: surelyCheap(at, enough).sure } : { changes: kept, sure: last.sure }
}
