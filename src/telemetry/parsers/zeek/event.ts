// From Zeek's fields to an event, whether they came as JSON or as tab-separated text.
import { ocsfClass } from '#standards'
import type { FieldValue, LogSource, ParsedEvent } from '../../types.ts'
import { columnsOf, type ColumnNames, names } from '../columns-of.ts'
import { type Entities, makeEvent, type OcsfMapping, type OpenFields } from '../parser.ts'
import { anyTime } from '../times.ts'
import { accountOf, addressOf, firstOf, textOf } from '../values.ts'
import { type Kind, kindOf } from './kinds.ts'

const name = 'zeek'

const columns: ColumnNames = {
  host: ['_system_name'],
  user: names('username user client_cert_subject nick'),
  src_ip: names('id.orig_h src client_addr'),
  src_port: ['id.orig_p'],
  src_host: names('host_name hostname client_name'),
  dst_ip: names('id.resp_h dst server_addr'),
  dst_port: ['id.resp_p'],
  dst_host: names('server_dns_computer_name server_nb_computer_name'),
  domain: names('query server_name'),
  url: ['uri'],
  file: names('filename'),
}
const first = (value: FieldValue | undefined): unknown => (Array.isArray(value) ? value[0] : value)

/** Some logs give the same name another meaning: those are told here. */
const differing: Readonly<Record<string, (fields: OpenFields, who: Entities) => Entities>> = {
  http: (fields) => ({ domain: textOf(fields['host']), user: accountOf(fields['username']) }),
  kerberos: (fields) => ({ user: textOf(fields['client'])?.split('/')[0]?.toLowerCase() }),
  rdp: (fields) => ({ user: accountOf(fields['cookie']) }),
  smb_files: (fields) => ({ file: firstOf(fields, ['name', 'path']) }),
  smb_mapping: (fields) => ({ file: textOf(fields['path']) }),
  ssh: () => ({ src_host: undefined }),
  files: (fields, who) => ({
    src_ip: who.src_ip ?? addressOf(first(fields['tx_hosts'])),
    dst_ip: who.dst_ip ?? addressOf(first(fields['rx_hosts'])),
  }),
  software: (fields, who) => ({ src_ip: who.src_ip ?? addressOf(fields['host']) }),
  socks: (fields) => ({ domain: textOf(fields['request.name']), dst_host: textOf(fields['request.name']) }),
}
function whoOf(path: string, fields: OpenFields): Entities {
  const who = columnsOf(fields, columns)
  if (path.startsWith('known_')) return { ...who, src_ip: who.src_ip ?? addressOf(fields['host']) }
  return { ...who, ...differing[path]?.(fields, who) }
}

type Outcome = 'success' | 'failure' | undefined
const truth = (value: FieldValue | undefined): Outcome =>
  value === true ? 'success' : value === false ? 'failure' : undefined
const below = (value: FieldValue | undefined, limit: number): Outcome =>
  typeof value === 'number' && value > 0 ? (value < limit ? 'success' : 'failure') : undefined
const connections: Readonly<Record<string, Outcome>> = {
  SF: 'success', S1: 'success', S2: 'success', S3: 'success', RSTO: 'success', RSTR: 'success',
  S0: 'failure', REJ: 'failure', RSTOS0: 'failure', RSTRH: 'failure', SH: 'failure',
} // prettier-ignore

const outcomes: Readonly<Record<string, (fields: OpenFields) => Outcome>> = {
  conn: (fields) => connections[String(fields['conn_state'])],
  dns: ({ rcode_name: code }) => (code === undefined ? undefined : code === 'NOERROR' ? 'success' : 'failure'),
  http: (fields) => below(fields['status_code'], 400),
  sip: (fields) => below(fields['status_code'], 400),
  ftp: (fields) => below(fields['reply_code'], 400),
  ssl: (fields) => truth(fields['established']),
  ssh: (fields) => truth(fields['auth_success']),
  smtp: ({ last_reply: reply }) => (typeof reply === 'string' ? below(Number(reply.slice(0, 3)), 400) : undefined),
  radius: ({ result }) => (result === 'success' ? 'success' : result === 'failed' ? 'failure' : undefined),
}

const methods: Readonly<Record<string, number>> = {
  CONNECT: 1, DELETE: 2, GET: 3, HEAD: 4, OPTIONS: 5, POST: 6, PUT: 7, TRACE: 8, PATCH: 9,
} // prettier-ignore
const ended: Readonly<Record<string, number>> = { SF: 2, RSTO: 3, RSTR: 3, RSTOS0: 3, RSTRH: 3, S0: 4, SH: 4, REJ: 5 }
const leases: Readonly<Record<string, number>> = {
  DISCOVER: 1, OFFER: 2, REQUEST: 3, DECLINE: 4, ACK: 5, NAK: 6, RELEASE: 7, INFORM: 8,
} // prettier-ignore
const activities: Readonly<Record<string, (fields: OpenFields) => number | undefined>> = {
  conn: (fields) => ended[String(fields['conn_state'])] ?? 6,
  http: (fields) => methods[String(fields['method'])] ?? 99,
  dns: (fields) => (fields['rcode_name'] === undefined ? 1 : 6),
  dhcp: ({ msg_types: list }) => leases[String(Array.isArray(list) ? list.at(-1) : list)],
  notice: () => 1,
  intel: () => 1,
  signatures: () => 1,
  kerberos: ({ request_type: type }) => (type === 'TGS' ? 4 : 3),
  ntlm: () => 1,
}

