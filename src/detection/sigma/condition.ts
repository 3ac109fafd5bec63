// A rule's condition: text → tree. Precedence, least binding first: or, and, not, `x of`, brackets.
import { no, ok, type Result } from '#kernel'
import { any, joined, matcherOf } from './values.ts'

export type Condition =
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }
  | { readonly op: 'name'; readonly name: string }
  /** `1 of x*`, `all of x*`; `them` is the pattern `*`. */
  | { readonly op: 'each'; readonly all: boolean; readonly pattern: string }

/** What is wrong with a condition, at which character, and whether it is a form that older Sigma had. */
export interface ConditionFault {
  readonly at: number
  readonly text: string
  readonly help: string
  readonly unsupported?: boolean
}

interface Token {
  readonly text: string
  readonly at: number
}
const mostTokens = 5_000
const deepest = 200

/** Reads a condition. `names` are the rule's selections: one may be called `and`, and then stands for itself where an operator cannot stand. */
export function parseCondition(text: string, names: ReadonlySet<string>): Result<Condition, ConditionFault> {
  const tokens = [...text.matchAll(/[()|]|[^\s()|]+/g)].map((found) => ({ text: found[0], at: found.index }))
  const pipe = tokens.find((token) => token.text === '|')
  if (pipe) {
    const help = 'write a correlation rule instead (Sigma 2.1)'
    return no({
      at: pipe.at,
      text: 'counting with | in a condition is Sigma before version 2',
      help,
      unsupported: true,
    })
  }
  if (tokens.length === 0) return no({ at: 0, text: 'the condition is empty', help: 'name a selection' })
  if (tokens.length > mostTokens)
    return no({ at: 0, text: `the condition has more than ${mostTokens} words`, help: 'use `1 of name*`' })
  return new Reader(tokens, names, text.length).whole()
}

class Reader {
  private readonly tokens: readonly Token[]
  private readonly names: ReadonlySet<string>
  private readonly end: number
  private next = 0
  private depth = 0
  constructor(tokens: readonly Token[], names: ReadonlySet<string>, end: number) {
    this.tokens = tokens
    this.names = names
    this.end = end
  }

  whole(): Result<Condition, ConditionFault> {
    const tree = this.many('or')
    const left = this.tokens[this.next]
    if (!tree.ok || !left) return tree
    const text =
      left.text === ')' ? 'a bracket is closed that was not opened' : `nothing joins ${left.text} to what stands before`
    return no({ at: left.at, text, help: 'join selections with `and` or `or`' })
  }

  private many(op: 'and' | 'or'): Result<Condition, ConditionFault> {
    const inner = () => (op === 'or' ? this.many('and') : this.negated())
    const of: Condition[] = []
    do {
      const part = inner()
      if (!part.ok) return part
      of.push(part.value)
    } while (this.take(op))
    const [only] = of
    return ok(of.length === 1 && only ? only : { op, of })
  }

  private negated(): Result<Condition, ConditionFault> {
    if (this.depth > deepest) return this.fault('the condition is nested too deeply', 'write it flatter')
    if (this.names.has('not') || !this.take('not')) return this.operand()
    this.depth++
    const of = this.negated()
    this.depth--
    return of.ok ? ok({ op: 'not', of: of.value }) : of
  }

  private operand(): Result<Condition, ConditionFault> {
    const token = this.tokens[this.next]
    if (!token) return this.fault('the condition ends too early', 'name a selection here')
    if (token.text === ')') return this.fault('nothing stands between the brackets', 'name a selection here')
    if (token.text === '(') return this.bracket()
    const of = this.tokens[this.next + 1]
    if (isWord(of, 'of') && /^(1|any|all|\d+)$/i.test(token.text)) return this.each(token)
    if (/^(and|or)$/i.test(token.text) && !this.names.has(token.text))
      return this.fault(`\`${token.text}\` has nothing before it`, 'name a selection here')
    this.next++
    return ok({ op: 'name', name: token.text })
  }

  private bracket(): Result<Condition, ConditionFault> {
    const open = this.tokens[this.next]
    this.next++
    this.depth++
    const inner = this.many('or')
    this.depth--
    if (!inner.ok) return inner
    if (this.take(')')) return inner
    return no({ at: open?.at ?? 0, text: 'a bracket is not closed', help: 'close it with )' })
  }

  private each(count: Token): Result<Condition, ConditionFault> {
    const word = count.text.toLowerCase()
    if (word !== '1' && word !== 'any' && word !== 'all')
      return this.fault(`\`${count.text} of\` is not Sigma`, 'write `1 of` or `all of`')
    this.next += 2
    const pattern = this.tokens[this.next]
    if (!pattern || pattern.text === '(' || pattern.text === ')')
      return this.fault(`\`${count.text} of\` of what?`, 'write `them` or a pattern such as `selection_*`')
    this.next++
    const them = isWord(pattern, 'them') && !this.names.has('them')
    return ok({ op: 'each', all: word === 'all', pattern: them ? '*' : pattern.text })
  }

  private take(word: string): boolean {
    const found = isWord(this.tokens[this.next], word)
    if (found) this.next++
    return found
  }
  private fault(text: string, help: string): Result<never, ConditionFault> {
    return no({ at: this.tokens[this.next]?.at ?? this.end, text, help })
  }
}
const isWord = (token: Token | undefined, word: string): boolean => token?.text.toLowerCase() === word

/** The selections a pattern stands for: those beginning with `_` only when the pattern does too. */
export function namesFitting(pattern: string, names: Iterable<string>): string[] {
  const fits = matcherOf(
    joined(pattern.split('*').flatMap((text, index) => (index === 0 ? [text] : [any, text]))),
    true,
  )
  return [...names].filter((name) => fits(name) && (!name.startsWith('_') || pattern.startsWith('_')))
}
