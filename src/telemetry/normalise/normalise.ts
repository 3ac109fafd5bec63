// An event as OCSF 1.6.0: the parser's mapping first, then the columns and the names that many sources share; the rest stays, unmapped.
import { type OcsfClassShape, ocsfSchema, ocsfVersion } from '#standards'
import type { OcsfMapping } from '../parsers/parser.ts'
import { parsers } from '../parsers/table.ts'
import type { FieldValue } from '../types.ts'
import { activityOf } from './activities.ts'
import { classRules } from './classes/table.ts'
import { outcomeOfCode } from './classes/web.ts'
import { placeColumns } from './columns.ts'
import { commonPaths } from './common-names.ts'
import { finish } from './finish.ts'
import { Draft, type Placed } from './draft.ts'
import { placeEnrichments } from './enrichments.ts'
import type { Normalisable } from './event.ts'
import { placeHashes } from './hashes.ts'
import { productOf } from './products.ts'
import { isOcsfObject, type OcsfObject, type OcsfValue } from './value.ts'

const byParser = new Map(parsers.map((parser) => [parser.name, parser]))

/** The event in the form of its OCSF class. Nothing is left out: what the class has no place for stands in `unmapped`, the record in `raw_data`. */
export function normalise(event: Normalisable): OcsfObject {
  const draft = new Draft(shapeOf(event.class_uid))
  const used = new Set<string>()
  placeMapped(draft, event, used)
  placeHashes(draft, event, used)
  placeCommon(draft, event, used)
  classRules[draft.shape.uid]?.({ draft, event, used })
  const lost = placeColumns(draft, event)
  if (event.enriched) placeEnrichments(draft, event.enriched)
  placeHead(draft, event)
  unmapped(draft, event, { used, lost })
  finish(draft, event)
  return draft.event
}

function shapeOf(uid: number): OcsfClassShape {
  const { classes } = ocsfSchema()
  const shape = classes.get(uid) ?? classes.get(0)
  if (!shape) throw new Error('the schema has no base event')
  return shape
}

function placeMapped(draft: Draft, event: Normalisable, used: Set<string>): void {
  const { fields } = event
  for (const [path, names] of linesOf(event)) {
    for (const name of names) {
      const value = fields[name]
      if (value === undefined || !Object.hasOwn(fields, name)) continue
      const placed = draft.place(path, value)
      if (placed === 'set' || placed === 'same') used.add(name)
      if (placed !== 'no') break
    }
  }
}

const noLines: Entries = []
const constant = new Map<string, Entries>()
/** The parser's mapping, line by line; one that asks nothing of the event is the same for all. */
function linesOf(event: Normalisable): Entries {
  const parser = byParser.get(event.parser)
  if (!parser?.ocsf) return noLines
  if (parser.ocsf.length > 0) return entriesOf(parser.ocsf(event))
  let lines = constant.get(parser.name)
  if (!lines) constant.set(parser.name, (lines = entriesOf(parser.ocsf(event))))
  return lines
}

type Entries = readonly (readonly [path: string, names: readonly string[]])[]
const entries = new WeakMap<OcsfMapping, Entries>()
/** The lines of a mapping; most mappings are the same object for every event. */
function entriesOf(mapping: OcsfMapping): Entries {
  let known = entries.get(mapping)
  if (!known) {
    known = Object.entries(mapping).map(([path, names]) => [path, typeof names === 'string' ? [names] : names])
    entries.set(mapping, known)
  }
  return known
}

const aboutWeb = /http|url|cs-|sc-|agent|referr?er|request/i
const webClasses: ReadonlySet<number> = new Set([4002, 6004])
/** Whether the name may mean this here: `method` and `status` are about the web in web requests only. */
const mayMean = (path: string, name: string, shape: OcsfClassShape): boolean =>
  path.startsWith('http_')
    ? webClasses.has(shape.uid) || aboutWeb.test(name)
    : !path.startsWith('api.') || shape.attributes.has('api')

/** In identity events without a second account, the acting user is the one it is about. */
const subjectPath = (path: string, name: string, draft: Draft): string => {
  const own = path.slice('actor.'.length)
  return path.startsWith('actor.user.') && !name.startsWith('Subject') && draft.has(own) ? own : path
}

interface Known {
  readonly alone: Map<string, readonly string[]>
  readonly usual: Map<string, readonly string[]>
}
const knownPaths = new WeakMap<OcsfClassShape, Known>()
function knownOf(shape: OcsfClassShape): Known {
  let known = knownPaths.get(shape)
  if (!known) knownPaths.set(shape, (known = { alone: new Map(), usual: new Map() }))
  return known
}
/** Where a field of a common name may stand in this class; `alone` when the event knows one account only. */
function findPaths(draft: Draft, name: string, alone: boolean): readonly string[] {
  const meant = (commonPaths.get(name) ?? []).filter((path) => mayMean(path, name, draft.shape))
  const here = alone ? meant.map((path) => subjectPath(path, name, draft)) : meant
  return here.filter((path) => draft.has(path))
}

