// Texts of the model's files → entries with their places, and every problem of every file at once.
import { z } from 'zod'
import { type Issue, placeText, type Place } from '#kernel'
import { issuesOfZod, parseYaml, type YamlDocument } from '#platform'
import { error } from './issues.ts'
import { flowEnds, flowId, idPattern, type Kind, kindName, ModelFile, schemas } from './source.ts'
import type { Entry, Written } from './written.ts'

/** One file of the model. */
export interface ModelText {
  /** As issues name it: `model/zones.yaml`. */
  readonly file: string
  readonly text: string
}

/** Most entries below one key of one file. */
const mostEntries = 10_000
/** Most problems of one file that are worded; the others are only counted. */
const mostWorded = 1_000

/** What the files say, and what is wrong with them. */
export interface ReadModel {
  readonly written: Written
  readonly issues: Issue[]
  /** Of files with very many problems: how many there are beside those in `issues`. */
  readonly unworded: ReadonlyMap<string, number>
}

/** Reads all files as one model. `unread` says that there are files whose text could not be had. Never throws. */
export function readModel(texts: readonly ModelText[], unread = false): ReadModel {
  const issues: Issue[] = []
  const documents: YamlDocument[] = []
  for (const { text, file } of texts) {
    const parsed = parseYaml(text, file)
    if (parsed.ok) documents.push(withoutEmpty(parsed.value))
    else issues.push(...parsed.fail)
  }
  const unworded = new Map<string, number>()
  for (const document of documents) {
    const { worded, more } = complaints(document)
    issues.push(...worded)
    if (more > 0) unworded.set(document.file, more)
  }
  const complete = !unread && documents.length === texts.length
  const broken = {
    zones: new Set<string>(),
    assets: new Set<string>(),
    flows: new Set<string>(),
    data: new Set<string>(),
    services: new Set<string>(),
  }
  const all = <Value>(kind: Kind, schema: z.ZodType<Value>) =>
    entriesOf({ documents, kind, schema, broken: broken[kind], issues })
  const zones = all('zones', schemas.zones)
  const assets = all('assets', schemas.assets)
  const flows = withEnds(all('flows', schemas.flows))
  const data = all('data', schemas.data)
  const services = all('services', schemas.services)
  return { written: { zones, assets, flows, data, services, broken, complete }, issues, unworded }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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
    Object.defineProperty(result, name, { value: change(value), enumerable: true, configurable: true, writable: true })
  return result
}

/** What the schema says against a file. */
function complaints(document: YamlDocument): { worded: Issue[]; more: number } {
  const parsed = ModelFile.safeParse(document.value)
  if (parsed.success) return { worded: [], more: 0 }
  const all = parsed.error.issues
  const some = new z.ZodError(all.slice(0, mostWorded).map(shortened))
  const worded = issuesOfZod(some, document, document.file, ModelFile).slice(0, mostWorded)
  return { worded, more: all.reduce((sum, issue) => sum + weightOf(issue), 0) - worded.length }
}

const weightOf = (issue: z.core.$ZodIssue): number => (issue.code === 'unrecognized_keys' ? issue.keys.length : 1)
const shortened = (issue: z.core.$ZodIssue): z.core.$ZodIssue =>
  issue.code === 'unrecognized_keys' ? { ...issue, keys: issue.keys.slice(0, mostWorded) } : issue

interface Collect<Value> {
  readonly documents: readonly YamlDocument[]
  readonly kind: Kind
  readonly schema: z.ZodType<Value>
  readonly broken: Set<string>
  readonly issues: Issue[]
}

/** The entries of one kind in all files. The first of two with the same id counts. */
function entriesOf<Value>({ documents, kind, schema, broken, issues }: Collect<Value>): Map<string, Entry<Value>> {
  const found = new Map<string, Entry<Value>>()
  const first = new Map<string, Place>()
  for (const { document, key, id, raw } of writtenIn(documents, kind, { issues, broken })) {
    const at = document.place([kind, key], 'key')
    const before = first.get(id ?? key)
    if (id === undefined) issues.push(badKey(kind, key, at))
    else if (before) issues.push(twice(kind, id, { at, before }))
    if (before) continue
    first.set(id ?? key, at)
    const parsed = schema.safeParse(raw)
    if (id === undefined || !parsed.success) broken.add(id ?? key)
    else found.set(id, { id, value: parsed.data, place: placing(document, [kind, key], at) })
  }
  return found
}

interface WrittenEntry {
  readonly document: YamlDocument
  readonly key: string
  /** Undefined when the key cannot be one. */
  readonly id: string | undefined
  readonly raw: unknown
}

/** Entries as they stand in the files; of a file with too many, the first ones. */
function* writtenIn(
  documents: readonly YamlDocument[],
  kind: Kind,
  { issues, broken }: Pick<Collect<unknown>, 'issues' | 'broken'>,
): Generator<WrittenEntry> {
  for (const document of documents) {
    const entries = isMap(document.value) ? document.value[kind] : undefined
    const pairs = isMap(entries) ? Object.entries(entries) : []
    for (const [key, raw] of pairs.slice(0, mostEntries)) yield { document, key, id: idOf(kind, key), raw }
    if (pairs.length <= mostEntries) continue
    const text = `more than ${mostEntries.toLocaleString('en')} ${kind} in one file`
    issues.push(error('too-many-entries', document.place([kind], 'key'), text, 'split the file'))
    for (const [key] of pairs.slice(mostEntries)) broken.add(idOf(kind, key) ?? key)
  }
}

const placing =
  (document: YamlDocument, above: readonly string[], at: Place) =>
  (path: readonly PropertyKey[] = []) =>
    path.length === 0 ? at : document.place([...above, ...path])

function idOf(kind: Kind, key: string): string | undefined {
  if (kind !== 'flows') return idPattern.test(key) ? key : undefined
  const ends = flowEnds(key)
  return ends && flowId(ends)
}

const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

const badKey = (kind: Kind, key: string, at: Place): Issue =>
  kind === 'flows'
    ? error(
        'bad-flow',
        at,
        `${shown(key)} does not say who speaks to whom`,
        'write from -> to, or from -> to (label) for a second one',
      )
    : error(
        'bad-id',
        at,
        `${shown(key) || 'an empty text'} cannot be the id of a ${kindName[kind]}`,
        'use letters, digits, dots, dashes and underscores, at most 63',
      )

function twice(kind: Kind, id: string, { at, before }: { at: Place; before: Place }): Issue {
  const help = kind === 'flows' ? 'give one of them a label: from -> to (label)' : 'rename or remove one of the two'
  return error('id-twice', at, `${kindName[kind]} ${id} is written twice: here and at ${placeText(before)}`, help)
}

const withEnds = <Value>(flows: ReadonlyMap<string, Entry<Value>>) =>
  new Map(
    [...flows].flatMap(([id, entry]) => {
      const ends = flowEnds(id)
      return ends ? [[id, { ...entry, value: { ...entry.value, ...ends } }] as const] : []
    }),
  )
