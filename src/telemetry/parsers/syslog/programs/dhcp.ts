// Who got which address: ISC dhcpd, dnsmasq's DHCP, Kea, udhcpd, and clients; Windows DHCP has a table of its own (dhcp-windows.ts).
import { isoTime } from '../../times.ts'
import { network } from '../acts.ts'
import { type Act, type LogLine, type Phrase, type Program, type Reading, readPhrases } from '../line.ts'

const logsource = { product: 'linux', service: 'dhcp', categories: ['dhcp'] }
const ip = '(?<src_ip>[0-9A-Fa-f.:]{2,45})'
const mac = '(?<mac>[0-9A-Fa-f]{1,2}(?:[:-][0-9A-Fa-f]{1,2}){5,19})'
const named = '(?: \\((?<src_host>[^)]{1,255})\\))?'
const via = '(?: via (?<interface>[^\\s:]{1,64}))?'

export const dhcpActs: Readonly<Record<string, Act>> = {
  DISCOVER: network.discover, SOLICIT: network.discover, OFFER: network.offer, ADVERTISE: network.offer, REQUEST: network.request,
  RENEW: network.request, REBIND: network.request, CONFIRM: network.request, DECLINE: network.decline, ACK: network.lease, REPLY: network.lease,
  NAK: network.noLease, RELEASE: network.release, INFORM: network.inform, EXPIRE: network.expire,
} // prettier-ignore

const act = network.inform
const phrases: readonly Phrase[] = [
  { match: new RegExp(`^DHCP(?<message_type>DISCOVER|INFORM) from ${mac}${named}${via}(?:: (?<reason>.*))?`), ...act },
  {
    match: new RegExp(
      `^DHCP(?<message_type>REQUEST|DECLINE|RELEASE) (?:for|of) ${ip}(?: \\((?<server>[0-9A-Fa-f.:]{2,45})\\))? from ${mac}${named}${via}(?:: (?<reason>.*))?`,
    ),
    ...act,
  },
  {
    match: new RegExp(`^DHCP(?<message_type>OFFER|ACK|NAK) (?:on|to) ${ip}(?: to)? ?(?:\\(?${mac}\\)?)?${named}${via}`),
    ...act,
  },
  {
    match: new RegExp(
      `^DHCP(?<message_type>DISCOVER|REQUEST|ACK|OFFER|NAK|RELEASE|DECLINE) (?:on|of|from) (?:(?<interface>[^\\s]{1,32}) to )?(?<dst_ip>[0-9A-Fa-f.:]{2,45}) port (?<dst_port>\\d+)`,
    ),
    ...act,
  },
  {
    match: new RegExp(`^DHCP(?<message_type>ACK|OFFER|NAK) (?:of ${ip} )?from (?<server>[0-9A-Fa-f.:]{2,45})`),
    ...act,
  },
  // dnsmasq-dhcp: `DHCPACK(eth0) 10.0.0.5 00:11:22:33:44:55 laptop`
  {
    match: new RegExp(
      `^(?:(?<transaction>\\d+) )?DHCPv?6?-?(?<message_type>DISCOVER|OFFER|REQUEST|DECLINE|ACK|NAK|RELEASE|INFORM|SOLICIT|ADVERTISE|RENEW|REBIND|CONFIRM|REPLY)\\((?<interface>[^)]{1,32})\\) (?:${ip} )?(?:${mac}|(?<duid>[0-9a-f:]{5,128}))(?: (?<src_host>\\S{1,255}))?`,
    ),
    ...act,
  },
  // Kea: `DHCP4_LEASE_ALLOC [hwtype=1 00:11:22:33:44:55], cid=[…], tid=0x…: lease 10.0.0.5 has been allocated for 3600 seconds`
  {
    match: new RegExp(
      `^(?<message_id>DHCP[46]_LEASE_(?<message_type>ALLOC|RENEW|REUSE))\\s+\\[(?:hwtype=(?<hwtype>\\d+) ${mac}|duid=\\[?(?<duid>[^\\]]{0,255})\\]?)?[^:]{0,255}:?.{0,255}?lease ${ip}(?:/\\d+)? has been (?<what>allocated|renewed|reused)(?: for (?<seconds>\\d+) seconds)?`,
    ),
    ...network.lease,
  },
  {
    match: new RegExp(`^(?<message_id>DHCP[46]_(?:LEASE_ADVERT|LEASE_OFFER))\\s.{0,255}?${mac}.{0,255}?lease ${ip}`),
    ...network.offer,
  },
  {
    match: new RegExp(`^(?<message_id>DHCP[46]_RELEASE(?:_EXPIRED)?)\\s.{0,255}?${mac}.{0,255}?address ${ip}`),
    ...network.release,
  },
  {
    match: new RegExp(
      `^(?<message_id>DHCP[46]_PACKET_(?:RECEIVED|SEND))\\s.{0,255}?${mac}.{0,255}?DHCP(?<message_type>DISCOVER|OFFER|REQUEST|DECLINE|ACK|NAK|RELEASE|INFORM)`,
    ),
    ...act,
  },
  {
    match: /^(?<message_id>(?:DHCP[46]|ALLOC_ENGINE|HOSTS|DHCPSRV|COMMAND|HA)_[A-Z0-9_]{3,64})\s(?<what>.*)/,
    ...act,
    activity: 'DHCP message',
    activity_id: 99,
  },
  // udhcpd, systemd-networkd, dhclient, NetworkManager
  {
    match: new RegExp(`^[Ss]ending (?<message_type>OFFER|ACK|NAK|DISCOVER|REQUEST|RENEW|RELEASE) (?:of|to|for) ${ip}`),
    ...act,
  },
  { match: new RegExp(`^bound to ${ip}`), ...network.lease },
  {
    match: new RegExp(
      `^(?<interface>\\S{1,32}): DHCPv4 address ${ip}(?:/\\d+)?(?:,)? (?:via|gateway) (?<server>[0-9A-Fa-f.:]{2,45})`,
    ),
    ...network.lease,
  },
  { match: new RegExp(`^lease of ${ip} obtained`), ...network.lease },
  {
    match: new RegExp(
      `^(?<reason>no free leases|peer holds all free leases|uid lease ${ip.replace('src_ip', 'lease')} for client)`,
    ),
    ...network.noLease,
  },
]

function read({ text }: LogLine): Reading | undefined {
  const found = readPhrases(phrases, text, logsource)
  const known = found && dhcpActs[String(found.fields['message_type'])]
  return found && { ...found, ...known, said: text }
}

export const dhcp: Program = {
  names: [
    'dhcpd',
    'dhcpd3',
    'dhclient',
    'dhcpcd',
    'dnsmasq-dhcp',
    'kea-dhcp4',
    'kea-dhcp6',
    'kea',
    'udhcpd',
    'udhcpc',
    'odhcpd',
    'dhcp',
  ],
  logsource,
  read,
  files: [
    {
      head: /^(?<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) {1,2}(?<level>FATAL|ERROR|WARN|INFO|DEBUG) {1,2}\[(?<logger>kea-[^/\]]{1,64}(?:\/\d{1,10}\.\d{1,20})?)\] /,
      program: 'kea',
      time: isoTime,
    },
  ],
  ocsf: {
    'src_endpoint.mac': 'mac',
    'src_endpoint.ip': 'src_ip',
    'src_endpoint.interface_name': 'interface',
    transaction_uid: 'transaction',
    lease_dur: 'seconds',
  },
}
