// Texts of the model's files → entries with their places, and every problem of every file at once.
import type { z } from 'zod'
import { type Issue, placeText, type Place } from '#kernel'
import { pairsIn, type ParsedFile, type Sheet, sheetOf } from './documents.ts'
import {
  type Extensions,
  extensionsIn,
  type Layer,
  layersOf,
  mergeLayers,
  placeInLayers,
  strayExtensions,
} from './extend.ts'
import { error } from './issues.ts'
import { flowEnds, idIn } from './names.ts'
import { type Part, partName, parts, schemas } from './source.ts'
import { suggester } from './suggest.ts'
import type { Entry, Written } from './written.ts'
import { readYaml } from './yaml/read-yaml.ts'

/** One file of the model. */
export interface ModelText {
  /** As issues name it: `model/zones.yaml`. */
  readonly file: string
  readonly text: string
}

/** Most entries below one key of one file. */
const mostEntries = 10_000

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
  const sheets: Sheet[] = []
  const unworded = new Map<string, number>()
  for (const { text, file } of texts) {
    const parsed = readYaml(text, file)
    if (!parsed.ok) {
      issues.push(...parsed.fail)
      continue
    }
    const { sheet, worded, more } = sheetOf(parsed.value)
    sheets.push(sheet)
    issues.push(...worded)
    if (more > 0) unworded.set(file, more)
  }
  const complete = !unread && sheets.length === texts.length
  const extensions = extensionsIn(sheets, issues)
  const written = writtenIn({ sheets, extensions, issues }, complete)
  if (complete) issues.push(...strayExtensions(extensions, helpFor(written)))
  return { written, issues, unworded }
}

/** For a name that no entry has: the help. Undefined when there is such an entry. */
function helpFor(written: Written): (part: Part, id: string) => string | undefined {
  const suggest = new Map(
    parts.map((part) => [part, suggester([...written[part].keys(), ...written.broken[part]])] as const),
  )
  return (part, id) =>
    written[part].has(id) || written.broken[part].has(id) ? undefined : (suggest.get(part)?.(id) ?? '')
}

interface Reading {
  readonly sheets: readonly Sheet[]
  readonly extensions: Extensions
  readonly issues: Issue[]
}

function writtenIn(reading: Reading, complete: boolean): Written {
  const none = () => new Set<string>()
  const broken = {
    kinds: none(),
    zones: none(),
    assets: none(),
    flows: none(),
    data: none(),
    services: none(),
    people: none(),
    trust: none(),
    assumptions: none(),
    views: none(),
    moved: none(),
  } satisfies Record<Part, Set<string>>
  const all = <Value>(part: Part, schema: z.ZodType<Value>, parsed: Collect<Value>['parsed']) =>
    entriesOf({ ...reading, part, schema, parsed, broken: broken[part] })
  return {
    kinds: all('kinds', schemas.kinds, (file) => file.kinds),
    zones: all('zones', schemas.zones, (file) => file.zones),
    assets: all('assets', schemas.assets, (file) => file.assets),
    flows: withEnds(all('flows', schemas.flows, (file) => file.flows)),
    data: all('data', schemas.data, (file) => file.data),
    services: all('services', schemas.services, (file) => file.services),
    people: all('people', schemas.people, (file) => file.people),
    trust: withEnds(all('trust', schemas.trust, (file) => file.trust)),
    assumptions: all('assumptions', schemas.assumptions, (file) => file.assumptions),
    views: all('views', schemas.views, (file) => file.views),
    moved: all('moved', schemas.moved, (file) => file.moved),
    broken,
    complete,
  }
}

interface Collect<Value> extends Reading {
  readonly part: Part
  readonly schema: z.ZodType<Value>
  /** The entries of a file that the schema has read as a whole. */
  readonly parsed: (file: ParsedFile) => Readonly<Record<string, Value | null>> | null | undefined
  readonly broken: Set<string>
}

