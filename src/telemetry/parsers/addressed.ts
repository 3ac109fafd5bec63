// Records that came with an envelope of their protocol: what it says beside them goes into the event, after what the event says itself.
import { type Envelope, fieldsOf } from '../envelope.ts'
import type { ParsedEvent, RawRecord } from '../types.ts'
import { parserFor } from './formats.ts'
import { hostOf } from './values.ts'

type Parse = (record: RawRecord) => ParsedEvent

/** The event of a record in an envelope: the format that it names is tried first, then the record is recognised like any other. */
export function addressed(record: RawRecord, envelope: Envelope, parse: Parse): ParsedEvent {
  const event = parsedAs(record, envelope, parse)
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
