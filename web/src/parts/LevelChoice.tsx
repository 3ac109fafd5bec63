// The least level a list shows: every level, or from one of them upward.
import { levels, type Level } from '../client/nouns.ts'
import { levelTitle } from '../format/words.ts'
import { Choice } from './basics.tsx'

interface LevelChoiceProps {
  readonly level: Level | undefined
  /** the lightest level that is offered by itself */
  readonly from: Level
  /** what has the level, in the plural: `alerts` */
  readonly of: string
  readonly all?: string
  /** the chosen level; empty for all */
  readonly onChange: (level: Level | '') => void
}

export const LevelChoice = ({ level, from, of, all = 'All levels', onChange }: LevelChoiceProps) => (
  <Choice<Level | 'all'>
    label="Least level"
    value={level ?? 'all'}
    options={[
      { value: 'all', title: all, hint: `${of} of every level` },
      ...levels.slice(levels.indexOf(from)).map((value) => ({
        value,
        title: value === 'critical' ? levelTitle[value] : `${levelTitle[value]}+`,
        hint: `${levelTitle[value]} and heavier`,
      })),
    ]}
    onChange={(value) => onChange(value === 'all' ? '' : value)}
  />
)
