// What a plot of values against what is expected shows: heights, the scale, lines that step with the bars. Pure.

export interface PlotBar {
  readonly at: number
  readonly value: number
}
/** What was expected at each bar; a line that stays the same has the same value for all. */
export interface PlotLine {
  readonly name: string
  /** Name of a colour token. */
  readonly token: string
  readonly values: readonly number[]
  readonly dashed?: boolean
}

const nice = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
/** The top of the scale: a round number that nothing rises above. Small counts keep whole numbers. */
export function topOf(values: readonly number[]): number {
  const most = values.reduce((high, value) => (Number.isFinite(value) ? Math.max(high, value) : high), 0)
  if (most === 0) return 1
  const size = 10 ** Math.floor(Math.log10(most))
  const step = nice.find((one) => one * size >= most * (1 - 1e-9)) ?? 10
  return most <= 5 && values.every(Number.isInteger) ? most : step * size
}

/** Height of a value in a box of 100; what is not nothing can be seen. */
export const heightOf = (value: number, top: number): number =>
  value <= 0 ? 0 : Math.max(1.5, Math.min(100, (value / top) * 100))

const round = (value: number): number => Math.round(value * 100) / 100

/** A line that steps from bar to bar, in a box as wide as there are bars and 100 high. */
export function stepPath(values: readonly number[], top: number): string {
  const parts: string[] = []
  let before: number | undefined
  for (const [at, value] of values.entries()) {
    const y = 100 - Math.min(100, (value / top) * 100)
    if (before === undefined) parts.push(`M0 ${round(y)}`)
    else if (before !== y) parts.push(`V${round(y)}`)
    parts.push(`H${at + 1}`)
    before = y
  }
  return parts.join('')
}

/** Which bars get a mark below them: at most so many, evenly spread. */
export const marked = (count: number, most: number): number[] => {
  const every = Math.max(1, Math.ceil(count / most))
  return Array.from({ length: Math.ceil(count / every) }, (_, at) => at * every)
}

/** The bar under a place between 0 and 1. */
export const barAt = (place: number, count: number): number =>
  Math.max(0, Math.min(count - 1, Math.floor(place * count)))

interface Stretch {
  readonly step: number
  readonly from: number
  readonly to: number
}
/** Every step between two times, those without a value as nothing; at most so many, the newest. */
export function filled(bars: readonly PlotBar[], { step, from, to }: Stretch, most = 366): PlotBar[] {
  const known = new Map(bars.map(({ at, value }) => [Math.floor(at / step), value]))
  const last = Math.floor(to / step)
  const first = Math.max(Math.floor(from / step), last - most + 1)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ({
    at: (first + index) * step,
    value: known.get(first + index) ?? 0,
  }))
}
