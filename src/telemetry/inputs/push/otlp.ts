// OpenTelemetry's logs over HTTP (OTLP): JSON and protobuf. The body is the record; resource, scope and attributes go with it.
import { envelopeOf } from '../../envelope.ts'
import { jsonLogs, type LogRecord, protoLogs, put, type Attributes } from './otlp-message.ts'
import {
  type Decoded,
  jsonAnswer,
  type PushAnswer,
  type PushProtocol,
  type PushRecord,
  type PushRequest,
  type Refusal,
  refusalStatus,
} from './protocol.ts'
import { bytesField, numberField } from './protobuf.ts'

const protobuf = 'application/x-protobuf'
const isProtobuf = ({ headers }: Pick<PushRequest, 'headers'>): boolean =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() === protobuf

/** Severity numbers (1 trace … 24 fatal) as OCSF severity_id. */
const severityOf = (number: number): number | undefined => {
  if (number < 1) return undefined
  if (number < 13) return 1
  if (number < 17) return 2
  return number < 21 ? 4 : 6
}

const milliseconds = (nanoseconds: string): number | undefined =>
  nanoseconds === '' ? undefined : Number(nanoseconds.slice(0, -6) || '0')

/** The nearest says it under its own name; what a name of a farther one would hide is kept with a prefix. */
function labelsOf({ resource, scope, attributes }: LogRecord): Attributes {
  const all: Attributes = { ...attributes }
  for (const [prefix, labels] of [
    ['scope', scope],
    ['resource', resource],
  ] as const)
    // prettier-ignore
    for (const [name, value] of Object.entries(labels))
      put(all, Object.hasOwn(all, name) ? `${prefix}.${name}` : name, value)
  return all
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** A record without a body is what its attributes say. */
function recordOf(record: LogRecord): PushRecord {
  const { body, resource, attributes } = record
  const isBare = body === null || body === ''
  const text = typeof body === 'string' && !isBare ? body : JSON.stringify(isBare ? attributes : body)
  const labels = labelsOf(isBare ? { ...record, attributes: {} } : record)
  return {
    text,
    envelope: envelopeOf({
      host: textIn(resource['host.name']) ?? textIn(attributes['host.name']) ?? textIn(resource['k8s.node.name']),
      time: milliseconds(record.time) ?? milliseconds(record.observed),
      severity: severityOf(record.severityNumber),
      format: textIn(attributes['log.format']) ?? textIn(resource['log.format']),
      fields: {
        ...labels,
        severity_text: record.severityText,
        severity_number: record.severityNumber === 0 ? undefined : record.severityNumber,
        trace_id: record.traceId,
        span_id: record.spanId,
        event_name: record.event,
        time_unix_nano: record.time,
      },
    }),
  }
}

const answered = (request: PushRequest, rejected: number): PushAnswer => {
  const text = `${rejected} records are longer than a record may be`
  if (!isProtobuf(request))
    return jsonAnswer(200, {
      partialSuccess: rejected === 0 ? {} : { rejectedLogRecords: String(rejected), errorMessage: text },
    })
  const partial = Buffer.concat([numberField(1, rejected), bytesField(2, Buffer.from(text))])
  return { status: 200, type: protobuf, body: rejected === 0 ? Buffer.alloc(0) : bytesField(1, partial) }
}

/** google.rpc codes. */
const codes: Readonly<Record<Refusal, number>> = {
  'no-sender': 16,
  'unknown-sender': 16,
  forbidden: 7,
  'too-large': 3,
  unreadable: 3,
  busy: 8,
  down: 14,
}

function refuse(why: Refusal, text: string, request: Pick<PushRequest, 'headers'>): PushAnswer {
  const status = refusalStatus[why]
  const headers = why === 'busy' ? { 'retry-after': '2' } : {}
  if (!isProtobuf(request)) return jsonAnswer(status, { code: codes[why], message: text }, headers)
  const body = Buffer.concat([numberField(1, codes[why]), bytesField(2, Buffer.from(text))])
  return { status, headers, type: protobuf, body }
}

function decode(request: PushRequest): Decoded {
  try {
    const logs = isProtobuf(request) ? protoLogs(request.body) : jsonLogs(request.body.toString('utf8'))
    const records = logs.map(recordOf)
    return { records, answer: ({ tooLong }) => answered(request, tooLong.size) }
  } catch (thrown) {
    return refuse('unreadable', thrown instanceof Error ? thrown.message : 'unreadable', request)
  }
}

export const otlp: PushProtocol = {
  name: 'otlp',
  does: "OpenTelemetry's logs (OTLP)",
  routes: [['POST', '/v1/logs']],
  decode,
  refuse,
}
