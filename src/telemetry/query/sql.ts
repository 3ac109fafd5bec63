// A checked search as a condition of ClickHouse: our own words, with every value of the search beside them as a parameter.
import { type ColumnName, isPromoted, promoted, wordsSql } from '../columns.ts'
import type { Checked, Test } from './check.ts'
import type { Target } from './resolve.ts'

/** A condition and the values of its `{name:Type}` places. */
export interface Condition {
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
}

type ValueType = 'String' | 'Float64' | 'Int64' | 'UInt32' | 'Array(UInt64)'
/** Takes a value and answers the place that stands for it. */
export type Put = (type: ValueType, value: string | number | readonly number[]) => string

/** Values of one statement: `params` grows as `put` takes them; the same value is taken once. */
export function binder(given: Readonly<Record<string, unknown>> = {}): {
  readonly params: Record<string, unknown>
  readonly put: Put
} {
  const params: Record<string, unknown> = { ...given }
  const places = new Map<string, string>()
  let next = Object.keys(given).length
  const put: Put = (type, value) => {
    const key = `${type} ${String(value)}`
    const known = places.get(key)
    if (known !== undefined) return known
    const name = `q${next++}`
    params[name] = value
    const place = `{${name}:${type}}`
    places.set(key, place)
    return place
  }
  return { params, put }
}

/** The condition of a search. Letters A to Z are compared without their case; so are other letters where the search has any. */
export function conditionOf(tree: Checked): Condition {
  const { params, put } = binder()
  return { sql: written(tree, put), params }
}

/** A condition in a statement whose values `put` takes. */
export function written(node: Checked, put: Put): string {
  if (node.kind === 'not') return `(not ${written(node.part, put)})`
  if (node.kind === 'test') return `(${tested(node.target, node.test, put)})`
  if (node.parts.length === 0) return node.kind === 'and' ? '(1)' : '(0)'
  return `(${node.parts.map((part) => written(part, put)).join(` ${node.kind} `)})`
}

function tested(target: Target, test: Test, put: Put): string {
  if (target.kind === 'result') return ofResult(target, test, put)
  if (target.kind === 'values') return ofValues(target.of, test, put)
  if (target.kind !== 'column') return ofField(target, test, put)
  if (target.type === 'list') return ofList(target.name, test, put)
  if (test.is === 'there' && target.type === 'number') return `${target.name} != 0`
  if (test.is === 'there' && target.type === 'time') return '1'
  return ofText(target.name, test, put, target.name === 'raw')
}

/** Results may be null, which is like nothing and no number. Times of results are whole milliseconds. */
function ofResult({ sql: name, type }: Extract<Target, { kind: 'result' }>, test: Test, put: Put): string {
  if (test.is === 'there') return type === 'text' ? `${name} != ''` : `isNotNull(${name})`
  if (test.is === 'number' || test.is === 'time') {
    const number = type === 'text' ? finite(name) : name
    return `ifNull(${number} ${test.compare} ${put('Float64', test.value)}, 0)`
  }
  return `ifNull(${ofText(name, test, put, false)}, 0)`
}

/** A text as a number, null for what is none and for what has no end. */
export const finite = (text: string): string => `if(isFinite(toFloat64OrNull(${text})), toFloat64OrNull(${text}), null)`

/** Any value of the source's fields, or of what is known beyond the record. */
function ofValues(map: 'fields' | 'enriched', test: Test, put: Put): string {
  if (test.is === 'text' && test.text !== '' && !test.wild && isPlain(test.text)) return among(map, test.text, put)
  return `arrayExists(x -> ${ofText('x', test, put, false)}, mapValues(${map}))`
}
const among = (map: 'fields' | 'enriched', text: string, put: Put): string =>
  `has(arrayMap(v -> lower(v), mapValues(${map})), ${put('String', text.toLowerCase())})`

/** A field of the source or a name beyond it. That it, and its value, must be there at all lets indexes pass over blocks without them. */
function ofField({ kind, name }: { kind: 'field' | 'enriched'; name: string }, test: Test, put: Put): string {
  if (kind === 'field' && isPromoted(name)) return ofPromoted(promoted[name], test, put)
  const map = kind === 'field' ? 'fields' : 'enriched'
  const key = put('String', name)
  const value = `${map}[${key}]`
  if (test.is === 'text' && test.text === '') return `${value} = ''`
  if (test.is === 'number') {
    const number = `toFloat64OrNull(${value})`
    return `mapContains(${map}, ${key}) and ifNull(${number} ${test.compare} ${put('Float64', test.value)}, 0)`
  }
  const isExact = test.is === 'text' && !test.wild && isPlain(test.text)
  const first = isExact ? `${among(map, test.text, put)} and ` : ''
  return `mapContains(${map}, ${key}) and ${first}(${ofText(value, test, put, false)})`
}

