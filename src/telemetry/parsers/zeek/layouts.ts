// Columns of Zeek's tab-separated logs as it writes them unless told otherwise, for lines that come without their header.
import { names } from '../columns-of.ts'

export interface Layout {
  readonly path: string
  readonly fields: readonly string[]
  /** What must stand in which column for the line to be of this log. */
  readonly probes: readonly (readonly [at: number, text: RegExp])[]
}

const id = 'ts uid id.orig_h id.orig_p id.resp_h id.resp_p'
const digits = /^\d{1,20}$/
const truth = /^[TF]$/
const maybeNumber = /^(?:-|\d{1,20}(?:\.\d{1,9})?)$/
const transport = /^(?:tcp|udp|icmp|unknown_transport)$/
const layout = (path: string, fields: string, ...probes: readonly (readonly [number, RegExp])[]): Layout => ({
  path,
  fields: names(fields),
  probes,
})

/** Asked in this order: the surest marks first. */
export const layouts: readonly Layout[] = [
  layout(
    'conn',
    `${id} proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents ip_proto`,
    [6, transport],
    [11, /^(?:S[0-3HF]|SHR|REJ|RST[OR]|RSTOS0|RSTRH|OTH|-)$/],
    [16, digits],
  ),
  layout(
    'dns',
    `${id} proto trans_id rtt query qclass qclass_name qtype qtype_name rcode rcode_name AA TC RD RA Z answers TTLs rejected`,
    [6, transport],
    [7, digits],
    [16, truth],
    [17, truth],
  ),
  layout(
    'http',
    `${id} trans_depth method host uri referrer version user_agent origin request_body_len response_body_len status_code status_msg info_code info_msg tags username password proxied orig_fuids orig_filenames orig_mime_types resp_fuids resp_filenames resp_mime_types`,
    [6, digits],
    [7, /^(?:-|[A-Za-z_-]{3,20})$/],
    [14, digits],
    [15, digits],
    [16, maybeNumber],
  ),
  layout(
    'http',
    `${id} trans_depth method host uri referrer version user_agent request_body_len response_body_len status_code status_msg info_code info_msg tags username password proxied orig_fuids orig_filenames orig_mime_types resp_fuids resp_filenames resp_mime_types`,
    [6, digits],
    [7, /^(?:-|[A-Za-z_-]{3,20})$/],
    [13, digits],
    [14, digits],
    [15, maybeNumber],
  ),
  layout(
    'ssl',
    `${id} version cipher curve server_name resumed last_alert next_protocol established ssl_history cert_chain_fps client_cert_chain_fps sni_matches_cert`,
    [6, /^(?:-|(?:D?TLS|SSL)v[\w.-]{1,10}|unknown-\d{1,6})$/],
    [10, truth],
    [13, truth],
  ),
  layout(
    'files',
    `ts fuid uid id.orig_h id.orig_p id.resp_h id.resp_p source depth analyzers mime_type filename duration local_orig is_orig seen_bytes total_bytes missing_bytes overflow_bytes timedout parent_fuid md5 sha1 sha256 extracted extracted_cutoff extracted_size`,
    [1, /^F\w{10,20}$/],
    [8, digits],
    [15, digits],
  ),
  layout(
    'files',
    `ts fuid tx_hosts rx_hosts conn_uids source depth analyzers mime_type filename duration local_orig is_orig seen_bytes total_bytes missing_bytes overflow_bytes timedout parent_fuid md5 sha1 sha256 extracted extracted_cutoff extracted_size`,
    [1, /^F\w{10,20}$/],
    [6, digits],
    [13, digits],
  ),
  layout(
    'x509',
    `ts fingerprint certificate.version certificate.serial certificate.subject certificate.issuer certificate.not_valid_before certificate.not_valid_after certificate.key_alg certificate.sig_alg certificate.key_type certificate.key_length certificate.exponent certificate.curve san.dns san.uri san.email san.ip basic_constraints.ca basic_constraints.path_len host_cert client_cert`,
    [1, /^(?:[0-9a-f]{40,64}|F\w{10,20})$/],
    [2, digits],
    [6, maybeNumber],
  ),
  layout(
    'notice',
    `${id} fuid file_mime_type file_desc proto note msg sub src dst p n peer_descr actions email_dest suppress_for remote_location.country_code remote_location.region remote_location.city remote_location.latitude remote_location.longitude`,
    [10, /^\w{1,64}::\w{1,64}$/],
  ),
  layout('weird', `${id} name addl notice peer source`, [8, truth]),
  layout(
    'smb_files',
    `${id} fuid action path name size prev_name times.modified times.accessed times.created times.changed`,
    [7, /^SMB::\w{1,40}$/],
  ),
  layout(
    'smb_mapping',
    `${id} path service native_file_system share_type`,
    [6, /^\\\\/],
    [9, /^(?:DISK|PIPE|PRINT|-)$/],
  ),
  layout(
    'kerberos',
    `${id} request_type client service success error_msg from till cipher forwardable renewable client_cert_subject client_cert_fuid server_cert_subject server_cert_fuid`,
    [6, /^(?:AS|TGS|-)$/],
    [9, /^[TF-]$/],
    [14, /^[TF-]$/],
  ),
  layout(
    'dhcp',
    'ts uids client_addr server_addr mac host_name client_fqdn domain requested_addr assigned_addr lease_time client_message server_message msg_types duration',
    [4, /^(?:-|(?:[0-9a-f]{2}:){5}[0-9a-f]{2})$/i],
    [13, /\b(?:DISCOVER|OFFER|REQUEST|ACK|NAK|INFORM|RELEASE|DECLINE)\b/],
  ),
  layout('tunnel', `${id} tunnel_type action`, [6, /^Tunnel::\w{1,20}$/]),
  layout(
    'software',
    'ts host host_p software_type name version.major version.minor version.minor2 version.minor3 version.addl unparsed_version',
    [3, /^\w{1,40}::\w{1,40}$/],
  ),
  layout(
    'ssh',
    `${id} version auth_success auth_attempts direction client server cipher_alg mac_alg compression_alg kex_alg host_key_alg host_key remote_location.country_code remote_location.region remote_location.city remote_location.latitude remote_location.longitude`,
    [6, /^[12-]$/],
    [7, /^[TF-]$/],
    [8, digits],
  ),
  layout(
    'rdp',
    `${id} cookie result security_protocol client_channels keyboard_layout client_build client_name client_dig_product_id desktop_width desktop_height requested_color_depth cert_type cert_count cert_permanent encryption_level encryption_method`,
    [14, maybeNumber],
    [15, maybeNumber],
    [18, digits],
  ),
  layout(
    'ntlm',
    `${id} username hostname domainname server_nb_computer_name server_dns_computer_name server_tree_name success`,
    [12, /^[TF-]$/],
  ),
  layout('dce_rpc', `${id} rtt named_pipe endpoint operation`, [6, maybeNumber], [9, /^[A-Z]\w{1,60}$/]),
  layout(
    'smtp',
    `${id} trans_depth helo mailfrom rcptto date from to cc reply_to msg_id in_reply_to subject x_originating_ip first_received second_received last_reply path user_agent tls fuids is_webmail`,
    [6, digits],
    [21, /^(?:-|\d{3}\b)/],
  ),
  layout(
    'ftp',
    `${id} user password command arg mime_type file_size reply_code reply_msg data_channel.passive data_channel.orig_h data_channel.resp_h data_channel.resp_p fuid`,
    [8, /^(?:-|[A-Z]{3,4})$/],
    [12, maybeNumber],
  ),
  layout(
    'sip',
    `${id} trans_depth method uri date request_from request_to response_from response_to reply_to call_id seq subject request_path response_path user_agent status_code status_msg warning request_body_len response_body_len content_type`,
    [6, digits],
    [7, /^(?:-|[A-Z]{3,10})$/],
    [20, maybeNumber],
  ),
]

const stamp = /^\d{9,10}\.\d{1,9}$/

/** The log a line without header is from, by the number and the shape of its columns. */
export const layoutOf = (cells: readonly string[]): Layout | undefined =>
  stamp.test(cells[0] ?? '')
    ? layouts.find(
        ({ fields, probes }) =>
          cells.length <= fields.length + 4 &&
          probes.every(([at, text]) => at < cells.length && text.test(cells[at] ?? '')),
      )
    : undefined
