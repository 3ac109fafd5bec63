// The search language as tables, for the reference page and for help: fields, pipes, what pipes compute.
import { type ColumnName, columns, isColumn } from '../columns.ts'
import { allowedFunctions } from '../expert/functions.ts'
import { otherNames } from '../names.ts'
import { groups } from './resolve.ts'

const kindWords = {
  name: 'text, compared as a whole',
  text: 'text, looked into',
  address: 'address',
  number: 'number',
  time: 'time',
  list: 'list of names',
} as const
const names = Object.keys(columns).filter((name): name is ColumnName => isColumn(name))

/** Columns with their short forms and their names in OCSF and ECS. */
export const fieldDocs: readonly { readonly field: string; readonly type: string; readonly also: readonly string[] }[] =
  names.map((field) => {
    const short = Object.entries(groups).flatMap(([name, all]) => (all.includes(field) ? [name] : []))
    const { ocsf = [], ecs = [] } = otherNames[field] ?? {}
    return { field, type: kindWords[columns[field].kind], also: [...new Set([...short, ...ocsf, ...ecs])] }
  })

export const pipeDocs: readonly { readonly write: string; readonly does: string }[] = [
  { write: 'count by host, user', does: 'how many, by the values of fields; the most first. `count` alone counts all' },
  {
    write: 'top 10 user by host',
    does: 'the commonest values with their share; with `by`, of each value of another field',
  },
  { write: 'rare 10 process', does: 'the rarest values' },
  {
    write: 'timechart span 5m count by source',
    does: 'a number for each step of time; with `by`, for each of the ten commonest values, the others together. Without `span` about sixty steps. The last pipe',
  },
  { write: 'stats count, dc(host), sum(bytes) as sent by user', does: 'several numbers at once; `as` gives a name' },
  {
    write: 'dedupe host, user',
    does: 'of those with the same values only the first, which is the newest unless sorted',
  },
  {
    write: 'transaction by user maxspan 1h maxpause 5m',
    does: 'sequences of events with the same values: first and last time, duration in seconds, count, activities. A pause longer than maxpause ends one; one longer than maxspan is cut at every maxspan from its beginning',
  },
  {
    write: 'where count>5 not user:svc-*',
    does: 'a filter over what the pipe before has made; behind `stats`, of its columns',
  },
  { write: 'sort -count, host', does: 'in this order; `-` counts down' },
  { write: 'head 20', does: 'the first rows; also `limit`' },
  { write: 'fields time, host, src.country', does: 'these columns; also `table`' },
]

export const aggregateDocs: readonly { readonly write: string; readonly does: string }[] = [
  { write: 'count, count(field)', does: 'how many; how many have the field' },
  { write: 'dc(field)', does: 'how many different values' },
  {
    write: 'sum(field), avg(field), min(field), max(field)',
    does: 'of those values that are numbers; of times min and max',
  },
  { write: 'p50(field), p95(field), p99(field)', does: 'percentile, 1 to 99' },
  { write: 'values(field)', does: 'the different values, at most 100' },
  { write: 'first, last', does: 'time of the first and of the last event' },
  { write: 'first(field), last(field)', does: 'what the field had first and last' },
]

export const searchDocs = { fields: fieldDocs, pipes: pipeDocs, aggregates: aggregateDocs, functions: allowedFunctions }
