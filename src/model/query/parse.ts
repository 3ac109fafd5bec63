// Queries over assets: kind:postgres and zone:hosting or tag:pci. Text → tree, with the place of what is wrong.
import { no, ok, type Result } from '#kernel'
import { didYouMean } from '#platform'

/** What may stand before the colon, and what it asks. */
export const fieldDocs = {
  id: 'its id; what stands without a field',
  kind: 'its kind',
  category: 'what its kind is: database, proxy, endpoint …',
  technology: 'what it is built with',
  zone: 'the zone that it, or one of its instances, stands in, or one around it',
  owner: 'who answers for it',
  criticality: 'how bad it is when it falls',
  environment: 'production, test …',
  site: 'where one of its instances stands',
  data: 'data that it keeps',
  tag: 'a tag of it',
  trait: 'a trait of its kind',
  control: 'what protects it',
  weakness: 'a weakness of it: CWE-79',
  internet: 'whether the internet reaches it: yes or no',
} as const
export type Field = keyof typeof fieldDocs
const isField = (text: string): text is Field => Object.hasOwn(fieldDocs, text)
const fields = Object.keys(fieldDocs)

/** A query read: what it asks of one asset. Several values mean any of them. */
export type Query =
  | { readonly is: 'and' | 'or'; readonly left: Query; readonly right: Query }
  | { readonly is: 'not'; readonly of: Query }
  | { readonly is: 'term'; readonly field: Field; readonly values: readonly QueryValue[] }

/** A value, and the character of the query at which it begins, counted from 0. */
export interface QueryValue {
  readonly text: string
  readonly at: number
}

/** What is wrong with a query, at which character, and what to write instead. */
export interface QueryFault {
  readonly at: number
  readonly text: string
  readonly help: string
}

/** Most brackets and `not` inside each other. */
const deepest = 50

/** The tree of a query that is not empty. `not` binds closest, then `and`, then `or`. */
export function parseQuery(text: string): Result<Query, QueryFault> {
  const tokens = [...text.matchAll(/[()]|[^\s()]+/g)].map(({ 0: word, index }) => ({ text: word, at: index }))
  return new Parser(tokens, text.length).whole()
}

class Parser {
  private next = 0
  private readonly tokens: readonly QueryValue[]
  private readonly length: number

  constructor(tokens: readonly QueryValue[], length: number) {
    this.tokens = tokens
    this.length = length
  }

  whole(): Result<Query, QueryFault> {
    const query = this.either(0)
    const left = this.tokens[this.next]
    if (!query.ok || !left) return query
    return left.text === ')'
      ? this.fault(left, 'a bracket closes that was not opened', 'take it out')
      : this.fault(
          left,
          `${left.text} is not joined to what stands before it`,
          'write and, or or, between two conditions',
        )
  }

  private either(depth: number): Result<Query, QueryFault> {
    return this.joined('or', () => this.joined('and', () => this.single(depth)))
  }

  private joined(is: 'and' | 'or', part: () => Result<Query, QueryFault>): Result<Query, QueryFault> {
    let left = part()
    while (left.ok && this.tokens[this.next]?.text === is) {
      this.next += 1
      const right = part()
      if (!right.ok) return right
      left = ok({ is, left: left.value, right: right.value })
    }
    return left
  }

  private single(depth: number): Result<Query, QueryFault> {
    const token = this.tokens[this.next]
    if (depth > deepest) return this.fault(token, 'brackets go too deep', 'write it flatter')
    if (!token || ['and', 'or', ')'].includes(token.text))
      return this.fault(token, 'a condition is missing', 'write one such as kind:postgres')
    this.next += 1
    if (token.text === 'not') {
      const of = this.single(depth + 1)
      return of.ok ? ok({ is: 'not', of: of.value }) : of
    }
    if (token.text !== '(') return term(token)
    const inner = this.either(depth + 1)
    if (!inner.ok) return inner
    if (this.tokens[this.next]?.text !== ')') return this.fault(token, 'this bracket is not closed', 'write ) after it')
    this.next += 1
    return inner
  }

  private fault(token: QueryValue | undefined, text: string, help: string): Result<never, QueryFault> {
    return no({ at: token?.at ?? this.length, text, help })
  }
}

function term({ text, at }: QueryValue): Result<Query, QueryFault> {
  const colon = text.indexOf(':')
  const field = colon < 0 ? 'id' : text.slice(0, colon)
  if (!isField(field))
    return no({ at, text: `nothing to ask is called ${field || ':'}`, help: didYouMean(field, fields) })
  let from = at + colon + 1
  const values: QueryValue[] = []
  for (const part of text.slice(colon + 1).split(',')) {
    if (part === '')
      return no({ at: from, text: `a value is missing after ${text.slice(0, from - at)}`, help: `write ${field}:…` })
    values.push({ text: part, at: from })
    from += part.length + 1
  }
  return ok({ is: 'term', field, values })
}
