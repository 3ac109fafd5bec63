// YAML 1.2 read with positions and limits. It never throws, whatever the text.
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type Document,
  type YAMLMap,
} from 'yaml'
import { type Issue, no, ok, type Place, type Result } from '#kernel'
import { type EventDocument, eventDocuments, keyText } from './yaml-events.ts'

/** A parsed document: its plain value, and where each part of it was written. */
export interface YamlDocument {
  readonly file: string
  /** Plain JavaScript: objects, arrays, strings, numbers, booleans, null. Nothing at all in the file is null. */
  readonly value: unknown
  /** Where the value at this path begins, or its nearest existing parent; with `key`, where its key does. */
  readonly place: (path: readonly PropertyKey[], of?: 'value' | 'key') => Place
}

export const yamlLimits = {
  bytes: 5_000_000,
  depth: 60,
  /** Values after aliases are expanded; a "billion laughs" text stops here. */
  values: 1_000_000,
  aliases: 1_000,
  documents: 1_000,
} as const

/** Exactly one document. Every problem (syntax, twice the same key, limits) is an Issue with its place. */
export function parseYaml(text: string, file: string): Result<YamlDocument, Issue[]> {
  const all = parseYamlAll(text, file)
  if (!all.ok) return all
  const [first, second] = all.value
  if (second) {
    const help = 'split it into several files, or take out the line ---'
    return no([issue('yaml-many-documents', second.place([]), 'this file holds more than one YAML document', help)])
  }
  return ok(first ?? { file, value: null, place: () => ({ file, line: 1, column: 1 }) })
}

/** All documents of a text, separated by `---`. */
export function parseYamlAll(text: string, file: string): Result<YamlDocument[], Issue[]> {
  if (Buffer.byteLength(text) > yamlLimits.bytes) {
    const what = `the text is larger than ${yamlLimits.bytes / 1_000_000} MB`
    return no([issue('yaml-too-large', { file }, what, 'split it into several files')])
  }
  try {
    const usual = eventDocuments(text, yamlLimits)
    return usual ? ok(usual.map(({ value, offset }) => placed(value, file, text, offset))) : documentsOf(text, file)
  } catch (thrown) {
    // The parser itself gave up: a stack overflow on deep nesting is the known case.
    const why = thrown instanceof RangeError ? 'it is nested too deeply' : String(thrown)
    return no([issue('yaml-unreadable', { file }, `the text cannot be read as YAML: ${why}`, 'write it more simply')])
  }
}

/** A document whose places are counted when the first of them is asked for. */
function placed(value: unknown, file: string, text: string, offset: EventDocument['offset']): YamlDocument {
  let at: At | undefined
  return { file, value, place: (path, of = 'value') => (at ??= linesOf(text, file))(offset(path, of === 'key')) }
}

/** Line and column of an offset. */
function linesOf(text: string, file: string): At {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let [from, to] = [0, starts.length]
    while (to - from > 1) {
      const middle = (from + to) >> 1
      if ((starts[middle] ?? 0) <= offset) from = middle
      else to = middle
    }
    return { file, line: from + 1, column: offset - (starts[from] ?? 0) + 1 }
  }
}

const issue = (code: string, at: Place, text: string, help: string): Issue => ({
  code,
  severity: 'error',
  at,
  text,
  help,
})

function documentsOf(text: string, file: string): Result<YamlDocument[], Issue[]> {
  const tooDeep = deepLine(text)
  if (tooDeep !== undefined) return no([depthIssue({ file, line: tooDeep })])
  const lines = new LineCounter()
  const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, version: '1.2' })
  const documents = Array.isArray(parsed) ? parsed : []
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (documents.length > yamlLimits.documents)
    return no([issue('yaml-too-large', { file }, `more than ${yamlLimits.documents} documents`, 'split the file')])
  const issues = documents.flatMap((document) =>
    [...document.errors, ...document.warnings].map((error) => {
      const help = 'see the line shown; indentation and quotes are the usual causes'
      return issue('yaml-syntax', at(error.pos[0]), `not valid YAML: ${firstLine(error.message)}`, help)
    }),
  )
  if (issues.length > 0) return no(issues.slice(0, 100))
  const results = documents.map((document) => plainDocument(document, file, at))
  const wrong = results.flatMap((result) => (result.ok ? [] : result.fail))
  return wrong.length > 0 ? no(wrong) : ok(results.flatMap((result) => (result.ok ? [result.value] : [])))
}

const firstLine = (text: string): string => text.split('\n')[0] ?? text
const depthIssue = (at: Place): Issue =>
  issue('yaml-too-deep', at, `nested deeper than ${yamlLimits.depth} levels`, 'write it flatter')

/** The line where flow brackets go too deep, found before the parser recurses into them. Quoted text and comments are not told apart: they balance. */
function deepLine(text: string): number | undefined {
  let depth = 0
  let line = 1
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 10) line += 1
    else if (code === 91 || code === 123) depth += 1
    else if ((code === 93 || code === 125) && depth > 0) depth -= 1
    if (depth > 2_000) return line
  }
  return undefined
}

