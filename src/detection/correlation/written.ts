// A correlation given as text: with the rules it is made of beside it, or named by the ids of rules that are loaded.
import { Fault } from '#kernel'
import { type LoadedRule, loadRules } from '../load.ts'

/** A correlation that can be asked of the store, and its rules. */
export interface WrittenCorrelation {
  readonly rule: LoadedRule
  readonly existing: (id: string) => LoadedRule
}
const file = 'rule.yml'

/** The last correlation of a text; nothing when it holds none. Throws Fault INPUT_INVALID when it cannot run. */
export async function correlationIn(
  yaml: string,
  loaded: readonly LoadedRule[],
): Promise<WrittenCorrelation | undefined> {
  if (!/^correlation:/m.test(yaml)) return undefined
  const named = loaded.filter(({ id }) => yaml.includes(id))
  // Of rules with the same id or name the first counts: those of the text.
  const builtIn = new Map([[file, yaml] as const, ...named.map((one) => [one.file, one.text] as const)])
  const { rules, issues } = await loadRules([], { builtIn })
  const own = rules.filter((rule) => rule.file === file)
  const rule = own.findLast(({ correlation }) => correlation)
  if (!rule) {
    const why =
      own.find((one) => one.why !== '')?.why ??
      issues.find(({ severity }) => severity === 'error')?.text ??
      'it cannot be read'
    throw new Fault('INPUT_INVALID', `the correlation does not run: ${why}`)
  }
  const byId = new Map(rules.map((one) => [one.id, one]))
  return {
    rule,
    existing: (id) => {
      const found = byId.get(id)
      if (!found) throw new Fault('NOT_FOUND', `rule ${id}`)
      return found
    },
  }
}
