// Palo Alto Networks' comma-separated logs, by their type: traffic, threat, system, config, GlobalProtect, HIP match, user id, authentication.
import type { ParsedEvent } from '../types.ts'
import { type ColumnNames, names } from './columns-of.ts'
import { cellsOf } from './delimited.ts'
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
import { setField } from './flatten.ts'
import type { OpenFields, TextParser } from './parser.ts'
import { firstOf, textOf } from './values.ts'

const name = 'palo-alto'

const head = 'future_use_1 receive_time serial type subtype config_version time_generated'
const groups = 'dg_hier_level_1 dg_hier_level_2 dg_hier_level_3 dg_hier_level_4 vsys_name device_name'
const session =
  'src dst natsrc natdst rule srcuser dstuser app vsys from to inbound_if outbound_if logset time_received sessionid repeatcnt sport dport natsport natdport flags proto action'
const tail = `seqno actionflags ${groups}`

const orders: Readonly<Record<string, readonly string[]>> = {
  TRAFFIC: names(
    `${head} ${session} bytes bytes_sent bytes_received packets start elapsed category future_use_2 seqno actionflags srcloc dstloc future_use_3 pkts_sent pkts_received session_end_reason ${groups} action_source src_uuid dst_uuid tunnelid monitortag parent_session_id parent_start_time tunnel assoc_id chunks chunks_sent chunks_received rule_uuid http2_connection link_change_count policy_id link_switches sdwan_cluster sdwan_device_type sdwan_cluster_type sdwan_site dynusergroup_name xff_ip`,
  ),
  THREAT: names(
    `${head} ${session} misc threatid category severity direction seqno actionflags srcloc dstloc future_use_2 contenttype pcap_id filedigest cloud url_idx user_agent filetype xff referer sender subject recipient reportid ${groups} future_use_3 src_uuid dst_uuid http_method tunnelid monitortag parent_session_id parent_start_time tunnel thr_category contentver future_use_4 assoc_id ppid http_headers url_category_list rule_uuid http2_connection dynusergroup_name xff_ip`,
  ),
  SYSTEM: names(`${head} vsys eventid object future_use_2 future_use_3 module severity opaque ${tail}`),
  CONFIG: names(`${head} host vsys cmd admin client result path before_change_detail after_change_detail ${tail}`),
  GLOBALPROTECT: names(
    `${head} vsys eventid stage auth_method tunnel_type srcuser srcregion machinename public_ip public_ipv6 private_ip private_ipv6 hostid serialnumber client_ver client_os client_os_ver repeatcnt reason error opaque status location login_duration connect_method error_code portal seqno actionflags`,
  ),
  'HIP-MATCH': names(
    `${head} srcuser vsys machinename os src matchname repeatcnt matchtype future_use_2 future_use_3 ${tail} vsys_id srcipv6 hostid`,
  ),
  USERID: names(
    `${head} vsys ip user datasourcename eventid repeatcnt timeout beginport endport datasource datasourcetype ${tail}`,
  ),
  AUTHENTICATION: names(
    `${head} vsys ip user normalize_user object authpolicy repeatcnt authid vendor logset serverprofile desc clienttype event factorno ${tail}`,
  ),
  DECRYPTION: names(`${head} ${session}`),
  TUNNEL: names(`${head} ${session}`),
}
const short = names(`${head} host vsys cmd admin client result path ${tail}`)
const sameAs: Readonly<Record<string, string>> = { HIPMATCH: 'HIP-MATCH', URL: 'THREAT', WILDFIRE: 'THREAT' }

function orderOf(type: string, cells: readonly string[]): readonly string[] | undefined {
  // Changes are written only when the device is told to.
  if (type === 'CONFIG' && /^\d{1,20}$/.test(cells[14] ?? '') && (cells[15] ?? '').startsWith('0x')) return short
  return orders[sameAs[type] ?? type]
}

const columns: ColumnNames = {
  host: names('device_name serial'),
  user: names('srcuser user admin'),
  target_user: names('dstuser'),
  src_ip: names('src public_ip ip client srcipv6'),
  src_port: ['sport'],
  src_host: names('machinename'),
  dst_ip: names('dst'),
  dst_port: ['dport'],
}

const counted =
  /^(?:bytes(?:_sent|_received)?|packets|pkts_sent|pkts_received|elapsed|repeatcnt|sport|dport|natsport|natdport|login_duration)$/