type At = (offset: number) => Place

/** The document's nodes as plain values. One walk checks depth, repeated keys and the size that aliases expand to. */
function plainDocument(document: Document.Parsed, file: string, at: At): Result<YamlDocument, Issue[]> {
  const walk = new Walk(document, at)
  const value = walk.plain(document.contents, 0)
  if (walk.issues.length > 0) return no(walk.issues)
  return ok({ file, value, place: (path, of = 'value') => placeIn(document, path, of === 'key', at) })
}

class Walk {
  readonly issues: Issue[] = []
  private readonly document: Document.Parsed
  private readonly at: At
  private values = 0
  private aliases = 0

  constructor(document: Document.Parsed, at: At) {
    this.document = document
    this.at = at
  }

  plain(node: unknown, depth: number): unknown {
    this.values += 1
    if (depth > yamlLimits.depth) return this.stop(depthIssue(this.placeOf(node)))
    if (this.values > yamlLimits.values) {
      const text = `aliases make this larger than ${yamlLimits.values} values`
      return this.stop(issue('yaml-too-large', this.placeOf(node), text, 'write the values out, or split the file'))
    }
    if (isAlias(node)) return this.aliased(node, depth)
    if (isScalar(node)) return node.value ?? null
    if (isSeq(node)) return this.items(node.items, depth)
    if (isMap(node)) return this.map(node.items, depth)
    return null
  }

  private items(items: readonly unknown[], depth: number): unknown[] {
    const values: unknown[] = []
    for (const item of items) {
      if (this.full) break
      values.push(this.plain(item, depth + 1))
    }
    return values
  }

  private map(pairs: readonly unknown[], depth: number): Record<string, unknown> {
    const value: Record<string, unknown> = {}
    const seen = new Set<string>()
    for (const pair of pairs) {
      if (this.full || !isPair(pair)) break
      const key = this.key(pair.key)
      if (key === undefined) continue
      if (seen.has(key)) {
        this.issues.push(
          issue('yaml-key-twice', this.placeOf(pair.key), `the key ${key} stands here twice`, 'keep one of the two'),
        )
      }
      seen.add(key)
      // defineProperty, because `__proto__` is a name like any other in a file.
      const plain = this.plain(pair.value, depth + 1)
      Object.defineProperty(value, key, { value: plain, enumerable: true, configurable: true, writable: true })
    }
    return value
  }

  private key(node: unknown): string | undefined {
    const named = isAlias(node) ? node.resolve(this.document) : node
    if (isScalar(named)) return keyText(named.value)
    const help = 'write a plain word before the colon'
    this.issues.push(issue('yaml-key', this.placeOf(node), 'a key must be a plain word', help))
    return undefined
  }

  private aliased(node: Node & { source: string; resolve(document: Document): unknown }, depth: number): unknown {
    this.aliases += 1
    if (this.aliases > yamlLimits.aliases) {
      const text = `more than ${yamlLimits.aliases} aliases`
      return this.stop(issue('yaml-too-many-aliases', this.placeOf(node), text, 'write the values out'))
    }
    const target = node.resolve(this.document)
    if (target === undefined) {
      const help = `define it before with &${node.source}`
      return this.stop(issue('yaml-alias', this.placeOf(node), `nothing is called &${node.source}`, help))
    }
    return this.plain(target, depth + 1)
  }

  /** Enough found: going on would only repeat it. */
  private get full(): boolean {
    return this.issues.length >= 100 || this.stopped
  }
  private stopped = false
  private stop(found: Issue): null {
    if (!this.stopped) this.issues.push(found)
    this.stopped = true
    return null
  }

  private placeOf(node: unknown): Place {
    return this.at(rangeOf(node) ?? 0)
  }
}

const rangeOf = (node: unknown): number | undefined =>
  (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) && node.range ? node.range[0] : undefined

const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>()

/** The pairs of a map by key, the last of a name: looked up often, so kept. */
function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = indexes.get(map)
  if (known) return known
  const index = new Map(
    map.items.flatMap((item) => (isScalar(item.key) ? [[keyText(item.key.value), item] as const] : [])),
  )
  indexes.set(map, index)
  return index
}

function placeIn(document: Document.Parsed, path: readonly PropertyKey[], ofKey: boolean, at: At): Place {
  let node: unknown = document.contents
  let offset = rangeOf(node) ?? document.range[0]
  for (const [index, part] of path.entries()) {
    const here: unknown = isAlias(node) ? node.resolve(document) : node
    const last = index === path.length - 1
    if (isMap(here)) {
      const pair = pairsOf(here).get(String(part))
      if (!pair) break
      node = pair.value
      const key = rangeOf(pair.key)
      offset = (last && ofKey ? key : (rangeOf(node) ?? key)) ?? offset
    } else if (isSeq(here)) {
      node = here.items[Number(part)]
      offset = rangeOf(node) ?? offset
    } else break
  }
  return at(offset)
}
