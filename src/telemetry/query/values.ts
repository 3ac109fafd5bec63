// A name in a pipe as a value of the statement: its text, and how it is counted, added up and sorted.
import { isPromoted, promoted } from '../columns.ts'
import type { FieldName } from './parse.ts'
import {
  anyName,
  type Doubt,
  eventTargets,
  groups,
  isAlias,
  isExists,
  type ResultColumn,
  resultTarget,
  type ResultType,
  type Target,
} from './resolve.ts'
import { finite, type Put } from './sql.ts'
import { wrongAt } from './tokens.ts'

/** `sql`: the value. `present`: whether there is one. `number`: the value as a number, null where it is none. */
export interface Value {
  readonly sql: string
  readonly type: ResultType
  readonly present: string
  readonly number: string
}
/** How the names of pipes are read: those of events, or those of what the pipe before has made. */
export type ValueOf = (field: FieldName) => Value

const ofText = (sql: string, number = finite(sql)): Value => ({ sql, type: 'text', present: `${sql} != ''`, number })

function targetValue(target: Target, put: Put): Value {
  if (target.kind === 'result') return resultValue(target.sql, target.type)
  if (target.kind === 'values') return ofText("''")
  if (target.kind === 'field' && isPromoted(target.name)) return ofText(`toString(${promoted[target.name]})`)
  if (target.kind !== 'column')
    return ofText(`${target.kind === 'field' ? 'fields' : 'enriched'}[${put('String', target.name)}]`)
  const { name, type } = target
  if (type === 'time')
    return { sql: `toUnixTimestamp64Milli(${name})`, type, present: '1', number: `toUnixTimestamp64Milli(${name})` }
  if (type === 'number') return { sql: name, type, present: `${name} != 0`, number: name }
  return type === 'list' ? ofText(`arrayStringConcat(${name}, ', ')`) : ofText(`toString(${name})`)
}

function resultValue(sql: string, type: ResultType): Value {
  return type === 'text' ? ofText(sql) : { sql, type, present: `isNotNull(${sql})`, number: sql }
}

/** Values of events. Throws Fault INPUT_INVALID for names of several columns. */
export const eventValues =
  (doubts: Doubt[], put: Put): ValueOf =>
  (field) => {
    const { name, at } = field
    if (name === anyName || isExists(name)) throw wrongAt(`${name} is no field; name one`, at)
    const [target, second] = eventTargets(field, doubts)
    if (!target || (second && !isAlias(name)))
      throw wrongAt(`${name} is several fields: ${groups[name]?.join(', ') ?? ''}; name one`, at)
    const value = targetValue(target, put)
    if (!second || value.type !== 'text') return value
    const own = targetValue(second, put).sql
    return ofText(`if(${own} != '', ${own}, ${value.sql})`)
  }

/** Values of what pipes have made. */
export const resultValues =
  (made: readonly ResultColumn[]): ValueOf =>
  (field) =>
    targetValue(resultTarget(made, field), () => '')
