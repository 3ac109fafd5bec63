// A search's tree against what events have: names become columns or fields of the source, values get the types of their columns.
import { Fault } from '#kernel'
import { type ColumnKind, columns, isColumn } from '../columns.ts'
import { isNetwork } from './address.ts'
import { type Moment, momentOf } from './moment.ts'
import type { FieldName, Term, Tree } from './parse.ts'
import { anyName, column, type Doubt, isAlias, isExists, ofEvents, type Resolve, type Target } from './resolve.ts'
import { type Bound, type Compare, wrongAt } from './tokens.ts'

export type Test =
  /** The whole value, or a piece of it; letters A to Z in either case. `wild`: `*` and `?` in the text stand for others. */
  | { readonly is: 'text'; readonly text: string; readonly wild: boolean; readonly whole: boolean }
  | { readonly is: 'there' }
  | { readonly is: 'number' | 'time'; readonly compare: Compare | '='; readonly value: number }
  | { readonly is: 'network'; readonly network: string }
  /** An expression of RE2 that finds a piece of the value, in either case; `.` also stands for the end of a line. `at`: where it is written. */
  | { readonly is: 'pattern'; readonly pattern: string; readonly at: number }

export type Checked =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Checked[] }
  | { readonly kind: 'not'; readonly part: Checked }
  | { readonly kind: 'test'; readonly target: Target; readonly test: Test }

export interface CheckedQuery {
  readonly tree: Checked
  readonly doubts: readonly Doubt[]
}

/** Gives names and values their types. Throws Fault INPUT_INVALID ending in the place. */
export function checkQuery(tree: Tree, now: number): CheckedQuery {
  const doubts: Doubt[] = []
  return { tree: checkTree(tree, now, ofEvents(doubts)), doubts }
}

/** Gives names and values of a filter the types of what it is asked of. Throws Fault INPUT_INVALID ending in the place. */
export function checkTree(tree: Tree, now: number, resolve: Resolve): Checked {
  const walk = (node: Tree): Checked => {
    if ('parts' in node) return { kind: node.kind, parts: node.parts.map(walk) }
    if (node.kind === 'not') return { kind: 'not', part: walk(node.part) }
    return termOf(node, now, resolve)
  }
  return walk(tree)
}

function termOf(term: Term, now: number, resolve: Resolve): Checked {
  const { field } = term
  const isMatch = term.kind === 'match'
  if (field && isMatch && isExists(field.name))
    return anyOf(resolve({ name: term.text, at: term.at }, term.at).map((target) => thereIs(target)))
  if (field?.name === anyName) return anywhere(term, now)
  const at = isMatch ? term.at : (field?.at ?? 0)
  const targets = resolve(field, at)
  return anyOf(
    targets.flatMap((target) =>
      targets.length > 1 && field && isAlias(field.name) ? fitting(target, term, now) : testsOf(target, term, now),
    ),
  )
}

/** Of a name with two meanings, the column counts where the value can be one of its values: `status>=500` is not asked of a text. */
function fitting(target: Target, term: Term, now: number): Checked[] {
  try {
    return [testsOf(target, term, now)]
  } catch (thrown) {
    if (target.kind === 'column' && thrown instanceof Fault) return []
    throw thrown
  }
}
const thereIs = (target: Target): Checked => ({ kind: 'test', target, test: { is: 'there' } })

/** A value in any column, in any field, in what is known beyond the record, or in the record as it came in. */
function anywhere(term: Term, now: number): Checked {
  const { field } = term
  if (term.kind === 'pattern') return anyOf([column('message'), column('raw')].map((one) => testsOf(one, term, now)))
  if (term.kind !== 'match') throw wrongAt('any takes a text, an address or a network', field?.at ?? 0)
  const { text, quoted } = term
  const isNumber = /^\d{1,10}$/.test(text)
  const names = Object.entries(columns).flatMap(([name, { kind }]) => {
    if (!isColumn(name) || name === 'seq' || kind === 'time') return []
    return kind === 'number' && !isNumber ? [] : [column(name)]
  })
  if (!quoted && isNetwork(text))
    return anyOf([column('src_ip'), column('dst_ip')].map((target) => testsOf(target, term, now)))
  const values = (['fields', 'enriched'] as const).map((of): Target => ({ kind: 'values', of }))
  return anyOf([...names, ...values].map((target) => matchedWord(target, term, now)))
}
const matchedWord = (target: Target, term: Match, now: number): Checked =>
  kindOf(target) === 'number' ? matched(target, term, now) : textOf(target, term)

