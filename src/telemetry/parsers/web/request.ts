// What all logs of web requests share: Sigma's W3C names, the outcome of a status, OCSF's names.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { Fields, LogSource, ParsedEvent } from '../../types.ts'
import { type Entities, makeEvent, type OcsfMapping, type OpenFields } from '../parser.ts'
import { hostOf, textOf } from '../values.ts'

/** Sigma's log source of a web server; the product where the program's name tells. */
export const webSource = (product?: string): LogSource => ({
  ...(product === undefined ? {} : { product }),
  categories: ['webserver'],
})
export const proxySource = (product?: string): LogSource => ({
  ...(product === undefined ? {} : { product }),
  categories: ['proxy'],
})

const methods: Readonly<Record<string, number>> = {
  CONNECT: 1, DELETE: 2, GET: 3, HEAD: 4, OPTIONS: 5, POST: 6, PUT: 7, TRACE: 8, PATCH: 9,
} // prettier-ignore

/** OCSF's activity of an HTTP method; 99 for one that has none. */
export const methodActivity = (method: string | undefined): number | undefined =>
  method === undefined ? undefined : (methods[method.toUpperCase()] ?? 99)

/** 100 to 399 came about, 400 to 599 did not. */
export const statusOutcome = (status: number | undefined): 'success' | 'failure' | undefined =>
  status === undefined || !(status >= 100 && status < 600) ? undefined : status < 400 ? 'success' : 'failure'

export const statusSeverity = (status: number | undefined): OcsfSeverity =>
  status !== undefined && status >= 500 && status < 600 ? ocsfSeverity.low : ocsfSeverity.informational

/** Sets a field unless it says nothing. */
export const set = (fields: OpenFields, name: string, value: string | undefined): void => {
  if (value !== undefined && value !== '' && value !== '-') fields[name] = value
}
/** Sets a number where the text is one. */
export const setNumber = (fields: OpenFields, name: string, value: string | undefined): void => {
  if (value !== undefined && /^-?\d{1,15}(?:\.\d{1,9})?$/.test(value)) fields[name] = Number(value)
}

const absolute =
  /^[a-z][a-z0-9+.-]{1,15}:\/\/(?:[^/?#@\s]{0,256}@)?(\[[0-9a-fA-F:.]{2,45}\]|[^/?#:\s]{1,255})(?::(\d{1,5}))?/i

/** Host of an absolute address, without port and brackets. */
export const hostIn = (url: string | undefined): string | undefined =>
  url === undefined ? undefined : hostOf(absolute.exec(url)?.[1]?.replace(/^\[|\]$/g, ''))

/** A `Host:` header without its port. */
export const hostName = (value: unknown): string | undefined => {
  const text = textOf(value)
  return text === undefined ? undefined : hostOf(text.replace(/:\d{1,5}$/, '').replace(/^\[|\]$/g, ''))
}

/** Sigma's webserver rules look for paths in cs-uri-query as well as for queries: it holds both, as the rules expect. */
export function uriFields(target: string): OpenFields {
  const ask = target.indexOf('?')
  return { 'cs-uri-stem': ask < 0 ? target : target.slice(0, ask), 'cs-uri-query': target }
}

const requestParts = /^(\S{1,64}) (\S+)(?: (\S{1,32}))?$/
/** Method, target and version of a request line; what is no request line stands under `cs-uri-query`. */
export function requestFields(fields: OpenFields, asked: string): { method?: string; target?: string } {
  const [, method, target, version] = requestParts.exec(asked) ?? []
  if (method === undefined || target === undefined) {
    set(fields, 'cs-uri-query', asked)
    return {}
  }
  set(fields, 'cs-method', method)
  Object.assign(fields, uriFields(target))
  set(fields, 'cs-version', version)
  return { method, target }
}

/** A request, as an event of any web log. */
export interface Request {
  readonly parser: string
  readonly received: number
  readonly time: number | undefined
  readonly logsource: LogSource
  readonly who: Entities
  readonly fields: Fields
  readonly method: string | undefined
  readonly target: string | undefined
  readonly status: number | undefined
}

export function requestEvent(request: Request): ParsedEvent {
  const { method, target, status, fields } = request
  return makeEvent(request.parser, request.received, request.who, {
    time: request.time,
    logsource: request.logsource,
    class_uid: ocsfClass.httpActivity,
    activity_id: methodActivity(method),
    activity: 'web request',
    severity_id: statusSeverity(status),
    outcome: statusOutcome(status),
    detail: `${method ?? ''} ${target ?? textOf(fields['cs-uri-query']) ?? ''} ${status ?? ''}`
      .trim()
      .replace(/ {2,}/g, ' '),
    fields,
  })
}

/** W3C's names under OCSF's. */
export const requestOcsf = (): OcsfMapping => ({
  'http_request.http_method': 'cs-method',
  'http_request.url.path': 'cs-uri-stem',
  'http_request.url.url_string': ['c-uri', 'cs-uri'],
  'http_request.url.hostname': ['cs-host', 's-computername'],
  'http_request.user_agent': ['cs-user-agent', 'c-useragent'],
  'http_request.referrer': ['cs-referer', 'c-referer'],
  'http_request.version': 'cs-version',
  'http_request.length': 'cs-bytes',
  'http_request.x_forwarded_for': 'x-forwarded-for',
  'http_response.code': 'sc-status',
  'http_response.length': 'sc-bytes',
  'http_response.content_type': 'content-type',
  'tls.version': 'ssl-protocol',
  'tls.cipher': 'ssl-cipher',
  duration: ['time-taken', 'request_time'],
})
