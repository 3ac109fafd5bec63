// Levels: each has a shape, a word and a colour, so that none of the three is needed to tell them apart.
import { levels, type Level } from '../client/nouns.ts'
import { countText } from '../format/number.ts'
import { levelTitle } from '../format/words.ts'
import { Go } from './Go.tsx'

const shapes: Readonly<Record<Level, string>> = {
  critical: 'M4.1 1h5.8L14 5v6l-4.1 2H4.1L1 9.9V4.1Z',
  high: 'M7 1.2 13.3 12.6H.7Z',
  medium: 'M7 .7 13.3 7 7 13.3.7 7Z',
  low: 'M7 1.7a5.3 5.3 0 1 1 0 10.6A5.3 5.3 0 0 1 7 1.7Z',
  informational: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Z',
}

/** The shape alone: octagon, triangle, diamond, disc, ring. */
export const LevelMark = ({ level, size = 12 }: { readonly level: Level; readonly size?: number }) => (
  <svg
    className={`level-mark level-mark-${level}`}
    width={size}
    height={size}
    viewBox="0 0 14 14"
    role="img"
    aria-label={levelTitle[level]}
  >
    <path d={shapes[level]} />
  </svg>
)

/** Shape and word. */
export const LevelText = ({ level }: { readonly level: Level }) => (
  <span className={`level level-${level}`}>
    <LevelMark level={level} />
    {levelTitle[level]}
  </span>
)

/** Shape and word on a tint, where it must be seen first. */
export const LevelBadge = ({ level }: { readonly level: Level }) => (
  <span className={`level-badge level-${level} level-soft-${level}`}>
    <LevelMark level={level} />
    {levelTitle[level]}
  </span>
)

interface LevelCountsProps {
  readonly counts: Readonly<Record<Level, number>>
  readonly to: (level: Level) => string
  /** `alerts in the last day` */
  readonly of: string
}
/** Counts by level, worst first; each leads to what it counts. */
export const LevelCounts = ({ counts, to, of }: LevelCountsProps) => (
  <div className="level-counts">
    {[...levels].reverse().map((level) => (
      <Go
        key={level}
        to={to(level)}
        className={`level-count level-${level}`}
        data-none={counts[level] === 0 || undefined}
        title={`${levelTitle[level]}: ${countText(counts[level])} ${of}`}
      >
        <LevelMark level={level} />
        <span className="number">{countText(counts[level])}</span>
        <span className="level-count-word">{levelTitle[level]}</span>
      </Go>
    ))}
  </div>
)
