// Rectangles side by side: whether they touch, where one more has room, and how they give way.
import type { Box } from './types.ts'

/** Room between boxes in pixels. */
export const gap = 24
/** Boxes may come this close before one gives way. */
const least = 8

/** Whether two boxes come closer than `apart` pixels. */
export const touch = (a: Box, b: Box, apart = 0): boolean =>
  a.x < b.x + b.width + apart &&
  b.x < a.x + a.width + apart &&
  a.y < b.y + b.height + apart &&
  b.y < a.y + a.height + apart

/** The smallest box around others; nothing around none. */
export function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined
  const [x, y] = [Math.min(...boxes.map((one) => one.x)), Math.min(...boxes.map((one) => one.y))]
  const right = Math.max(...boxes.map((one) => one.x + one.width))
  const low = Math.max(...boxes.map((one) => one.y + one.height))
  return { x, y, width: right - x, height: low - y }
}

/** How far each box must go down so that none comes too close to another. Those further up stay. */
export function giveWay(boxes: readonly Box[]): number[] {
  const order = boxes.map((_, at) => at).sort((a, b) => (boxes[a]?.y ?? 0) - (boxes[b]?.y ?? 0))
  const down = boxes.map(() => 0)
  const settled: Box[] = []
  for (const at of order) {
    const start = boxes[at]
    if (!start) continue
    let box = start
    for (
      let hit = settled.find((one) => touch(one, box, least));
      hit;
      hit = settled.find((one) => touch(one, box, least))
    )
      box = { ...box, y: hit.y + hit.height + gap }
    settled.push(box)
    down[at] = box.y - start.y
  }
  return down
}

/** Most lines in each direction along which room is looked for. */
const mostLines = 40

/**
 * The free place next to where a box would like to stand. The others do not move: it stands among them, or in a new row below;
 * with `wide` also at their right.
 */
export function freePlace(
  size: Pick<Box, 'width' | 'height'>,
  wish: { x: number; y: number },
  others: readonly Box[],
  wide: boolean,
): { x: number; y: number } {
  const all = around(others)
  if (!all) return wish
  const right = wide ? Number.POSITIVE_INFINITY : Math.max(all.x, all.x + all.width - size.width)
  const near = (lines: readonly number[], wanted: number, from: number, to: number): number[] =>
    [...new Set(lines.map((line) => Math.min(to, Math.max(from, line))))]
      .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
      .slice(0, mostLines)
  const below = all.y + all.height + gap
  const xs = near(
    [wish.x, ...others.flatMap(({ x, width }) => [x, x + width + gap, x - size.width - gap])],
    wish.x,
    all.x,
    right,
  )
  const ys = near(
    [wish.y, ...others.flatMap(({ y, height }) => [y, y + height + gap, y - size.height - gap])],
    wish.y,
    all.y,
    below,
  )
  let best = { x: all.x, y: below }
  let cost = Number.POSITIVE_INFINITY
  for (const x of xs)
    for (const y of [...ys, below]) {
      const spot = { x, y, ...size }
      const grows = Math.max(0, y + size.height - all.y - all.height) + Math.max(0, x + size.width - all.x - all.width)
      const price = Math.hypot(x - wish.x, y - wish.y) + 3 * grows
      if (price >= cost || others.some((one) => touch(one, spot, gap - 1))) continue
      best = { x, y }
      cost = price
    }
  return best
}

/** Good drawings are a little wider than high. */
export const idealAspect = 1.7

/** How far a form is from a good one, 0 and more. */
export const strain = (form: Pick<Box, 'width' | 'height'> | undefined): number =>
  form && form.width > 0 && form.height > 0 ? Math.abs(Math.log(form.width / form.height / idealAspect)) : 0

/** Rows of boxes in their order, left to right and downwards, from the origin; about so many times wider than high. */
export function shelves(boxes: readonly Pick<Box, 'width' | 'height'>[], aspect: number): { x: number; y: number }[] {
  const area = boxes.reduce((all, { width, height }) => all + (width + gap) * (height + gap), 0)
  const widest = Math.max(Math.sqrt(area * aspect), ...boxes.map(({ width }) => width))
  let [x, y, row] = [0, 0, 0]
  return boxes.map(({ width, height }) => {
    if (x > 0 && x + width > widest) [x, y, row] = [0, y + row + gap, 0]
    const spot = { x, y }
    x += width + gap
    row = Math.max(row, height)
    return spot
  })
}
