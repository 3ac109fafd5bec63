// Sophos firewalls: SFOS (`device="SFW" log_type="Firewall"`) and UTM (`id="2001" sys="SecureNet" sub="packetfilter"`).
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
import { dateAndTime, deviceTime } from './device-times.ts'
import { pairsOf } from './pairs.ts'
import type { OpenFields, TextParser } from './parser.ts'

const name = 'sophos'
const columns: ColumnNames = {
  host: names('device_name'),
  user: names('user_name user name_user src_user'),
  src_ip: names('src_ip srcip source_ip'),
  src_port: names('src_port srcport'),
  dst_ip: names('dst_ip dstip'),
  dst_port: names('dst_port dstport'),
  domain: names('domainname domain'),
  url: names('url'),
  file: names('filename file_name file_path'),
}

const kinds: readonly (readonly [RegExp, DeviceKind])[] = [
  [/^(?:idp|ips|atp|anti-virus|antivirus|sandbox|wireless protection|malware)/i, finding('threat seen')],
  [/^(?:content filtering|http|waf|web server)/i, webVisit],
  [/^(?:firewall|packetfilter|ips filter|ssl)/i, traffic],
  [/^(?:admin|config)/i, change],
]
function kindOf(fields: OpenFields): DeviceKind {
  const type = String(fields['log_type'] ?? fields['sub'] ?? '')
  const component = String(fields['log_component'] ?? '')
  if (/authentication/i.test(component) || /^(?:auth|login)/i.test(type) || type.startsWith('aua'))
    return logon('login')
  return kinds.find(([match]) => match.test(type))?.[1] ?? message(component || type || 'device message')
}
const outcomeOf = (fields: OpenFields): 'success' | 'failure' | undefined => {
  const said = String(fields['log_subtype'] ?? fields['status'] ?? fields['action'] ?? '')
  if (/deni|deny|drop|block|fail|reject/i.test(said)) return 'failure'
  return /allow|accept|success|pass/i.test(said) ? 'success' : undefined
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const fields = pairsOf(text)
  if (fields['log_type'] === undefined && fields['sub'] === undefined) return undefined
  const said = fields['message'] ?? fields['name'] ?? fields['fw_rule_name'] ?? fields['log_component']
  const kind = kindOf(fields)
  return deviceEvent({
    parser: name,
    received,
    time: deviceTime(fields['timestamp'], received) ?? dateAndTime(fields['date'], fields['time'], fields['timezone']),
    logsource: {
      product: 'sophos',
      service: String(fields['log_type'] ?? fields['sub'])
        .toLowerCase()
        .replaceAll(' ', '_'),
      categories: kind === traffic ? ['firewall'] : kind === webVisit ? ['proxy'] : [],
    },
    fields,
    columns,
    kind,
    severity_id: severityWord(fields['severity'] ?? fields['priority']),
    outcome: outcomeOf(fields),
    detail: typeof said === 'string' ? said : undefined,
  })
}

export const sophos: TextParser = {
  name,
  reads: 'text',
  does: 'reads logs of Sophos SFOS and UTM firewalls under their own names',
  recognises:
    '`device="SFW" date=… log_type="Firewall" …`, `device_name="…" timestamp="…" log_type=…`, or `id="2001" severity="info" sys="SecureNet" …`',
  recognise: (text) =>
    /^(?:[\w-]{1,32}\[\d{1,10}\]: )?(?:device="?SFW|device_name="|id="\d{4}" severity="\w{1,16}" sys=")/.test(text),
  parse,
  ocsf: () => ({
    'connection_info.protocol_name': ['protocol', 'proto'],
    'firewall_rule.uid': ['fw_rule_id', 'fwrule'],
    'firewall_rule.name': 'fw_rule_name',
    'traffic.bytes_out': ['bytes_sent', 'sent_bytes'],
    'traffic.bytes_in': ['bytes_received', 'recv_bytes'],
    'metadata.event_code': ['log_id', 'id'],
    'finding_info.title': ['signature_msg', 'threatname', 'message', 'name'],
    'finding_info.uid': ['log_id', 'id'],
    'http_request.user_agent': 'user_agent',
  }),
}
