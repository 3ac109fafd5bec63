// One event whole: parsed values that can be searched for, and beside them the record as it came in.
import './detail.css'
import { useState } from 'react'
import type { EventView } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { plural } from '../../format/number.ts'
import { utcText } from '../../format/time.ts'
import { Choice, Copy } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { hasOcsf, Ocsf } from './Ocsf.tsx'
import { type OnTerm, Pivot } from './Pivot.tsx'
import { prettyText } from './query.ts'
import { groupsOf, type Value } from './values.ts'

interface EventDetailProps {
  readonly event: EventView
  /** Narrows the search that the event was found by; absent elsewhere, then values lead to a search of their own. */
  readonly onTerm?: OnTerm
  /** Fields to mark: those that made a rule match. */
  readonly marked?: readonly string[]
  /** One above the other, where there is no room side by side. */
  readonly stacked?: boolean
}

export function EventDetail({ event, onTerm, marked = [], stacked = false }: EventDetailProps) {
  const [form, setForm] = useState<'pretty' | 'raw' | 'ocsf'>('pretty')
  const text = form === 'pretty' ? prettyText(event.raw) : event.raw
  return (
    <div className={stacked ? 'event-detail event-detail-stacked' : 'event-detail'}>
      <div className="event-fields">
        <header className="event-head">
          <h4>Parsed</h4>
          <span className="row small">
            {event.process_uid === '' ? null : (
              <Go className="row" to={places.processes(event.id)} title="The processes around this event, as a tree">
                <Icon name="tree" size={14} /> Processes
              </Go>
            )}
            <span className="faint number">{utcText(event.time)}</span>
            <Copy text={`${window.location.origin}${places.event(event.id)}`} name="Copy a link to this event" />
          </span>
        </header>
        {event.parse_error === '' ? null : (
          <p className="event-unparsed small">
            <Icon name="incidents" size={12} /> Kept as raw text: {event.parse_error}
          </p>
        )}
        {groupsOf(event).map(({ title, hint, values }) => (
          <section key={title} className="event-group">
            <h5 title={hint}>
              {title} <span className="number faint">{values.length}</span>
            </h5>
            <dl>
              {values.map((value) => (
                <Line key={value.name} {...value} isMarked={marked.includes(value.title)} onTerm={onTerm} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="event-raw">
        <header className="event-head">
          <h4 title={`${plural(event.raw.length, 'character')}, parsed by ${event.parser}`}>
            {form === 'ocsf' ? 'In the form of OCSF' : 'As it came in'}
          </h4>
          <span className="row">
            <Choice
              label="Form"
              value={form}
              onChange={setForm}
              options={[
                { value: 'pretty', title: 'Lines', hint: 'JSON set out in lines' },
                { value: 'raw', title: 'Raw', hint: 'character by character' },
                ...(hasOcsf
                  ? [{ value: 'ocsf' as const, title: 'OCSF', hint: 'in the form of the Open Cybersecurity Schema' }]
                  : []),
              ]}
            />
            {form === 'ocsf' ? null : <Copy text={event.raw} name="Copy the raw record" />}
          </span>
        </header>
        {form === 'ocsf' ? <Ocsf id={event.id} /> : <pre className="wrap">{text}</pre>}
      </div>
    </div>
  )
}

interface LineProps extends Value {
  readonly isMarked: boolean
  readonly onTerm: OnTerm | undefined
}
const Line = ({ name, title, value, isMarked, onTerm }: LineProps) => (
  <div className="event-field" data-marked={isMarked || undefined}>
    <dt className="mono" title={title}>
      {title}
    </dt>
    <dd className="mono wrap">{value}</dd>
    <span className="field-actions">
      <Pivot name={name} value={value} onTerm={onTerm} />
      <Copy text={value} name="Copy value" />
    </span>
  </div>
)
