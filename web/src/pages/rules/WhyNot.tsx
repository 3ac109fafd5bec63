// Why a rule does not match an event: its log source, then its condition line by line.
import { useState, type FormEvent, type RefObject } from 'react'
import type { Output, RuleDetail } from '../../client/nouns.ts'
import { useRead } from '../../client/queries.ts'
import { places } from '../../frame/places.ts'
import { Button, Keys, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Time } from '../../parts/Time.tsx'
import { useSettled } from './ask.ts'

type Explained = Output<'rule.why-not'>
const mostOffered = 4

interface WhyNotProps {
  readonly rule: Pick<RuleDetail, 'id' | 'product' | 'category' | 'service'>
  readonly field: RefObject<HTMLInputElement | null>
}
export function WhyNot({ rule, field }: WhyNotProps) {
  const [typed, setTyped] = useState('')
  const [event, setEvent] = useState('')
  const { data, error, isFetching } = useRead('rule.why-not', { id: rule.id, event }, { enabled: event !== '' })
  const choose = (id: string): void => {
    setTyped(id)
    setEvent(id)
  }
  const submit = (given: FormEvent): void => {
    given.preventDefault()
    setEvent(typed.trim())
  }
  return (
    <section className="block" aria-busy={isFetching}>
      <h3 className="row">
        Why not? <Keys keys="w" />
      </h3>
      <form className="row" onSubmit={submit}>
        <input
          ref={field}
          className="input mono"
          aria-label="Id of an event"
          placeholder="evt_… that it should have found"
          value={typed}
          maxLength={80}
          spellCheck={false}
          onChange={(change) => setTyped(change.target.value)}
          onKeyDown={(press) => {
            if (press.key === 'Escape') press.currentTarget.blur()
          }}
        />
        <Button type="submit" disabled={typed.trim() === ''}>
          Explain
        </Button>
      </form>
      {event === '' ? <Offered rule={rule} onChoose={choose} /> : null}
      {error ? <TroubleNote trouble={error} /> : null}
      {event !== '' && !data && !error ? <Skeleton lines={4} /> : null}
      {data && !error ? <Explanation explained={data} event={event} onOther={() => choose('')} /> : null}
    </section>
  )
}

/** The newest events of the rule's log source, to be asked about with one click. */
function Offered({ rule, onChoose }: Pick<WhyNotProps, 'rule'> & { readonly onChoose: (id: string) => void }) {
  const stays = useSettled(rule.id, 600) === rule.id
  const q = (['product', 'category', 'service'] as const)
    .flatMap((part) => (rule[part] === '' ? [] : [`${part}:${JSON.stringify(rule[part])}`]))
    .join(' ')
  const { data } = useRead('event.search', { q, limit: mostOffered }, { enabled: stays && q !== '' })
  if (!data || data.items.length === 0) return null
  return (
    <>
      <p className="small faint">Or one of the newest of its log source:</p>
      <ul className="lines">
        {data.items.map(({ id, time, message, activity }) => (
          <li key={id} className="line">
            <Time at={time} as="clock" />
            <button
              type="button"
              className="value-button line-name cut small"
              title={message}
              onClick={() => onChoose(id)}
            >
              {message || activity || id}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

const opTitles = { and: 'all of', or: 'any of', not: 'not' } as const

const Explanation = ({
  explained: { matches, why, routing, steps },
  event,
  onOther,
}: {
  readonly explained: Explained
  readonly event: string
  readonly onOther: () => void
}) => (
  <div className="why-not" role="status">
    <p className="why-not-verdict wrap" data-matches={matches || undefined}>
      <Icon name={matches ? 'check' : 'close'} size={14} /> {why}
    </p>
    <ul className="why-not-steps">
      {routing.map(({ part, rule, event: has, fits }) => (
        <li key={part} data-holds={fits || undefined}>
          <Icon name={fits ? 'check' : 'close'} size={12} />
          <span className="wrap">
            <span className="faint">{part}</span> <b className="mono">{rule}</b>
            {fits ? null : <span className="quiet">; the event has {has === '' ? 'none' : has}</span>}
          </span>
        </li>
      ))}
      {steps.map((step, at) => (
        <li key={at} data-holds={step.holds || undefined} style={{ paddingInlineStart: `${step.depth * 16}px` }}>
          <Icon name={step.holds ? 'check' : 'close'} size={12} />
          {step.op === 'line' ? <Line step={step} /> : <span className="faint">{opTitles[step.op]}</span>}
          <span className="hidden-text">{step.holds ? 'holds' : 'does not hold'}</span>
        </li>
      ))}
    </ul>
    <div className="rows small">
      <Go to={places.event(event)}>Show the event</Go>
      <button type="button" className="value-button" onClick={onOther}>
        Ask about another
      </button>
    </div>
  </div>
)

const Line = ({ step }: { readonly step: Explained['steps'][number] }) => (
  <span className="wrap">
    <b className="mono">{step.field === '' ? 'anywhere' : step.field}</b>{' '}
    <span className="faint mono">{step.modifiers.join(' ')}</span>{' '}
    <code className="why-not-asked">{step.asked.join(' or ')}</code>
    <span className="why-not-found mono">
      {step.found === '' ? <span className="faint">the event has no such field</span> : step.found}
      {step.near === '' ? null : <span className="warn-text"> (it has {step.near})</span>}
    </span>
  </span>
)
