// HAProxy's HTTP, HTTPS and TCP logs, its errors, and what it says of its servers.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { makeEvent, type OpenFields, type TextParser } from './parser.ts'
import { commonLogTime } from './times.ts'
import { addressOf, portOf, textOf } from './values.ts'
import { type Word, wordsOf } from './web/access.ts'
import { hostIn, requestEvent, requestFields, requestOcsf, set, setNumber } from './web/request.ts'

const name = 'haproxy'
const head =
  /^(\S{2,64}):(\d{1,5}) \[(\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2})(\.\d{1,6})?\] ([^\s/~]{1,128})(~?)(?:\/(\d{1,5}): (.{1,1024})| (\S{1,256}) (\S{1,64}) )/s
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

/** What stands between the timers and the request: status, bytes, cookies, state, counts, captured headers. */
function httpFields(words: readonly Word[], before: string, fields: OpenFields): void {
  const cell = (at: number): string | undefined => words[at]?.text
  setNumber(fields, 'sc-status', cell(0))
  setNumber(fields, 'sc-bytes', cell(1)?.replace(/^\+/, ''))
  set(fields, 'captured_request_cookie', cell(2))
  set(fields, 'captured_response_cookie', cell(3))
  set(fields, 'termination_state', cell(4))
  timers(cell(5) ?? '', counts, fields)
  timers(cell(6) ?? '', ['srv_queue', 'backend_queue'], fields)
  const headers = [...before.matchAll(captured)].map(([, inside = '']) => inside)
  if (headers.length > 0) fields['captured_headers'] = headers
}

function http(text: string, found: RegExpExecArray, received: number): ParsedEvent | undefined {
  const { fields, time } = commonFields(found)
  const at = found[0].length
  server(found[9] ?? '', fields)
  timers(found[10] ?? '', ['time_request', 'time_queue', 'time_connect', 'time_response', 'time-taken'], fields)
  const words = wordsOf(text.slice(0, 32_768), at)
  const asked = words.find((word) => word.quoted)
  if (!asked || words.length < 6) return undefined
  httpFields(words, text.slice(at, text.indexOf('"', at)), fields)
  const { method, target } = requestFields(fields, asked.text)
  const sni = words.slice(words.indexOf(asked) + 1).find((word) => /\/TLSv/.test(word.text))?.text
  set(fields, 'ssl', sni)
  const status = Number(words[0]?.text)
  return requestEvent({
    parser: name,
    received,
    time,
    logsource: product,
    who: {
      src_ip: addressOf(found[1]),
      src_port: portOf(found[2]),
      domain: textOf(sni?.split('/')[0]) ?? hostIn(target),
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

/** A cheap look first: where the bracket of the time must stand. */
const isNear = (at: number, most: number): boolean => at > 3 && at < most

export const haproxy: TextParser = {
  name,
  reads: 'text',
  does: "reads HAProxy's HTTP, HTTPS and TCP logs: front, back, server, timers, state of the end, captured headers; errors and servers going down",
  recognises:
    '`203.0.113.9:4711 [02/Mar/2026:14:01:02.123] front back/server 0/0/1/2/3 200 512 …`, alone or from program `haproxy`',
  recognise: (text) =>
    isNear(text.indexOf(' ['), 72) && /^\S{2,64}:\d{1,5} \[\d{2}\//.test(text) && head.test(text.slice(0, 1200)),
  parse,
  ocsf: () => ({ ...requestOcsf(), 'traffic.bytes': 'bytes' }),
}
