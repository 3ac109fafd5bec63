// Conditions that other rooms make, such as those of detection rules, as a condition of the events table.
import { isPromoted, promoted } from '../columns.ts'
import { type GroupField, groupKeySql, groupSql } from './groups.ts'
import { likePattern, type Put } from './sql.ts'

/** A question about a value: a text with wildcards, an expression of RE2, a range of addresses, a number. */
export type ValueCondition =
  /** The whole value; `*` any text, `?` one character. Not `cased`: letters in either case. */
  | { readonly is: 'text'; readonly parts: readonly (string | { readonly w: '*' | '?' })[]; readonly cased: boolean }
  /** Found anywhere in the value; flags stand in the expression. `.` is no end of a line unless it says so. */
  | { readonly is: 'expression'; readonly expression: string }
  | { readonly is: 'network'; readonly network: string }
  | { readonly is: 'number'; readonly compare: '<' | '<=' | '>' | '>=' | '='; readonly value: number }

/** What is asked of stored events. A field with several values holds a test when one of them does; fields without a value are not stored. */
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
  /** The event has no such field, or one without a value, or several of which one is none. */
  | { readonly kind: 'absent'; readonly field: string }
  /** Stored before lists were kept, and one of these fields may hold one (the empty name: any field); without fields, any such event. */
  | { readonly kind: 'doubtful'; readonly fields?: readonly string[] | undefined }
  /** Events of these groups, by the keys that `moments` answers. */
  | { readonly kind: 'group'; readonly group: readonly GroupField[]; readonly keys: readonly number[] }
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

/**
 * The events in two halves, each asked apart: those whose fields have one value each, where indexes serve, and the few with lists. Of events that
 * were stored before lists were kept it is not known; they are asked as if they had none.
 */
export const halves = {
  one: "(empty(lists) or mapContains(lists, '?'))",
  lists: "(notEmpty(lists) and not mapContains(lists, '?'))",
} as const
export type Half = keyof typeof halves
export const halfNames = ['one', 'lists'] as const satisfies readonly Half[]

/** A condition of one half of the events, in a statement whose values `put` takes. */
export function writtenCondition(node: EventCondition, put: Put, half: Half): string {
  if (isOfValues(node)) return half === 'one' ? ofOne(node, put) : ofLists(node, put)
  switch (node.kind) {
    case 'and':
    case 'or':
      if (node.parts.length === 0) return node.kind === 'and' ? '(1)' : '(0)'
      return `(${node.parts.map((part) => writtenCondition(part, put, half)).join(` ${node.kind} `)})`
    case 'not':
      return `(not ${writtenCondition(node.part, put, half)})`
    case 'source':
      return ofSource(node, put)
    case 'group':
      return `(${groupKeySql(groupSql(node.group, put))} in ${put('Array(UInt64)', node.keys)})`
    case 'doubtful':
      return ofDoubtful(node.fields, put)
  }
}

/** What is asked of values. */
type OfValues = Extract<EventCondition, { kind: 'absent' | 'field' | 'anywhere' | 'same' }>
const ofValues: readonly EventCondition['kind'][] = ['absent', 'field', 'anywhere', 'same']
const isOfValues = (node: EventCondition): node is OfValues => ofValues.includes(node.kind)

/** Of events whose fields have one value each. */
function ofOne(node: OfValues, put: Put): string {
  switch (node.kind) {
    case 'absent':
      return `(not mapContains(fields, ${put('String', node.field)}))`
    case 'field':
      return `(${ofField(node.field, node.test, put)})`
    case 'anywhere':
      return `(${tested('raw', node.test, put)} or arrayExists(x -> ${tested('x', node.test, put)}, mapValues(fields)))`
    case 'same':
      return ofBoth(node, put)
  }
}

/** Of events with lists: each of their values is looked at. */
function ofLists(node: OfValues, put: Put): string {
  switch (node.kind) {
    case 'absent': {
      const key = put('String', node.field)
      return `(not mapContains(fields, ${key}) or has(lists[${key}], ''))`
    }
    case 'field':
      return ofMembers(node.field, node.test, put)
    case 'anywhere':
      return ofAnyMember(node.test, put)
    case 'same':
      return ofAnyTwo(node, put)
  }
}

/** What divides the values of a list where it is one text. */
const joint = "', '"
function ofDoubtful(fields: readonly string[] | undefined, put: Put): string {
  const unknown = "mapContains(lists, '?')"
  if (!fields) return `(${unknown})`
  if (fields.includes('')) return `(${unknown} and arrayExists(x -> position(x, ${joint}) > 0, mapValues(fields)))`
  const any = fields.map((field) => `position(fields[${put('String', field)}], ${joint}) > 0`)
  return any.length === 0 ? '(0)' : `(${unknown} and (${any.join(' or ')}))`
}

function ofAnyMember(test: ValueCondition, put: Put): string {
  const holds = tested('x', test, put)
  const single = 'mapValues(mapFilter((name, value) -> not mapContains(lists, name), fields))'
  const members = 'arrayFlatten(mapValues(lists))'
  return `(${tested('raw', test, put)} or arrayExists(x -> ${holds}, ${single}) or arrayExists(x -> ${holds}, ${members}))`
}

function ofMembers(field: string, test: ValueCondition, put: Put): string {
  const key = put('String', field)
  const one = `mapContains(fields, ${key}) and ${tested(`fields[${key}]`, test, put)}`
  return `if(mapContains(lists, ${key}), arrayExists(x -> ${tested('x', test, put)}, lists[${key}]), ${one})`
}

function ofAnyTwo(node: Extract<EventCondition, { kind: 'same' }>, put: Put): string {
  const values = (field: string): string => {
    const key = put('String', field)
    return `if(mapContains(lists, ${key}), lists[${key}], if(mapContains(fields, ${key}), [toString(fields[${key}])], []))`
  }
  const text = (name: string): string => (node.cased ? name : `lowerUTF8(${name})`)
  const holds = compared(text('x'), text('y'), node)
  return `(arrayExists(x -> arrayExists(y -> ${holds}, ${values(node.other)}), ${values(node.field)}))`
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

function ofBoth(node: Extract<EventCondition, { kind: 'same' }>, put: Put): string {
  const [a, b] = [put('String', node.field), put('String', node.other)]
  const text = (key: string): string => (node.cased ? `fields[${key}]` : `lowerUTF8(fields[${key}])`)
  return `(mapContains(fields, ${a}) and mapContains(fields, ${b}) and ${compared(text(a), text(b), node)})`
}

function compared(a: string, b: string, { start, end }: { readonly start: boolean; readonly end: boolean }): string {
  if (start && end) return `${a} = ${b}`
  if (start) return `startsWith(${a}, ${b})`
  return end ? `endsWith(${a}, ${b})` : `position(${a}, ${b}) > 0`
}
