// Places of a drawing that has grown out of one before: what stood stays, what is new finds room in its zone.
import { around, freePlace } from './boxes.ts'
import { enclose } from './fresh.ts'
import { below, type Item, margin, type Places, shift, zoneBox } from './tree.ts'
import { type Box, box } from './types.ts'

/** Where a box or zone stood in the last drawing, and in which zone. */
export interface Spot {
  readonly x: number
  readonly y: number
  readonly in: string
}
type Corner = Pick<Box, 'x' | 'y'>
const boxIn = (places: Places, { id, is }: Item): Box => places[is].get(id) ?? { x: 0, y: 0, ...box }
const move = (item: Item, to: Corner, places: Places): void => {
  const { x, y } = boxIn(places, item)
  shift(item, { x: to.x - x, y: to.y - y }, places)
}

/** Places for everything. Items in `stay` keep their spots; `fresh` is asked where new ones would stand in a drawing of their own. */
export function grownPlaces(tree: Item, stay: ReadonlyMap<Item, Spot>, fresh: () => Places): Places {
  const isNew = below(tree).some((item) => !stay.has(item))
  const places: Places = isNew ? fresh() : { zone: new Map(), node: new Map() }
  settle(tree, stay, places)
  enclose(tree, places)
  return places
}

/** Puts what is in an item to its spots, innermost first, and says whether the item has a place in the drawing before. */
function settle(item: Item, stay: ReadonlyMap<Item, Spot>, places: Places): boolean {
  const spot = stay.get(item)
  if (item.is === 'node') {
    if (spot) places.node.set(item.id, { x: spot.x, y: spot.y, ...box })
    return spot !== undefined
  }
  const before = new Map(item.items.map((inner) => [inner, places[inner.is].get(inner.id)]))
  const settled = item.items.filter((inner) => settle(inner, stay, places))
  const news = item.items.filter((inner) => !settled.includes(inner))
  const anchor = settled.find((inner) => before.get(inner))
  if (settled.length > 0) {
    const [was, now] = [anchor && before.get(anchor), anchor && boxIn(places, anchor)]
    const offset = was && now ? { x: now.x - was.x, y: now.y - was.y } : { x: 0, y: 0 }
    const standing = settled.map((inner) => boxIn(places, inner))
    join(news, standing, offset, { places, wide: item.id === '' })
  } else if (spot) begin(news, spot, places)
  if (item.id !== '') {
    const inside = item.items.map((inner) => boxIn(places, inner))
    places.zone.set(item.id, zoneBox(item, inside, spot ?? boxIn(places, item)))
  }
  return settled.length > 0 || spot !== undefined
}

/** New items among those that stand: as near as there is room to where they stand beside them in a fresh drawing. */
function join(
  news: readonly Item[],
  standing: Box[],
  offset: Corner,
  { places, wide }: { places: Places; wide: boolean },
): void {
  for (const inner of news) {
    const own = boxIn(places, inner)
    const place = freePlace(own, { x: own.x + offset.x, y: own.y + offset.y }, standing, wide)
    move(inner, place, places)
    standing.push({ ...own, ...place })
  }
}

/** The first items in a zone that was empty, as they stand in a fresh drawing. */
function begin(news: readonly Item[], spot: Spot, places: Places): void {
  const corner = around(news.map((inner) => boxIn(places, inner)))
  if (!corner) return
  const by = { x: spot.x + margin.side - corner.x, y: spot.y + margin.top - corner.y }
  for (const inner of news) shift(inner, by, places)
}
