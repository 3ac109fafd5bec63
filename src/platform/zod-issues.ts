// Zod's complaints about a YAML document as Issues: file, line, column, what is wrong, what to write instead.
import { z } from 'zod'
import type { Issue } from '#kernel'
import { didYouMean } from './near.ts'
import { shapeAt } from './zod-shape.ts'
import type { YamlDocument } from './yaml.ts'

type ZodIssue = z.core.$ZodIssue

/**
 * One Issue for each problem, in the order of the file. Codes: `unknown-key`, `missing-key`, `wrong-type`, `wrong-value`.
 * With the schema in hand, an unknown key gets "did you mean" from the keys that are allowed there.
 */
export function issuesOfZod(error: z.ZodError, document: YamlDocument, file: string, schema?: z.ZodType): Issue[] {
  const issues = error.issues.flatMap((found) => issuesOf(found, [], { document, file, schema }))
  const line = (issue: Issue) => (issue.at.line ?? 0) * 10_000 + (issue.at.column ?? 0)
  return issues.sort((a, b) => line(a) - line(b))
}

interface Around {
  readonly document: YamlDocument
  readonly file: string
  readonly schema: z.ZodType | undefined
}

function issuesOf(found: ZodIssue, above: readonly PropertyKey[], around: Around): Issue[] {
  const path = [...above, ...found.path]
  if (found.code === 'unrecognized_keys') return unknownKeys(found.keys, path, around)
  if (found.code === 'invalid_union' && found.errors.length > 0) {
    const branch = likeliest(found.errors)
    if (branch) return branch.flatMap((inner) => issuesOf(inner, path, around))
  }
  if (found.code === 'invalid_key' || found.code === 'invalid_element')
    return found.issues.flatMap((inner) => wrongValue(inner, path, around))
  if (found.code === 'invalid_type' && valueAt(around.document.value, path) === undefined) return missing(path, around)
  return wrongValue(found, path, around)
}

/** Of the ways a union could be meant, the one that got furthest: its first complaint lies deepest. Undefined when none stands out. */
function likeliest(branches: readonly (readonly ZodIssue[])[]): readonly ZodIssue[] | undefined {
  const reached = branches.filter((branch) =>
    branch.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  )
  const ranked = reached.toSorted((a, b) => a.length - b.length)
  return ranked[0] ?? (branches.length === 1 ? branches[0] : undefined)
}

const place = (path: readonly PropertyKey[], { document, file }: Around, of: 'key' | 'value') => {
  const at = document.place(path, of)
  return at.file === document.file ? { ...at, file } : at
}

function unknownKeys(keys: readonly string[], path: readonly PropertyKey[], around: Around): Issue[] {
  const known = around.schema ? shapeAt(around.schema, around.document.value, path) : []
  const given = keysAt(around.document.value, path)
  const free = known.filter((key) => !given.includes(key))
  return keys.map((key) => ({
    code: 'unknown-key',
    severity: 'error',
    at: place([...path, key], around, 'key'),
    text: `unknown key ${key}${path.length > 0 ? ` in ${pathText(path)}` : ''}`,
    help: didYouMean(key, free),
  }))
}

function missing(path: readonly PropertyKey[], around: Around): Issue[] {
  const key = String(path.at(-1) ?? '')
  const above = path.slice(0, -1)
  const where = above.length > 0 ? `${pathText(above)} needs` : 'the file needs'
  const at = place(above, around, 'key')
  return [{ code: 'missing-key', severity: 'error', at, text: `${where} ${key}`, help: `add ${key}: …` }]
}

function wrongValue(found: ZodIssue, path: readonly PropertyKey[], around: Around): Issue[] {
  const value = valueAt(around.document.value, path)
  const name = path.length > 0 ? pathText(path) : 'the file'
  const { code, text, help } = complaint(found, value)
  return [{ code, severity: 'error', at: place(path, around, 'value'), text: `${name} ${text}`, help }]
}

interface Complaint {
  readonly code: string
  readonly text: string
  readonly help: string
}
const units: Readonly<Record<string, string>> = {
  string: 'characters',
  array: 'entries',
  set: 'entries',
  file: 'bytes',
}

function complaint(found: ZodIssue, value: unknown): Complaint {
  const wrong = (help: string, text = `cannot be ${shown(value)}`): Complaint => ({ code: 'wrong-value', text, help })
  if (found.code === 'invalid_type') {
    const wanted = kinds[found.expected] ?? found.expected
    return { code: 'wrong-type', text: `must be ${wanted}, not ${kindOf(value)}`, help: `write ${wanted}` }
  }
  if (found.code === 'invalid_value') return wrong(oneOf(value, found.values))
  if (found.code === 'too_small' || found.code === 'too_big') {
    const bound = found.code === 'too_small' ? `at least ${found.minimum}` : `at most ${found.maximum}`
    const unit = units[found.origin]
    return unit === undefined
      ? wrong(`write a number of ${bound}`, `must be ${bound}, not ${shown(value)}`)
      : wrong(`give ${bound} ${unit}`, `must have ${bound} ${unit}`)
  }
  if (found.code === 'invalid_union' && 'options' in found && found.options) return wrong(oneOf(value, found.options))
  return wrong(found.message, `cannot be ${shown(value)}: ${found.message}`)
}

const oneOf = (value: unknown, values: readonly unknown[]): string =>
  didYouMean(typeof value === 'string' ? value : '', values.map(String))

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
  null: 'empty',
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number' && !Number.isInteger(value)) return `the number ${value}`
  return kinds[typeof value] ?? typeof value
}

function shown(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return kindOf(value)
  const text = String(value)
  return text === '' ? 'empty' : text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** `sources[2].listen`: how people name a place in a document. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  )

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined
    here = Reflect.get(here, part)
  }
  return here
}

function keysAt(value: unknown, path: readonly PropertyKey[]): string[] {
  const here = valueAt(value, path)
  return typeof here === 'object' && here !== null ? Object.keys(here) : []
}
