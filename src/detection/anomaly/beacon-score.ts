// RITA's beacon score: how regular the moments, the sizes and the hours of connections between two ends are, and how long they last.
import { ascending, middleOf } from './numbers.ts'

/** Connections between two ends and the time in which all of them were looked at; seconds and bytes. */
export interface Connections {
  readonly times: readonly number[]
  readonly sizes: readonly number[]
  /** Connections in each twenty-fourth of the time. */
  readonly hours: readonly number[]
  readonly from: number
  readonly to: number
  /** A beat below this is not scored further. */
  readonly beat?: number
}
export interface BeaconScore {
  readonly score: number
  readonly times: number
  readonly sizes: number
  readonly hours: number
  readonly lasting: number
  /** The usual distance in seconds. */
  readonly interval: number
}

const thousandth = (value: number): number => Math.round(value * 1000) / 1000
const up = (value: number): number => Math.min(1, Math.ceil(value * 1000) / 1000)
const [leastWidth, leastHours, idealHours, bimodalHours, sensitivity] = [10, 6, 12, 11, 0.05]

/** Half for symmetry (Bowley), half for little spread (MAD against the median). */
function evenness(sorted: readonly number[], withoutMedian: number): number {
  const half = sorted.length >> 1
  const [q1, q2, q3] = [middleOf(sorted.slice(0, half)), middleOf(sorted), middleOf(sorted.slice(sorted.length - half))]
  const isSkewed = q3 - q1 >= leastWidth && q2 !== q1 && q2 !== q3
  const skew = isSkewed ? Math.abs((q1 + q3 - 2 * q2) / (q3 - q1)) : 0
  const mad = middleOf(ascending(sorted.map((value) => Math.abs(value - q2))))
  const narrow = q2 >= 1 ? Math.max(0, (q2 - mad) / q2) : withoutMedian
  return thousandth((1 - skew + narrow) / 2)
}

/** The higher of: flat (coefficient of variation), or two heights only (one odd hour forgiven, at least eleven hours seen). */
function flatness(hours: readonly number[]): number {
  const mean = hours.reduce((sum, one) => sum + one, 0) / hours.length
  const variation = Math.sqrt(hours.reduce((sum, one) => sum + (one - mean) ** 2, 0) / hours.length) / mean
  const flat = variation > 1 ? 0 : thousandth(1 - variation)
  const bars = hours.filter((one) => one > 0)
  if (bars.length < bimodalHours) return flat
  const width = Math.ceil(Math.max(...bars) * sensitivity)
  const heights = new Map<number, number>()
  for (const bar of bars) heights.set(Math.floor(bar / width), (heights.get(Math.floor(bar / width)) ?? 0) + 1)
  const [most = 0, second = 0] = [...heights.values()].sort((a, b) => b - a)
  return Math.max(flat, Math.min(1, thousandth((most + second) / Math.max(bars.length - 1, 1))))
}

/** Longest row of hours with connections; the end goes on at the beginning. */
function longestRun(hours: readonly number[]): number {
  let [longest, run] = [0, 0]
  for (const one of [...hours, ...hours]) {
    run = one > 0 ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return Math.min(longest, hours.length)
}

function lastingOf({ times, hours, from, to }: Connections): number {
  if (hours.filter((one) => one > 0).length < leastHours) return 0
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0)
  return Math.max(up(span / (to - from)), up(longestRun(hours) / idealHours))
}

/** Connections in each twenty-fourth of a time; the last moment counts to the last part. */
export function hoursOf(times: readonly number[], from: number, to: number): number[] {
  const hours = Array.from({ length: 24 }, () => 0)
  for (const time of times) {
    const at = Math.min(23, Math.max(0, Math.floor(((time - from) * 24) / (to - from))))
    hours[at] = (hours[at] ?? 0) + 1
  }
  return hours
}

/**
 * The score, 0 to 1; nothing with fewer than three distances above zero. `times` sorted, in seconds. Each part counts a quarter; what
 * is not known of sizes gives no points.
 */
export function beaconScore(seen: Connections): BeaconScore | undefined {
  const gaps: number[] = []
  for (let at = 1; at < seen.times.length; at++) {
    const gap = (seen.times[at] ?? 0) - (seen.times[at - 1] ?? 0)
    if (gap > 0) gaps.push(gap)
  }
  if (gaps.length < 3 || seen.to <= seen.from) return undefined
  const sorted = ascending(gaps)
  const times = evenness(sorted, 1)
  if (times < (seen.beat ?? 0)) return undefined
  const sizes = seen.sizes.length >= 3 ? evenness(ascending(seen.sizes), 0) : 0
  const hours = flatness(seen.hours)
  const lasting = lastingOf(seen)
  const score = thousandth((times + sizes + hours + lasting) / 4)
  return { score, times, sizes, hours, lasting, interval: middleOf(sorted) }
}
