// One alert: why it fired (the fields, the events it joins, or what it was held against), what it means in ATT&CK, where it happened, and the event behind it.
import './alerts.css'
import type { ReactNode } from 'react'
import { useRead } from '../../client/queries.ts'
import type { Alert, Matched } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { plural } from '../../format/number.ts'
import { tacticTitle } from '../../format/words.ts'
import { Techniques } from '../../parts/Techniques.tsx'
import { Button, Copy, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { LevelBadge } from '../../parts/Level.tsx'
import { Facts, SidePanel } from '../../parts/Panel.tsx'
import { Ago, Time } from '../../parts/Time.tsx'
import { Behind } from '../anomalies/Behind.tsx'
import { EventDetail } from '../hunt/EventDetail.tsx'
import { AlertActions } from './AlertActions.tsx'
import { Said } from './columns.tsx'
import { highlight } from './highlight.ts'
import { Joined } from './Joined.tsx'
import { isJoined } from './joined.ts'

interface AlertPanelProps {
  readonly id: string
  /** The alert as the list has it, until it is read anew. */
  readonly known: Alert | undefined
  readonly onClose: () => void
  readonly onNarrow: (change: Readonly<Record<string, string>>) => void
}

export function AlertPanel({ id, known, onClose, onNarrow }: AlertPanelProps) {
  const read = useRead('alert.show', { id })
  const alert = read.data ?? known
  return (
    <SidePanel
      kind="Alert"
      title={alert?.rule.title ?? '…'}
      onClose={onClose}
      actions={<Copy text={`${window.location.origin}${places.alert(id)}`} name="Copy a link to this alert" />}
    >
      {alert ? (
        <AlertDetail alert={alert} onNarrow={onNarrow} />
      ) : read.error ? (
        <TroubleNote trouble={read.error} />
      ) : (
        <Skeleton lines={10} />
      )}
    </SidePanel>
  )
}

const Block = ({
  title,
  hint,
  children,
}: {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}) => (
  <section className="block">
    <h3 title={hint}>{title}</h3>
    {children}
  </section>
)

function AlertDetail({
  alert,
  onNarrow,
}: {
  readonly alert: Alert
  readonly onNarrow: (change: Readonly<Record<string, string>>) => void
}) {
  const { rule, matched, host, user, asset, incident } = alert
  return (
    <>
      <div className="rows">
        <LevelBadge level={rule.level} />
        <span>
          <Time at={alert.time} />{' '}
          <span className="faint">
            (<Ago at={alert.time} />)
          </span>
        </span>
        {alert.late === true ? <span title="completed by an event that came later than usual">late</span> : null}
        <Said alert={alert} />
        {incident === '' ? null : <Go to={places.incidentById(incident)}>its incident</Go>}
      </div>
      <AlertActions alert={alert} />
      <p className="alert-message wrap">{alert.message}</p>
      <Reason alert={alert} />
      <Facts
        items={[
          [
            'Rule',
            <Go key="rule" to={places.rule(rule.id)} className="wrap">
              {rule.title}
            </Go>,
          ],
          ['Tactics', rule.tactics.map(tacticTitle).join(', ')],
          ['Techniques', rule.techniques.length === 0 ? '' : <Techniques look="rows" ids={rule.techniques} />],
          [
            'Happened',
            alert.times === 1 ? (
              ''
            ) : (
              <span key="times">
                {plural(alert.times, 'time')}, from <Time at={alert.first} /> to <Time at={alert.last} />
              </span>
            ),
          ],
          ['Host', host === '' ? '' : <Narrow key="host" text={host} onClick={() => onNarrow({ host, alert: '' })} />],
          ['User', user === '' ? '' : <Narrow key="user" text={user} onClick={() => onNarrow({ user, alert: '' })} />],
          [
            'Asset',
            asset === '' ? (
              <span className="faint">the model does not know this host</span>
            ) : (
              <Go to={places.asset(asset)}>{asset}</Go>
            ),
          ],
          ['Addresses', alert.entities.addresses.join(', ')],
          [
            'Risk now',
            alert.risk === 0 ? (
              ''
            ) : (
              <span key="risk" className="alert-risk">
                <span className="number strong">{Math.round(alert.risk)}</span>
                <span className="faint">the highest of</span>
                {riskyOf(alert).map(({ kind, name }) => (
                  <Go key={`${kind}${name}`} className="mono" to={places.entity(kind, name)}>
                    {name}
                  </Go>
                ))}
              </span>
            ),
          ],
          ['Kept out by', alert.suppressed],
          ['Source', alert.source],
          [
            'Raised',
            <span key="raised">
              <Time at={alert.raised} />
            </span>,
          ],
        ]}
      />
      <div className="rows">
        <Button onClick={() => onNarrow({ rule: rule.id, alert: '' })}>Alerts of this rule</Button>
        <Go className="button button-plain" to={places.event(alert.event)}>
          Show the event among its neighbours
        </Go>
      </div>
      <Block title="Event" hint="the record behind the alert, parsed and as it came in">
        <EventOf id={alert.event} marked={matched.map(({ field }) => field)} />
      </Block>
    </>
  )
}

/** Why it fired: as a correlation, a detector of anomalies or a rule about one event has it. */
function Reason({ alert }: { readonly alert: Alert }) {
  const { data: detectors } = useRead('anomaly.list', {})
  const { rule, matched } = alert
  if (isJoined(alert)) return <Joined alert={alert} />
  if (detectors?.items.some((one) => one.rule === rule.id)) return <Behind alert={alert.id} />
  return (
    <Block title="Why it fired" hint="the fields of the event that the rule asked for, and what it found there">
      {matched.length === 0 ? (
        <p className="quiet">The rule names no field; see the event below.</p>
      ) : (
        <Why matched={matched} />
      )}
    </Block>
  )
}

/** What an alert adds risk to. */
const riskyOf = ({ entities: { user, host, addresses } }: Alert): { kind: string; name: string }[] =>
  [
    { kind: 'user', name: user ?? '' },
    { kind: 'host', name: host ?? '' },
    ...addresses.map((name) => ({ kind: 'address', name })),
  ].filter(({ name }) => name !== '')

const Narrow = ({ text, onClick }: { readonly text: string; readonly onClick: () => void }) => (
  <button type="button" className="value-button mono wrap" title={`Only alerts with ${text}`} onClick={onClick}>
    {text}
  </button>
)

/** Each condition that held: where in the rule, what it asked, what the event said. */
const Why = ({ matched }: { readonly matched: readonly Matched[] }) => (
  <ul className="why">
    {matched.map((match) => (
      <li key={`${match.selection}${match.field}${match.pattern}`} className="why-item">
        <div className="why-asked">
          <span className="faint">{match.selection}</span>
          <b className="mono">{match.field === '' ? 'anywhere in the record' : match.field}</b>
          {match.modifiers.map((modifier) => (
            <span key={modifier} className="faint mono">
              {modifier}
            </span>
          ))}
          <code className="why-pattern wrap">{match.pattern}</code>
        </div>
        <div className="why-found mono wrap">
          {highlight(match).map(({ text, hit }, at) =>
            hit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
          )}
        </div>
      </li>
    ))}
  </ul>
)

/** The event behind an alert, asked for when the panel opens. */
export function EventOf({ id, marked }: { readonly id: string; readonly marked: readonly string[] }) {
  const { data, error, refetch } = useRead('event.show', { id })
  if (error) return <TroubleNote trouble={error} again={() => void refetch()} />
  if (!data) return <Skeleton lines={6} />
  return (
    <>
      <p className="small faint">
        {plural(Object.keys(data.fields).length, 'field')}, parsed by {data.parser}
      </p>
      <EventDetail event={data} marked={marked} stacked />
    </>
  )
}
