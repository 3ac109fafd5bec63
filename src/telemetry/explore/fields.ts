// Which columns and fields the newest events found have, and how many of them.
import { columns } from '../columns.ts'
import type { EventFilter } from '../store.ts'
import type { Finding } from './finding.ts'

/** `column`: one of the table's; `field`: under the source's own name; `enriched`: known beyond the record. */
export const fieldKinds = ['column', 'field', 'enriched'] as const
export interface FieldCount {
  readonly name: string
  readonly kind: (typeof fieldKinds)[number]
  readonly count: number
  /** Part of the events looked at that have it, 0 to 1. */
  readonly share: number
}

/** Counting the names of more events would cost seconds and hardly change the shares. */
const mostLooked = 20_000
const mostNames = 2_000
/** Every event has these, or nobody looks for them as a field. */
const unasked = new Set(['seq', 'time', 'received', 'message', 'raw'])

const named = Object.entries(columns).filter(([name]) => !unasked.has(name))
const isFilled = (name: string, kind: string): string =>
  kind === 'number' ? `${name} != 0` : kind === 'list' ? `notEmpty(${name})` : `${name} != ''`
const filled = named.map(([name, { kind }]) => `if(${isFilled(name, kind)}, '${name}', '')`).join(', ')

/** Names counted over the newest events found, the commonest first. Throws what a search throws. */
export async function countFields(
  { events, where: whereOf }: Finding,
  filter: EventFilter,
): Promise<{ fields: FieldCount[]; looked: number }> {
  const where = await whereOf(filter)
  const newest = `select [${filled}] as own, mapKeys(fields) as theirs, mapKeys(enriched) as known
    from ${where.from} where ${where.sql} order by time desc, seq desc limit ${mostLooked}`
  const asked = `select pair.1 as kind, pair.2 as name, count() as count from (
      select arrayJoin(arrayConcat([('', 'event')], arrayMap(n -> ('column', n), arrayFilter(n -> n != '', own)),
        arrayMap(n -> ('field', toString(n)), theirs), arrayMap(n -> ('enriched', toString(n)), known))) as pair from (${newest}))
    group by kind, name order by count desc, kind, name limit ${mostNames}`
  const rows = await events.query<{ kind: string; name: string; count: number }>(asked, where.params, {
    rows: mostNames,
    signal: filter.signal,
  })
  const looked = rows.find(({ kind }) => kind === '')?.count ?? 0
  return {
    looked,
    fields: rows.flatMap(({ kind, name, count }) => {
      const known = fieldKinds.find((one) => one === kind)
      return known ? [{ name, kind: known, count, share: count / looked }] : []
    }),
  }
}
