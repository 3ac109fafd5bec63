// A record becomes an event: the parser is named by the input or found by looking at the record.
import type { ParsedEvent, RawRecord } from '../types.ts'
import type { JsonParser, Parser, TextParser } from './parser.ts'
import { plainEvent } from './plain.ts'
import { jsonParsers, parsers, textParsers } from './table.ts'
import { isObject } from './values.ts'

/** The parsers that are asked: those of the user first, then ours. */
interface Table {
  readonly byName: ReadonlyMap<string, Parser>
  readonly json: readonly JsonParser[]
  readonly text: readonly TextParser[]
}
const isJson = (parser: Parser): parser is JsonParser => parser.reads === 'json'
const isText = (parser: Parser): parser is TextParser => parser.reads === 'text'

function tableWith(own: readonly Parser[]): Table {
  const json = [...own.filter(isJson), ...jsonParsers]
  const text = [...own.filter(isText), ...textParsers]
  return { json, text, byName: new Map([...parsers, ...own].map((parser) => [parser.name, parser])) }
}

const firstChar = /\S/

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parseJson(record: RawRecord, hint: Parser | undefined, table: Table): ParsedEvent | undefined {
  const object = parsedJson(record.text)
  if (!isObject(object)) return undefined
  if (hint?.reads === 'json') return hint.parse(object, record.received)
  return table.json.find((parser) => parser.recognise(object))?.parse(object, record.received)
}

/** JSON sent in a syslog line: what it says itself goes before what the envelope says. */
function unwrapped(outer: ParsedEvent, table: Table): ParsedEvent {
  const said = outer.fields['message']
  if (outer.parser !== 'syslog' || typeof said !== 'string' || !said.startsWith('{')) return outer
  const object = parsedJson(said)
  const inner = isObject(object)
    ? table.json.find((parser) => parser.recognise(object))?.parse(object, outer.time)
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

function parseText(record: RawRecord, hint: Parser | undefined, table: Table): ParsedEvent | undefined {
  const { text, received } = record
  if (hint?.reads === 'text') {
    const event = hint.parse(text, received)
    return event && unwrapped(event, table)
  }
  for (const parser of table.text) {
    const event = parser.recognise(text) ? parser.parse(text, received) : undefined
    if (event) return unwrapped(event, table)
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

function parseWith(record: RawRecord, table: Table): ParsedEvent {
  try {
    const hint = record.parser === undefined ? undefined : table.byName.get(record.parser)
    const looksJson = record.text[record.text.search(firstChar)] === '{'
    const event = looksJson && hint?.reads !== 'text' ? parseJson(record, hint, table) : undefined
    if (event) return event
    if (looksJson || hint?.reads === 'json') return unread(record, hint, looksJson)
    return parseText(record, hint, table) ?? unread(record, hint, false)
  } catch (thrown) {
    return plainEvent(
      record.text,
      record.received,
      `parser failed: ${thrown instanceof Error ? thrown.message : 'unknown'}`,
    )
  }
}

/** Makes an event of a record. What no parser understands stays as text, with `parse_error` when it should have been more. Time linear in the text's length. */
export type ParseRecord = (record: RawRecord) => ParsedEvent

/** `parseRecord` with parsers of the user's own, which are asked before ours and may be named by a source. */
export function recordParser(own: readonly Parser[]): ParseRecord {
  const table = tableWith(own)
  return (record) => parseWith(record, table)
}

/** Makes an event of a record by our own parsers; see ParseRecord. */
export const parseRecord: ParseRecord = recordParser([])
