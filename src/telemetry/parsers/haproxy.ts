// HAProxy's HTTP, HTTPS and TCP logs, its errors, and what it says of its servers.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { makeEvent, type OpenFields, type TextParser } from './parser.ts'
import { commonLogTime } from './times.ts'
import { addressOf, portOf } from './values.ts'
import { wordsOf } from './web/access.ts'
import { hostIn, requestEvent, requestFields, requestOcsf, set, setNumber } from './web/request.ts'

const name = 'haproxy'
const head = /^(\S{2,64}):(\d{1,5}) \[(\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2})(\.\d{1,6})?\] ([^\s/~]{1,128})(~?)(?:\/(\d{1,5}): (.{1,1024})| (\S{1,256}) (\S{1,64}) )/s
const product = { product: 'haproxy', categories: ['webserver'] }
const counts = ['actconn', 'feconn', 'beconn', 'srv_conn', 'retries']

/** `10/0/30/69/109`: the timers, with a plus sign when the log line was written before the end. */
function timers(text: string, names: readonly string[], fields: OpenFields): void {
  for (const [at, value] of text.split('/').slice(0, names.length).entries())
    setNumber(fields, names[at] ?? '', value.replace(/^\+/, ''))
}

function commonFields(found: RegExpExecArray): { readonly fields: OpenFields; readonly time: number | undefined } {
  const [, client = '', port = '', when = '', fraction = '', frontend = '', tls] = found
  const fields: OpenFields = { 'c-ip': client, 'c-port': Number(port), frontend }
  if (tls === '~') fields['tls'] = true
  const seconds = commonLogTime(`${when} +0000`)
  return { fields, time: seconds === undefined ? undefined : seconds + Math.floor(Number(`0${fraction}`) * 1000) }
}

function server(place: string, fields: OpenFields): void {
  const at = place.indexOf('/')
  set(fields, 'backend', at < 0 ? place : place.slice(0, at))
  if (at >= 0) set(fields, 'server', place.slice(at + 1))
}

const captured = /\{([^{}]{0,1024})\}/g

function http(text: string, found: RegExpExecArray, received: number): ParsedEvent | undefined {
  const { fields, time } = commonFields(found)
  const [all, client = '', port = '', , , , , , , place = '', took = ''] = found
  server(place, fields)
  timers(took, ['time_request', 'time_queue', 'time_connect', 'time_response', 'time-taken'], fields)
  const words = wordsOf(text.slice(0, 32_768), all.length)
  const [code, bytes, requestCookie, responseCookie, state, connections, queues] = words
  const asked = words.find((word) => word.quoted)
  if (!code || !asked || !connections) return undefined
  setNumber(fields, 'sc-status', code.text)
  setNumber(fields, 'sc-bytes', bytes?.text.replace(/^\+/, ''))
  set(fields, 'captured_request_cookie', requestCookie?.text)
  set(fields, 'captured_response_cookie', responseCookie?.text)
  set(fields, 'termination_state', state?.text)
  timers(connections.text, counts, fields)
  timers(queues?.text ?? '', ['srv_queue', 'backend_queue'], fields)
  const before = text.slice(all.length, text.indexOf('"', all.length))
  const headers = [...before.matchAll(captured)].map(([, inside = '']) => inside)
  if (headers.length > 0) fields['captured_headers'] = headers
  const { method, target } = requestFields(fields, asked.text)
  const behind = words.slice(words.indexOf(asked) + 1).map((word) => word.text)
  const sni = behind.find((one) => /\/TLSv/.test(one))
  set(fields, 'ssl', sni)
  const domain = sni?.split('/')[0]
  const status = Number(code.text)
  return requestEvent({
    parser: name,
    received,
    time,
    logsource: product,
    who: {
      src_ip: addressOf(client),
      src_port: portOf(port),
      domain: domain === '-' || domain === '' ? hostIn(target) : (domain ?? hostIn(target)),
      url: target,
    },
    fields,
    method,
    target,
    status: status > 0 ? status : undefined,
  })
}

function tcp(text: string, found: RegExpExecArray, received: number): ParsedEvent | undefined {
  const { fields, time } = commonFields(found)
  const [all, client = '', port = '', , , frontend = '', , , , place = '', took = ''] = found
  const [bytes, state, connections, queues] = text.slice(all.length, all.length + 512).split(' ')
  if (bytes === undefined || !/^\+?\d{1,15}$/.test(bytes)) return undefined
  server(place, fields)
  timers(took, ['time_queue', 'time_connect', 'time-taken'], fields)
  setNumber(fields, 'bytes', bytes.replace(/^\+/, ''))
  set(fields, 'termination_state', state)
  timers(connections ?? '', counts, fields)
  timers(queues ?? '', ['srv_queue', 'backend_queue'], fields)
  return makeEvent(
    name,
    received,
    { src_ip: addressOf(client), src_port: portOf(port) },
    {
      time,
      logsource: { product: 'haproxy', categories: [] },
      class_uid: ocsfClass.networkActivity,
      activity_id: 2,
      activity: 'connection ended',
      outcome: place.endsWith('<NOSRV>') ? 'failure' : undefined,
      detail: `${frontend} ${place}`,
      fields,
    },
  )
}

/** `1.2.3.4:5 [time] frontend/1: SSL handshake failure` */
function failed(found: RegExpExecArray, received: number): ParsedEvent {
  const { fields, time } = commonFields(found)
  const [, client = '', port = '', , , frontend = '', , bind = '', said = ''] = found
  Object.assign(fields, { bind, message: said })
  return makeEvent(
    name,
    received,
    { src_ip: addressOf(client), src_port: portOf(port) },
    {
      time,
      logsource: { product: 'haproxy', categories: [] },
      class_uid: ocsfClass.networkActivity,
      activity_id: 4,
      activity: 'connection failed',
      severity_id: 2,
      outcome: 'failure',
      detail: `${frontend}: ${said}`,
      fields,
    },
  )
}

const health = /^(?:Server|backend|Backup Server) (?:(\S{1,128})\/(\S{1,128}) is|(\S{1,128}) has no server)/i
function news(text: string, received: number): ParsedEvent | undefined {
  const found = health.exec(text)
  if (!found) return undefined
  const fields: OpenFields = { message: text }
  set(fields, 'backend', found[1] ?? found[3])
  set(fields, 'server', found[2])
  const down = / DOWN|has no server/.test(text)
  return makeEvent(
    name,
    received,
    {},
    {
      time: undefined,
      logsource: { product: 'haproxy', categories: [] },
      class_uid: ocsfClass.base,
      activity: down ? 'server is down' : 'server changed its state',
      severity_id: down ? 3 : 1,
      said: text,
      fields,
    },
  )
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const found = head.exec(text)
  if (!found) return news(text, received)
  if (found[8] !== undefined) return failed(found, received)
  return (text.includes('"') ? http(text, found, received) : undefined) ?? tcp(text, found, received)
}

export const haproxy: TextParser = {
  name,
  reads: 'text',
  does: "reads HAProxy's HTTP, HTTPS and TCP logs: front, back, server, timers, state of the end, captured headers; errors and servers going down",
  recognises: '`203.0.113.9:4711 [02/Mar/2026:14:01:02.123] front back/server 0/0/1/2/3 200 512 …`, alone or from program `haproxy`',
  recognise: (text) => /^\S{2,64}:\d{1,5} \[\d{2}\//.test(text) && head.test(text.slice(0, 1200)),
  parse,
  ocsf: () => ({ ...requestOcsf(), 'traffic.bytes': 'bytes' }),
}
