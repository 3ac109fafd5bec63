// Risk over time: a sum of terms that halve with each half-life. Pure, and the same in whatever order the terms came.
import type { Term } from './points.ts'

export interface RiskSettings {
  /** Milliseconds in which a term loses half of its weight. */
  readonly halfLife: number
  /** A sum from here on raises an alert. */
  readonly threshold: number
}

/** After so many half-lives a term is worth less than a thousandth and is left out. */
const mostHalfLives = 10
/** After an alert, the sum must fall below this share of the threshold before another is raised. */
const rearmShare = 0.5

export const horizonOf = ({ halfLife }: RiskSettings): number => mostHalfLives * halfLife

/** By time, then by alert: adding in one order makes sums equal to the last bit. */
export const inOrder = (terms: readonly Term[]): Term[] =>
  terms.toSorted((a, b) => a.time - b.time || (a.alert < b.alert ? -1 : a.alert > b.alert ? 1 : 0))

/** The share of its points that a term still has at a time; 0 before its own and beyond the horizon. */
export function shareAt({ time }: Pick<Term, 'time'>, at: number, settings: RiskSettings): number {
  const age = at - time
  if (age < 0 || age > horizonOf(settings)) return 0
  return 2 ** (-age / settings.halfLife)
}

/** The risk at a time. */
export const riskAt = (terms: readonly Term[], at: number, settings: RiskSettings): number =>
  inOrder(terms).reduce((sum, term) => sum + term.points * shareAt(term, at, settings), 0)

/** A stretch during which the risk was high: from the term that carried it over the threshold until it had fallen far enough. */
export interface Episode {
  /** The alert that carried it over. */
  readonly alert: string
  readonly from: number
  /** Infinity while it lasts. */
  readonly until: number
  readonly risk: number
}

/** Stretches above the threshold, the earliest first. Only the ends of terms matter: between them risk only falls. */
export function episodesOf(terms: readonly Term[], settings: RiskSettings): Episode[] {
  const { halfLife, threshold } = settings
  const rearm = threshold * rearmShare
  const found: Episode[] = []
  let open: Episode | undefined
  let [sum, at] = [0, 0]
  for (const term of inOrder(terms)) {
    const fallen = sum * 2 ** (-(term.time - at) / halfLife)
    if (open && fallen < rearm) {
      found.push({ ...open, until: at + halfLife * Math.log2(sum / rearm) })
      open = undefined
    }
    sum = fallen + term.points
    at = term.time
    if (!open && sum >= threshold) open = { alert: term.alert, from: at, until: Number.POSITIVE_INFINITY, risk: sum }
  }
  return open ? [...found, open] : found
}

/** Episodes about which no alert was raised yet; `raised` are times of alerts raised before. */
export const newEpisodes = (episodes: readonly Episode[], raised: readonly number[]): Episode[] =>
  episodes.filter(({ from, until }) => !raised.some((time) => time >= from && time < until))

/** Points of the curve between two times: before and behind each term, and evenly between. */
export function curveOf(
  terms: readonly Term[],
  { since, until, points }: { since: number; until: number; points: number },
  settings: RiskSettings,
): { at: number; risk: number }[] {
  const step = Math.max(1, (until - since) / points)
  const even = Array.from({ length: points + 1 }, (_, index) => Math.round(since + index * step))
  const ends = terms.flatMap(({ time }) => [time - 1, time])
  const times = [...new Set([...even, ...ends])].filter((at) => at >= since && at <= until).sort((a, b) => a - b)
  return times.map((at) => ({ at, risk: riskAt(terms, at, settings) }))
}
