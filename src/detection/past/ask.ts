// A rule asked of stored events: by the store alone where it can answer exactly, else what it finds is read again and judged by the engine.
import { Fault } from '#kernel'
import { type EventCondition, type EventView, inSlices, type Matching, type Telemetry } from '#telemetry'
import type { CompiledRule } from '../compile.ts'
import { createEngine } from '../engine.ts'
import { eventAgain } from './event-again.ts'
import { planOf } from './condition.ts'

export interface StoreAsk {
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** Most events shown; all are counted. */
  readonly limit: number
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((done: number, total: number) => void) | undefined
}
export interface StoreAnswer extends Matching {
  /** Events that were read again, for the store alone could not tell; 0 when it could. */
  readonly checked: number
}
/** The ways in which stored events are asked. */
export type AskStore = Pick<Telemetry, 'matching' | 'reading' | 'doubts' | 'tally' | 'moments'>

/** Most events that are read again for one question: at some twenty thousand a second, a few minutes. */
export const mostReadAgain = 5_000_000
const dayLength = 86_400_000

/** The events that a rule matches. Throws Fault TOO_LARGE when too many would have to be read again, CANCELLED, STORE_DOWN. */
export async function askStore(rule: CompiledRule, ask: StoreAsk, store: AskStore): Promise<StoreAnswer> {
  const { since, until, limit, signal } = ask
  const { exact, again } = planOf(rule, await store.doubts({ since, until, signal }))
  const nothing: Matching = { count: 0, days: [], items: [], took: 0 }
  const sure = exact ? await store.matching({ condition: exact, since, until, limit, signal }) : nothing
  if (!again) return { ...sure, checked: 0 }
  return both(sure, await judgedAgain(rule, { ...ask, condition: again }, store), limit)
}

/** Two answers about different events as one. */
function both(a: Matching, b: StoreAnswer, limit: number): StoreAnswer {
  if (a.count === 0) return { ...b, took: a.took + b.took }
  const days = new Map(a.days.map(({ at, count }) => [at, count]))
  for (const { at, count } of b.days) days.set(at, (days.get(at) ?? 0) + count)
  return {
    count: a.count + b.count,
    days: daysOf(days),
    items: [...a.items, ...b.items].sort(newestFirst).slice(0, limit),
    took: a.took + b.took,
    checked: b.checked,
  }
}
const daysOf = (counts: ReadonlyMap<number, number>): { at: number; count: number }[] =>
  [...counts].map(([at, count]) => ({ at, count })).sort((a, b) => a.at - b.at)
/** Ids sort as events arrived. */
const newestFirst = (a: EventView, b: EventView): number => b.time - a.time || (a.id < b.id ? 1 : -1)

async function judgedAgain(
  rule: CompiledRule,
  ask: StoreAsk & { readonly condition: EventCondition },
  store: AskStore,
): Promise<StoreAnswer> {
  const began = performance.now()
  const engine = createEngine([rule])
  const counts = new Map<number, number>()
  let items: EventView[] = []
  const about = `"${rule.title}"`
  const checked = await readAgain({ ...ask, about }, store, (view) => {
    if (engine.match(eventAgain(view)).length === 0) return
    const day = Math.floor(view.time / dayLength) * dayLength
    counts.set(day, (counts.get(day) ?? 0) + 1)
    items.push(view)
    if (items.length > 2 * ask.limit + 1_000) items = items.sort(newestFirst).slice(0, ask.limit)
  })
  const days = daysOf(counts)
  return {
    count: days.reduce((sum, { count }) => sum + count, 0),
    days,
    items: items.sort(newestFirst).slice(0, ask.limit),
    took: Math.round(performance.now() - began),
    checked,
  }
}

export interface ReadAgain extends Omit<StoreAsk, 'limit'> {
  readonly condition: EventCondition
  /** Events read at a time; more where the condition is long, for each page asks it again. */
  readonly page?: number | undefined
  /** What is asked, for people. */
  readonly about: string
}

/** Gives every stored event that holds a condition to `see`, in pages, so that little is held at a time; answers how many. */
export async function readAgain(ask: ReadAgain, store: AskStore, see: (view: EventView) => void): Promise<number> {
  const { condition, since, until, signal, progress, about } = ask
  const page = ask.page ?? usualPage
  const { count, days } = await store.matching({ condition, since, until, limit: 0, signal })
  if (count > mostReadAgain)
    throw new Fault('TOO_LARGE', `${count} events to read again for ${about}; ask for a shorter time`)
  let read = 0
  for (const stretch of stretchesOf(days, page))
    for await (const views of store.reading({ condition, ...within(stretch, ask), signal, page })) {
      if (signal?.aborted) throw new Fault('CANCELLED', 'asking stored events')
      await inSlices(views, see)
      read += views.length
      progress?.(Math.min(read, count), count)
    }
  return read
}

interface Days {
  readonly from: number
  readonly to: number
}
const usualPage = 2_000

/** Days that are read together, the newest first: as many as a page holds, so that no page looks at all that is stored. */
function stretchesOf(days: Matching['days'], page: number): Days[] {
  const all: (Days & { readonly count: number })[] = []
  for (const { at, count } of [...days].reverse()) {
    const last = all.at(-1)
    if (last && last.count + count <= page) all[all.length - 1] = { ...last, from: at, count: last.count + count }
    else all.push({ from: at, to: at + dayLength, count })
  }
  return all
}

const within = ({ from, to }: Days, { since, until }: ReadAgain) => ({
  since: Math.max(from, since ?? from),
  until: Math.min(to, until ?? to),
})
