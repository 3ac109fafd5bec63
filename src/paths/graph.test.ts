// The algorithms against plain ones that try everything: small random graphs, rings and shared facts included.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { kBest } from './best.ts'
import { passed, unavoidable } from './choke.ts'
import { cheapestCover } from './cover.ts'
import { type Changes, cheapestCut, costUnder } from './cut.ts'
import { derive } from './derive.ts'
import { type Edge, type Graph, graphOf, listOf, listsOf } from './graph.ts'
import { costOf, goodDerivations, lowerBounds, proofOf } from './settle.ts'

const facts = 7
const goal = facts - 1
const edges = fc.array(
  fc.record({
    gives: fc.integer({ min: 0, max: facts - 1 }),
    needs: fc.uniqueArray(fc.integer({ min: 0, max: facts - 1 }), { maxLength: 3 }),
    cost: fc.integer({ min: 0, max: 6 }),
  }),
  { minLength: 6, maxLength: 14 },
)
const graphs = edges.map((list): Graph =>
  graphOf(facts, [{ gives: 0, needs: [], cost: 0 }, ...list.filter(({ gives, needs }) => !needs.includes(gives))]),
)

/** Which facts follow, by trying every step until nothing is new. */
function naive(graph: Graph, cost: Float64Array = graph.cost): Set<number> {
  const had = new Set<number>()
  for (let grown = true; grown;) {
    grown = false
    for (let step = 0; step < graph.steps; step += 1) {
      const fact = graph.gives[step] ?? 0
      if (had.has(fact) || cost[step] === Infinity || !listOf(graph.needs, step).every((need) => had.has(need)))
        continue
      had.add(fact)
      grown = true
    }
  }
  return had
}

/** Every derivation of the goal: one step for every fact that it needs, without a ring. */
function everyProof(graph: Graph, cost: Float64Array = graph.cost): number[][] {
  const found: number[][] = []
  const walk = (open: readonly number[], chosen: ReadonlyMap<number, number>): void => {
    const [fact, ...rest] = open
    if (fact === undefined) {
      const by = Int32Array.from({ length: graph.facts }, (_, at) => chosen.get(at) ?? -1)
      const steps = proofOf(graph, by, goal)
      const had = new Set<number>()
      const sound = steps.every((step) => {
        const can = listOf(graph.needs, step).every((need) => had.has(need))
        had.add(graph.gives[step] ?? 0)
        return can
      })
      if (sound && had.has(goal)) found.push(steps.toSorted((a, b) => a - b))
      return
    }
    if (chosen.has(fact)) return walk(rest, chosen)
    for (const step of listOf(graph.supports, fact))
      if (cost[step] !== Infinity) walk([...rest, ...listOf(graph.needs, step)], new Map(chosen).set(fact, step))
  }
  walk([goal], new Map())
  return [...new Map(found.map((steps) => [steps.join(' '), steps])).values()]
}

const cheapest = (graph: Graph, cost: Float64Array = graph.cost): number =>
  Math.min(Infinity, ...everyProof(graph, cost).map((steps) => costOf(steps, cost)))

void test('the worklist derives what trying everything derives; following first steps back never goes round', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const { derived, fires, first } = derive(graph)
      const plain = naive(graph)
      assert.deepEqual(new Set([...derived.keys()].filter((fact) => derived[fact] === 1)), plain)
      for (const fact of plain) {
        const had = new Set<number>()
        for (const step of proofOf(graph, first, fact)) {
          assert.ok(listOf(graph.needs, step).every((need) => had.has(need)))
          had.add(graph.gives[step] ?? 0)
        }
        assert.ok(had.has(fact))
      }
      for (let step = 0; step < graph.steps; step += 1)
        assert.equal(
          fires[step] === 1,
          listOf(graph.needs, step).every((need) => plain.has(need)),
        )
    }),
    { numRuns: 1_000 },
  )
})

void test('k best derivations are the k cheapest of all, none twice', () => {
  fc.assert(
    fc.property(graphs, fc.integer({ min: 1, max: 6 }), (graph, k) => {
      const all = everyProof(graph)
        .map((steps) => costOf(steps, graph.cost))
        .toSorted((a, b) => a - b)
      const { proofs, exact, bound } = kBest(graph, { goal, k })
      assert.ok(exact)
      assert.deepEqual(
        proofs.map(({ cost }) => cost),
        all.slice(0, k),
      )
      assert.equal(new Set(proofs.map(({ steps }) => steps.toSorted((a, b) => a - b).join(' '))).size, proofs.length)
      assert.ok(bound <= (all[k] ?? Infinity))
      for (const { steps, cost } of proofs) assert.equal(costOf(steps, graph.cost), cost)
    }),
    { numRuns: 1_000 },
  )
})

void test('a search that is cut off says so, and its bound and its paths hold', () => {
  fc.assert(
    fc.property(graphs, fc.integer({ min: 1, max: 8 }), (graph, budget) => {
      const all = everyProof(graph)
        .map((steps) => costOf(steps, graph.cost))
        .toSorted((a, b) => a - b)
      const { proofs, exact, bound } = kBest(graph, { goal, k: 3, budget })
      if (exact)
        assert.deepEqual(
          proofs.map(({ cost }) => cost),
          all.slice(0, 3),
        )
      for (const [at, { steps, cost }] of proofs.entries()) {
        assert.equal(costOf(steps, graph.cost), cost)
        assert.ok(cost >= (all[at] ?? Infinity))
      }
      for (const cost of all.filter((one) => !proofs.some((proof) => proof.cost === one)))
        assert.ok(exact || cost >= bound - 1e-9)
    }),
    { numRuns: 1_000 },
  )
})

