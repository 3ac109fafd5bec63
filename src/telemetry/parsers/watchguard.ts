// WatchGuard Fireware: `msg_id="3000-0148" Allow 1-Trusted 0-External tcp 10.0.1.2 192.0.2.4 49999 443 … (HTTPS-00)`.
import type { ParsedEvent } from '../types.ts'
import { type ColumnNames, names } from './columns-of.ts'
import { deviceEvent, type DeviceKind, finding, logon, message, traffic, webVisit } from './device.ts'
import { pairsOf } from './pairs.ts'
import type { OpenFields, TextParser } from './parser.ts'
import { firstOf } from './values.ts'
import { set } from './web/request.ts'

const name = 'watchguard'
const head = /(?:^|[ :])msg_id="([0-9A-F]{4}-[0-9A-F]{4})"/
const packet =
  /^ ?(Allow|Deny|Drop|Block|\w{1,16}) (\S{1,64}) (\S{1,64}) (?:(\d{1,6}) )?(\w{1,16}) (?:(\d{1,3}) (\d{1,3}) )?([0-9a-fA-F.:]{2,45}) ([0-9a-fA-F.:]{2,45})(?: (\d{1,5}) (\d{1,5}))?(?= |$)/
const keys = names(
  'action interface_in interface_out length proto ip_header_length ttl src_ip dst_ip src_port dst_port',
)
const columns: ColumnNames = {
  user: names('src_user user'),
  src_ip: ['src_ip'],
  src_port: ['src_port'],
  dst_ip: ['dst_ip'],
  dst_port: ['dst_port'],
  domain: ['dstname'],
  url: ['arg'],
}
const user = /user '?([\w.@\\-]{1,128})'?/i

function kindOf(fields: OpenFields, isLogin: boolean, isPacket: boolean): DeviceKind {
  const said = String(fields['msg'] ?? '')
  if (isLogin) return logon('login')
  if (/IPS|virus|APT|botnet/i.test(said)) return finding(said)
  if (fields['dstname'] !== undefined) return webVisit
  return isPacket ? traffic : message('device message')
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const found = head.exec(text.slice(0, 600))
  if (!found) return undefined
  const said = text.slice(found.index + found[0].length, 16_384)
  const fields: OpenFields = pairsOf(said)
  fields['msg_id'] = found[1] ?? ''
  const cells = packet.exec(said)
  for (const [at, key] of keys.entries()) set(fields, key, cells?.[at + 1])
  set(fields, 'policy', /\(([^()]{1,128})\) ?$/.exec(said.slice(-140))?.[1])
  const isLogin = /log(?:ged)? ?(?:in|out|on|off)|authentication/i.test(said)
  if (isLogin) set(fields, 'user', user.exec(said.slice(0, 1024))?.[1])
  fields['message'] = said.trim()
  return deviceEvent({
    parser: name,
    received,
    time: undefined,
    logsource: { product: 'watchguard', service: 'firebox', categories: cells ? ['firewall'] : [] },
    fields,
    columns,
    kind: kindOf(fields, isLogin, cells !== null),
    action: String(fields['action'] ?? ''),
    detail: firstOf(fields, ['policy', 'message']),
  })
}

export const watchguard: TextParser = {
  name,
  reads: 'text',
  does: 'reads logs of WatchGuard fireboxes: packets, proxies, logins',
  recognises: '`msg_id="3000-0148" Allow …` by syslog',
  recognise: (text) => text.includes('msg_id="') && head.test(text.slice(0, 600)),
  parse,
  ocsf: () => ({
    'connection_info.protocol_name': 'proto',
    'firewall_rule.name': 'policy',
    'metadata.event_code': 'msg_id',
    'traffic.bytes_out': 'sent_bytes',
    'traffic.bytes_in': 'rcvd_bytes',
    'finding_info.title': 'msg',
    'finding_info.uid': 'msg_id',
  }),
}
