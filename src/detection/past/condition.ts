// A rule as a question to stored events. What the store cannot answer exactly is refused with the reason.
import { no, ok, type Result } from '#kernel'
import type { EventCondition, ValueCondition } from '#telemetry'
import type { CompiledRule } from '../compile.ts'
import type { Asks, Expression, Item, RuleSource, Test } from '../sigma/rule.ts'
import { dash, dashVariants, type Pattern } from '../sigma/values.ts'

/** Why a rule cannot be asked of the store. */
export type Refusal = string
type Stored = Result<EventCondition, Refusal>

type Asked = Pick<CompiledRule, 'when' | 'source'>

/** The condition that holds for exactly the stored events that the engine would match. Fails with the reason. */
export function storedCondition(rule: Asked): Stored {
  const held = exactly(rule)
  return held.ok ? ok({ kind: 'and', parts: [within(rule.source), held.value] }) : held
}

/** The events of a log source. */
export const within = (source: RuleSource): EventCondition => ({ kind: 'source', ...source })

/** What a rule asks of the events of its log source, exactly. Fails with the reason. */
export const exactly = ({ when }: Pick<Asked, 'when'>): Stored =>
  sizeOf(when) > mostCharacters ? no('its values are together longer than a statement may be') : conditionOf(when)

/**
 * A condition that holds for every stored event that the engine would match, and for others: what the store cannot be asked is left out.
 * The engine decides on what is found.
 */
export function narrowedCondition({ when, source }: Asked): EventCondition {
  if (sizeOf(when) > mostCharacters) return within(source)
  return { kind: 'and', parts: [within(source), narrow(when, true)] }
}

/** The same for several rules: holds for every event that one of them matches. */
export function narrowedTogether(rules: readonly Asked[]): EventCondition {
  const size = rules.reduce((sum, { when }) => sum + Math.min(sizeOf(when), mostCharacters), 0)
  if (size <= mostCharacters) return { kind: 'or', parts: rules.map(narrowedCondition) }
  const sources = new Map(rules.map(({ source }) => [JSON.stringify(within(source)), within(source)]))
  return { kind: 'or', parts: [...sources.values()] }
}

/** How a rule is asked: what is found by `exact` it matches, what is found by `again` is to be judged by the engine. No event is found by both. */
export interface Plan {
  readonly exact: EventCondition | undefined
  readonly again: EventCondition | undefined
}

/** `doubts`: there are events that were stored before lists were kept. Where a field of theirs may hold one, the engine judges. */
export function planOf(rule: Asked, doubts: boolean): Plan {
  const exact = storedCondition(rule)
  const narrowed = narrowedCondition(rule)
  if (!doubts) return exact.ok ? { exact: exact.value, again: undefined } : { exact: undefined, again: narrowed }
  const doubtful: EventCondition = { kind: 'doubtful', fields: [...fieldsOf(rule.when)] }
  const inDoubt: EventCondition = { kind: 'and', parts: [within(rule.source), doubtful] }
  return exact.ok
    ? { exact: { kind: 'and', parts: [exact.value, { kind: 'not', part: doubtful }] }, again: inDoubt }
    : { exact: undefined, again: { kind: 'or', parts: [narrowed, inDoubt] } }
}

/** Whether what rules ask fits into one statement twice, for the store asks each half of the events apart. */
export const fitTogether = (rules: readonly Asked[]): boolean =>
  rules.reduce((sum, { when }) => sum + sizeOf(when), 0) * 2 <= mostCharacters

function fieldsOf(when: Expression): Set<string> {
  if (when.op === 'not') return fieldsOf(when.of)
  if (when.op !== 'item') return new Set(when.of.flatMap((part) => [...fieldsOf(part)]))
  return new Set([when.field, ...when.tests.flatMap(({ asks }) => (asks.is === 'field' ? [asks.other] : []))])
}

/** Holds at least (`atLeast`) or at most when the tree does. */
function narrow(when: Expression, atLeast: boolean): EventCondition {
  switch (when.op) {
    case 'not':
      return { kind: 'not', part: narrow(when.of, !atLeast) }
    case 'and':
    case 'or':
      return { kind: when.op, parts: when.of.map((part) => narrow(part, atLeast)) }
    case 'item': {
      const exact = conditionOf(when)
      if (exact.ok) return exact.value
      return { kind: 'or', parts: when.tests.map((test) => narrowTest({ field: when.field, test }, atLeast)) }
    }
  }
}

const always: EventCondition = { kind: 'and', parts: [] }
const never: EventCondition = { kind: 'or', parts: [] }

/** One test alone: where an empty value would do, a field that is not stored may be one. */
function narrowTest(question: Question, atLeast: boolean): EventCondition {
  const { field, test } = question
  const exact = asked(question)
  if (exact.ok) return exact.value
  if (!atLeast) return never
  const { asks } = test
  if (field === '') return always
  const absent: EventCondition = { kind: 'absent', field }
  if (asks.is === 'null' || isEmptyText(asks)) return absent
  if (asks.is === 'exists') return asks.wanted ? always : absent
  if (asks.is === 'field') return { kind: 'or', parts: [same(field, asks), { kind: 'absent', field: asks.other }] }
  const values = valuesOf(field, asks)
  if (!values.ok) return always
  return {
    kind: 'or',
    parts: [...values.value.map((one): EventCondition => ({ kind: 'field', field, test: one })), absent],
  }
}

