// A record becomes an event: the parser is named by the input or found by looking at the record; envelopes around it are opened.
import type { Glance, ParsedEvent, RawRecord } from '../types.ts'
import { addressed } from './addressed.ts'
import type { JsonObject, JsonParser, Parser, TextParser } from './parser.ts'
import { plainEvent } from './plain.ts'
import { jsonParsers, parsers, textParsers } from './table.ts'
import { innerOf, recased } from './unwrap.ts'
import { isObject } from './values.ts'
import { windowsXml } from './windows/xml.ts'

/** Makes an event of a record. What no parser understands stays as text, with `parse_error` when it should have been more. Time linear in the text's length. */
export type ParseRecord = (record: RawRecord) => ParsedEvent

/** `parseRecord` with parsers of the user's own, which are asked before ours and may be named by a source. */
export function recordParser(own: readonly Parser[]): ParseRecord {
  const reader = new RecordReader(own)
  const bare: ParseRecord = (record) => reader.parse(record)
  return (record) => (record.envelope ? addressed(record, record.envelope, bare) : bare(record))
}

/** Says of a record what detection needs; the rest is worked out when it is asked for. Never throws. */
export type GlanceRecord = (record: RawRecord) => Glance

/** As `recordParser`, but for detection alone. */
export function recordGlancer(own: readonly Parser[]): GlanceRecord {
  const reader = new RecordReader(own)
  const parse = recordParser(own)
  return (record) => (record.envelope ? glanceOf(parse(record)) : reader.glance(record))
}

const glanceOf = (event: ParsedEvent): Glance => {
  const { parser, logsource, fields, parse_error } = event
  return { parser, logsource, fields, parse_error, whole: () => event }
}

const isJson = (parser: Parser): parser is JsonParser => parser.reads === 'json'
const isText = (parser: Parser): parser is TextParser => parser.reads === 'text'
/** Parsers that take whatever is left say nothing about what is inside. */
const anyones = new Set([jsonParsers.at(-1)?.name, textParsers.at(-1)?.name])
/** Envelopes in envelopes are opened so often: SNS in SQS in a log of a carrier. */
const maxEnvelopes = 4
const firstChar = /\S/

