// Places: nothing overlaps, everything lies in its zone, and an edit moves little.
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { touch } from './boxes.ts'
import { type Graphviz, loadGraphviz, pathOf, placesOf } from './graphviz.ts'
import { type Kept, layOut, type Layout } from './layout.ts'
import { direct } from './route.ts'
import { type Box, box, type Scope } from './types.ts'

const graphviz = await loadGraphviz()
/** Graphviz that gives up on every graph. */
const broken: Graphviz = () => undefined

interface Sketch {
  /** The parent of each zone: an earlier zone, or none. */
  readonly parents: readonly number[]
  readonly zones: readonly number[]
  readonly links: readonly (readonly [number, number])[]
}
const zoneId = (at: number): string => `zone ${at}`
const nodeId = (at: number): string => `asset "${at}"`

function scopeFrom({ parents, zones, links }: Sketch): Scope {
  const depth = (at: number): number => ((parents[at] ?? at) < at ? 1 + depth(parents[at] ?? 0) : 0)
  return {
    zones: parents.map((parent, at) => ({
      id: zoneId(at),
      title: `Zone ${at}`,
      trust: 50,
      depth: depth(at),
      ...(parent < at ? { parent: zoneId(parent) } : {}),
    })),
    nodes: zones.map((zone, at) => ({
      id: nodeId(at),
      title: `Asset ${at}`,
      text: 'nginx',
      kind: 'nginx',
      zone: zone < parents.length ? zoneId(zone) : '',
      criticality: 'low',
      internetFacing: false,
      group: false,
      assets: [nodeId(at)],
    })),
    links: links.flatMap(([from, to]) => {
      const [a, b] = [from % Math.max(1, zones.length), to % Math.max(1, zones.length)]
      const [id, ends] = [`${a} → ${b}`, { from: nodeId(a), to: nodeId(b) }]
      return a === b
        ? []
        : [{ id, ...ends, flows: [id], label: '', crosses: true, encrypted: true, authenticated: true }]
    }),
    hidden: { assets: 0, flows: 0, inside: 0 },
  }
}
const sketches = (mostNodes: number): fc.Arbitrary<Sketch> =>
  fc.record({
    parents: fc.array(fc.nat(6), { maxLength: 7 }),
    zones: fc.array(fc.nat(7), { minLength: 1, maxLength: mostNodes }),
    links: fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { maxLength: 30 }),
  })

const keptOf = (scope: Scope, { nodes, zones }: Layout): Kept => {
  const corner = (at: Box | undefined) => ({ x: at?.x ?? 0, y: at?.y ?? 0 })
  return {
    nodes: new Map(scope.nodes.map(({ id, zone }) => [id, { ...corner(nodes.get(id)), in: zone }])),
    zones: new Map(scope.zones.map(({ id, parent = '' }) => [id, { ...corner(zones.get(id)), in: parent }])),
  }
}
const within = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01

/** Boxes and zones side by side do not touch, each lies in its zone, and all in the drawing. */
function assertSound(scope: Scope, layout: Layout): void {
  const items = [
    ...scope.zones.map(({ id, parent = '' }) => ({ id, zone: parent, at: layout.zones.get(id) })),
    ...scope.nodes.map(({ id, zone }) => ({ id, zone, at: layout.nodes.get(id) })),
  ]
  for (const [number, { id, zone, at }] of items.entries()) {
    assert.ok(at && [at.x, at.y, at.width, at.height].every(Number.isFinite), id)
    assert.ok(
      within(at, layout.zones.get(zone) ?? { x: -0.01, y: -0.01, width: layout.width, height: layout.height }),
      id,
    )
    for (const other of items.slice(number + 1))
      assert.ok(other.zone !== zone || !other.at || !touch(at, other.at), `${id} on ${other.id}`)
  }
  assert.equal(layout.paths.length, scope.links.length)
  for (const path of layout.paths) assert.match(path, /^M-?[\d.]+ -?[\d.]+( C[-\d. ]+)+$/)
}

test('nothing overlaps and everything lies in its zone, with Graphviz and without', () =>
  fc.assert(
    fc.property(sketches(30), fc.boolean(), (sketch, works) => {
      const scope = scopeFrom(sketch)
      assertSound(scope, layOut(scope, works ? graphviz : broken))
    }),
    { numRuns: 40 },
  ))

