// A probability as `1 in 55` with the percentage beside it; what it is a probability of is said on hover.
import { chanceText, percentText } from '../format/chance.ts'

interface ChanceProps {
  readonly of: number
  /** What it is a probability of, for the hint. */
  readonly means: string
  /** Without the percentage, where space is scarce. */
  readonly short?: boolean
}

export const Chance = ({ of, means, short = false }: ChanceProps) => (
  <span className="number" title={`${percentText(of)}: ${means}`}>
    {chanceText(of)}
    {short ? null : (
      <>
        {' '}
        <span className="faint small">{percentText(of)}</span>
      </>
    )}
  </span>
)