/** A field that the engine keeps in a column of its own, empty where an event does not have it. */
function ofPromoted(value: string, test: Test, put: Put): string {
  if (test.is === 'text' && test.text === '') return `${value} = ''`
  if (test.is === 'number') return `ifNull(toFloat64OrNull(${value}) ${test.compare} ${put('Float64', test.value)}, 0)`
  return `${value} != '' and (${ofText(value, test, put, false)})`
}

function ofList(name: ColumnName, test: Test, put: Put): string {
  if (test.is === 'there') return `notEmpty(${name})`
  if (test.is === 'text' && test.text === '') return `empty(${name})`
  return `arrayExists(x -> ${ofText('x', test, put, false)}, ${name})`
}

function ofText(value: string, test: Test, put: Put, isRaw: boolean): string {
  switch (test.is) {
    case 'there':
      return `${value} != ''`
    case 'number':
      return `${value} ${test.compare} ${put('Float64', test.value)}`
    case 'time':
      return `${value} ${test.compare} fromUnixTimestamp64Milli(${put('Int64', test.value)}, 'UTC')`
    case 'network':
      return inNetwork(value, put('String', test.network))
    case 'pattern':
      return `match(${value}, ${put('String', `(?is)${test.pattern}`)})`
    case 'text':
      return [test.text, ...(isRaw ? inJson(test.text) : [])]
        .map((text) => [...wordsIn(value, { ...test, text }, put), like(value, { ...test, text }, put)].join(' and '))
        .join(' or ')
  }
}

/** Columns whose words are indexed together: a text in one of them is found by its words first. */
const worded = new Set(['raw', 'message'])
const mostWords = 4
const shortestWord = 4

/** That the longest words of a text are there at all, each by the index: it knows words, and not what stands between them. */
function wordsIn(value: string, { text, whole }: Extract<Test, { is: 'text' }>, put: Put): string[] {
  if (!worded.has(value) || whole || !isPlain(text)) return []
  return [...new Set(text.toLowerCase().match(/[a-z0-9]+/g))]
    .filter((word) => word.length >= shortestWord || word.length === text.length)
    .sort((a, b) => b.length - a.length)
    .slice(0, mostWords)
    .map((word) => `${wordsSql} like ${put('String', `%${word}%`)}`)
}

/** What is no address is in no network; the engine would refuse to look at it. */
function inNetwork(value: string, network: string): string {
  const isAddress = `(isIPv4String(${value}) or isIPv6String(${value}))`
  return `${isAddress} and isIPAddressInRange(if(${isAddress}, toString(${value}), '0.0.0.0'), ${network})`
}

/** In a raw record that is JSON, a text stands as JSON writes it: `C:\\Windows`. */
export function inJson(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1)
  return json === text ? [] : [json]
}

/** Only ASCII: then the engine's fast lower() and the indexes on it serve. */
// oxlint-disable-next-line no-control-regex
const isPlain = (text: string): boolean => /^[\0-\x7f]*$/.test(text)

/** The text as a pattern of LIKE, in which `%`, `_` and `\` of the text itself stand behind a `\`. */
export function likePattern(text: string, wild: boolean, whole: boolean): string {
  const pattern = text.replace(/[\\%_*?]/g, (letter) => {
    if (letter === '*') return wild ? '%' : '*'
    if (letter === '?') return wild ? '_' : '?'
    return `\\${letter}`
  })
  return whole ? pattern : `%${pattern}%`
}

function like(value: string, { text, wild, whole }: Extract<Test, { is: 'text' }>, put: Put): string {
  if (text === '') return whole ? `${value} = ''` : '1'
  const isExact = whole && !wild
  const wanted = isExact ? text : likePattern(text, wild, whole)
  const operator = isExact ? '=' : 'like'
  if (isPlain(wanted)) return `lower(${value}) ${operator} ${put('String', wanted.toLowerCase())}`
  return `lowerUTF8(${value}) ${operator} lowerUTF8(${put('String', wanted)})`
}