/** The engine reads statements of 262,144 characters. */
const mostCharacters = 200_000
/** About how long the statement becomes: each value with the words around it. */
function sizeOf(when: Expression): number {
  if (when.op === 'not') return sizeOf(when.of)
  if (when.op !== 'item') return when.of.reduce((sum, part) => sum + sizeOf(part), 0)
  return when.tests.reduce((sum, test) => sum + test.key.length + 140, 0)
}

function conditionOf(when: Expression): Stored {
  switch (when.op) {
    case 'not': {
      const inner = conditionOf(when.of)
      return inner.ok ? ok({ kind: 'not', part: inner.value }) : inner
    }
    case 'and':
      return allOf('and', when.of.map(conditionOf))
    case 'or':
      return anyOf(when)
    case 'item':
      return anyOf({ of: [when] })
  }
}

function allOf(kind: 'and' | 'or', parts: readonly Stored[]): Stored {
  const conditions: EventCondition[] = []
  for (const part of parts) {
    if (!part.ok) return part
    conditions.push(part.value)
  }
  return ok({ kind, parts: conditions })
}

/** One test of one line. */
interface Question {
  readonly field: string
  readonly test: Test
}
const isItem = (one: Expression): one is Item => one.op === 'item'

/** Lines joined by `or` are read together: only "null or empty" together is what the store knows, since it keeps neither. */
function anyOf({ of }: { readonly of: readonly Expression[] }): Stored {
  const questions = of.filter(isItem).flatMap(({ field, tests }) => tests.map((test): Question => ({ field, test })))
  const fields = (is: (test: Test) => boolean) => questions.flatMap(({ field, test }) => (is(test) ? [field] : []))
  const empty = new Set(fields(({ asks }) => isEmptyText(asks)))
  const absent = new Set(fields(({ asks }) => asks.is === 'null').filter((field) => empty.has(field)))
  const left = questions.filter(
    ({ field, test }) => !(absent.has(field) && (test.asks.is === 'null' || isEmptyText(test.asks))),
  )
  return allOf('or', [
    ...[...absent].map((field): Stored => ok({ kind: 'absent', field })),
    ...left.map(asked),
    ...of.filter((one) => !isItem(one)).map(conditionOf),
  ])
}
const isEmptyText = (asks: Asks): boolean => asks.is === 'text' && asks.pattern.length === 0

/** A question as a condition. The store keeps no empty values, so what an empty value would answer with yes cannot be asked. */
function asked({ field, test }: Question): Stored {
  const { asks } = test
  if (asks.is === 'null') return no(`${field}: null; the store cannot tell null from an empty value`)
  if (asks.is === 'exists')
    return no(`${field}|exists; the store cannot tell a field without a value from one that is not there`)
  if (asks.is === 'field')
    return no(`${field}|fieldref; the store cannot tell two empty values from two that are not there`)
  if (test.of === 'value' && test.holds(''))
    return no(`${field || 'a keyword'} may be empty; the store keeps no empty values`)
  const values = valuesOf(field, asks)
  if (!values.ok) return values
  return ok({
    kind: 'or',
    parts: values.value.map((one) =>
      field === '' ? { kind: 'anywhere', test: one } : { kind: 'field', field, test: one },
    ),
  })
}

const same = (field: string, { other, start, end, cased }: Extract<Asks, { is: 'field' }>): EventCondition => ({
  kind: 'same',
  field,
  other,
  start,
  end,
  cased,
})

type Single = Exclude<Asks, { is: 'null' | 'exists' | 'field' }>
const signs = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

function valuesOf(field: string, asks: Single): Result<ValueCondition[], Refusal> {
  switch (asks.is) {
    case 'text':
      return textsOf(field, asks.pattern, asks.cased)
    case 'regex':
      return ok([
        { is: 'expression', expression: `(?${asks.flags}${asks.flags.includes('s') ? '' : '-s'})${asks.source}` },
      ])
    case 'cidr':
      return ok([{ is: 'network', network: networkOf(asks.range) }])
    case 'number': {
      const { relation, value, ofTime } = asks
      if (ofTime) return no(`${field} is asked for a part of its time; the store has it as a text`)
      if (typeof value === 'bigint') return no(`${field} is compared with ${value}, which is beyond 2^53`)
      return ok([{ is: 'number', compare: relation ? signs[relation] : '=', value }])
    }
  }
}

/** A single address is a network of its own. */
function networkOf(range: string): string {
  const text = range.trim()
  return text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`
}

function textsOf(field: string, pattern: Pattern, cased: boolean): Result<ValueCondition[], Refusal> {
  const found: ValueCondition[] = []
  for (const variant of pattern.includes(dash) ? dashVariants(pattern) : [pattern]) {
    const parts: (string | { w: '*' | '?' })[] = []
    for (const part of variant) {
      if (typeof part === 'string') parts.push(part)
      else if (part.w === '-') return no(`${field} has more dashes than can be written out`)
      else parts.push({ w: part.w })
    }
    found.push({ is: 'text', parts, cased })
  }
  return ok(found)
}
