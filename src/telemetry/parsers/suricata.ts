// Suricata's EVE records: alerts, flows, names, requests, certificates as the sensor saw them on the wire.
import { ocsfClass, ocsfSeverity, type OcsfClass, type OcsfSeverity } from '#standards'
import type { FieldValue, LogSource, ParsedEvent } from '../types.ts'
import { columnsOf, type ColumnNames } from './columns-of.ts'
import { addField, flatten } from './flatten.ts'
import { type Entities, type JsonObject, type JsonParser, makeEvent, type OpenFields } from './parser.ts'
import { anyTime } from './times.ts'
import { hostOf, textOf } from './values.ts'
import { methodActivity } from './web/request.ts'

const name = 'suricata'

interface Kind {
  readonly activity: string
  readonly class_uid: OcsfClass
  readonly detail: readonly string[]
}

/** event type | what happened | OCSF class | fields for the line for people */
const table = `
alert         | signature matched   | detectionFinding    | alert.signature
anomaly       | protocol anomaly    | detectionFinding    | anomaly.event anomaly.type
drop          | packet dropped      | networkActivity     | drop.reason
dns           | name looked up      | dnsActivity         | query
mdns          | name looked up      | dnsActivity         | query
fileinfo      | file seen           | networkFileActivity | fileinfo.filename
flow          | flow ended          | networkActivity     | app_proto
netflow       | flow ended          | networkActivity     | app_proto
http          | web request         | httpActivity        | http.url
http2         | web request         | httpActivity        | http.url
tls           | TLS handshake       | networkActivity     | tls.sni tls.subject
ssh           | SSH session         | sshActivity         | ssh.client.software_version
smtp          | letter sent         | emailActivity       | email.subject smtp.mail_from
smb           | SMB request         | smbActivity         | smb.filename smb.share smb.command
nfs           | NFS request         | networkFileActivity | nfs.filename nfs.procedure
tftp          | TFTP transfer       | ftpActivity         | tftp.file
ftp           | FTP command         | ftpActivity         | ftp.command
ftp_data      | FTP transfer        | ftpActivity         | ftp_data.filename
krb5          | Kerberos message    | authentication      | krb5.sname krb5.msg_type
rdp           | RDP session         | rdpActivity         | rdp.event_type rdp.cookie
rfb           | VNC session         | networkActivity     | rfb.framebuffer.name
dhcp          | address leased      | dhcpActivity        | dhcp.hostname dhcp.client_mac
snmp          | SNMP request        | networkActivity     | snmp.pdu_type
sip           | SIP request         | networkActivity     | sip.request_line sip.response_line
mqtt          | MQTT message        | networkActivity     | mqtt.publish.topic mqtt.connect.client_id
quic          | QUIC connection     | networkActivity     | quic.sni
ike           | IKE exchange        | tunnelActivity      | ike.alg_enc
dcerpc        | remote procedure    | networkActivity     | dcerpc.request dcerpc.interfaces.uuid
dnp3          | DNP3 request        | networkActivity     | dnp3.type
modbus        | Modbus request      | networkActivity     | modbus.request.function_raw
enip          | EtherNet/IP request | networkActivity     | enip.request.command
ldap          | LDAP request        | networkActivity     | ldap.request.operation
pgsql         | database command    | datastoreActivity   | pgsql.request.simple_query
telnet        | telnet session      | networkActivity     |
websocket     | WebSocket message   | networkActivity     |
bittorrent_dht| BitTorrent lookup   | networkActivity     |
pop3          | POP3 command        | emailActivity       | pop3.request.command
arp           | address asked       | networkActivity     | arp.opcode
tcp           | TCP session         | networkActivity     |
metadata      | metadata            | networkActivity     |
stats         | sensor counters     | base                | stats.uptime
engine        | sensor message      | base                | engine.message
`
const isClass = (word: string): word is keyof typeof ocsfClass => Object.hasOwn(ocsfClass, word)
const kinds: ReadonlyMap<string, Kind> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [type = '', activity = '', className = '', detail = ''] = line.split('|').map((cell) => cell.trim())
      if (!isClass(className)) throw new Error(`suricata.ts: no OCSF class ${className}`)
      return [type, { activity, class_uid: ocsfClass[className], detail: detail.split(' ').filter(Boolean) }]
    }),
)

const severities: Readonly<Record<string, OcsfSeverity>> = {
  1: ocsfSeverity.high,
  2: ocsfSeverity.medium,
  3: ocsfSeverity.low,
}

/** Names of Sigma's categories beside the sensor's own: `dst_ip` as in firewall, `query` and `answer` as in dns. */
function addNames(fields: OpenFields): void {
  for (const [from, to] of [
    ['dest_ip', 'dst_ip'],
    ['dest_port', 'dst_port'],
    ['dns.rrname', 'query'],
    ['dns.queries.rrname', 'query'],
    ['mdns.queries.rrname', 'query'],
    ['dns.rrtype', 'record_type'],
    ['dns.queries.rrtype', 'record_type'],
    ['dns.answers.rdata', 'answer'],
    ['dns.rdata', 'answer'],
  ] as const) {
    const value = fields[from]
    if (value !== undefined && fields[to] === undefined) addField(fields, to, value)
  }
}

