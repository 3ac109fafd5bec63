// What the names in a search stand for: columns, what is known beyond the record, fields of the sources.
import { didYouMean, nearest } from '#platform'
import { type ColumnKind, type ColumnName, columns, isColumn } from '../columns.ts'
import { columnOf } from '../names.ts'
import type { FieldName } from './parse.ts'
import { wrongAt } from './tokens.ts'

/** Where a value is looked for. `values`: every value of the source's fields, or of what is known beyond the record. `result`: a column that pipes have made. */
export type Target =
  | { readonly kind: 'column'; readonly name: ColumnName; readonly type: ColumnKind }
  | { readonly kind: 'field' | 'enriched'; readonly name: string }
  | { readonly kind: 'values'; readonly of: 'fields' | 'enriched' }
  | { readonly kind: 'result'; readonly sql: string; readonly type: ResultType }
export type ResultType = 'text' | 'number' | 'time'

/** A name that no column has but nearly: perhaps a field of a source, perhaps a slip. */
export interface Doubt {
  readonly name: string
  readonly at: number
  readonly help: string
}

/** How names and bare words of a filter become targets. */
export type Resolve = (field: FieldName | undefined, at: number) => readonly Target[]

/** Names that stand for several columns, and short forms. */
export const groups: Readonly<Record<string, readonly ColumnName[]>> = {
  ip: ['src_ip', 'dst_ip'],
  port: ['src_port', 'dst_port'],
  category: ['categories'],
  severity: ['severity_id'],
  class: ['class_uid'],
}
/** What is known beyond the record has names that begin so. */
export const enrichedPrefixes = ['asset', 'src', 'dst', 'intel', 'identity', 'geo'] as const
/** A value in any column, field or record. */
export const anyName = 'any'
const existsNames = ['exists', '_exists_']
const ownPrefix = 'fields.'
const known = [...Object.keys(columns), ...Object.keys(groups), anyName]

/** Whether a name is OCSF's or ECS's for one of our columns: then it means that column, or a field of a source with this very name. */
export const isAlias = (name: string): boolean =>
  !isColumn(name) && !Object.hasOwn(groups, name) && columnOf(name) !== undefined

export const isExists = (name: string): boolean => existsNames.includes(name)
const isEnriched = (name: string): boolean => enrichedPrefixes.some((prefix) => name.startsWith(`${prefix}.`))
export const column = (name: ColumnName): Target => ({ kind: 'column', name, type: columns[name].kind })

/** Targets of a name in a search of events; what may be a slip is noted. */
export function eventTargets({ name, at }: FieldName, doubts: Doubt[]): readonly Target[] {
  if (isColumn(name)) return [column(name)]
  const group = Object.hasOwn(groups, name) ? groups[name] : undefined
  if (group) return group.map(column)
  if (name.startsWith(ownPrefix) && name.length > ownPrefix.length)
    return [{ kind: 'field', name: name.slice(ownPrefix.length) }]
  const alias = columnOf(name)
  if (alias) return [column(alias), { kind: 'field', name }]
  if (isEnriched(name)) return [{ kind: 'enriched', name }]
  if (/^[a-z_]+$/.test(name) && nearest(name, known) !== undefined)
    doubts.push({ name, at, help: didYouMean(name, known) ?? '' })
  return [{ kind: 'field', name }]
}

/** Names and bare words of a search of events. */
export const ofEvents =
  (doubts: Doubt[]): Resolve =>
  (field) =>
    field ? eventTargets(field, doubts) : [column('message'), column('raw')]

/** A column that pipes have made; `sql` is what the statement calls it. */
export interface ResultColumn {
  readonly name: string
  readonly sql: string
  readonly type: ResultType
}

/** Names in what pipes have made: only its columns. Throws Fault INPUT_INVALID with the place. */
export const ofResults =
  (made: readonly ResultColumn[]): Resolve =>
  (field, at) => {
    if (!field) throw wrongAt('results are asked by column, as in count>5,', at)
    return [resultTarget(made, field)]
  }

export function resultTarget(
  made: readonly ResultColumn[],
  { name, at }: FieldName,
): Extract<Target, { kind: 'result' }> {
  const one = made.find((each) => each.name === name)
  if (one) return { kind: 'result', sql: one.sql, type: one.type }
  const names = made.map((each) => each.name)
  const help = didYouMean(name, names) ?? `there are ${names.join(', ')}`
  throw wrongAt(`the results have no column ${name}; ${help}`, at)
}
