// A rule asked of stored events: by the store alone where it can answer exactly, else what it finds is read again and judged by the engine.
import { Fault } from '#kernel'
import type { Asked, EventView, Matching } from '#telemetry'
import type { CompiledRule } from './compile.ts'
import { createEngine } from './engine.ts'
import { eventAgain } from './event-again.ts'
import { narrowedCondition, storedCondition } from './stored.ts'

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
export type AskStore = (asked: Asked) => Promise<Matching>

/** Most events of one day that are read again, and of all days. */
export const checkLimits = { day: 10_000, all: 200_000 } as const
const dayLength = 86_400_000

/** The events that a rule matches. Throws Fault TOO_LARGE when too many would have to be read again, CANCELLED, STORE_DOWN. */
export async function askStore(rule: CompiledRule, ask: StoreAsk, matching: AskStore): Promise<StoreAnswer> {
  const exact = storedCondition(rule)
  const { since, until, limit, signal } = ask
  if (exact.ok) return { ...(await matching({ condition: exact.value, since, until, limit, signal })), checked: 0 }
  const narrowed = narrowedCondition(rule)
  if (!narrowed.ok)
    throw new Fault('INPUT_INVALID', `"${rule.title}" cannot be asked of stored events: ${narrowed.fail}`)
  return checkedDays(rule, { ...ask, condition: narrowed.value, why: exact.fail }, matching)
}

type Checking = StoreAsk & { readonly condition: Asked['condition']; readonly why: string }

async function checkedDays(rule: CompiledRule, ask: Checking, matching: AskStore): Promise<StoreAnswer> {
  const { condition, since, until, limit, signal, progress } = ask
  const asked = await matching({ condition, since, until, limit: 0, signal })
  const most = asked.days.reduce((all, { count }) => Math.max(all, count), 0)
  if (most > checkLimits.day || asked.count > checkLimits.all)
    throw new Fault(
      'TOO_LARGE',
      `${asked.count} events to read again for "${rule.title}" (${ask.why}); ask for a shorter time`,
    )
  const engine = createEngine([rule])
  const days: { at: number; count: number }[] = []
  const items: EventView[] = []
  let took = asked.took
  for (const [at, day] of asked.days.entries()) {
    if (signal?.aborted) throw new Fault('CANCELLED', 'asking a rule of stored events')
    const from = Math.max(day.at, since ?? day.at)
    const to = Math.min(day.at + dayLength, until ?? Infinity)
    const found = await matching({ condition, since: from, until: to, limit: day.count, signal })
    const right = found.items.filter((item) => engine.match(eventAgain(item)).length > 0)
    if (right.length > 0) days.push({ at: day.at, count: right.length })
    // Days come in order: the newest are shown.
    items.unshift(...right)
    items.length = Math.min(items.length, limit)
    took += found.took
    progress?.(at + 1, asked.days.length)
  }
  return { count: days.reduce((sum, { count }) => sum + count, 0), days, items, took, checked: asked.count }
}
