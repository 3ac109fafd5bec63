// Messages of Cisco ASA, FTD, PIX and FWSM by their number: what happened, and the facts in the sentence.
import { ocsfClass, type OcsfClass } from '#standards'
import { setField } from '../flatten.ts'
import type { OpenFields } from '../parser.ts'
import { readEndpoints } from './endpoints.ts'

export interface AsaKind {
  readonly activity: string
  readonly class_uid: OcsfClass
  readonly activity_id?: number
  readonly outcome?: 'success' | 'failure'
}
export interface AsaReading {
  readonly kind: AsaKind
  readonly fields: OpenFields
}

/** message numbers | what happened | OCSF class | activity_id | outcome */
const table = `
106001 106002 106006 106007 106010 106011 106012 106013 106014 106015 106016 106017 106018 106020 106021 106022 106023 106025 106027 | connection denied | networkActivity | 5 | failure
106100 106102 106103                              | connection checked by list  | networkActivity     | 6 |
108003 108004 108005                              | letter refused              | networkActivity     | 5 | failure
109001 109005 109007                              | login accepted              | authentication      | 1 | success
109006 109008 109010 109024 109025 109034         | login failed                | authentication      | 1 | failure
110002 110003                                     | connection has no way out   | networkActivity     | 4 | failure
111001 111002 111003 111004 111005 111007         | device configured           | configStateChange   | 1 |
111008 111009 111010                              | command run on device       | configStateChange   | 1 | success
113003 113004 113008 113012                       | login accepted              | authentication      | 1 | success
113005 113006 113007 113015 113016 113017 113021  | login failed                | authentication      | 1 | failure
113019                                            | VPN session ended           | authentication      | 2 |
113029 113030 113031 113032 113033 113034 113035 113036 113037 113038 113040 | VPN session refused | authentication | 1 | failure
113039                                            | VPN session began           | authentication      | 1 | success
302003 302009 302010                              | connections counted         | networkActivity     | 6 |
302013 302015 302017 302020 302022 302024 302026 302303 | connection permitted  | networkActivity     | 1 | success
302014 302016 302018 302021 302023 302025 302027 302304 | connection ended      | networkActivity     | 2 |
303002                                            | file moved over FTP         | ftpActivity         |   |
304001                                            | web request                 | httpActivity        | 3 | success
304002                                            | web request refused         | httpActivity        | 3 | failure
305009 305011                                     | address translated          | networkActivity     | 1 |
305010 305012                                     | translation ended           | networkActivity     | 2 |
305005 305006 305013                              | translation failed          | networkActivity     | 4 | failure
313001 313004 313005 313008 313009                | ICMP denied                 | networkActivity     | 5 | failure
338001 338002 338003 338004 338005 338006 338007 338008 338101 338102 338103 338104 338201 338202 338203 338204 | traffic with a listed address | detectionFinding | 1 |
400000 400001 400002 400003 400004 400005 400006 400007 400008 400010 400011 400013 400023 400025 400026 400028 400031 400032 400033 400041 400050 | signature matched | detectionFinding | 1 |
402117 402119 402120 402123                       | IPsec packet refused        | networkActivity     | 5 | failure
405001 405002                                     | address taken by another    | detectionFinding    | 1 |
406001 406002                                     | FTP port misused            | detectionFinding    | 1 |
407001 407002                                     | connection limit reached    | networkActivity     | 5 | failure
410001 410003 410004                              | DNS packet dropped          | networkActivity     | 5 | failure
415001 415002 415004 415006 415007 415008 415009 415010 415011 415012 415014 415016 415017 415018 415019 415020 | web request judged | httpActivity | 99 |
419001 419002 419003                              | TCP packet oddity           | networkActivity     | 6 |
430001 430002 430003 430004 430005                | security event              | networkActivity     | 6 |
434002 434004                                     | inspected by module         | networkActivity     | 6 |
500003 500004                                     | packet with bad header      | networkActivity     | 5 | failure
502101                                            | account created             | accountChange       | 1 | success
502102                                            | account deleted             | accountChange       | 6 | success
502103                                            | privilege changed           | accountChange       | 99 | success
507003                                            | flow ended by inspection    | networkActivity     | 3 |
602101                                            | packet too large            | networkActivity     | 6 |
602303                                            | tunnel opened               | tunnelActivity      | 1 | success
602304                                            | tunnel closed               | tunnelActivity      | 2 | success
605004                                            | login failed                | authentication      | 1 | failure
605005                                            | login accepted              | authentication      | 1 | success
606001                                            | management session began    | authentication      | 1 | success
606002                                            | management session ended    | authentication      | 2 |
607001                                            | channel opened ahead        | networkActivity     | 1 |
609001 609002                                     | host entry                  | networkActivity     | 6 |
611101                                            | login accepted              | authentication      | 1 | success
611102                                            | login failed                | authentication      | 1 | failure
611103                                            | logout                      | authentication      | 2 | success
710001 710002                                     | connection to device        | networkActivity     | 1 | success
710003 710004 710005 710006                       | connection to device denied | networkActivity     | 5 | failure
713119 713120 713049                              | tunnel opened               | tunnelActivity      | 1 | success
713050 713259                                     | tunnel closed               | tunnelActivity      | 2 |
713228                                            | address given to VPN user   | tunnelActivity      | 1 | success
713901 713902 713903 713904 713905 713061 713194  | tunnel failed               | tunnelActivity      | 99 | failure
713167 713198 713060                              | login failed                | authentication      | 1 | failure
716001 716038 722022 722033 722034 722051 734001 | VPN session began | authentication      | 1 | success
716002 716059 722023 722037 722012 722010 722028 722030 722031 | VPN session ended | authentication | 2 |
716039 716023                                     | login failed                | authentication      | 1 | failure
716003 716004                                     | web request                 | httpActivity        | 3 |
719017 719018 719019 719020                       | login                       | authentication      | 1 |
725001 725002 725003 725007                       | TLS session                 | networkActivity     | 6 |
725006 725014                                     | TLS handshake failed        | networkActivity     | 4 | failure
733100 733101 733102 733103 733104 733105         | threat detected             | detectionFinding    | 1 |
737003 737006 737013 737014 737016 737026         | address pool                | tunnelActivity      |   |
750001 750002 750006                              | tunnel opened               | tunnelActivity      | 1 | success
750003 751002 751011                              | tunnel failed               | tunnelActivity      | 99 | failure
750007                                            | tunnel closed               | tunnelActivity      | 2 |
805001 805002 805003                              | flow moved to hardware      | networkActivity     | 6 |
`