const anyOf = (parts: readonly Checked[]): Checked => {
  const [only] = parts
  return parts.length === 1 && only ? only : { kind: 'or', parts }
}
const allOf = (target: Target, tests: readonly Test[]): Checked => ({
  kind: 'and',
  parts: tests.map((test) => ({ kind: 'test', target, test })),
})

type Match = Extract<Term, { kind: 'match' }>
function kindOf(target: Target): ColumnKind | 'own' {
  if (target.kind === 'column') return target.type
  return target.kind === 'result' && target.type !== 'text' ? target.type : 'own'
}

function testsOf(target: Target, term: Term, now: number): Checked {
  if (term.kind === 'match') return matched(target, term, now)
  const kind = kindOf(target)
  if (term.kind === 'pattern') return patterned(target, term)
  const { field } = term
  const ends: readonly { compare: Compare; bound: Bound }[] =
    term.kind === 'compare'
      ? [term]
      : [
          { compare: '>=' as const, bound: term.from },
          { compare: '<=' as const, bound: term.to },
        ].filter(({ bound }) => bound.text !== '*')
  if (ends.length === 0) return { kind: 'test', target, test: { is: 'there' } }
  if (kind === 'time')
    return allOf(
      target,
      ends.map(({ compare, bound }) => timeTest(compare, momentAt(bound, field, now))),
    )
  if (kind !== 'number' && kind !== 'own')
    throw wrongAt(
      `${field.name} is not a number; ranges and comparisons are for numbers and times, put the text in quotes if it is meant as it stands,`,
      field.at,
    )
  return allOf(
    target,
    ends.map(({ compare, bound }) => ({ is: 'number', compare, value: numberAt(bound, field) })),
  )
}

function patterned(target: Target, { field, text, at }: Extract<Term, { kind: 'pattern' }>): Checked {
  const kind = kindOf(target)
  if (kind === 'number' || kind === 'time')
    throw wrongAt(`${field.name} is a ${kind}; expressions are for texts, put it in quotes if it is none,`, at)
  return { kind: 'test', target, test: { is: 'pattern', pattern: text, at } }
}

function matched(target: Target, term: Match, now: number): Checked {
  const { text, quoted, at, field } = term
  const kind = kindOf(target)
  const name = field ?? { name: 'text', at }
  const test = (one: Test): Checked => ({ kind: 'test', target, test: one })
  if (!quoted && /^\*+$/.test(text)) return field ? test({ is: 'there' }) : { kind: 'and', parts: [] }
  if (kind === 'number') return test({ is: 'number', compare: '=', value: numberAt({ text, at }, name) })
  if (kind !== 'time') return matchedText(target, term)
  const { from, until } = momentAt({ text, at }, name, now)
  return allOf(target, [
    { is: 'time', compare: '>=', value: from },
    { is: 'time', compare: '<', value: until },
  ])
}

function textOf(target: Target, { text, quoted, field }: Match): Checked {
  const whole = kindOf(target) !== 'text' || (text === '' && field !== undefined)
  return { kind: 'test', target, test: { is: 'text', text, wild: !quoted && /[*?]/.test(text), whole } }
}

function matchedText(target: Target, term: Match): Checked {
  const { text, quoted, at } = term
  const kind = kindOf(target)
  const test = (one: Test): Checked => ({ kind: 'test', target, test: one })
  const asText = textOf(target, term)
  if (quoted || !text.includes('/')) return asText
  const inNetwork = test({ is: 'network', network: text })
  if (kind === 'own') return isNetwork(text) ? anyOf([asText, inNetwork]) : asText
  if (kind !== 'address') return asText
  if (!isNetwork(text)) throw wrongAt(`${text} is not a network such as 10.0.0.0/8`, at)
  return inNetwork
}

function numberAt({ text, at }: Bound, field: FieldName): number {
  if (!/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text))
    throw wrongAt(`${field.name} is compared with a number, and ${short(text)} is none`, at)
  return Number(text)
}

function momentAt({ text, at }: Bound, field: FieldName, now: number): Moment {
  const moment = momentOf(text, now)
  if (!moment)
    throw wrongAt(
      `${field.name} is a time, such as 2026-03-01, 2026-03-01T10:15 or now-15m, and ${short(text)} is none`,
      at,
    )
  return moment
}
const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

/** `>` a day is after it, `>=` from its beginning, `<` before it, `<=` to its end. */
function timeTest(compare: Compare, { from, until }: Moment): Test {
  const isAfter = compare.startsWith('>')
  return { is: 'time', compare: isAfter ? '>=' : '<', value: compare === '>' || compare === '<=' ? until : from }
}
