// Claim: an estate of 1,000 assets is laid out, every asset by itself, in less than a second; one more asset moves no other by more than a row.
// Run after npm run build: node bench/drawing.mjs
import { cpus } from 'node:os'
import { layOut, loadGraphviz, scopeOf } from '../dist/drawing/index.js'
import { modelOf } from '../dist/model/index.js'

const runs = 7
const expected = { milliseconds: 1_000, pixels: 100 }
const list = (length, text) => Array.from({ length }, (_, at) => text(at)).join('\n')

/** Sites with four zones each; flows within a zone, from zone to zone of a site, and to the first site. */
function estateOf(assets, extra = '') {
  const zones = Math.max(4, Math.round(assets / 20))
  const zone = (at) =>
    at % 4 === 0 ? `  z${at}: { trust: 50 }` : `  z${at}: { trust: ${at % 90}, parent: z${at - (at % 4)} }`
  const ends = (at) => [
    at % assets,
    at % 3 === 0 ? (at + zones) % assets : at % 3 === 1 ? (at + 1) % assets : (at * 7) % Math.min(40, assets),
  ]
  const flow = (at) => {
    const [from, to] = ends(at)
    return from === to ? '' : `  a${from} -> a${to} (${at}): { protocol: https, port: 443 }`
  }
  const text = `zones:\n${list(zones, zone)}\nassets:\n${list(assets, (at) => `  a${at}: { kind: nginx, zone: z${at % zones} }`)}\n${extra}flows:\n${list(Math.round(assets * 1.5), flow)}\n`
  return modelOf('Bench', [{ file: 'model/all.yaml', text }]).estate
}
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]
const keptOf = (scope, layout) => ({
  nodes: new Map(scope.nodes.map(({ id, zone }) => [id, { ...layout.nodes.get(id), in: zone }])),
  zones: new Map(scope.zones.map(({ id, parent = '' }) => [id, { ...layout.zones.get(id), in: parent }])),
})

const [cpu] = cpus()
console.log(`machine  ${cpus().length} × ${cpu?.model ?? 'unknown'}, node ${process.version}`)
const begun = performance.now()
const graphviz = await loadGraphviz()
console.log(`Graphviz loaded in ${(performance.now() - begun).toFixed(0)} ms`)

for (const assets of [40, 60, 150, 1_000]) {
  const estate = estateOf(assets)
  const scope = scopeOf(estate, { group: 'none' })
  const timed = (ask) => {
    const started = performance.now()
    ask()
    return performance.now() - started
  }
  const cold = timed(() => layOut(scope, graphviz))
  const warm = median(Array.from({ length: runs }, () => timed(() => layOut(scope, graphviz))))
  const layout = layOut(scope, graphviz)
  const kept = keptOf(scope, layout)
  const more = scopeOf(estateOf(assets, '  newcomer: { kind: nginx, zone: z1 }\n'), { group: 'none' })
  const edited = median(Array.from({ length: runs }, () => timed(() => layOut(more, graphviz, kept))))
  const grown = layOut(more, graphviz, kept)
  const moved = Math.max(
    ...[...layout.nodes].map(([id, { x, y }]) => Math.hypot(grown.nodes.get(id).x - x, grown.nodes.get(id).y - y)),
  )
  console.log(
    `${String(assets).padStart(5)} assets, ${scope.links.length} links: first ${cold.toFixed(0)} ms, again ${warm.toFixed(0)} ms, with one more ${edited.toFixed(0)} ms (moves others by at most ${moved.toFixed(0)} px), ${Math.round(layout.width)} × ${Math.round(layout.height)} px`,
  )
  const grouped = scopeOf(estate, {})
  console.log(
    `      grouped: ${grouped.nodes.length} boxes in ${median(Array.from({ length: runs }, () => timed(() => layOut(scopeOf(estate, {}), graphviz)))).toFixed(0)} ms`,
  )
  if (warm >= expected.milliseconds || edited >= expected.milliseconds || moved > expected.pixels) {
    console.log(`NOT as expected: less than ${expected.milliseconds} ms and ${expected.pixels} px`)
    process.exitCode = 1
  }
}
