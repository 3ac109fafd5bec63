// The k likeliest derivations of a goal: best-first search over partial derivations, each step counted once.
import { type Graph, listOf } from './graph.ts'
import { heap } from './heap.ts'
import { costOf, goodDerivations, lowerBounds, proofOf } from './settle.ts'

/** A derivation: for every fact that it needs one step, in an order in which they can be taken. */
export interface Proof {
  readonly steps: readonly number[]
  /** −ln of its probability */
  readonly cost: number
}

export interface Best {
  /** Cheapest first. */
  readonly proofs: readonly Proof[]
  /** No derivation that is not listed costs less than this; of those that `same` calls equal, the cheapest is listed. */
  readonly bound: number
  /** Whether these are surely the k cheapest: false when the search was cut off at its budget. */
  readonly exact: boolean
}

export interface Search {
  readonly goal: number
  readonly k: number
  readonly cost?: Float64Array
  /** Derivations dearer than this are not looked for. */
  readonly limit?: number
  /** Partial derivations looked at before the search is cut off. */
  readonly budget?: number
  /** Steps of which a derivation may hold one at most: different places to start from. */
  readonly exclusive?: ReadonlySet<number>
  /** Derivations with the same text are one: only the cheapest of them is listed. */
  readonly same?: (steps: readonly number[]) => string
}

/** A partial derivation: the steps chosen so far, and the facts that still want one. */
interface Partial {
  readonly parent: Partial | undefined
  readonly fact: number
  readonly step: number
  readonly spent: number
  readonly depth: number
  readonly open: readonly number[]
  /** open facts that wait until a step chosen later needs them too */
  readonly waiting: readonly number[]
}

/**
 * Facts get their steps from the goal backwards, each only after all facts that are derived from it: so what is open never rests on what is
 * chosen, no ring can arise, and what was spent plus the highest lower bound of an open fact never exceeds the true cost (A*). Whether a fact's
 * turn has come is itself a choice (it gets a step now, or waits for somebody to need it); so every derivation is reached in exactly one way.
 */
export function kBest(graph: Graph, search: Search): Best {
  const { goal, k, cost = graph.cost, limit = Infinity, budget = 6_000, exclusive = none } = search
  const { cost: least, order } = lowerBounds(graph, cost)
  const at: At = { graph, cost, least, order, exclusive, ahead: lookAhead(graph) }
  const queue = heap<Partial>()
  const found = new Map<string, Proof>()
  const wanted = (): boolean => found.size < k && queue.least() <= limit && queue.size > 0
  queue.push(least[goal] ?? Infinity, 0, { ...nothing, open: [goal] })
  for (let looked = 0; wanted(); looked += 1) {
    const bound = queue.least()
    if (looked === budget) return { proofs: filledUp(at, search, found, queue.all()), bound, exact: false }
    const partial = queue.pop() ?? nothing
    if (partial.open.length === 0) keep(found, finished(graph, partial, goal), search.same)
    else expand(at, partial, (next, sum) => queue.push(Math.max(bound, sum), next.waiting.length - next.depth, next))
  }
  return { proofs: [...found.values()], bound: queue.least(), exact: true }
}

/** What was found before the search was cut off, and good guesses: partial derivations, the furthest first, with good choices for the rest. */
function filledUp(at: At, search: Search, found: Map<string, Proof>, left: readonly Partial[]): Proof[] {
  const { goal, k, limit, same } = search
  const { by } = goodDerivations(at.graph, at.cost)
  const furthest = left.toSorted((a, b) => b.depth - a.depth).slice(0, 20 * k)
  for (const choice of [by, ...furthest.map((one) => completed(one, by))]) {
    if (found.size < k) keep(found, checked(at, choice, goal), same, limit)
  }
  return [...found.values()].toSorted((a, b) => a.cost - b.cost)
}

const nothing: Partial = { parent: undefined, fact: -1, step: -1, spent: 0, depth: 0, open: [], waiting: [] }
const none: ReadonlySet<number> = new Set()
const everyStep = (steps: readonly number[]): string => steps.toSorted((a, b) => a - b).join(' ')

interface At {
  readonly graph: Graph
  readonly cost: Float64Array
  readonly least: Float64Array
  readonly order: Int32Array
  readonly exclusive: ReadonlySet<number>
  readonly ahead: (fact: number, others: readonly number[]) => boolean
}

