// Splunk's HTTP Event Collector: /services/collector/event and /raw, health, and acknowledgements by channel.
import { envelopeOf } from '../../envelope.ts'
import { memberSpan, valuesIn } from './json-spans.ts'
import { isObject } from '../../parsers/values.ts'
import {
  type Decoded,
  jsonAnswer,
  linesOf,
  type PushAnswer,
  type PushProtocol,
  type PushRecord,
  type PushRequest,
  type Refusal,
} from './protocol.ts'

/** Splunk's answers: code | status | text. */
const codes = {
  success: [0, 200, 'Success'],
  tokenRequired: [2, 401, 'Token is required'],
  invalidToken: [4, 403, 'Invalid token'],
  noData: [5, 400, 'No data'],
  invalidFormat: [6, 400, 'Invalid data format'],
  serverError: [8, 500, 'Internal server error'],
  busy: [9, 503, 'Server is busy'],
  noChannel: [10, 400, 'Data channel is missing'],
  noEvent: [12, 400, 'Event field is required'],
  blankEvent: [13, 400, 'Event field cannot be blank'],
  badFields: [15, 400, 'Error in handling indexed fields'],
  healthy: [17, 200, 'HEC is healthy'],
} as const
type Code = keyof typeof codes

const say = (name: Code, more: Readonly<Record<string, unknown>> = {}): PushAnswer => {
  const [code, status, text] = codes[name]
  return jsonAnswer(status, { text, code, ...more }, status === 503 ? { 'retry-after': '2' } : undefined)
}

const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

/** Seconds since 1970, as a number or as digits. */
function millisecondsOf(time: unknown): number | undefined {
  const seconds = typeof time === 'string' && time.trim() !== '' ? Number(time) : time
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : undefined
}

interface Said {
  readonly [name: string]: unknown
}

/** What an event or a request says beside the record. What the event does not say, the query does. */
function envelopeIn(said: Said, query: Readonly<Record<string, string>>) {
  const one = (name: string): string | undefined => textIn(said[name]) ?? query[name]
  return envelopeOf({
    host: one('host'),
    format: one('sourcetype'),
    time: millisecondsOf(said['time'] ?? query['time']),
    fields: {
      ...(isObject(said['fields']) ? said['fields'] : {}),
      'hec.source': one('source'),
      'hec.index': one('index'),
    },
  })
}

const channelOf = ({ headers, query }: PushRequest): string | undefined =>
  headers['x-splunk-request-channel'] ?? query['channel']

/** One object of a request: its record, or why it is none. A record that is an object stays letter by letter. */
function recordOf(text: string, query: PushRequest['query']): PushRecord | Code {
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    return 'invalidFormat'
  }
  if (!isObject(said)) return 'invalidFormat'
  const { event, fields } = said
  if (event === undefined || event === null) return 'noEvent'
  if (typeof event === 'string' && event.trim() === '') return 'blankEvent'
  if (fields !== undefined && !isObject(fields)) return 'badFields'
  const span = typeof event === 'string' ? undefined : memberSpan(text, 'event')
  const record = typeof event === 'string' ? event : span ? text.slice(span.from, span.to) : JSON.stringify(event)
  return { text: record, envelope: envelopeIn(said, query) }
}

/** Events before a bad one are taken, as Splunk does; the answer names the bad one by its number. */
function events(request: PushRequest): Decoded {
  const text = request.body.toString('utf8')
  const { spans, rest } = valuesIn(text)
  const records: PushRecord[] = []
  let bad: Code | undefined
  for (const { from, to } of spans) {
    const found = recordOf(text.slice(from, to), request.query)
    if (typeof found === 'string') {
      bad = found
      break
    }
    records.push(found)
  }
  if (rest >= 0) bad ??= 'invalidFormat'
  if (records.length === 0) return bad === undefined ? say('noData') : say(bad, { 'invalid-event-number': 0 })
  return taking(request, records, bad)
}

const taking = (request: PushRequest, records: readonly PushRecord[], bad?: Code): Decoded => ({
  records,
  answer: ({ tooLong, last }) => {
    const first = [...tooLong][0]
    if (bad !== undefined) return say(bad, { 'invalid-event-number': records.length })
    if (first !== undefined) return say('invalidFormat', { 'invalid-event-number': first })
    return say('success', channelOf(request) === undefined ? {} : { ackId: last })
  },
})

function raw(request: PushRequest): Decoded {
  const envelope = envelopeIn({}, request.query)
  const lines = linesOf(request.body)
  if (lines.length === 0) return say('noData')
  return taking(
    request,
    lines.map((text) => ({ text, envelope })),
  )
}

/** Nothing is answered before it is on the disk, so every id that was given out is acknowledged. */
function acks(request: PushRequest): PushAnswer {
  if (channelOf(request) === undefined) return say('noChannel')
  try {
    const asked: unknown = JSON.parse(request.body.toString('utf8'))
    const ids = isObject(asked) && Array.isArray(asked['acks']) ? asked['acks'].slice(0, 10_000) : undefined
    if (!ids?.every((id) => Number.isSafeInteger(id))) return say('invalidFormat')
    return jsonAnswer(200, { acks: Object.fromEntries(ids.map((id) => [String(id), id >= 0 && id <= request.last])) })
  } catch {
    return say('invalidFormat')
  }
}

const refusals: Readonly<Record<Refusal, Code>> = {
  'no-sender': 'tokenRequired',
  'unknown-sender': 'invalidToken',
  forbidden: 'invalidToken',
  'too-large': 'invalidFormat',
  unreadable: 'invalidFormat',
  busy: 'busy',
  down: 'serverError',
}

export const hec: PushProtocol = {
  name: 'hec',
  does: "Splunk's HTTP Event Collector",
  routes: [
    ['POST', '/services/collector'],
    ['POST', '/services/collector/event'],
    ['POST', '/services/collector/event/1.0'],
    ['POST', '/services/collector/raw'],
    ['POST', '/services/collector/raw/1.0'],
    ['POST', '/services/collector/ack'],
    ['GET', '/services/collector/health'],
    ['GET', '/services/collector/health/1.0'],
  ],
  open: ['/services/collector/health', '/services/collector/health/1.0'],
  decode(request) {
    if (request.route.includes('/health')) return say('healthy')
    if (request.route.endsWith('/ack')) return acks(request)
    return request.route.includes('/raw') ? raw(request) : events(request)
  },
  refuse: (why, text) => (why === 'too-large' ? jsonAnswer(413, { text, code: 27 }) : say(refusals[why])),
}
