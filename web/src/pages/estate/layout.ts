// Reads Graphviz's answer: where boxes and zones stand and how lines run, in pixels from the upper left.

export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
/** Places by the numbers that graph.ts gave. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly zones: ReadonlyMap<number, Place>
  readonly assets: ReadonlyMap<number, Place>
  /** SVG paths of lines. */
  readonly links: ReadonlyMap<number, string>
}

type Json = Readonly<Record<string, unknown>>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const numbersOf = (text: string): number[] => text.split(',').map(Number).filter(Number.isFinite)

type Point = readonly [number, number]

/** A spline `x,y x,y …` (Graphviz: one start, then three points for each Bézier piece) as an SVG path. */
export function pathOf(pos: string, height: number): string {
  const points = pos
    .split(' ')
    .filter((part) => !part.startsWith('e,') && !part.startsWith('s,'))
    .map(numbersOf)
    .flatMap(([x, y]): Point[] => (x === undefined || y === undefined ? [] : [[x, height - y]]))
  const [start, ...rest] = points
  if (!start || rest.length < 3) return ''
  const at = ([x, y]: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`
  const curves = Array.from({ length: Math.floor(rest.length / 3) }, (_, piece) =>
    rest
      .slice(piece * 3, piece * 3 + 3)
      .map(at)
      .join(' '),
  )
  return `M${at(start)} ${curves.map((curve) => `C${curve}`).join(' ')}`
}

/** Graphviz's answer in its `json` format. What is missing or strange is left out; it never throws. */
export function layoutOf(answer: unknown): Layout {
  const graph = isJson(answer) ? answer : {}
  const [, , width = 0, height = 0] = numbersOf(textOf(graph['bb']))
  const zones = new Map<number, Place>()
  const assets = new Map<number, Place>()
  const links = new Map<number, string>()
  for (const object of listOf(graph['objects'])) {
    const name = textOf(object['name'])
    const [left, low, right, high] = numbersOf(textOf(object['bb']))
    if (
      name.startsWith('cluster_z') &&
      left !== undefined &&
      low !== undefined &&
      right !== undefined &&
      high !== undefined
    )
      zones.set(Number(name.slice(9)), { x: left, y: height - high, width: right - left, height: high - low })
    const [x, y] = numbersOf(textOf(object['pos']))
    const [w, h] = [Number(object['width']) * 72, Number(object['height']) * 72]
    if (/^a\d+$/.test(name) && x !== undefined && y !== undefined)
      assets.set(Number(name.slice(1)), { x: x - w / 2, y: height - y - h / 2, width: w, height: h })
  }
  for (const edge of listOf(graph['edges'])) {
    const id = textOf(edge['id'])
    if (/^l\d+$/.test(id)) links.set(Number(id.slice(1)), pathOf(textOf(edge['pos']), height))
  }
  return { width, height, zones, assets, links }
}

/** Good drawings are a little wider than high. */
const idealAspect = 1.7
const longest = 3.4

const strain = ({ width, height }: Layout): number =>
  width > 0 && height > 0 ? Math.abs(Math.log(width / height / idealAspect)) : Number.POSITIVE_INFINITY

/** The best of several layouts by its form; `fits` says whether it is no thread. */
export function bestOf(layouts: readonly Layout[]): { layout: Layout | undefined; fits: boolean } {
  const [layout] = [...layouts].sort((a, b) => strain(a) - strain(b))
  return { layout, fits: layout !== undefined && strain(layout) <= Math.log(longest / idealAspect) }
}