function expand(at: At, partial: Partial, push: (next: Partial, bound: number) => void): void {
  const { graph, cost, least } = at
  const { open, waiting, spent, depth } = partial
  const fact = nextFact(at, partial)
  if (fact < 0) return
  const rest = open.filter((other) => other !== fact)
  if (at.ahead(fact, rest)) push({ ...partial, waiting: [...waiting, fact] }, spent + highest(least, open))
  const may = allowed(at, choices(partial))
  for (const step of listOf(graph.supports, fact)) {
    const needs = listOf(graph.needs, step)
    if (!may(step, needs) || needs.includes(fact)) continue
    const paid = spent + (cost[step] ?? Infinity)
    const wanted = [...rest, ...needs.filter((need) => !rest.includes(need))]
    const still = waiting.filter((one) => !needs.includes(one))
    push(
      { parent: partial, fact, step, spent: paid, depth: depth + 1, open: wanted, waiting: still },
      paid + highest(least, wanted),
    )
  }
}

/** The open fact whose turn it is: what settles last is least likely to be needed by the others. −1 when all wait. */
function nextFact({ order }: At, { open, waiting }: Partial): number {
  let next = -1
  for (const fact of open) {
    if (waiting.includes(fact)) continue
    if (next < 0 || (order[fact] ?? 0) > (order[next] ?? 0)) next = fact
  }
  return next
}

/** Which steps may still be chosen: possible ones, that need nothing that has its step already, from the one start. */
function allowed({ cost, least, exclusive }: At, chosen: ReadonlyMap<number, number>) {
  const started = exclusive.size > 0 && [...chosen.values()].some((step) => exclusive.has(step))
  return (step: number, needs: Int32Array): boolean =>
    cost[step] !== Infinity &&
    !(started && exclusive.has(step)) &&
    !needs.some((need) => chosen.has(need) || least[need] === Infinity)
}

function highest(least: Float64Array, facts: readonly number[]): number {
  let most = 0
  for (const fact of facts) most = Math.max(most, least[fact] ?? Infinity)
  return most
}

/** Whether any of the others could be derived from a fact: sure when no, a guess when very much follows from it. */
function lookAhead(graph: Graph): At['ahead'] {
  const known = new Map<number, ReadonlySet<number> | 'much'>()
  const follow = (fact: number): ReadonlySet<number> | 'much' => {
    const seen = new Set<number>()
    const stack = [fact]
    for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
      for (const step of listOf(graph.serves, one)) {
        const next = graph.gives[step] ?? 0
        if (seen.has(next)) continue
        seen.add(next)
        stack.push(next)
        if (seen.size > 64) return 'much'
      }
    }
    return seen
  }
  return (fact, others) => {
    if (others.length === 0) return false
    let ahead = known.get(fact)
    if (ahead === undefined) known.set(fact, (ahead = follow(fact)))
    return ahead === 'much' || others.some((other) => ahead.has(other))
  }
}

function choices(partial: Partial): Map<number, number> {
  const chosen = new Map<number, number>()
  for (let at: Partial | undefined = partial; at?.parent; at = at.parent)
    if (!chosen.has(at.fact)) chosen.set(at.fact, at.step)
  return chosen
}

const finished = (graph: Graph, partial: Partial, goal: number): Proof => ({
  steps: proofOf(graph, mapArray(graph.facts, choices(partial)), goal),
  cost: partial.spent,
})

function keep(found: Map<string, Proof>, proof: Proof | undefined, same = everyStep, limit = Infinity): void {
  if (!proof || proof.cost > limit) return
  const key = same(proof.steps)
  if (!found.has(key)) found.set(key, proof)
}

const mapArray = (facts: number, chosen: ReadonlyMap<number, number>): Int32Array => {
  const by = new Int32Array(facts).fill(-1)
  for (const [fact, step] of chosen) by[fact] = step
  return by
}

/** The choices of a partial derivation, and good ones for the rest. */
function completed(partial: Partial, good: Int32Array): Int32Array {
  const by = good.slice()
  for (const [fact, step] of choices(partial)) by[fact] = step
  return by
}

/** The derivation that `by` chooses, if it is one: two sets of choices put together may go in a ring. */
function checked({ graph, cost, exclusive }: At, by: Int32Array, goal: number): Proof | undefined {
  const steps = proofOf(graph, by, goal)
  if (steps.filter((step) => exclusive.has(step)).length > 1) return undefined
  const had = new Set<number>()
  for (const step of steps) {
    if (listOf(graph.needs, step).some((need) => !had.has(need))) return undefined
    had.add(graph.gives[step] ?? 0)
  }
  return had.has(goal) ? { steps, cost: costOf(steps, cost) } : undefined
}
