// What each of Zeek's logs is about: its class, its marks in JSON without `_path`, its words for people.
import { ocsfClass, type OcsfClass, type OcsfSeverity } from '#standards'
import { names } from '../columns-of.ts'
import type { OpenFields } from '../parser.ts'

export interface Kind {
  readonly activity: string
  readonly class_uid: OcsfClass
  readonly detail: readonly string[]
  readonly severity_id?: OcsfSeverity
}

/** path | what happened | OCSF class | fields for the line for people | fields that only it has, for JSON without `_path` */
const table = `
conn            | network connection    | networkActivity     | service proto        | conn_state history
dns             | name looked up        | dnsActivity         | query                | qtype_name trans_id|rcode_name trans_id|query trans_id
http            | web request           | httpActivity        | uri host             | trans_depth method uri|trans_depth status_code|trans_depth request_body_len|trans_depth host uri
ssl             | TLS handshake         | networkActivity     | server_name version  | established ssl_history|established cipher|cert_chain_fuids established|established resumed
files           | file seen             | networkFileActivity | filename mime_type   | fuid seen_bytes|fuid analyzers
notice          | notice                | detectionFinding    | msg note             | note actions|note msg
x509            | certificate seen      | networkActivity     | certificate.subject  | certificate.serial certificate.subject|certificate.version
ssh             | SSH session           | sshActivity         | client               | auth_attempts|kex_alg host_key_alg|version client server direction|hasshVersion
smb_files       | file opened over SMB  | smbActivity         | name path            | action path name times.modified|action name times.created
smb_mapping     | share mounted         | smbActivity         | path                 | share_type
dce_rpc         | remote procedure      | networkActivity     | operation endpoint   | endpoint operation|named_pipe
kerberos        | Kerberos ticket       | authentication      | service              | request_type service|request_type client
ntlm            | NTLM logon            | authentication      | hostname             | domainname hostname|server_nb_computer_name|server_dns_computer_name
rdp             | RDP session           | rdpActivity         | cookie result        | security_protocol|cookie result|cert_count result
smtp            | letter sent           | emailActivity       | subject mailfrom     | helo trans_depth|mailfrom rcptto|trans_depth last_reply
dhcp            | address leased        | dhcpActivity        | host_name mac        | msg_types mac|msg_types uids|lease_time mac
ftp             | FTP command           | ftpActivity         | command              | command reply_code|command arg
sip             | SIP request           | networkActivity     | uri method           | call_id seq
tunnel          | tunnel                | tunnelActivity      | tunnel_type          | tunnel_type action
software        | software seen         | inventoryInfo       | unparsed_version name| software_type
weird           | protocol oddity       | networkActivity     | name                 | name notice peer|name addl
intel           | indicator seen        | detectionFinding    | seen.indicator       | seen.indicator
signatures      | signature matched     | detectionFinding    | event_msg sig_id     | sig_id event_msg
mysql           | database command      | datastoreActivity   | arg cmd              | cmd arg success|cmd success
redis           | database command      | datastoreActivity   | cmd.name             | cmd.name
postgresql      | database command      | datastoreActivity   | frontend             | frontend backend
syslog          | syslog seen           | networkActivity     | message              | facility severity message
ntp             | clock asked           | ntpActivity         | ref_id               | stratum poll
snmp            | SNMP session          | networkActivity     | community            | community get_requests
radius          | RADIUS logon          | authentication      | result               | result mac reply_msg|result connect_info|result username ttl
rfb             | VNC session           | networkActivity     | desktop_name         | client_major_version
socks           | proxy used            | networkActivity     | request.host         | bound.host|request.host request_p
irc             | IRC command           | networkActivity     | command              | command nick
modbus          | Modbus request        | networkActivity     | func                 | func
dnp3            | DNP3 request          | networkActivity     | fc_request           | fc_request
ldap            | LDAP request          | networkActivity     | opcode               | opcode message_id
ldap_search     | LDAP search           | networkActivity     | filter               | base_objects scope|base_object scope filter
quic            | QUIC connection       | networkActivity     | server_name          | client_initial_dcid
pe              | program seen          | networkFileActivity | machine              | section_names|compile_ts is_exe
ocsp            | certificate checked   | networkActivity     | certStatus           | certStatus
mqtt_connect    | MQTT connection       | networkActivity     | client_id            | connect_status
mqtt_publish    | MQTT message          | networkActivity     | topic                | from_client topic
mqtt_subscribe  | MQTT subscription     | networkActivity     | topics               | topics action
analyzer        | analyser failed       | networkActivity     | failure_reason       | analyzer_name failure_reason|analyzer_kind
dpd             | analyser failed       | networkActivity     | failure_reason       | analyzer failure_reason
known_hosts     | host seen             | inventoryInfo       | host                 |
known_services  | service seen          | inventoryInfo       | service              | port_num port_proto
known_certs     | certificate seen      | inventoryInfo       | subject              | port_num subject
traceroute      | route traced          | networkActivity     | proto                |
reporter        | sensor message        | base                | message              | level location message
capture_loss    | packets lost          | base                | percent_lost         | percent_lost gaps
stats           | sensor counters       | base                |                      | pkts_proc bytes_recv|events_proc events_queued
packet_filter   | filter set            | base                | filter               | node filter init
loaded_scripts  | script loaded         | base                | name                 |
`

const isClass = (name: string): name is keyof typeof ocsfClass => Object.hasOwn(ocsfClass, name)
const severities: Readonly<Record<string, OcsfSeverity>> = { notice: 3, intel: 4, signatures: 4, weird: 2 }

interface Row extends Kind {
  readonly path: string
  readonly marks: readonly (readonly string[])[]
}
const rows: readonly Row[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [path = '', activity = '', name = '', detail = '', ...marks] = line.split('|').map((cell) => cell.trim())
    if (!isClass(name)) throw new Error(`zeek/kinds.ts: no OCSF class ${name}`)
    const severity_id = severities[path]
    return {
      path,
      activity,
      class_uid: ocsfClass[name],
      detail: names(detail),
      marks: marks.filter(Boolean).map(names),
      ...(severity_id === undefined ? {} : { severity_id }),
    }
  })
const byPath: ReadonlyMap<string, Kind> = new Map(rows.map((row) => [row.path, row]))

/** The kind of a log by its path; `conn_red`, `http-red` and the like are of the kind before the mark. */
export const kindOf = (path: string): Kind | undefined =>
  byPath.get(path) ?? byPath.get(path.replace(/[-_](?:red|agg|long|filtered)$/, ''))

/** The log a record is from, by the fields only that log has. */
export const pathOf = (fields: OpenFields): string | undefined =>
  rows.find(({ marks }) => marks.some((mark) => mark.every((name) => fields[name] !== undefined)))?.path
