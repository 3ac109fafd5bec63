// The search text: Enter searches; an error stands under the character it points at.
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../../frame/keys.ts'
import { Button, IconButton, Keys } from '../../parts/basics.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Menu } from '../../parts/Menu.tsx'

interface QueryFieldProps {
  readonly query: string
  readonly wrong: string | undefined
  readonly place: number | undefined
  readonly onSearch: (query: string) => void
}

export function QueryField({ query, wrong, place, onSearch }: QueryFieldProps) {
  const [typed, setTyped] = useState(query)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => setTyped(query), [query])
  useKeys([{ keys: '/', does: 'go to the search field', group: 'Page', run: () => field.current?.focus() }])
  const isWrong = wrong !== undefined && typed === query
  return (
    <form
      className="query"
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(typed.trim())
      }}
    >
      <div className="query-box" data-wrong={isWrong || undefined}>
        <Icon name="search" size={14} />
        <input
          ref={field}
          className="mono"
          aria-label="Search events"
          aria-invalid={isWrong}
          aria-describedby={isWrong ? 'query-wrong' : undefined}
          placeholder="host:db01 user:svc-* not activity:login"
          value={typed}
          maxLength={2000}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur()
          }}
        />
        {typed === '' ? <Keys keys="/" /> : <IconButton icon="close" name="Clear" onClick={() => onSearch('')} />}
        <Language />
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
    </dl>
  </Menu>
)
