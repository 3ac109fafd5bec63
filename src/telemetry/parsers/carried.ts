// Records that came in something: the envelope of a protocol, or the document of a shipper around a line of another program's log.
import { type Envelope, fieldsOf } from '../envelope.ts'
import type { Fields, ParsedEvent, RawRecord } from '../types.ts'
import { parserFor } from './formats.ts'
import { hostOf } from './values.ts'

type Parse = (record: RawRecord) => ParsedEvent

/** Where shippers put the line that they carry, and what tells their documents from other JSON. */
const lineNames = ['message', 'log', 'event.original'] as const
const shipperMarks = ['agent.type', 'log.file.path', 'log.offset', 'source_type', 'container_name', 'kubernetes.pod_name', '@timestamp'] as const // prettier-ignore
/** Parsers that know nothing of a text but that it is one. */
const generic = new Set(['plain', 'json'])

/** What an event says itself goes before what is said around it. */
const within = (inner: ParsedEvent, outer: Pick<ParsedEvent, 'time' | 'host'>, fields: Fields): ParsedEvent => ({
  ...inner,
  time: inner.timeGuessed ? outer.time : inner.time,
  timeGuessed: false,
  host: inner.host ?? outer.host,
  fields: { ...fields, ...inner.fields },
})

/** An event of a shipper's document becomes the event of the line in it, when some parser knows that line. */
export function carried(outer: ParsedEvent, parse: Parse): ParsedEvent {
  if (outer.parser !== 'json' || !shipperMarks.some((name) => outer.fields[name] !== undefined)) return outer
  const name = lineNames.find((one) => typeof outer.fields[one] === 'string')
  const line = name === undefined ? undefined : outer.fields[name]
  if (name === undefined || typeof line !== 'string' || line === '') return outer
  const { [name]: _, ...around } = outer.fields
  const inner = parse({ source: '', received: outer.time, text: line })
  if (generic.has(inner.parser) || inner.parse_error !== undefined) return outer
  return within(inner, outer, around)
}

/** The event of a record in an envelope: the format that it names is tried first, then the record is recognised like any other. */
export function addressed(record: RawRecord, envelope: Envelope, parse: Parse): ParsedEvent {
  const event = carried(parsedAs(record, envelope, parse), parse)
  const { time, severity } = envelope
  const isTimed = event.timeGuessed === true && time !== undefined
  return {
    ...event,
    time: isTimed ? time : event.time,
    timeGuessed: isTimed ? false : (event.timeGuessed ?? false),
    host: event.host ?? hostOf(envelope.host),
    severity_id: severity === undefined ? event.severity_id : Math.max(severity, event.severity_id),
    fields: { ...fieldsOf(envelope), ...event.fields },
  }
}

function parsedAs(record: RawRecord, { format, time }: Envelope, parse: Parse): ParsedEvent {
  const named = record.parser === undefined && format !== undefined ? parserFor(format) : undefined
  if (named === undefined) return parse(record)
  const event = parse({ ...record, received: time ?? record.received, parser: named })
  return event.parse_error === undefined ? event : parse(record)
}
