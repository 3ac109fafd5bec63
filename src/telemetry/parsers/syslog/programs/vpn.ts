// Tunnels: OpenVPN's server log, strongSwan and Libreswan; WireGuard speaks through the kernel (kernel-messages.ts).
import { ocsfClass } from '#standards'
import type { OpenFields } from '../../parser.ts'
import { isoTime, longTime } from '../../times.ts'
import { logins, network, runs } from '../acts.ts'
import { groupsOf, linux, type LogLine, type Phrase, type Program, type Reading, readPhrases, whoOf } from '../line.ts'

const logsource = linux('openvpn', 'vpn')
const ip = '[0-9A-Fa-f.:]{2,45}?'
/** The client in front of a line: `192.0.2.4:1194`, `ada/192.0.2.4:1194`, `192.0.2.4:1194/ada`, `udp4:192.0.2.4:1194`. */
const client = new RegExp(
  `^(?:(?<user>[^/\\s:]{1,255})/)?(?:(?:udp|tcp)[46]?(?:-server)?:)?\\[?(?<src_ip>\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:]{2,45}?)\\]?:(?<src_port>\\d{1,5})(?:/(?<name>\\S{1,255}))? `,
)
const peer = `\\[AF_INET6?\\]\\[?(?<src_ip>${ip})\\]?:(?<src_port>\\d{1,5})`
const message = (activity: string) => ({ activity, class_uid: ocsfClass.tunnelActivity, activity_id: 99 })

const phrases: readonly Phrase[] = [
  { match: new RegExp(`^TCP connection established with ${peer}`), ...network.connected },
  {
    match: new RegExp(`^(?:\\[(?<user>[^\\]]{0,255})\\] )?Peer Connection Initiated with ${peer}`),
    ...network.tunnelOpened,
  },
  { match: /^TLS(?: Auth)? Error: (?<reason>.*)/, ...network.tunnelFailed },
  {
    match: /^VERIFY ERROR: depth=(?<depth>\d+), error=(?<reason>[^:]{1,255})(?:: (?<subject>.*))?/,
    ...network.tunnelFailed,
  },
  { match: /^VERIFY (?:OK|X509NAME OK): (?:depth=(?<depth>\d+), )?(?<subject>.*)/, ...message('certificate accepted') },
  { match: /^OpenSSL: (?<reason>error:.*)/, ...network.tunnelFailed },
  {
    match: /^TLS: Username\/Password authentication (?<result>succeeded|deferred) for username '(?<user>[^']{0,255})'/,
    ...logins.accepted,
  },
  {
    match:
      /^(?:TLS Auth Error: )?(?:TLS: Username\/Password authentication failed for (?:username|peer)|Auth Username\/Password verification failed for peer)(?: '(?<user>[^']{0,255})')?/,
    ...logins.failed,
  },
  {
    match:
      /^(?:AUTH: Received control message: AUTH_FAILED|SENT CONTROL \[(?<user>[^\]]{0,255})\]: 'AUTH_FAILED)(?<reason>.*)/,
    ...logins.failed,
  },
  { match: /^(?:Authentication succeeded|Authentication (?<what>successful))/, ...logins.accepted },
  {
    match: /^MULTI: (?:primary virtual IP for \S+|Learn): (?<virtual_ip>[0-9A-Fa-f.:]{2,45})/,
    ...message('address given to client'),
  },
  { match: /^MULTI_sva: pool returned IPv4=(?<virtual_ip>[^,\s]{2,45})/, ...message('address given to client') },
  {
    match: /^SENT CONTROL \[(?<user>[^\]]{0,255})\]: '(?<control>.*)' \(status=\d+\)/,
    ...message('settings sent to client'),
  },
  { match: /^peer info: (?<name>\w{1,64})=(?<value>.*)/, ...message('client described itself') },
  {
    match: /^(?:SIGTERM|SIGUSR1|SIGHUP|SIGINT)\[(?<how>[^\]]{1,32})\] received, (?<reason>.*)/,
    ...network.tunnelClosed,
  },
  {
    match: new RegExp(
      `^(?:Connection reset, restarting|\\[(?<user>[^\\]]{0,255})\\] Inactivity timeout|CC-EEN|client-instance (?:exiting|restarting))`,
    ),
    ...network.tunnelClosed,
  },
  {
    match:
      /^(?:Control Channel|Data Channel|Outgoing Data Channel|Incoming Data Channel|Incoming Control Channel|Outgoing Control Channel)[^:]{0,64}: (?<cipher>.*)/,
    ...message('tunnel settings'),
  },
  { match: /^OpenVPN (?<version>\d\S{0,32}) /, ...runs.started },
  { match: /^Initialization Sequence Completed/, ...runs.started },
]

