// A checked search as a condition of ClickHouse: our own words, with every value of the search beside them as a parameter.
import type { ColumnName } from '../columns.ts'
import type { Checked, Target, Test } from './check.ts'

/** A condition and the values of its `{name:Type}` places. */
export interface Condition {
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
}

type Put = (type: 'String' | 'Float64' | 'Int64', value: string | number) => string

/** The condition of a search. Letters A to Z are compared without their case; so are other letters where the search has any. */
export function conditionOf(tree: Checked): Condition {
  const params: Record<string, unknown> = {}
  const put: Put = (type, value) => {
    const name = `q${Object.keys(params).length}`
    params[name] = value
    return `{${name}:${type}}`
  }
  return { sql: written(tree, put), params }
}

function written(node: Checked, put: Put): string {
  if (node.kind === 'not') return `(not ${written(node.part, put)})`
  if (node.kind === 'test') return `(${tested(node.target, node.test, put)})`
  if (node.parts.length === 0) return node.kind === 'and' ? '(1)' : '(0)'
  return `(${node.parts.map((part) => written(part, put)).join(` ${node.kind} `)})`
}

function tested(target: Target, test: Test, put: Put): string {
  if (target.kind === 'field') return ofField(target.name, test, put)
  if (target.type === 'list') return ofList(target.name, test, put)
  if (test.is === 'there' && target.type === 'number') return `${target.name} != 0`
  if (test.is === 'there' && target.type === 'time') return '1'
  return ofText(target.name, test, put, target.name === 'raw')
}

/** A field of the source. That it, and its value, must be there at all lets indexes pass over blocks without them. */
function ofField(name: string, test: Test, put: Put): string {
  const key = put('String', name)
  const value = `fields[${key}]`
  if (test.is === 'text' && test.text === '') return `${value} = ''`
  if (test.is === 'number') {
    const number = `toFloat64OrNull(${value})`
    return `mapContains(fields, ${key}) and ifNull(${number} ${test.compare} ${put('Float64', test.value)}, 0)`
  }
  const isExact = test.is === 'text' && !test.wild && isPlain(test.text)
  const among = isExact
    ? `has(arrayMap(v -> lower(v), mapValues(fields)), ${put('String', test.text.toLowerCase())}) and `
    : ''
  return `mapContains(fields, ${key}) and ${among}(${ofText(value, test, put, false)})`
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
    case 'text':
      return [test.text, ...(isRaw ? inJson(test.text) : [])]
        .map((text) => [...wordsIn(value, { ...test, text }, put), like(value, { ...test, text }, put)].join(' and '))
        .join(' or ')
  }
}

/** Columns whose words are indexed; a text longer than one word is found by its words first. */
const worded = new Set(['raw', 'message'])
const mostWords = 4
const shortestWord = 4

/** That the longest words of a text are there at all, each by the index: it knows words, and not what stands between them. */
function wordsIn(value: string, { text, whole }: Extract<Test, { is: 'text' }>, put: Put): string[] {
  if (!worded.has(value) || whole || !isPlain(text) || /^[a-z0-9]*$/i.test(text)) return []
  return [...new Set(text.toLowerCase().match(/[a-z0-9]+/g))]
    .filter((word) => word.length >= shortestWord)
    .sort((a, b) => b.length - a.length)
    .slice(0, mostWords)
    .map((word) => `lower(${value}) like ${put('String', `%${word}%`)}`)
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
