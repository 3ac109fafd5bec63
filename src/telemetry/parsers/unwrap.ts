// Envelopes of carriers: an event inside another record, as JSON or text, and names of fields that a database has written in lower case.
import { flatten } from './flatten.ts'
import type { JsonObject, OpenFields } from './parser.ts'
import { isObject } from './values.ts'

/** What was inside, and the fields of what was around it. */
export interface Inner {
  /** The inner event: an object of JSON or a text. */
  readonly inner: JsonObject | string
  readonly envelope: OpenFields
}

/** Longer texts are not looked into: an envelope holds one event. */
const longest = 4_000_000

function parsed(text: string): JsonObject | undefined {
  const begins = /^\s{0,16}\{/.test(text.slice(0, 20))
  if (!begins || text.length > longest) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const base64 = /^[A-Za-z0-9+/_-]{16,}={0,2}$/
const printable = /^[\t\n\r\x20-\x7e\u0080-\uffff]*$/

/** Text of base64, as Pub/Sub and Kinesis carry it; undefined when it is none. */
function fromBase64(text: string): string | undefined {
  if (text.length > longest || text.length % 4 === 1 || !base64.test(text)) return undefined
  const plain = Buffer.from(text, 'base64').toString('utf8')
  return printable.test(plain) && !plain.includes('\ufffd') ? plain : undefined
}

/** Without one member, at the top or one level down. */
function without(object: JsonObject, path: readonly string[]): JsonObject {
  const [first = '', second] = path
  const { [first]: held, ...rest } = object
  return second === undefined || !isObject(held) ? rest : { ...rest, [first]: without(held, [second]) }
}

interface Carrier {
  /** Where the event lies. */
  readonly path: readonly string[]
  /** Fields that only this carrier has; none of them: any record whose member is an event by itself. */
  readonly has: readonly string[]
  /** Whether a text that is no JSON is an event too. */
  readonly text: boolean
}

/** What tells documents of log shippers, which carry a line of another program's log, from other JSON. */
const shipperMarks = ['agent', 'agent.type', 'log.file.path', 'log.offset', 'source_type', 'container_name', 'kubernetes', 'kubernetes.pod_name', '@timestamp'] as const // prettier-ignore

/** EventBridge, SNS, SQS, Firehose, CloudWatch, Pub/Sub, Event Hubs, Filebeat and Elastic's agents, Fluent, Docker, Splunk, Graylog. */
const carriers: readonly Carrier[] = [
  { path: ['detail'], has: ['detail-type', 'source'], text: false },
  { path: ['Message'], has: ['TopicArn', 'MessageId'], text: true },
  { path: ['body'], has: ['messageId', 'receiptHandle'], text: true },
  { path: ['Body'], has: ['MessageId', 'ReceiptHandle'], text: true },
  { path: ['kinesis', 'data'], has: ['kinesis', 'eventSource'], text: true },
  { path: ['data'], has: ['recordId'], text: true },
  { path: ['message', 'data'], has: ['subscription', 'message'], text: true },
  { path: ['event', 'original'], has: ['event'], text: true },
  { path: ['event.original'], has: ['event.original'], text: true },
  { path: ['message'], has: ['message'], text: false },
  { path: ['MESSAGE'], has: ['MESSAGE'], text: false },
  { path: ['log'], has: ['log'], text: false },
  { path: ['_raw'], has: ['_raw'], text: true },
  { path: ['event'], has: ['event', 'sourcetype'], text: true },
  { path: ['result', '_raw'], has: ['result'], text: true },
  { path: ['json'], has: ['json', 'agent'], text: false },
  { path: ['json'], has: ['json', '@timestamp'], text: false },
  { path: ['protoPayload', 'value'], has: ['protoPayload', 'logName'], text: false },
  { path: ['auditData'], has: ['auditData', 'CreationDate'], text: false },
  { path: ['AuditData'], has: ['AuditData'], text: false },
  { path: ['properties', 'log'], has: ['properties', 'category'], text: false },
  { path: ['@message'], has: ['@message'], text: false },
  { path: ['message'], has: ['timestamp', 'id', 'message'], text: true },
  { path: ['message'], has: ['aws.firehose.arn'], text: true },
  { path: ['message'], has: ['aws', 'cloud'], text: true },
  ...['message', 'log'].flatMap((line) =>
    shipperMarks.map((mark): Carrier => ({ path: [line], has: [line, mark], text: true })),
  ),
]

function at(object: JsonObject, path: readonly string[]): unknown {
  const [first = '', second] = path
  const held = object[first]
  if (second === undefined) return held
  return isObject(held) ? held[second] : undefined
}

/** What an envelope holds, the first carrier that fits; undefined for a record that is none. Base64 is read. */
export function innerOf(object: JsonObject): Inner | undefined {
  for (const { path, has, text } of carriers) {
    if (!has.every((name) => object[name] !== undefined)) continue
    const held = at(object, path)
    const said = typeof held === 'string' ? (parsed(held) ?? readable(held, text)) : held
    if (isObject(said) || (typeof said === 'string' && said !== ''))
      return { inner: said, envelope: flatten(without(object, path)) }
  }
  return undefined
}

function readable(held: string, text: boolean): JsonObject | string | undefined {
  if (!text) return undefined
  const plain = fromBase64(held)
  return plain === undefined ? held : (parsed(plain) ?? plain)
}

const canonical = new Map(
  (
    'eventVersion eventSource eventName eventTime eventType eventID eventCategory userIdentity awsRegion sourceIPAddress userAgent requestParameters responseElements errorCode errorMessage ' +
    'requestID recipientAccountId readOnly managementEvent additionalEventData apiVersion sessionCredentialFromConsole tlsDetails serviceEventDetails sharedEventID vpcEndpointId ' +
    'protoPayload logName insertId receiveTimestamp operationName operationVersion resultType resultSignature resultDescription callerIpAddress correlationId durationMs tenantId resourceId ' +
    'auditID requestURI objectRef sourceIPs responseStatus requestObject responseObject requestReceivedTimestamp stageTimestamp ' +
    'actorLocation displayMessage legacyEventType debugContext authenticationContext securityContext srcAddr dstAddr srcPort dstPort'
  )
    .split(' ')
    .map((name) => [name.toLowerCase(), name] as const),
)

/** The record with names in their own case where a database has made them lower case; undefined when there is none to mend. */
export function recased(object: JsonObject): JsonObject | undefined {
  let changed = false
  const mended: Record<string, unknown> = {}
  for (const name of Object.keys(object).slice(0, 512)) {
    const own = canonical.get(name)
    if (own !== undefined && own !== name && object[own] === undefined) {
      mended[own] = object[name]
      changed = true
    } else if (name !== '__proto__') mended[name] = object[name]
  }
  return changed ? mended : undefined
}
