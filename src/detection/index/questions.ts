// Rules' trees with every question numbered: the same question in many rules is one, asked once an event.
import type { Expression, Item, ValueTest } from '../sigma/rule.ts'
import type { Literal } from '../sigma/values.ts'
import { wordOf } from './skip.ts'

/** A question that the literals of a field's values settle while the value is looked up. */
export interface Atom {
  readonly field: string
  readonly tests: readonly LiteralTest[]
}
export type LiteralTest = ValueTest & { readonly literals: readonly Literal[] }
/** A question that is asked only when a rule gets to it. */
export type Late = Item

/** A rule's tree over numbers of questions. `chance` is how likely the answer is yes, roughly. */
export type Ask =
  | { readonly op: 'and' | 'or'; readonly of: readonly Ask[]; readonly chance: number }
  | { readonly op: 'not'; readonly of: Ask; readonly chance: number }
  | { readonly op: 'atom'; readonly atom: number; readonly chance: number }
  | { readonly op: 'late'; readonly late: number; readonly chance: number; readonly keyword?: readonly Literal[] }

const isSettled = (test: Item['tests'][number]): test is LiteralTest =>
  test.of === 'value' && test.literals !== undefined && test.literals.length > 0

/** Fields with few different values, nearly all of them named by some rule: what they say tells little. */
const poor =
  /^(EventID|EventType|Channel|Provider_Name|.*Image|OriginalFileName|ImageLoaded|.*ProcessName|LogonType|.*Status)$/

/** How likely a value holds a literal, at least `least`; a guess by length that only decides which question is asked first. */
const chanceOf = (literal: Literal, least: number): number =>
  Math.max(least, 0.5 * 0.6 ** (literal.text.length + (literal.start ? 2 : 0) + (literal.end ? 2 : 0)))

const sum = (chances: readonly number[]): number =>
  Math.min(
    1,
    chances.reduce((all, chance) => all + chance, 0),
  )

export class Questions {
  readonly atoms: Atom[] = []
  readonly lates: Late[] = []
  private readonly known = new Map<string, number>()

  /** Numbers the questions of a tree. Parts of `and` and `or` come in the order in which they settle it soonest. */
  ask(expression: Expression): Ask {
    if (expression.op === 'item') return this.item(expression)
    if (expression.op === 'not') {
      const of = this.ask(expression.of)
      return { op: 'not', of, chance: 1 - of.chance }
    }
    return joinedBy(
      expression.op,
      expression.of.map((part) => this.ask(part)),
    )
  }

  private item(item: Item): Ask {
    if (item.field === '') return this.late(item, keywordLiterals(item))
    const settled = item.tests.filter(isSettled)
    const others = item.tests.filter((test) => !isSettled(test))
    const asks: Ask[] = []
    if (settled.length > 0) asks.push(this.atom({ field: item.field, tests: settled }))
    if (others.length > 0) asks.push(this.late({ ...item, tests: others }))
    const [only] = asks
    return asks.length === 1 && only ? only : joinedBy('or', asks)
  }

  private atom(atom: Atom): Ask {
    const atomNumber = this.number(`atom ${keyOf(atom)}`, this.atoms, atom)
    const least = poor.test(atom.field) ? 0.02 : 1e-5
    let chance = 0
    for (const test of atom.tests) for (const literal of test.literals) chance += chanceOf(literal, least)
    return { op: 'atom', atom: atomNumber, chance: Math.min(1, chance) }
  }

  private late(item: Item, keyword?: readonly Literal[]): Ask {
    const late = this.number(`late ${keyOf(item)}`, this.lates, item)
    return { op: 'late', late, chance: 0.5, ...(keyword ? { keyword } : {}) }
  }

  private number<Question>(key: string, all: Question[], question: Question): number {
    const known = this.known.get(key)
    if (known !== undefined) return known
    this.known.set(key, all.length)
    return all.push(question) - 1
  }
}

/** Each part with its length before it: no two lists of parts make the same text. */
function keyOf({ field, tests }: { field: string; tests: Item['tests'] }): string {
  let key = `${field.length}:${field}`
  const [only] = tests
  const keys = tests.length === 1 && only ? [only.key] : tests.map((test) => test.key).sort()
  for (const one of keys) key += ` ${one.length}:${one}`
  return key
}

/** Literals of which one stands in some text of every event that has a keyword; none when that cannot be told. */
function keywordLiterals({ tests }: Item): Literal[] | undefined {
  const literals = tests.map((test) => (test.of === 'value' ? test.literals : undefined))
  return literals.every((one) => one !== undefined) ? literals.flat() : undefined
}

function joinedBy(op: 'and' | 'or', of: readonly Ask[]): Ask {
  const lateLast = (ask: Ask) => (hasLate(ask) ? 1 : 0)
  const way = op === 'and' ? 1 : -1
  const sorted = [...of].sort((a, b) => lateLast(a) - lateLast(b) || way * (a.chance - b.chance))
  const chance = op === 'and' ? of.reduce((all, ask) => Math.min(all, ask.chance), 1) : sum(of.map((ask) => ask.chance))
  return { op, of: sorted, chance }
}

const hasLate = (ask: Ask): boolean =>
  ask.op === 'late' || (ask.op === 'not' ? hasLate(ask.of) : ask.op !== 'atom' && ask.of.some(hasLate))

/** Every atom of a tree. */
export const atomsOf = (ask: Ask): number[] =>
  ask.op === 'atom' ? [ask.atom] : ask.op === 'late' ? [] : ask.op === 'not' ? atomsOf(ask.of) : ask.of.flatMap(atomsOf)

/** What must be so for a rule to match: one of these atoms, or one of these keywords somewhere. */
export interface Witness {
  readonly atoms: readonly number[]
  readonly keywords: readonly Literal[]
  readonly chance: number
}

/** The least likely necessary condition that can be looked up; nothing when the rule must be tried on every event. */
export function witnessOf(ask: Ask, negated = false): Witness | undefined {
  if (ask.op === 'not') return witnessOf(ask.of, !negated)
  if (ask.op === 'atom') return negated ? undefined : { atoms: [ask.atom], keywords: [], chance: ask.chance }
  if (ask.op === 'late') {
    if (negated || !ask.keyword?.every(({ text }) => wordOf(text) !== undefined)) return undefined
    return { atoms: [], keywords: ask.keyword, chance: 0.9 }
  }
  const parts = ask.of.map((part) => witnessOf(part, negated))
  return (ask.op === 'and') === negated ? either(parts) : leastLikely(parts)
}

const leastLikely = (parts: readonly (Witness | undefined)[]): Witness | undefined =>
  parts.reduce((best, part) => (part && (!best || part.chance < best.chance) ? part : best), undefined)

function either(parts: readonly (Witness | undefined)[]): Witness | undefined {
  const all = parts.flatMap((part) => part ?? [])
  if (all.length < parts.length) return undefined
  return {
    atoms: [...new Set(all.flatMap((part) => part.atoms))],
    keywords: all.flatMap((part) => part.keywords),
    chance: sum(all.map((part) => part.chance)),
  }
}