const first = (value: FieldValue | undefined): string | undefined => textOf(Array.isArray(value) ? value[0] : value)
const firstFact = (fields: OpenFields, list: readonly string[]): string | undefined => {
  for (const one of list) {
    const text = first(fields[one])
    if (text !== undefined) return text
  }
  return undefined
}

const columns: ColumnNames = {
  host: ['host'],
  user: ['smb.ntlmssp.user', 'krb5.cname', 'rdp.cookie', 'ftp.user'],
  src_ip: ['src_ip'],
  src_port: ['src_port'],
  src_host: ['dhcp.hostname', 'smb.ntlmssp.host', 'rdp.client.client_name'],
  dst_ip: ['dest_ip'],
  dst_port: ['dest_port'],
  domain: ['dns.rrname', 'http.hostname', 'tls.sni', 'quic.sni'],
  url: ['http.url'],
  file: ['fileinfo.filename', 'smb.filename', 'nfs.filename', 'tftp.file', 'ftp_data.filename'],
}
function whoOf(fields: OpenFields): Entities {
  const who = columnsOf(fields, columns)
  const asked = who.domain ?? first(fields['query'])
  return { ...who, host: hostOf(fields['host']), domain: hostOf(asked) }
}

type Outcome = 'success' | 'failure' | undefined
function outcomeOf(type: string, fields: OpenFields): Outcome {
  if (type === 'drop' || fields['alert.action'] === 'blocked') return 'failure'
  const status = fields['http.status']
  if (type === 'http' && typeof status === 'number' && status > 0) return status < 400 ? 'success' : 'failure'
  const code = firstFact(fields, ['dns.rcode'])
  if (type === 'dns' && code !== undefined) return code === 'NOERROR' ? 'success' : 'failure'
  const answer = firstFact(fields, ['krb5.error_code', 'krb5.failed_request'])
  return type === 'krb5' ? (answer === undefined ? 'success' : 'failure') : undefined
}

const leases: Readonly<Record<string, number>> = {
  discover: 1, offer: 2, request: 3, decline: 4, ack: 5, nak: 6, release: 7, inform: 8,
} // prettier-ignore
function activityOf(type: string, fields: OpenFields): number | undefined {
  if (type === 'alert' || type === 'anomaly') return 1
  if (type === 'http') return methodActivity(textOf(fields['http.http_method']))
  if (type === 'dns') return /^(?:query|request)$/.test(String(fields['dns.type'])) ? 1 : 2
  if (type === 'dhcp') return leases[String(fields['dhcp.dhcp_type'])]
  if (type === 'flow' || type === 'netflow') return 2
  return type === 'drop' ? 5 : undefined
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  addNames(fields)
  const type = textOf(fields['event_type']) ?? ''
  const kind = kinds.get(type)
  const logsource: LogSource = { product: 'suricata', categories: type === 'dns' ? ['dns'] : [] }
  const severity = severities[String(fields['alert.severity'])]
  return makeEvent(name, received, whoOf(fields), {
    time: anyTime(fields['timestamp']),
    logsource,
    class_uid: kind?.class_uid ?? ocsfClass.networkActivity,
    activity_id: activityOf(type, fields),
    activity: kind?.activity ?? `${type} on the wire`,
    severity_id: severity ?? (type === 'anomaly' ? ocsfSeverity.low : undefined),
    outcome: outcomeOf(type, fields),
    detail: kind && firstFact(fields, kind.detail),
    fields,
  })
}

export const suricata: JsonParser = {
  name,
  reads: 'json',
  does: "reads Suricata's EVE records of every event type",
  recognises: '`event_type` with `timestamp` and `src_ip` or `flow_id`',
  recognise: (object) =>
    typeof object['event_type'] === 'string' &&
    typeof object['timestamp'] === 'string' &&
    (object['src_ip'] !== undefined || object['flow_id'] !== undefined || object['stats'] !== undefined),
  parse,
  ocsf: () => ({
    'connection_info.uid': 'flow_id',
    'connection_info.protocol_name': 'proto',
    'connection_info.community_uid': 'community_id',
    'finding_info.title': ['alert.signature', 'anomaly.event'],
    'finding_info.uid': ['alert.signature_id', 'flow_id'],
    'finding_info.types': 'alert.category',
    'query.hostname': 'query',
    'query.type': 'record_type',
    rcode: 'dns.rcode',
    'http_request.http_method': 'http.http_method',
    'http_request.url.hostname': 'http.hostname',
    'http_request.url.path': 'http.url',
    'http_request.user_agent': 'http.http_user_agent',
    'http_request.referrer': 'http.http_refer',
    'http_response.code': 'http.status',
    'http_response.length': 'http.length',
    'http_response.content_type': 'http.http_content_type',
    'tls.version': 'tls.version',
    'tls.sni': 'tls.sni',
    'tls.certificate.subject': 'tls.subject',
    'tls.certificate.issuer': 'tls.issuerdn',
    'tls.ja3_hash.value': 'tls.ja3.hash',
    'file.name': 'fileinfo.filename',
    'file.size': 'fileinfo.size',
    'traffic.bytes_out': 'flow.bytes_toserver',
    'traffic.bytes_in': 'flow.bytes_toclient',
    'traffic.packets_out': 'flow.pkts_toserver',
    'traffic.packets_in': 'flow.pkts_toclient',
    'email.subject': 'email.subject',
    'email.from': ['email.from', 'smtp.mail_from'],
    app_name: 'app_proto',
  }),
}
