// The fields a rule asks for: whether they ever came, and when last.
import type { Asked } from '#telemetry'
import type { CompiledRule } from '../compile.ts'
import type { AskStore, StoreAsk } from '../past/ask.ts'
import { fieldsSeen, type SeenSource } from '../seen/seen.ts'
import { neededFields } from './standing.ts'

export interface FieldShown {
  readonly field: string
  /** Whether the rule cannot match without it. */
  readonly needed: boolean
  /** Whether an event of the log source ever had it; null where the source has too many fields to say. */
  readonly seen: boolean | null
  /** Events that had it in the asked time, and the time of the last of them. */
  readonly count: number
  readonly last: number | null
}
export interface FieldsShown {
  /** Events of the log source in the asked time, and the last. */
  readonly count: number
  readonly last: number | null
  readonly fields: readonly FieldShown[]
}
const mostFields = 40

/** Asks the store for each field of a rule. Throws Fault STORE_DOWN, CANCELLED. */
export async function fieldsShown(
  { when, source }: Pick<CompiledRule, 'when' | 'source'>,
  { since, until, signal }: Omit<StoreAsk, 'limit' | 'progress'>,
  { sources, stored }: { readonly sources: readonly SeenSource[]; readonly stored: Pick<AskStore, 'matching'> },
): Promise<FieldsShown> {
  const of = { kind: 'source', ...source } as const
  const newest = async (parts: Asked['condition'][]) => {
    const found = await stored.matching({ condition: { kind: 'and', parts }, since, until, limit: 1, signal })
    return { count: found.count, last: found.items[0]?.time ?? null }
  }
  const seen = fieldsSeen(source, sources)
  const all = await newest([of])
  const fields: FieldShown[] = []
  for (const { field, needed } of neededFields(when).slice(0, mostFields)) {
    const has = { kind: 'not', part: { kind: 'absent', field } } as const
    // What never came need not be asked for.
    const found = all.count === 0 || seen?.has(field) === false ? { count: 0, last: null } : await newest([of, has])
    fields.push({ field, needed, seen: found.count > 0 ? true : seen ? seen.has(field) : null, ...found })
  }
  return { ...all, fields }
}
