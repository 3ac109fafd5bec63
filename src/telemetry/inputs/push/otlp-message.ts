// The messages of OpenTelemetry's logs (opentelemetry/proto/logs/v1), from protobuf or from JSON, as plain values.
import { isObject } from '../../parsers/values.ts'
import { Broken, type Field, fieldsIn } from './protobuf.ts'

export type Value = string | number | boolean | null | Value[] | { [name: string]: Value }
export type Attributes = { [name: string]: Value }

/** One record with what its resource and its scope say. */
export interface LogRecord {
  readonly resource: Attributes
  readonly scope: Attributes
  readonly attributes: Attributes
  readonly body: Value
  /** Nanoseconds since 1970 as digits; empty when not said. */
  readonly time: string
  readonly observed: string
  readonly severityNumber: number
  readonly severityText: string
  readonly traceId: string
  readonly spanId: string
  readonly event: string
}

const mostDepth = 32

export const put = (into: Attributes, name: string, value: Value): void => {
  Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true })
}

/** Whole numbers that JavaScript cannot hold stay as digits. */
const wholeOf = (value: bigint): number | string => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}
const doubleOf = (bits: bigint): number | string => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(bits)
  const value = bytes.readDoubleLE()
  return Number.isFinite(value) ? value : String(value)
}

// Protobuf.

function protoValue(bytes: Buffer, depth = 0): Value {
  if (depth > mostDepth) throw new Broken('values too deep')
  let value: Value = null
  for (const field of fieldsIn(bytes)) value = protoScalar(field) ?? protoTree(field, depth) ?? value
  return value
}
function protoScalar({ number, value, bytes }: Field): Value | undefined {
  if (number === 1) return bytes.toString('utf8')
  if (number === 2) return value !== 0n
  if (number === 3) return wholeOf(BigInt.asIntN(64, value))
  if (number === 4) return doubleOf(value)
  return number === 7 ? bytes.toString('base64') : undefined
}
function protoTree({ number, bytes }: Field, depth: number): Value | undefined {
  if (number === 5) {
    const list: Value[] = []
    for (const one of fieldsIn(bytes)) if (one.number === 1) list.push(protoValue(one.bytes, depth + 1))
    return list
  }
  return number === 6 ? protoAttributes(bytes, 1, depth + 1) : undefined
}
/** Key-values that stand under a field's number. */
function protoAttributes(bytes: Buffer, number: number, depth = 0): Attributes {
  const all: Attributes = {}
  for (const field of fieldsIn(bytes)) if (field.number === number) protoPair(field.bytes, all, depth)
  return all
}
function protoPair(bytes: Buffer, into: Attributes, depth: number): void {
  let [key, value]: [string, Value] = ['', null]
  for (const field of fieldsIn(bytes)) {
    if (field.number === 1) key = field.bytes.toString('utf8')
    if (field.number === 2) value = protoValue(field.bytes, depth)
  }
  put(into, key, value)
}

type Shared = Pick<LogRecord, 'resource' | 'scope'>
type Own = Omit<LogRecord, 'resource' | 'scope' | 'attributes'>

function protoRecord(bytes: Buffer, shared: Shared): LogRecord {
  const attributes: Attributes = {}
  let own: Own = { ...blank }
  for (const field of fieldsIn(bytes)) {
    if (field.number === 6) protoPair(field.bytes, attributes, 0)
    else own = { ...own, ...ownPart(field) }
  }
  return { ...shared, ...own, attributes }
}
function ownPart({ number, value, bytes }: Field): Partial<Own> {
  // oxfmt-ignore
  switch (number) {
    case 1: return { time: nanosOf(value) }
    case 2: return { severityNumber: Number(value & 0xffn) }
    case 3: return { severityText: bytes.toString('utf8') }
    case 5: return { body: protoValue(bytes) }
    case 9: return { traceId: bytes.toString('hex') }
    case 10: return { spanId: bytes.toString('hex') }
    case 11: return { observed: nanosOf(value) }
    case 12: return { event: bytes.toString('utf8') }
    default: return {}
  }
}
const nanosOf = (value: bigint): string => (value === 0n ? '' : String(value))
const blank: Own = {
  body: null,
  time: '',
  observed: '',
  severityNumber: 0,
  severityText: '',
  traceId: '',
  spanId: '',
  event: '',
}

