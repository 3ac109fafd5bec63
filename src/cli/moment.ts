// Times as people write them on the command line.
import { Fault, type FieldSchema, typesOf } from '#kernel'
import { sinceOf } from '#app'
import { systemClock } from '#platform'

const names = new Set(['since', 'until'])
/** Whether a field of an operation is a time: in milliseconds there, as people write it here. */
export const isMoment = (name: string, field: FieldSchema | undefined): boolean =>
  names.has(name) && typesOf(field ?? {}).some((type) => type === 'number' || type === 'integer')

/** Milliseconds UTC of `24h` (so long before now) or `2026-03-01T10:15`. Throws Fault INPUT_INVALID that names the flag. */
export function momentOf(text: string, name: string): number {
  const at = sinceOf(text, systemClock.now())
  if (at !== undefined) return at
  const takes = 'takes a length of time such as 24h or a time such as 2026-03-01T10:15'
  throw new Fault('INPUT_INVALID', `--${name} ${takes}, not ${text}`)
}