void test('of steps that exclude each other a path uses one', () => {
  const graph = graphOf(4, [
    { gives: 0, needs: [], cost: 0 },
    { gives: 1, needs: [], cost: 0 },
    { gives: 2, needs: [0, 1], cost: 1 },
    { gives: 3, needs: [2], cost: 0 },
    { gives: 3, needs: [1], cost: 5 },
  ])
  const cost = (exclusive: Set<number>) => kBest(graph, { goal: 3, k: 1, exclusive }).proofs[0]?.cost
  assert.equal(cost(new Set()), 1)
  assert.equal(cost(new Set([0, 1])), 5)
})

void test('lower bounds are below, good derivations are derivations', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const best = cheapest(graph)
      const good = goodDerivations(graph)
      assert.ok((lowerBounds(graph).cost[goal] ?? 0) <= best)
      assert.ok((good.cost[goal] ?? 0) >= best)
      assert.equal(good.cost[goal] === Infinity, best === Infinity)
      if (best < Infinity) assert.equal(costOf(proofOf(graph, good.by, goal), graph.cost), good.cost[goal])
    }),
    { numRuns: 1_000 },
  )
})

void test('unavoidable facts are those on every derivation; the best way round a part is the cheapest without it', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const all = everyProof(graph)
      const [proof] = kBest(graph, { goal, k: 1 }).proofs
      if (!proof) return
      const factsOf = (steps: readonly number[]) => new Set(steps.map((step) => graph.gives[step] ?? 0))
      const every = [...factsOf(proof.steps)].filter((fact) => all.every((steps) => factsOf(steps).has(fact)))
      assert.deepEqual(new Set(unavoidable(graph, goal, proof)), new Set(every))
      for (const { name: step, otherwise } of passed(
        graph,
        goal,
        proof.steps.map((name) => ({ name, steps: [name] })),
      )) {
        const round = all.filter((steps) => !steps.includes(step)).map((steps) => costOf(steps, graph.cost))
        assert.equal(otherwise, Math.min(Infinity, ...round))
      }
    }),
    { numRuns: 500 },
  )
})

void test('the cheapest cover is the cheapest of all subsets', () => {
  const sets = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 4 }), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(sets, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 8, maxLength: 8 }), (list, prices) => {
      let best = Infinity
      for (let mask = 0; mask < 256; mask += 1) {
        if (!list.every((set) => set.some((item) => (mask >> item) & 1))) continue
        best = Math.min(
          best,
          prices.reduce((sum, price, item) => sum + ((mask >> item) & 1 ? price : 0), 0),
        )
      }
      const cover = cheapestCover(list, prices)
      assert.equal(cover.price, best)
      assert.equal(cover.bound, best)
      assert.ok(list.every((set) => set.some((item) => cover.items.includes(item))))
      const cutOff = cheapestCover(list, prices, 1)
      assert.ok(cutOff.price >= best && cutOff.bound <= best)
    }),
    { numRuns: 500 },
  )
})

const changed = fc.record({
  prices: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 5, maxLength: 5 }),
  touches: fc.array(
    fc.record({
      step: fc.integer({ min: 0, max: 12 }),
      change: fc.integer({ min: 0, max: 4 }),
      adds: fc.constantFrom(1, 3, Infinity),
    }),
    { minLength: 8, maxLength: 24 },
  ),
  below: fc.constantFrom(3, 6, 9, Infinity),
})

void test('the cheapest cut is the cheapest of all choices of changes, partial ones included', () => {
  let cuts = 0
  fc.assert(
    fc.property(graphs, changed, (graph, { prices, touches, below }) => {
      const used = touches.filter(({ step }) => step > 0 && step < graph.steps)
      const changes: Changes = {
        prices,
        of: listsOf(
          graph.steps,
          used.map(({ step }) => step),
          used.map((_, at) => at),
        ),
        change: Int32Array.from(used, ({ change }) => change),
        adds: Float64Array.from(used, ({ adds }) => adds),
      }
      let best = Infinity
      for (let mask = 0; mask < 32; mask += 1) {
        const chosen = prices.flatMap((_, change) => ((mask >> change) & 1 ? [change] : []))
        if (cheapest(graph, costUnder(graph, changes, chosen)) < below) continue
        best = Math.min(
          best,
          chosen.reduce((sum, change) => sum + (prices[change] ?? 0), 0),
        )
      }
      const cut = cheapestCut(graph, changes, { goal, below })
      assert.equal(cut.possible, best < Infinity)
      if (!cut.possible) return
      if (best > 0) cuts += 1
      assert.equal(cut.price, best)
      assert.equal(cut.bound, best)
      assert.ok(cut.sure)
      assert.ok(cheapest(graph, costUnder(graph, changes, cut.changes)) >= below)
    }),
    { numRuns: 1_500 },
  )
  assert.ok(cuts > 50, `only ${cuts} real cuts were tried`)
})

void test('fully connected hosts are all derived', () => {
  const hosts = 300
  const list: Edge[] = [{ gives: 0, needs: [], cost: 0 }]
  for (let from = 0; from < hosts; from += 1) {
    list.push({ gives: from, needs: [hosts + from], cost: 1 })
    for (let to = 0; to < hosts; to += 1) if (to !== from) list.push({ gives: hosts + to, needs: [from], cost: 0 })
  }
  const { derived } = derive(graphOf(2 * hosts, list))
  assert.ok(derived.every((one, fact) => one === 1 || fact === hosts))
})
