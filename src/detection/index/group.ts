// The rules that one kind of event concerns, ready to be looked up by what its fields say.
import type { LogSource, Scalar } from '#telemetry'
import type { RuleSource } from '../sigma/rule.ts'
import { FieldIndex, type Found } from './field.ts'
import type { Atom, Witness } from './questions.ts'
import { SkipSearch } from './skip.ts'

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
  readonly fields: readonly FieldIndex[]
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
    this.fields = [...byField].map(([name, atoms]) => new FieldIndex(name, atoms, rulesOf))
    this.always = numbersOf(rules.filter((rule) => rule.witness === undefined))
    const withKeywords = rules.filter((rule) => (rule.witness?.keywords.length ?? 0) > 0)
    this.keywordRules = numbersOf(withKeywords)
    const literals = withKeywords.flatMap((rule) => rule.witness?.keywords.map(({ text }) => text) ?? [])
    this.keywords = literals.length === 0 ? undefined : new SkipSearch([...new Set(literals)])
  }
}

const numbersOf = (rules: readonly Indexed[]): Int32Array => Int32Array.from(rules, (rule) => rule.number)

export type { Found, Scalar }
