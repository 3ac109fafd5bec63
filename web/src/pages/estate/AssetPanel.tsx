// One asset: what it is, what it talks to, what depends on it, and what was detected on it.
import { useRead } from '../../client/queries.ts'
import type { Alert, Asset, Estate, Flow } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { countText } from '../../format/number.ts'
import { Badge, Copy, Skeleton } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { LevelMark } from '../../parts/Level.tsx'
import { Facts, SidePanel } from '../../parts/Panel.tsx'
import { Ago } from '../../parts/Time.tsx'

interface AssetPanelProps {
  readonly asset: Asset
  readonly estate: Estate
  readonly onChoose: (id: string) => void
  readonly onClose: () => void
}

export function AssetPanel({ asset, estate, onChoose, onClose }: AssetPanelProps) {
  const zone = estate.zones.find(({ id }) => id === asset.zone)
  const stores = asset.stores.map((id) => estate.data.find((data) => data.id === id)?.title ?? id)
  const services = estate.services.filter(({ needs }) => needs.includes(asset.id))
  return (
    <SidePanel kind="Asset" title={asset.title} onClose={onClose} actions={<Copy text={asset.id} name="Copy id" />}>
      <div className="rows">
        <Badge tone={asset.criticality === 'critical' ? 'bad' : asset.criticality === 'high' ? 'warn' : 'plain'}>
          criticality: {asset.criticality}
        </Badge>
        {asset.internetFacing ? (
          <Badge tone="accent">
            <Icon name="globe" size={12} /> internet-facing
          </Badge>
        ) : null}
      </div>
      <Facts
        items={[
          ['Id', <code key="id">{asset.id}</code>],
          ['Kind', asset.kind],
          ['Zone', zone ? `${zone.title} (trust ${zone.trust})` : asset.zone],
          ['Owner', asset.owner],
          ['Hosts', asset.hosts.length === 0 ? '' : <Hosts key="hosts" hosts={asset.hosts} />],
          [
            'Addresses',
            <span key="addresses" className="mono">
              {asset.addresses.join(', ')}
            </span>,
          ],
          ['Keeps', stores.join(', ')],
          [
            'Needed by',
            services
              .map((service) => `${service.title} (${countText(service.tolerableOutageMinutes)} min outage tolerable)`)
              .join(', '),
          ],
          ['Declared', <code key="at" className="wrap">{`${asset.at.file}:${asset.at.line}`}</code>],
        ]}
      />
      <Flows
        title="Talks to"
        flows={estate.flows.filter(({ from }) => from === asset.id)}
        other="to"
        estate={estate}
        onChoose={onChoose}
      />
      <Flows
        title="Is talked to by"
        flows={estate.flows.filter(({ to }) => to === asset.id)}
        other="from"
        estate={estate}
        onChoose={onChoose}
      />
      <Threats asset={asset} />
      <Detected asset={asset} />
    </SidePanel>
  )
}

const Hosts = ({ hosts }: { readonly hosts: readonly string[] }) => (
  <span className="links">
    {hosts.map((host) => (
      <Go key={host} className="mono wrap" to={places.hunt({ q: `host:${host}` })}>
        {host}
      </Go>
    ))}
  </span>
)

interface FlowsProps {
  readonly title: string
  readonly flows: readonly Flow[]
  readonly other: 'from' | 'to'
  readonly estate: Estate
  readonly onChoose: (id: string) => void
}
const Flows = ({ title, flows, other, estate, onChoose }: FlowsProps) =>
  flows.length === 0 ? null : (
    <section className="block">
      <h3>
        {title} <span className="faint number">{flows.length}</span>
      </h3>
      <ul className="flow-list">
        {flows.map((flow) => (
          <li key={flow.id}>
            <button
              type="button"
              className="value-button cut"
              title={`Choose ${flow[other]}`}
              onClick={() => onChoose(flow[other])}
            >
              {estate.assets.find(({ id }) => id === flow[other])?.title ?? flow[other]}
            </button>
            <span className="number quiet">
              {flow.protocol} {flow.port > 0 ? flow.port : ''}
            </span>
            <span
              className={flow.encrypted ? 'faint' : 'warn-text'}
              title={flow.encrypted ? 'encrypted' : 'not encrypted'}
            >
              <Icon name={flow.encrypted ? 'lock' : 'unlock'} size={14} />
              <span className="hidden-text">{flow.encrypted ? 'encrypted' : 'not encrypted'}</span>
            </span>
            <span className="faint cut" title="authentication">
              {flow.authentication === '' ? 'no authentication' : flow.authentication}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )

/** Root causes with a threat to the asset, the worst first. */
function Threats({ asset }: { readonly asset: Asset }) {
  const { data } = useRead('threat.list', { limit: 1000 })
  const causes = (data?.items ?? []).filter(({ threats }) => threats.some(({ target }) => target === asset.id))
  return (
    <section className="block">
      <h3>
        Threats <span className="faint number">{data ? causes.length : ''}</span>{' '}
        <Go to={places.paths({ to: asset.id })}>paths to it</Go>
      </h3>
      {data ? null : <Skeleton lines={3} />}
      {data && causes.length === 0 ? <p className="quiet">None by the model.</p> : null}
      <ul className="lines">
        {causes.slice(0, 8).map((cause) => (
          <li key={cause.id} className="line">
            <LevelMark level={cause.level} />
            <Go to={places.threat(cause.id)} className="line-name cut">
              {cause.title}
            </Go>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Alerts of the last 30 days on the asset's first host with a whole name. */
function Detected({ asset }: { readonly asset: Asset }) {
  const host = asset.hosts.find((name) => !/[*?[]/.test(name))
  const { data } = useRead('alert.list', { host: host ?? '', limit: 8 }, { enabled: host !== undefined })
  if (host === undefined) return null
  return (
    <section className="block">
      <h3>
        Recent alerts{' '}
        {data ? (
          <Go to={places.alerts({ host, range: '30d' })} className="number">
            all {countText(data.total)}
          </Go>
        ) : null}
      </h3>
      {data ? <AlertLines alerts={data.items} /> : <Skeleton lines={3} />}
    </section>
  )
}

const AlertLines = ({ alerts }: { readonly alerts: readonly Alert[] }) =>
  alerts.length === 0 ? (
    <p className="quiet">None on record.</p>
  ) : (
    <ul className="lines">
      {alerts.map((alert) => (
        <li key={alert.id} className="line">
          <LevelMark level={alert.rule.level} />
          <Go to={places.alert(alert.id)} className="line-name cut">
            {alert.rule.title}
          </Go>
          <span className="line-time">
            <Ago at={alert.time} />
          </span>
        </li>
      ))}
    </ul>
  )
