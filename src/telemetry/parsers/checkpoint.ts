// Check Point's Log Exporter: `[action:"Accept"; src:"…"; …]` behind a syslog header, or the same as `key=value`.
import type { ParsedEvent } from '../types.ts'
import { type ColumnNames, names } from './columns-of.ts'
import {
  change,
  deviceEvent,
  type DeviceKind,
  finding,
  logon,
  message,
  severityWord,
  traffic,
  webVisit,
} from './device.ts'
import { deviceTime } from './device-times.ts'
import { pairsOf } from './pairs.ts'
import type { OpenFields, TextParser } from './parser.ts'
import { firstOf } from './values.ts'

const name = 'checkpoint'
const columns: ColumnNames = {
  host: names('origin_sic_name hostname origin orig'),
  user: names('user src_user_name administrator src_user'),
  target_user: names('dst_user_name'),
  src_ip: names('src client_ip'),
  src_port: names('s_port'),
  src_host: names('src_machine_name'),
  dst_ip: names('dst'),
  dst_port: names('service'),
  dst_host: names('dst_machine_name'),
  domain: names('dst_domain_name domain_name'),
  url: names('resource'),
  file: names('file_name'),
}

function kindOf(fields: OpenFields): DeviceKind {
  const product = String(fields['product'] ?? fields['blade'] ?? '')
  if (
    /^(?:IPS|SmartDefense|Anti|Threat|New Anti|WIFI|Zero|Forensics|Application Control.*attack)/i.test(product) ||
    fields['attack'] !== undefined
  )
    return finding('attack seen')
  if (/^(?:URL|Application)/i.test(product)) return webVisit
  if (/log ?in|log ?on|auth/i.test(String(fields['operation'] ?? fields['auth_status'] ?? fields['action'] ?? '')))
    return logon('login')
  if (/SmartConsole|SmartDashboard|WEB_API|System Monitor/i.test(product))
    return fields['operation'] === undefined ? message('device message') : change
  return fields['src'] === undefined ? message('device message') : traffic
}

/** The pairs of either form. */
function fieldsOf(text: string): OpenFields {
  const at = text.indexOf('[')
  const listed = at >= 0 && at < 8 && /^[\w-]{1,64}:"/.test(text.slice(at + 1, at + 80))
  if (!listed) return pairsOf(text)
  const end = text.lastIndexOf(']')
  return pairsOf(text.slice(at + 1, end > at ? end : text.length), { assign: ':', separator: ';' })
}

const bad = /drop|reject|block|prevent|deny|fail/i
const good = /accept|allow|log in|encrypt|decrypt|bypass|monitor/i
const outcomeOf = (action: string): 'success' | 'failure' | undefined =>
  bad.test(action) ? 'failure' : good.test(action) ? 'success' : undefined

function parse(text: string, received: number): ParsedEvent | undefined {
  const fields = fieldsOf(text)
  if ((fields['product'] ?? fields['origin'] ?? fields['ifdir']) === undefined) return undefined
  const kind = kindOf(fields)
  return deviceEvent({
    parser: name,
    received,
    time: deviceTime(fields['time'], received) ?? deviceTime(fields['rt'], received),
    logsource: { product: 'checkpoint', service: 'firewall', categories: kind === traffic ? ['firewall'] : [] },
    fields,
    columns,
    kind,
    severity_id: severityWord(fields['severity']),
    outcome: outcomeOf(String(fields['action'] ?? '')),
    detail: firstOf(fields, ['attack', 'rule_name', 'operation', 'product']),
  })
}

export const checkpoint: TextParser = {
  name,
  reads: 'text',
  does: "reads Check Point's exported logs, in brackets or as key=value (CEF and LEEF exports are read by those parsers)",
  recognises:
    '`[action:"Accept"; ifdir:"inbound"; src:"…"; …]` or `action="Accept" … product="VPN-1 & FireWall-1"` by syslog',
  recognise: (text) =>
    /^(?:- )?\[(?:action|flags|time|ifdir|product|conn_direction|origin|loguid):"/.test(text) ||
    (/^(?:time|action|loguid)=/.test(text) && /\b(?:ifdir|product|loguid)=/.test(text.slice(0, 2048))),
  parse,
  ocsf: () => ({
    'connection_info.protocol_num': 'proto',
    'connection_info.uid': 'conn_id',
    'firewall_rule.name': 'rule_name',
    'firewall_rule.uid': 'rule_uid',
    'metadata.uid': 'loguid',
    'metadata.product.name': 'product',
    'finding_info.title': ['attack', 'protection_name'],
    'finding_info.uid': ['protection_id', 'loguid'],
    app_name: 'appi_name',
  }),
}
