// Places for nested boxes, as far as a drawing of another program needs them to begin with.
import type { Estate } from '#model'
import { grouped } from '../values.ts'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Boxes {
  readonly zones: ReadonlyMap<string, Box>
  readonly assets: ReadonlyMap<string, Box>
}

const asset = { width: 160, height: 80 }
const gap = 40
const heading = 30
const columns = 4

/** Assets in rows of four, below them the zones that lie inside, each box around what it holds. */
export function boxesOf(estate: Estate): Boxes {
  const placed = { zones: new Map<string, Box>(), assets: new Map<string, Box>() }
  const zones = grouped(estate.zones, ({ parent = '' }) => parent)
  const known = new Set(estate.zones.map(({ id }) => id))
  const assets = grouped(estate.assets, ({ zone }) => (known.has(zone) ? zone : ''))
  const fill = (zone: string, x: number, y: number): Box => {
    const here = assets.get(zone) ?? []
    for (const [index, { id }] of here.entries()) {
      const column = index % columns
      const row = Math.floor(index / columns)
      placed.assets.set(id, {
        x: x + gap + column * (asset.width + gap),
        y: y + heading + gap + row * (asset.height + gap),
        ...asset,
      })
    }
    const rows = Math.ceil(here.length / columns)
    let bottom = y + heading + gap + rows * (asset.height + gap)
    let width = gap + Math.max(Math.min(here.length, columns), 1) * (asset.width + gap)
    for (const { id } of zones.get(zone) ?? []) {
      const inner = fill(id, x + gap, bottom)
      placed.zones.set(id, inner)
      bottom += inner.height + gap
      width = Math.max(width, inner.width + 2 * gap)
    }
    return { x, y, width, height: bottom - y }
  }
  fill('', 0, 0)
  return placed
}
