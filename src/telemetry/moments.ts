// Moments at which something holds for a group of events, found by the store: so many in a timespan, one after the other, one without the other.
import type { Ground } from './ground.ts'
import { type Place, placeIn, type Stretch } from './matching.ts'
import { type EventCondition, halfNames, halves, writtenCondition } from './query/condition.ts'
import { type GroupField, groupKeySql, groupSql, mixed, textSql } from './query/groups.ts'
import type { Put } from './query/sql.ts'

/** Some of the events, how they are grouped, and what of them counts: the values of fields as texts, or as numbers. */
export interface MomentPart {
  readonly condition: EventCondition
  readonly group: readonly GroupField[]
  readonly values: readonly GroupField[]
  readonly numbers: boolean
}
/** Which parts are there. */
export type Together =
  | { readonly op: 'and' | 'or'; readonly of: readonly Together[] }
  | { readonly op: 'not'; readonly of: Together }
  | { readonly op: 'part'; readonly part: number }
export interface MomentBound {
  readonly is: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq'
  readonly value: number
}
export type MomentMeasure =
  | { readonly of: 'events' | 'values' | 'parts' | 'sum' | 'average' }
  | { readonly of: 'quantile'; readonly percentile: number }

/** What must hold of a group. */
export type Holding =
  /** At least so many within the timespan that ends with an event. */
  | { readonly is: 'least'; readonly of: 'events' | 'values' | 'parts'; readonly need: number }
  /** Parts within the timespan that ends with an event. */
  | { readonly is: 'together'; readonly when: Together }
  /** Parts one after the other within the timespan that ends with an event; of one time in either order. An event may stand for two steps. */
  | { readonly is: 'steps'; readonly steps: readonly number[] }
  /** A number of the timespan that ends with an event; with a little room for the rounding of fractions. */
  | { readonly is: 'measure'; readonly measure: MomentMeasure; readonly bounds: readonly MomentBound[] }
  /** Parts within the timespan that begins with an event of one of these parts. The moment is its end. */
  | { readonly is: 'after'; readonly begin: readonly number[]; readonly when: Together }
  /** A number of a timespan that begins with any event. The moment is its end. */
  | { readonly is: 'measure after'; readonly measure: MomentMeasure; readonly bounds: readonly MomentBound[] }
  /** There is an event. */
  | { readonly is: 'anything' }

export interface Grouped extends Stretch {
  readonly parts: readonly MomentPart[]
}
export interface MomentsAsk extends Grouped {
  /** Milliseconds. */
  readonly timespan: number
  readonly holding: Holding
  /** Most groups in the answer. */
  readonly groups: number
}
/** `key` stands for the group in an EventCondition of kind `group`, `moments` in milliseconds UTC, in order, at most `mostMoments`. */
export interface GroupMoments {
  readonly key: number
  readonly group: readonly string[]
  readonly moments: readonly number[]
}
export const mostMoments = 10_000

/** The way to ask a store. Groups are told apart by letters of ASCII without their case; all with other letters are one. Throws Fault TOO_LARGE, CANCELLED, STORE_DOWN. */
export const moments =
  (ground: Ground) =>
  async (ask: MomentsAsk): Promise<GroupMoments[]> => {
    const place = placeIn(ground, ask, 'one')
    const held = heldOf(ask, place)
    const sql = `select ${groupKeySql('grp')} as key, grp as group, arraySort(groupUniqArray(${mostMoments})(moment)) as moments
      from (${held}) group by grp order by key limit ${place.put('UInt32', ask.groups)}`
    return ground.events.query<GroupMoments>(sql, place.params, { rows: ask.groups, signal: ask.signal })
  }

/** Rows `at, seq, part, grp, val`: one for each value of each event of each part. */
function matchesSql({ parts }: Grouped, { from, bounds, put }: Place): string {
  const rows = parts.flatMap(({ condition, group, values, numbers }, part) =>
    halfNames.map((half) => {
      const where = `${bounds}${halves[half]} and ${writtenCondition(condition, put, half)}`
      const val = valuesSql(values, numbers, put)
      return `select toUnixTimestamp64Milli(time) as at, seq, toInt32(${put('UInt32', part)}) as part,
        ${groupSql(group, put)} as grp, arrayJoin(${val}) as val from ${from} where ${where} and not has(grp, '')`
    }),
  )
  return rows.join(' union all ')
}

