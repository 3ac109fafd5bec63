// Drawings: what they show, as what they are written, and that they keep their places.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import fc from 'fast-check'
import { type Estate, modelOf } from '#model'
import { temporaryFolder } from '#testkit'
import { openDrawing } from './drawing.ts'
import { scopeOf } from './scope.ts'
import { escaped, svgOf } from './svg.ts'
import { EstateView, mostBoxes } from './types.ts'

const estateOf = (text: string): Estate => modelOf('Test', [{ file: 'model/all.yaml', text }]).estate

const small = `
zones:
  internet: { title: The internet, trust: 0 }
  own: { title: Our networks, trust: 50 }
  dmz: { title: DMZ, trust: 40, parent: own }
  data: { title: Databases, trust: 80, parent: own }
  empty: { title: Spare, trust: 60, parent: own }
assets:
  browser: { title: 'Browsers <&>', kind: browser, zone: internet }
  proxy: { title: Proxy, kind: nginx, zone: dmz, owner: web, criticality: critical }
  app: { title: App, kind: node-service, zone: dmz, owner: web }
  db: { title: Database, kind: postgres, zone: data, owner: data }
flows:
  browser -> proxy: { protocol: https, port: 443, encrypted: true, authentication: password }
  browser -> proxy (2): { protocol: http, port: 80, encrypted: false, authentication: none }
  proxy -> app: { protocol: https, port: 8443, encrypted: true, authentication: mutual-tls }
  app -> db: { protocol: postgres, port: 5432, encrypted: true, authentication: password }
views:
  front: { title: 'The "front"', include: 'zone:internet,dmz' }
  owners: { title: Owners, groupBy: owner }
`

test('flows between the same two assets are one line; it is encrypted and authenticated only if all are', () => {
  const { links } = scopeOf(estateOf(small), {})
  assert.deepEqual(
    links.map(({ id, label, flows, crosses, encrypted, authenticated }) => [
      id,
      label,
      flows.length,
      crosses,
      encrypted,
      authenticated,
    ]),
    [
      ['browser → proxy', 'https 443 +1', 2, true, false, false],
      ['proxy → app', 'https 8443', 1, false, true, true],
      ['app → db', 'postgres 5432', 1, true, true, true],
    ],
  )
})
test('a view leaves out assets and the zones that they leave empty, and counts both ends of it', () => {
  const estate = estateOf(small)
  const { zones, nodes, hidden } = scopeOf(estate, { view: { include: 'zone:internet,dmz', exclude: '' } })
  assert.deepEqual(
    zones.map(({ id, depth }) => `${id} ${depth}`),
    ['internet 0', 'own 0', 'dmz 1'],
  )
  assert.deepEqual(
    nodes.map(({ id }) => id),
    ['browser', 'proxy', 'app'],
  )
  assert.deepEqual(hidden, { assets: 1, flows: 1, inside: 0 })
  assert.ok(scopeOf(estate, {}).zones.some(({ id }) => id === 'empty'))
})
test('groups are named and counted', () => {
  const estate = estateOf(small)
  const shown = (group: 'zone' | 'kind' | 'owner') =>
    scopeOf(estate, { group }).nodes.map(({ title, text, zone }) => `${title}: ${text} in ${zone}`)
  assert.deepEqual(shown('zone'), [
    'The internet: 1 asset, trust 0 in ',
    'DMZ: 2 assets, trust 40 in own',
    'Databases: 1 asset, trust 80 in own',
  ])
  assert.deepEqual(shown('owner'), [
    'Browsers <&>: browser in internet',
    'web: 2 assets in dmz',
    'Database: postgres in data',
  ])
  assert.equal(scopeOf(estate, { group: 'owner' }).hidden.inside, 1)
})
test('a drawing of a large estate has at most 60 boxes unless all are asked for; every asset is in one of them', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      (zones, each, kinds) => {
        const written = Array.from(
          { length: zones },
          (_, zone) => `  z${zone}: { trust: 50${zone % 3 > 0 ? `, parent: z${zone - 1}` : ''} }`,
        )
        const assets = Array.from(
          { length: zones * each },
          (_, at) => `  a${at}: { kind: k${at % kinds}, zone: z${at % zones} }`,
        )
        const estate = estateOf(`zones:\n${written.join('\n')}\nassets:\n${assets.join('\n')}\n`)
        const { nodes } = scopeOf(estate, {})
        assert.ok(nodes.length <= mostBoxes, `${nodes.length}`)
        assert.deepEqual(nodes.flatMap((node) => node.assets).sort(), estate.assets.map(({ id }) => id).sort())
        assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length)
        assert.equal(scopeOf(estate, { group: 'none' }).nodes.length, zones * each)
      },
    ),
    { numRuns: 12 },
  ))
