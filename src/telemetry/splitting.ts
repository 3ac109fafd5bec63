// A document of events cut into the texts of single events: lists, wrappers of services, objects one after another, lines under a header.
import type { Issue } from '#kernel'
import { headed } from './parsers/headed.ts'
import { isObject } from './parsers/values.ts'

export interface SplittingOptions {
  /** What is cut, for Issues. */
  readonly file: string
  /** Longer events, in characters, become an Issue and are skipped. */
  readonly recordChars: number
  /** The first line names the columns of CSV. */
  readonly csv?: boolean
}

/** Takes a document piece by piece. What is held is no more than one event. */
export interface DocumentSplitter {
  push(text: string): Iterable<string | Issue>
  end(): Iterable<string | Issue>
}

/** Members that hold a list of events: CloudTrail, Azure, Graph, Google's APIs, CloudWatch, our own senders. */
const lists = new Set([
  'Records',
  'records',
  'value',
  'events',
  'items',
  'logEvents',
  'entries',
  'data',
  'value_list',
  'audit_events',
])
/** Members that may stand before the list and say nothing of the events; with any other the object is an event itself. */
const around = new Set(
  (
    'kind etag nextPageToken selfLink next cursor count total total_count size has_more page limit offset ok @odata.context @odata.nextLink @odata.count @odata.deltaLink ' +
    'messageType owner logGroup logStream subscriptionFilters requestId timestamp response_metadata meta metadata pagination paging links stat response'
  ).split(' '),
)
/** An activity of Google Workspace has a kind, an etag and a list of its own parts under these names. */
const ofGoogle = new Set(['events'])

const tooLong = ({ file, recordChars }: SplittingOptions, line?: number): Issue => ({
  code: 'record-too-long',
  severity: 'warning',
  at: line === undefined ? { file } : { file, line },
  text: `an event is longer than ${recordChars} characters; it was skipped`,
  help: 'raise the limit on the length of a record',
})
const truncated = ({ file }: SplittingOptions): Issue => ({
  code: 'json-truncated',
  severity: 'error',
  at: { file },
  text: 'the JSON at the end of the document does not end',
  help: 'what came before it was read; send it again',
})

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** What stood before the list, when that is all envelope. */
function envelopeOf(before: string, list: string): Readonly<Record<string, unknown>> | undefined {
  const text = before.trimEnd()
  const envelope = objectOf(`${text.endsWith(',') ? text.slice(0, -1) : text}}`)
  if (!envelope || !Object.keys(envelope).every((name) => around.has(name))) return undefined
  return ofGoogle.has(list) && envelope['kind'] !== undefined ? undefined : envelope
}

const [quote, backslash, openObject, closeObject, openList, closeList, colon, comma] = [
  34, 92, 123, 125, 91, 93, 58, 44,
] as const
const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

/** Follows JSON and gives out each event when it is whole. */
class JsonDocument implements DocumentSplitter {
  readonly #options: SplittingOptions
  #level = 0
  /** Level at whose inside values are events; 0: at the top. */
  #eventLevel = 0
  #inText = false
  #escaped = false
  #held = ''
  #taking = false
  #skipping = false
  /** After the list of a wrapper: the rest is passed over. */
  #tail = false
  #expectsKey = false
  #keyAt = -1
  #key = ''
  /** A list of a wrapper has opened: the next character tells whether it holds events. */
  #pending: Readonly<Record<string, unknown>> | undefined
  #prefix: Readonly<Record<string, unknown>> | undefined

  constructor(options: SplittingOptions) {
    this.#options = options
  }