const account = /^([^\\]{1,100})\\([^\\]{1,200})$/
/** `CORP\ada` is an account and its domain. */
function placeUser(draft: Draft, paths: readonly string[], value: string): Placed {
  const [, domain, name] = account.exec(value) ?? []
  const path = paths.find((one) => draft.has(one))
  if (path === undefined || domain === undefined || name === undefined) return draft.placeFirst(paths, value)
  const placed = draft.place(path, name)
  if (placed === 'set') draft.place(`${path.slice(0, -'name'.length)}domain`, domain)
  return placed === 'taken' ? draft.placeFirst(paths, value) : placed
}

function placeCommon(draft: Draft, event: Normalisable, used: Set<string>): void {
  const alone = draft.shape.category === 3 && event.target_user === undefined
  const known = knownOf(draft.shape)
  const byName = alone ? known.alone : known.usual
  for (const name in event.fields) {
    if (!commonPaths.has(name) || used.has(name)) continue
    let paths = byName.get(name)
    if (!paths) byName.set(name, (paths = findPaths(draft, name, alone)))
    const value = event.fields[name]
    if (paths.length === 0 || value === undefined) continue
    const isUser = typeof value === 'string' && paths[0]?.endsWith('user.name') === true
    const placed = isUser ? placeUser(draft, paths, value) : draft.placeFirst(paths, value)
    if (placed === 'set' || placed === 'same') used.add(name)
  }
}

const outcomes = { success: 1, failure: 2 } as const
function outcomeOf({ event: draft, shape }: Draft, { outcome }: Normalisable): string | undefined {
  const { http_response: response } = draft
  const code = outcome === undefined && shape.uid === 4002 && isOcsfObject(response) ? response['code'] : undefined
  return outcome ?? outcomeOfCode(code)
}

function placeHead(draft: Draft, event: Normalisable): void {
  const { shape } = draft
  draft.place('time', event.time)
  draft.place('severity_id', event.severity_id)
  draft.place('message', event.message)
  const outcome = outcomeOf(draft, event)
  const status = shape.attributes.get('status_id')?.ids?.has('success') ?? false
  if (status && (outcome === 'success' || outcome === 'failure')) draft.place('status_id', outcomes[outcome])
  if (shape.category === 2) draft.place('status_id', 1)
  if (event.raw !== undefined) draft.place('raw_data', event.raw)
  placeActivity(draft, event)
  placeMetadata(draft, event)
}

function placeActivity(draft: Draft, event: Normalisable): void {
  const { event: out, shape } = draft
  const request = out['http_request']
  const method = isOcsfObject(request) ? request['http_method'] : undefined
  const said = event.activity_id
  const derived = (): number => activityOf(shape, event.activity, typeof method === 'string' ? method : undefined)
  if (said !== undefined && said !== 0) draft.place('activity_id', shape.activities.has(said) ? said : 99)
  else if (out['activity_id'] === undefined) draft.place('activity_id', derived())
  const id = Number(out['activity_id'] ?? 0)
  const name = shape.activities.get(id) ?? 'Unknown'
  out['activity_id'] = id
  out['activity_name'] = id === 99 && event.activity !== '' ? event.activity : name
  out['class_uid'] = shape.uid
  out['class_name'] = shape.caption
  out['category_uid'] = shape.category
  out['category_name'] = shape.categoryName
  out['type_uid'] = shape.uid * 100 + id
  out['type_name'] = `${shape.caption}: ${name}`
}

function placeMetadata(draft: Draft, event: Normalisable): void {
  const product = productOf(event.logsource.product, event.parser)
  draft.place('metadata.version', ocsfVersion)
  draft.place('metadata.product.name', product.name)
  draft.place('metadata.product.vendor_name', product.vendor)
  draft.place('metadata.log_name', event.logsource.service)
  draft.place('metadata.log_provider', event.source)
  draft.place('metadata.uid', event.id)
  draft.place('metadata.logged_time', event.received)
  if (product.cloud !== undefined) draft.place('cloud.provider', product.cloud)
  if (product.os && draft.event['device'] !== undefined) {
    draft.place('device.os.type_id', product.os[0])
    draft.place('device.os.name', product.os[1])
  }
}

interface Rest {
  readonly used: ReadonlySet<string>
  /** Columns without a place. */
  readonly lost: readonly string[]
}
function unmapped(draft: Draft, event: Normalisable, { used, lost }: Rest): void {
  const columns = new Map<string, unknown>(lost.length > 0 ? Object.entries(event) : [])
  const rest: OcsfObject = {}
  let any = false
  const keep = (name: string, value: OcsfValue): void => {
    any = true
    if (name === '__proto__') Object.defineProperty(rest, name, { value, enumerable: true })
    else rest[name] = value
  }
  for (const name of lost) {
    const value = columns.get(name)
    if (typeof value === 'string' || typeof value === 'number') keep(name, value)
  }
  for (const name in event.fields) {
    const value = event.fields[name]
    if (!used.has(name) && value !== undefined && value !== null) keep(name, copied(value))
  }
  if (event.parse_error !== undefined) keep('parse_error', event.parse_error)
  if (any) draft.event['unmapped'] = rest
}
const copied = (value: FieldValue): OcsfValue => (typeof value === 'object' && value !== null ? [...value] : value)
