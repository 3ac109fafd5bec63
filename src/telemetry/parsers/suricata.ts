// Suricata's EVE records: alerts, flows, names, requests, certificates as the sensor saw them on the wire.
import { ocsfClass, ocsfSeverity, type OcsfClass, type OcsfSeverity } from '#standards'
import type { LogSource, ParsedEvent } from '../types.ts'
import { addField, flatten } from './flatten.ts'
import { type JsonObject, type JsonParser, makeEvent, type OpenFields } from './parser.ts'
import { anyTime } from './times.ts'
import { addressOf, firstOf, hostOf, portOf, textOf } from './values.ts'

const name = 'suricata'

interface Kind {
  readonly activity: string
  readonly class_uid: OcsfClass
  readonly detail: readonly string[]
}
const kinds: Readonly<Record<string, Kind>> = {
  alert: { activity: 'signature matched', class_uid: ocsfClass.detectionFinding, detail: ['alert.signature'] },
  anomaly: { activity: 'protocol anomaly', class_uid: ocsfClass.detectionFinding, detail: ['anomaly.event'] },
  dns: { activity: 'name looked up', class_uid: ocsfClass.dnsActivity, detail: ['query'] },
  drop: { activity: 'packet dropped', class_uid: ocsfClass.networkActivity, detail: ['drop.reason'] },
  fileinfo: { activity: 'file seen', class_uid: ocsfClass.networkActivity, detail: ['fileinfo.filename'] },
  flow: { activity: 'flow ended', class_uid: ocsfClass.networkActivity, detail: ['app_proto'] },
  http: { activity: 'web request', class_uid: ocsfClass.httpActivity, detail: ['http.url'] },
  netflow: { activity: 'flow ended', class_uid: ocsfClass.networkActivity, detail: ['app_proto'] },
  smtp: { activity: 'letter sent', class_uid: ocsfClass.networkActivity, detail: ['smtp.mail_from'] },
  ssh: { activity: 'SSH session', class_uid: ocsfClass.sshActivity, detail: ['ssh.client.software_version'] },
  tls: { activity: 'TLS handshake', class_uid: ocsfClass.networkActivity, detail: ['tls.sni', 'tls.subject'] },
}

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
    ['dns.rrtype', 'record_type'],
    ['dns.answers.rdata', 'answer'],
    ['dns.rdata', 'answer'],
  ] as const) {
    const value = fields[from]
    if (value !== undefined && fields[to] === undefined) addField(fields, to, value)
  }
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  addNames(fields)
  const type = textOf(fields['event_type']) ?? ''
  const kind = kinds[type]
  const logsource: LogSource = { product: 'suricata', categories: type === 'dns' ? ['dns'] : [] }
  const who = {
    host: hostOf(fields['host']),
    src_ip: addressOf(fields['src_ip']),
    src_port: portOf(fields['src_port']),
    dst_ip: addressOf(fields['dest_ip']),
    dst_port: portOf(fields['dest_port']),
    file: firstOf(fields, ['fileinfo.filename']),
  }
  return makeEvent(name, received, who, {
    time: anyTime(fields['timestamp']),
    logsource,
    class_uid: kind?.class_uid ?? ocsfClass.networkActivity,
    activity: kind?.activity ?? `${type} on the wire`,
    severity_id: severities[String(fields['alert.severity'])],
    detail: kind && (Array.isArray(fields['query']) ? textOf(fields['query'][0]) : firstOf(fields, kind.detail)),
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
}
