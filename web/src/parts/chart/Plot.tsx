// Values as bars against what was expected of them; the numbers stand below for those who read rather than look.
import './plot.css'
import { useId, useState } from 'react'
import { barAt, heightOf, marked, stepPath, topOf, type PlotBar, type PlotLine } from './plot.ts'

interface PlotProps {
  /** What the bars are; said to those who do not see them. */
  readonly name: string
  readonly bars: readonly PlotBar[]
  readonly lines?: readonly PlotLine[]
  /** A value as people read it. */
  readonly format: (value: number) => string
  /** The whole name of a bar, and the short one below it. */
  readonly labelOf: (at: number) => string
  readonly markOf: (at: number) => string
  /** Bars that stand out: above the limit, say. */
  readonly isHot?: (bar: PlotBar, index: number) => boolean
  readonly height?: number
  readonly marks?: number
}
const noLines: readonly PlotLine[] = []
/** A few bars are not drawn as wide as the page. */
const few = (bars: readonly PlotBar[]): { maxWidth: number } | undefined =>
  bars.length < 8 ? { maxWidth: 150 + bars.length * 64 } : undefined

export function Plot(props: PlotProps) {
  const { name, bars, lines = noLines, format, isHot, height = 140 } = props
  const [over, setOver] = useState<number>()
  const top = topOf([...bars.map(({ value }) => value), ...lines.flatMap(({ values }) => values)])
  return (
    <figure className="plot">
      <div className="plot-row" style={few(bars)}>
        <div className="plot-scale number" aria-hidden="true">
          <span>{format(top)}</span>
          <span>{format(0)}</span>
        </div>
        <div
          className="plot-box"
          role="img"
          aria-label={name}
          style={{ height }}
          onPointerMove={(event) => {
            const { left, width } = event.currentTarget.getBoundingClientRect()
            setOver(barAt((event.clientX - left) / width, bars.length))
          }}
          onPointerLeave={() => setOver(undefined)}
        >
          <svg viewBox={`0 0 ${Math.max(1, bars.length)} 100`} preserveAspectRatio="none" aria-hidden="true">
            {bars.map((bar, at) => (
              <rect
                key={bar.at}
                className="plot-bar"
                data-hot={isHot?.(bar, at) || undefined}
                data-over={at === over || undefined}
                x={at + 0.1}
                width={0.8}
                y={100 - heightOf(bar.value, top)}
                height={heightOf(bar.value, top)}
              />
            ))}
            {lines.map(({ name: line, token, values, dashed }) => (
              <path
                key={line}
                className="plot-line"
                data-dashed={dashed || undefined}
                style={{ stroke: `var(--${token})` }}
                d={stepPath(values, top)}
              />
            ))}
          </svg>
          <Tip {...props} lines={lines} over={over} />
        </div>
      </div>
      <Below {...props} lines={lines} />
    </figure>
  )
}

/** What the bar under the pointer says. */
function Tip({ bars, lines = noLines, format, labelOf, over }: PlotProps & { readonly over: number | undefined }) {
  const under = over === undefined ? undefined : bars[over]
  if (!under || over === undefined) return null
  return (
    <span
      className="plot-tip"
      data-side={over > bars.length / 2 ? 'left' : 'right'}
      style={{ left: `${((over + 0.5) / bars.length) * 100}%` }}
    >
      <b className="number">{format(under.value)}</b> {labelOf(under.at)}
      {lines.map(({ name: line, values }) => (
        <span key={line} className="faint">
          {' '}
          · {line} {format(values[over] ?? 0)}
        </span>
      ))}
    </span>
  )
}

const Below = (props: PlotProps) => {
  const { name, bars, lines = noLines, markOf, marks = 6 } = props
  return (
    <>
      <div className="plot-marks number" aria-hidden="true" style={few(bars)}>
        {marked(bars.length, marks).map((at) => (
          <span key={at} style={{ left: `${((at + 0.5) / bars.length) * 100}%` }}>
            {markOf(bars[at]?.at ?? 0)}
          </span>
        ))}
      </div>
      <figcaption className="plot-legend small">
        <span className="row">
          <span className="plot-swatch" /> {name}
        </span>
        {lines.map(({ name: line, token, dashed }) => (
          <span key={line} className="row">
            <span className="plot-dash" data-dashed={dashed || undefined} style={{ borderColor: `var(--${token})` }} />{' '}
            {line}
          </span>
        ))}
      </figcaption>
      <Numbers {...props} />
    </>
  )
}

/** The same as a table, folded. */
function Numbers({ name, bars, lines = noLines, format, labelOf }: PlotProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <details className="plot-numbers small" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary id={id}>As numbers</summary>
      {open ? (
        <div className="plot-table" tabIndex={0} role="region" aria-labelledby={id}>
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                {[name, ...lines.map((line) => line.name)].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {bars.map((bar, at) => (
                <tr key={bar.at}>
                  <th scope="row">{labelOf(bar.at)}</th>
                  <td className="number">{format(bar.value)}</td>
                  {lines.map((line) => (
                    <td key={line.name} className="number">
                      {format(line.values[at] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </details>
  )
}