  *push(text: string): Generator<string | Issue> {
    let from = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (this.#inText) {
        this.#inside(code)
        if (this.#inText || !this.#taking || this.#level !== this.#eventLevel) continue
        yield* this.#emit(text.slice(from, at + 1)) // a text that is an event
        continue
      }
      if (this.#pending && !isSpace(code) && this.#settle(code)) from = at
      if (!this.#taking && this.#begins(code)) from = at
      const done = this.#turn(code, () => this.#held + text.slice(from, at))
      if (done) yield* this.#emit(text.slice(from, at + 1))
    }
    if (this.#taking) yield* this.#hold(text.slice(from))
  }

  *end(): Generator<string | Issue> {
    if (this.#taking && !this.#skipping) yield truncated(this.#options)
  }

  #inside(code: number): void {
    if (this.#escaped) this.#escaped = false
    else if (code === backslash) this.#escaped = true
    else if (code === quote) this.#inText = false
  }

  /** Whether an event begins with this character. */
  #begins(code: number): boolean {
    const value = code === openObject || (code === quote && this.#eventLevel > 0)
    if (this.#tail || this.#level !== this.#eventLevel || !value) return false
    this.#taking = true
    this.#skipping = false
    this.#held = ''
    this.#keyAt = -1
    return true
  }

  /** The first character in a list of a wrapper: its members are events when they are objects or texts. */
  #settle(code: number): boolean {
    const envelope = this.#pending
    this.#pending = undefined
    if (code !== openObject && code !== quote && code !== closeList) return false
    this.#prefix = envelope && envelope['logGroup'] !== undefined ? envelope : undefined
    this.#eventLevel = this.#level
    this.#taking = false
    this.#held = ''
    return true
  }

  /** Takes a character outside of texts; true when it ends an event. */
  #turn(code: number, before: () => string): boolean {
    if (code === quote) this.#quote(before)
    else if (code === openObject || code === openList) this.#open(code, before)
    else if (code === closeObject || code === closeList) return this.#close()
    else if (this.#level === 1) {
      if (code === comma) this.#expectsKey = true
      else if (code === colon) {
        this.#expectsKey = false
        if (this.#keyAt >= 0)
          this.#key = before()
            .slice(this.#keyAt + 1)
            .trimEnd()
            .slice(0, -1)
      }
    }
    return false
  }

  #quote(before: () => string): void {
    this.#inText = true
    this.#escaped = false
    if (this.#level === 1 && this.#eventLevel === 0 && this.#taking && this.#expectsKey && !this.#skipping)
      this.#keyAt = before().length
  }

  #open(code: number, before: () => string): void {
    this.#level++
    if (!this.#taking) {
      if (code === openList && this.#level === 1) this.#eventLevel = 1
      return
    }
    if (this.#eventLevel !== 0 || this.#skipping) return
    if (this.#level === 1) this.#expectsKey = code === openObject
    if (code === openList && this.#level === 2 && lists.has(this.#key))
      this.#pending = envelopeOf(before().slice(0, this.#keyAt), this.#key)
  }

  #close(): boolean {
    this.#level = Math.max(0, this.#level - 1)
    if (this.#taking) return this.#level === this.#eventLevel
    if (this.#level < this.#eventLevel) {
      this.#tail = this.#level > 0
      this.#eventLevel = 0
      this.#prefix = undefined
    }
    if (this.#level === 0) this.#tail = false
    return false
  }

  *#hold(part: string): Generator<string | Issue> {
    if (this.#skipping) return
    if (this.#held.length + part.length <= this.#options.recordChars) {
      this.#held += part
      return
    }
    this.#skipping = true
    this.#held = ''
    yield tooLong(this.#options)
  }

  *#emit(part: string): Generator<string | Issue> {
    yield* this.#hold(part)
    const event = this.#skipping ? undefined : this.#event(this.#held)
    this.#taking = false
    this.#held = ''
    if (event !== undefined && event !== '') yield event
  }

  /** A text out of its quotes; an event of CloudWatch with the group and stream it comes from. */
  #event(held: string): string {
    if (held.charCodeAt(0) === quote) {
      const [text] = listOf(`[${held}]`)
      return typeof text === 'string' ? text : held
    }
    const object = this.#prefix && objectOf(held)
    return object ? JSON.stringify({ ...this.#prefix, ...object }) : held
  }
}

function listOf(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

/** Lines; a header of names goes before each line that needs it to be understood. */
class LineDocument implements DocumentSplitter {
  readonly #options: SplittingOptions
  readonly #headed: ReturnType<typeof headed>
  #held = ''
  #number = 0
  #skipping = false

  constructor(options: SplittingOptions) {
    this.#options = options
    this.#headed = headed({ csv: options.csv ?? false })
  }

  *push(text: string): Generator<string | Issue> {
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      yield* this.#line(this.#held + text.slice(from, end))
      this.#held = ''
      from = end + 1
    }
    if (this.#skipping) return
    this.#held += text.slice(from)
    if (this.#held.length <= this.#options.recordChars) return
    this.#held = ''
    this.#skipping = true
    yield tooLong(this.#options, this.#number + 1)
  }

  *end(): Generator<string | Issue> {
    yield* this.#line(this.#held)
    this.#held = ''
  }

  *#line(whole: string): Generator<string | Issue> {
    this.#number += 1
    const line = whole.endsWith('\r') ? whole.slice(0, -1) : whole
    const skipped = this.#skipping
    this.#skipping = false
    if (skipped || line.trim() === '') return
    if (line.length > this.#options.recordChars) {
      yield tooLong(this.#options, this.#number)
      return
    }
    const record = this.#headed.push(line)
    if (record !== undefined) yield record
  }
}

/** The first line is looked at up to so many characters: a longer one is followed as JSON. */
const longestLook = 65_536

/** Whether lines begin here: no JSON, or an object a line. Undefined until enough is seen. A wrapper of events is none, though it stands in one line. */
export function isLines(head: string, ended: boolean, options: SplittingOptions): boolean | undefined {
  const code = head.charCodeAt(0)
  if (code !== openObject && code !== openList) return true
  const end = head.indexOf('\n')
  if (end < 0 && !ended && head.length < longestLook) return undefined
  const line = (end < 0 ? head : head.slice(0, end)).trimEnd()
  if (line.length > longestLook) return false
  if (code === openList) return !isListStart(line)
  const first = firstLine(line, options)
  if (first !== 'broken') return first === 'event'
  // A first line that is broken does not spoil a file of lines; one that goes on below is no line.
  if (end >= 0 && head.length === end + 1 && !ended) return undefined
  return end >= 0 && head.charCodeAt(end + 1) === openObject
}

/** What a line that begins an object is: one event, several or none, or no whole JSON. */
function firstLine(line: string, options: SplittingOptions): 'event' | 'wrapper' | 'broken' {
  const document = new JsonDocument(options)
  const cut = [...document.push(line), ...document.end()]
  if (cut.length > 0 && cut.every((one) => typeof one !== 'string')) return 'broken'
  return cut.length === 1 && cut[0] === line && objectOf(line) ? 'event' : 'wrapper'
}

/** Whether a line that begins with a bracket is the beginning of a list, and no time in brackets. */
const isListStart = (line: string): boolean => /^\[\s*(?:$|["{[\]])/.test(line.slice(0, 64))

/** Cuts a document that comes in pieces; how it begins tells what it is: a list, a wrapper, objects, or lines. */
export function documentSplitter(options: SplittingOptions): DocumentSplitter {
  let chosen: DocumentSplitter | undefined
  let head = ''
  function* choose(ended: boolean): Generator<string | Issue> {
    const at = head.search(/[^\s\ufeff]/)
    if (at < 0) head = ''
    if (at < 0) return
    const begun = head.slice(at)
    const lines = isLines(begun, ended, options)
    if (lines === undefined) return
    // Empty lines at the beginning are counted, so that a place in the file is right.
    chosen = lines ? new LineDocument(options) : new JsonDocument(options)
    yield* chosen.push(lines ? head.replace(/^\ufeff/, '') : begun)
  }
  return {
    *push(text) {
      if (chosen) return yield* chosen.push(text)
      head += text
      yield* choose(false)
    },
    *end() {
      if (!chosen) yield* choose(true)
      if (chosen) yield* chosen.end()
    },
  }
}

/** All events of a document at once; Issues of what could not be cut come among them. */
export function* eventTexts(text: string, options: SplittingOptions): Generator<string | Issue> {
  const splitter = documentSplitter(options)
  yield* splitter.push(text)
  yield* splitter.end()
}
