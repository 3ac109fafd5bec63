// Places zone by zone, innermost first: in each, what is in it in layers along the flows or in rows, whichever has the better form.
import { around, shelves, strain } from './boxes.ts'
import { graphText, type Graphviz, placesOf, sized } from './graphviz.ts'
import { type Item, type Places, shift, zoneBox } from './tree.ts'
import { type Box, box, type Scope } from './types.ts'

/** Beyond this many boxes in one zone layers take too long. */
const most = 80
/** Forms of rows that are tried, as width by height. */
const aspects = [0.7, 1.2, 1.7, 2.4, 3.4] as const
/** How much better in form rows must be than layers, which say more. */
const bonus = 0.6

type Corner = Pick<Box, 'x' | 'y'>
type Pair = readonly [Item, Item]

/** Places for everything, however large the estate is. */
export function nestedPlaces(tree: Item, { links }: Pick<Scope, 'links'>, graphviz: Graphviz): Places {
  const places: Places = { zone: new Map(), node: new Map() }
  const joined = pairsOf(tree, links)
  const place = (item: Item): void => {
    if (item.is === 'node') return void places.node.set(item.id, { x: 0, y: 0, ...box })
    for (const inner of item.items) place(inner)
    const boxes = item.items.map(({ id, is }) => places[is].get(id) ?? { x: 0, y: 0, ...box })
    for (const [at, corner] of bestOf(item, boxes, joined.get(item) ?? [], graphviz).entries()) {
      const [inner, start] = [item.items[at], boxes[at]]
      if (inner && start) shift(inner, { x: corner.x - start.x, y: corner.y - start.y }, places)
    }
    const inside = item.items.flatMap(({ id, is }) => places[is].get(id) ?? [])
    if (item !== tree) places.zone.set(item.id, zoneBox(item, inside, { x: 0, y: 0 }))
  }
  place(tree)
  return places
}

/** Which two items of a zone flows join, each pair once: those items in which the ends lie. */
function pairsOf(tree: Item, links: Scope['links']): Map<Item, Pair[]> {
  const chains = new Map<string, readonly Item[]>()
  const walk = (item: Item, above: readonly Item[]): void => {
    const chain = [...above, item]
    if (item.is === 'node') chains.set(item.id, chain)
    for (const inner of item.items) walk(inner, chain)
  }
  walk(tree, [])
  const pairs = new Map<Item, Map<Item, Set<Item>>>()
  for (const { from, to } of links) {
    const [a = [], b = []] = [chains.get(from), chains.get(to)]
    const fork = a.findIndex((item, at) => item !== b[at])
    const [zone, left, right] = [a[fork - 1], a[fork], b[fork]]
    if (!zone || !left || !right) continue
    const known = pairs.get(zone) ?? new Map<Item, Set<Item>>()
    pairs.set(zone, known.set(left, (known.get(left) ?? new Set<Item>()).add(right)))
  }
  return new Map(
    [...pairs].map(([zone, of]) => [
      zone,
      [...of].flatMap(([left, all]) => [...all].map((right): Pair => [left, right])),
    ]),
  )
}

function bestOf({ items }: Item, boxes: readonly Box[], pairs: readonly Pair[], graphviz: Graphviz): readonly Corner[] {
  const price = (corners: readonly Corner[]): number => {
    const form = around(boxes.map((one, at) => ({ ...one, ...corners[at] })))
    return form ? Math.log(form.width * form.height) + strain(form) : 0
  }
  const rows = aspects.map((aspect) => shelves(boxes, aspect)).map((corners) => ({ corners, price: price(corners) }))
  const number = new Map(items.map((item, at) => [item, at]))
  const ends = pairs.map(([from, to]) => [number.get(from) ?? 0, number.get(to) ?? 0] as const)
  const layered =
    pairs.length === 0 || items.length > most
      ? []
      : ['LR', 'TB'].flatMap((way) => {
          const corners = layers(boxes, ends, way, graphviz)
          return corners ? [{ corners, price: price(corners) - bonus }] : []
        })
  const [best] = [...layered, ...rows].sort((a, b) => a.price - b.price)
  return best?.corners ?? []
}

function layers(
  boxes: readonly Box[],
  ends: readonly (readonly [number, number])[],
  rankdir: string,
  graphviz: Graphviz,
): Corner[] | undefined {
  const lines = ends.map(([from, to]) => `n${from} -> n${to};`)
  const named = boxes.map((one, at) => sized(`n${at}`, one))
  const text = graphText(`rankdir=${rankdir}, nodesep=0.4, ranksep=0.7, splines=false`, [...named, ...lines])
  const found = placesOf(graphviz(text, 'dot'))
  const corners = boxes.flatMap((_, at) => found.get(`n${at}`) ?? [])
  return corners.length === boxes.length ? corners : undefined
}
