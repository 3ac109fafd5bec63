// What a difference between two estates is, and how two values of it are put in words.
import { z } from 'zod'

/** One difference, in words. */
export const Change = z.strictObject({
  what: z.enum(['new', 'gone', 'changed', 'renamed']),
  part: z.string().meta({ description: 'assets, flows, zones …' }),
  id: z.string(),
  text: z.string(),
  weaker: z.boolean().meta({ description: 'whether an attacker has it easier than before' }),
  at: z.strictObject({ file: z.string(), line: z.number() }).optional().meta({ description: 'where it stands now' }),
})
export type Change = z.output<typeof Change>

/** A sentence about an entry that both estates have. */
export interface Said {
  readonly text: string
  readonly weaker?: boolean
}

const most = 8

/** Words with commas; of many the first ones. */
export const listed = (words: readonly string[]): string =>
  words.length <= most ? words.join(', ') : `${words.slice(0, most).join(', ')} and ${words.length - most} more`

/** What of the one list is not in the other. */
export const beyond = (list: readonly string[], other: readonly string[]): string[] => {
  const known = new Set(other)
  return list.filter((one) => !known.has(one))
}

/** Each value of a list said to have come or gone, as one sentence each way. */
export function listSaid(
  before: readonly string[],
  after: readonly string[],
  { more, less }: { more: (words: string) => Said; less: (words: string) => Said },
): Said[] {
  const [come, gone] = [beyond(after, before), beyond(before, after)]
  return [...(come.length > 0 ? [more(listed(come))] : []), ...(gone.length > 0 ? [less(listed(gone))] : [])]
}

const shown = (value: unknown): string =>
  value === '' || value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)

/** Every other field that differs, said plainly. Lists of words say what came and went. */
export function fieldsSaid<Noun extends object>(
  id: string,
  before: Noun,
  after: Noun,
  keys: readonly (keyof Noun & string)[],
): Said[] {
  return keys.flatMap((key): Said[] => {
    const [old, now]: [unknown, unknown] = [before[key], after[key]]
    if (JSON.stringify(old) === JSON.stringify(now)) return []
    const name = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    if (isWords(old) && isWords(now)) {
      const said = listSaid(old, now, {
        more: (words) => ({ text: `${name} of ${id} now with ${words}` }),
        less: (words) => ({ text: `${name} of ${id} without ${words}` }),
      })
      return said.length > 0 ? said : [{ text: `${name} of ${id} in another order` }]
    }
    if (typeof old === 'object' || typeof now === 'object') return [{ text: `${name} of ${id} changed` }]
    return [{ text: `${name} of ${id} is ${shown(now)}, was ${shown(old)}` }]
  })
}

const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')
