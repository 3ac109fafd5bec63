// What is usual for an account or a machine: its hours, its days, and what it does them with.
import './anomalies.css'
import type { Profile } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { bytesText, countText, plural, shortText } from '../../format/number.ts'
import { dayText, longDayText } from '../../format/time.ts'
import { filled } from '../../parts/chart/plot.ts'
import { Plot } from '../../parts/chart/Plot.tsx'
import { Go } from '../../parts/Go.tsx'
import { Facts } from '../../parts/Panel.tsx'
import { Ago, Time, useZone } from '../../parts/Time.tsx'
import { dayLength, dayNames, hoursAhead, profileLists, usualHours, weekOf } from './read.ts'

export function Usual({ profile }: { readonly profile: Profile }) {
  const { kind, name, first, last, events, peers, week, days } = profile
  const zone = useZone()
  const ahead = hoursAhead(zone, new Date())
  const hours = usualHours(week, ahead)
  const span = { step: dayLength, from: days[0]?.at ?? last, to: days.at(-1)?.at ?? last }
  const bars = (of: 'events' | 'bytes') =>
    filled(
      days.map((day) => ({ at: day.at, value: day[of] })),
      span,
    )
  const sent = days.reduce((sum, { bytes }) => sum + bytes, 0)
  return (
    <div className="usual">
      <Facts
        items={[
          ['Known since', <Time key="first" at={first} />],
          [
            'Last seen',
            <span key="last">
              <Time at={last} />{' '}
              <span className="faint">
                (<Ago at={last} />)
              </span>
            </span>,
          ],
          ['Events', countText(events)],
          [
            kind === 'user' ? 'Department' : 'Kind',
            peers === '' ? <span className="faint">not known, so it has no peers to be held against</span> : peers,
          ],
          ['Usual hours', hours === '' ? 'at all hours' : `${hours} (19 of 20 events)`],
        ]}
      />
      <Week week={week} ahead={ahead} />
      <div className="usual-days">
        <Plot
          name="events a day (UTC)"
          bars={bars('events')}
          format={shortText}
          labelOf={(at) => longDayText(at, 'UTC')}
          markOf={(at) => dayText(at, 'UTC')}
          height={80}
          marks={5}
        />
        {sent === 0 ? null : (
          <Plot
            name="sent outside a day (UTC)"
            bars={bars('bytes')}
            format={bytesText}
            labelOf={(at) => longDayText(at, 'UTC')}
            markOf={(at) => dayText(at, 'UTC')}
            height={80}
            marks={5}
          />
        )}
      </div>
      <div className="usual-lists">
        {profileLists.map(([list, title, hint]) => (
          <Named
            key={list}
            title={title}
            hint={`${hint}; the most recent 24, the most used first`}
            items={profile[list]}
            of={list}
          />
        ))}
      </div>
      <p className="small">
        <Go to={places.entity(kind, name)}>Everything that names {name}</Go>
      </p>
    </div>
  )
}

/** Seven rows of 24 hours; the darker, the more happened. */
function Week({ week, ahead }: { readonly week: readonly number[]; readonly ahead: number }) {
  const cells = weekOf(week, ahead)
  return (
    <figure className="week">
      <figcaption className="small quiet">
        Events for each hour of the week{ahead === 0 ? ' (UTC)' : ' in your zone'}: the darker, the more
      </figcaption>
      <table className="week-table">
        <thead>
          <tr>
            <td />
            {Array.from({ length: 24 }, (_, at) => (
              <th key={at} scope="col" className="number">
                <span className={at % 3 === 0 ? undefined : 'hidden-text'}>{at}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {dayNames.map((name, day) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells
                .filter((cell) => cell.day === day)
                .map(({ hour, count, strength }) => (
                  <td
                    key={hour}
                    data-strength={strength}
                    title={`${name} ${String(hour).padStart(2, '0')}:00: ${plural(count, 'event')}`}
                  >
                    <span className="hidden-text">{count}</span>
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

interface NamedProps {
  readonly title: string
  readonly hint: string
  readonly of: string
  readonly items: readonly { readonly name: string; readonly count: number; readonly last: number }[]
}
const mostNames = 8
const leads: Readonly<Record<string, 'host' | 'user' | 'address'>> = {
  hosts: 'host',
  users: 'user',
  addresses: 'address',
}

function Named({ title, hint, of, items }: NamedProps) {
  if (items.length === 0) return null
  const most = Math.max(...items.map(({ count }) => count))
  const kind = leads[of]
  return (
    <section title={hint}>
      <h4>
        {title} <span className="number faint">{items.length}</span>
      </h4>
      <ul className="shares">
        {items.slice(0, mostNames).map(({ name, count, last }) => (
          <li key={name} title={`${name}: ${plural(count, 'event')}, last on ${dayText(last, 'UTC')}`}>
            <span className="share-bar" style={{ width: `${(100 * count) / most}%` }} />
            {kind === undefined ? (
              <span className="mono cut">{name}</span>
            ) : (
              <Go className="mono cut" to={kind === 'address' ? places.entity(kind, name) : places.profile(kind, name)}>
                {name}
              </Go>
            )}
            <span className="number">{shortText(count)}</span>
          </li>
        ))}
      </ul>
      {items.length > mostNames ? <p className="small faint">and {plural(items.length - mostNames, 'other')}</p> : null}
    </section>
  )
}
