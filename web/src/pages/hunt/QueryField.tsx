// The search text: completed while it is written; Enter searches; an error stands under the character it points at.
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useKeys } from '../../frame/keys.ts'
import type { Range } from '../../format/range.ts'
import { Button, IconButton, Keys } from '../../parts/basics.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Menu } from '../../parts/Menu.tsx'
import { useCompletions } from './ask.ts'
import { completed, pipeWords, writingAt, type Completion } from './language.ts'

interface QueryFieldProps {
  readonly query: string
  readonly range: Range
  readonly wrong: string | undefined
  readonly place: number | undefined
  readonly onSearch: (query: string) => void
}

export function QueryField({ query, range, wrong, place, onSearch }: QueryFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  const writing = useWriting(query, range, field)
  const { typed, offers, at } = writing
  useKeys([{ keys: '/', does: 'go to the search field', group: 'Page', run: () => field.current?.focus() }])
  const isWrong = wrong !== undefined && typed === query
  const id = useId()
  return (
    <form
      className="query"
      onSubmit={(event) => {
        event.preventDefault()
        writing.close()
        onSearch(typed.trim())
      }}
    >
      <div className="query-box" data-wrong={isWrong || undefined}>
        <Icon name="search" size={14} />
        <input
          ref={field}
          className="mono"
          role="combobox"
          aria-label="Search events"
          aria-expanded={offers.length > 0}
          aria-controls={`${id}list`}
          aria-activedescendant={offers.length > 0 && at >= 0 ? `${id}${at}` : undefined}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? 'query-wrong' : undefined}
          placeholder="host:db01 user:svc-* not activity:login | top 10 process"
          value={typed}
          maxLength={4000}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) =>
            writing.type(event.target.value, event.target.selectionStart ?? event.target.value.length)
          }
          onKeyDown={writing.key}
          onBlur={writing.close}
        />
        {typed === '' ? <Keys keys="/" /> : <IconButton icon="close" name="Clear" onClick={() => onSearch('')} />}
        <Language />
        {offers.length > 0 ? (
          <ul id={`${id}list`} className="completions" role="listbox" aria-label="Completions">
            {offers.map((offer, index) => (
              <li
                key={offer.title}
                id={`${id}${index}`}
                role="option"
                className="completion"
                aria-selected={index === at}
                // Pressing must not take the focus from the field.
                onMouseDown={(event) => {
                  event.preventDefault()
                  writing.take(offer)
                }}
              >
                <span className="mono cut">{offer.title}</span>
                <span className="completion-hint number">{offer.hint}</span>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <Button look="main" type="submit">
        Search
      </Button>
      {isWrong ? (
        <p id="query-wrong" className="query-wrong" role="alert">
          {place === undefined ? null : (
            <span className="query-caret mono" aria-hidden="true">
              {`${' '.repeat(place)}↑`}
            </span>
          )}
          {wrong}
        </p>
      ) : null}
    </form>
  )
}

/** One step among so many, from the last to the first and back; from nowhere to either end. */
const stepRound = (at: number, step: number, count: number): number =>
  at < 0 ? (step > 0 ? 0 : count - 1) : (at + step + count) % count

/** The text while it is written, and what is offered at the caret. Tab takes the first offer, the arrows choose one. */
function useWriting(query: string, range: Range, field: { readonly current: HTMLInputElement | null }) {
  const [typed, setTyped] = useState(query)
  const [caret, setCaret] = useState<number>()
  const [at, setAt] = useState(-1)
  const moved = useRef<number>(undefined)
  useEffect(() => setTyped(query), [query])
  useEffect(() => {
    if (moved.current !== undefined) field.current?.setSelectionRange(moved.current, moved.current)
    moved.current = undefined
  }, [typed, field])
  const writing = caret === undefined ? undefined : writingAt(typed, caret)
  const offers = useCompletions(writing, range)
  const close = (): void => {
    setCaret(undefined)
    setAt(-1)
  }
  const type = (text: string, place: number): void => {
    setTyped(text)
    setCaret(place)
    setAt(-1)
  }
  const take = (offer: Completion | undefined): void => {
    if (!writing || !offer) return
    const next = completed(typed, writing, offer)
    moved.current = next.caret
    type(next.text, next.caret)
  }
  const walk = (step: number, input: HTMLInputElement): void => {
    if (caret === undefined) setCaret(input.selectionStart ?? typed.length)
    else if (offers.length > 0) setAt(stepRound(at, step, offers.length))
  }
  /** Whether the key was meant for the offers. */
  const pressed = (name: string, input: HTMLInputElement): boolean => {
    if (name === 'ArrowDown' || name === 'ArrowUp') walk(name === 'ArrowDown' ? 1 : -1, input)
    else if (name === 'Escape') (offers.length > 0 ? close : () => input.blur())()
    else if (offers.length > 0 && (name === 'Tab' || (name === 'Enter' && at >= 0))) take(offers[Math.max(0, at)])
    else return false
    return true
  }
  const key = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (pressed(event.key, event.currentTarget)) event.preventDefault()
  }
  return { typed, offers, at, type, take, key, close }
}

const examples: readonly (readonly [string, string])[] = [
  ['powershell', 'the word, anywhere in the record'],
  ['"failed password"', 'these words in this order'],
  ['host:db01', 'a field has this value'],
  ['CommandLine:*-enc*', 'any text before and after'],
  ['src_ip:10.20.0.0/16', 'an address in a network'],
  ['dst_port>1024', 'a number that is greater'],
  ['user:ada or user:grace', 'either'],
  ['not source:nginx', 'but not'],
]

const Language = () => (
  <Menu name="How to search" label="" icon="help" side="right" className="query-help">
    <dl className="query-examples">
      {examples.map(([text, means]) => (
        <div key={text}>
          <dt className="mono">{text}</dt>
          <dd>{means}</dd>
        </div>
      ))}
      {pipeWords.slice(0, 7).map(({ write, does }) => (
        <div key={write}>
          <dt className="mono">| {write}</dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </Menu>
)
