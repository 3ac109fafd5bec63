// YAML as people usually write it, read fast: events with offsets become plain values. What is unusual or wrong is left to the reader that explains it.
import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent } from 'js-yaml'

/** A document's plain value, and the offset at which a part of it begins. */
export interface EventDocument {
  readonly value: unknown
  /** Of the value at this path, or its nearest existing parent; with `ofKey`, of its key. */
  readonly offset: (path: readonly PropertyKey[], ofKey: boolean) => number
}

export interface EventLimits {
  readonly depth: number
  readonly documents: number
}

/**
 * All documents of a text; undefined when it holds tags, anchors, keys that are no words, the same key twice, too much of anything, or an error.
 * Never throws.
 */
export function eventDocuments(text: string, limits: EventLimits): EventDocument[] | undefined {
  if (text.startsWith('\uFEFF') || loneReturn.test(text)) return undefined
  const events = eventsOf(text, limits)
  if (!events) return undefined
  const documents: EventDocument[] = []
  for (let at = 0; at < events.length;) {
    const document = events[at]
    // A directive may ask for another version, where words mean other things.
    if (document?.type !== EVENT_ID.DOCUMENT || document.directives.length > 0) return undefined
    const reader = new Reader(text, events, limits.depth)
    const root = at + 1
    const read = reader.read(root)
    if (!read || documents.length === limits.documents) return undefined
    documents.push({ value: read.value, offset: (path, ofKey) => offsetOf({ text, events }, root, { path, ofKey }) })
    at = read.next
  }
  return documents
}

/** The two readers do not agree on what a carriage return alone means. */
const loneReturn = /\r(?!\n)/

function eventsOf(text: string, { depth }: EventLimits): readonly Event[] | undefined {
  try {
    return parseEvents(text, { maxDepth: depth })
  } catch {
    return undefined
  }
}

const unusual = Symbol('unusual')

/** Builds the value of one document. */
class Reader {
  private at = 0
  private readonly text: string
  private readonly events: readonly Event[]
  private readonly depth: number

  constructor(text: string, events: readonly Event[], depth: number) {
    this.text = text
    this.events = events
    this.depth = depth
  }

  /** The value that begins at an event, and the event behind its document. */
  read(root: number): { value: unknown; next: number } | undefined {
    this.at = root
    const value = this.value(0)
    if (value === unusual || this.events[this.at]?.type !== EVENT_ID.POP) return undefined
    return { value, next: this.at + 1 }
  }

  private value(depth: number): unknown {
    const event = this.events[this.at++]
    if (event === undefined || depth > this.depth || !isPlain(event)) return unusual
    if (event.type === EVENT_ID.SCALAR) return scalarOf(this.text, event)
    return event.type === EVENT_ID.SEQUENCE ? this.items(depth) : this.map(depth)
  }

  private items(depth: number): unknown {
    const items: unknown[] = []
    while (this.events[this.at]?.type !== EVENT_ID.POP) {
      const item = this.value(depth + 1)
      if (item === unusual) return unusual
      items.push(item)
    }
    this.at++
    return items
  }

  private map(depth: number): unknown {
    const map: Record<string, unknown> = {}
    while (this.events[this.at]?.type !== EVENT_ID.POP) {
      const event = this.events[this.at++]
      if (event?.type !== EVENT_ID.SCALAR || !isPlain(event)) return unusual
      const key = keyText(scalarOf(this.text, event))
      if (key === '__proto__' || Object.hasOwn(map, key)) return unusual
      const value = this.value(depth + 1)
      if (value === unusual) return unusual
      map[key] = value
    }
    this.at++
    return map
  }
}

type Plain = Extract<Event, { tagStart: number }>
/** A value without tag or anchor. */
const isPlain = (event: Event): event is Plain => 'tagStart' in event && event.tagStart < 0 && event.anchorStart < 0

/** A key as text: numbers and booleans as they are written in JSON. */
export const keyText = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value)

const scalarOf = (text: string, event: ScalarEvent): unknown => {
  const written = getScalarValue(text, event)
  return event.style === SCALAR_STYLE.PLAIN ? plainScalar(written) : written
}