/** Every value of a field; where it is not known whether a text is a list, also what may be its members. */
function membersSql(one: GroupField, put: Put): string {
  const key = put('String', one.field)
  const text = textSql(one, put)
  const whole = `if(${text} = '', [], [${text}])`
  return `if(mapContains(lists, ${key}), lists[${key}], if(mapContains(lists, '?'), arrayConcat(${whole}, splitByString(', ', ${text})), ${whole}))`
}

function valuesSql(values: readonly GroupField[], numbers: boolean, put: Put): string {
  const [first, second] = values
  if (!first) return numbers ? '[0.]' : "['']"
  const members = membersSql(first, put)
  if (numbers)
    return `arrayFilter(x -> isFinite(x), arrayMap(x -> ifNull(toFloat64OrNull(x), nan), arraySlice(${members}, 1, 100)))`
  if (!second) return `arrayDistinct(arrayMap(x -> lower(x), ${members}))`
  const all = values.map((one) => `toString(arrayMap(x -> lower(x), ${membersSql(one, put)}))`)
  const isThere = values.map((one) => `notEmpty(${membersSql(one, put)})`).join(' and ')
  return `if(${isThere}, [concat(${all.join(", '\\0', ")})], emptyArrayString())`
}

/** Rows `grp, moment`. An alias must not be called as a column is: the condition would mean the alias. */
function heldOf(ask: MomentsAsk, place: Place): string {
  const { holding, timespan } = ask
  const matches = matchesSql(ask, place)
  const { put } = place
  const span = put('Int64', timespan)
  // Of groups that are taken as one, more events can hide what holds for one of them.
  const orMixed = (sql: string): string =>
    `${sql} union all select grp, at as moment from (${matches}) where has(grp, ${put('String', mixed)})`
  switch (holding.is) {
    case 'anything':
      return `select grp, at as moment from (${matches})`
    case 'least':
      return leastSql(holding, matches, { span, put })
    case 'together':
      return `select grp, at as moment from (${lastOfEach(holding.when, matches, 'at asc')}) where ${togetherSql(holding.when, (part) => `last${part} >= at - ${span}`)}`
    case 'steps':
      return stepsSql(holding.steps, matches, { span, put })
    case 'after': {
      const begins = holding.begin.map((part) => `part = ${put('Int64', part)}`).join(' or ')
      const holds = togetherSql(holding.when, (part) => `-last${part} <= at + ${span}`)
      const each = lastOfEach(holding.when, matches, 'at desc')
      return orMixed(`select grp, at + ${span} as moment from (${each}) where (${begins}) and ${holds}`)
    }
    case 'measure':
      return orMixed(measureSql(holding, matches, { order: 'at asc', span, moment: 'at', put }))
    case 'measure after':
      return orMixed(measureSql(holding, matches, { order: 'at desc', span, moment: `at + ${span}`, put }))
  }
}

interface Written {
  readonly span: string
  readonly put: Put
}
const before = 'rows between unbounded preceding and current row'
const upToNow = 'range between unbounded preceding and current row'

function leastSql({ of, need }: Extract<Holding, { is: 'least' }>, matches: string, { span, put }: Written): string {
  const least = put('Int64', need)
  if (of === 'events') {
    const each = `(partition by grp order by at, seq ${before})`
    const rows = `select grp, at, row_number() over ${each} as n, lagInFrame(at, ${need - 1}) over ${each} as first
      from (select distinct grp, at, seq from (${matches}))`
    return `select grp, at as moment from (${rows}) where n >= ${least} and first >= at - ${span}`
  }
  const what = of === 'values' ? 'val' : 'part'
  // Groups that have too few in all time need no look at their timespans.
  const many = `select * from (select *, uniqExact(${what}) over (partition by grp) as total from (${matches})) where total >= ${least}`
  const rows = `select grp, at, uniqExact(${what}) over (partition by grp order by at range between ${span} preceding and current row) as n from (${many})`
  return `select grp, at as moment from (${rows}) where n >= ${least}`
}

