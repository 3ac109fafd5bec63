// FortiGate's own log format: `date=… time=… devname=… logid=… type=…` pairs.
import type { OcsfSeverity } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { type ColumnNames, names } from './columns-of.ts'
import {
  change,
  deviceEvent,
  type DeviceKind,
  finding,
  logon,
  lookup,
  message,
  severityWord,
  traffic,
  webVisit,
} from './device.ts'
import { dateAndTime } from './device-times.ts'
import { pairsOf } from './pairs.ts'
import type { OpenFields, TextParser } from './parser.ts'
import { epochTime } from './times.ts'

const name = 'fortigate'

const columns: ColumnNames = {
  host: names('devname devid'),
  user: names('user unauthuser srcuser xauthuser admin'),
  target_user: names('dstuser'),
  src_ip: names('srcip remip'),
  src_port: names('srcport remport'),
  src_host: names('srcname'),
  dst_ip: names('dstip locip'),
  dst_port: names('dstport locport'),
  dst_host: names('dstname'),
  domain: names('hostname qname'),
  url: names('url'),
  file: names('filename file'),
}

const byKind: Readonly<Record<string, DeviceKind>> = {
  'utm/webfilter': webVisit,
  'utm/dns': lookup,
  'dns/dns-query': lookup,
  'dns/dns-response': lookup,
  'utm/virus': finding('malware found'),
  'utm/ips': finding('attack seen'),
  'utm/anomaly': finding('anomaly seen'),
  'anomaly/anomaly': finding('anomaly seen'),
  'utm/waf': finding('web attack seen'),
  'utm/dlp': finding('data leak seen'),
  'utm/emailfilter': finding('letter judged'),
  'utm/app-ctrl': { ...traffic, activity: 'application seen' },
}

function kindOf(fields: OpenFields): DeviceKind {
  const type = String(fields['type'])
  const subtype = String(fields['subtype'])
  const action = String(fields['action'] ?? '')
  if (type === 'traffic') return traffic
  if (type !== 'event') return byKind[`${type}/${subtype}`] ?? finding(`${subtype} event`)
  if (/log(?:in|on)|^auth|ssl-new-con|tunnel-up/i.test(action)) return logon('login')
  if (/logout|tunnel-down/i.test(action)) return logon('logout', 2)
  if (fields['cfgpath'] !== undefined) return change
  return message(String(fields['logdesc'] ?? 'device message'))
}

/** `eventtime` comes in seconds, milliseconds, microseconds or nanoseconds by version. */
function timeOf(fields: OpenFields): number | undefined {
  const exact = String(fields['eventtime'] ?? '')
  return (
    (/^\d{10,19}$/.test(exact) ? epochTime(Number(exact)) : undefined) ??
    dateAndTime(fields['date'], fields['time'], fields['tz'])
  )
}

const good =
  /^(?:accept|allow|permit|pass|passthrough|close|client-rst|server-rst|timeout|start|success|ip-conn|dns|tunnel-up|detected)/i
const bad = /^(?:deny|denied|block|blocked|drop|dropped|reset|fail|ssl-login-fail|violation|quarantine|clear_session)/i
function outcomeOf(fields: OpenFields): 'success' | 'failure' | undefined {
  const status = String(fields['status'] ?? '')
  if (/^fail|^deny/i.test(status)) return 'failure'
  if (/^success/i.test(status)) return 'success'
  const action = String(fields['action'] ?? '')
  return bad.test(action) ? 'failure' : good.test(action) ? 'success' : undefined
}

function severityOf(fields: OpenFields): OcsfSeverity | undefined {
  return severityWord(fields['crlevel']) ?? severityWord(fields['severity']) ?? severityWord(fields['level'])
}

const first = (fields: OpenFields): string | undefined => {
  const said = fields['attack'] ?? fields['virus'] ?? fields['msg'] ?? fields['logdesc'] ?? fields['service']
  return typeof said === 'string' ? said : undefined
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const fields = pairsOf(text, text.includes(',type=') ? { separator: ',' } : {})
  if (fields['type'] === undefined || (fields['logid'] ?? fields['devid'] ?? fields['log_id']) === undefined)
    return undefined
  return deviceEvent({
    parser: name,
    received,
    time: timeOf(fields),
    logsource: {
      product: 'fortigate',
      service: String(fields['type']),
      categories: fields['type'] === 'traffic' ? ['firewall'] : [],
    },
    fields,
    columns,
    kind: kindOf(fields),
    severity_id: severityOf(fields),
    outcome: outcomeOf(fields),
    detail: first(fields),
  })
}

export const fortigate: TextParser = {
  name,
  reads: 'text',
  does: "reads FortiGate's traffic, UTM and event logs under FortiGate's names",
  recognises: '`date=2026-03-02 time=14:01:02 devname="fw" devid="…" logid="…" type="traffic" …`, alone or by syslog',
  recognise: (text) =>
    /^(?:date=\d{4}-|logver=|timestamp=|devname=|itime=|eventtime=)/.test(text) &&
    /\btype="?\w/.test(text.slice(0, 1024)),
  parse,
  ocsf: () => ({
    'connection_info.protocol_num': 'proto',
    'connection_info.uid': 'sessionid',
    'firewall_rule.uid': 'policyid',
    'firewall_rule.name': 'policyname',
    'traffic.bytes_out': 'sentbyte',
    'traffic.bytes_in': 'rcvdbyte',
    'traffic.packets_out': 'sentpkt',
    'traffic.packets_in': 'rcvdpkt',
    'metadata.event_code': 'logid',
    'finding_info.title': ['attack', 'virus', 'msg'],
    'finding_info.uid': ['attackid', 'virusid', 'logid'],
    'query.hostname': 'qname',
    'query.type': 'qtype',
    'http_request.url.url_string': 'url',
    'http_request.user_agent': 'agent',
    app_name: ['app', 'service'],
  }),
}