function kindOf(fields: OpenFields): DeviceKind {
  const type = String(fields['type'])
  if (type === 'THREAT')
    return fields['subtype'] === 'url' ? webVisit : finding(`${String(fields['subtype'] ?? 'threat')} seen`)
  if (type === 'CONFIG') return change
  if (type === 'GLOBALPROTECT')
    return logon(`VPN ${String(fields['eventid'] ?? 'session')}`, /logout/.test(String(fields['eventid'])) ? 2 : 1)
  if (type === 'AUTHENTICATION') return logon('authentication')
  if (type === 'USERID')
    return logon(
      fields['subtype'] === 'logout' ? 'user left address' : 'user seen at address',
      fields['subtype'] === 'logout' ? 2 : 1,
    )
  if (type === 'SYSTEM')
    return /auth-(?:success|fail)|login/.test(String(fields['eventid'])) ? logon('login') : message('device message')
  return type.startsWith('HIP') ? message('host checked') : traffic
}

const good = /^(?:allow|alert|success|succeeded|continue|syncookie-sent)/i
const bad = /^(?:deny|drop|block|reset|sinkhole|override-lockout|fail|unauthorized)/i
function outcomeOf(fields: OpenFields): 'success' | 'failure' | undefined {
  const said = String(fields['action'] ?? fields['result'] ?? fields['status'] ?? fields['eventid'] ?? '')
  if (bad.test(said) || /-fail/.test(said)) return 'failure'
  return good.test(said) || /-success/.test(said) ? 'success' : undefined
}

const nameOfUrl = (misc: string | undefined): string | undefined =>
  misc?.replace(/^[a-z]{2,8}:\/\//, '').split(/[/:?]/, 1)[0]

function fieldsOf(cells: readonly string[], order: readonly string[]): OpenFields {
  const fields: OpenFields = {}
  for (const [at, cell] of cells.entries()) {
    if (cell === '') continue
    const column = order[at] ?? `column_${at + 1}`
    setField(fields, column, counted.test(column) && /^\d{1,15}$/.test(cell) ? Number(cell) : cell)
  }
  return fields
}

/** What stands under `misc` is an address or a file, by what kind of threat it is. */
const columnsFor = (type: string, isUrl: boolean): ColumnNames =>
  isUrl ? { ...columns, url: ['misc'] } : type === 'THREAT' ? { ...columns, file: ['misc'] } : columns
const categoryOf = (type: string, isUrl: boolean): string[] =>
  type === 'TRAFFIC' ? ['firewall'] : isUrl ? ['proxy'] : []

function parse(line: string, received: number): ParsedEvent | undefined {
  const cells = cellsOf(line)
  const type = cells[3] ?? ''
  const order = orderOf(type, cells)
  if (!order) return undefined
  const fields = fieldsOf(cells, order)
  const misc = textOf(fields['misc'])
  const isUrl = fields['subtype'] === 'url'
  return deviceEvent({
    parser: name,
    received,
    time: deviceTime(fields['time_generated'], received) ?? deviceTime(fields['receive_time'], received),
    logsource: { product: 'paloalto', service: type.toLowerCase(), categories: categoryOf(type, isUrl) },
    fields,
    columns: columnsFor(type, isUrl),
    kind: kindOf(fields),
    severity_id: severityWord(fields['severity']),
    outcome: outcomeOf(fields),
    detail: firstOf(fields, ['threatid', 'opaque', 'cmd', 'rule']),
    ...(isUrl && misc !== undefined ? { who: { domain: nameOfUrl(misc) } } : {}),
  })
}

export const paloAlto: TextParser = {
  name,
  reads: 'text',
  does: "reads Palo Alto Networks' comma-separated logs under the names of its documentation: TRAFFIC, THREAT, SYSTEM, CONFIG, GLOBALPROTECT, HIP-MATCH, USERID, AUTHENTICATION",
  recognises: '`1,2026/03/02 14:01:02,serial,TRAFFIC,end,…`, alone or by syslog',
  recognise: (line) =>
    line[line.indexOf(',') + 5] === '/' &&
    /^[^,]{0,40},\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d,[^,]{0,32},[A-Z-]{3,20},/.test(line),
  parse,
  ocsf: () => ({
    'connection_info.protocol_name': 'proto',
    'connection_info.uid': 'sessionid',
    'firewall_rule.name': 'rule',
    'firewall_rule.uid': 'rule_uuid',
    'traffic.bytes': 'bytes',
    'traffic.bytes_out': 'bytes_sent',
    'traffic.bytes_in': 'bytes_received',
    'traffic.packets_out': 'pkts_sent',
    'traffic.packets_in': 'pkts_received',
    'finding_info.title': 'threatid',
    'finding_info.uid': 'seqno',
    'finding_info.types': 'thr_category',
    'http_request.http_method': 'http_method',
    'http_request.user_agent': 'user_agent',
    'http_request.referrer': 'referer',
    app_name: 'app',
    'src_endpoint.zone': 'from',
    'dst_endpoint.zone': 'to',
    'src_endpoint.interface_name': 'inbound_if',
    'dst_endpoint.interface_name': 'outbound_if',
  }),
}