test('nesting is counted, and a ring of zones does not hang', () => {
  const ring = estateOf(
    'zones:\n  p: { trust: 1, parent: q }\n  q: { trust: 1, parent: p }\n  r: { trust: 1, parent: p }\nassets:\n  a: { kind: nginx, zone: r }\n',
  )
  assert.deepEqual(
    scopeOf(ring, {}).zones.map(({ id, depth }) => [id, depth]),
    [
      ['p', 0],
      ['q', 1],
      ['r', 1],
    ],
  )
  const rings = { ...ring, zones: ring.zones.map((zone) => ({ ...zone, parent: zone.id === 'p' ? 'q' : 'p' })) }
  assert.deepEqual(
    scopeOf(rings, {}).zones.map(({ id, depth }) => [id, depth]),
    [
      ['p', 0],
      ['q', 0],
      ['r', 1],
    ],
  )
})

test('a drawing answers as its schema says, keeps its places from one opening to the next, and carries them through renames', async (t) => {
  const folder = temporaryFolder(t)
  const first = await openDrawing({ model: { estate: estateOf(small) }, folder }).view({})
  EstateView.parse(first)
  const changed = `${small}moved:\n  app: portal\n`
    .replaceAll('app', 'portal')
    .replace('  portal: portal', '  app: portal')
    .replace('  db:', '  new: { title: New, kind: nginx, zone: dmz }\n  db:')
  const second = await openDrawing({ model: { estate: estateOf(changed) }, folder }).view({})
  const place = (view: EstateView, wanted: string) =>
    view.nodes.filter(({ id }) => id === wanted).map(({ x, y }) => [x, y])[0]
  assert.equal(second.nodes.length, first.nodes.length + 1)
  for (const [was, now] of [
    ['browser', 'browser'],
    ['proxy', 'proxy'],
    ['app', 'portal'],
  ] as const)
    assert.deepEqual(place(second, now), place(first, was))
})
test('a broken file of places, or a folder that cannot be written, does not keep one from drawing', async (t) => {
  const folder = temporaryFolder(t)
  const estate = estateOf(small)
  await writeFile(join(folder, 'layout.json'), '{"version":1,"drawings":[')
  assert.equal((await openDrawing({ model: { estate }, folder }).view({})).nodes.length, 4)
  assert.match(await readFile(join(folder, 'layout.json'), 'utf8'), /"proxy":\[/)
  const unwritable = join(folder, 'layout.json', 'below')
  assert.equal(
    (await openDrawing({ model: { estate }, folder: unwritable }).view({ view: 'front' })).title,
    'The "front"',
  )
})
test('a view that is not there and a query that is wrong are said so', async (t) => {
  const folder = temporaryFolder(t)
  const drawing = openDrawing({ model: { estate: estateOf(small) }, folder })
  await assert.rejects(drawing.view({ view: 'frnt' }), /there are: front, owners/)
  await assert.rejects(drawing.view({ query: 'kind:nginx kind:postgres' }), /and, or or/)
  assert.equal((await drawing.view({ query: 'kind:nginx' })).nodes.length, 1)
})

test('an SVG file has no scripts, nothing from outside, and no text of the model as markup', async (t) => {
  const folder = temporaryFolder(t)
  const drawing = openDrawing({ model: { estate: estateOf(small) }, folder })
  const text = await drawing.draw({ format: 'svg' })
  assert.match(text, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]* role="img"/)
  assert.match(text, /Browsers &lt;&amp;&gt;/)
  assert.match(text, /prefers-color-scheme: dark/)
  assert.doesNotMatch(text, /<script|href|@import|NaN|undefined/)
  assert.match(text, /class="link crosses plain open"/)
  assert.match(
    text,
    /4 boxes in 5 zones, 3 links between them: 2 cross a boundary, 1 are not encrypted, 1 not authenticated\./,
  )
  assert.doesNotMatch(await drawing.draw({ format: 'svg', theme: 'light' }), /prefers-color-scheme/)
})
test('no title breaks out of an SVG file', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (title) => {
      assert.doesNotMatch(escaped(title), /[<>"'\p{Cs}]|&(?!(amp|lt|gt|quot|#39);)/u)
      const node = {
        id: title,
        title,
        text: title,
        kind: '',
        zone: '',
        criticality: 'low',
        internetFacing: false,
        group: false,
        assets: [],
        x: 0,
        y: 0,
        width: 184,
        height: 52,
      } as const
      const hidden = { assets: 0, flows: 0, inside: 0 }
      const svg = svgOf({
        view: '',
        title,
        group: '',
        views: [],
        width: 1,
        height: 1,
        zones: [],
        nodes: [{ ...node, assets: [] }],
        links: [],
        hidden,
      })
      assert.equal(
        [...svg.matchAll(/</g)].length,
        [...svg.matchAll(/<(\/?)(svg|title|desc|style|defs|marker|path|g|rect|text)\b/g)].length,
      )
    }),
  ))
test('Mermaid gets names of ours and titles in quotes', async (t) => {
  const folder = temporaryFolder(t)
  const text = await openDrawing({ model: { estate: estateOf(small) }, folder }).draw({ format: 'mermaid' })
  assert.match(
    text,
    /^flowchart LR\n {2}subgraph z0 \["The internet #40;trust 0#41;"\]\n {4}n0\["Browsers #60;#38;#62;: browser"\]\n/,
  )
  assert.match(text, /n0 -\.->\|"https 443 \+1, not encrypted, not authenticated"\| n1/)
})