function parsedJson(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** What is known of the record around another. */
type Outer = Pick<ParsedEvent, 'time'> & Partial<Pick<ParsedEvent, 'timeGuessed' | 'host'>>

/** Asks parsers in their order: those of the user first, then ours. */
class RecordReader {
  private readonly byName: ReadonlyMap<string, Parser>
  private readonly json: readonly JsonParser[]
  private readonly text: readonly TextParser[]

  constructor(own: readonly Parser[]) {
    this.json = [...own.filter(isJson), ...jsonParsers]
    this.text = [...own.filter(isText), ...textParsers]
    this.byName = new Map([...parsers, ...own].map((parser) => [parser.name, parser]))
  }

  /** Never throws: a parser that does is a failed parse with its reason. `object` is the text as JSON, when that was read before. */
  parse(record: RawRecord, object?: JsonObject): ParsedEvent {
    try {
      const hint = record.parser === undefined ? undefined : this.byName.get(record.parser)
      const looksJson = record.text[record.text.search(firstChar)] === '{'
      const event = looksJson && hint?.reads !== 'text' ? this.fromJson(record, hint, object) : undefined
      if (event) return event
      if (looksJson || hint?.reads === 'json') return unread(record, hint, looksJson)
      return this.fromText(record, hint) ?? unread(record, hint, false)
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : 'unknown'
      return plainEvent(record.text, record.received, `parser failed: ${why}`)
    }
  }

  /** Never throws. */
  glance(record: RawRecord): Glance {
    const object = record.parser === undefined && record.text.startsWith('{') ? parsedJson(record.text) : undefined
    return (object && this.quick(object, record.received)) ?? glanceOf(this.parse(record, object))
  }

  private quick(object: JsonObject, received: number): Glance | undefined {
    try {
      return this.knownBy(object)?.glance?.(object, received)
    } catch {
      return undefined
    }
  }

  private fromJson(
    { text, received }: RawRecord,
    hint: Parser | undefined,
    object = parsedJson(text),
  ): ParsedEvent | undefined {
    if (!object) return undefined
    return hint?.reads === 'json' ? hint.parse(object, received) : this.objectEvent(object, received, maxEnvelopes)
  }

  private knownBy(object: JsonObject): JsonParser | undefined {
    return this.json.find((parser) => parser.recognise(object))
  }

  /** The event of an object: of the parser that knows it; of what it carries; else of its names in their own case; else of any JSON. */
  private objectEvent(object: JsonObject, received: number, depth: number): ParsedEvent | undefined {
    const known = this.knownBy(object)
    if (known === undefined || !anyones.has(known.name)) return known?.parse(object, received)
    const outer = known.parse(object, received)
    const inner = depth > 0 ? this.innerEvent(object, outer ?? { time: received }, depth) : undefined
    return inner ?? this.recasedEvent(object, received) ?? outer
  }

  private recasedEvent(object: JsonObject, received: number): ParsedEvent | undefined {
    const mended = recased(object)
    const parser = mended && this.knownBy(mended)
    return mended === undefined || anyones.has(parser?.name) ? undefined : parser?.parse(mended, received)
  }

  /** The event in an envelope with the fields of both; undefined when nobody knows what is inside. */
  private innerEvent(object: JsonObject, outer: Outer, depth: number): ParsedEvent | undefined {
    const found = innerOf(object)
    if (!found) return undefined
    const { inner, envelope } = found
    const { time } = outer
    const event = typeof inner === 'string' ? this.carriedText(inner, time) : this.objectEvent(inner, time, depth - 1)
    if (!event || anyones.has(event.parser) || event.parse_error !== undefined) return undefined
    return {
      ...event,
      time: event.timeGuessed ? time : event.time,
      timeGuessed: (event.timeGuessed && outer.timeGuessed) ?? false,
      host: event.host ?? outer.host,
      fields: { ...envelope, ...event.fields },
    }
  }

  private carriedText(text: string, received: number): ParsedEvent | undefined {
    const event = this.textEvent(text, received)
    return event && this.unwrapped(event)
  }

  private textEvent(text: string, received: number): ParsedEvent | undefined {
    for (const parser of this.text) {
      const event = parser.recognise(text) ? parser.parse(text, received) : undefined
      if (event) return event
    }
    return undefined
  }

  private fromText({ text, received }: RawRecord, hint: Parser | undefined): ParsedEvent | undefined {
    if (hint?.reads !== 'text') return this.carriedText(text, received)
    const event = hint.parse(text, received)
    return event && this.unwrapped(event)
  }

  /** JSON or XML sent in a syslog line: what it says itself goes before what the envelope says. */
  private unwrapped(outer: ParsedEvent): ParsedEvent {
    const said = outer.fields['message']
    if (outer.parser !== 'syslog' || typeof said !== 'string') return outer
    const inner = this.said(said, outer.time)
    if (!inner) return outer
    const { message: _, ...envelope } = outer.fields
    return {
      ...inner,
      time: inner.timeGuessed ? outer.time : inner.time,
      timeGuessed: (inner.timeGuessed && outer.timeGuessed) ?? false,
      host: inner.host ?? outer.host,
      process: inner.process ?? outer.process,
      process_uid: inner.process_uid ?? outer.process_uid,
      severity_id: Math.max(inner.severity_id, outer.severity_id),
      fields: { ...envelope, ...inner.fields },
    }
  }

  private said(text: string, time: number): ParsedEvent | undefined {
    const object = text.startsWith('{') ? parsedJson(text) : undefined
    if (object) return this.objectEvent(object, time, maxEnvelopes)
    return windowsXml.recognise(text) ? windowsXml.parse(text, time) : undefined
  }
}

const unread = (record: RawRecord, hint: Parser | undefined, looksJson: boolean): ParsedEvent =>
  plainEvent(
    record.text,
    record.received,
    hint
      ? `parser ${hint.name} does not understand this record`
      : looksJson
        ? 'begins like JSON but is not'
        : undefined,
  )

/** Makes an event of a record by our own parsers; see ParseRecord. */
export const parseRecord: ParseRecord = recordParser([])
