// The estate's graph and its layout.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import type { Asset, Estate, Flow, Zone } from '../../client/nouns.ts'
import { dotOf, graphOf, plansOf } from './graph.ts'
import { bestOf, layoutOf, pathOf, type Layout } from './layout.ts'

const at = { file: 'model.yaml', line: 1 }
const zone = (id: string, parent?: string): Zone => ({
  id,
  title: `Zone "${id}"`,
  trust: 50,
  cidrs: [],
  at,
  ...(parent === undefined ? {} : { parent }),
})
const asset = (id: string, inZone: string): Asset => ({
  id,
  title: id,
  kind: 'nginx',
  zone: inZone,
  hosts: [],
  addresses: [],
  owner: '',
  criticality: 'low',
  stores: [],
  internetFacing: false,
  at,
})
const flow = (from: string, to: string, encrypted = true): Flow => ({
  id: `${from} -> ${to}`,
  from,
  to,
  protocol: 'https',
  port: 443,
  encrypted,
  authentication: '',
  data: [],
  at,
})
const estate = (zones: Zone[], assets: Asset[], flows: Flow[]): Estate => ({
  name: 'x',
  zones,
  assets,
  flows,
  data: [],
  services: [],
})

test('flows between the same two assets are one line; it is encrypted only if all are', () => {
  const { links, undrawn } = graphOf(
    estate(
      [zone('a'), zone('b')],
      [asset('x', 'a'), asset('y', 'b')],
      [flow('x', 'y'), flow('x', 'y', false), flow('y', 'x'), flow('x', 'nowhere')],
    ),
  )
  assert.deepEqual(
    links.map(({ id, flows, encrypted, crosses }) => [id, flows.length, encrypted, crosses]),
    [
      ['x→y', 2, false, true],
      ['y→x', 1, true, true],
    ],
  )
  assert.equal(undrawn, 1)
})
test('nesting is counted, and a ring of zones does not hang', () => {
  const { depth } = graphOf(estate([zone('a'), zone('b', 'a'), zone('c', 'b'), zone('p', 'q'), zone('q', 'p')], [], []))
  assert.deepEqual([depth.get('a'), depth.get('c'), depth.get('p')], [0, 2, 1])
})
test('every zone, asset and line is in the drawing once, whatever their names and parents', () => {
  const name = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('a', 'b', 'c', 'd'))
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { maxLength: 6 }),
      fc.array(name, { maxLength: 6 }),
      fc.uniqueArray(name, { maxLength: 6 }),
      (zoneIds, parents, assetIds) => {
        const zones = zoneIds.map((id, n) => zone(id, parents[n]))
        const assets = assetIds.map((id, n) => asset(id, zoneIds[n] ?? 'nowhere'))
        const dot = dotOf(
          graphOf(
            estate(
              zones,
              assets,
              assetIds.map((id) => flow(id, assetIds[0] ?? id)),
            ),
          ),
        )
        zones.forEach((_, n) => assert.equal(dot.split(`subgraph cluster_z${n} `).length, 2))
        assets.forEach((_, n) => assert.equal(dot.split('\n').filter((line) => line === `a${n};`).length, 1))
      },
    ),
  )
})
test('a title cannot break out of its quotes', () =>
  assert.ok(dotOf(graphOf(estate([zone('a"]; evil')], [], []))).includes('\\"a\\"]; evil\\"')))

test('a spline becomes a path with y downwards', () => {
  assert.equal(pathOf('0,0 10,0 20,10 30,10', 100), 'M0.0 100.0 C10.0 100.0 20.0 90.0 30.0 90.0')
  assert.equal(pathOf('e,5,5 1,1', 10), '')
})
test("Graphviz's answer is read in pixels from the upper left", () => {
  const layout = layoutOf({
    bb: '0,0,400,200',
    objects: [
      { name: 'cluster_z0', bb: '10,10,210,190' },
      { name: 'a0', pos: '100,100', width: '2', height: '0.5' },
      { name: 'odd' },
    ],
    edges: [{ id: 'l0', pos: '0,0 1,1 2,2 3,3' }, { id: 'other' }],
  })
  assert.deepEqual(layout.zones.get(0), { x: 10, y: 10, width: 200, height: 180 })
  assert.deepEqual(layout.assets.get(0), { x: 28, y: 82, width: 144, height: 36 })
  assert.equal(layout.links.size, 1)
})
test('no answer makes the reader throw', () =>
  fc.assert(fc.property(fc.anything(), (answer) => assert.ok(layoutOf(answer)))))

test('a drawing a little wider than high is chosen; a thread does not fit', () => {
  const form = (width: number, height: number): Layout => ({
    width,
    height,
    zones: new Map(),
    assets: new Map(),
    links: new Map(),
  })
  assert.equal(bestOf([form(100, 900), form(160, 100), form(500, 100)]).layout?.width, 160)
  assert.deepEqual(
    [bestOf([form(100, 900)]).fits, bestOf([form(160, 100)]).fits, bestOf([]).fits],
    [false, true, false],
  )
})
test('layers along the flows are tried before packed zones', () =>
  assert.deepEqual(
    plansOf(graphOf(estate([], [], []))).map((group) => group[0]?.engine),
    ['dot', 'osage'],
  ))
