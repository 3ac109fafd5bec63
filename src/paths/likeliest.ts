// The likeliest paths of a scene: one place to start from for each path.
import { type Best, kBest, type Proof, type Search } from './best.ts'
import type { Scene } from './scene.ts'

/** So many places to start from are looked at one by one; of more, paths that use two are left out while searching. */
const oneByOne = 40

/** The k best derivations of a goal in a scene, each from a single start. */
export function likeliest({ graph, starts }: Scene, search: Search): Best {
  if (starts.size <= 1) return kBest(graph, search)
  if (starts.size > oneByOne) return kBest(graph, { ...search, exclusive: new Set(starts.keys()) })
  const { cost = graph.cost, k } = search
  let proofs: readonly Proof[] = []
  let [bound, exact] = [Infinity, true]
  for (const start of starts.keys()) {
    const only = cost.slice()
    for (const other of starts.keys()) if (other !== start) only[other] = Infinity
    const worst = proofs.length < k ? (search.limit ?? Infinity) : (proofs.at(-1)?.cost ?? Infinity)
    const found = kBest(graph, { ...search, cost: only, limit: worst })
    bound = Math.min(bound, found.bound)
    exact &&= found.exact
    proofs = distinct([...proofs, ...found.proofs], search).slice(0, k)
  }
  return { proofs, bound, exact }
}

function distinct(proofs: readonly Proof[], { same }: Search): Proof[] {
  const sorted = proofs.toSorted((a, b) => a.cost - b.cost)
  if (!same) return sorted
  const seen = new Set<string>()
  return sorted.filter(({ steps }) => {
    const key = same(steps)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
