// What needs attention now, how much happens, and whether the watch itself is well. Every figure leads to what it counts.
import './overview.css'
import { useMemo } from 'react'
import { useLive, useRead } from '../../client/queries.ts'
import { levels, type Level, type Overview } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { useGo } from '../../frame/url.ts'
import { countText, plural, shortText } from '../../format/number.ts'
import { levelTitle } from '../../format/words.ts'
import { Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Chart } from '../../parts/chart/Chart.tsx'
import { Go } from '../../parts/Go.tsx'
import { LevelCounts } from '../../parts/Level.tsx'
import { PageFrame, Panel } from '../../parts/Panel.tsx'
import { Ago } from '../../parts/Time.tsx'
import { Attention } from './Attention.tsx'
import { Figure } from './Figure.tsx'
import { OpenIncidents } from './OpenIncidents.tsx'
import { SourcesHealth, Stores } from './Health.tsx'

const halfHour = 1_800_000
const hour = 3_600_000

export function Page() {
  const { data, error, refetch } = useRead('overview.show', {}, { every: 30_000 })
  if (error && !data) return <TroubleNote trouble={error} again={() => void refetch()} />
  return (
    <PageFrame
      title="Overview"
      lead={
        data ? (
          <>
            as of <Ago at={data.at} />
          </>
        ) : null
      }
    >
      {data ? <Content overview={data} /> : <Skeleton lines={14} height={28} />}
    </PageFrame>
  )
}
function Content({ overview }: { readonly overview: Overview }) {
  return (
    <div className="overview">
      <Figures overview={overview} />
      <Attention items={overview.attention} />
      <OpenIncidents incidents={overview.incidents} />
      <Trends overview={overview} />
      <SourcesHealth sources={overview.sources} />
      <Stores overview={overview} />
    </div>
  )
}

function Figures({ overview }: { readonly overview: Overview }) {
  const { events, alerts, incidents, rules, model } = overview
  const rate = useLive((view) => view.pulse?.perSecond ?? null)
  const all = Object.values(rules).reduce((sum, count) => sum + count, 0)
  const running = rules['running'] ?? 0
  return (
    <div className="figures">
      <Figure
        name="Open incidents"
        value={countText(incidents.open)}
        to={places.incidents()}
        hint="incidents that are open, being investigated or contained, but not closed"
      >
        <LevelCounts counts={incidents.byLevel} to={(level) => places.incidents({ level })} of="incidents not closed" />
      </Figure>
      <Figure
        name="Alerts, 24 hours"
        value={countText(alerts.lastDay)}
        to={places.alerts({ range: '24h' })}
        hint="rules that matched an event in the last 24 hours, all sources"
      >
        <LevelCounts
          counts={alerts.byLevel}
          to={(level) => places.alerts({ level, range: '24h' })}
          of="alerts in the last 24 hours"
        />
      </Figure>
      <Figure
        name="Events, last hour"
        value={shortText(events.lastHour)}
        to={places.hunt({ range: '1h' })}
        hint={`${countText(events.lastHour)} events accepted in the last hour, all sources`}
      >
        <span title="events accepted per second, all sources">
          {shortText(Math.round(rate ?? events.perSecond))} a second
        </span>
        <span title={`${countText(events.stored)} events can be searched`}>{shortText(events.stored)} stored</span>
      </Figure>
      <Figure
        name="Rules running"
        value={countText(running)}
        to={places.rules({ state: 'running' })}
        hint="rules matched against every event of their log source"
      >
        {all > running ? (
          <Go to={places.rules()} title="rules that are loaded but cannot run, each with its reason">
            {plural(all - running, 'rule')} of {countText(all)} not running
          </Go>
        ) : (
          <span>{all === 0 ? 'none loaded yet' : 'all that are loaded'}</span>
        )}
      </Figure>
      <Figure
        name="Assets in the model"
        value={countText(model.assets)}
        to={places.estate()}
        hint="assets declared in the workspace's model"
      >
        <span>
          {plural(model.zones, 'zone')}, {plural(model.flows, 'flow')}
        </span>
        {model.issues > 0 ? <Go to={places.estate({ view: 'problems' })}>{plural(model.issues, 'problem')}</Go> : null}
      </Figure>
    </div>
  )
}

function Trends({ overview }: { readonly overview: Overview }) {
  const go = useGo()
  const { events, alerts } = overview
  const eventSeries = useMemo(
    () => [{ name: 'Events', token: 'accent', points: events.trend.map(({ at, count }) => [at, count] as const) }],
    [events.trend],
  )
  const alertSeries = useMemo(
    () =>
      levels.map((level: Level) => ({
        name: levelTitle[level],
        token: `${level}-fill`,
        points: alerts.trend.map((point) => [point.at, point[level]] as const),
      })),
    [alerts.trend],
  )
  const between = (since: number, length: number) => ({
    since: new Date(since).toISOString(),
    until: new Date(since + length).toISOString(),
  })
  return (
    <>
      <Panel
        className="overview-events"
        title={<Go to={places.hunt({ range: '24h' })}>Events, 24 hours</Go>}
        hint="events accepted each half hour of the last day, all sources; click a point to see them"
      >
        {events.trend.length === 0 ? (
          <p className="quiet">No events yet. They are drawn here as they arrive.</p>
        ) : (
          <Chart
            name={`Events each half hour of the last day: ${countText(events.lastDay)} in all`}
            kind="area"
            series={eventSeries}
            step={halfHour}
            onPick={(at) => go(places.hunt(between(Math.floor(at / halfHour) * halfHour, halfHour)))}
          />
        )}
      </Panel>
      <Panel
        className="overview-alerts"
        title={<Go to={places.alerts({ range: '24h' })}>Alerts, 24 hours</Go>}
        hint="alerts each hour of the last day by level; click a bar to see them"
      >
        {alerts.trend.length === 0 ? (
          <p className="quiet">No alerts yet.</p>
        ) : (
          <Chart
            name={`Alerts each hour of the last day: ${countText(alerts.lastDay)} in all`}
            kind="bars"
            series={alertSeries}
            step={hour}
            onPick={(at) => go(places.alerts(between(Math.floor((at + hour / 2) / hour) * hour, hour)))}
          />
        )}
      </Panel>
    </>
  )
}