/** The entries of one part in all files. The first of two with the same id counts. */
function entriesOf<Value>(collect: Collect<Value>): Map<string, Entry<Value>> {
  const { sheets, extensions, part, broken, issues } = collect
  const found = new Map<string, Entry<Value>>()
  const first = new Map<string, () => Place>()
  for (const { sheet, key, id, raw } of writtenBelow(sheets, part, { issues, broken })) {
    const { document } = sheet
    const at = () => document.place([part, key], 'key')
    const before = first.get(id ?? key)
    if (id === undefined) issues.push(badKey(part, key, at()))
    else if (before) issues.push(twice(part, id, { at: at(), before: before() }))
    if (before) continue
    first.set(id ?? key, at)
    const layers = [{ document, path: [part, key], raw }, ...layersOf(extensions, part, id ?? key)]
    const value = valueOf(collect, { sheet, key, layers })
    if (id === undefined || value === undefined) broken.add(id ?? key)
    else found.set(id, { id, value, place: placing(layers, at) })
  }
  return found
}

interface Piece {
  readonly sheet: Sheet
  readonly key: string
  readonly layers: readonly Layer[]
}

/** An entry as the schema reads it, with what other files add to it. Additions that spoil it are left out, and said. */
function valueOf<Value>(
  { part, schema, parsed, issues }: Collect<Value>,
  { sheet, key, layers }: Piece,
): Value | undefined {
  const [own, addition] = layers
  const alone = (sheet.parsed && parsed(sheet.parsed)?.[key]) ?? schema.safeParse(own?.raw).data
  if (!addition) return alone
  const merged = schema.safeParse(mergeLayers(`${part}.${key}`, layers, issues))
  if (merged.success || alone === undefined) return merged.data
  const text = `what is added here spoils ${part}.${shown(key)}: ${merged.error.issues[0]?.message ?? 'wrong value'}`
  issues.push(error('wrong-value', addition.document.place(addition.path, 'key'), text, 'add less, or mend the entry'))
  return alone
}

interface WrittenEntry {
  readonly sheet: Sheet
  readonly key: string
  /** Undefined when the key cannot be one. */
  readonly id: string | undefined
  readonly raw: unknown
}

/** Entries as they stand in the files; of a file with too many, the first ones. */
function* writtenBelow(
  sheets: readonly Sheet[],
  part: Part,
  { issues, broken }: Pick<Collect<unknown>, 'issues' | 'broken'>,
): Generator<WrittenEntry> {
  for (const sheet of sheets) {
    const pairs = pairsIn(sheet.document, part)
    for (const [key, raw] of pairs.slice(0, mostEntries)) yield { sheet, key, id: idIn(part, key), raw }
    if (pairs.length <= mostEntries) continue
    const text = `more than ${mostEntries.toLocaleString('en')} ${part} in one file`
    issues.push(error('too-many-entries', sheet.document.place([part], 'key'), text, 'split the file'))
    for (const [key] of pairs.slice(mostEntries)) broken.add(idIn(part, key) ?? key)
  }
}

/** The way to places in an entry; its own is looked up once. */
function placing(layers: readonly Layer[], at: () => Place): Entry<unknown>['place'] {
  let own: Place | undefined
  return (path = []) => placeInLayers(layers, path) ?? (own ??= at())
}

const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

function badKey(part: Part, key: string, at: Place): Issue {
  if (part === 'flows')
    return error(
      'bad-flow',
      at,
      `${shown(key)} does not say who speaks to whom`,
      'write from -> to, or from -> to (label) for a second one',
    )
  if (part === 'trust')
    return error('bad-trust', at, `${shown(key)} does not say what opens what`, 'write from -> to: two ids of assets')
  if (part === 'moved')
    return error('bad-id', at, `${shown(key)} cannot be a name of before`, 'write the id of an asset, or zones.dmz')
  return error(
    'bad-id',
    at,
    `${shown(key) || 'an empty text'} cannot be the id of a ${partName(part)}`,
    'use letters, digits, dots, dashes and underscores, at most 63',
  )
}

function twice(part: Part, id: string, { at, before }: { at: Place; before: Place }): Issue {
  const help = part === 'flows' ? 'give one of them a label: from -> to (label)' : 'rename or remove one of the two'
  return error('id-twice', at, `${partName(part)} ${id} is written twice: here and at ${placeText(before)}`, help)
}

const withEnds = <Value>(flows: ReadonlyMap<string, Entry<Value>>) =>
  new Map(
    [...flows].flatMap(([id, entry]) => {
      const ends = flowEnds(id)
      return ends ? [[id, { ...entry, value: { ...entry.value, ...ends } }] as const] : []
    }),
  )