test('a new asset moves nothing sideways and nothing further down than its own row', () =>
  fc.assert(
    fc.property(sketches(25), fc.nat(7), fc.array(fc.nat(99), { maxLength: 3 }), (sketch, zone, ends) => {
      const before = scopeFrom(sketch)
      const drawn = layOut(before, graphviz)
      const at = sketch.zones.length
      const links = [...sketch.links, ...ends.map((end): [number, number] => [end % at, at])]
      const after = scopeFrom({ ...sketch, zones: [...sketch.zones, zone], links: [] })
      const grown = layOut(
        { ...after, links: scopeFrom({ ...sketch, zones: [...sketch.zones, zone], links }).links },
        graphviz,
        keptOf(before, drawn),
      )
      assertSound(after, { ...grown, paths: [] })
      for (const [id, was] of drawn.nodes) {
        const now = grown.nodes.get(id)
        assert.equal(now?.x, was.x)
        const down = now.y - was.y
        assert.ok(down >= 0 && down <= box.height + 3 * 24, `${id} went down ${down}`)
      }
    }),
    { numRuns: 60 },
  ))

test('the same drawing again, or one without an asset, moves nothing', () =>
  fc.assert(
    fc.property(sketches(25), fc.nat(24), (sketch, gone) => {
      const before = scopeFrom(sketch)
      const drawn = layOut(before, graphviz)
      const kept = keptOf(before, drawn)
      assert.deepEqual(layOut(before, graphviz, kept).nodes, drawn.nodes)
      const after = { ...before, links: [], nodes: before.nodes.filter((_, at) => at !== gone) }
      for (const [id, now] of layOut(after, graphviz, kept).nodes) assert.deepEqual(now, drawn.nodes.get(id))
    }),
    { numRuns: 40 },
  ))

test('many edits one after another leave a sound drawing', () => {
  let sketch: Sketch = { parents: [0, 0, 2], zones: [0, 1, 2], links: [[0, 1]] }
  let scope = scopeFrom(sketch)
  let layout = layOut(scope, graphviz)
  for (let edit = 0; edit < 40; edit += 1) {
    sketch = {
      ...sketch,
      parents: edit === 20 ? [...sketch.parents, 1, 4] : sketch.parents,
      zones: [...sketch.zones, edit % 5],
    }
    const next = scopeFrom(sketch)
    layout = layOut(next, graphviz, keptOf(scope, layout))
    scope = next
    assertSound(scope, layout)
  }
})

test('an asset that has changed its zone is placed anew, and one without a place beside its neighbours', () => {
  const before = scopeFrom({ parents: [0, 1], zones: [0, 0, 0, 1], links: [] })
  const kept = keptOf(before, layOut(before, graphviz))
  const after = scopeFrom({ parents: [0, 1], zones: [0, 0, 1, 1], links: [] })
  const layout = layOut(after, graphviz, kept)
  assertSound(after, layout)
  assert.notDeepEqual(layout.nodes.get(nodeId(2)), kept.nodes.get(nodeId(2)))
})

test("a line's curve begins and ends at the sides that face each other", () => {
  const at = (x: number, y: number): Box => ({ x, y, ...box })
  assert.equal(direct(at(0, 0), at(400, 0)), 'M184 26 C292 26 292 26 400 26')
  assert.equal(direct(at(0, 0), at(0, 200)), 'M92 52 C92 126 92 126 92 200')
})
test('lines around boxes begin and end at their boxes', () => {
  const scope = scopeFrom({
    parents: [0, 1, 2],
    zones: [0, 1, 2, 2],
    links: [
      [0, 1],
      [1, 2],
      [0, 3],
    ],
  })
  const { nodes, paths } = layOut(scope, graphviz)
  for (const [at, { from, to }] of scope.links.entries()) {
    const numbers = [...(paths[at] ?? '').matchAll(/-?[\d.]+/g)].map(Number)
    const ends = [
      [numbers.slice(0, 2), nodes.get(from)],
      [numbers.slice(-2), nodes.get(to)],
    ] as const
    for (const [[x = 0, y = 0], end] of ends) assert.ok(end && touch({ x, y, width: 0, height: 0 }, end, 2), paths[at])
  }
})

test('a spline becomes a path with y downwards', () => {
  assert.equal(pathOf('0,0 10,0 20,10 30,10'), 'M0 0 C10 0 20 -10 30 -10')
  assert.equal(pathOf('5,5 1,1'), '')
})
test('no answer of Graphviz makes the reader throw', () =>
  fc.assert(fc.property(fc.anything(), (answer) => assert.ok(placesOf(answer)))))
