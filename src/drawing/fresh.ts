// Places for everything when nothing has one: layers of the whole drawing along the flows, or zone by zone where those would become a thread.
import { around, giveWay, idealAspect, strain } from './boxes.ts'
import { graphText, type Graphviz, placesOf, sized } from './graphviz.ts'
import { nestedPlaces } from './nested.ts'
import { below, type Item, margin, type Places, shift, zoneBox } from './tree.ts'
import { box, type Scope } from './types.ts'

/** Beyond this many boxes or lines layers of the whole take seconds. */
const most = { boxes: 100, links: 300 } as const
/** Width by height beyond which a drawing is a thread. */
const longest = 3.4

/** The best of a few layouts by its form, beginning in the upper left corner. */
export function freshPlaces(tree: Item, scope: Pick<Scope, 'nodes' | 'links'>, graphviz: Graphviz): Places {
  const small = scope.nodes.length <= most.boxes && scope.links.length <= most.links
  const ways = small ? (['LR', 'TB'] as const) : []
  const layered = ways.flatMap((way) => layers(tree, scope, graphviz, way) ?? [])
  const best = layered.toSorted((a, b) => strainOf(tree, a) - strainOf(tree, b))[0]
  const good = best && strainOf(tree, best) <= Math.log(longest / idealAspect)
  const places = good ? best : nestedPlaces(tree, scope, graphviz)
  const whole = around(tree.items.flatMap(({ id, is }) => places[is].get(id) ?? []))
  if (whole) shift(tree, { x: -whole.x, y: -whole.y }, places)
  return places
}

const strainOf = (tree: Item, places: Places): number =>
  strain(around(tree.items.flatMap(({ id, is }) => places[is].get(id) ?? [])))

/** Layers in the direction in which flows run; nothing when Graphviz gives up. */
function layers(
  tree: Item,
  { links }: Pick<Scope, 'links'>,
  graphviz: Graphviz,
  rankdir: 'LR' | 'TB',
): Places | undefined {
  const items = below(tree)
  const name = new Map(items.map((item, at) => [item, `${item.is === 'zone' ? 'z' : 'n'}${at}`]))
  const nodeName = new Map(items.flatMap((item) => (item.is === 'node' ? [[item.id, name.get(item) ?? '']] : [])))
  const written = (item: Item): string[] => {
    const own = name.get(item) ?? ''
    if (item.is === 'node') return [sized(own, box)]
    const room = { width: item.least - 2 * margin.side, height: box.height }
    const inner = item.items.length === 0 ? [sized(`e${own}`, room)] : item.items.flatMap(written)
    return [`subgraph cluster_${own} { label="${own}"; fontsize=20;`, ...inner, '}']
  }
  const lines = links.map(({ from, to }) => `${nodeName.get(from) ?? ''} -> ${nodeName.get(to) ?? ''};`)
  const attributes = `rankdir=${rankdir}, nodesep=0.36, ranksep=1.2, splines=false, labeljust=l`
  const found = placesOf(graphviz(graphText(attributes, [...tree.items.flatMap(written), ...lines]), 'dot'))
  const places: Places = { zone: new Map(), node: new Map() }
  for (const item of items) {
    const own = name.get(item) ?? ''
    const at = found.get(item.is === 'node' ? own : `e${own}`)
    if (item.is === 'node' && !at) return undefined
    if (item.is === 'node' && at) places.node.set(item.id, { ...at, ...box })
    else if (at) places.zone.set(item.id, zoneBox(item, [], { x: at.x - margin.side, y: at.y - margin.top }))
  }
  enclose(tree, places)
  return places
}

/** Gives every zone its box, innermost first, and lets what touches give way. */
export function enclose(item: Item, places: Places): void {
  for (const inner of item.items) enclose(inner, places)
  const boxesNow = (): ReturnType<typeof zoneBox>[] => item.items.flatMap(({ id, is }) => places[is].get(id) ?? [])
  for (const [at, down] of giveWay(boxesNow()).entries()) {
    const inner = item.items[at]
    if (down > 0 && inner) shift(inner, { x: 0, y: down }, places)
  }
  if (item.is === 'node' || item.id === '') return
  places.zone.set(item.id, zoneBox(item, boxesNow(), places.zone.get(item.id) ?? { x: 0, y: 0 }))
}
