// What may follow a filter behind `|`: each pipe as a noun, read from its words.
import { didYouMean } from '#platform'
import { lengthOf } from './moment.ts'
import { type FieldName, parseTokens, type Tree } from './parse.ts'
import { type SortKey, Words } from './pipe-reader.ts'
import { tokensOf, wrongAt } from './tokens.ts'
import { pipePlaces, wordsOf } from './words.ts'

export const aggregates = ['count', 'sum', 'avg', 'min', 'max', 'dc', 'values', 'first', 'last', 'p'] as const
export type AggregateName = (typeof aggregates)[number]

/** One computed column. `level`: of a percentile, 1 to 99. Without a field: `count` counts all, `first` and `last` are times. */
export interface Aggregate {
  readonly name: AggregateName
  readonly level: number
  readonly field: FieldName | undefined
  /** As it is called in the answer. */
  readonly title: string
  readonly at: number
}

export type Pipe =
  | {
      readonly kind: 'stats'
      readonly made: readonly Aggregate[]
      readonly by: readonly FieldName[]
      readonly byCount: boolean
    }
  | {
      readonly kind: 'top' | 'rare'
      readonly most: number
      readonly field: FieldName
      readonly by: readonly FieldName[]
    }
  /** `span` in milliseconds; absent: about sixty steps. */
  | {
      readonly kind: 'timechart'
      readonly made: Aggregate
      readonly by: FieldName | undefined
      readonly span: number | undefined
      readonly at: number
    }
  | { readonly kind: 'dedupe'; readonly by: readonly FieldName[] }
  | {
      readonly kind: 'transaction'
      readonly by: readonly FieldName[]
      readonly maxspan: number | undefined
      readonly maxpause: number | undefined
      readonly at: number
    }
  | { readonly kind: 'where'; readonly tree: Tree }
  | { readonly kind: 'sort'; readonly keys: readonly SortKey[] }
  | { readonly kind: 'head'; readonly most: number }
  | { readonly kind: 'fields'; readonly fields: readonly FieldName[] }

export const mostPipes = 20
export const mostNames = 20
export const mostRows = 10_000

type Read = (words: Words) => Pipe

/** How each pipe is read. `where` is a filter and read apart. */
const pipes: Readonly<Record<string, Read>> = {
  count: (words) => ({ kind: 'stats', made: [countAll(words.began)], by: words.by(mostNames), byCount: true }),
  stats: (words) => {
    const made = [aggregate(words)]
    while (words.took(',')) made.push(aggregate(words))
    const two = made.find(({ title }, at) => made.findIndex((one) => one.title === title) !== at)
    if (two) throw wrongAt(`${two.title} is asked for twice`, two.at)
    return { kind: 'stats', made, by: words.by(mostNames), byCount: false }
  },
  top: (words) => ranked('top', words),
  rare: (words) => ranked('rare', words),
  timechart: (words) => {
    const at = words.began
    const span = words.took('span') ? span_(words) : undefined
    const made = words.isDone || words.isNext('by') ? countAll(at) : aggregate(words)
    const [by, second] = words.by(2)
    if (second) throw wrongAt('a timechart is split by one field', second.at)
    return { kind: 'timechart', made, by, span, at }
  },
  dedupe: (words) => ({ kind: 'dedupe', by: words.names(mostNames) }),
  transaction: (words) => {
    const at = words.began
    const by = words.by(mostNames)
    if (by.length === 0) throw wrongAt('a transaction needs by and a field, as in transaction by user', words.place)
    const spans: { maxspan: number | undefined; maxpause: number | undefined } = {
      maxspan: undefined,
      maxpause: undefined,
    }
    for (const name of ['maxspan', 'maxpause', 'maxspan'] as const) if (words.took(name)) spans[name] = span_(words)
    return { kind: 'transaction', by, ...spans, at }
  },
  sort: (words) => ({ kind: 'sort', keys: words.sortKeys(mostNames) }),
  head: (words) => ({ kind: 'head', most: words.isDone ? 10 : words.number(1, mostRows) }),
  fields: (words) => ({ kind: 'fields', fields: words.names(50) }),
}
const otherNames: Readonly<Record<string, string>> = { limit: 'head', table: 'fields', dedup: 'dedupe' }
const pipeNames = [...Object.keys(pipes), ...Object.keys(otherNames), 'where']