const isClass = (word: string): word is keyof typeof ocsfClass => Object.hasOwn(ocsfClass, word)
const isOutcome = (word: string): word is 'success' | 'failure' => word === 'success' || word === 'failure'
const kinds: ReadonlyMap<string, AsaKind> = new Map(
  table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [ids = '', activity = '', className = '', activityId = '', outcome = ''] = line
        .split('|')
        .map((cell) => cell.trim())
      if (!isClass(className)) throw new Error(`cisco/asa.ts: no OCSF class ${className}`)
      const kind = {
        activity,
        class_uid: ocsfClass[className],
        ...(activityId === '' ? {} : { activity_id: Number(activityId) }),
        ...(isOutcome(outcome) ? { outcome } : {}),
      }
      return ids.split(/\s+/).map((id) => [id, kind] as const)
    }),
)
const other: AsaKind = { activity: 'device message', class_uid: ocsfClass.base }

/** Facts that stand in many messages, each looked for by itself; named groups become fields. */
const facts: readonly RegExp[] = [
  /^(?:Group [<=]? ?)(?<group>[^>,]{1,128}?)>?,? User(?:name)? ?[<=]? ?(?<user>[^>,]{1,128}?)>?,? IP ?[<=]? ?(?<peer_ip>[0-9a-fA-F.:]{2,45})(?:>|,|\b)/,
  /^(?:Group = (?<group>[^,]{1,128}), )?(?:Username = (?<user>[^,]{1,128}), )?IP = (?<peer_ip>[0-9a-fA-F.:]{2,45}),/,
  /^Group = (?<group>[^,]{1,128}), /,
  /error message: (?<proto>icmp) src /,
  /\b(?:First|New) (?<proto>TCP|UDP) SVC /,
  /^Denied ICMP type=\d{1,3}, code=\d{1,3} from (?<src_ip>[0-9a-fA-F.:]{2,45}) /,
  /\bSVC (?:closing connection|Message): (?<reason>.{1,200}?)\.?$/,
  /^(?:Group = [^,]{1,128}, )?(?:Username = [^,]{1,128}, )?IP = [0-9a-fA-F.:]{2,45}, (?<reason>[A-Z][^.(,]{2,200}?)(?: \(msgid=(?<msgid>\w{1,32})\))?(?:\. |[.!,(]|$)/,
  /^Local:\S{2,72} Remote:\S{2,72} Username:\S{1,128} (?<reason>.{1,300})$/,
  /^(?<reason>Failed to locate egress interface) /,
  /\bdue to (?<service>DNS) (?:Query|Response)/,
  /\bconnection (?<connection_id>\d{1,20}) (?:for|from)/,
  /^(?:Built|Teardown)(?: (?:director|forwarder|backup|dynamic|static|local-host|stub)){0,3} +(?:(?<direction>inbound|outbound) )?(?:stub )?(?<proto>TCP|UDP|ICMP|ICMPv6|GRE|SCTP|ESP|AH)\b/i,
  /\b(?:Deny|Denied|denied)(?: (?<direction>inbound|outbound))? (?<proto>tcp|udp|icmp|icmpv6|sctp|gre|esp|protocol \d{1,3})\b/i,
  /^(?<direction>Inbound|Outbound) (?<proto>TCP|UDP|ICMP) connection denied/,
  /^(?<proto>TCP|UDP|VRRP|IGMP|OSPF|EIGRP|\w{2,8}) (?:access|request|connection)\b/,
  /^(?<proto>tcp|udp|icmp) flow\b|\b(?:drop|process) (?<proto2>TCP|UDP|ICMP) (?:packet|flow)|\bDuplicate (?<proto3>TCP) SYN|interface for (?<proto4>TCP|UDP|ICMP)\b|^Offloaded (?<proto5>TCP|UDP) |^(?<proto6>TCP|UDP) Flow is/,
  /by access-group "(?<rule>[^"]{1,255})"/,
  /^access-list (?<rule>\S{1,255}) (?<action>permitted|denied|est-allowed)\b.{0,400}?\bhit-cnt (?<hit_count>\d{1,12}) (?<interval>first hit|\d{1,6}-second interval)/,
  /\bduration (?<duration>\d{1,5}:\d\d:\d\d)(?: (?:forwarded )?bytes (?<bytes>\d{1,18}))?(?: (?<reason>[A-Z][^(]{1,200}?))?(?: from (?<initiator>\S{1,64}))?(?: \((?<termination_user>[^()]{1,128})\))?$/,
  /\bflags (?<tcp_flags>[A-Z+ ]{2,64}?) {1,2}on interface (?<interface_in>\S{1,64})/,
  /\bon interface (?<interface_in>[\w.:-]{1,64})/,
  /\btype[ =](?<icmp_type>\d{1,3})(?:, ?| )code[ =]?(?<icmp_code>\d{1,3})/,
  /\bICMP type=(?<icmp_type>\d{1,3})(?:, code=(?<icmp_code>\d{1,3}))?/,
  /^User '(?<user>[^']{0,128})' executed (?:the '(?<command>[^']{0,2048})' command|cmd: (?<command2>.{1,2048}))/,
  /^User '(?<user>[^']{0,128})', running '(?<shell>[^']{0,64})' from IP (?<src_ip>[0-9a-fA-F.:]{2,45}), executed '?(?<command>[^']{0,2048})/,
  /^Login (?:denied|permitted) from .{1,300}? for user "(?<user>[^"]{0,128})"/,
  /^User authentication (?:failed|succeeded): (?:IP(?: address)?[ =:]{1,3}(?<src_ip>[0-9a-fA-F.:]{2,45}), )?Uname: (?<user>\S{1,128})/,
  /^User logged out: Uname: (?<user>\S{1,128})/,
  /^AAA user (?<aaa_type>\w{1,32}) ?(?:Successful|Rejected|locked out)/i,
  /\bserver ?= {1,3}(?<server>[0-9a-fA-F.:]{2,45})\b/,
  /\b[Uu]ser ?= ?(?<user>[^\s:,]{1,128})/,
  /\buser IP ?= ?(?<src_ip>[0-9a-fA-F.:]{2,45}[0-9a-fA-F])/,
  /\breason ?= ?(?<reason>[^:,]{1,200}?)(?: ?[:,]|$)/,
  /^User priv level changed: Uname: (?<user>\S{1,128}) From: (?<privilege_old>\d{1,2}) To: (?<privilege_new>\d{1,2})/,
  /\bUser (?<user>\S{1,128}) did NOT have/,
  /^Authentication: rejected, group = (?<group>\S{1,128}) user = (?<user>\S{1,128})/,
  /\bSession Type: (?<session_type>[^,.]{1,64})/,
  /\bDuration: (?<duration>[\dhms:d ]{2,32}), Bytes xmt: (?<bytes_out>\d{1,18}), Bytes rcv: (?<bytes_in>\d{1,18}), Reason: (?<reason>.{1,200})/,
  /session (?:terminated|disconnected): (?<reason>[^.]{1,200})/,
  /\bIPv4 Address <(?<assigned_ip>[0-9.]{7,15})>/,
  /\bAssigned private IP address (?<assigned_ip>[0-9.]{7,15})/,
  /\buser (?<user>\S{1,128}) (?<ftp_action>Stored|Retrieved) file (?<file>.{1,1024})$/,
  /^(?:(?<user>[^\s@]{1,128})@)?(?<src_ip>[0-9a-fA-F.:]{2,45})(?:\((?<user2>[^()]{1,128})\))? Accessed (?:JAVA )?URL (?:(?<dst_user>[^\s@:]{1,128})@)?(?<dst_host>[\w.-]{1,255}|[0-9a-fA-F:]{2,45}):(?<url>\S{1,8192})/,
  /^Access denied URL (?<url>\S{1,8192}) SRC (?<src_ip>\S{2,64}) DEST (?<dst_ip>\S{2,64})/,
  /\bresolved from (?:\w{1,16} list|dynamic list): (?<threat_address>[^,\s]{1,255})(?:, threat-level: (?<threat_level>[^,\s]{1,32}))?(?:, category: (?<threat_category>[^,]{1,64}))?/,
  /^Dynamic [Ff]ilter (?<action>\w{1,16}) (?:black ?listed|white ?listed|grey ?listed|malicious) (?<proto>\w{2,8}) traffic/,
  /^IPSEC: An (?<direction>inbound|outbound) (?<tunnel_type>[\w-]{1,64}(?: [\w-]{1,32})?) SA \(SPI ?= ?(?<spi>\w{1,32})\)/,
  /^\[\s{0,64}(?<object>[^\]]{1,128}?)\] drop (?<rate_id>rate-\d) exceeded. Current burst rate is (?<burst_rate>-?\d{1,12}) per second, max configured rate is (?<burst_max>-?\d{1,12}); Current average rate is (?<average_rate>-?\d{1,12}) per second, max configured rate is (?<average_max>-?\d{1,12}); Cumulative total count is (?<total>\d{1,18})/,
  /^(?:Built|Teardown) local-host (?<interface_in>[^:\s]{1,64}):(?<src_ip>[0-9a-fA-F.:]{2,45})/,
  /from IP (?<src_ip>[0-9a-fA-F.:]{2,45}) to .{0,64}failed/,
]
const numeric = /^(?:bytes(?:_in|_out)?|icmp_type|icmp_code|hit_count)$/

