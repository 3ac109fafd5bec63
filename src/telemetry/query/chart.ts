// A timechart: what is computed for each step of time, for all events or for the commonest values of a field.
import { wrongAt } from './tokens.ts'
import { aggregateOf } from './make.ts'
import type { Pipe } from './pipes.ts'
import { type Making, type Relation, selectFrom, valuesOf } from './relation.ts'

export type Timechart = Extract<Pipe, { kind: 'timechart' }>
export const mostSteps = 1_000
/** Lines of a chart; the rarer values are one line together. */
export const mostSeries = 10
export const otherSeries = 'other'
export const emptySeries = '(none)'

/** One number of the chart. */
export interface ChartRow {
  readonly at: number
  readonly series: string
  readonly value: number | null
}
export interface Chart {
  readonly step: number
  readonly columns: readonly string[]
  readonly rows: (number | null)[][]
}
interface Ends {
  readonly since: number
  readonly until: number
}

/** The statement whose rows are a ChartRow each. Throws Fault INPUT_INVALID when there are no events left to draw. */
export function chartSql(
  { made, by, at }: Timechart,
  step: number,
  within: { relation: Relation; making: Making },
): string {
  const { relation, making } = within
  if (relation.made) throw wrongAt('a timechart is drawn of events; it must come before pipes that count', at)
  const of = valuesOf(relation, making)
  const computed = aggregateOf(made, of, relation)
  if (computed.type !== 'number') throw wrongAt(`${made.title} is no number to draw`, made.at)
  const place = making.put('Int64', step)
  const time = `intDiv(toUnixTimestamp64Milli(time), ${place}) * ${place} as at`
  const series = by ? seriesText(of(by).sql, relation, making) : `''`
  return `${selectFrom(relation, `${time}, ${series} as series, ${computed.sql} as value`)} group by at, series order by at, series`
}

function seriesText(value: string, relation: Relation, making: Making): string {
  const text = `toString(${value})`
  const commonest = `${selectFrom(relation, text)} group by 1 order by count() desc, 1 limit ${making.put('UInt32', mostSeries)}`
  return `if(${text} in (${commonest}), if(${text} = '', '${emptySeries}', ${text}), '${otherSeries}')`
}

/** Rows as a table: a row for each step, empty ones too, a column for each series; sums and counts of nothing are 0, others null. */
export function chartOf(
  found: readonly ChartRow[],
  { since, until, step }: Ends & { step: number },
  chart: Timechart,
): Chart {
  const series = chart.by ? seriesOf(found) : ['']
  const columns = chart.by ? series : [chart.made.title]
  const nothing = ['count', 'sum', 'dc'].includes(chart.made.name) ? 0 : null
  const cells = new Map(found.map(({ at, series: name, value }) => [`${at} ${name}`, value]))
  const first = Math.floor(since / step) * step
  const steps = Math.min(Math.max(1, Math.ceil((until - first) / step)), mostSteps)
  const rows = Array.from({ length: steps }, (_, index) => {
    const at = first + index * step
    return [at, ...series.map((name) => cells.get(`${at} ${name}`) ?? nothing)]
  })
  return { step, columns, rows }
}

/** The series with the most first; `other` last. */
function seriesOf(found: readonly ChartRow[]): string[] {
  const sums = new Map<string, number>()
  for (const { series, value } of found) sums.set(series, (sums.get(series) ?? 0) + Math.abs(value ?? 0))
  const rank = (name: string): number => (name === otherSeries ? -1 : (sums.get(name) ?? 0))
  return [...sums.keys()].sort((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1))
}
