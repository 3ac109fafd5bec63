// Computed results as series of a chart, texts of cells, and large numbers.
import type { Output } from '../../client/nouns.ts'
import { countText } from '../../format/number.ts'
import { tableTimeText } from '../../format/time.ts'

export type Hunted = Output<'event.hunt'>
export type Row = Hunted['rows'][number]
export type Cell = Row[number]
type ColumnType = Hunted['columns'][number]['type']

/** Tokens of series, as different from each other as the tokens are; a second round of them is drawn faintly. */
export const seriesTokens = [
  'accent',
  'high-fill',
  'low-fill',
  'medium-fill',
  'critical-fill',
  'good',
  'ink-2',
] as const
/** What stands for all the others, or for none, has a grey. */
const restTokens = { other: 'edge-soft', '(none)': 'informational-fill' } as const
const isRest = (name: string): name is keyof typeof restTokens => Object.hasOwn(restTokens, name)

export interface ChartSeries {
  readonly name: string
  readonly token: (typeof seriesTokens)[number] | (typeof restTokens)[keyof typeof restTokens]
  readonly faint: boolean
  readonly total: number
  readonly points: readonly (readonly [number, number])[]
}

/** A series for each column behind the time. */
export function seriesOf({ columns, rows }: Pick<Hunted, 'columns' | 'rows'>): ChartSeries[] {
  const named = columns.slice(1).filter(({ name }) => !isRest(name))
  return columns.slice(1).map(({ name }, at) => {
    const points = rows.map((row): [number, number] => [Number(row[0]), Number(row[at + 1] ?? 0)])
    const place = named.findIndex((column) => column.name === name)
    return {
      name,
      token: isRest(name) ? restTokens[name] : (seriesTokens[place % seriesTokens.length] ?? 'accent'),
      faint: place >= seriesTokens.length,
      total: points.reduce((sum, [, count]) => sum + count, 0),
      points,
    }
  })
}

const fine = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
/** A cell as text: whole numbers grouped, others with two decimals, times in the chosen zone. */
export function cellText(value: Cell, type: ColumnType): string {
  if (value === null || value === '') return ''
  if (type === 'text' || typeof value === 'string') return String(value)
  if (type === 'time') return tableTimeText(value)
  return Number.isInteger(value) ? countText(value) : fine.format(value)
}

/** Whether a result is one row of numbers, and few of them: then they are shown large. */
export const isFigures = ({ columns, rows }: Pick<Hunted, 'columns' | 'rows'>): boolean =>
  rows.length === 1 && columns.length <= 6 && columns.every(({ type }) => type !== 'text')

/** A key for a row; rows of a table differ. */
export const rowKey = (row: Row): string => JSON.stringify(row)
