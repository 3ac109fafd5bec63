// What every path to a goal passes (the dominators of an AND/OR graph), and how likely the best way round each part of a path is.
import { kBest, type Proof } from './best.ts'
import { derive } from './derive.ts'
import type { Graph } from './graph.ts'

/** Something that can be taken away: a few steps at once. */
export interface Part<Name> {
  readonly name: Name
  readonly steps: readonly number[]
}

export interface Passed<Name> {
  readonly name: Name
  /** −ln of the probability of the likeliest path without it; Infinity: every path passes it */
  readonly otherwise: number
}

/**
 * For each part of one derivation the cost of the best derivation without it. What every derivation passes is on this one too, so asking for
 * the parts of one derivation finds all dominators: exact, and linear for each part.
 */
export function passed<Name>(graph: Graph, goal: number, parts: readonly Part<Name>[]): Passed<Name>[] {
  return parts.map(({ name, steps }) => {
    const cost = withoutSteps(graph, steps)
    if (derive(graph, cost).derived[goal] !== 1) return { name, otherwise: Infinity }
    const [proof] = kBest(graph, { goal, k: 1, cost, budget: 2_000 }).proofs
    return { name, otherwise: proof?.cost ?? Infinity }
  })
}

/** The costs when none of these steps can be taken. */
export function withoutSteps(graph: Graph, steps: Iterable<number>): Float64Array {
  const cost = graph.cost.slice()
  for (const step of steps) cost[step] = Infinity
  return cost
}

/** The facts of a derivation that every derivation of the goal needs, in its order. */
export function unavoidable(graph: Graph, goal: number, proof: Proof): number[] {
  const facts = proof.steps.map((step) => graph.gives[step] ?? 0)
  return facts.filter((fact) => {
    const { start, items } = graph.supports
    const steps = items.subarray(start[fact], start[fact + 1])
    return derive(graph, withoutSteps(graph, steps)).derived[goal] !== 1
  })
}
