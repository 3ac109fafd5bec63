// A record becomes an event: the parser is named by the input or found by looking at the record.
import type { ParsedEvent, RawRecord } from '../types.ts'
import type { JsonObject, Parser } from './parser.ts'
import { plainEvent } from './plain.ts'
import { jsonParsers, parsers, textParsers } from './table.ts'
import { innerOf, recased } from './unwrap.ts'
import { isObject } from './values.ts'
import { windowsXml } from './windows/xml.ts'

/** Parsers by name, as `parser:` of a source may ask for them. */
const byName: ReadonlyMap<string, Parser> = new Map(parsers.map((parser) => [parser.name, parser]))

const firstChar = /\S/

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parseJson(record: RawRecord, hint: Parser | undefined): ParsedEvent | undefined {
  const object = parsedJson(record.text)
  if (!isObject(object)) return undefined
  if (hint?.reads === 'json') return hint.parse(object, record.received)
  return objectEvent(object, record.received, maxEnvelopes)
}

/** Envelopes in envelopes are opened so often: SNS in SQS in a log of a carrier. */
const maxEnvelopes = 4

/** The event of an object: of the parser that knows it; of what it carries; else of its names in their own case; else of any JSON. */
function objectEvent(object: JsonObject, received: number, depth: number): ParsedEvent | undefined {
  const known = jsonParsers.find((parser) => parser.recognise(object))
  if (known !== jsonParsers.at(-1)) return known?.parse(object, received)
  return (
    (depth > 0 ? carried(object, received, depth) : undefined) ??
    recasedEvent(object, received) ??
    known?.parse(object, received)
  )
}

function recasedEvent(object: JsonObject, received: number): ParsedEvent | undefined {
  const mended = recased(object)
  const parser = mended && jsonParsers.find((one) => one.recognise(mended))
  return mended === undefined || parser === jsonParsers.at(-1) ? undefined : parser?.parse(mended, received)
}

/** The event in an envelope with the fields of both; undefined when nobody knows what is inside. */
function carried(object: JsonObject, received: number, depth: number): ParsedEvent | undefined {
  const found = innerOf(object)
  if (!found) return undefined
  const { inner, envelope } = found
  const event = typeof inner === 'string' ? textEvent(inner, received) : objectEvent(inner, received, depth - 1)
  if (!event || isAnyones(event.parser)) return undefined
  return { ...event, fields: { ...envelope, ...event.fields } }
}

/** Parsers that take whatever is left say nothing about what is inside. */
const isAnyones = (parser: string): boolean =>
  parser === jsonParsers.at(-1)?.name || parser === textParsers.at(-1)?.name

function textEvent(text: string, received: number): ParsedEvent | undefined {
  for (const parser of textParsers) {
    const event = parser.recognise(text) ? parser.parse(text, received) : undefined
    if (event) return event
  }
  return undefined
}

/** JSON sent in a syslog line: what it says itself goes before what the envelope says. */
function unwrapped(outer: ParsedEvent): ParsedEvent {
  const said = outer.fields['message']
  if (outer.parser !== 'syslog' || typeof said !== 'string') return outer
  const object = said.startsWith('{') ? parsedJson(said) : undefined
  const inner = isObject(object)
    ? objectEvent(object, outer.time, maxEnvelopes)
    : windowsXml.recognise(said)
      ? windowsXml.parse(said, outer.time)
      : undefined
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

function parseText(record: RawRecord, hint: Parser | undefined): ParsedEvent | undefined {
  const { text, received } = record
  if (hint?.reads === 'text') {
    const event = hint.parse(text, received)
    return event && unwrapped(event)
  }
  for (const parser of textParsers) {
    const event = parser.recognise(text) ? parser.parse(text, received) : undefined
    if (event) return unwrapped(event)
  }
  return undefined
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

/** Makes an event of a record. What no parser understands stays as text, with `parse_error` when it should have been more. Time linear in the text's length. */
export function parseRecord(record: RawRecord): ParsedEvent {
  try {
    const hint = record.parser === undefined ? undefined : byName.get(record.parser)
    const looksJson = record.text[record.text.search(firstChar)] === '{'
    const event = looksJson && hint?.reads !== 'text' ? parseJson(record, hint) : undefined
    if (event) return event
    if (looksJson || hint?.reads === 'json') return unread(record, hint, looksJson)
    return parseText(record, hint) ?? unread(record, hint, false)
  } catch (thrown) {
    return plainEvent(
      record.text,
      record.received,
      `parser failed: ${thrown instanceof Error ? thrown.message : 'unknown'}`,
    )
  }
}
