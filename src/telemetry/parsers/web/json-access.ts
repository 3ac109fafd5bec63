// Access logs written as JSON: nginx's and Apache's usual names, Caddy, Traefik, Envoy.
import type { ParsedEvent } from '../../types.ts'
import { columnsOf, type ColumnNames, names } from '../columns-of.ts'
import { flatten } from '../flatten.ts'
import type { JsonObject, JsonParser, OpenFields } from '../parser.ts'
import { anyTime, commonLogTime } from '../times.ts'
import { firstOf, textOf } from '../values.ts'
import { hostIn, hostName, requestEvent, uriFields, webSource } from './request.ts'

const name = 'web-json'

/** One writer: the fields that mark it, and where it puts what a request has. */
interface Shape {
  readonly product: string | undefined
  readonly marks: readonly string[]
  readonly columns: ColumnNames
  readonly time: readonly string[]
  readonly method: readonly string[]
  readonly target: readonly string[]
  readonly query: readonly string[]
  readonly status: readonly string[]
  readonly agent: readonly string[]
  readonly referer: readonly string[]
  readonly bytes: readonly string[]
}
const shape = (product: string | undefined, marks: string, lists: Readonly<Record<string, string>>): Shape => {
  const list = (key: string): readonly string[] => names(lists[key] ?? '')
  return {
    product,
    marks: names(marks),
    columns: {
      host: list('machine'),
      user: list('user'),
      src_ip: list('client'),
      src_port: list('clientPort'),
      dst_ip: list('server'),
      dst_port: list('serverPort'),
      domain: list('host'),
    },
    time: list('time'),
    method: list('method'),
    target: list('target'),
    query: list('query'),
    status: list('status'),
    agent: list('agent'),
    referer: list('referer'),
    bytes: list('bytes'),
  }
}

const shapes: readonly Shape[] = [
  shape('caddy', 'request.method request.uri request.host', {
    time: 'ts', client: 'request.client_ip request.remote_ip request.remote_addr', clientPort: 'request.remote_port',
    user: 'user_id', host: 'request.host', method: 'request.method', target: 'request.uri', status: 'status',
    agent: 'request.headers.User-Agent', referer: 'request.headers.Referer', bytes: 'size',
  }),
  shape('traefik', 'RequestMethod RequestPath', {
    time: 'StartUTC time StartLocal', client: 'ClientHost ClientAddr', clientPort: 'ClientPort', user: 'ClientUsername',
    host: 'RequestHost RequestAddr', method: 'RequestMethod', target: 'RequestPath', status: 'DownstreamStatus OriginStatus',
    agent: 'request_User-Agent', referer: 'request_Referer', bytes: 'DownstreamContentSize', server: 'ServiceAddr',
  }),
  shape('envoy', 'response_code response_flags', {
    time: 'start_time', client: 'x_forwarded_for downstream_remote_address', host: 'authority :authority',
    method: 'method :method', target: 'path :path', status: 'response_code', agent: 'user_agent', bytes: 'bytes_sent',
    server: 'upstream_host', referer: 'referer',
  }),
  shape('nginx', 'remote_addr status', {
    time: 'time_iso8601 time_local msec timestamp @timestamp time', client: 'remote_addr realip_remote_addr', clientPort: 'remote_port',
    user: 'remote_user', host: 'host http_host server_name vhost', method: 'request_method method',
    target: 'request_uri uri path', query: 'args query_string', status: 'status', agent: 'http_user_agent user_agent agent',
    referer: 'http_referer http_referrer referrer referer', bytes: 'body_bytes_sent bytes_sent bytes', machine: 'hostname',
    server: 'server_addr', serverPort: 'server_port',
  }),
  shape('apache', 'remoteIP request', {
    time: 'time', client: 'remoteIP', user: 'user remoteUser', host: 'host', method: 'method', target: 'request', query: 'query',
    status: 'status', agent: 'userAgent', referer: 'referer', bytes: 'size bytes',
  }),
  shape(undefined, 'remote_ip request_method', {
    time: 'time timestamp @timestamp', client: 'remote_ip', user: 'user', host: 'host', method: 'request_method',
    target: 'request_uri request path', status: 'status response', agent: 'user_agent agent', referer: 'referrer referer', bytes: 'bytes',
  }),
] // prettier-ignore

