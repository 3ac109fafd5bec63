// What a rule would have done with what is stored: hits a day, who is hit most, events to look at, alerts to expect.
import { useEffect, useRef, useState, type RefObject } from 'react'
import { call } from '../../client/client.ts'
import type { Output, RuleDetail } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { countText, plural } from '../../format/number.ts'
import { lastText, lengthOf } from '../../format/range.ts'
import { dayText, durationText, longDayText } from '../../format/time.ts'
import { Choice, Keys, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { filled } from '../../parts/chart/plot.ts'
import { Plot } from '../../parts/chart/Plot.tsx'
import { Go } from '../../parts/Go.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAsk } from './ask.ts'

const dayLength = 86_400_000
export const stretches = ['24h', '7d', '30d', '90d'] as const
export type Stretch = (typeof stretches)[number]

export type Tried = Pick<Output<'rule.backtest'>, 'count' | 'days' | 'took'> & Partial<Output<'rule.backtest'>>

/** Since when a stretch reaches back, from the beginning of this minute. */
export const sinceOf = (stretch: Stretch, now: number): number =>
  Math.floor(now / 60_000) * 60_000 - (lengthOf(stretch) ?? dayLength)

interface BacktestProps {
  readonly rule: Pick<RuleDetail, 'id' | 'correlation'>
  /** Filled with what starts it, for a key. */
  readonly start: RefObject<(() => void) | undefined>
}

/** Asked for with one key: nothing is searched before. */
export function Backtest({ rule, start }: BacktestProps) {
  const [stretch, setStretch] = useState<Stretch>('30d')
  const [isAsked, setAsked] = useState(false)
  const { data, error, busy, ask } = useAsk((signal): Promise<Tried> => {
    const asked = { id: rule.id, since: sinceOf(stretch, Date.now()), limit: 6 }
    return rule.correlation
      ? call('correlation.hunt', asked, signal).then(ofCorrelation)
      : call('rule.backtest', asked, signal)
  })
  const latest = useRef(ask)
  useEffect(() => {
    latest.current = ask
    start.current = () => (isAsked ? ask() : setAsked(true))
  })
  useEffect(() => {
    if (isAsked) latest.current()
  }, [isAsked, stretch])
  return (
    <section className="block" aria-busy={busy}>
      <h3 className="row" title="asks the rule of what is stored">
        Backtest <Keys keys="b" />
      </h3>
      <Choice<Stretch | 'no'>
        label="Try it on"
        value={isAsked ? stretch : 'no'}
        options={stretches.map((value) => ({ value, title: lastText(value) }))}
        onChange={(value) => {
          if (value !== 'no') setStretch(value)
          setAsked(true)
        }}
      />
      {error ? <TroubleNote trouble={error} again={ask} /> : null}
      {busy && !data ? <Skeleton lines={4} /> : null}
      {data && !error ? <TriedOut tried={data} stretch={stretch} /> : null}
    </section>
  )
}

const ofCorrelation = ({ count, days }: Output<'correlation.hunt'>): Tried => ({ count, days, took: 0 })

/** The answer, whoever asked. */
export const TriedOut = ({ tried, stretch }: { readonly tried: Tried; readonly stretch: Stretch }) => (
  <div className="tried" role="status">
    <p>
      <b className="number">{plural(tried.count, 'hit')}</b>
      <span className="quiet"> {lastText(stretch).replace(/^last/, 'in the last')}</span>
      {tried.took > 0 ? (
        <span className="faint" title="how long the search took">
          , found in {durationText(tried.took)}
        </span>
      ) : null}
    </p>
    <Expected tried={tried} />
    {tried.count > 0 && stretch !== '24h' ? <Days tried={tried} stretch={stretch} /> : null}
    <Top tried={tried} />
    <Newest tried={tried} />
  </div>
)

function Expected({ tried: { perWeek, observed, checked } }: { readonly tried: Tried }) {
  if (observed === undefined) return null
  return (
    <p className="quiet">
      {perWeek === null || perWeek === undefined ? (
        'No event of its log source in this time, so nothing can be expected of it.'
      ) : (
        <>
          About <b className="number strong">{perWeek.toLocaleString('en')}</b> alerts a week are to be expected: hits
          over the {plural(observed, 'day')} on which its log source sent anything.
        </>
      )}
      {checked ? (
        <span className="faint"> {plural(checked, 'event')} were read again, for the store alone could not tell.</span>
      ) : null}
    </p>
  )
}

function Days({ tried, stretch }: { readonly tried: Tried; readonly stretch: Stretch }) {
  const now = Date.now()
  const bars = filled(
    tried.days.map(({ at, count }) => ({ at, value: count })),
    { step: dayLength, from: sinceOf(stretch, now), to: now },
  )
  return (
    <Plot
      name="hits a day (UTC)"
      bars={bars}
      format={(value) => countText(Math.round(value))}
      labelOf={(at) => longDayText(at, 'UTC')}
      markOf={(at) => dayText(at, 'UTC')}
      height={96}
    />
  )
}

const topTitles: Readonly<Record<string, string>> = { host: 'Hosts', user: 'Users', process: 'Programs', src_ip: 'From', dst_ip: 'To' } // prettier-ignore
const mostValues = 5

function Top({ tried: { top = [], counted = 0 } }: { readonly tried: Tried }) {
  const told = top.filter(({ values }) => values.length > 0)
  if (told.length === 0) return null
  return (
    <div className="tried-top" title={`counted over the newest ${plural(counted, 'hit')}`}>
      {told.map(({ field, values }) => (
        <div key={field}>
          <h4>{topTitles[field] ?? field}</h4>
          <ul className="shares">
            {values.slice(0, mostValues).map(({ value, count }) => (
              <li key={value}>
                <span className="share-bar" style={{ width: `${(100 * count) / Math.max(1, counted)}%` }} />
                <span className="mono cut" title={value}>
                  {value}
                </span>
                <span className="number">{countText(count)}</span>
              </li>
            ))}
          </ul>
          {values.length > mostValues ? <p className="small faint">{values.length - mostValues} more</p> : null}
        </div>
      ))}
    </div>
  )
}

const Newest = ({ tried: { newest = [] } }: { readonly tried: Tried }) =>
  newest.length === 0 ? null : (
    <div>
      <h4>Newest</h4>
      <ul className="lines">
        {newest.map((event) => (
          <li key={event.id} className="line">
            <Time at={event.time} />
            <Go className="line-name mono cut" to={places.event(event.id)} title={event.message}>
              {event.host} {event.message || event.activity}
            </Go>
          </li>
        ))}
      </ul>
    </div>
  )
