// The ways of lines between boxes that stand: around other boxes in drawings of usual size, straight curves in large ones.
import { graphText, type Graphviz, pathsOf, sized, tenth } from './graphviz.ts'
import type { Box, ShownLink } from './types.ts'

/** Beyond this many boxes or lines the ways around take too long to find, and would not be seen. */
const most = { boxes: 90, links: 250 } as const

/** An SVG path for each line, in their order. */
export function routes(
  links: readonly Pick<ShownLink, 'from' | 'to'>[],
  nodes: ReadonlyMap<string, Box>,
  graphviz: Graphviz,
): string[] {
  const around = nodes.size <= most.boxes && links.length <= most.links ? waysAround(links, nodes, graphviz) : undefined
  return links.map(({ from, to }, at) => {
    const [a, b] = [nodes.get(from), nodes.get(to)]
    return a && b ? (around?.get(`l${at}`) ?? direct(a, b)) : ''
  })
}

function waysAround(
  links: readonly Pick<ShownLink, 'from' | 'to'>[],
  nodes: ReadonlyMap<string, Box>,
  graphviz: Graphviz,
): Map<string, string> {
  const names = new Map([...nodes.keys()].map((id, at) => [id, `n${at}`]))
  const boxes = [...nodes].map(([id, box]) => sized(names.get(id) ?? '', box, box))
  const lines = links.flatMap(({ from, to }, at) => {
    const [a, b] = [names.get(from), names.get(to)]
    return a && b ? [`${a} -> ${b} [id=l${at}];`] : []
  })
  return pathsOf(
    graphviz(graphText('splines=true, notranslate=true, esep="+6", sep="+8"', [...boxes, ...lines]), 'nop2'),
  )
}

/** A curve from the side of one box to the facing side of another. */
export function direct(a: Box, b: Box): string {
  const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 })
  const [from, to] = [middle(a), middle(b)]
  const beside =
    Math.abs(to.x - from.x) - (a.width + b.width) / 2 >= Math.abs(to.y - from.y) - (a.height + b.height) / 2
  const way = beside ? Math.sign(to.x - from.x) || 1 : Math.sign(to.y - from.y) || 1
  const points = beside
    ? curve(from.x + (way * a.width) / 2, from.y, to.x - (way * b.width) / 2, to.y).map(([x, y]) => [x, y] as const)
    : curve(from.y + (way * a.height) / 2, from.x, to.y - (way * b.height) / 2, to.x).map(([y, x]) => [x, y] as const)
  const [start = '', ...rest] = points.map(([x, y]) => `${tenth(x)} ${tenth(y)}`)
  return `M${start} C${rest.join(' ')}`
}

/** The four points of a curve that leaves and arrives along its first coordinate. */
const curve = (a: number, across: number, b: number, other: number): readonly (readonly [number, number])[] => [
  [a, across],
  [(a + b) / 2, across],
  [(a + b) / 2, other],
  [b, other],
]
