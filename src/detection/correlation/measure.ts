// What is measured of events, and how it is compared.
import type { Bound, Entry, Measure } from './types.ts'

const holds = {
  gt: (a: number, b: number) => a > b,
  gte: (a: number, b: number) => a >= b,
  lt: (a: number, b: number) => a < b,
  lte: (a: number, b: number) => a <= b,
  eq: (a: number, b: number) => a === b,
  neq: (a: number, b: number) => a !== b,
} as const

/** Whether a number is within all bounds. */
export const meets = (value: number, bounds: readonly Bound[]): boolean =>
  bounds.every((bound) => holds[bound.is](value, bound.value))

/** The percentile of numbers in ascending order, by linear interpolation between the closest ranks (C = 1). */
export function quantile(sorted: ArrayLike<number>, percentile: number): number {
  const at = ((sorted.length - 1) * percentile) / 100
  const low = Math.floor(at)
  const [a, b] = [sorted[low] ?? Number.NaN, sorted[Math.min(low + 1, sorted.length - 1)] ?? Number.NaN]
  return a + (b - a) * (at - low)
}

/** A measure of entries as they stand; undefined when there is nothing to measure. */
export function measured(measure: Measure, entries: readonly Entry[]): number | undefined {
  const numbers = () => entries.map(({ value }) => Number(value))
  if (entries.length === 0) return undefined
  switch (measure.of) {
    case 'events':
      return new Set(entries.map(({ event }) => event)).size
    case 'values':
      return new Set(entries.map(({ value }) => value)).size
    case 'parts':
      return new Set(entries.map(({ part }) => part)).size
    case 'sum':
      return numbers().reduce((a, b) => a + b, 0)
    case 'average':
      return numbers().reduce((a, b) => a + b, 0) / entries.length
    case 'quantile':
      return quantile(
        numbers().sort((a, b) => a - b),
        measure.percentile,
      )
  }
}
