// pf as pfSense and OPNsense log it (filterlog), one comma-separated line a packet; and pf's own text as tcpdump prints pflog.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { setField } from './flatten.ts'
import { makeEvent, type OpenFields, type TextParser } from './parser.ts'
import { addressOf, portOf } from './values.ts'
import { columnsOf, names } from './columns-of.ts'
import { set } from './web/request.ts'

const name = 'filterlog'
const product = { product: 'pf', service: 'pf', categories: ['firewall'] }
const actions: Readonly<Record<string, readonly [action: string, activity: string, activity_id: number]>> = {
  pass: ['accept', 'connection permitted', 1],
  block: ['drop', 'connection dropped', 5],
  reject: ['reject', 'connection refused', 5],
  rdr: ['accept', 'connection redirected', 1],
  nat: ['accept', 'connection translated', 1],
}

const common = names('rule subrule anchor rule_id interface reason action direction ip_version')
const v4 = names('tos ecn ttl id offset ip_flags proto_id proto length src_ip dst_ip')
const v6 = names('traffic_class flow_label hop_limit proto proto_id length src_ip dst_ip')
const tcp = names('src_port dst_port data_length tcp_flags sequence ack window urg tcp_options')
const udp = names('src_port dst_port data_length')
const icmp = names('icmp_type icmp_data')
const carp = names('carp_type carp_ttl vhid version adv_base adv_skew')

function columnNames(cells: readonly string[]): readonly string[] | undefined {
  const version = cells[8]
  const ip = version === '4' ? v4 : version === '6' ? v6 : undefined
  if (!ip) return undefined
  const proto = cells[common.length + ip.indexOf('proto')]?.toLowerCase() ?? ''
  const rest =
    proto === 'tcp'
      ? tcp
      : proto === 'udp'
        ? udp
        : proto.startsWith('icmp') || proto === 'ipv6-icmp'
          ? icmp
          : proto === 'carp'
            ? carp
            : []
  return [...common, ...ip, ...rest]
}

const whole = /^\d{1,15}$/
const numbered = /^(?:src_port|dst_port|length|data_length|ttl|hop_limit|ip_version|proto_id)$/

function firewallEvent(fields: OpenFields, said: string, received: number): ParsedEvent {
  const [action, activity, activity_id] = actions[said] ?? [said, 'packet logged', 6]
  fields['action'] = action
  const who = columnsOf(fields, {
    src_ip: ['src_ip'],
    src_port: ['src_port'],
    dst_ip: ['dst_ip'],
    dst_port: ['dst_port'],
  })
  return makeEvent(name, received, who, {
    time: undefined,
    logsource: product,
    class_uid: ocsfClass.networkActivity,
    activity_id,
    activity,
    outcome: action === 'accept' ? 'success' : action === 'drop' || action === 'reject' ? 'failure' : undefined,
    detail: String(fields['interface'] ?? ''),
    fields,
  })
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const cells = text.slice(0, 4096).split(',', 64)
  const order = columnNames(cells)
  if (!order || actions[cells[6] ?? ''] === undefined) return pflog(text, received)
  const fields: OpenFields = {}
  for (const [at, cell] of cells.entries()) {
    if (cell === '') continue
    const column = order[at] ?? `column_${at + 1}`
    setField(fields, column, numbered.test(column) && whole.test(cell) ? Number(cell) : cell)
  }
  // pf tells `block` from `block return` only by the rule; OPNsense writes what was done in full.
  return firewallEvent(fields, cells[6] ?? '', received)
}

/** `rule 53/0(match): block in on em0: 10.0.2.2.59576 > 10.0.2.15.22: Flags [S]` */
const printed =
  /^(?:\d\d:\d\d:\d\d\.\d{1,6} )?rule (\d{1,10}|def|[\d.]{1,20})(?:\.([\w.]{1,64}))?\/(\d{1,3})\(([\w-]{1,32})\)(?: \[[^\]]{0,128}\])?: (pass|block|nat|rdr) (in|out) on (\S{1,32}): (?:IP6? )?(?:\([^)]{0,256}\) )?([0-9a-fA-F.:]{2,64}) > ([0-9a-fA-F.:]{2,64}): (.{0,2048})$/s

/** tcpdump puts the port behind a last dot. */
function dotted(text: string): { readonly ip: string | undefined; readonly port: number | undefined } {
  const isV6 = text.includes(':')
  const parts = text.split('.')
  if (isV6 ? parts.length === 2 : parts.length === 5) {
    const at = text.lastIndexOf('.')
    return { ip: addressOf(text.slice(0, at)), port: portOf(text.slice(at + 1)) }
  }
  return { ip: addressOf(text), port: undefined }
}

function pflog(text: string, received: number): ParsedEvent | undefined {
  const found = printed.exec(text.slice(0, 4096))
  if (!found) return undefined
  const [, rule, anchor, , reason, said = '', direction, port, from = '', to = '', rest] = found
  const fields: OpenFields = {}
  const source = dotted(from)
  const target = dotted(to)
  for (const [key, value] of [
    ['rule', rule],
    ['anchor', anchor],
    ['reason', reason],
    ['direction', direction],
    ['interface', port],
    ['src_ip', source.ip],
    ['dst_ip', target.ip],
    ['message', rest],
  ] as const)
    set(fields, key, value)
  if (source.port !== undefined) fields['src_port'] = source.port
  if (target.port !== undefined) fields['dst_port'] = target.port
  return firewallEvent(fields, said, received)
}

export const filterlog: TextParser = {
  name,
  reads: 'text',
  does: 'reads packets that pf logged: filterlog of pfSense and OPNsense (IPv4, IPv6; TCP, UDP, ICMP, CARP), pflog as tcpdump prints it',
  recognises: 'program `filterlog`, its line without an envelope, or `rule 53/0(match): block in on em0: …`',
  recognise: (text) =>
    /^(?:[\w.]{0,32},){4}[\w.]{1,32},[\w-]{1,32},(?:pass|block|reject|rdr|nat),(?:in|out),[46],/.test(text) ||
    printed.test(text.slice(0, 4096)),
  parse,
  ocsf: () => ({
    'connection_info.protocol_name': 'proto',
    'connection_info.direction': 'direction',
    'firewall_rule.uid': 'rule_id',
    'traffic.bytes': 'length',
    'src_endpoint.interface_name': 'interface',
  }),
}
