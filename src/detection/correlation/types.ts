// The nouns of correlation: what a rule says, what it becomes, and what flows through it.
import { z } from 'zod'
import type { Level } from '#standards'
import type { Condition } from '../sigma/condition.ts'

export const correlationTypes = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const
export type CorrelationType = (typeof correlationTypes)[number]

export const comparisons = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const
export interface Bound {
  readonly is: (typeof comparisons)[number]
  readonly value: number
}

/** The `correlation` part of a rule as written: names in lower case, the timespan in milliseconds. */
export interface CorrelationSpec {
  readonly type: CorrelationType
  readonly rules: readonly string[]
  readonly groupBy: readonly string[]
  readonly timespan: number
  /** By alias: the field of each rule, by the rule's name or id. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Fields whose values are counted or reckoned with; several are counted as one tuple. */
  readonly fields: readonly string[]
  /** 0 to 100; the median is 50. */
  readonly percentile: number
  readonly bounds: readonly Bound[]
  /** The condition of a temporal correlation where it is written out. */
  readonly when: Condition | undefined
  readonly generate: boolean
}

/** Which parts must have been seen. */
export type Presence =
  | { readonly op: 'and' | 'or'; readonly of: readonly Presence[] }
  | { readonly op: 'not'; readonly of: Presence }
  | { readonly op: 'part'; readonly part: number }

/** What is measured of the events in a window. */
export type Measure =
  | { readonly of: 'events' | 'values' | 'parts' | 'sum' | 'average' }
  | { readonly of: 'quantile'; readonly percentile: number }

/**
 * How a window is judged. `newest`, `presence`, `chain` and `numbers` hold for the timespan that ends with an event and are told at once;
 * `closing` and `absence` can only be told when their timespan is over.
 */
export type Judging =
  | { readonly is: 'newest'; readonly of: 'events' | 'values' | 'parts'; readonly need: number }
  | { readonly is: 'presence'; readonly when: Presence }
  | { readonly is: 'chain'; readonly steps: readonly number[] }
  | { readonly is: 'numbers'; readonly measure: Measure; readonly bounds: readonly Bound[] }
  | { readonly is: 'closing'; readonly measure: Measure; readonly bounds: readonly Bound[] }
  | { readonly is: 'absence'; readonly when: Presence; readonly begin: readonly number[] }

/** A rule that feeds a correlation, and which of its fields stand for the group and the value. */
export interface Part {
  readonly rule: string
  readonly title: string
  readonly group: readonly string[]
  readonly values: readonly string[]
}

/** A correlation that can run. */
export interface CompiledCorrelation {
  readonly id: string
  readonly title: string
  readonly level: Level
  readonly techniques: readonly string[]
  readonly tactics: readonly string[]
  readonly type: CorrelationType
  /** 1 for a correlation of plain rules, one more than its deepest part for one of correlations. */
  readonly depth: number
  readonly parts: readonly Part[]
  readonly groupBy: readonly string[]
  readonly timespan: number
  readonly judging: Judging
  readonly shown: string
  /** Kept state belongs to exactly this text. */
  readonly version: string
}

/** Of an event: what an alert says of it. */
export const Facts = z.strictObject({
  source: z.string(),
  activity: z.string(),
  message: z.string(),
  host: z.string(),
  user: z.string(),
  asset: z.string(),
  processes: z.array(z.string()),
  addresses: z.array(z.string()),
})
export type Facts = z.output<typeof Facts>

/** An event that a part matched, as a window holds it. `value` is what is counted or reckoned with. */
export const Entry = z.strictObject({
  time: z.number(),
  event: z.string(),
  part: z.number(),
  value: z.union([z.string(), z.number()]),
  /** Absent in a long window for all but the newest. */
  facts: Facts.optional(),
  /** Of a correlation that is itself a part: the events it was made of. */
  events: z.array(z.string()).optional(),
})
export type Entry = z.output<typeof Entry>

/** An entry on its way into a group. */
export interface Item {
  readonly correlation: string
  /** Values of group-by without difference of case: the same key is the same group. */
  readonly key: string
  readonly group: readonly string[]
  readonly entry: Entry
}

/** A correlation held for a group. `time` is that of the event that completed it, or of the end of the timespan where it had to be waited for. */
export interface Finding {
  readonly correlation: CompiledCorrelation
  readonly key: string
  readonly group: readonly string[]
  readonly time: number
  readonly entries: readonly Entry[]
  readonly measure: number
  readonly late: boolean
}

/** What became of the events that matched a correlation's parts. */
export const Counts = z.strictObject({
  taken: z.number().meta({ description: 'matches taken in' }),
  late: z.number().meta({ description: 'of these, come later than the allowed lateness' }),
  tooLate: z.number().meta({ description: 'matches left out because their timespan was long over' }),
  missing: z.number().meta({ description: 'matches left out because a field of group-by or the value was missing' }),
  shed: z.number().meta({ description: 'matches forgotten to stay within the memory allowed' }),
  found: z.number().meta({ description: 'times it held' }),
})
export type Counts = z.output<typeof Counts>
export const noCounts = (): Counts => ({ taken: 0, late: 0, tooLate: 0, missing: 0, shed: 0, found: 0 })
