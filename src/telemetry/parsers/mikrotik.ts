// MikroTik's RouterOS: `topics message` lines: packets its firewall logged, logins, leases.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { type ColumnNames, names } from './columns-of.ts'
import { change, deviceEvent, type DeviceKind, logon, message, traffic } from './device.ts'
import type { OpenFields, TextParser } from './parser.ts'
import { set, setNumber } from './web/request.ts'

const name = 'mikrotik'
const topicWords =
  '(?:firewall|system|dhcp|wireless|account|interface|info|critical|error|warning|script|ppp|pppoe|l2tp|pptp|sstp|ovpn|ipsec|hotspot|dns|web-proxy|ntp|bgp|ospf|route|caps|manager|backup|certificate|wireguard|raw|bridge|snmp|radius|user-manager|e-mail|health|upnp|lte|gps|watchdog|store|update|container|wifi|netwatch|poe-out|debug|packet|notice|stp|igmp-proxy|async|isdn|rsvp|sertcp|simulator|state|telephony|tftp|timer|vrrp|read|write|kvm|mme|event|gsm|iscsi|ldp|pim|mpls|ddns|dude|smb|ssh|sms|calc)'
const head = new RegExp(`^(?:([\\w.-]{1,64}): )?(${topicWords}(?:,!?${topicWords})+):? `)

const packet =
  /^(?:(.{0,64}?) )?(\w[\w-]{0,31}): in:(\S{1,32}|\([^)]{0,32}\)) out:(\S{1,32}|\([^)]{0,32}\)), (?:connection-state:(\S{1,32}?),? )?(?:connection-mark:\S{1,64} )?(?:src-mac ([0-9a-fA-F:]{17}), )?proto ([\w-]{1,16})(?: \(([^)]{0,64})\))?, \[?([0-9a-fA-F.:]{2,45}?)\]?(?::(\d{1,5}))?->\[?([0-9a-fA-F.:]{2,45}?)\]?(?::(\d{1,5}))?,(.{0,512})$/
const login =
  /^(?:user (\S{1,64}) logged (in|out)(?: from (\S{1,64}))?(?: via (\S{1,32}))?|login failure for user (\S{0,64}) from (\S{1,64})(?: via (\S{1,32}))?)/
const lease = /^(\S{1,64}) (assigned|deassigned) (\S{2,45}) (?:for|to|from) (\S{17})(?: (\S{1,255}))?/
const changed = /^(?:.{1,128} )?(?:added|changed|removed|moved|enabled|disabled)(?: by (\S{1,64}))?/

const columns: ColumnNames = {
  user: ['user'],
  src_ip: ['src_ip'],
  src_port: ['src_port'],
  src_host: ['lease_host'],
  dst_ip: ['dst_ip'],
  dst_port: ['dst_port'],
}

interface Read {
  readonly kind: DeviceKind
  readonly outcome?: 'success' | 'failure' | undefined
}

function readPacket(said: string, fields: OpenFields): Read | undefined {
  const found = packet.exec(said)
  if (!found) return undefined
  const keys = names(
    'rule chain interface_in interface_out connection_state src_mac proto flags src_ip src_port dst_ip dst_port',
  )
  for (const [at, key] of keys.entries()) set(fields, key, found[at + 1])
  setNumber(fields, 'length', /len (\d{1,9})/.exec(found[13] ?? '')?.[1])
  const prefix = found[1] ?? ''
  const outcome = /drop|deny|block|reject|invalid/i.test(prefix)
    ? 'failure'
    : /accept|allow|pass/i.test(prefix)
      ? 'success'
      : undefined
  if (outcome !== undefined) fields['action'] = outcome === 'failure' ? 'drop' : 'accept'
  return { kind: outcome === undefined ? { ...traffic, activity: 'packet logged', activity_id: 6 } : traffic, outcome }
}

function readLogin(said: string, fields: OpenFields): Read | undefined {
  const found = login.exec(said)
  if (!found) return undefined
  const failed = found[2] === undefined
  set(fields, 'user', found[1] ?? found[5])
  set(fields, 'src_ip', found[3] ?? found[6])
  set(fields, 'via', found[4] ?? found[7])
  if (failed) return { kind: logon('login failed'), outcome: 'failure' }
  return { kind: found[2] === 'in' ? logon('login accepted') : logon('logout', 2), outcome: 'success' }
}

function readLease(said: string, fields: OpenFields): Read | undefined {
  const found = lease.exec(said)
  if (!found) return undefined
  const [, pool, what, address, mac, host] = found
  for (const [key, value] of [
    ['pool', pool],
    ['src_ip', address],
    ['mac', mac],
    ['lease_host', host],
  ] as const)
    set(fields, key, value)
  return {
    kind: { activity: `address ${what}`, class_uid: ocsfClass.dhcpActivity, activity_id: what === 'assigned' ? 5 : 7 },
  }
}

function readOther(said: string, fields: OpenFields): Read {
  const by = changed.exec(said)?.[1]
  if (by === undefined) return { kind: message('device message') }
  set(fields, 'user', by)
  return { kind: change }
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const found = head.exec(text)
  if (!found) return undefined
  const [all, tag, topics = ''] = found
  const said = text.slice(all.length, all.length + 4096)
  const fields: OpenFields = { topics, message: text.slice(all.length) }
  set(fields, 'tag', tag)
  const read = readPacket(said, fields) ?? readLogin(said, fields) ?? readLease(said, fields) ?? readOther(said, fields)
  const level = /critical/.test(topics) ? 4 : /error/.test(topics) ? 3 : /warning/.test(topics) ? 2 : 1
  return deviceEvent({
    parser: name,
    received,
    time: undefined,
    logsource: {
      product: 'mikrotik',
      service: 'routeros',
      categories: topics.startsWith('firewall') ? ['firewall'] : [],
    },
    fields,
    columns,
    kind: read.kind,
    severity_id: level,
    outcome: read.outcome,
    detail: said,
  })
}

export const mikrotik: TextParser = {
  name,
  reads: 'text',
  does: 'reads RouterOS lines of MikroTik: packets its firewall logged, logins, leases, changes',
  recognises: '`firewall,info drop input: in:ether1 out:(unknown 0), …` by syslog or alone',
  recognise: (text) => text.slice(0, 100).includes(',') && head.test(text.slice(0, 256)),
  parse,
  ocsf: () => ({
    'connection_info.protocol_name': 'proto',
    'firewall_rule.name': 'rule',
    'traffic.bytes': 'length',
    'src_endpoint.mac': 'src_mac',
    'src_endpoint.interface_name': 'interface_in',
    'dst_endpoint.interface_name': 'interface_out',
  }),
}
