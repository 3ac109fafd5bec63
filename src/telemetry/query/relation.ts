// What one pipe hands to the next: rows of events, or rows of columns that pipes have made; in an order.
import { checkTree } from './check.ts'
import type { Tree } from './parse.ts'
import { type Doubt, ofEvents, ofResults, type Resolve, type ResultColumn } from './resolve.ts'
import { binder, type Put, written } from './sql.ts'
import { eventValues, resultValues, type ValueOf } from './values.ts'

/** An expression to sort by. */
export interface Order {
  readonly sql: string
  readonly down: boolean
}

/** `made` is nothing for events. `source`: a table, or a statement in parentheses. `where`: conditions that all hold. */
export interface Relation {
  readonly made: readonly ResultColumn[] | undefined
  readonly source: string
  readonly where: readonly string[]
  readonly order: readonly Order[]
}

/** What all pipes of one search share. */
export interface Making {
  readonly put: Put
  readonly params: Readonly<Record<string, unknown>>
  readonly doubts: Doubt[]
  readonly now: number
  /** A name for a column that no other column of the statement has. */
  fresh(): string
}
export function newMaking(now: number): Making {
  let names = 0
  return { ...binder(), doubts: [], now, fresh: () => `c${(names += 1)}` }
}

/** The newest event first. */
const newest: readonly Order[] = [
  { sql: 'time', down: true },
  { sql: 'seq', down: true },
]
/** Events that hold conditions. */
export const eventsWhere = (where: readonly string[]): Relation => ({
  made: undefined,
  source: 'events',
  where,
  order: newest,
})

/** How the names of the next pipe are read. */
export const valuesOf = ({ made }: Relation, { doubts, put }: Making): ValueOf =>
  made ? resultValues(made) : eventValues(doubts, put)

/** The relation's rows that a filter leaves. */
export function filtered(relation: Relation, tree: Tree, making: Making): Relation {
  const { made, where } = relation
  const resolve: Resolve = made ? ofResults(made) : ofEvents(making.doubts)
  return { ...relation, where: [...where, written(checkTree(tree, making.now, resolve), making.put)] }
}

export const orderText = (order: readonly Order[]): string =>
  order.map(({ sql, down }) => `${sql} ${down ? 'desc' : 'asc'}`).join(', ')

/** A statement that answers these expressions of a relation, without its order. */
export function selectFrom({ source, where }: Relation, list: string): string {
  const condition = where.length === 0 ? '' : ` where ${where.join(' and ')}`
  return `select ${list} from ${source}${condition}`
}

/** The rows that a LIMIT leaves, in the relation's order, which stays. */
export const cut = (relation: Relation, limit: string): Relation => ({
  ...relation,
  source: `(${selectFrom(relation, '*')} order by ${orderText(relation.order)} ${limit})`,
  where: [],
})
