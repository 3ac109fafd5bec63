// One event whole: parsed fields that can be searched for, and beside them the record as it came in.
import './detail.css'
import { useState } from 'react'
import type { EventView } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { utcText } from '../../format/time.ts'
import { Choice, Copy } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { prettyText, termOf } from './query.ts'

export type OnTerm = (term: string, how: 'include' | 'exclude') => void

interface EventDetailProps {
  readonly event: EventView
  /** Narrows the search that the event was found by; absent elsewhere, then values lead to a search of their own. */
  readonly onTerm?: OnTerm
  /** Fields to mark: those that made a rule match. */
  readonly marked?: readonly string[]
  /** One above the other, where there is no room side by side. */
  readonly stacked?: boolean
}

const normalised = [
  'host',
  'user',
  'asset',
  'activity',
  'process',
  'command_line',
  'parent_process',
  'file',
  'src_ip',
  'src_port',
  'dst_ip',
  'dst_port',
  'source',
  'parser',
  'product',
  'service',
] as const satisfies readonly (keyof EventView)[]

/** Normalised fields that are filled, then the source's own in alphabetical order. */
function rowsOf(event: EventView): { name: string; value: string; own: boolean }[] {
  const common = normalised
    .map((name) => ({ name, value: String(event[name]), own: false }))
    .filter(({ value }) => value !== '' && value !== '0')
  const own = Object.entries(event.fields)
    .map(([name, value]) => ({ name, value, own: true }))
    .sort((a, b) => a.name.localeCompare(b.name))
  return [...common, ...own]
}

export function EventDetail({ event, onTerm, marked = [], stacked = false }: EventDetailProps) {
  const [form, setForm] = useState<'pretty' | 'raw'>('pretty')
  const text = form === 'pretty' ? prettyText(event.raw) : event.raw
  return (
    <div className={stacked ? 'event-detail event-detail-stacked' : 'event-detail'}>
      <div className="event-fields">
        <header className="event-head">
          <h4>Parsed</h4>
          <span className="faint small number">{utcText(event.time)}</span>
        </header>
        {event.parse_error === '' ? null : (
          <p className="event-unparsed small">
            <Icon name="incidents" size={12} /> Kept as raw text: {event.parse_error}
          </p>
        )}
        <dl>
          {rowsOf(event).map(({ name, value, own }, at, all) => (
            <div
              key={`${name}${own}`}
              className="event-field"
              data-marked={marked.includes(name) || undefined}
              data-first-own={(own && all[at - 1]?.own === false) || undefined}
            >
              <dt className="mono" title={name}>
                {name}
              </dt>
              <dd className="mono wrap">{value}</dd>
              <FieldActions name={name} value={value} onTerm={onTerm} />
            </div>
          ))}
        </dl>
      </div>
      <div className="event-raw">
        <header className="event-head">
          <h4>As it came in</h4>
          <span className="row">
            <Choice
              label="Form"
              value={form}
              onChange={setForm}
              options={[
                { value: 'pretty', title: 'Lines' },
                { value: 'raw', title: 'Raw' },
              ]}
            />
            <Copy text={event.raw} name="Copy the raw record" />
          </span>
        </header>
        <pre className="wrap">{text}</pre>
      </div>
    </div>
  )
}

interface FieldActionsProps {
  readonly name: string
  readonly value: string
  readonly onTerm: OnTerm | undefined
}
const FieldActions = ({ name, value, onTerm }: FieldActionsProps) => (
  <span className="field-actions">
    {onTerm ? (
      <>
        <button
          type="button"
          className="copy"
          title={`Only with ${name} ${value}`}
          aria-label={`Only with this ${name}`}
          onClick={() => onTerm(termOf(name, value), 'include')}
        >
          <Icon name="plus" size={14} />
        </button>
        <button
          type="button"
          className="copy"
          title={`Leave out ${name} ${value}`}
          aria-label={`Leave out this ${name}`}
          onClick={() => onTerm(termOf(name, value), 'exclude')}
        >
          <Icon name="minus" size={14} />
        </button>
      </>
    ) : (
      <Go
        className="copy"
        to={places.events({ q: termOf(name, value) })}
        title={`Search for ${name} ${value}`}
        aria-label={`Search for this ${name}`}
      >
        <Icon name="search" size={14} />
      </Go>
    )}
    <Copy text={value} name="Copy value" />
  </span>
)