const valueOf = (object: JsonObject, path: string): unknown => {
  if (object[path] !== undefined) return object[path]
  const [outer = '', ...inner] = path.split('.')
  const value = object[outer]
  return inner.length > 0 && typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(inner.join('.'))
    : undefined
}
const shapeOf = (object: JsonObject): Shape | undefined =>
  shapes.find(({ marks }) => marks.every((mark) => valueOf(object, mark) !== undefined))

function timeOf(fields: OpenFields, list: readonly string[]): number | undefined {
  for (const one of list) {
    const value = fields[one]
    const time = anyTime(value) ?? (typeof value === 'string' ? commonLogTime(value) : undefined)
    if (time !== undefined) return time
  }
  return undefined
}

const requestLine = /^([A-Z_-]{2,32}) (\S{1,16384})(?: (HTTP\/\d(?:\.\d)?))?$/
/** Method and target, from fields of their own or from the request line. */
function asked(fields: OpenFields, by: Shape): { method?: string | undefined; target?: string | undefined } {
  const [, method, target] = requestLine.exec(textOf(fields['request']) ?? '') ?? []
  const path = firstOf(fields, by.target)
  const query = firstOf(fields, by.query)
  const own = path !== undefined && !requestLine.test(path) ? path : undefined
  return {
    method: firstOf(fields, by.method) ?? method,
    target:
      own === undefined
        ? target
        : query !== undefined && !own.includes('?')
          ? `${own}?${query.replace(/^\?/, '')}`
          : own,
  }
}

const first = (fields: OpenFields, list: readonly string[]): string | undefined => {
  for (const one of list) {
    const value = fields[one]
    const text = textOf(Array.isArray(value) ? value[0] : value)
    if (text !== undefined) return text
  }
  return undefined
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const by = shapeOf(object) ?? shapes[3]
  const fields = flatten(object)
  if (!by)
    return requestEvent({
      parser: name,
      received,
      time: undefined,
      logsource: webSource(),
      who: {},
      fields,
      method: undefined,
      target: undefined,
      status: undefined,
    })
  const { method, target } = asked(fields, by)
  const code = Number(firstOf(fields, by.status))
  const status = Number.isInteger(code) && code > 0 ? code : undefined
  const who = columnsOf(fields, by.columns)
  // Sigma's names beside the writer's own, where rules look for them.
  if (target !== undefined) Object.assign(fields, uriFields(target))
  const sigma: readonly (readonly [string, string | number | undefined])[] = [
    ['cs-method', method],
    ['sc-status', status],
    ['c-ip', who.src_ip],
    ['cs-user-agent', first(fields, by.agent)],
    ['cs-referer', first(fields, by.referer)],
  ]
  for (const [field, value] of sigma) if (value !== undefined) fields[field] = value
  return requestEvent({
    parser: name,
    received,
    time: timeOf(fields, by.time),
    logsource: webSource(by.product),
    who: { ...who, domain: hostName(who.domain) ?? hostIn(target), url: target },
    fields,
    method,
    target,
    status,
  })
}

export const webJson: JsonParser = {
  name,
  reads: 'json',
  does: 'reads access logs that nginx, Apache, Caddy, Traefik and Envoy write as JSON, and adds the W3C names',
  recognises:
    '`remote_addr` with `status`; `request.method` with `request.uri`; `RequestMethod` with `RequestPath`; `response_code` with `response_flags`',
  recognise: (object) => shapeOf(object) !== undefined,
  parse,
  ocsf: () => ({
    'http_request.http_method': 'cs-method',
    'http_request.url.path': 'cs-uri-stem',
    'http_request.user_agent': 'cs-user-agent',
    'http_request.referrer': 'cs-referer',
    'http_response.code': 'sc-status',
    'http_response.length': ['body_bytes_sent', 'bytes_sent', 'size', 'DownstreamContentSize'],
    'http_request.x_forwarded_for': ['http_x_forwarded_for', 'x_forwarded_for'],
  }),
}
