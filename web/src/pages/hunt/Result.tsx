// A computed result shown: a chart over time with its table, a table, or a few large numbers.
import './result.css'
import { useMemo } from 'react'
import type { Output } from '../../client/nouns.ts'
import { countText } from '../../format/number.ts'
import { Empty } from '../../parts/basics.tsx'
import { Chart } from '../../parts/chart/Chart.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import type { Column } from '../../parts/table/columns.ts'
import { Time } from '../../parts/Time.tsx'
import { type OnTerm, Pivot } from './Pivot.tsx'
import { cellText, isFigures, type Row, rowKey, seriesOf } from './result.ts'

export type Hunted = Output<'event.hunt'>
type Computed = Pick<Hunted, 'kind' | 'columns' | 'rows' | 'step'>

interface ResultProps {
  readonly result: Computed
  readonly onTerm?: OnTerm | undefined
  readonly onZoom?: ((since: number, until: number) => void) | undefined
}

export function ResultView({ result, onTerm, onZoom }: ResultProps) {
  if (result.rows.length === 0) return <Empty title="Nothing to compute from" icon="search" />
  if (result.kind === 'timechart') return <Timechart result={result} onZoom={onZoom} onTerm={onTerm} />
  if (isFigures(result)) return <Figures result={result} />
  return <ResultTable result={result} onTerm={onTerm} />
}

/** Counts over time: one bar a step for a single series, lines for several. */
export function ChartOf({ result, onZoom, height }: ResultProps & { readonly height: number }) {
  const series = useMemo(() => seriesOf(result), [result])
  const { step } = result
  return (
    <div className="result-chart">
      <Chart
        name={`Over time: ${series.map(({ name }) => name).join(', ')}`}
        kind="bars"
        series={series}
        step={step}
        height={height}
        {...(onZoom
          ? { onPick: (at: number) => onZoom(Math.floor(at / step) * step, Math.floor(at / step) * step + step) }
          : {})}
      />
      {series.length > 1 ? (
        <ul className="legend">
          {series.map(({ name, token, faint, total }) => (
            <li key={name} title={`${name}: ${countText(total)} in all`}>
              <span className={`legend-dot legend-${token}`} data-faint={faint || undefined} aria-hidden="true" />
              <span className="cut">{name === '' ? 'none' : name}</span>
              <span className="number faint">{countText(total)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/** The chart, and below it its figures with the newest first. */
const Timechart = ({ result, onTerm, onZoom }: ResultProps) => (
  <div className="result-stack">
    <ChartOf result={result} onZoom={onZoom} height={260} />
    <ResultTable result={{ ...result, rows: result.rows.toReversed() }} onTerm={onTerm} />
  </div>
)

export const Figures = ({ result }: { readonly result: Computed }) => (
  <dl className="result-figures">
    {result.columns.map(({ name, type }, at) => (
      <div key={name} className="result-figure">
        <dt className="quiet">{name}</dt>
        <dd className="number" title={String(result.rows[0]?.[at] ?? '')}>
          {cellText(result.rows[0]?.[at] ?? null, type)}
        </dd>
      </div>
    ))}
  </dl>
)

const columnsOf = (result: Computed): readonly Column<Row>[] =>
  result.columns.map(({ name, type }, at) => ({
    id: name,
    title: name,
    width: type === 'text' ? 150 : 120,
    ...(type === 'text' ? { grow: 2 } : {}),
    ...(type === 'number' ? { align: 'end' as const } : {}),
    cell: (row) => {
      const value = row[at] ?? null
      if (type === 'time' && typeof value === 'number') return <Time at={value} />
      return (
        <span className={type === 'number' ? 'number' : 'mono cut'} data-none={value === 0 || undefined}>
          {cellText(value, type)}
        </span>
      )
    },
    sort: (row) => row[at] ?? '',
    copy: (row) => String(row[at] ?? ''),
  }))

export function ResultTable({ result, onTerm }: Pick<ResultProps, 'result' | 'onTerm'>) {
  const columns = useMemo(() => columnsOf(result), [result])
  const texts = new Set(result.columns.filter(({ type }) => type === 'text').map(({ name }) => name))
  return (
    <DataTable
      name="Computed"
      rows={result.rows}
      columns={columns}
      keyOf={rowKey}
      cellActions={(column, text) => (texts.has(column) ? <Pivot name={column} value={text} onTerm={onTerm} /> : null)}
      empty={<Empty title="Nothing" icon="table" />}
    />
  )
}