/** Characters with which a plain scalar may begin that is no text. */
const special = /^[-+.~\dnNtTfF]/
const words = new Map<string, unknown>([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
])
const decimal = /^[-+]?\d+$/
const octal = /^0o[0-7]+$/
const hexadecimal = /^0x[\da-fA-F]+$/
const fraction = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/

/** What a scalar without quotes is (YAML 1.2.2, 10.3.2: core schema). */
function plainScalar(written: string): unknown {
  if (written === '') return null
  if (!special.test(written)) return written
  const word = words.get(written)
  if (word !== undefined) return word
  if (decimal.test(written)) return Number.parseInt(written, 10)
  if (octal.test(written)) return Number.parseInt(written.slice(2), 8)
  if (hexadecimal.test(written)) return Number.parseInt(written.slice(2), 16)
  return fraction.test(written) ? Number.parseFloat(written) : written
}

interface Read {
  readonly text: string
  readonly events: readonly Event[]
}
interface Wanted {
  readonly path: readonly PropertyKey[]
  readonly ofKey: boolean
}

function offsetOf(read: Read, root: number, { path, ofKey }: Wanted): number {
  const { events, text } = read
  let at = root
  let offset = startOf(text, events[root]) ?? 0
  for (const [index, part] of path.entries()) {
    const here = events[at]
    if (here?.type === EVENT_ID.MAPPING) {
      const pair = pairOf(read, at, String(part))
      if (!pair) break
      at = pair.value
      const key = events[pair.key]
      const before = startOf(text, key) ?? offset
      offset =
        index === path.length - 1 && ofKey ? before : (startOf(text, events[at]) ?? colonBehind(text, key, before))
    } else if (here?.type === EVENT_ID.SEQUENCE) {
      const item = itemOf(events, at, Number(part))
      if (item === undefined) break
      at = item
      offset = startOf(text, events[at]) ?? offset
    } else break
  }
  return offset
}

/** An empty value stands behind its colon. */
function colonBehind(text: string, key: Event | undefined, otherwise: number): number {
  if (key?.type !== EVENT_ID.SCALAR) return otherwise
  const colon = text.indexOf(':', Math.max(key.valueEnd, otherwise))
  if (colon < 0) return otherwise
  let at = colon + 1
  while (text[at] === ' ' || text[at] === '\t') at++
  return at
}

/** Where a value begins as it is written; an empty one begins nowhere. */
function startOf(text: string, event: Event | undefined): number | undefined {
  if (event?.type === EVENT_ID.SEQUENCE || event?.type === EVENT_ID.MAPPING) return event.start
  if (event?.type !== EVENT_ID.SCALAR || event.valueStart < 0) return undefined
  const { style, valueStart } = event
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return valueStart - 1
  const sign = style === SCALAR_STYLE.LITERAL_BLOCK ? '|' : style === SCALAR_STYLE.FOLDED_BLOCK ? '>' : undefined
  return sign === undefined ? valueStart : text.lastIndexOf(sign, valueStart - 1)
}

/** The event behind a value. */
function behind(events: readonly Event[], from: number): number {
  let open = 0
  for (let at = from; at < events.length; at++) {
    const type = events[at]?.type
    if (type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING) open++
    else if (type === EVENT_ID.POP) open--
    if (open <= 0) return at + 1
  }
  return events.length
}

const isInside = (event: Event | undefined): boolean => event !== undefined && event.type !== EVENT_ID.POP

function pairOf({ text, events }: Read, map: number, wanted: string): { key: number; value: number } | undefined {
  for (let key = map + 1; isInside(events[key]);) {
    const event = events[key]
    if (event?.type === EVENT_ID.SCALAR && keyText(scalarOf(text, event)) === wanted) return { key, value: key + 1 }
    key = behind(events, key + 1)
  }
  return undefined
}

function itemOf(events: readonly Event[], list: number, wanted: number): number | undefined {
  let at = list + 1
  for (let index = 0; isInside(events[at]); index++) {
    if (index === wanted) return at
    at = behind(events, at)
  }
  return undefined
}
