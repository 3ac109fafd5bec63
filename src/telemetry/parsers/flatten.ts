// JSON objects as flat fields: nested names joined by dots, lists of objects as one list per name.
import type { FieldValue, Scalar } from '../types.ts'
import type { JsonObject, OpenFields } from './parser.ts'
import { isObject } from './values.ts'

/** Deeper or longer-named values stay JSON text, so that a small record cannot become a large one. */
const maxDepth = 32
const maxPath = 256

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Sets a field, even one named `__proto__`, which a plain assignment would swallow. */
export function setField(fields: OpenFields, name: string, value: FieldValue): void {
  if (name === '__proto__')
    Object.defineProperty(fields, name, { value, enumerable: true, writable: true, configurable: true })
  else fields[name] = value
}

const listOf = (value: FieldValue | undefined): Scalar[] =>
  value === undefined ? [] : isScalar(value) ? [value] : [...value]

/** Collects lists while they grow; copied into the fields once. */
type Lists = Map<string, Scalar[]>

function pushAll(lists: Lists, name: string, value: unknown, depth: number): void {
  if (isScalar(value)) {
    const list = lists.get(name)
    if (list) list.push(value)
    else lists.set(name, [value])
  } else if (depth > maxDepth || name.length > maxPath) pushAll(lists, name, JSON.stringify(value), 0)
  else if (Array.isArray(value)) for (const item of value) pushAll(lists, name, item, depth + 1)
  else if (isObject(value)) for (const key in value) pushAll(lists, `${name}.${key}`, value[key], depth + 1)
}

/** Adds a value under its name: scalars as they are, objects one level down, lists as lists. */
export function addField(fields: OpenFields, name: string, value: unknown, depth = 0): void {
  if (isScalar(value)) setField(fields, name, value)
  else if (depth > maxDepth || name.length > maxPath) setField(fields, name, JSON.stringify(value))
  else if (Array.isArray(value)) addList(fields, name, value, depth)
  else if (isObject(value)) for (const key in value) addField(fields, `${name}.${key}`, value[key], depth + 1)
}

function addList(fields: OpenFields, name: string, values: readonly unknown[], depth: number): void {
  if (values.every(isScalar)) return setField(fields, name, values)
  const lists: Lists = new Map()
  for (const value of values) pushAll(lists, name, value, depth + 1)
  for (const [path, list] of lists) setField(fields, path, [...listOf(fields[path]), ...list])
}

/** All fields of a JSON object. */
export function flatten(object: JsonObject): OpenFields {
  const fields: OpenFields = {}
  for (const name in object) addField(fields, name, object[name])
  return fields
}