const countAll = (at: number): Aggregate => ({ name: 'count', level: 0, field: undefined, title: 'count', at })

function ranked(kind: 'top' | 'rare', words: Words): Pipe {
  const most = words.isNumber ? words.number(1, 1_000) : 10
  const field = words.name()
  return { kind, most, field, by: words.by(mostNames) }
}

function span_(words: Words): number {
  words.took('=')
  const { text, at } = words.any('a length of time such as 5m')
  const length = lengthOf(text)
  if (length === undefined) throw wrongAt(`${text} is no length of time such as 30s, 5m, 24h or 7d`, at)
  return length
}

const needsField = new Set<AggregateName>(['sum', 'avg', 'min', 'max', 'dc', 'values', 'p'])

/** `count`, `sum(bytes)`, `p95(duration)`. */
function aggregate(words: Words): Aggregate {
  const { text, at } = words.any('count, sum(field), avg, min, max, dc, values, first, last or p95')
  const [, level] = /^p([1-9]\d?)$/.exec(text) ?? []
  const name = level === undefined ? aggregates.find((one) => one === text && one !== 'p') : 'p'
  if (!name) {
    const known = [...aggregates.filter((one) => one !== 'p'), 'p50', 'p95', 'p99']
    throw wrongAt(`${text} computes nothing; ${didYouMean(text, known) ?? `there are ${known.join(', ')}`}`, at)
  }
  const field = words.took('(') ? inner(words) : undefined
  if (!field && needsField.has(name)) throw wrongAt(`${text} needs a field, as in ${text}(dst_port)`, at)
  const title = words.took('as') ? words.name().name : field ? `${text}(${field.name})` : text
  return { name, level: Number(level ?? 0), field, title, at }
}

function inner(words: Words): FieldName | undefined {
  const field = words.isNext(')') ? undefined : words.name()
  if (!words.took(')')) throw wrongAt('a ) is missing', words.place)
  return field
}

/** A search cut into its filter and its pipes. */
export interface Piped {
  readonly tree: Tree
  readonly pipes: readonly Pipe[]
}

/** Reads a whole search. Throws Fault INPUT_INVALID whose text ends in the place. */
export function parseHunt(text: string): Piped {
  const tokens = tokensOf(text)
  const places = pipePlaces(text)
  if (places.length > mostPipes) throw wrongAt(`more than ${mostPipes} pipes`, places[mostPipes] ?? 0)
  const filterOf = (from: number, until: number): Tree =>
    parseTokens(
      tokens.filter(({ at }) => at >= from && at < until),
      until,
    )
  const [end = text.length] = places
  const read = places
    .slice(0, -1)
    .map((place, index) => pipeOf(text, { place, until: places[index + 1] ?? 0 }, filterOf))
  return { tree: filterOf(0, end), pipes: read }
}

interface Stretch {
  readonly place: number
  readonly until: number
}

function pipeOf(text: string, { place, until }: Stretch, filterOf: (from: number, until: number) => Tree): Pipe {
  const opening = /\s*([A-Za-z_]+)/y
  opening.lastIndex = place + 1
  const found = opening.exec(text.slice(0, until))
  const [all = '', name = ''] = found ?? []
  const at = place + 1 + all.length - name.length
  if (name === '') throw wrongAt(`what is to be done is missing behind |, such as ${pipeNames.join(', ')}`, place + 1)
  const from = at + name.length
  const known = otherNames[name] ?? name
  if (known === 'where') {
    if (text.slice(from, until).trim() === '') throw wrongAt('where needs a filter, as in where count>5', from)
    return { kind: 'where', tree: filterOf(from, until) }
  }
  const read = Object.hasOwn(pipes, known) ? pipes[known] : undefined
  if (!read) throw wrongAt(unknownPipe(name), at)
  const words = new Words(wordsOf(text, from, until), at, until)
  const pipe = read(words)
  words.mustEnd()
  return pipe
}

const unknownPipe = (name: string): string =>
  name === 'eval'
    ? 'there is no eval: nothing is computed but what stats computes'
    : `there is no pipe ${name}; ${didYouMean(name, pipeNames) ?? `there are ${pipeNames.join(', ')}`}`
