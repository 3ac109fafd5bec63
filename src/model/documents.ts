// One file of the model as a document: what is empty filled in, and what the schema says against it.
import { z } from 'zod'
import type { Issue } from '#kernel'
import { issuesOfZod, type YamlDocument } from '#platform'
import { partNameOf } from './names.ts'
import { additions, ModelFile, type Part } from './source.ts'

/** The parts of a file as the schema reads them, with what holds when a key is left out. */
export type ParsedFile = Omit<z.output<typeof ModelFile>, 'extend'>

/** A file that could be read as YAML. */
export interface Sheet {
  readonly document: YamlDocument
  /** Undefined when the schema has something against it. */
  readonly parsed: ParsedFile | undefined
}

/** Most problems of one file that are worded; the others are only counted. */
const mostWorded = 1_000

/** A sheet, its problems, and how many more there are than worded. */
export function sheetOf(read: YamlDocument): { sheet: Sheet; worded: Issue[]; more: number } {
  const document = withoutEmpty(read)
  const schema = schemaFor(document)
  const parsed = schema.safeParse(document.value)
  if (parsed.success) return { sheet: { document, parsed: parsed.data }, worded: [], more: 0 }
  const all = parsed.error.issues
  const some = new z.ZodError(all.slice(0, mostWorded).map(shortened))
  const worded = issuesOfZod(some, document, document.file, schema).slice(0, mostWorded)
  const more = all.reduce((sum, issue) => sum + weightOf(issue), 0) - worded.length
  return { sheet: { document, parsed: undefined }, worded, more }
}

const weightOf = (issue: z.core.$ZodIssue): number => (issue.code === 'unrecognized_keys' ? issue.keys.length : 1)
const shortened = (issue: z.core.$ZodIssue): z.core.$ZodIssue =>
  issue.code === 'unrecognized_keys' ? { ...issue, keys: issue.keys.slice(0, mostWorded) } : issue

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a file says below a top-level key, in its order. */
export function pairsIn({ value }: YamlDocument, key: Part | 'extend'): [string, unknown][] {
  const entries = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return isMap(entries) ? Object.entries(entries) : []
}

/** The schema of a file: below `extend` each entry as the part says that its name begins with. */
function schemaFor(document: YamlDocument): z.ZodType<ParsedFile> {
  const extensions = pairsIn(document, 'extend')
  if (extensions.length === 0) return ModelFile
  const shape = Object.fromEntries(
    extensions.flatMap(([key]) => {
      const name = partNameOf(key)
      return [[key, (name && name.part !== 'moved' ? additions[name.part] : z.unknown()).optional()]]
    }),
  )
  return ModelFile.extend({ extend: z.object(shape).nullish() })
}

/** An empty file, an empty top-level key and an empty entry are empty maps. */
function withoutEmpty(document: YamlDocument): YamlDocument {
  if (document.value === null) return { ...document, value: {} }
  if (!isMap(document.value)) return document
  const filled = (value: unknown): unknown => value ?? {}
  const value = mapped(document.value, (part) => {
    const entries = filled(part)
    return isMap(entries) ? mapped(entries, filled) : entries
  })
  return { ...document, value }
}

/** A map with every value changed; `__proto__` is a name like any other in a file. */
function mapped(map: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(map))
    if (name === '__proto__')
      Object.defineProperty(result, name, {
        value: change(value),
        enumerable: true,
        configurable: true,
        writable: true,
      })
    else result[name] = change(value)
  return result
}
