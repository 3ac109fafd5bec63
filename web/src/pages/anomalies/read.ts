// What detectors remember and found, made ready to be looked at: bars, bands, weeks. Pure.
import type { AnomalyShown, Detector, Profile } from '../../client/nouns.ts'
import type { PlotBar, PlotLine } from '../../parts/chart/plot.ts'

export type History = AnomalyShown['history']
export type Series = Extract<History, { kind: 'series' }>
export type Beat = Extract<History, { kind: 'beat' }>
export type Travel = Extract<History, { kind: 'travel' }>

const hour = 3_600_000
export const dayLength = 24 * hour

export interface Plotted {
  readonly bars: readonly PlotBar[]
  readonly lines: readonly PlotLine[]
  /** Bars that lie above the limit, or in the last place where there is none. */
  readonly hot: ReadonlySet<number>
  /** Hours of the day instead of moments. */
  readonly isOfDay: boolean
}

const numbersOf = (point: readonly unknown[]): PlotBar => ({ at: Number(point[0]), value: Number(point[1]) })

/** A series with what was expected: at each time where that is known, else the same line for all. */
export function plotted({ points, usual, limit, expected }: Series): Plotted {
  const bars = points.map(numbersOf)
  const at = new Map((expected ?? []).map((one) => [one.at, one]))
  const line = (name: string, token: string, of: (bar: PlotBar) => number | null, dashed = false): PlotLine[] => {
    const values = bars.map(of)
    return values.every((value) => value !== null)
      ? [{ name, token, values: values.map((value) => value ?? 0), dashed }]
      : []
  }
  const limitOf = (bar: PlotBar): number | null => (expected ? (at.get(bar.at)?.limit ?? limit) : limit)
  const hot = bars.flatMap((bar, index) => {
    const most = limitOf(bar)
    return most !== null && bar.value > most ? [index] : []
  })
  const isOfDay = bars.length === 24 && bars.every((bar, index) => bar.at === index * hour)
  return {
    bars,
    lines: [
      ...line('usual', 'good', (bar) => (expected ? (at.get(bar.at)?.usual ?? usual) : usual)),
      ...line('limit', 'critical-fill', limitOf, true),
    ],
    hot: new Set(isOfDay ? [] : hot),
    isOfDay,
  }
}

/** A span of seconds in few characters: `45 s`, `12 min`, `3.5 h`. */
export function secondsText(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${seconds < 1200 ? Math.round(seconds / 6) / 10 : Math.round(seconds / 60)} min`
  return `${Math.round(seconds / 360) / 10} h`
}

export const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

export interface WeekCell {
  /** From Monday 0:00, in the zone that is shown. */
  readonly day: number
  readonly hour: number
  readonly count: number
  /** 0 to 4: nothing, then quarters of the busiest hour by the root, so that quiet hours can be seen beside busy ones. */
  readonly strength: 0 | 1 | 2 | 3 | 4
}
/** The week of a profile, seven rows of 24 hours, moved by whole hours from UTC. */
export function weekOf(week: readonly number[], hoursFromUtc: number): WeekCell[] {
  const most = Math.max(1, ...week)
  return week.map((_, at) => {
    const count = week[(((at - hoursFromUtc) % 168) + 168) % 168] ?? 0
    const part = Math.ceil(4 * Math.sqrt(count / most))
    return {
      day: Math.floor(at / 24),
      hour: at % 24,
      count,
      strength: count === 0 ? 0 : part <= 1 ? 1 : part === 2 ? 2 : part === 3 ? 3 : 4,
    }
  })
}

/** In which hours an account is at work, in words: the shortest stretch of the day that holds nearly all it did. */
export function usualHours(week: readonly number[], hoursFromUtc: number): string {
  const byHour = Array.from({ length: 24 }, (_, at) =>
    weekOf(week, hoursFromUtc)
      .filter((cell) => cell.hour === at)
      .reduce((sum, { count }) => sum + count, 0),
  )
  const all = byHour.reduce((sum, count) => sum + count, 0)
  if (all === 0) return ''
  for (let length = 1; length < 24; length++)
    for (let from = 0; from < 24; from++) {
      const held = Array.from({ length }, (_, at) => byHour[(from + at) % 24] ?? 0).reduce(
        (sum, count) => sum + count,
        0,
      )
      if (held >= all * 0.95) return length >= 20 ? '' : `${clock(from)} to ${clock(from + length)}`
    }
  return ''
}
const clock = (at: number): string => `${String(at % 24).padStart(2, '0')}:00`

/** Whole hours that this viewer's zone is ahead of UTC now. */
export const hoursAhead = (zone: 'own' | 'utc', now: Date): number =>
  zone === 'utc' ? 0 : Math.round(-now.getTimezoneOffset() / 60)

/** Without domain, in lower case: as profiles are named. */
export function profileName(kind: 'user' | 'host', written: string): string {
  const cut = written.slice(written.lastIndexOf('\\') + 1)
  if (kind === 'user') return (cut.includes('@') ? cut.slice(0, cut.indexOf('@')) : cut).trim().toLowerCase()
  const isAddress = cut.includes(':') || /^[\d.]{7,15}$/.test(cut)
  return (isAddress ? cut : (cut.split('.')[0] ?? cut)).toLowerCase()
}

/** Lists of a profile that say something, by what they hold. */
export const profileLists = [
  ['hosts', 'Machines', 'machines it was on'],
  ['users', 'Accounts', 'accounts that were on it'],
  ['programs', 'Programs', 'programs that ran'],
  ['addresses', 'From addresses', 'addresses it came from'],
  ['countries', 'Countries', 'countries it came from'],
  ['destinations', 'Outside', 'what it talked to outside'],
] as const satisfies readonly (readonly [keyof Profile, string, string])[]

export const detectorStates = {
  running: { title: 'Running', means: 'has learnt and tells what is unusual' },
  learning: { title: 'Learning', means: 'remembers what is usual; tells nothing yet' },
  waiting: { title: 'Waiting', means: 'has seen nothing it could learn from' },
  off: { title: 'Off', means: 'switched off in castellan.yaml' },
} as const satisfies Record<Detector['state'], { title: string; means: string }>

/** How far a detector has learnt, 0 to 1. */
export const learntShare = ({ learntDays, learnDays }: Pick<Detector, 'learntDays' | 'learnDays'>): number =>
  learnDays === 0 ? 1 : Math.min(1, learntDays / learnDays)
