// The rule as it is written, tried on what is stored: by itself while it is sound, or by key.
import { useState } from 'react'
import { useRead } from '../../client/queries.ts'
import { useKeys } from '../../frame/keys.ts'
import { lastText } from '../../format/range.ts'
import { Button, Choice, Keys, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { useSettled } from '../rules/ask.ts'
import { sinceOf, type Stretch, stretches, TriedOut } from '../rules/Backtest.tsx'

const settleMilliseconds = 700
const shortWords: Readonly<Record<Stretch, string>> = {
  '24h': '24 h',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
}

/** What to ask: the text while it is sound and nothing is typed, else the last that was asked. */
function useTrial(text: string, isSound: boolean, stretch: Stretch) {
  const [isLive, setLive] = useState(true)
  const [asked, setAsked] = useState('')
  const settled = useSettled(text, settleMilliseconds)
  const yaml = isLive && isSound && settled === text ? text : asked
  const [since, setSince] = useState(() => sinceOf(stretch, Date.now()))
  const { data, error, isFetching, isPlaceholderData } = useRead(
    'rule.backtest',
    { yaml, since, limit: 6 },
    { enabled: yaml !== '', keep: true },
  )
  if (yaml !== asked && yaml !== '') setAsked(yaml)
  const ask = (of: Stretch): void => {
    setSince(sinceOf(of, Date.now()))
    setAsked(text)
  }
  return { data, error, isFetching, isOld: isPlaceholderData || !isSound, isLive, setLive, ask, setSince }
}

export function Trial({ text, isSound }: { readonly text: string; readonly isSound: boolean }) {
  const [stretch, setStretch] = useState<Stretch>('7d')
  const { data, error, isFetching, isOld, isLive, setLive, ask, setSince } = useTrial(text, isSound, stretch)
  const run = (): void => ask(stretch)
  useKeys([{ keys: 'mod+enter', does: 'try the rule on what is stored', group: 'Editor', always: true, run }])
  return (
    <section className="editor-box" aria-label="Backtest" aria-busy={isFetching}>
      <header className="editor-head">
        <h2 title="asks the rule of what is stored; nothing is written">Backtest</h2>
        <span className="row small quiet">
          try <Keys keys="mod+enter" />
        </span>
      </header>
      <div className="rows">
        <Choice
          label="Try it on"
          value={stretch}
          options={stretches.map((value) => ({ value, title: shortWords[value], hint: lastText(value) }))}
          onChange={(value) => {
            setStretch(value)
            setSince(sinceOf(value, Date.now()))
          }}
        />
        <Button
          on={isLive}
          title="ask anew whenever the rule is sound and nothing was typed for a moment"
          onClick={() => setLive(!isLive)}
        >
          As I type
        </Button>
      </div>
      {error ? <TroubleNote trouble={error} /> : null}
      {!isSound ? <p className="quiet">Tried as soon as it has no errors.</p> : null}
      {!data && isFetching ? <Skeleton lines={4} /> : null}
      {data && !error ? (
        <div data-old={isOld || undefined} className="trial">
          <TriedOut tried={data} stretch={stretch} />
        </div>
      ) : null}
    </section>
  )
}
