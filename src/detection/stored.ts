// A rule as a question to stored events. What the store cannot answer exactly is refused with the reason.
import { no, ok, type Result } from '#kernel'
import type { EventCondition, ValueCondition } from '#telemetry'
import type { CompiledRule } from './compile.ts'
import type { Asks, Expression, Item, Test } from './sigma/rule.ts'
import { dash, dashVariants, type Pattern } from './sigma/values.ts'

/** Why a rule cannot be asked of the store. */
export type Refusal = string
type Stored = Result<EventCondition, Refusal>

/**
 * The condition that holds for exactly the stored events that the engine would match, lists apart: the store has a list as one text.
 * Fails with the reason.
 */
export function storedCondition({ when, source }: Pick<CompiledRule, 'when' | 'source'>): Stored {
  const size = sizeOf(when)
  if (size > mostCharacters) return no('its values are together longer than a statement may be')
  const held = conditionOf(when)
  return held.ok ? ok({ kind: 'and', parts: [{ kind: 'source', ...source }, held.value] }) : held
}

/**
 * A condition that holds for every stored event that the engine would match, and for others: what the store cannot be asked is left out.
 * The engine decides on what is found. Fails when even that is too long.
 */
export function narrowedCondition({ when, source }: Pick<CompiledRule, 'when' | 'source'>): Stored {
  const narrowed = narrow(when, true)
  const of: EventCondition = { kind: 'source', ...source }
  return sizeOf(when) > mostCharacters ? ok(of) : ok({ kind: 'and', parts: [of, narrowed] })
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
      return exact.ok ? exact.value : { kind: atLeast ? 'and' : 'or', parts: [] }
    }
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
  if (asks.is === 'field') return ofBoth(field, asks)
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

function ofBoth(field: string, { other, start, end, cased }: Extract<Asks, { is: 'field' }>): Stored {
  return ok({ kind: 'same', field, other, start, end, cased })
}

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
