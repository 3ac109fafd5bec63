// "Did you mean" for many wrong names at once, with an end to the work.
import { didYouMean } from '#platform'

/** Most names compared for one list of known ones: comparing takes about ten microseconds. */
const mostCompared = 30_000

/** Helps for unknown names out of one list. The same name costs once; after very many different ones the help is a plain one. */
export function suggester(known: readonly string[]): (name: string) => string {
  const given = new Map<string, string>()
  return (name) => {
    const before = given.get(name)
    if (before !== undefined) return before
    if (given.size * known.length > mostCompared) return 'mend the names shown before first'
    const help = didYouMean(name, known)
    given.set(name, help)
    return help
  }
}
