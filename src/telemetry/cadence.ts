// What is usual of a source: how much it sends in which hour, and how long it pauses. Learnt while it is listened to; pure.
import { z } from 'zod'

const Unusual = z.enum(['', 'silent', 'low', 'high'])
export type Unusual = z.output<typeof Unusual>

/** What is known of a source, as it is kept. Times in milliseconds. */
export const Cadence = z.strictObject({
  /** Up to when it was listened to. */
  at: z.number(),
  lastSeen: z.number().nullable(),
  /** Time listened to without hearing anything: all of it, and without hours in which it usually sends nothing. */
  quiet: z.number(),
  activeQuiet: z.number(),
  /** Records, and time listened to, of the hour in which `at` is. */
  count: z.number(),
  listened: z.number(),
  /** Records of each hour before it, the latest last; -1 where it was not listened to. */
  hours: z.array(z.number()),
  /** The latest pauses. */
  pauses: z.array(z.number()),
  unusual: Unusual,
  since: z.number().nullable(),
  /** Bytes of records of the day of `at`, for the quota. */
  bytesToday: z.number(),
})
export type Cadence = z.output<typeof Cadence>

/** Something changed about a source. `usual` again, or how not. */
export interface Change {
  readonly change: 'silent' | 'low' | 'high' | 'usual'
  /** For people. */
  readonly text: string
}

const [minute, hour] = [60_000, 3_600_000]
const [dayHours, weekHours] = [24, 168]
const mostHours = 6 * weekHours
const mostPauses = 256
/** Longer between two looks: the program was not running. */
const longestStep = 5 * minute
const [leastPauses, leastHours, shortestSilence] = [20, 6, 15 * minute]
const leastSamples = 3
/** Below this many records an hour, a change of rate says nothing. */
const leastRate = 200

export const freshCadence = (at: number): Cadence => ({
  at,
  lastSeen: null,
  quiet: 0,
  activeQuiet: 0,
  count: 0,
  listened: 0,
  hours: [],
  pauses: [],
  unusual: '',
  since: null,
  bytesToday: 0,
})

const middle = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

/** Records in hours like the present one: of the same hour of the week, else of the same hour of the day, else of all. None when too few are known. */
function samplesOf({ hours }: Cadence): number[] {
  const every = (step: number): number[] => {
    const found: number[] = []
    for (let at = hours.length - step; at >= 0; at -= step) if ((hours[at] ?? -1) >= 0) found.push(hours[at] ?? 0)
    return found
  }
  for (const [step, least] of [
    [weekHours, leastSamples],
    [dayHours, leastSamples],
    [1, 2 * leastHours],
  ] as const)
    // prettier-ignore
    if (every(step).length >= least) return every(step).slice(0, 24)
  return []
}

/** Whether it usually sends nothing at this time of the week or the day. */
function isQuietHour({ hours }: Cadence): boolean {
  for (const step of [weekHours, dayHours]) {
    const found: number[] = []
    for (let at = hours.length - step; at >= 0; at -= step) if ((hours[at] ?? -1) >= 0) found.push(hours[at] ?? 0)
    if (found.length >= leastSamples) return middle(found) === 0
  }
  return false
}

/** The longest silence that is not unusual; nothing while too little is known. */
export function longestUsualPause({ hours, pauses }: Cadence): number | undefined {
  const known = hours.filter((count) => count >= 0).length
  if (known < leastHours || pauses.length < leastPauses) return undefined
  const sorted = [...pauses].sort((a, b) => a - b)
  // A few outages among the pauses do not make outages usual.
  const usual = sorted[Math.floor(sorted.length * 0.98)] ?? sorted.at(-1) ?? 0
  return Math.max(shortestSilence, 3 * usual)
}

/** Hours that are over go to the list; those that were not listened to for nearly all their time count as unknown. */
function turned(state: Cadence, now: number): Cadence {
  const passed = Math.floor(now / hour) - Math.floor(state.at / hour)
  if (passed <= 0) return state
  const whole = state.listened >= 0.9 * hour ? state.count : -1
  const unknown = Array.from({ length: Math.min(passed - 1, mostHours) }, () => -1)
  return { ...state, hours: [...state.hours, whole, ...unknown].slice(-mostHours), count: 0, listened: 0 }
}

const inWords = (milliseconds: number): string => {
  const minutes = Math.round(milliseconds / minute)
  if (minutes < 2) return `${Math.round(milliseconds / 1000)} seconds`
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
}

