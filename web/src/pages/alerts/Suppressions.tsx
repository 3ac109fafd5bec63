// What is kept out of the queue: suppressions and benign filters, with who answers for each, until when, and how much it took.
import { may } from '../../client/may.ts'
import type { BenignFilter, Suppression } from '../../client/nouns.ts'
import { useRead, useWrite } from '../../client/queries.ts'
import { useActor } from '../../client/session.ts'
import { countText } from '../../format/number.ts'
import { dayText } from '../../format/time.ts'
import { places } from '../../frame/places.ts'
import { Badge, Button, Empty, Skeleton, TroubleNote, type Tone } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Ago } from '../../parts/Time.tsx'

const tones: Readonly<Record<Suppression['state'], Tone>> = {
  active: 'accent',
  expiring: 'warn',
  expired: 'low',
  removed: 'low',
}

export function Suppressions() {
  const list = useRead('suppression.list', {})
  const filters = useRead('alert.benign-list', {})
  const error = list.error ?? filters.error
  if (error) return <TroubleNote trouble={error} />
  if (!list.data || !filters.data) return <Skeleton lines={8} />
  if (list.data.total + filters.data.total === 0)
    return (
      <Empty title="Nothing is kept out of the queue" icon="check">
        Open an alert and choose Suppress or Benign.
      </Empty>
    )
  return (
    <div className="suppressions">
      <Panel title={`Suppressions (${list.data.total})`} hint="alerts that fit are stored and counted, not shown">
        {list.data.items.length === 0 ? <p className="quiet">None.</p> : null}
        <ul className="suppression-list">
          {list.data.items.map((one) => (
            <One key={one.id} one={one} />
          ))}
        </ul>
      </Panel>
      <Panel
        title={`Benign filters (${filters.data.total})`}
        hint="Sigma filters of the rules folder: the rule does not fire"
      >
        {filters.data.items.length === 0 ? <p className="quiet">None.</p> : null}
        <ul className="suppression-list">
          {filters.data.items.map((filter) => (
            <Filter key={filter.file} filter={filter} />
          ))}
        </ul>
      </Panel>
    </div>
  )
}

function One({ one }: { readonly one: Suppression }) {
  const { role } = useActor()
  const remove = useWrite('suppression.remove')
  const fits = Object.entries(one.fits).filter(([, value]) => value !== undefined)
  const isOver = one.state === 'expired' || one.state === 'removed'
  return (
    <li className="suppression">
      <div className="row">
        <Badge tone={tones[one.state]}>{one.state}</Badge>
        <span className="fill wrap">{one.reason}</span>
        <span className="number strong" title="alerts it kept out of the queue, repeats counted">
          {countText(one.hits)}
        </span>
        {!isOver && may(role, 'suppression.remove') ? (
          <Button icon="close" busy={remove.isPending} onClick={() => remove.mutate({ id: one.id })}>
            Remove
          </Button>
        ) : null}
      </div>
      <div className="small quiet row suppression-facts">
        {fits.map(([name, value]) => (
          <span key={name} className="mono">
            {name}:{value}
          </span>
        ))}
        <span>owner {one.owner}</span>
        <span>
          {isOver ? 'ended' : 'ends'} {dayText(one.expires)}
        </span>
        <span>
          {one.lastHit === null ? (
            'never hit'
          ) : (
            <>
              last hit <Ago at={one.lastHit} />
            </>
          )}
        </span>
      </div>
      {remove.error ? <TroubleNote trouble={remove.error} /> : null}
    </li>
  )
}

const Filter = ({ filter }: { readonly filter: BenignFilter }) => (
  <li className="suppression">
    <div className="row">
      <Badge tone={tones[filter.state]}>{filter.state}</Badge>
      <span className="fill wrap">{filter.reason}</span>
      {filter.rules.slice(0, 1).map((rule) => (
        <Go key={rule} to={places.rule(rule)}>
          {filter.title}
        </Go>
      ))}
    </div>
    <div className="small quiet row suppression-facts">
      <span className="mono wrap">{filter.file}</span>
      <span>owner {filter.owner}</span>
      <span>{filter.expires === '' ? 'no end' : `last day ${filter.expires}`}</span>
    </div>
  </li>
)
