// Zones in zones, and the boxes in them, with the place of each; a zone is as large as what it holds.
import { around } from './boxes.ts'
import { type Box, box, type Scope } from './types.ts'

/** Room within a zone, in pixels; its title stands above. */
export const margin = { side: 16, top: 36, bottom: 16 } as const

/** A zone, a box, or the whole drawing (`id` empty). */
export interface Item {
  readonly id: string
  readonly is: 'zone' | 'node'
  /** The zone around it. */
  readonly zone: string
  readonly items: readonly Item[]
  /** Smallest width: that of a zone's title. */
  readonly least: number
}
/** Places of zones and nodes; they may have the same ids. */
export interface Places {
  readonly zone: Map<string, Box>
  readonly node: Map<string, Box>
}

/** The drawing as a tree. */
export function treeOf({ zones, nodes }: Scope): Item {
  const shown = new Set(zones.map(({ id }) => id))
  const inside = new Map<string, Item[]>([['', []], ...[...shown].map((id): [string, Item[]] => [id, []])])
  const put = (zone: string, item: Item): void => void inside.get(zone)?.push(item)
  for (const { id, title, trust, parent = '' } of zones)
    put(shown.has(parent) ? parent : '', {
      id,
      is: 'zone',
      zone: shown.has(parent) ? parent : '',
      items: inside.get(id) ?? [],
      least: 2 * margin.side + Math.max(box.width, titleWidth(title, trust)),
    })
  for (const { id, zone } of nodes)
    put(shown.has(zone) ? zone : '', { id, is: 'node', zone: shown.has(zone) ? zone : '', items: [], least: 0 })
  return { id: '', is: 'zone', zone: '', items: inside.get('') ?? [], least: 0 }
}

/** Pixels that a zone's title and trust take, about. */
const titleWidth = (title: string, trust: number): number =>
  Math.min(60, title.length) * 7.4 + `trust ${trust}`.length * 6 + 24

/** A zone's box around what it holds; an empty one holds room for one box. */
export function zoneBox({ least }: Pick<Item, 'least'>, inside: readonly Box[], corner: { x: number; y: number }): Box {
  const held = around(inside) ?? { x: corner.x + margin.side, y: corner.y + margin.top, ...box }
  return {
    x: held.x - margin.side,
    y: held.y - margin.top,
    width: Math.max(least, held.width + 2 * margin.side),
    height: held.height + margin.top + margin.bottom,
  }
}

/** Moves an item with everything in it. */
export function shift(item: Item, by: { x: number; y: number }, places: Places): void {
  const at = places[item.is].get(item.id)
  if (at) places[item.is].set(item.id, { ...at, x: at.x + by.x, y: at.y + by.y })
  for (const inner of item.items) shift(inner, by, places)
}

/** All zones (before what is in them) and nodes below an item. */
export const below = (item: Item): Item[] => item.items.flatMap((inner) => [inner, ...below(inner)])
