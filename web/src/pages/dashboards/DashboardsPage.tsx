// Dashboards of the workspace: searches side by side, each opening as a hunt.
import './dashboards.css'
import { useCallback } from 'react'
import type { Output } from '../../client/nouns.ts'
import { useRead } from '../../client/queries.ts'
import { places } from '../../frame/places.ts'
import { useUrl } from '../../frame/url.ts'
import { plural } from '../../format/number.ts'
import { lastText } from '../../format/range.ts'
import { durationText } from '../../format/time.ts'
import { Choice, Empty, IconButton, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { PageFrame, Panel } from '../../parts/Panel.tsx'
import { Ago, Time } from '../../parts/Time.tsx'
import { useGo } from '../../frame/url.ts'
import { cellText } from '../hunt/result.ts'
import { ChartOf } from '../hunt/Result.tsx'

type Listed = Output<'dashboard.list'>['items'][number]
type Shown = Output<'dashboard.show'>['panels'][number]

const refreshMilliseconds = 60_000

export function Page() {
  const { params, set } = useUrl()
  const list = useRead('dashboard.list', {})
  const items = list.data?.items ?? []
  const right = items.filter(({ title }) => title !== '')
  const name = params['name'] ?? right[0]?.name
  if (list.error) return <TroubleNote trouble={list.error} again={() => void list.refetch()} />
  if (!list.data) return <Skeleton lines={8} />
  if (items.length === 0) return <NoDashboards />
  return (
    <PageFrame
      title="Dashboards"
      actions={
        right.length > 1 && right.length < 8 ? (
          <Choice
            label="Dashboard"
            value={name ?? ''}
            options={right.map((one) => ({
              value: one.name,
              title: one.title,
              hint: `${one.file}, ${plural(one.panels, 'panel')}`,
            }))}
            onChange={(next) => set({ name: next }, 'step')}
          />
        ) : (
          <select
            className="input"
            aria-label="Dashboard"
            value={name}
            onChange={(event) => set({ name: event.target.value }, 'step')}
          >
            {right.map((one) => (
              <option key={one.name} value={one.name}>
                {one.title}
              </option>
            ))}
          </select>
        )
      }
    >
      <Wrong items={items} />
      {name === undefined ? null : <Dashboard name={name} />}
    </PageFrame>
  )
}

const NoDashboards = () => (
  <PageFrame title="Dashboards">
    <Empty title="No dashboards in the workspace" icon="table">
      A dashboard is a file <code>dashboards/NAME.yaml</code> with a title and panels, each a search with pipes such as{' '}
      <code>class_uid:4002 | timechart count by host</code>.
    </Empty>
  </PageFrame>
)

/** Files that cannot be shown, each with its place. */
const Wrong = ({ items }: { readonly items: readonly Listed[] }) => {
  const issues = items.flatMap((one) => one.issues)
  if (issues.length === 0) return null
  return (
    <ul className="lines dashboard-wrong">
      {issues.map((issue) => (
        <li key={`${issue.at.file}${issue.at.line}${issue.text}`} className="line">
          <Icon name="incidents" size={14} />
          <span className="mono small">
            {issue.at.file}
            {issue.at.line === undefined ? '' : `:${issue.at.line}`}
          </span>
          <span className="fill wrap">{issue.text}</span>
        </li>
      ))}
    </ul>
  )
}

function Dashboard({ name }: { readonly name: string }) {
  const { data, error, refetch, isFetching, dataUpdatedAt } = useRead(
    'dashboard.show',
    { name },
    { every: refreshMilliseconds, keep: true },
  )
  if (error && !data) return <TroubleNote trouble={error} again={() => void refetch()} />
  if (!data) return <Skeleton lines={14} />
  return (
    <>
      <p className="row quiet">
        <span className="fill">{data.description}</span>
        <span className="small faint">
          asked <Ago at={dataUpdatedAt} />, again each minute
        </span>
        <IconButton icon="refresh" name="Ask again now" disabled={isFetching} onClick={() => void refetch()} />
      </p>
      <div className="dashboard" aria-busy={isFetching}>
        {data.panels.map((panel, at) => (
          <PanelOf key={`${at}${panel.title}`} panel={panel} />
        ))}
      </div>
    </>
  )
}

const PanelOf = ({ panel }: { readonly panel: Shown }) => {
  const { title, q, since, kind, result, error } = panel
  return (
    <Panel
      className={`dashboard-panel dashboard-${kind}`}
      title={<Go to={places.hunt({ q, range: since })}>{title}</Go>}
      hint={`${q}, ${lastText(since)}, in ${durationText(result.took)}; click to open it as a hunt`}
      actions={<span className="faint">{lastText(since)}</span>}
    >
      {error === '' ? <Body panel={panel} /> : <p className="warn-text wrap">{error}</p>}
    </Panel>
  )
}

function Body({ panel }: { readonly panel: Shown }) {
  const { kind, q, result } = panel
  const go = useGo()
  const zoom = useCallback(
    (since: number, until: number) =>
      go(places.hunt({ q, since: new Date(since).toISOString(), until: new Date(until).toISOString() })),
    [go, q],
  )
  if (kind === 'number') {
    const [column] = result.columns
    const value = result.rows[0]?.[0] ?? null
    return <p className="dashboard-figure number">{column ? cellText(value, column.type) || '0' : '0'}</p>
  }
  if (result.kind === 'events')
    return result.items.length === 0 ? (
      <p className="quiet">None.</p>
    ) : (
      <ul className="lines">
        {result.items.map((event) => (
          <li key={event.id} className="line">
            <Time at={event.time} />
            <Go className="line-name mono cut quiet" to={places.event(event.id)} title={event.message}>
              {event.host} {event.message}
            </Go>
          </li>
        ))}
      </ul>
    )
  if (result.rows.length === 0) return <p className="quiet">None.</p>
  if (result.kind === 'timechart') return <ChartOf result={result} onZoom={zoom} height={180} />
  return <Rows panel={panel} />
}

const Rows = ({ panel: { result } }: { readonly panel: Shown }) => (
  <div className="dashboard-rows">
    <table className="plain-table">
      <thead>
        <tr>
          {result.columns.map(({ name, type }) => (
            <th key={name} className={type === 'number' ? 'row-end' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {result.rows.map((row, at) => (
          <tr key={at}>
            {result.columns.map(({ name, type }, column) => (
              <td
                key={name}
                className={
                  type === 'number' ? 'row-end number' : type === 'time' ? 'number dashboard-time' : 'mono wrap'
                }
              >
                {cellText(row[column] ?? null, type)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
