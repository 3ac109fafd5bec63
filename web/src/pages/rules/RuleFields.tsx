// The fields a rule asks for, and when each came last.
import { useRead } from '../../client/queries.ts'
import { countText } from '../../format/number.ts'
import { Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Ago } from '../../parts/Time.tsx'
import { useSettled } from './ask.ts'

/** Walking through the list asks nothing; staying does. */
const stayMilliseconds = 500
const dayLength = 86_400_000
const days = 30

export function RuleFields({ id }: { readonly id: string }) {
  const stays = useSettled(id, stayMilliseconds) === id
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000
  const { data, error, refetch } = useRead('rule.fields', { id, since: hour - days * dayLength }, { enabled: stays })
  return (
    <section className="block">
      <h3 title={`asked of the stored events of the last ${days} days`}>Fields</h3>
      {error ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton lines={3} /> : null}
      {data ? (
        <table className="rule-fields small">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Came last</th>
              <th scope="col" className="row-end" title={`events of the last ${days} days that had it`}>
                In {days} days
              </th>
            </tr>
          </thead>
          <tbody>
            <tr className="quiet">
              <th scope="row">any event of its log source</th>
              <td>
                <Ago at={data.last} />
              </td>
              <td className="number row-end">{countText(data.count)}</td>
            </tr>
            {data.items.map((item) => (
              <Line key={item.field} item={item} of={data.count} />
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  )
}

interface LineProps {
  readonly item: { field: string; needed: boolean; seen: boolean | null; count: number; last: number | null }
  readonly of: number
}
const Line = ({ item: { field, needed, seen, count, last }, of }: LineProps) => (
  <tr>
    <th scope="row">
      <span className="row">
        <Icon name={count > 0 ? 'check' : seen === null ? 'help' : 'close'} size={12} />
        <span className="mono wrap">{field}</span>
        {needed ? (
          <span className="faint" title="without it the rule cannot match">
            needed
          </span>
        ) : null}
      </span>
    </th>
    <td>
      {last !== null ? (
        <Ago at={last} />
      ) : (
        <span className={needed ? 'warn-text' : 'faint'}>
          {seen === true ? `not in ${days} days` : seen === null ? 'not known' : 'never'}
        </span>
      )}
    </td>
    <td className="number row-end" title={of > 0 ? `${Math.round((100 * count) / of)} % of its events` : undefined}>
      {countText(count)}
    </td>
  </tr>
)
