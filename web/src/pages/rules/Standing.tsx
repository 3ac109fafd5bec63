// How a rule stands, as a badge, and as counts that filter the list.
import type { Rule, RuleStanding } from '../../client/nouns.ts'
import { countText, plural } from '../../format/number.ts'
import { standings, standingWords, testWords } from '../../format/words.ts'
import { Badge, type Tone } from '../../parts/basics.tsx'
import { Icon, type IconName } from '../../parts/Icon.tsx'

const looks: Readonly<Record<RuleStanding, readonly [Tone, IconName]>> = {
  running: ['good', 'check'],
  unindexable: ['low', 'clock'],
  'no-data-source': ['warn', 'sources'],
  'field-never-seen': ['warn', 'columns'],
  'needs-list': ['warn', 'filter'],
  disabled: ['plain', 'pause'],
  unsupported: ['warn', 'help'],
  invalid: ['bad', 'close'],
}

export function StandingBadge({ standing, why }: { readonly standing: RuleStanding; readonly why?: string }) {
  const [tone, icon] = looks[standing]
  const { title, means } = standingWords[standing]
  return (
    <Badge tone={tone} title={why ? `${means}: ${why}` : means}>
      <Icon name={icon} size={12} /> {title}
    </Badge>
  )
}

const testLooks: Readonly<Record<Rule['tests'], readonly [Tone, IconName]>> = {
  passed: ['good', 'check'],
  failed: ['bad', 'close'],
  none: ['plain', 'minus'],
  'not-run': ['plain', 'play'],
}
export function TestBadge({ tests }: { readonly tests: Rule['tests'] }) {
  const [tone, icon] = testLooks[tests]
  const { title, means } = testWords[tests]
  return (
    <Badge tone={tone} title={means}>
      <Icon name={icon} size={12} /> {title}
    </Badge>
  )
}

interface CountsProps {
  readonly counts: Readonly<Record<RuleStanding, number>> | undefined
  readonly chosen: RuleStanding | undefined
  readonly onChoose: (standing: RuleStanding | undefined) => void
}
/** Every standing that rules have, with how many; the chosen one again shows all. */
export const StandingCounts = ({ counts, chosen, onChoose }: CountsProps) => (
  <div className="standing-counts" role="radiogroup" aria-label="How rules stand">
    {([undefined, ...standings] as const)
      .filter((standing) => standing === undefined || standing === chosen || (counts?.[standing] ?? 0) > 0)
      .map((standing) => {
        const count = standing ? counts?.[standing] : counts && Object.values(counts).reduce((sum, one) => sum + one, 0)
        return (
          <button
            key={standing ?? 'all'}
            type="button"
            role="radio"
            aria-checked={standing === chosen}
            className="standing-count"
            title={
              standing
                ? `${standingWords[standing].means}${count === undefined ? '' : ` (${plural(count, 'rule')})`}`
                : 'every rule'
            }
            onClick={() => onChoose(standing === chosen ? undefined : standing)}
          >
            {standing ? <Icon name={looks[standing][1]} size={12} /> : null}
            {standing ? standingWords[standing].title : 'All'}
            <span className="number standing-number">{count === undefined ? '' : countText(count)}</span>
          </button>
        )
      })}
  </div>
)
