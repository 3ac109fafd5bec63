// Files of a source, read once: JSON, XML or YAML by what stands in them, with places for what is wrong.
import { z } from 'zod'
import { type Issue, no, ok, type Place, type Result } from '#kernel'
import { issuesOfZod, parseYaml, parseYamlAll, type YamlDocument } from '#platform'
import { withQuotesIndented } from './quotes.ts'
import { isMap } from './values.ts'
import { parseXml } from './xml.ts'

/** A file as it was given. */
export interface SourceText {
  readonly file: string
  readonly text: string
}

/** A file that could be read. YAML may hold several documents; JSON and XML hold one. */
export interface Source {
  readonly file: string
  readonly form: 'json' | 'xml' | 'yaml'
  readonly documents: readonly SourceDocument[]
}
export interface SourceDocument {
  readonly file: string
  readonly value: unknown
  /** Where the value at a path begins, or its nearest existing parent. */
  place(path: readonly PropertyKey[], of?: 'value' | 'key'): Place
}

/** Most bytes of a JSON or XML file; YAML has the limit of #platform. */
export const mostBytes = 64_000_000

/** Reads a text by its first letter: `{` or `[` is JSON, `<` is XML, everything else YAML. Never throws. */
export function readSource({ file, text }: SourceText): Result<Source, Issue[]> {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (Buffer.byteLength(plain) > mostBytes)
    return no([
      problem({ file }, 'source-too-large', `the text is larger than ${mostBytes / 1_000_000} MB`, 'split it'),
    ])
  const [first] = /\S/.exec(plain) ?? []
  if (first === '<') return readXml(file, plain)
  if (first === '{' || first === '[') return readJson(file, plain)
  const strict = parseYamlAll(plain, file)
  const lenient = strict.ok || !/['"]/.test(plain) ? strict : parseYamlAll(withQuotesIndented(plain), file)
  const parsed = lenient.ok ? lenient : strict
  if (!parsed.ok) return parsed
  return ok({
    file,
    form: 'yaml',
    documents: parsed.value.map((document) => ({ ...document, value: merged(document.value) })),
  })
}

const problem = (at: Place, code: string, text: string, help: string): Issue => ({
  code,
  severity: 'error',
  at,
  text,
  help,
})

function readXml(file: string, text: string): Result<Source, Issue[]> {
  const parsed = parseXml(text, file)
  if (!parsed.ok) return parsed
  return ok({
    file,
    form: 'xml',
    documents: [{ file, value: parsed.value, place: () => ({ file, line: 1, column: 1 }) }],
  })
}

function readJson(file: string, text: string): Result<Source, Issue[]> {
  try {
    const value: unknown = JSON.parse(text)
    return ok({ file, form: 'json', documents: [jsonDocument(file, text, value)] })
  } catch (thrown) {
    // A flow mapping in YAML also begins with a brace: what YAML can read counts, else the place that it names.
    const asYaml = parseYaml(text, file)
    if (asYaml.ok)
      return ok({ file, form: 'yaml', documents: [{ ...asYaml.value, value: merged(asYaml.value.value) }] })
    const at = jsonPlace(file, text, thrown) ?? asYaml.fail[0]?.at ?? { file }
    return no([problem(at, 'json-syntax', 'this is not valid JSON', 'export it again, or mend the place shown')])
  }
}

/** Where JSON.parse stopped, as far as it says so. */
function jsonPlace(file: string, text: string, thrown: unknown): Place | undefined {
  const offset = /position (\d+)/.exec(thrown instanceof Error ? thrown.message : '')?.[1]
  if (offset === undefined) return undefined
  const before = text.slice(0, Number(offset))
  return { file, line: before.split('\n').length, column: Number(offset) - before.lastIndexOf('\n') }
}

/** JSON is YAML, so the places of a document are found by reading it again as YAML, once somebody asks. */
function jsonDocument(file: string, text: string, value: unknown): SourceDocument {
  let document: YamlDocument | undefined
  return {
    file,
    value,
    place(path, of) {
      const read = document ? ok(document) : parseYaml(text, file)
      if (!read.ok) return { file }
      document = read.value
      return read.value.place(path, of)
    },
  }
}

/** Merge keys (`<<: *base`), as docker-compose and Threagile files use them: what the map says itself counts more. */
function merged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(merged)
  if (!isMap(value)) return value
  const result: Record<string, unknown> = {}
  const put = (key: string, given: unknown) =>
    Object.defineProperty(result, key, { value: given, enumerable: true, configurable: true, writable: true })
  const base = value['<<']
  for (const one of (Array.isArray(base) ? base : [base]).toReversed()) {
    const from = merged(one)
    if (isMap(from)) for (const [key, given] of Object.entries(from)) put(key, given)
  }
  for (const [key, given] of Object.entries(value)) if (key !== '<<') put(key, merged(given))
  return result
}

/** The value of a document as a schema reads it, or every problem with its place. */
export function fitted<Schema extends z.ZodType>(
  schema: Schema,
  document: SourceDocument,
): Result<z.output<Schema>, Issue[]> {
  const parsed = schema.safeParse(document.value)
  if (parsed.success) return ok(parsed.data)
  const some = new z.ZodError(parsed.error.issues.slice(0, 100))
  return no(issuesOfZod(some, document, document.file, schema))
}

/** Every document as a schema reads it, or every problem of all of them. */
export function allFitted<Schema extends z.ZodType>(
  schema: Schema,
  sources: readonly Source[],
): Result<{ readonly file: string; readonly value: z.output<Schema> }[], Issue[]> {
  const results = sources
    .flatMap(({ documents }) => documents)
    .map((document) => ({ document, read: fitted(schema, document) }))
  const wrong = results.flatMap(({ read }) => (read.ok ? [] : read.fail))
  if (wrong.length > 0) return no(wrong)
  return ok(results.flatMap(({ document: { file }, read }) => (read.ok ? [{ file, value: read.value }] : [])))
}
