// AWS's access logs as text: load balancers (classic, application, network), S3 server access, CloudFront.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { LogSource, ParsedEvent } from '../../types.ts'
import { setField } from '../flatten.ts'
import { makeEvent, type OcsfMapping, type OpenFields, type TextParser } from '../parser.ts'
import { commonLogTime, isoTime } from '../times.ts'
import { accountOf, addressOf, hostOf, portOf, textOf } from '../values.ts'
import { looseAddress } from './service.ts'
import { httpActivity, httpOutcome } from './verbs.ts'

const mostCells = 64
const cell = /"((?:[^"\\]|\\.)*)"|\[([^\]]{0,64})\]|(\S+)/gy

/** Words of a line; what stands in quotes or brackets is one. */
export function cellsOf(text: string): readonly string[] {
  const cells: string[] = []
  for (let at = 0; at < text.length && cells.length < mostCells;) {
    if (text.charCodeAt(at) === 32) {
      at++
      continue
    }
    cell.lastIndex = at
    const found = cell.exec(text)
    if (!found) break
    cells.push(found[1] ?? found[2] ?? found[3] ?? '')
    at = cell.lastIndex
  }
  return cells
}

const numeric = /^-?\d{1,15}(?:\.\d{1,9})?$/
/** Cells under their names; `-` is nothing. */
function named(names: readonly string[], cells: readonly string[]): OpenFields {
  const fields: OpenFields = {}
  for (const [at, value] of cells.entries())
    if (value !== '-' && value !== '')
      setField(fields, names[at] ?? `field_${at + 1}`, numeric.test(value) ? Number(value) : value)
  return fields
}
const words = (text: string): readonly string[] => text.trim().split(/\s+/)

