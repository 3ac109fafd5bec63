// How a correlation stands: what it asks, of which rules, what it holds, and what it had to leave out.
import { type Output } from '../../client/nouns.ts'
import { places } from '../../frame/places.ts'
import { bytesText, countText } from '../../format/number.ts'
import { Go } from '../../parts/Go.tsx'
import { Facts } from '../../parts/Panel.tsx'

type Standing = NonNullable<Output<'rule.show'>['correlation']>

/** A count that should be nought is left out while it is. */
const unless0 = (count: number, text: string): string => (count === 0 ? '' : `${countText(count)} ${text}`)

export const Correlation = ({ standing }: { readonly standing: Standing }) => (
  <section className="block">
    <h3>Correlation</h3>
    <Facts
      items={[
        ['Asks', standing.asks],
        [
          'Rules',
          <ul key="rules">
            {standing.rules.map(({ id, title }) => (
              <li key={id}>
                <Go to={places.rule(id)} className="wrap">
                  {title}
                </Go>
              </li>
            ))}
          </ul>,
        ],
        ['Held now', `${countText(standing.groups)} groups, about ${bytesText(standing.bytes)}`],
        ['Matches', countText(standing.taken)],
        ['Held true', countText(standing.found)],
        ['Late', unless0(standing.late, 'matches came late and counted all the same')],
        ['Too late', unless0(standing.tooLate, 'matches were left out: their timespan was long over')],
        ['Without the field', unless0(standing.missing, 'matches lack a field of group-by, or the value')],
        ['Forgotten', unless0(standing.shed, 'matches, to stay within the memory allowed')],
      ]}
    />
  </section>
)
