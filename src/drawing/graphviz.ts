// Graphviz: what it is told, and what its answer means in pixels from the upper left.
import type { Box } from './types.ts'

/** Graphviz at hand: a graph in its language → its answer as JSON, or nothing when it gives up. */
export type Graphviz = (dot: string, engine: 'dot' | 'nop2') => unknown

/** Loads Graphviz (WebAssembly, some 100 ms the first time). One that broke on a graph is loaded anew for the next drawing. */
export async function loadGraphviz(): Promise<Graphviz> {
  const { Graphviz: Loader } = await import('@hpcc-js/wasm-graphviz')
  const loaded = await Loader.load()
  return (dot, engine) => {
    try {
      return JSON.parse(loaded.layout(dot, 'json', engine))
    } catch {
      Loader.unload()
      return undefined
    }
  }
}

const inch = 72
const inches = (pixels: number): string => (pixels / inch).toFixed(4)

/** A box that Graphviz is to place, or has placed. */
export const sized = (
  name: string,
  { width, height }: Pick<Box, 'width' | 'height'>,
  at?: Pick<Box, 'x' | 'y'>,
): string => {
  const pos = at ? `, pos="${(at.x + width / 2).toFixed(2)},${(-at.y - height / 2).toFixed(2)}"` : ''
  return `${name} [width=${inches(width)}, height=${inches(height)}${pos}];`
}

/** The whole graph in Graphviz's language. Names are ours (`n0`, `z0`, `l0`): no text of the model is in it. */
export const graphText = (attributes: string, lines: readonly string[]): string =>
  [
    'digraph estate {',
    `graph [compound=true, margin=20, ${attributes}];`,
    'node [shape=box, fixedsize=true, label=""];',
    'edge [arrowhead=none];',
    ...lines,
    '}',
  ].join('\n')

type Json = Readonly<Record<string, unknown>>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const numbersOf = (text: string): number[] => text.split(',').map(Number).filter(Number.isFinite)

type Point = readonly [number, number]

/** Where the boxes named in an answer stand: their upper left corners. What is missing or strange is left out; it never throws. */
export function placesOf(answer: unknown): Map<string, { x: number; y: number }> {
  const graph = isJson(answer) ? answer : {}
  const [, , , height = 0] = numbersOf(textOf(graph['bb']))
  const places = new Map<string, { x: number; y: number }>()
  for (const object of listOf(graph['objects'])) {
    const [x, y] = numbersOf(textOf(object['pos']))
    const [w, h] = [Number(object['width']) * inch, Number(object['height']) * inch]
    if (x !== undefined && y !== undefined && Number.isFinite(w) && Number.isFinite(h))
      places.set(textOf(object['name']), { x: x - w / 2, y: height - y - h / 2 })
  }
  return places
}

/** SVG paths of the lines in an answer, by their ids; y as it was given. */
export function pathsOf(answer: unknown): Map<string, string> {
  const paths = new Map<string, string>()
  for (const edge of listOf(isJson(answer) ? answer['edges'] : undefined)) {
    const path = pathOf(textOf(edge['pos']))
    if (path !== '') paths.set(textOf(edge['id']), path)
  }
  return paths
}

/** A spline `x,y x,y …` (one start, then three points for each Bézier piece) as an SVG path, y downwards. */
export function pathOf(pos: string): string {
  const [start, ...rest] = pos
    .split(' ')
    .map(numbersOf)
    .flatMap(([x, y]): Point[] => (x === undefined || y === undefined ? [] : [[x, -y]]))
  if (!start || rest.length < 3) return ''
  const at = ([x, y]: Point): string => `${tenth(x)} ${tenth(y)}`
  const curves = Array.from({ length: Math.floor(rest.length / 3) }, (_, piece) =>
    rest
      .slice(piece * 3, piece * 3 + 3)
      .map(at)
      .join(' '),
  )
  return `M${at(start)} ${curves.map((curve) => `C${curve}`).join(' ')}`
}

/** A number of pixels as text, to a tenth. */
export const tenth = (pixels: number): string => String(Math.round(pixels * 10) / 10 || 0)
