// Why a correlation fired: its group, what was measured, the rules that took part, and the events in the order they came.
import type { Alert } from '../../client/nouns.ts'
import { useRead } from '../../client/queries.ts'
import { places } from '../../frame/places.ts'
import { plural } from '../../format/number.ts'
import { durationText } from '../../format/time.ts'
import { Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Facts } from '../../parts/Panel.tsx'
import { Time } from '../../parts/Time.tsx'
import { joinedOf } from './joined.ts'

/** Colours tell rules apart beside their number; more than these begin again. */
const tones = ['low', 'warn', 'good', 'bad', 'accent'] as const

export function Joined({ alert }: { readonly alert: Alert }) {
  const { data, error, refetch } = useRead('correlation.events', { alert: alert.id })
  const { group, condition, measure } = joinedOf(alert)
  const numbers = new Map(data?.rules.map(({ id }, at) => [id, at]))
  return (
    <>
      <section className="block">
        <h3 title="events of several rules that belong together within a timespan">Why it fired</h3>
        <Facts
          items={[
            ['Asks', condition],
            ...group.map(({ name, value }): [string, string] => [`Same ${name}`, value]),
            ['Measured', measure],
            ['Timespan', data ? durationText(data.timespan) : ''],
          ]}
        />
      </section>
      {error ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton lines={5} /> : null}
      {data ? (
        <>
          <section className="block">
            <h3>Rules that took part</h3>
            <ul className="joined-rules">
              {data.rules.map(({ id, title, events }, at) => (
                <li key={id}>
                  <Mark at={at} />
                  <Go to={places.rule(id)} className="wrap">
                    {title}
                  </Go>
                  <span className="number quiet">{events === 0 ? 'none seen' : plural(events, 'event')}</span>
                </li>
              ))}
            </ul>
          </section>
          <section className="block">
            <h3 title="what the correlation was made of, the oldest first">{plural(data.items.length, 'event')}</h3>
            <ol className="joined-events">
              {data.items.map(({ id, time, host, user, activity, message, rules }) => (
                <li key={id}>
                  <Time at={time} />
                  <span className="row">
                    {rules.map((rule) => (
                      <Mark key={rule} at={numbers.get(rule) ?? 0} />
                    ))}
                  </span>
                  <Go to={places.event(id)} className="cut" title={message || activity}>
                    {[host, user].filter(Boolean).join(' ')} <span className="quiet">{message || activity}</span>
                  </Go>
                </li>
              ))}
            </ol>
            {data.gone > 0 ? (
              <p className="small faint">{plural(data.gone, 'event')} of it are not stored any more.</p>
            ) : null}
          </section>
        </>
      ) : null}
    </>
  )
}

/** The number of a rule, counted from 1. */
const Mark = ({ at }: { readonly at: number }) => (
  <span className={`joined-number number badge badge-${tones[at % tones.length] ?? 'plain'}`}>{at + 1}</span>
)