function readFacts(said: string, fields: OpenFields): void {
  for (const fact of facts)
    for (const [key, value] of Object.entries(fact.exec(said)?.groups ?? {})) {
      const field = key.replace(/\d$/, '')
      if (value !== undefined && value !== '' && fields[field] === undefined)
        setField(fields, field, numeric.test(field) ? Number(value) : value.trim())
    }
}

const pairs = /(?:^|, )([A-Z][A-Za-z]{1,64}): /g
/** Security events of FTD: `SrcIP: 10.0.0.1, DstIP: 192.0.2.2, …`. */
function securityEvent(said: string, fields: OpenFields): void {
  let key: string | undefined
  let from = 0
  for (const found of said.matchAll(pairs)) {
    if (key !== undefined) setField(fields, key, said.slice(from, found.index))
    key = found[1]
    from = found.index + found[0].length
  }
  if (key !== undefined) setField(fields, key, said.slice(from))
  for (const [to, name] of [
    ['src_ip', 'SrcIP'],
    ['dst_ip', 'DstIP'],
    ['src_port', 'SrcPort'],
    ['dst_port', 'DstPort'],
    ['proto', 'Protocol'],
    ['user', 'User'],
    ['action', 'AccessControlRuleAction'],
    ['rule', 'AccessControlRuleName'],
    ['url', 'URL'],
  ] as const) {
    const value = fields[name]
    if (value !== undefined && fields[to] === undefined) fields[to] = value
  }
}