/** Rows with the time nearest to theirs at which each part was there: the last before or, in descending order, minus the next after. */
function lastOfEach(when: Together, matches: string, order: 'at asc' | 'at desc'): string {
  const time = order === 'at asc' ? 'at' : '-at'
  const each = [...partsOf(when)].map(
    (part) =>
      `max(if(part = ${part}, ${time}, ${never})) over (partition by grp order by ${order} ${upToNow}) as last${part}`,
  )
  return `select grp, at, part, ${each.join(', ')} from (select distinct grp, at, part from (${matches}))`
}
/** Long before any event, and far from where numbers of 64 bits end. */
const never = '-1000000000000000'

function partsOf(when: Together): Set<number> {
  if (when.op === 'part') return new Set([when.part])
  if (when.op === 'not') return partsOf(when.of)
  return new Set(when.of.flatMap((one) => [...partsOf(one)]))
}

function togetherSql(when: Together, isThere: (part: number) => string): string {
  if (when.op === 'part') return `(${isThere(when.part)})`
  if (when.op === 'not') return `(not ${togetherSql(when.of, isThere)})`
  if (when.of.length === 0) return when.op === 'and' ? '(1)' : '(0)'
  return `(${when.of.map((one) => togetherSql(one, isThere)).join(` ${when.op} `)})`
}

/** For each step the latest beginning of the steps so far. */
function stepsSql(steps: readonly number[], matches: string, { span, put }: Written): string {
  let rows = `select distinct grp, at, seq, part from (${matches})`
  steps.forEach((step, at) => {
    const begun = at === 0 ? 'at' : `begun${at - 1}`
    const latest = `max(if(part = ${put('Int64', step)}, ${begun}, ${never})) over (partition by grp order by at ${upToNow})`
    rows = `select *, ${latest} as begun${at} from (${rows})`
  })
  return `select grp, at as moment from (${rows}) where begun${steps.length - 1} >= at - ${span}`
}

interface Frame extends Written {
  readonly order: 'at asc' | 'at desc'
  readonly moment: string
}

function measureSql(
  { measure, bounds }: { readonly measure: MomentMeasure; readonly bounds: readonly MomentBound[] },
  matches: string,
  { order, span, moment, put }: Frame,
): string {
  const frame = `(partition by grp order by ${order} range between ${span} preceding and current row)`
  const [low, high] = rangeOf(measure, frame)
  const within = bounds.map(({ is, value }) => comparedTo(is, put('Float64', value)))
  const rows = `select grp, at, ${low} as low, ${high} as high from (${matches})`
  return `select grp, ${moment} as moment from (${rows}) where ${['1', ...within].join(' and ')}`
}

/** Between which numbers the measure lies: texts are told apart a little otherwise here, and sums of fractions are rounded otherwise. */
function rangeOf(measure: MomentMeasure, frame: string): readonly [string, string] {
  const over = (sql: string): string => `${sql} over ${frame}`
  const room = (middle: string, size: string): readonly [string, string] => [
    `${over(middle)} - 1e-9 * (1 + ${over(size)})`,
    `${over(middle)} + 1e-9 * (1 + ${over(size)})`,
  ]
  switch (measure.of) {
    case 'events':
      return [over('uniqExact(seq)'), over('uniqExact(seq)')]
    case 'parts':
      return [over('uniqExact(part)'), over('uniqExact(part)')]
    case 'values':
      // Letters beyond ASCII are told apart here that are one there; so there are at most so many.
      return ['0', over('uniqExact(val)')]
    case 'sum':
      return room('sum(val)', 'sum(abs(val))')
    case 'average':
      return room('avg(val)', 'max(abs(val))')
    case 'quantile':
      return room(`quantileExactInclusive(${measure.percentile / 100})(val)`, 'max(abs(val))')
  }
}

function comparedTo(is: MomentBound['is'], value: string): string {
  switch (is) {
    case 'gt':
      return `high > ${value}`
    case 'gte':
      return `high >= ${value}`
    case 'lt':
      return `low < ${value}`
    case 'lte':
      return `low <= ${value}`
    case 'eq':
      return `low <= ${value} and high >= ${value}`
    case 'neq':
      return `not (low = ${value} and high = ${value})`
  }
}
