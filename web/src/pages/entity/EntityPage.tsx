// All about one host, user, address or domain: when it was seen, beside what, its alerts and incidents, and what the model says of it.
import '../hunt/hunt.css'
import '../incidents/incidents.css'
import './entity.css'
import { useMemo } from 'react'
import { useNames } from '../../client/names.ts'
import { type Asset, incidentStates, type Output } from '../../client/nouns.ts'
import { useRead } from '../../client/queries.ts'
import { countText, plural, shortText } from '../../format/number.ts'
import { endsOf, paramsOfRange, rangeOf, type Range } from '../../format/range.ts'
import { useUrl } from '../../frame/url.ts'
import { places } from '../../frame/places.ts'
import { Badge, Empty, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Histogram } from '../../parts/chart/Histogram.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { LevelMark } from '../../parts/Level.tsx'
import { Facts, PageFrame, Panel } from '../../parts/Panel.tsx'
import { RangePicker } from '../../parts/RangePicker.tsx'
import { Ago, Time } from '../../parts/Time.tsx'
import { IncidentStateBadge } from '../incidents/IncidentState.tsx'
import { thisMinute } from '../hunt/ask.ts'
import { tailOfPath } from '../hunt/query.ts'
import { RiskPanel } from './RiskPanel.tsx'
import { UsualPanel } from './UsualPanel.tsx'
import { entityIcons, entityKindOf, isEntityKind, type EntityKind } from './entities.ts'

type Entity = Output<'entity.show'>
const standardRange = '30d'
const mostAlerts = 8

export function Page() {
  const { params, set } = useUrl()
  const { kind, name = '' } = params
  const range = rangeOf(params, standardRange)
  if (!isEntityKind(kind) || name === '')
    return (
      <Empty title="No host, user, address or domain is named" icon="search">
        Pages of this kind are reached from a value of an event: <Go to={places.hunt()}>hunt for one</Go>.
      </Empty>
    )
  return (
    <PageFrame
      title={name}
      lead={
        <span className="row">
          <Icon name={entityIcons[kind]} size={14} /> {kind}
        </span>
      }
      actions={<RangePicker range={range} onChange={(next) => set(paramsOfRange(next, standardRange), 'step')} />}
    >
      <Sheet
        kind={kind}
        name={name}
        range={range}
        onZoom={(since, until) => set(paramsOfRange({ kind: 'between', since, until }, standardRange), 'step')}
      />
    </PageFrame>
  )
}

interface SheetProps {
  readonly kind: EntityKind
  readonly name: string
  readonly range: Range
  readonly onZoom: (since: number, until: number) => void
}

function Sheet({ kind, name, range, onZoom }: SheetProps) {
  const { data, error, refetch } = useRead(
    'entity.show',
    { kind, name, ...endsOf(range, thisMinute()) },
    { keep: true },
  )
  if (error && !data) return <TroubleNote trouble={error} again={() => void refetch()} />
  if (!data) return <Skeleton lines={14} />
  return (
    <div className="entity">
      <Figures entity={data} range={range} />
      <Panel
        className="entity-wide"
        title={<Go to={huntFor(data.q, range)}>Events over time</Go>}
        hint={`every event that names it: ${data.q}; drag over the bars to choose a stretch`}
      >
        {data.count === 0 ? (
          <p className="quiet">No event of this time names it. Choose a longer time.</p>
        ) : (
          <Histogram buckets={data.histogram.buckets} step={data.histogram.step} of="event" onZoom={onZoom} />
        )}
      </Panel>
      {kind === 'domain' ? null : <RiskPanel kind={kind} name={name} range={range} />}
      <Panel
        className="entity-main"
        title="Seen beside"
        hint="the commonest values in the events that name it, and how many have each"
      >
        {data.related.length === 0 ? <p className="quiet">Nothing.</p> : <Related entity={data} range={range} />}
      </Panel>
      <div className="entity-side">
        <Alerts kind={kind} name={name} range={range} />
        <Incidents name={name} />
        <OfModel kind={kind} name={name} />
      </div>
      {kind === 'user' || kind === 'host' ? <UsualPanel kind={kind} name={name} /> : null}
      <Panel className="entity-wide" title="Latest events">
        <Recent entity={data} />
      </Panel>
    </div>
  )
}

const huntFor = (q: string, range: Range): string => places.hunt({ q, ...paramsOfRange(range, '24h') })

const Figures = ({ entity, range }: { readonly entity: Entity; readonly range: Range }) => (
  <dl className="entity-figures">
    <div>
      <dt>Events</dt>
      <dd className="number" title={`${countText(entity.count)} events of this time name it`}>
        <Go to={huntFor(entity.q, range)}>{shortText(entity.count)}</Go>
      </dd>
    </div>
    {(['first', 'last'] as const).map((which) => {
      const at = entity[which]
      return (
        <div key={which}>
          <dt title="within the chosen time">{which === 'first' ? 'First seen' : 'Last seen'}</dt>
          <dd>
            {at === null ? <span className="faint">never</span> : <Time at={at} />}
            {at === null ? null : (
              <span className="small faint">
                {' '}
                <Ago at={at} />
              </span>
            )}
          </dd>
        </div>
      )
    })}
  </dl>
)

