// Pipes as statements: each takes a relation and answers the next.
import { never } from '#kernel'
import { wrongAt } from './tokens.ts'
import type { Aggregate, Pipe } from './pipes.ts'
import { cut, filtered, type Making, type Order, type Relation, selectFrom, valuesOf } from './relation.ts'
import type { ResultColumn, ResultType } from './resolve.ts'
import type { Value, ValueOf } from './values.ts'

type Of<Kind extends Pipe['kind']> = Extract<Pipe, { kind: Kind }>
/** Values of one field that are told in one cell. */
export const mostValues = 100

/** The relation behind a pipe. A timechart ends a search and is made apart. Throws Fault INPUT_INVALID with the place. */
export function make(pipe: Exclude<Pipe, { kind: 'timechart' }>, relation: Relation, making: Making): Relation {
  switch (pipe.kind) {
    case 'where':
      return filtered(relation, pipe.tree, making)
    case 'stats':
      return stats(pipe, relation, making)
    case 'top':
    case 'rare':
      return ranked(pipe, relation, making)
    case 'dedupe':
      return cut(relation, `limit 1 by ${pipe.by.map((name) => valuesOf(relation, making)(name).sql).join(', ')}`)
    case 'head':
      return cut(relation, `limit ${making.put('UInt32', pipe.most)}`)
    case 'sort':
      return sorted(pipe, relation, making)
    case 'fields':
      return fields(pipe, relation, making)
    case 'transaction':
      return transaction(pipe, relation, making)
    default:
      return never(pipe)
  }
}

/** A column of the next relation and the expression that makes it. */
interface Made extends ResultColumn {
  readonly from: string
}
const madeOf = (name: string, type: ResultType, from: string, making: Making): Made => ({
  name,
  type,
  from,
  sql: making.fresh(),
})
const listOf = (all: readonly Made[]): string => all.map(({ from, sql }) => `${from} as ${sql}`).join(', ')
const upwards = (all: readonly ResultColumn[]): Order[] => all.map(({ sql }) => ({ sql, down: false }))
const groupedBy = (keys: readonly Made[]): string =>
  keys.length === 0 ? '' : ` group by ${keys.map(({ sql }) => sql).join(', ')}`

const keysOf = (names: readonly { name: string; at: number }[], of: ValueOf, making: Making): Made[] =>
  names.map((field) => {
    const { sql, type } = of(field)
    return madeOf(field.name, type, sql, making)
  })

function stats({ made, by, byCount }: Of<'stats'>, relation: Relation, making: Making): Relation {
  const of = valuesOf(relation, making)
  const keys = keysOf(by, of, making)
  const computed = made.map((one) => {
    const { sql, type } = aggregateOf(one, of, { made: relation.made })
    return madeOf(one.title, type, sql, making)
  })
  const all = [...keys, ...computed]
  const two = by.find(({ name }) => made.some(({ title }) => title === name))
  if (two) throw wrongAt(`${two.name} is the name of two columns; call one otherwise with as`, two.at)
  const order = byCount ? [...computed.map(({ sql }) => ({ sql, down: true })), ...upwards(keys)] : upwards(keys)
  const source = `(${selectFrom(relation, listOf(all))}${groupedBy(keys)})`
  return { made: all, source, where: [], order: order.length > 0 ? order : upwards(all.slice(0, 1)) }
}

/** An expression over the rows of a group, and its type. */
export function aggregateOf(
  { name, level, field, title, at }: Aggregate,
  of: ValueOf,
  relation: Pick<Relation, 'made'>,
): { readonly sql: string; readonly type: ResultType } {
  if (name === 'first' || name === 'last')
    return endOf(name, field && of(field), { isEvents: !relation.made, title, at })
  if (!field) return { sql: 'count()', type: 'number' }
  const value = of(field)
  const { sql, type, present, number } = value
  switch (name) {
    case 'count':
      return { sql: `countIf(${present})`, type: 'number' }
    case 'dc':
      return { sql: `uniqExactIf(${sql}, ${present})`, type: 'number' }
    case 'values':
      return { sql: valuesText(value), type: 'text' }
    case 'sum':
      return { sql: `sum(toNullable(toFloat64(${number})))`, type: 'number' }
    case 'avg':
      return { sql: `avg(toNullable(toFloat64(${number})))`, type: 'number' }
    case 'p':
      return { sql: `quantileExact(${(level / 100).toFixed(2)})(toNullable(toFloat64(${number})))`, type: 'number' }
    case 'min':
    case 'max':
      return type === 'time'
        ? { sql: `${name}(toNullable(${sql}))`, type }
        : { sql: `${name}(toNullable(toFloat64(${number})))`, type: 'number' }
    default:
      return never(name)
  }
}

/** Different values in order, joined by commas. */
function valuesText({ sql, present, type }: Value): string {
  const found = `arraySort(groupUniqArrayIf(${mostValues})(${type === 'text' ? sql : `assumeNotNull(${sql})`}, ${present}))`
  return `arrayStringConcat(${type === 'text' ? found : `arrayMap(x -> toString(x), ${found})`}, ', ')`
}

