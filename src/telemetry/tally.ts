// Many conditions in one pass over the stored events: how many events hold each, and a hash of which ones.
import { asFault } from '#kernel'
import { seqOf } from './columns.ts'
import type { Ground } from './ground.ts'
import { type Place, placeIn, type Stretch } from './matching.ts'
import { type EventCondition, type Half, writtenCondition } from './query/condition.ts'
import type { EventId } from './types.ts'

export interface TallyAsk extends Stretch {
  /** What all of them share, such as a log source: other events are not looked at. */
  readonly within: EventCondition
  readonly conditions: readonly EventCondition[]
}
/** `digest`: 64 bits over the ids of the events, in whatever order; the same events have the same, as in `Tally`. */
export interface Tallied {
  readonly count: number
  readonly digest: string
}

/** Characters of a statement, and of its values: the engine reads 262,144 of each. */
const mostCharacters = 150_000
/** More than so many conditions at once are no faster. */
const mostConditions = 200

/** The way to ask a store for many conditions; the answers stand in their order. Throws Fault TOO_LARGE, CANCELLED, STORE_DOWN. */
export const tally =
  (ground: Ground) =>
  async (ask: TallyAsk): Promise<Tallied[]> => {
    const [one, lists] = [await ofHalf(ground, ask, 'one'), await ofHalf(ground, ask, 'lists')]
    return one.map(({ count, digest }, at) => ({
      count: count + (lists[at]?.count ?? 0),
      digest: String(BigInt(digest) ^ BigInt(lists[at]?.digest ?? 0)),
    }))
  }

async function ofHalf(ground: Ground, { within, conditions, ...stretch }: TallyAsk, half: Half): Promise<Tallied[]> {
  if (!(await hasAny(ground, { within, ...stretch }, half))) return conditions.map(() => ({ count: 0, digest: '0' }))
  const all: Tallied[] = []
  let most = mostConditions
  while (all.length < conditions.length) {
    const place = placeIn(ground, stretch, half)
    const { sql, count } = statement(place, within, conditions.slice(all.length, all.length + most))
    try {
      const [row = {}] = await ground.events.query<Record<string, number | string>>(sql, place.params, stretch)
      for (let at = 0; at < count; at++)
        all.push({ count: Number(row[`n${at}`] ?? 0), digest: String(row[`d${at}`] ?? 0) })
    } catch (thrown) {
      // What takes too long together is asked in smaller parts.
      if (asFault(thrown).code !== 'TOO_LARGE' || count === 1) throw thrown
      most = Math.ceil(count / 2)
    }
  }
  return all
}

/** Whether there is anything to be asked: a large statement takes its time even over no event. */
async function hasAny(
  ground: Ground,
  { within, ...stretch }: Omit<TallyAsk, 'conditions'>,
  half: Half,
): Promise<boolean> {
  const { from, where, params, put } = placeIn(ground, stretch, half)
  const asked = `select 1 from ${from} where ${where} and ${writtenCondition(within, put, half)} limit 1`
  return (await ground.events.query(asked, params, stretch)).length > 0
}

/** A statement for as many of the conditions as fit into one, and how many those are. */
function statement(
  { from, where, params, put, half }: Place,
  within: EventCondition,
  conditions: readonly EventCondition[],
) {
  const shared = `${where} and ${writtenCondition(within, put, half)}`
  const asked: string[] = []
  let characters = shared.length
  for (const condition of conditions) {
    const sql = writtenCondition(condition, put, half)
    characters += sql.length + 100
    if (asked.length > 0 && Math.max(characters, lengthOf(params)) > mostCharacters) break
    asked.push(sql)
  }
  const each = asked.map((sql, at) => `${sql} as c${at}`)
  const sums = asked.map((_, at) => `countIf(c${at}) as n${at}, toString(groupBitXorIf(hash, c${at})) as d${at}`)
  const inner = `select intHash64(seq) as hash, ${each.join(', ')} from ${from} where ${shared}`
  return { sql: `select ${sums.join(', ')} from (${inner})`, count: asked.length }
}

/** About how long the values are as the engine reads them. */
const lengthOf = (params: Readonly<Record<string, unknown>>): number =>
  Object.values(params).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length * 1.2 : 10) + 20,
    0,
  )

const mask = (1n << 64n) - 1n
/** What the engine's intHash64 makes of a number (MurmurHash3's last step). */
function hashOf(seq: number): bigint {
  let hash = BigInt(seq) ^ 0x4cf2d2baae6da887n
  hash = ((hash ^ (hash >> 33n)) * 0xff51afd7ed558ccdn) & mask
  hash = ((hash ^ (hash >> 33n)) * 0xc4ceb9fe1a85ec53n) & mask
  return hash ^ (hash >> 33n)
}

/** What is counted and hashed one event after another, as a tally has it. */
export class Tally {
  count = 0
  private hash = 0n
  add(event: EventId): void {
    this.count++
    this.hash ^= hashOf(seqOf(event))
  }
  /** Takes what was counted elsewhere of other events. */
  take(counted: Tallied | undefined): void {
    this.count += counted?.count ?? 0
    this.hash ^= BigInt(counted?.digest ?? 0)
  }
  get digest(): string {
    return String(this.hash)
  }
}
