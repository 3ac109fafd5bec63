// Conditions that other rooms make, such as those of detection rules, as a condition of the events table.
import { isPromoted, promoted } from '../columns.ts'
import { binder, type Condition, likePattern, type Put } from './sql.ts'

/** A question about a value: a text with wildcards, an expression of RE2, a range of addresses, a number. */
export type ValueCondition =
  /** The whole value; `*` any text, `?` one character. Not `cased`: letters in either case. */
  | { readonly is: 'text'; readonly parts: readonly (string | { readonly w: '*' | '?' })[]; readonly cased: boolean }
  /** Found anywhere in the value; flags stand in the expression. `.` is no end of a line unless it says so. */
  | { readonly is: 'expression'; readonly expression: string }
  | { readonly is: 'network'; readonly network: string }
  | { readonly is: 'number'; readonly compare: '<' | '<=' | '>' | '>=' | '='; readonly value: number }

/** What is asked of stored events. Lists are stored as one text, their items joined by `, `; fields without a value are not stored. */
export type EventCondition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly EventCondition[] }
  | { readonly kind: 'not'; readonly part: EventCondition }
  /** The log source; what is left out may be anything. */
  | {
      readonly kind: 'source'
      readonly product?: string | undefined
      readonly service?: string | undefined
      readonly category?: string | undefined
    }
  | { readonly kind: 'field'; readonly field: string; readonly test: ValueCondition }
  /** The event has no such field, or one without a value. */
  | { readonly kind: 'absent'; readonly field: string }
  /** The record as it came in, or any field. */
  | { readonly kind: 'anywhere'; readonly test: ValueCondition }
  /** Two fields whose texts are the same, or where one stands within the other, at its start or end when anchored. */
  | {
      readonly kind: 'same'
      readonly field: string
      readonly other: string
      readonly start: boolean
      readonly end: boolean
      readonly cased: boolean
    }

export function eventCondition(condition: EventCondition): Condition {
  const { params, put } = binder()
  return { sql: writtenCondition(condition, put), params }
}

/** The condition in a statement whose values `put` takes. */
export function writtenCondition(node: EventCondition, put: Put): string {
  switch (node.kind) {
    case 'and':
    case 'or':
      if (node.parts.length === 0) return node.kind === 'and' ? '(1)' : '(0)'
      return `(${node.parts.map((part) => writtenCondition(part, put)).join(` ${node.kind} `)})`
    case 'not':
      return `(not ${writtenCondition(node.part, put)})`
    case 'source':
      return ofSource(node, put)
    case 'field':
      return `(${ofField(node.field, node.test, put)})`
    case 'absent':
      return `(not mapContains(fields, ${put('String', node.field)}))`
    case 'anywhere':
      return `(${tested('raw', node.test, put)} or arrayExists(x -> ${tested('x', node.test, put)}, mapValues(fields)))`
    case 'same':
      return ofBoth(node, put)
  }
}

function ofSource({ product, service, category }: Extract<EventCondition, { kind: 'source' }>, put: Put): string {
  const all = [
    ...(product === undefined ? [] : [`product = ${put('String', product)}`]),
    ...(service === undefined ? [] : [`service = ${put('String', service)}`]),
    ...(category === undefined ? [] : [`has(categories, ${put('String', category)})`]),
  ]
  return all.length === 0 ? '(1)' : `(${all.join(' and ')})`
}

/** That the field, and a whole value, must be there at all lets indexes pass over blocks without them. */
function ofField(name: string, test: ValueCondition, put: Put): string {
  if (isPromoted(name)) return `${promoted[name]} != '' and ${tested(promoted[name], test, put)}`
  const key = put('String', name)
  const text = wholeText(test)
  const among =
    text === undefined
      ? ''
      : `has(arrayMap(v -> lower(v), mapValues(fields)), ${put('String', text.toLowerCase())}) and `
  return `mapContains(fields, ${key}) and ${among}${tested(`fields[${key}]`, test, put)}`
}

/** The text of a test that is without wildcards and plain enough for lower(). */
function wholeText(test: ValueCondition): string | undefined {
  if (test.is !== 'text' || test.parts.length > 1) return undefined
  const [only] = test.parts
  return typeof only === 'string' && isAscii(only) ? only : undefined
}
// oxlint-disable-next-line no-control-regex
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text)

function tested(value: string, test: ValueCondition, put: Put): string {
  switch (test.is) {
    case 'text':
      return ofText(value, test, put)
    case 'expression':
      return `match(${value}, ${put('String', test.expression)})`
    case 'network': {
      const isAddress = `(isIPv4String(${value}) or isIPv6String(${value}))`
      return `${isAddress} and isIPAddressInRange(if(${isAddress}, toString(${value}), '0.0.0.0'), ${put('String', test.network)})`
    }
    case 'number': {
      const number = `toFloat64OrNull(${value})`
      return `ifNull(isFinite(${number}) and ${number} ${test.compare} ${put('Float64', test.value)}, 0)`
    }
  }
}

function ofText(value: string, { parts, cased }: Extract<ValueCondition, { is: 'text' }>, put: Put): string {
  const isWild = parts.some((part) => typeof part !== 'string')
  const pattern = parts
    .map((part) => (typeof part === 'string' ? likeText(part, isWild) : part.w === '*' ? '%' : '_'))
    .join('')
  const operator = isWild ? 'like' : '='
  if (cased) return `${value} ${operator} ${put('String', pattern)}`
  if (isAscii(pattern)) return `lower(${value}) ${operator} ${put('String', pattern.toLowerCase())}`
  return `lowerUTF8(${value}) ${operator} lowerUTF8(${put('String', pattern)})`
}
const likeText = (text: string, isWild: boolean): string => (isWild ? likePattern(text, false, true) : text)

function ofBoth({ field, other, start, end, cased }: Extract<EventCondition, { kind: 'same' }>, put: Put): string {
  const [a, b] = [put('String', field), put('String', other)]
  const text = (key: string): string => (cased ? `fields[${key}]` : `lowerUTF8(fields[${key}])`)
  const there = `mapContains(fields, ${a}) and mapContains(fields, ${b})`
  if (start && end) return `(${there} and ${text(a)} = ${text(b)})`
  if (start) return `(${there} and startsWith(${text(a)}, ${text(b)}))`
  if (end) return `(${there} and endsWith(${text(a)}, ${text(b)}))`
  return `(${there} and position(${text(a)}, ${text(b)}) > 0)`
}