/** Outcome by the words where the number alone does not say it. */
function judged(kind: AsaKind, id: string, fields: OpenFields, said: string): AsaKind {
  const action = String(fields['action'] ?? '')
  if (id === '106100' || /^338|^430/.test(id)) {
    if (/permit|allow|trust|monitored/i.test(action))
      return {
        ...kind,
        ...(id === '106100' ? { activity: 'connection permitted', activity_id: 1 } : {}),
        outcome: 'success',
      }
    if (/den|drop|block|reset/i.test(action))
      return {
        ...kind,
        ...(id === '106100' ? { activity: 'connection denied', activity_id: 5 } : {}),
        outcome: 'failure',
      }
  }
  if (/^43000[15]/.test(id)) return { ...kind, class_uid: ocsfClass.detectionFinding, activity_id: 1 }
  return id.startsWith('43400') && / drop /.test(said) ? { ...kind, outcome: 'failure' } : kind
}

/** Reads the sentence of a message. Never fails: what is not known stays a message. */
export function readAsa(id: string, whole: string): AsaReading {
  const said = whole.slice(0, 4096)
  const fields: OpenFields = {}
  if (/^43000[1-5]$/.test(id)) securityEvent(said, fields)
  else {
    readEndpoints(said, fields)
    readFacts(said, fields)
  }
  const peer = fields['peer_ip']
  if (peer !== undefined && fields['src_ip'] === undefined) fields['src_ip'] = peer
  if (fields['server'] !== undefined && fields['dst_ip'] === undefined) fields['dst_ip'] = fields['server']
  if (typeof fields['termination_user'] === 'string') fields['user'] ??= fields['termination_user']
  delete fields['peer_ip']
  const kind = judged(kinds.get(id) ?? other, id, fields, said)
  if (fields['action'] === undefined && kind.class_uid === ocsfClass.networkActivity && kind.outcome !== undefined)
    fields['action'] = kind.outcome === 'success' ? 'permitted' : 'denied'
  return { kind, fields }
}