const other: Kind = { activity: 'seen on the wire', class_uid: ocsfClass.networkActivity, detail: [] }

/** The event of one record of a log. Fields keep Zeek's names. */
export function zeekEvent(path: string, fields: OpenFields, received: number): ParsedEvent {
  const kind = kindOf(path) ?? other
  const logsource: LogSource = { product: 'zeek', service: path, categories: path === 'dns' ? ['dns'] : [] }
  return makeEvent(name, received, whoOf(path, fields), {
    time: anyTime(fields['ts']),
    logsource,
    class_uid: kind.class_uid,
    activity_id: activities[path]?.(fields),
    activity: kind === other ? `${path} seen on the wire` : kind.activity,
    severity_id: kind.severity_id,
    outcome: outcomes[path]?.(fields) ?? truth(fields['success']),
    detail: firstOf(fields, kind.detail),
    fields,
  })
}

const wire: OcsfMapping = {
  'metadata.loggers.name': '_system_name',
  'src_endpoint.location.country': 'orig_cc',
  'dst_endpoint.location.country': 'resp_cc',
  'connection_info.uid': 'uid',
  'connection_info.protocol_name': 'proto',
  'connection_info.community_uid': 'community_id',
}
const ocsf: Readonly<Record<string, OcsfMapping>> = {
  conn: {
    'traffic.bytes_out': ['orig_bytes', 'orig_ip_bytes'],
    'traffic.bytes_in': ['resp_bytes', 'resp_ip_bytes'],
    duration: 'duration',
    'traffic.packets_out': 'orig_pkts',
    'traffic.packets_in': 'resp_pkts',
    app_name: 'service',
    status_code: 'conn_state',
  },
  dns: {
    'query.hostname': 'query',
    'query.type': 'qtype_name',
    'query.class': 'qclass_name',
    'query.packet_uid': 'trans_id',
    rcode: 'rcode_name',
    rcode_id: 'rcode',
  },
  http: {
    'http_request.http_method': 'method',
    'http_request.url.path': 'uri',
    'http_request.url.hostname': 'host',
    'http_request.user_agent': 'user_agent',
    'http_request.referrer': 'referrer',
    'http_request.version': 'version',
    'http_request.length': 'request_body_len',
    'http_response.code': 'status_code',
    'http_response.status': 'status_msg',
    'http_response.length': 'response_body_len',
  },
  ssl: {
    'tls.version': 'version',
    'tls.cipher': 'cipher',
    'tls.sni': 'server_name',
    'tls.ja3_hash.value': 'ja3',
  },
  files: { 'file.name': 'filename', 'file.mime_type': 'mime_type', 'file.size': 'total_bytes', 'file.uid': 'fuid' },
  smb_files: { 'file.path': 'path', 'file.name': 'name', 'file.size': 'size' },
  notice: { 'finding_info.title': 'note', 'finding_info.desc': 'msg', 'finding_info.uid': 'uid' },
  ssh: {
    'client_hassh.fingerprint.value': 'hassh',
    'server_hassh.fingerprint.value': 'hasshServer',
    protocol_ver: 'version',
  },
  smtp: {
    'email.subject': 'subject',
    'email.from': ['from', 'mailfrom'],
    'email.to': ['to', 'rcptto'],
    'email.smtp_from': 'mailfrom',
    'email.smtp_to': 'rcptto',
    'email.message_uid': 'msg_id',
    status_detail: 'last_reply',
  },
  ftp: {
    command: 'command',
    codes: 'reply_code',
    status_code: 'reply_code',
    status_detail: 'reply_msg',
    'file.size': 'file_size',
  },
  rdp: {
    identifier_cookie: 'cookie',
    protocol_ver: 'security_protocol',
    status_detail: 'result',
    'keyboard_info.keyboard_layout': 'keyboard_layout',
    'remote_display.physical_height': 'desktop_height',
    'remote_display.physical_width': 'desktop_width',
    'remote_display.color_depth': 'requested_color_depth',
  },
  x509: {
    'tls.certificate.issuer': 'certificate.issuer',
    'tls.certificate.subject': 'certificate.subject',
    'tls.certificate.serial_number': 'certificate.serial',
    'tls.certificate.version': 'certificate.version',
    'tls.certificate.created_time': 'certificate.not_valid_before',
    'tls.certificate.expiration_time': 'certificate.not_valid_after',
    'tls.certificate.fingerprints.value': 'fingerprint',
    'tls.certificate.sans.name': 'san.dns',
    'tls.key_length': 'certificate.key_length',
  },
}

const merged = new Map(Object.entries(ocsf).map(([path, mapping]) => [path, { ...wire, ...mapping }]))

/** Zeek's names under OCSF's. */
export const zeekOcsf = ({ logsource }: Pick<ParsedEvent, 'logsource'>): OcsfMapping =>
  merged.get(logsource.service ?? '') ?? wire
