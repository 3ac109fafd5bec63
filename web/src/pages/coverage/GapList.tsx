// Steps of the likeliest attack paths in the model that no rule sees where they happen, and what is missing.
import { useState } from 'react'
import { useNames } from '../../client/names.ts'
import { places } from '../../frame/places.ts'
import { plural } from '../../format/number.ts'
import { tacticTitle } from '../../format/words.ts'
import { Badge, Button } from '../../parts/basics.tsx'
import { Chance } from '../../parts/Chance.tsx'
import { Go } from '../../parts/Go.tsx'
import type { Gap } from './matrix.ts'

const missingWords: Readonly<Record<Gap['missing'], { title: string; next: string }>> = {
  rule: { title: 'No rule', next: 'write one, or take one from a pack' },
  'log source': { title: 'No log source', next: 'rules are there; no event of their log source was seen from it' },
  logging: { title: 'No logging', next: 'the model says the asset does not write a log that would show it' },
}
const mostShown = 12

interface GapListProps {
  readonly gaps: readonly Gap[]
  readonly onChoose: (technique: string) => void
}
export function GapList({ gaps, onChoose }: GapListProps) {
  const [all, setAll] = useState(false)
  const { nameOf } = useNames()
  if (gaps.length === 0) return null
  return (
    <section className="gap-list" aria-label="Gaps on attack paths">
      <h2>
        Gaps on attack paths <span className="number faint">{gaps.length}</span>
      </h2>
      <div className="scroll-x">
        <table className="plain-table small">
          <thead>
            <tr>
              <th scope="col">Technique</th>
              <th scope="col">Where</th>
              <th scope="col">What the attacker does</th>
              <th scope="col" title="of the likeliest path that goes over it">
                Chance
              </th>
              <th scope="col">Missing</th>
            </tr>
          </thead>
          <tbody>
            {(all ? gaps : gaps.slice(0, mostShown)).map((gap) => (
              <tr key={`${gap.technique}${gap.asset}`}>
                <td>
                  <button
                    type="button"
                    className="value-button mono"
                    title={tacticTitle(gap.tactic)}
                    onClick={() => onChoose(gap.technique.split('.')[0] ?? gap.technique)}
                  >
                    {gap.technique}
                  </button>
                </td>
                <td>
                  <Go to={places.asset(gap.asset)}>{nameOf(gap.asset)}</Go>
                </td>
                <td className="quiet">{gap.text}</td>
                <td>
                  <Chance of={gap.probability} means="the attacker gets through over it" short />
                </td>
                <td>
                  <MissingBadge gap={gap} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all || gaps.length <= mostShown ? null : (
        <Button look="quiet" onClick={() => setAll(true)}>
          {plural(gaps.length - mostShown, 'more gap')}
        </Button>
      )}
    </section>
  )
}

export const MissingBadge = ({ gap }: { readonly gap: Gap }) => (
  <Badge
    tone={gap.missing === 'rule' ? 'bad' : 'warn'}
    title={`${missingWords[gap.missing].next}${gap.seenBy.length > 0 ? `; it would be seen in ${gap.seenBy.join(', ')}` : ''}`}
  >
    {missingWords[gap.missing].title}
  </Badge>
)
