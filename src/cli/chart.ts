// Numbers over time drawn with characters: bars for one series, a line of small blocks for each of several.
import { printable } from './table.ts'

const blocks = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'] as const
const levels = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** A bar of `share` of `width` characters, to an eighth of one. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(Math.max(share, 0), 1) * width * 8)
  return '█'.repeat(Math.floor(eighths / 8)) + (eighths % 8 === 0 ? '' : (blocks[(eighths % 8) - 1] ?? ''))
}

/** A character for each value, the greatest filling it; what is not known is a dot. */
export function sparkline(values: readonly (number | null)[]): string {
  const most = Math.max(...values.map((value) => value ?? 0), 0)
  return values
    .map((value) => {
      if (value === null) return '·'
      const level = most === 0 ? 0 : Math.ceil((Math.max(value, 0) / most) * 8)
      return levels[level] ?? ' '
    })
    .join('')
}

/** Neighbours put together until there are at most `most`; each is the greatest of its part. */
export function thinned(values: readonly (number | null)[], most: number): (number | null)[] {
  const together = Math.ceil(values.length / Math.max(1, most))
  if (together <= 1) return [...values]
  return Array.from({ length: Math.ceil(values.length / together) }, (_, at) => {
    const known = values.slice(at * together, (at + 1) * together).filter((value) => value !== null)
    return known.length === 0 ? null : Math.max(...known)
  })
}

const timeText = (at: number, step: number): string =>
  new Date(at)
    .toISOString()
    .replace('T', ' ')
    .slice(0, step >= 86_400_000 ? 10 : step >= 60_000 ? 16 : 19)
const numberText = (value: number | null): string => (value === null ? '-' : String(Number(value.toPrecision(6))))

export interface ChartLines {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
  readonly step: number
}
const asNumber = (cell: string | number | null | undefined): number | null => (typeof cell === 'number' ? cell : null)

/** A timechart as text of at most `width` characters a line. */
export function chartText({ columns, rows, step }: ChartLines, width: number): string {
  if (rows.length === 0) return 'nothing to show'
  const series = columns.slice(1)
  if (series.length === 1) return bars(rows, step, width)
  const label = Math.min(30, Math.max(...series.map((name) => name.length)))
  const room = Math.max(10, width - label - 14)
  const first = asNumber(rows[0]?.[0]) ?? 0
  const last = asNumber(rows.at(-1)?.[0]) ?? 0
  const lines = series.map((name, at) => {
    const values = rows.map((row) => asNumber(row[at + 1]))
    const most = Math.max(...values.map((value) => value ?? 0))
    return `${printable(name).slice(0, label).padEnd(label)}  ${sparkline(thinned(values, room))}  most ${numberText(most)}`
  })
  return [...lines, `${' '.repeat(label)}  ${timeText(first, step)} to ${timeText(last + step, step)}`].join('\n')
}

function bars(rows: ChartLines['rows'], step: number, width: number): string {
  const values = rows.map((row) => asNumber(row[1]))
  const most = Math.max(...values.map((value) => value ?? 0), 0)
  const numbers = values.map(numberText)
  const wide = Math.max(...numbers.map((text) => text.length))
  return rows
    .map((row, at) => {
      const time = timeText(asNumber(row[0]) ?? 0, step)
      const room = Math.max(10, width - time.length - wide - 4)
      const share = most === 0 ? 0 : (values[at] ?? 0) / most
      return `${time}  ${(numbers[at] ?? '').padStart(wide)}  ${bar(share, room)}`.trimEnd()
    })
    .join('\n')
}
