// Which events are due, and which of them are held, as conditions of the engine. Pure.
import type { Retention } from '#platform'
import { heldTime } from '../columns.ts'
import { readSearch } from '../query/query.ts'
import type { Hold } from './types.ts'

/** A condition and the values of its places. */
export interface Part {
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
}

const day = 86_400_000

/** Events older than their source, class or product allows; the first line that fits an event counts for it. */
export function dueBy(rules: readonly Retention[], now: number): Part {
  const params: Record<string, unknown> = {}
  const place = (name: string, type: string, value: unknown): string => {
    params[name] = value
    return `{${name}:${type}}`
  }
  const branches = rules.map((rule, index) => {
    const fits =
      rule.source !== undefined
        ? `source = ${place(`r${index}`, 'String', rule.source)}`
        : rule.product !== undefined
          ? `product = ${place(`r${index}`, 'String', rule.product)}`
          : rule.class !== undefined
            ? `class_uid = ${place(`r${index}`, 'UInt32', rule.class)}`
            : '1'
    const before = place(`b${index}`, 'Int64', heldTime(now - rule.days * day))
    return `${fits}, time < fromUnixTimestamp64Milli(${before}, 'UTC')`
  })
  return branches.length === 0 ? { sql: '0', params } : { sql: `multiIf(${branches.join(', ')}, 0)`, params }
}

/** Nothing younger than this can be due. */
export const youngestDue = (rules: readonly Retention[], now: number): number =>
  now - Math.min(...rules.map(({ days }) => days), 36_500) * day

/** Events of any hold. Relative times of a hold's search count from when it was placed. Throws Fault INPUT_INVALID when a search can no longer be read. */
export function heldBy(holds: readonly Hold[]): Part {
  const params: Record<string, unknown> = {}
  const parts = holds.map(({ q, source, since, until, placed }, index) => {
    const search = readSearch(q, placed)
    for (const [name, value] of Object.entries(search.params)) params[`h${index}_${name}`] = value
    // Only our own words are in that text: every value of the search stands beside it.
    const conditions = [search.sql.replace(/\{(q\d{1,6}):/g, `{h${index}_$1:`)]
    const bound = (compare: string, name: string, at: number | null) => {
      if (at === null) return
      params[`h${index}_${name}`] = heldTime(at)
      conditions.push(`time ${compare} fromUnixTimestamp64Milli({h${index}_${name}:Int64}, 'UTC')`)
    }
    bound('>=', 'since', since)
    bound('<', 'until', until)
    if (source !== '') {
      params[`h${index}_source`] = source
      conditions.push(`source = {h${index}_source:String}`)
    }
    return `(${conditions.join(' and ')})`
  })
  return parts.length === 0 ? { sql: '0', params } : { sql: `(${parts.join(' or ')})`, params }
}
