// One incident: what it is in a glance, its story, what to do, and the alerts behind it.
import './incidents.css'
import '../alerts/alerts.css'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '../../client/queries.ts'
import type { Incident, IncidentDetail, PlainAlert } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { useTitle } from '../../frame/title.ts'
import { countText, plural } from '../../format/number.ts'
import { durationText } from '../../format/time.ts'
import { Techniques } from '../../parts/Techniques.tsx'
import { Copy, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { LevelBadge } from '../../parts/Level.tsx'
import { Facts, Panel } from '../../parts/Panel.tsx'
import { DataTable } from '../../parts/table/DataTable.tsx'
import { Ago, Time } from '../../parts/Time.tsx'
import { AlertPanel } from '../alerts/AlertPanel.tsx'
import { sortableAlertColumns } from '../alerts/columns.tsx'
import { IncidentActions } from './IncidentActions.tsx'
import { IncidentStateBadge } from './IncidentState.tsx'
import { TacticStrip } from './Tactics.tsx'
import { Timeline } from './Timeline.tsx'

export function Page() {
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useRead('incident.show', { id })
  if (error && !data) return <TroubleNote trouble={error} again={() => void refetch()} />
  if (!data) return <Skeleton lines={14} height={28} />
  return <Content detail={data} />
}

function Content({ detail }: { readonly detail: IncidentDetail }) {
  const { incident, timeline, recent } = detail
  const [chosen, setChosen] = useState<string>()
  useTitle(`#${incident.number} ${incident.title}`)
  return (
    <div className="with-side incident-with-side">
      <div className="page incident">
        <Head incident={incident} />
        <div className="incident-body">
          <Panel
            title="Story"
            hint="what happened in order of time; repeats of the same thing are one line"
            className="incident-story"
          >
            <Timeline timeline={timeline} onAlert={setChosen} />
          </Panel>
          <div className="incident-aside">
            <IncidentActions incident={incident} />
            <About incident={incident} />
          </div>
        </div>
        <RecentAlerts incident={incident} recent={recent} chosen={chosen} onOpen={setChosen} />
      </div>
      {chosen === undefined ? null : (
        <AlertPanel
          key={chosen}
          id={chosen}
          known={undefined}
          onClose={() => setChosen(undefined)}
          onNarrow={() => setChosen(undefined)}
        />
      )}
    </div>
  )
}

function Head({ incident }: { readonly incident: Incident }) {
  return (
    <header className="incident-head">
      <div className="rows">
        <Go to={places.incidents()}>Incidents</Go>
        <span className="faint number">#{incident.number}</span>
        <LevelBadge level={incident.level} />
        <IncidentStateBadge state={incident.state} />
        <span className="faint">
          {incident.assignee === '' ? 'assigned to nobody' : `assigned to ${incident.assignee}`}
        </span>
        <Copy text={window.location.href} name="Copy a link to this incident" />
      </div>
      <h1 className="wrap">{incident.title}</h1>
      <p className="incident-summary">{incident.summary}</p>
      <TacticStrip tactics={incident.tactics} />
    </header>
  )
}

const hostLink = (host: string) => places.hunt({ q: `host:${host}`, range: '7d' })
const userLink = (user: string) =>
  places.hunt({ q: `user:${/^[\w.@$-]+$/.test(user) ? user : JSON.stringify(user)}`, range: '7d' })

const Links = ({ items, to }: { readonly items: readonly string[]; readonly to: (item: string) => string }) => (
  <span className="links">
    {items.map((item) => (
      <Go key={item} to={to(item)} className="mono wrap">
        {item}
      </Go>
    ))}
  </span>
)

function About({ incident }: { readonly incident: Incident }) {
  const some = (items: readonly string[], to: (item: string) => string) =>
    items.length === 0 ? '' : <Links items={items} to={to} />
  return (
    <Panel title="About">
      <Facts
        items={[
          ['Began', <Time key="first" at={incident.first} />],
          [
            'Last',
            <span key="last">
              <Time at={incident.last} />{' '}
              <span className="faint">
                (<Ago at={incident.last} />)
              </span>
            </span>,
          ],
          ['Lasted', durationText(incident.last - incident.first)],
          ['Opened', <Time key="opened" at={incident.opened} />],
          [
            'Alerts',
            <Go
              key="alerts"
              to={places.alerts({ incident: incident.id, range: '30d' })}
            >{`${plural(incident.alerts, 'alert')} of ${plural(incident.rules, 'rule')}`}</Go>,
          ],
          ['Hosts', some(incident.hosts, hostLink)],
          ['Users', some(incident.users, userLink)],
          [
            'Addresses',
            some(incident.addresses, (address) => places.hunt({ q: JSON.stringify(address), range: '7d' })),
          ],
          ['Assets', some(incident.assets, places.asset)],
          [
            'Techniques',
            incident.techniques.length === 0 ? '' : <Techniques key="techniques" ids={incident.techniques} />,
          ],
        ]}
      />
    </Panel>
  )
}

interface RecentAlertsProps {
  readonly incident: Incident
  readonly recent: readonly PlainAlert[]
  readonly chosen: string | undefined
  readonly onOpen: (id: string) => void
}
const keyOf = (alert: PlainAlert): string => alert.id
const RecentAlerts = ({ incident, recent, chosen, onOpen }: RecentAlertsProps) => (
  <Panel
    className="incident-alerts"
    title="Recent alerts"
    hint="the latest alerts of this incident; the link leads to all"
    actions={<Go to={places.alerts({ incident: incident.id, range: '30d' })}>all {countText(incident.alerts)}</Go>}
  >
    <DataTable
      name="Recent alerts"
      rows={recent}
      columns={sortableAlertColumns}
      keyOf={keyOf}
      selected={chosen}
      onOpen={(alert) => onOpen(alert.id)}
      empty={<p className="quiet">No alerts.</p>}
    />
  </Panel>
)
