// The risk of a user, host or address: its curve, and the sum now, term by term.
import { useMemo, useState } from 'react'
import type { Output } from '../../client/nouns.ts'
import { useRead } from '../../client/queries.ts'
import { countText, plural } from '../../format/number.ts'
import { endsOf, type Range } from '../../format/range.ts'
import { places } from '../../frame/places.ts'
import { Badge, Button } from '../../parts/basics.tsx'
import { Chart } from '../../parts/chart/Chart.tsx'
import { Go } from '../../parts/Go.tsx'
import { LevelMark } from '../../parts/Level.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Ago } from '../../parts/Time.tsx'
import { thisMinute } from '../hunt/ask.ts'
import type { EntityKind } from './entities.ts'

type Shown = Output<'risk.show'>
const mostTerms = 8
const dayLength = 86_400_000
const tenths = (value: number): string => (Math.round(value * 10) / 10).toFixed(1)

interface RiskPanelProps {
  readonly kind: Exclude<EntityKind, 'domain'>
  readonly name: string
  readonly range: Range
}
export function RiskPanel({ kind, name, range }: RiskPanelProps) {
  const { data } = useRead('risk.show', { kind, name, ...endsOf(range, thisMinute()) }, { keep: true })
  if (!data || (data.terms.length === 0 && data.raised.length === 0)) return null
  const isOver = data.risk >= data.threshold
  return (
    <Panel
      className="entity-wide"
      title="Risk"
      hint="points of its alerts, each losing half of its weight with each half-life"
      actions={
        <span className="row">
          <b className="number">{tenths(data.risk)}</b>
          <Badge tone={isOver ? 'bad' : 'plain'} title="from the threshold on an alert is raised">
            of {countText(data.threshold)}
          </Badge>
        </span>
      }
    >
      <Curve shown={data} />
      <Terms shown={data} />
    </Panel>
  )
}

function Curve({ shown }: { readonly shown: Shown }) {
  const { curve, threshold } = shown
  const series = useMemo(
    () => [
      { name: 'threshold', token: 'ink-3', faint: true, points: curve.map(({ at }) => [at, threshold] as const) },
      {
        name: 'risk',
        token: 'high-fill',
        points: curve.map(({ at, risk }) => [at, Math.round(risk * 10) / 10] as const),
      },
    ],
    [curve, threshold],
  )
  const [first, last] = [curve[0]?.at ?? 0, curve.at(-1)?.at ?? 0]
  return (
    <Chart name="Risk over time" kind="area" series={series} step={Math.max(1, (last - first) / 120)} height={140} />
  )
}

/** The arithmetic: base × asset × confidence × age = worth; all of them together are the risk. */
function Terms({ shown }: { readonly shown: Shown }) {
  const [all, setAll] = useState(false)
  const { terms, risk, halfLife } = shown
  const lines = all ? terms : terms.slice(0, mostTerms)
  const rest = terms.slice(lines.length).reduce((sum, { worth }) => sum + worth, 0)
  return (
    <div className="risk-terms">
      <table>
        <caption className="small quiet">
          The sum now: level × criticality of the asset × confidence in the rule × age (half in{' '}
          {plural(Math.round((halfLife / dayLength) * 10) / 10, 'day')})
        </caption>
        <thead>
          <tr>
            <th scope="col">Alert</th>
            <th scope="col">When</th>
            <th scope="col" className="risk-sum">
              Arithmetic
            </th>
            <th scope="col" className="risk-worth">
              Worth
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((term) => (
            <tr key={term.alert}>
              <td>
                <span className="row">
                  <LevelMark level={term.level} />
                  <Go className="cut" to={places.alert(term.alert)}>
                    {term.title}
                  </Go>
                </span>
              </td>
              <td className="quiet">
                <Ago at={term.time} />
              </td>
              <td className="number risk-sum quiet">
                {term.base} × {term.criticality} × {term.confidence} × {term.share.toFixed(3)}
              </td>
              <td className="number risk-worth">{tenths(term.worth)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {terms.length > lines.length ? (
            <tr>
              <td colSpan={3}>
                <Button look="quiet" onClick={() => setAll(true)}>
                  {plural(terms.length - lines.length, 'more alert')}
                </Button>
              </td>
              <td className="number risk-worth">{tenths(rest)}</td>
            </tr>
          ) : null}
          <tr>
            <th scope="row" colSpan={3}>
              Risk
            </th>
            <td className="number risk-worth strong">{tenths(risk)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
