// Steps and buckets of a histogram over time.

export interface Bucket {
  /** Its beginning, milliseconds UTC. */
  readonly at: number
  readonly count: number
}
/** Equal steps without gaps. */
export interface Histogram {
  /** Milliseconds; 0 when there is nothing to show. */
  readonly step: number
  readonly buckets: Bucket[]
}

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000]
/** Steps that read well on a clock. */
const steps = [
  1,
  5,
  10,
  50,
  100,
  500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 30, 90, 365, 1_825].map((n) => n * day),
]
export const mostBuckets = 1_000

/** The step that cuts a stretch into at most about so many buckets. */
export const stepOf = (length: number, buckets: number): number =>
  steps.find((step) => length / step <= Math.max(1, buckets)) ?? steps.at(-1) ?? day

/** Counted buckets with the empty ones between them, from the first whole step to the last. */
export function bucketsOf(
  counted: readonly Bucket[],
  { since, until, step }: { readonly since: number; readonly until: number; readonly step: number },
): Bucket[] {
  const counts = new Map(counted.map(({ at, count }) => [at, count]))
  const first = Math.floor(since / step) * step
  const length = Math.min(Math.max(1, Math.ceil((until - first) / step)), mostBuckets)
  return Array.from({ length }, (_, index) => {
    const at = first + index * step
    return { at, count: counts.get(at) ?? 0 }
  })
}