/** The time of the first or last event, or what a field had then. */
function endOf(
  name: 'first' | 'last',
  value: Value | undefined,
  { isEvents, title, at }: { isEvents: boolean; title: string; at: number },
): { sql: string; type: ResultType } {
  if (!isEvents) throw wrongAt(`${title} is for events; what a pipe has made has no time`, at)
  const first = name === 'first'
  if (!value) return { sql: `toUnixTimestamp64Milli(${first ? 'min' : 'max'}(time))`, type: 'time' }
  return { sql: `${first ? 'argMinIf' : 'argMaxIf'}(${value.sql}, (time, seq), ${value.present})`, type: value.type }
}

function ranked({ kind, most, field, by }: Of<'top' | 'rare'>, relation: Relation, making: Making): Relation {
  const of = valuesOf(relation, making)
  const value = of(field)
  const keys = keysOf(by, of, making)
  const ranked = madeOf(field.name, value.type, value.sql, making)
  const two = [...by, { name: 'count', at: field.at }].find(({ name }) => name === field.name)
  if (two) throw wrongAt(`${two.name} is the name of two columns`, two.at)
  const count = madeOf('count', 'number', 'count()', making)
  const grouped = `${selectFrom({ ...relation, where: [...relation.where, value.present] }, listOf([...keys, ranked, count]))}${groupedBy([...keys, ranked])}`
  const within = keys.map(({ sql }) => sql).join(', ')
  const percent = madeOf(
    'percent',
    'number',
    `round(100 * ${count.sql} / sum(${count.sql}) over (${within && `partition by ${within}`}), 2)`,
    making,
  )
  const all = [...keys, ranked, count]
  const order = [...upwards(keys), { sql: count.sql, down: kind === 'top' }, ...upwards([ranked])]
  const withPercent = `select ${[...all.map(({ sql }) => sql), listOf([percent])].join(', ')} from (${grouped})`
  return cut(
    { made: [...all, percent], source: `(${withPercent})`, where: [], order },
    `limit ${making.put('UInt32', most)}${within && ` by ${within}`}`,
  )
}

function sorted({ keys }: Of<'sort'>, relation: Relation, making: Making): Relation {
  const of = valuesOf(relation, making)
  return { ...relation, order: [...keys.map(({ field, down }) => ({ sql: of(field).sql, down })), ...relation.order] }
}

/** Chosen columns; what the order needs goes along under names of its own. */
function fields({ fields: names }: Of<'fields'>, relation: Relation, making: Making): Relation {
  const made = keysOf(names, valuesOf(relation, making), making)
  const order = relation.order.map(({ sql, down }) => ({ from: sql, sql: making.fresh(), down }))
  const list = [...made, ...order].map(({ from, sql }) => `${from} as ${sql}`).join(', ')
  return {
    made,
    source: `(${selectFrom(relation, list)})`,
    where: [],
    order: order.map(({ sql, down }) => ({ sql, down })),
  }
}

/**
 * Events of the same keys as sequences. A pause longer than `maxpause` ends one; one that lasts longer than `maxspan` is cut at every
 * `maxspan` from its beginning. Events without one of the keys are in none.
 */
function transaction({ by, maxspan, maxpause, at }: Of<'transaction'>, relation: Relation, making: Making): Relation {
  if (relation.made) throw wrongAt('a transaction is made of events; it must come before pipes that count', at)
  const of = valuesOf(relation, making)
  const keys = keysOf(by, of, making)
  const present = by.map((field) => of(field).present)
  const [ms, number, began, part, activity_] = [
    making.fresh(),
    making.fresh(),
    making.fresh(),
    making.fresh(),
    making.fresh(),
  ]
  const keyNames = keys.map(({ sql }) => sql).join(', ')
  const rows = selectFrom(
    { ...relation, where: [...relation.where, ...present] },
    `${listOf(keys)}, toUnixTimestamp64Milli(time) as ${ms}, seq, activity as ${activity_}`,
  )
  const pause = `${ms} - lagInFrame(${ms}, 1, ${ms}) over (partition by ${keyNames} order by ${ms}, seq rows between unbounded preceding and current row)`
  const long = maxpause === undefined ? '0' : `(${pause}) > ${making.put('Int64', maxpause)}`
  const gaps = `select *, ${long} as ${number}_gap from (${rows})`
  const numbered = `select *, sum(${number}_gap) over (partition by ${keyNames} order by ${ms}, seq rows between unbounded preceding and current row) as ${number} from (${gaps})`
  const begun = `select *, min(${ms}) over (partition by ${keyNames}, ${number}) as ${began} from (${numbered})`
  const piece = maxspan === undefined ? '0' : `intDiv(${ms} - ${began}, ${making.put('Int64', maxspan)})`
  const first = madeOf('first', 'time', `min(${ms})`, making)
  const made = [
    first,
    madeOf('last', 'time', `max(${ms})`, making),
    madeOf('duration', 'number', `(max(${ms}) - min(${ms})) / 1000`, making),
    madeOf('count', 'number', 'count()', making),
    madeOf(
      'activities',
      'text',
      `arrayStringConcat(arraySort(groupUniqArray(${mostValues})(${activity_})), ', ')`,
      making,
    ),
  ]
  const source = `(select ${keyNames}, ${listOf(made)} from (select *, ${piece} as ${part} from (${begun})) group by ${keyNames}, ${number}, ${part})`
  const order = [{ sql: first.sql, down: true }, ...upwards(keys)]
  return { made: [...keys, ...made], source, where: [], order }
}
