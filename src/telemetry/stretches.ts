// A long time searched in stretches, each four times as long as the one before, so that what is there in plenty is found without reading everything.
import type { EventEngine } from '#platform'
import { momentParam } from './columns.ts'
import type { Stretch } from './matching.ts'

const day = 86_400_000
const growth = 4

export type Order = 'newest' | 'oldest'

/** Stretches from `first` to `last`, the newest or the oldest first; together they are the whole time, and no two share a moment. */
export function stretchesOf(
  { first, last }: { readonly first: number; readonly last: number },
  order: Order,
): Stretch[] {
  const bounds: number[] = []
  const way = order === 'newest' ? -1 : 1
  const begin = order === 'newest' ? last : first
  for (let length = day, at = begin + way * day; at > first && at < last; at += way * length) {
    bounds.push(at)
    length *= growth
  }
  const ends = [undefined, ...bounds, undefined]
  return ends.slice(1).map((to, index) => {
    const from = ends[index]
    return order === 'newest' ? { since: to, until: from } : { since: from, until: to }
  })
}

/** The first and the last moment of what is asked, the search itself left aside; nothing when there is no event. */
export async function momentsOf(
  events: EventEngine,
  where: { readonly from: string; readonly within: string; readonly params: Readonly<Record<string, unknown>> },
  signal?: AbortSignal,
): Promise<{ first: number; last: number } | undefined> {
  const asked = `select toUnixTimestamp64Milli(min(time)) as first, toUnixTimestamp64Milli(max(time)) as last, count() as n from ${where.from} where ${where.within}`
  const [row] = await events.query<{ first: number; last: number; n: number }>(asked, where.params, { signal })
  return row && row.n > 0 ? { first: row.first, last: row.last } : undefined
}

/** A stretch as a condition on `time`, with its parameters. */
export function stretchSql({ since, until }: Stretch): { sql: string; params: Readonly<Record<string, number>> } {
  const parts = [
    ...(since === undefined ? [] : [`time >= ${momentParam('stretch_since')}`]),
    ...(until === undefined ? [] : [`time < ${momentParam('stretch_until')}`]),
  ]
  const params = {
    ...(since === undefined ? {} : { stretch_since: since }),
    ...(until === undefined ? {} : { stretch_until: until }),
  }
  return { sql: parts.map((part) => ` and ${part}`).join(''), params }
}
