// A Sigma rule drafted from selected events, to read, try on what is stored, copy and keep.
import { useState } from 'react'
import { useRead } from '../../client/queries.ts'
import { places } from '../../frame/places.ts'
import { useGo } from '../../frame/url.ts'
import { countText, plural } from '../../format/number.ts'
import { lastText, lengthOf } from '../../format/range.ts'
import { dayText, durationText } from '../../format/time.ts'
import { Button, Choice, Copy, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { saveText } from '../../parts/download.ts'
import { Go } from '../../parts/Go.tsx'
import { Facts, SidePanel } from '../../parts/Panel.tsx'
import { Time } from '../../parts/Time.tsx'
import { idIn, keepDraft, keeper } from '../editor/drafts.ts'
import { thisMinute } from './ask.ts'

interface DraftPanelProps {
  readonly ids: readonly string[]
  readonly onClose: () => void
}

/** `process started: cmd.exe` as `process_started_cmd_exe.yml`. */
const fileOf = (title: string): string =>
  `${title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, 60)}.yml`

export function DraftPanel({ ids, onClose }: DraftPanelProps) {
  const go = useGo()
  const { data, error, refetch } = useRead('rule.draft', { events: [...ids] }, { keep: true })
  return (
    <SidePanel
      kind="Drafted rule"
      title={data?.title ?? `From ${plural(ids.length, 'event')}`}
      onClose={onClose}
      actions={data ? <Copy text={data.yaml} name="Copy the rule" /> : null}
    >
      {error ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {data && !error ? (
        <>
          <p className="quiet">
            It matches each of the {plural(ids.length, 'selected event')}. Read it, give it a better title, and put it
            into a folder of rules.
          </p>
          <pre className="source-text">{data.yaml}</pre>
          <Try yaml={data.yaml} />
          <div className="rows">
            <Button
              look="main"
              icon="pencil"
              onClick={() => {
                const name = `new-${idIn(data.yaml)}`
                keepDraft(keeper(), { name, text: data.yaml, was: '', at: Date.now() })
                go(places.ruleEditor({ draft: name }))
              }}
            >
              Open in the editor
            </Button>
            <Button icon="download" onClick={() => saveText(fileOf(data.title), data.yaml)}>
              Download
            </Button>
          </div>
          <Facts
            items={[
              ['Asks for', data.fields.join(', ')],
              ['Left out', data.left.length === 0 ? '' : `${data.left.join(', ')}: the same in all, but of this place`],
            ]}
          />
        </>
      ) : error ? null : (
        <Skeleton lines={14} />
      )}
    </SidePanel>
  )
}

const stretches = ['24h', '7d', '30d'] as const
type Stretch = (typeof stretches)[number]

/** How often the rule would have matched, day by day. */
function Try({ yaml }: { readonly yaml: string }) {
  const [stretch, setStretch] = useState<Stretch>()
  const since = thisMinute() - (lengthOf(stretch ?? '24h') ?? 0)
  const { data, error, isFetching } = useRead(
    'rule.hunt',
    { yaml, since, limit: 6 },
    { enabled: stretch !== undefined, keep: true },
  )
  return (
    <section className="block" aria-busy={isFetching}>
      <h3 title="asks the rule of what is stored">Try it</h3>
      <Choice<Stretch | 'no'>
        label="Try it on"
        value={stretch ?? 'no'}
        options={stretches.map((value) => ({ value, title: lastText(value) }))}
        onChange={(value) => setStretch(value === 'no' ? undefined : value)}
      />
      {error ? <TroubleNote trouble={error} /> : null}
      {stretch !== undefined && !data && !error ? <Skeleton lines={3} /> : null}
      {stretch !== undefined && data && !error ? (
        <>
          <p>
            <b className="number">{plural(data.count, 'hit')}</b>
            <span className="quiet">
              {data.days.length > 0 ? ` on ${plural(data.days.length, 'day')}, ` : ', '}
              <span title="how long the search took">in {durationText(data.took)}</span>
            </span>
          </p>
          <ul className="try-days">
            {data.days.slice(-31).map(({ at, count }) => (
              <li key={at} title={`${dayText(at, 'UTC')} (UTC): ${plural(count, 'hit')}`}>
                <span className="number faint">{dayText(at, 'UTC')}</span>
                <span
                  className="try-bar"
                  style={{ width: `${(count / Math.max(...data.days.map((day) => day.count))) * 60}%` }}
                />
                <span className="number">{countText(count)}</span>
              </li>
            ))}
          </ul>
          <ul className="lines">
            {data.items.map((event) => (
              <li key={event.id} className="line">
                <Time at={event.time} />
                <Go className="line-name mono cut" to={places.event(event.id)} title={event.message}>
                  {event.host} {event.message}
                </Go>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}