const mostValues = 8
const Related = ({ entity, range }: { readonly entity: Entity; readonly range: Range }) => (
  <div className="related">
    {entity.related.map(({ field, values }) => {
      const kind = entityKindOf(field)
      const most = Math.max(...values.map(({ count }) => count))
      return (
        <section key={field} className="facet">
          <h3 className="mono">{field}</h3>
          <ul>
            {values.slice(0, mostValues).map(({ value, count }) => (
              <li key={value} className="facet-value">
                <Go
                  className="facet-include"
                  to={
                    kind
                      ? places.entity(kind, value)
                      : huntFor(`(${entity.q}) ${field}:${JSON.stringify(value)}`, range)
                  }
                  title={`${value}: in ${plural(count, 'event')}; ${kind ? `all about this ${kind}` : 'show them'}`}
                >
                  <span className="facet-bar" style={{ width: `${(count / most) * 100}%` }} />
                  <span className="facet-text mono cut">{tailOfPath(value, 36)}</span>
                  <span className="facet-count number">{shortText(count)}</span>
                </Go>
              </li>
            ))}
          </ul>
          {values.length > mostValues ? <p className="small faint">{values.length - mostValues} more</p> : null}
        </section>
      )
    })}
  </div>
)

function Alerts({ kind, name, range }: { readonly kind: EntityKind; readonly name: string; readonly range: Range }) {
  const of = kind === 'host' || kind === 'user' ? { [kind]: name } : { q: name }
  const { data, error } = useRead(
    'alert.list',
    { ...of, ...endsOf(range, thisMinute()), limit: mostAlerts },
    { keep: true },
  )
  const all = places.alerts({ ...of, ...paramsOfRange(range, '24h') })
  return (
    <Panel
      title={<Go to={all}>Alerts</Go>}
      hint="rules that matched one of its events in the chosen time"
      actions={data ? <span className="number faint">{countText(data.total)}</span> : null}
    >
      {error ? <p className="quiet">{error.message}</p> : null}
      {data?.items.length === 0 ? <p className="quiet">None.</p> : null}
      <ul className="lines">
        {data?.items.map((alert) => (
          <li key={alert.id} className="line">
            <LevelMark level={alert.rule.level} />
            <Go className="line-name cut" to={places.alert(alert.id)} title={alert.message}>
              {alert.rule.title}
            </Go>
            <span className="line-time">
              <Ago at={alert.time} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Incidents({ name }: { readonly name: string }) {
  const { data } = useRead('incident.list', { q: name, limit: 6, state: [...incidentStates] })
  if (!data || data.items.length === 0) return null
  return (
    <Panel title="Incidents" hint="incidents with its name in them, whenever they were">
      <ul className="lines">
        {data.items.map((incident) => (
          <li key={incident.id} className="line">
            <LevelMark level={incident.level} />
            <Go className="line-name cut" to={places.incident(incident)} title={incident.title}>
              {incident.number > 0 ? `#${incident.number} ` : ''}
              {incident.title}
            </Go>
            <IncidentStateBadge state={incident.state} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Assets of the model that are called so, or have the address. */
function assetsOf(assets: readonly Asset[], kind: EntityKind, name: string): Asset[] {
  const text = name.toLowerCase()
  const short = kind === 'host' ? text.split('.')[0] : text
  return assets.filter(({ id, hosts, addresses }) =>
    kind === 'address'
      ? addresses.includes(name)
      : [id, ...hosts].some((one) => [text, short].includes(one.toLowerCase())),
  )
}

function OfModel({ kind, name }: { readonly kind: EntityKind; readonly name: string }) {
  const { estate, nameOf } = useNames()
  const found = useMemo(() => (kind === 'user' ? [] : assetsOf(estate?.assets ?? [], kind, name)), [estate, kind, name])
  if (!estate || kind === 'user') return null
  return (
    <Panel title="In the model" hint="what the estate's model says of it">
      {found.length === 0 ? (
        <p className="quiet">The model knows no asset of this name.</p>
      ) : (
        found.map((asset) => (
          <Facts
            key={asset.id}
            items={[
              [
                'Asset',
                <Go key="asset" to={places.asset(asset.id)}>
                  {asset.title}
                </Go>,
              ],
              ['Kind', asset.kind],
              ['Zone', nameOf(asset.zone)],
              ['Names', asset.hosts.join(', ')],
              ['Addresses', asset.addresses.join(', ')],
            ]}
          />
        ))
      )}
    </Panel>
  )
}

const Recent = ({ entity }: { readonly entity: Entity }) =>
  entity.recent.length === 0 ? (
    <p className="quiet">None.</p>
  ) : (
    <ul className="lines">
      {entity.recent.map((event) => (
        <li key={event.id} className="line">
          <Time at={event.time} />
          <Badge title="activity">{event.activity || 'event'}</Badge>
          <Go className="line-name mono cut quiet" to={places.event(event.id)} title={event.message}>
            {event.message || event.raw.slice(0, 200)}
          </Go>
          <span className="line-kind quiet">{event.source}</span>
        </li>
      ))}
    </ul>
  )