function read({ text }: LogLine): Reading | undefined {
  const before = client.exec(text)
  const from = before ? groupsOf(before) : {}
  const said = text.slice(before?.[0].length ?? 0)
  const found = readPhrases(phrases, said, logsource)
  if (!found && !before) return undefined
  const { name, ...rest } = from
  const fields: OpenFields = {}
  for (const list of [found?.fields ?? {}, rest, name === undefined ? {} : { user: name }])
    for (const [key, value] of Object.entries(list)) if (value !== '' && value !== 'UNDEF') fields[key] ??= value
  return { ...(found ?? message('tunnel message')), logsource, said: text, who: whoOf(fields), fields }
}

const must =
  '(?=(?:[^\\s/]{1,255}/)?(?:(?:udp|tcp)[46]?:)?\\[?[0-9A-Fa-f.:]{2,45}:\\d{1,5}(?:/\\S{1,255})? |OpenVPN \\d|MULTI|TLS|VERIFY|Peer Connection|Initialization Sequence|(?:Incoming |Outgoing )?(?:Control|Data) Channel|SENT CONTROL|SIG\\w{3,4}\\[|TCP connection established|Listening for incoming|Socket Buffers|UDPv[46] link|TCPv[46]_SERVER link|library versions: |Diffie-Hellman|TUN/TAP)'
export const openvpn: Program = {
  names: ['openvpn', 'ovpn-server', 'ovpn', 'openvpn-server', 'ovpn-client', 'openvpnas'],
  logsource,
  read,
  files: [
    { head: new RegExp(`^(?<when>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) (?:us=\\d{1,6} )?${must}`), time: isoTime },
    {
      head: new RegExp(
        `^(?<when>[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d \\d{4}) (?:us=\\d{1,6} )?${must}`,
      ),
      time: longTime,
    },
  ],
  ocsf: { 'user.name': 'user', status_detail: 'reason', 'tunnel_interface.ip': 'virtual_ip', 'tls.cipher': 'cipher' },
}

const swan = (rest: string): RegExp =>
  new RegExp(
    `^(?:\\d{1,4}\\[(?<group>[A-Z]{2,4})\\] )?(?:<(?:(?<connection>[^|>]{1,64})\\|)?\\d{1,10}> )?(?:"(?<conn>[^"]{1,64})"(?:\\[\\d+\\])?(?: (?<peer>\\S{2,64}))? #\\d+: )?${rest}`,
  )
export const ipsec: Program = {
  names: ['charon', 'charon-systemd', 'ipsec', 'pluto', 'strongswan', 'racoon', 'iked'],
  logsource: linux('ipsec', 'vpn'),
  phrases: [
    {
      match: swan(
        `received packet: from (?<src_ip>${ip})\\[(?<src_port>\\d+)\\] to (?<dst_ip>${ip})\\[(?<dst_port>\\d+)\\] \\((?<bytes>\\d+) bytes\\)`,
      ),
      ...message('tunnel packet'),
    },
    {
      match: swan(
        `sending packet: from (?<src_ip>${ip})\\[(?<src_port>\\d+)\\] to (?<dst_ip>${ip})\\[(?<dst_port>\\d+)\\] \\((?<bytes>\\d+) bytes\\)`,
      ),
      ...message('tunnel packet'),
    },
    {
      match: swan(`(?<src_ip>[0-9A-Fa-f.:]{2,45}) is initiating an? (?<mode>[\\w ]{1,32}) IKE_SA`),
      ...network.tunnelOpened,
      activity: 'tunnel asked for',
    },
    {
      match: swan(
        'IKE_SA (?<sa>[^[]{1,64})\\[\\d+\\] established between (?<dst_ip>[0-9A-Fa-f.:]{2,45})\\[(?<local_id>[^\\]]{0,255})\\]\\.\\.\\.(?<src_ip>[0-9A-Fa-f.:]{2,45})\\[(?<user>[^\\]]{0,255})\\]',
      ),
      ...network.tunnelOpened,
    },
    {
      match: swan("authentication of '(?<user>[^']{0,255})' with (?<method>.{1,64}?) (?<result>successful)"),
      ...logins.accepted,
    },
    {
      match: swan(
        "(?:authentication of '(?<user>[^']{0,255})' with .{1,64}? failed|EAP method \\S+ failed for peer (?<user2>\\S+)|no (?:trusted .{1,64} public key|shared key|matching peer config|proposal) found.*|received AUTHENTICATION_FAILED.*|INVALID_KE_PAYLOAD.*|NO_PROPOSAL_CHOSEN.*)",
      ),
      ...logins.failed,
    },
    { match: swan('EAP method (?<method>\\S+) succeeded'), ...logins.accepted },
    {
      match: swan('(?:deleting IKE_SA|received DELETE for IKE_SA|deleting state|IKE_SA deleted).*'),
      ...network.tunnelClosed,
    },
    {
      match: swan('CHILD_SA (?<sa>[^{]{1,64})\\{\\d+\\} established with SPIs? (?<spi>.{1,64}?) and TS (?<ts>.*)'),
      ...network.tunnelRenewed,
    },
  ],
  ocsf: { 'user.name': 'user', auth_protocol: 'method' },
}