const webserver = (service: string): LogSource => ({ product: 'aws', service, categories: ['webserver'] })
const requestLine = /^([A-Z-]{1,32}) (\S+)(?: (\S{1,16}))?$/
const host = /^[a-z]{2,8}:\/\/(\[[0-9a-f:.]{2,45}\]|[^/:?#]{1,255})/i

const origin = /^[a-z]{2,8}:\/\/[^/?#]{0,300}/i

/** Method, address and host of a request line, with Sigma's names of a web server's fields. */
function addRequest(
  fields: OpenFields,
  request: string | undefined,
): { method?: string | undefined; url?: string | undefined; domain?: string | undefined } {
  const [, method, url, version] = requestLine.exec(request ?? '') ?? []
  const target = url === undefined ? undefined : url.replace(origin, '') || '/'
  const stem = target?.split('?', 1)[0]
  for (const [name, value] of Object.entries({
    'cs-method': method,
    'cs-uri-query': target,
    'cs-uri-stem': stem,
    'cs-version': version,
  }))
    if (value !== undefined) fields[name] = value
  return { method, url, domain: hostOf(host.exec(url ?? '')?.[1]) }
}
const statusSeverity = (status: unknown): OcsfSeverity =>
  Number(status) >= 500 ? ocsfSeverity.low : ocsfSeverity.informational

const albNames =
  words(`type time elb client_port target_port request_processing_time target_processing_time response_processing_time elb_status_code target_status_code
  received_bytes sent_bytes request user_agent ssl_cipher ssl_protocol target_group_arn trace_id domain_name chosen_cert_arn matched_rule_priority request_creation_time
  actions_executed redirect_url error_reason target_port_list target_status_code_list classification classification_reason conn_trace_id`)
const classicNames =
  words(`time elb client_port backend_port request_processing_time backend_processing_time response_processing_time elb_status_code backend_status_code
  received_bytes sent_bytes request user_agent ssl_cipher ssl_protocol`)
const nlbNames =
  words(`type version time elb listener client_port destination_port connection_time tls_handshake_time received_bytes sent_bytes incoming_tls_alert
  chosen_cert_arn chosen_cert_serial tls_cipher tls_protocol_version tls_named_group domain_name alpn_fe_protocol alpn_be_protocol alpn_client_preference_list tls_connection_creation_time`)

const portOfEnd = (text: unknown): number | undefined => {
  const said = textOf(text) ?? ''
  return portOf(said.slice(said.lastIndexOf(':') + 1))
}
const addressOfEnd = (text: unknown): string | undefined => {
  const said = textOf(text) ?? ''
  return looseAddress(said) ?? addressOf(said.slice(0, said.lastIndexOf(':')))
}

/** `app/my-loadbalancer/50dc6c495c0c9188` is called `my-loadbalancer`. */
const balancer = (text: unknown): string | undefined => {
  const parts = textOf(text)?.split('/')
  return parts && parts.length > 1 ? parts[1] : parts?.[0]
}

const elbOcsf: OcsfMapping = {
  'http_request.http_method': 'cs-method',
  'http_request.url.url_string': 'url',
  'http_request.url.path': 'cs-uri-stem',
  'http_request.user_agent': 'user_agent',
  'http_request.version': 'cs-version',
  'http_response.code': 'elb_status_code',
  'traffic.bytes_in': 'received_bytes',
  'traffic.bytes_out': 'sent_bytes',
  'tls.cipher': ['ssl_cipher', 'tls_cipher'],
  'tls.version': ['ssl_protocol', 'tls_protocol_version'],
  'tls.sni': 'domain_name',
  'metadata.correlation_uid': 'trace_id',
}

function networkEvent(fields: OpenFields, received: number): ParsedEvent {
  const who = {
    host: balancer(fields['elb']),
    src_ip: addressOfEnd(fields['client_port']),
    src_port: portOfEnd(fields['client_port']),
    dst_ip: addressOfEnd(fields['destination_port']),
    dst_port: portOfEnd(fields['destination_port']),
    domain: hostOf(fields['domain_name']),
  }
  return makeEvent('aws-elb', received, who, {
    time: isoTime(textOf(fields['time']) ?? ''),
    logsource: { product: 'aws', service: 'elb', categories: [] },
    class_uid: ocsfClass.networkActivity,
    activity_id: 6,
    activity: 'TLS connection',
    outcome: fields['incoming_tls_alert'] === undefined ? 'success' : 'failure',
    detail: textOf(fields['domain_name']),
    fields,
  })
}

/** Fields of a line of an application or a classic balancer, with the names rules use. */
function balancerFields(cells: readonly string[]): OpenFields {
  const fields = named(isoTime(cells[0] ?? '') === undefined ? albNames : classicNames, cells)
  const actions = textOf(fields['actions_executed'])
  if (actions?.includes(',')) fields['actions_executed'] = actions.split(',', 16)
  if (fields['elb_status_code'] !== undefined) fields['sc-status'] = fields['elb_status_code']
  if (typeof fields['user_agent'] === 'string') fields['cs-user-agent'] = fields['user_agent']
  const client = addressOfEnd(fields['client_port'])
  if (client !== undefined) fields['c-ip'] = client
  return fields
}

function balancerEvent(cells: readonly string[], received: number): ParsedEvent {
  if (cells[0] === 'tls' && isoTime(cells[2] ?? '') !== undefined) return networkEvent(named(nlbNames, cells), received)
  const fields = balancerFields(cells)
  const { method, url, domain } = addRequest(fields, textOf(fields['request']))
  const [status, target] = [fields['elb_status_code'], fields['target_port'] ?? fields['backend_port']]
  const who = {
    host: balancer(fields['elb']),
    src_ip: addressOf(fields['c-ip']),
    src_port: portOfEnd(fields['client_port']),
    dst_ip: addressOfEnd(target),
    dst_port: portOfEnd(target),
    domain: hostOf(fields['domain_name']) ?? domain,
    url,
  }
  return makeEvent('aws-elb', received, who, {
    time: isoTime(textOf(fields['time']) ?? ''),
    logsource: webserver('elb'),
    class_uid: method === undefined ? ocsfClass.networkActivity : ocsfClass.httpActivity,
    activity_id: method === undefined ? 6 : httpActivity(method),
    activity: 'web request',
    outcome: httpOutcome(status),
    severity_id: statusSeverity(status),
    detail: `${method ?? ''} ${url ?? ''} ${textOf(status) ?? ''}`.trim(),
    fields,
  })
}

const balancerLine =
  /^(?:(?:https?|h2|grpcs?|wss?) \d{4}-\d\d-\d\dT\S{9,20} app\/|tls \d\.\d \d{4}-\d\d-\d\dT\S{8,20} |\d{4}-\d\d-\d\dT[\d:.]{8,20}Z [\w-]{1,64} \S{1,64} (?:\S{1,64}|-) -?[\d.]{1,12} -?[\d.]{1,12} )/

export const awsElb: TextParser = {
  name: 'aws-elb',
  reads: 'text',
  does: 'reads access logs of AWS load balancers: application, network (TLS) and classic',
  recognises: "the kind of request, a time and the balancer's name; a classic line begins with its time",
  ocsf: () => elbOcsf,
  recognise: (text) => balancerLine.test(text),
  parse(text, received) {
    const cells = text.includes('\n') ? [] : cellsOf(text)
    return cells.length < 11 ? undefined : balancerEvent(cells, received)
  },
}

const s3Names =
  words(`bucket_owner bucket time remote_ip requester request_id operation key request_uri http_status error_code bytes_sent object_size total_time turn_around_time
  referrer user_agent version_id host_id signature_version cipher_suite authentication_type host_header tls_version access_point_arn acl_required source_region`)
const s3Line =
  /^[0-9a-f]{64} [\w.-]{3,255} \[\d\d\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4}\] \S{1,64} \S{1,255} \S{1,64} [A-Z0-9]{1,16}\.[\w.]{1,64} /
const s3Method: Readonly<Record<string, number>> = { PUT: 1, POST: 1, GET: 2, DELETE: 4, COPY: 6, HEAD: 14 }

export const awsS3Access: TextParser = {
  name: 'aws-s3-access',
  reads: 'text',
  does: "reads AWS S3's server access logs",
  recognises: "the owner's 64 hexadecimal digits, a bucket, a time in brackets, an operation such as `REST.GET.OBJECT`",
  ocsf: () => ({
    'api.operation': 'operation',
    'api.request.uid': 'request_id',
    'api.response.error': 'error_code',
    'http_request.user_agent': 'user_agent',
    'http_request.http_method': 'cs-method',
    'http_response.code': 'http_status',
    'actor.user.uid': 'requester',
    'file.name': 'key',
    'file.size': 'object_size',
    'traffic.bytes_out': 'bytes_sent',
  }),
  recognise: (text) => s3Line.test(text),
  parse(text, received) {
    const cells = text.includes('\n') ? [] : cellsOf(text)
    if (cells.length < 10) return undefined
    const fields = named(s3Names, cells)
    const { method, url } = addRequest(fields, textOf(fields['request_uri']))
    const [bucket, key, operation] = [textOf(fields['bucket']), textOf(fields['key']), textOf(fields['operation'])]
    const requester = textOf(fields['requester'])
    const who = {
      user: accountOf(requester?.startsWith('arn:') ? requester.slice(requester.lastIndexOf('/') + 1) : requester),
      src_ip: addressOf(fields['remote_ip']),
      domain: hostOf(fields['host_header']),
      url,
      file: `s3://${bucket ?? ''}${key === undefined ? '' : `/${key}`}`,
    }
    return makeEvent('aws-s3-access', received, who, {
      time: commonLogTime(textOf(fields['time']) ?? ''),
      logsource: { product: 'aws', service: 's3', categories: [] },
      class_uid: ocsfClass.fileHosting,
      activity_id: s3Method[operation?.split('.')[1] ?? ''] ?? 99,
      activity: 'object request',
      outcome: httpOutcome(fields['http_status']),
      severity_id: Number(fields['http_status']) === 403 ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [
        operation,
        method === undefined ? undefined : who.file,
        textOf(fields['http_status']),
        textOf(fields['error_code']),
      ]
        .filter(Boolean)
        .join(' '),
      fields,
    })
  },
}

const cloudFrontNames =
  words(`date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type
  x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status
  fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end`)
const cloudFrontLine = /^\d{4}-\d\d-\d\d\t\d\d:\d\d:\d\d\t[A-Z]{3}\d{1,3}(?:-[A-Z]\d{1,2})?\t/
const fieldsLine = /^#Fields: ([^\n]{1,2000})\n/

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A line's columns and those names that Sigma's rules for web servers use. */
function cloudFrontFields(names: readonly string[], cells: readonly string[]): OpenFields {
  const fields = named(names, cells)
  const agent = textOf(fields['cs(User-Agent)'])
  if (agent !== undefined) fields['cs-user-agent'] = decoded(decoded(agent))
  const referer = textOf(fields['cs(Referer)'])
  if (referer !== undefined) fields['cs-referer'] = decoded(referer)
  return fields
}

export const cloudFront: TextParser = {
  name: 'aws-cloudfront',
  reads: 'text',
  does: 'reads access logs of AWS CloudFront; other columns than the standard ones with their `#Fields:` line before them in the record',
  recognises: 'date, time and edge location parted by tabs',
  ocsf: () => ({
    'http_request.http_method': 'cs-method',
    'http_request.url.path': 'cs-uri-stem',
    'http_request.url.query_string': 'cs-uri-query',
    'http_request.user_agent': 'cs-user-agent',
    'http_request.referrer': 'cs-referer',
    'http_response.code': 'sc-status',
    'tls.version': 'ssl-protocol',
    'tls.cipher': 'ssl-cipher',
    'metadata.uid': 'x-edge-request-id',
  }),
  recognise: (text) =>
    cloudFrontLine.test(text) || (text.startsWith('#Fields: ') && text.slice(0, 2000).includes('x-edge')),
  parse(text, received) {
    const head = fieldsLine.exec(text)
    const line = head ? text.slice(head[0].length) : text
    if (line === '' || line.includes('\n')) return undefined
    const fields = cloudFrontFields(
      head ? (head[1] ?? '').split(' ', mostCells) : cloudFrontNames,
      line.split('\t', mostCells),
    )
    const [method, status, stem] = [textOf(fields['cs-method']), fields['sc-status'], textOf(fields['cs-uri-stem'])]
    const query = textOf(fields['cs-uri-query'])
    const who = {
      host: textOf(fields['x-edge-location']),
      src_ip: addressOf(fields['c-ip']),
      src_port: portOf(fields['c-port']),
      domain: hostOf(fields['x-host-header'] ?? fields['cs(Host)']),
      url: stem === undefined ? undefined : `${stem}${query === undefined ? '' : `?${query}`}`,
    }
    return makeEvent('aws-cloudfront', received, who, {
      time: isoTime(`${textOf(fields['date']) ?? ''}T${textOf(fields['time']) ?? ''}Z`),
      logsource: webserver('cloudfront'),
      class_uid: ocsfClass.httpActivity,
      activity_id: httpActivity(method),
      activity: 'web request',
      outcome: httpOutcome(status),
      severity_id: statusSeverity(status),
      detail: `${method ?? ''} ${who.url ?? ''} ${textOf(status) ?? ''}`.trim(),
      fields,
    })
  },
}
