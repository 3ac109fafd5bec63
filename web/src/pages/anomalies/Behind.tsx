// What an alert of a detector rests on: the numbers, what they were held against, and the history behind them, drawn.
import './anomalies.css'
import type { ReactNode } from 'react'
import type { AnomalyShown } from '../../client/nouns.ts'
import { useRead } from '../../client/queries.ts'
import { bytesText, countText, plural, shortText } from '../../format/number.ts'
import { dayText, durationText, minuteText, tableTimeText } from '../../format/time.ts'
import { Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Plot } from '../../parts/chart/Plot.tsx'
import { Time, useZone } from '../../parts/Time.tsx'
import { type Beat, plotted, secondsText, type Series, type Travel } from './read.ts'

export function Behind({ alert }: { readonly alert: string }) {
  const { data, error, refetch } = useRead('anomaly.show', { alert })
  if (error) return <TroubleNote trouble={error} again={() => void refetch()} />
  if (!data) return <Skeleton lines={6} />
  return (
    <section className="block">
      <h3 title={`what was measured, and what it was held against: ${data.does}`}>Why it fired</h3>
      <Numbers shown={data} />
      <HistoryView history={data.history} />
      <details className="behind-more small">
        <summary>Parameters of {data.detector}</summary>
        <dl className="behind-parameters">
          {Object.entries(data.parameters).map(([name, value]) => (
            <div key={name}>
              <dt className="mono">{name}</dt>
              <dd className="number">{countable(value)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}

const countable = (value: number): string => (Number.isInteger(value) ? countText(value) : String(value))

const Numbers = ({ shown: { numbers } }: { readonly shown: AnomalyShown }) => (
  <table className="behind-numbers">
    <thead className="small">
      <tr>
        <th scope="col">Measured</th>
        <th scope="col" className="row-end">
          Here
        </th>
        <th scope="col">Usual</th>
      </tr>
    </thead>
    <tbody>
      {numbers
        .filter(({ value }) => value !== '')
        .map(({ name, value, usual }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number strong row-end">{value}</td>
            <td className="quiet wrap">{usual}</td>
          </tr>
        ))}
    </tbody>
  </table>
)

function HistoryView({ history }: { readonly history: AnomalyShown['history'] }): ReactNode {
  switch (history.kind) {
    case 'series':
      return <SeriesPlot series={history} />
    case 'beat':
      return <BeatPlot beat={history} />
    case 'travel':
      return <TravelPlot travel={history} />
    case 'list':
      return <Known title="Known before" items={history.items} none="Nothing of the kind was known before." />
  }
}

function SeriesPlot({ series }: { readonly series: Series }) {
  useZone()
  const { bars, lines, hot, isOfDay } = plotted(series)
  if (bars.length === 0) return null
  const clock = (at: number): string => minuteText(at, 'UTC')
  return (
    <Plot
      name={series.unit}
      bars={bars}
      lines={lines}
      format={series.unit.startsWith('bytes') ? bytesText : shortText}
      labelOf={isOfDay ? (at) => `${clock(at)} UTC` : tableTimeText}
      markOf={isOfDay ? clock : (at) => (bars.length > 30 ? dayText(at) : `${dayText(at)} ${minuteText(at)}`)}
      marks={isOfDay ? 8 : bars.length > 30 ? 7 : 4}
      isHot={(_, at) => hot.has(at)}
    />
  )
}

/** Distances between connections, the connections of each hour, and what the score is made of. */
function BeatPlot({ beat }: { readonly beat: Beat }) {
  useZone()
  const sum = beat.parts.reduce((total, { adds }) => total + adds, 0)
  return (
    <>
      <h4>A connection every {secondsText(beat.interval)}</h4>
      <Plot
        name="distances between connections"
        bars={beat.intervals.map(({ from, count }) => ({ at: from, value: count }))}
        format={(value) => countText(Math.round(value))}
        labelOf={(from) => `${secondsText(from)} apart`}
        markOf={secondsText}
        height={96}
        isHot={({ at }, index) => {
          const to = beat.intervals[index]?.to ?? at
          return beat.interval >= at && beat.interval < to
        }}
      />
      <Plot
        name="connections an hour"
        bars={beat.points.map(({ at, count }) => ({ at, value: count }))}
        format={(value) => countText(Math.round(value))}
        labelOf={tableTimeText}
        markOf={minuteText}
        height={64}
      />
      <h4>
        The score: <span className="number">{sum.toFixed(2)}</span>
      </h4>
      <ul className="behind-parts small">
        {beat.parts.map(({ name, value, adds }) => (
          <li key={name}>
            <span>{name}</span>
            <span className="behind-part" aria-hidden="true">
              <span
                data-less={adds < 0 || undefined}
                style={{ width: `${Math.min(1, Math.abs(adds) / 0.25) * 100}%` }}
              />
            </span>
            <span className="number" title="what it adds; a quarter at most for each of the four formulas">
              {adds < 0 ? '−' : '+'}
              {Math.abs(adds).toFixed(2)}
            </span>
            <span className="number faint">{name === 'rarity and novelty' ? '' : `${value.toFixed(2)} of 1`}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Two places, the way between them, and how fast somebody would have travelled. */
function TravelPlot({ travel }: { readonly travel: Travel }) {
  const { from, to, kilometres, hours, limit } = travel
  const speed = kilometres === null || hours === 0 ? undefined : Math.round(kilometres / hours)
  const most = Math.max(limit, speed ?? 0)
  return (
    <>
      <div className="travel">
        {[from, to].map((spot, at) => (
          <div key={at} className="travel-spot">
            <b>{spot.name}</b>
            <span className="mono small">{spot.address}</span>
            <span className="small quiet">
              <Time at={spot.at} />
            </span>
          </div>
        ))}
        <div className="travel-way number small">
          <span>{kilometres === null ? 'another country' : `${countText(kilometres)} km`}</span>
          <span className="travel-line" aria-hidden="true" />
          <span>in {durationText(hours * 3_600_000)}</span>
        </div>
      </div>
      {speed === undefined ? null : (
        <div className="travel-speeds small" role="img" aria-label={`${speed} km/h, at most ${limit} is possible`}>
          {(
            [
              ['it would have taken', speed, true],
              ['nobody travels faster than', limit, false],
            ] as const
          ).map(([name, value, isHot]) => (
            <div key={name}>
              <span>{name}</span>
              <span className="behind-part">
                <span data-less={isHot || undefined} style={{ width: `${(100 * value) / most}%` }} />
              </span>
              <span className="number">{countText(value)} km/h</span>
            </div>
          ))}
        </div>
      )}
      <Known title="Places it was at before" items={travel.items} none="None." />
    </>
  )
}

const mostKnown = 12
const Known = ({
  title,
  items,
  none,
}: {
  readonly title: string
  readonly items: readonly { name: string; note: string }[]
  readonly none: string
}) => (
  <>
    <h4 title="the latest first">{title}</h4>
    {items.length === 0 ? <p className="quiet">{none}</p> : null}
    <ul className="lines small">
      {items.slice(0, mostKnown).map(({ name, note }) => (
        <li key={name} className="line">
          <span className="line-name mono wrap">{name}</span>
          <span className="quiet number">{note}</span>
        </li>
      ))}
    </ul>
    {items.length > mostKnown ? <p className="small faint">and {plural(items.length - mostKnown, 'other')}</p> : null}
  </>
)
