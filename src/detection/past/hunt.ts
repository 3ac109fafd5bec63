// A rule asked of what is stored: how often it would have matched, on which days, and the newest events.
import { Fault, placeText } from '#kernel'
import type { Level } from '#standards'
import { compileRule, type CompiledRule } from '../compile.ts'
import type { LoadedRule } from '../load.ts'
import type { Lists } from '../sigma/modifiers.ts'
import { type AskStore, askStore, type StoreAnswer } from './ask.ts'
import { parseSigma } from '../sigma/parse.ts'

/** Which rule, by its id or as YAML, and which events. Times in milliseconds UTC. */
export interface RuleHunt {
  readonly id?: string | undefined
  readonly yaml?: string | undefined
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** Most events shown; all are counted. */
  readonly limit: number
  readonly signal?: AbortSignal | undefined
}
export interface RuleHunted extends StoreAnswer {
  readonly rule: { readonly id: string; readonly title: string; readonly level: Level }
}
interface Needs {
  readonly existing: (id: string) => LoadedRule
  readonly lists: Lists
  readonly stored: AskStore | undefined
}

/** Throws Fault INPUT_INVALID with the reason for a rule that cannot run, NOT_FOUND, TOO_LARGE, CANCELLED. */
export async function huntRule({ id, yaml, since, until, limit, signal }: RuleHunt, needs: Needs): Promise<RuleHunted> {
  const rule = ruleFor({ id, yaml }, needs)
  if (!needs.stored) throw new Fault('BUG', 'detection was opened without stored events')
  const found = await askStore(rule, { since, until, limit, signal }, needs.stored)
  return { rule: { id: rule.id, title: rule.title, level: rule.level }, ...found }
}

/** The rule that is meant, by its id or as YAML. Throws Fault INPUT_INVALID for one that does not run. */
export function ruleFor(
  { id, yaml }: Pick<RuleHunt, 'id' | 'yaml'>,
  { existing, lists }: Pick<Needs, 'existing' | 'lists'>,
): CompiledRule {
  if ((id === undefined) === (yaml === undefined)) throw new Fault('INPUT_INVALID', 'give either id or yaml')
  return yaml === undefined ? runnable(existing(id ?? '')) : written(yaml, lists)
}

function runnable({ compiled, correlation, title, why }: LoadedRule): CompiledRule {
  if (correlation) throw new Fault('INPUT_INVALID', `"${title}" is a correlation: ask correlation.hunt`)
  if (!compiled) throw new Fault('INPUT_INVALID', `"${title}" does not run: ${why}`)
  return compiled
}

function written(yaml: string, lists: Lists): CompiledRule {
  const { documents, issues } = parseSigma(yaml, 'rule.yml', lists)
  const wrong = issues.find(({ severity }) => severity === 'error')
  if (wrong) throw new Fault('INPUT_INVALID', `${placeText(wrong.at)}: ${wrong.text}`)
  const [first, second] = documents
  if (first?.kind !== 'rule' || second)
    throw new Fault('INPUT_INVALID', 'the text must hold one rule, no correlation and no filter')
  if (first.trouble) throw new Fault('INPUT_INVALID', `the rule does not run: ${first.trouble.why}`)
  return compileRule(first.head, first.when)
}
