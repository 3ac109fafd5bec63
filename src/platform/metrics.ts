// Numbers for Prometheus: what rooms count and measure, printed on request.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Values of a metric's labels. Keep them few: each combination is a series for ever. */
export type Labels = Readonly<Record<string, string>>

/** Counts up. Name it `…_total`. */
export interface CountMetric {
  add(amount?: number, labels?: Labels): void
}
/** A number that goes up and down. */
export interface LevelMetric {
  set(value: number, labels?: Labels): void
}
/** How values are spread, such as durations in seconds. */
export interface SpreadMetric {
  observe(value: number, labels?: Labels): void
}

/** One metric's name without the prefix `castellan_`, its help text and the names of its labels. */
export interface MetricText {
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
}

export interface Metrics {
  /** Asking twice for one name gives the same metric. */
  counter(text: MetricText): CountMetric
  gauge(text: MetricText): LevelMetric
  /** Upper bounds of the buckets, ascending; seconds by default. */
  histogram(text: MetricText, buckets?: readonly number[]): SpreadMetric
  /** The text that Prometheus reads (format 0.0.4). */
  text(): Promise<string>
  readonly contentType: string
}

const seconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30]

/** A registry of its own, with the process's memory, processor time and event-loop delay in it. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'castellan_' })
  const made = new Map<string, Counter | Gauge | Histogram>()
  const once = <M extends Counter | Gauge | Histogram>(
    name: string,
    kind: new (...args: never[]) => M,
    make: () => M,
  ): M => {
    const known = made.get(name)
    if (known instanceof kind) return known
    const metric = make()
    made.set(name, metric)
    return metric
  }
  const described = ({ name, help, labels = [] }: MetricText) => ({
    name: `castellan_${name}`,
    help,
    labelNames: [...labels],
    registers: [registry],
  })
  return {
    counter(text) {
      const metric = once(text.name, Counter, () => new Counter(described(text)))
      return { add: (amount = 1, labels = {}) => metric.inc({ ...labels }, amount) }
    },
    gauge(text) {
      const metric = once(text.name, Gauge, () => new Gauge(described(text)))
      return { set: (value, labels = {}) => metric.set({ ...labels }, value) }
    },
    histogram(text, buckets = seconds) {
      const metric = once(text.name, Histogram, () => new Histogram({ ...described(text), buckets: [...buckets] }))
      return { observe: (value, labels = {}) => metric.observe({ ...labels }, value) }
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
