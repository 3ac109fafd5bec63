// The regular expressions of a search, and whether the engine can read them.
import { asFault } from '#kernel'
import type { EventEngine } from '#platform'
import type { Tree } from './parse.ts'
import type { Doubt } from './resolve.ts'
import { wrongAt } from './tokens.ts'

export interface Written {
  readonly text: string
  readonly at: number
}

/** The expressions of a filter. */
export function expressionsOf(tree: Tree): Written[] {
  if ('parts' in tree) return tree.parts.flatMap(expressionsOf)
  if (tree.kind === 'not') return expressionsOf(tree.part)
  return tree.kind === 'pattern' ? [{ text: tree.text, at: tree.at }] : []
}

/** What only the stored events can tell of a search: whether expressions can be read, and whether a doubtful name is a field. Throws Fault INPUT_INVALID with the place. */
export async function refuseSlips(
  events: Pick<EventEngine, 'query'>,
  { doubts, expressions }: { readonly doubts: readonly Doubt[]; readonly expressions: readonly Written[] },
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const { text, at } of expressions) {
    try {
      await events.query(
        'select match({text:String}, {pattern:String})',
        { text: '', pattern: `(?is)${text}` },
        { signal },
      )
    } catch (thrown) {
      const fault = asFault(thrown)
      throw fault.code === 'INPUT_INVALID' ? wrongAt('this is no regular expression of RE2', at) : fault
    }
  }
  for (const { name, at, help } of doubts) {
    const asked = 'select 1 as one from events where mapContains(fields, {name:String}) limit 1'
    const [there] = await events.query(asked, { name }, { signal })
    if (there === undefined) throw wrongAt(`no event has a field ${name}; ${help}`, at)
  }
}
