// A search's tree against what events have: names become columns or fields of the source, values get the types of their columns.
import { didYouMean, nearest } from '#platform'
import { type ColumnKind, type ColumnName, columns, isColumn } from '../columns.ts'
import { isNetwork } from './address.ts'
import { type Moment, momentOf } from './moment.ts'
import type { FieldName, Term, Tree } from './parse.ts'
import { type Bound, type Compare, wrongAt } from './tokens.ts'

/** A column of the table, or a field under the name that its source gives it. */
export type Target =
  | { readonly kind: 'column'; readonly name: ColumnName; readonly type: ColumnKind }
  | { readonly kind: 'field'; readonly name: string }

export type Test =
  /** The whole value, or a piece of it; letters A to Z in either case. `wild`: `*` and `?` in the text stand for others. */
  | { readonly is: 'text'; readonly text: string; readonly wild: boolean; readonly whole: boolean }
  | { readonly is: 'there' }
  | { readonly is: 'number' | 'time'; readonly compare: Compare | '='; readonly value: number }
  | { readonly is: 'network'; readonly network: string }

export type Checked =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Checked[] }
  | { readonly kind: 'not'; readonly part: Checked }
  | { readonly kind: 'test'; readonly target: Target; readonly test: Test }

/** A name that no column has but nearly: perhaps a field of a source, perhaps a slip. */
export interface Doubt {
  readonly name: string
  readonly at: number
  readonly help: string
}
export interface CheckedQuery {
  readonly tree: Checked
  readonly doubts: readonly Doubt[]
}

/** Names that stand for several columns, and short forms. */
const groups: Readonly<Record<string, readonly ColumnName[]>> = {
  ip: ['src_ip', 'dst_ip'],
  port: ['src_port', 'dst_port'],
  category: ['categories'],
  severity: ['severity_id'],
  class: ['class_uid'],
}
const known = [...Object.keys(columns), ...Object.keys(groups)]
const ownPrefix = 'fields.'

/** Gives names and values their types. Throws Fault INPUT_INVALID ending in the place. */
export function checkQuery(tree: Tree, now: number): CheckedQuery {
  const doubts: Doubt[] = []
  const walk = (node: Tree): Checked => {
    if ('parts' in node) return { kind: node.kind, parts: node.parts.map(walk) }
    if (node.kind === 'not') return { kind: 'not', part: walk(node.part) }
    return anyOf(targetsOf(node, doubts).map((target) => testsOf(target, node, now)))
  }
  return { tree: walk(tree), doubts }
}

const column = (name: ColumnName): Target => ({ kind: 'column', name, type: columns[name].kind })
const anyOf = (parts: readonly Checked[]): Checked => {
  const [only] = parts
  return parts.length === 1 && only ? only : { kind: 'or', parts }
}
const allOf = (target: Target, tests: readonly Test[]): Checked => ({
  kind: 'and',
  parts: tests.map((test) => ({ kind: 'test', target, test })),
})

function targetsOf({ field }: Term, doubts: Doubt[]): Target[] {
  if (!field) return [column('message'), column('raw')]
  const { name } = field
  if (isColumn(name)) return [column(name)]
  const group = Object.hasOwn(groups, name) ? groups[name] : undefined
  if (group) return group.map(column)
  if (name.startsWith(ownPrefix) && name.length > ownPrefix.length)
    return [{ kind: 'field', name: name.slice(ownPrefix.length) }]
  if (/^[a-z_]+$/.test(name) && nearest(name, known) !== undefined)
    doubts.push({ name, at: field.at, help: didYouMean(name, known) ?? '' })
  return [{ kind: 'field', name }]
}

type Match = Extract<Term, { kind: 'match' }>
const kindOf = (target: Target): ColumnKind | 'own' => (target.kind === 'column' ? target.type : 'own')

function testsOf(target: Target, term: Term, now: number): Checked {
  if (term.kind === 'match') return matched(target, term, now)
  const kind = kindOf(target)
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

function matchedText(target: Target, { text, quoted, at, field }: Match): Checked {
  const kind = kindOf(target)
  const whole = kind !== 'text' || (text === '' && field !== undefined)
  const test = (one: Test): Checked => ({ kind: 'test', target, test: one })
  const asText = test({ is: 'text', text, wild: !quoted && /[*?]/.test(text), whole })
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
