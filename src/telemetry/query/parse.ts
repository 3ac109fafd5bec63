// A search text as a tree. `not` binds more tightly than `and`, `and` (also written as nothing) more tightly than `or`.
import { type Bound, type Compare, type Token, tokensOf, wrongAt } from './tokens.ts'

/** A field's name as written and where; nothing for words that may stand anywhere in the record. */
export interface FieldName {
  readonly name: string
  readonly at: number
}
export type Term =
  | {
      readonly kind: 'match'
      readonly field: FieldName | undefined
      readonly text: string
      readonly quoted: boolean
      readonly at: number
    }
  | { readonly kind: 'pattern'; readonly field: FieldName; readonly text: string; readonly at: number }
  | { readonly kind: 'compare'; readonly field: FieldName; readonly compare: Compare; readonly bound: Bound }
  | { readonly kind: 'range'; readonly field: FieldName; readonly from: Bound; readonly to: Bound }
export type Tree =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Tree[] }
  | { readonly kind: 'not'; readonly part: Tree }
  | Term

export const deepest = 30
export const mostTerms = 200

/** The tree of a search text; an `and` of nothing, which is true of everything, for an empty one. Throws Fault INPUT_INVALID ending in the place. */
export const parseQuery = (query: string): Tree => parseTokens(tokensOf(query), query.length)

/** The tree of tokens that go up to `end`. Throws Fault INPUT_INVALID ending in the place. */
export function parseTokens(tokens: readonly Token[], end: number): Tree {
  const reader = new Reader(tokens, end)
  if (reader.isAtEnd) return { kind: 'and', parts: [] }
  const tree = reader.either(undefined, 0)
  reader.mustEnd()
  return tree
}

const joined = (kind: 'and' | 'or', parts: readonly Tree[]): Tree => {
  const [only] = parts
  return parts.length === 1 && only ? only : { kind, parts }
}

class Reader {
  private readonly tokens: readonly Token[]
  private readonly end: number
  private index = 0
  private terms = 0

  constructor(tokens: readonly Token[], end: number) {
    this.tokens = tokens
    this.end = end
  }

  get isAtEnd(): boolean {
    return this.index >= this.tokens.length
  }

  mustEnd(): void {
    const token = this.tokens[this.index]
    if (token?.kind === 'close') throw wrongAt(') without (', token.at)
    if (token?.kind === 'pipe') throw wrongAt('a | is not expected here', token.at)
    if (token) throw wrongAt('this was not expected', token.at)
  }

  /** Parts joined by `or`. `field` is that of `field:(a or b)`, for values without one of their own. */
  either(field: FieldName | undefined, depth: number): Tree {
    if (depth > deepest) throw wrongAt(`more than ${deepest} levels of parentheses`, this.place)
    const parts = [this.all(field, depth)]
    while (this.took('or')) parts.push(this.all(field, depth))
    return joined('or', parts)
  }

  private all(field: FieldName | undefined, depth: number): Tree {
    const parts = [this.one(field, depth)]
    for (;;) {
      if (this.took('and')) parts.push(this.one(field, depth))
      else if (this.isAtEnd || this.isNext('or') || this.isNext('close') || this.isNext('pipe'))
        return joined('and', parts)
      else parts.push(this.one(field, depth))
    }
  }

  private one(field: FieldName | undefined, depth: number): Tree {
    let isNot = false
    while (this.took('not') || this.took('minus')) isNot = !isNot
    const part = this.term(field, depth)
    return isNot ? { kind: 'not', part } : part
  }

  private term(field: FieldName | undefined, depth: number): Tree {
    const token = this.tokens[this.index]
    if (!token) throw wrongAt('something is missing', this.end)
    this.index += 1
    this.terms += 1
    if (this.terms > mostTerms) throw wrongAt(`more than ${mostTerms} terms`, token.at)
    if (token.kind === 'open') return this.group(field, token.at, depth)
    if (token.kind === 'value') return { kind: 'match', field, text: token.text, quoted: token.quoted, at: token.at }
    if (token.kind !== 'field') throw wrongAt(`${nameOf(token)} was not expected`, token.at)
    if (field) throw wrongAt(`a field within the values of ${field.name} was not expected`, token.at)
    return this.valueOf(token, depth)
  }

  private group(field: FieldName | undefined, at: number, depth: number): Tree {
    const inner = this.either(field, depth + 1)
    if (!this.took('close')) throw wrongAt('this ( is not closed', at)
    return inner
  }

  /** What stands behind a field's name, which must stand right behind it. */
  private valueOf(token: Extract<Token, { kind: 'field' }>, depth: number): Tree {
    const field = { name: token.name, at: token.at }
    if (token.compare !== '') return this.compared(field, token.compare, token.at)
    const value = this.tokens[this.index]
    if (!value) throw wrongAt(`the value of ${field.name} is missing`, this.end)
    this.index += 1
    if (value.kind === 'open') return this.group(field, value.at, depth)
    if (value.kind === 'value') return { kind: 'match', field, text: value.text, quoted: value.quoted, at: value.at }
    if (value.kind === 'pattern') return { kind: 'pattern', field, text: value.text, at: value.at }
    if (value.kind === 'compare') return this.compared(field, value.compare, value.at)
    if (value.kind === 'range') return { kind: 'range', field, from: value.from, to: value.to }
    const help = 'put it right behind the colon, in quotes if it is a word of the language,'
    throw wrongAt(`the value of ${field.name} is missing; ${help}`, value.at)
  }

  private compared(field: FieldName, compare: Compare, at: number): Tree {
    const value = this.tokens[this.index]
    if (value?.kind !== 'value') throw wrongAt(`a number or a time is missing behind ${compare}`, value?.at ?? at)
    this.index += 1
    return { kind: 'compare', field, compare, bound: { text: value.text, at: value.at } }
  }

  private get place(): number {
    return this.tokens[this.index]?.at ?? this.end
  }

  private isNext(kind: Token['kind']): boolean {
    return this.tokens[this.index]?.kind === kind
  }

  private took(kind: Token['kind']): boolean {
    if (!this.isNext(kind)) return false
    this.index += 1
    return true
  }
}

const signs: Readonly<Record<string, string>> = { close: ')', minus: '-', pipe: '|' }
const nameOf = (token: Token): string => signs[token.kind] ?? token.kind
