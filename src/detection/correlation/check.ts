// What a careful reader would say about a correlation that runs all the same, and the correlation in one line.
import type { Bound, CorrelationSpec } from './types.ts'

/** A warning: where below `correlation`, what, and the remedy. */
export interface Remark {
  readonly path: readonly PropertyKey[]
  readonly text: string
  readonly help: string
}

const signs = { gt: '>', gte: '≥', lt: '<', lte: '≤', eq: '=', neq: '≠' } as const

const lowest = (bounds: readonly Bound[]): number =>
  Math.max(...bounds.map(({ is, value }) => (is === 'gt' || is === 'gte' || is === 'eq' ? value : -Infinity)))
const highest = (bounds: readonly Bound[]): number =>
  Math.min(...bounds.map(({ is, value }) => (is === 'lt' || is === 'lte' || is === 'eq' ? value : Infinity)))

/** Warnings, and the correlation as one line for people: `event_count ≥ 5 in 10m by user`. */
export function remarksOf(spec: CorrelationSpec): { readonly shown: string; readonly remarks: readonly Remark[] } {
  const remarks: Remark[] = []
  const { type, bounds, groupBy, rules } = spec
  if (lowest(bounds) > highest(bounds))
    remarks.push({ path: ['condition'], text: 'no number is in this range', help: 'mend the comparisons' })
  if (groupBy.length === 0)
    remarks.push({
      path: [],
      text: 'without group-by, events of all hosts and users count together',
      help: 'add `group-by:` with the field that must be the same, unless that is meant',
    })
  if (type.startsWith('temporal') && new Set(rules).size < 2)
    remarks.push({ path: ['rules'], text: `a ${type} of one rule`, help: 'write event_count' })
  if (bounds.length > 0 && lowest(bounds) > rules.length && type === 'temporal')
    remarks.push({ path: ['condition'], text: 'it asks for more rules than it names', help: 'mend the number' })
  const asks = bounds.map(({ is, value }) => `${signs[is]} ${value}`).join(' and ')
  const field = spec.fields.length > 0 ? ` of ${spec.fields.join(', ')}` : ''
  const by = groupBy.length > 0 ? ` by ${groupBy.join(', ')}` : ''
  const percentile = type === 'value_percentile' ? ` ${spec.percentile}` : ''
  return { shown: `${type}${percentile}${field}${asks && ` ${asks}`} in ${spec.timespan / 1000} s${by}`, remarks }
}