const scopeOf = (name: Value, scopeVersion: Value, attributes: Attributes): Attributes => {
  const all: Attributes = { ...attributes }
  if (typeof name === 'string' && name !== '') put(all, 'otel.scope.name', name)
  if (typeof scopeVersion === 'string' && scopeVersion !== '') put(all, 'otel.scope.version', scopeVersion)
  return all
}
function protoScope(bytes: Buffer): Attributes {
  let [name, scopeVersion] = ['', '']
  for (const field of fieldsIn(bytes)) {
    if (field.number === 1) name = field.bytes.toString('utf8')
    if (field.number === 2) scopeVersion = field.bytes.toString('utf8')
  }
  return scopeOf(name, scopeVersion, protoAttributes(bytes, 3))
}
const partsOf = (bytes: Buffer, number: number): Buffer[] =>
  [...fieldsIn(bytes)].filter((field) => field.number === number).map((field) => field.bytes)

/** ExportLogsServiceRequest in protobuf. Throws Broken. */
export const protoLogs = (bytes: Buffer): LogRecord[] =>
  partsOf(bytes, 1).flatMap((group) => {
    const resource = Object.assign({}, ...partsOf(group, 1).map((one) => protoAttributes(one, 1)))
    return partsOf(group, 2).flatMap((scoped) => {
      const scope = Object.assign({}, ...partsOf(scoped, 1).map(protoScope))
      return partsOf(scoped, 2).map((record) => protoRecord(record, { resource, scope }))
    })
  })

// JSON.

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

function jsonValue(given: unknown, depth = 0): Value {
  if (depth > mostDepth) throw new Broken('values too deep')
  if (!isObject(given)) return null
  const { stringValue, boolValue, doubleValue, intValue, bytesValue, arrayValue, kvlistValue } = given
  if (intValue !== undefined) return wholeText(intValue)
  for (const plain of [stringValue, boolValue, doubleValue, bytesValue])
    if (typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean') return plain
  if (isObject(arrayValue)) return listOf(arrayValue['values']).map((one) => jsonValue(one, depth + 1))
  return isObject(kvlistValue) ? jsonAttributes(kvlistValue['values'], depth + 1) : null
}
const wholeText = (value: unknown): Value => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : textOf(value)
}
function jsonAttributes(given: unknown, depth = 0): Attributes {
  const all: Attributes = {}
  for (const one of listOf(given)) if (isObject(one)) put(all, textOf(one['key']), jsonValue(one['value'], depth))
  return all
}
const member = (given: unknown, name: string): unknown => (isObject(given) ? given[name] : undefined)
/** protobuf's JSON allows both spellings; programs write the first. */
const either = (given: unknown, camel: string, snake: string): unknown => member(given, camel) ?? member(given, snake)
const nanosText = (value: unknown): string => {
  const text = textOf(value)
  return /^\d{1,20}$/.test(text) && text !== '0' ? text : ''
}

function jsonRecord(given: unknown, shared: Shared): LogRecord {
  return {
    ...shared,
    attributes: jsonAttributes(member(given, 'attributes')),
    body: jsonValue(member(given, 'body')),
    time: nanosText(either(given, 'timeUnixNano', 'time_unix_nano')),
    observed: nanosText(either(given, 'observedTimeUnixNano', 'observed_time_unix_nano')),
    severityNumber: Number(either(given, 'severityNumber', 'severity_number')) || 0,
    severityText: textOf(either(given, 'severityText', 'severity_text')),
    traceId: textOf(either(given, 'traceId', 'trace_id')),
    spanId: textOf(either(given, 'spanId', 'span_id')),
    event: textOf(either(given, 'eventName', 'event_name')),
  }
}

/** ExportLogsServiceRequest in JSON. Throws Broken, or what JSON.parse throws. */
export function jsonLogs(text: string): LogRecord[] {
  const message: unknown = JSON.parse(text)
  if (!isObject(message)) throw new Broken('no object')
  return listOf(either(message, 'resourceLogs', 'resource_logs')).flatMap((group) => {
    const resource = jsonAttributes(member(member(group, 'resource'), 'attributes'))
    return listOf(either(group, 'scopeLogs', 'scope_logs')).flatMap((scoped) => {
      const said = member(scoped, 'scope')
      const scope = scopeOf(
        textOf(member(said, 'name')),
        textOf(member(said, 'version')),
        jsonAttributes(member(said, 'attributes')),
      )
      return listOf(either(scoped, 'logRecords', 'log_records')).map((one) => jsonRecord(one, { resource, scope }))
    })
  })
}