/** What was heard since the last look. */
export interface Heard {
  readonly now: number
  readonly count: number
  /** Milliseconds, when it is configured. */
  readonly silentAfter?: number | undefined
}

/** The state after this look, and what changed with it. */
export function hear(before: Cadence, { now, count, silentAfter }: Heard): { state: Cadence; changes: Change[] } {
  const passed = Math.max(0, now - before.at)
  const listened = passed <= longestStep ? passed : 0
  const isHourOver = Math.floor(now / hour) > Math.floor(before.at / hour)
  const ended = turned({ ...before, listened: before.listened + listened }, now)
  const rate = isHourOver ? judgedHour(ended) : ''
  const state = listenedTo(ended, { now, count, listened })
  const verdict = verdictOf(state, { silentAfter, rate, isHourOver: rate !== '' })
  return settled(state, verdict, now)
}

function listenedTo(
  state: Cadence,
  { now, count, listened }: { now: number; count: number; listened: number },
): Cadence {
  const active = isQuietHour(state) ? 0 : listened
  if (count === 0) return { ...state, at: now, quiet: state.quiet + listened, activeQuiet: state.activeQuiet + active }
  const pause = state.activeQuiet + active
  const pauses = state.lastSeen === null || listened === 0 ? state.pauses : [...state.pauses, pause].slice(-mostPauses)
  return { ...state, at: now, lastSeen: now, quiet: 0, activeQuiet: 0, count: state.count + count, pauses }
}

type Rate = '' | 'usual' | 'low' | 'high'

/** The hour that has just ended, against those before it. */
function judgedHour(state: Cadence): Rate {
  const [count = -1] = state.hours.slice(-1)
  return count < 0 ? '' : judged(count, samplesOf({ ...state, hours: state.hours.slice(0, -1) }))
}

function judged(count: number, samples: readonly number[]): Rate {
  if (samples.length === 0) return ''
  const usual = middle(samples)
  const spread = 1.4826 * middle(samples.map((one) => Math.abs(one - usual)))
  if (count > leastRate && count > usual + Math.max(8 * spread, 3 * usual)) return 'high'
  if (usual > leastRate && count < usual - Math.max(8 * spread, 0.8 * usual)) return 'low'
  return 'usual'
}

interface Judging {
  readonly silentAfter: number | undefined
  readonly rate: Rate
  readonly isHourOver: boolean
}

function silenceOf(state: Cadence, silentAfter: number | undefined): Change | undefined {
  const { quiet, activeQuiet } = state
  if (silentAfter !== undefined)
    return quiet < silentAfter
      ? undefined
      : {
          change: 'silent',
          text: `nothing for ${inWords(quiet)}; it is to send at least every ${inWords(silentAfter)}`,
        }
  const most = longestUsualPause(state)
  if (most === undefined || activeQuiet < most) return undefined
  return {
    change: 'silent',
    text: `nothing for ${inWords(quiet)}; its pauses are usually shorter than ${inWords(most)}`,
  }
}

/** A flood is told at once; that there was too little, when the hour is over. */
function rateOf(state: Cadence, rate: Rate): Change | undefined {
  const samples = samplesOf(state)
  const change = judged(state.count, samples) === 'high' ? 'high' : rate
  if (change !== 'high' && change !== 'low') return undefined
  const before = state.hours.at(-1) ?? 0
  const count = change === 'high' ? Math.max(state.count, before) : before
  return { change, text: `${count} records in an hour; usual are about ${middle(samples)}` }
}

function verdictOf(state: Cadence, { silentAfter, rate, isHourOver }: Judging): Change {
  const { unusual, quiet } = state
  const found = silenceOf(state, silentAfter) ?? rateOf(state, rate)
  if (found) return found
  // A rate is usual again when an hour was, a silence is over when something came.
  const stays = unusual === 'silent' ? quiet > 0 : unusual !== '' && !isHourOver
  return stays && unusual !== '' ? { change: unusual, text: '' } : { change: 'usual', text: 'it sends as usual' }
}

function settled(state: Cadence, verdict: Change, now: number): { state: Cadence; changes: Change[] } {
  const unusual: Unusual = verdict.change === 'usual' ? '' : verdict.change
  if (unusual === state.unusual) return { state, changes: [] }
  const lasted = state.since === null ? 0 : now - state.since
  const change: Change =
    unusual === '' ? { change: 'usual', text: `it sends as usual again, after ${inWords(lasted)}` } : verdict
  return { state: { ...state, unusual, since: unusual === '' ? null : now }, changes: [change] }
}
