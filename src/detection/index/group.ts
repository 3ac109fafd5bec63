// The rules that one kind of event concerns, ready to be looked up by what its fields say.
import type { LogSource } from '#telemetry'
import type { RuleSource } from '../sigma/rule.ts'
import { FieldIndex } from './field.ts'
import type { Atom, Witness } from './questions.ts'
import { SkipSearch, wordOf } from './skip.ts'

/** Whether a rule is about an event: what both name must be the same, and what the rule names the event must have. */
export const concerns = (rule: RuleSource, event: LogSource): boolean =>
  (rule.product === undefined || rule.product === event.product) &&
  (rule.service === undefined || rule.service === event.service) &&
  (rule.category === undefined || event.categories.includes(rule.category))

/** A rule as a group needs it. */
export interface Indexed {
  readonly number: number
  readonly witness: Witness | undefined
  /** Every atom it asks. */
  readonly atoms: readonly number[]
}

export class Group {
  readonly fields: ReadonlyMap<string, FieldIndex>
  /** Rules without a necessary condition that can be looked up. */
  readonly always: Int32Array
  /** Rules to try when a keyword stands anywhere in the event. */
  readonly keywordRules: Int32Array
  readonly keywords: SkipSearch | undefined

  constructor(rules: readonly Indexed[], atoms: readonly Atom[]) {
    const rulesOf = new Map<number, number[]>()
    const byField = new Map<string, Map<number, Atom>>()
    for (const rule of rules) {
      for (const atom of rule.witness?.atoms ?? []) rulesOf.set(atom, [...(rulesOf.get(atom) ?? []), rule.number])
      for (const number of rule.atoms) {
        const atom = atoms[number]!
        const known = byField.get(atom.field) ?? new Map<number, Atom>()
        byField.set(atom.field, known.set(number, atom))
      }
    }
    this.fields = new Map([...byField].map(([name, atoms]) => [name, new FieldIndex(atoms, rulesOf)]))
    this.always = numbersOf(rules.filter((rule) => rule.witness === undefined))
    const withKeywords = rules.filter((rule) => (rule.witness?.keywords.length ?? 0) > 0)
    this.keywordRules = numbersOf(withKeywords)
    const words = withKeywords.flatMap((rule) => rule.witness?.keywords.flatMap(({ text }) => wordOf(text) ?? []) ?? [])
    this.keywords = words.length === 0 ? undefined : new SkipSearch([...new Set(words)])
  }
}

const numbersOf = (rules: readonly Indexed[]): Int32Array => Int32Array.from(rules, (rule) => rule.number)
