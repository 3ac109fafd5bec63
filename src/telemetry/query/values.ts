// A name in a pipe as a value of the statement: its text, and how it is counted, added up and sorted.
import { isColumn } from '../columns.ts'
import type { FieldName } from './parse.ts'
import {
  type Doubt,
  eventTargets,
  groups,
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
    const [target, second] = eventTargets(field, doubts)
    if (!target || (second && isColumn(field.name)) || (second && Object.hasOwn(groups, field.name)))
      throw wrongAt(`${field.name} is several fields: ${groups[field.name]?.join(', ') ?? ''}; name one`, field.at)
    return targetValue(target, put)
  }

/** Values of what pipes have made. */
export const resultValues =
  (made: readonly ResultColumn[]): ValueOf =>
  (field) =>
    targetValue(resultTarget(made, field), () => '')
