// Where everything in a drawing stands. What stood somewhere before stays there; what is new finds a place among it.
import { around } from './boxes.ts'
import { freshPlaces } from './fresh.ts'
import type { Graphviz } from './graphviz.ts'
import { grownPlaces, type Spot } from './grown.ts'
import { routes } from './route.ts'
import { below, type Item, treeOf } from './tree.ts'
import type { Box, Scope } from './types.ts'

/** Places of the last drawing by id. */
export interface Kept {
  readonly nodes: ReadonlyMap<string, Spot>
  readonly zones: ReadonlyMap<string, Spot>
}
/** A drawing's places in pixels, and the way of each line as an SVG path, in the order of the scope. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly nodes: ReadonlyMap<string, Box>
  readonly zones: ReadonlyMap<string, Box>
  readonly paths: readonly string[]
}

/**
 * Lays a drawing out. Boxes in `kept` stay where they stood while they are in the same zone: a new box stands in a free place of its zone, or in a
 * new row of it, and then only what the grown zone would cover goes down. When fewer than half of the boxes are kept, everything is laid out anew.
 */
export function layOut(scope: Scope, graphviz: Graphviz, kept?: Kept): Layout {
  const tree = treeOf(scope)
  const stay = new Map(below(tree).flatMap((item): [Item, Spot][] => spotsOf(item, kept)))
  const known = [...stay.keys()].filter(({ is }) => is === 'node').length
  const fresh = () => freshPlaces(tree, scope, graphviz)
  const places = known === 0 || known * 2 < scope.nodes.length ? fresh() : grownPlaces(tree, stay, fresh)
  const whole = around(tree.items.flatMap(({ id, is }) => places[is].get(id) ?? []))
  return {
    width: whole ? whole.x + whole.width : 0,
    height: whole ? whole.y + whole.height : 0,
    nodes: places.node,
    zones: places.zone,
    paths: routes(scope.links, places.node, graphviz),
  }
}

/** Where an item stood in the zone that it is in now: one spot or none. */
function spotsOf(item: Item, kept: Kept | undefined): [Item, Spot][] {
  const spot = (item.is === 'zone' ? kept?.zones : kept?.nodes)?.get(item.id)
  return spot?.in === item.zone ? [[item, spot]] : []
}
