// What the alert of a correlation says of itself: its group, its condition, the number that was compared.
import type { Alert } from '../../client/nouns.ts'

type Told = Pick<Alert, 'matched' | 'activity'>
const types = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
]

/** Whether a correlation raised it. */
export const isJoined = ({ matched, activity }: Told): boolean =>
  types.includes(activity) && matched.some(({ selection }) => selection === 'condition')

const measures: Readonly<Record<string, string>> = {
  event_count: 'events',
  value_count: 'different values',
  temporal: 'of its rules seen',
  temporal_ordered: 'of its rules seen in order',
  value_sum: 'in sum',
  value_avg: 'on average',
  value_percentile: 'at the percentile',
  value_median: 'in the middle',
}

export interface JoinedText {
  readonly group: readonly { readonly name: string; readonly value: string }[]
  readonly condition: string
  readonly measure: string
}
export function joinedOf({ matched }: Pick<Alert, 'matched'>): JoinedText {
  const condition = matched.find(({ selection }) => selection === 'condition')
  return {
    group: matched
      .filter(({ selection }) => selection === 'group-by')
      .map(({ field, value }) => ({ name: field, value })),
    condition: condition?.pattern ?? '',
    measure: condition ? `${condition.value} ${measures[condition.field] ?? ''}`.trim() : '',
  }
}
