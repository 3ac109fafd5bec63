// crowdsec-hub's parser tests: every value that `parser.assert` says a line holds, looked for in our event of that line.
// Counted are values that stand in the line; labels and sums of the corpus's own making (log_type, service, http_args_len …) are not the record's.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { count, dataOf, noRow, parsed, totalOf, valuesOf } from './_measure.mjs'

const received = Date.UTC(2026, 7, 22)
const words = (text) => text.trim().split(/\s+/)
/** Their names → the columns and fields that hold the same in ours. A name that is missing here must stand under itself. */
const ours = Object.fromEntries(
  `source_ip src_ip c-ip
  remote_addr src_ip c-ip
  ip_source src_ip
  remote_ip src_ip
  dovecot_remote_ip src_ip
  dovecot_local_ip dst_ip
  sshd_client_ip src_ip
  client src_ip c-ip user
  remote_host src_host client
  source_hostname src_host client
  hostname host
  machine host
  syslog_hostname host
  Computer host
  target_fqdn domain s-computername cs-host
  vhost domain
  remote_port src_port
  source_port src_port
  sport src_port
  sshd_client_port src_port
  dest_port dst_port
  port src_port dst_port
  dest_ip dst_ip
  user user target_user
  username user target_user
  target_user user target_user
  remote_user user cs-username
  sshd_auth_user user
  invalid_user user
  dovecot_user user
  pgsql_user user
  pgsql_target_user target_user user
  ruser ruser
  db db database
  pgsql_dbname db database
  program program process
  PID pid
  http_verb cs-method
  verb cs-method
  http_path cs-uri-stem cs-uri-query url
  request cs-uri-stem cs-uri-query url
  http_args cs-uri-query
  http_status sc-status
  status sc-status
  http_version cs-version
  http_user_agent cs-user-agent userAgent user_agent
  http_referer cs-referer
  body_bytes_sent sc-bytes
  proto PROTO proto protocol
  length LEN length
  int_eth IN interface
  if_in IN interface in_interface
  if_out OUT out_interface
  src_mac MAC src_mac
  suricata_alert_signature alert.signature
  suricata_alert_signature_id alert.signature_id
  suricata_alert_signature_rev alert.rev
  suricata_rule_severity alert.severity
  suricata_priority alert.severity
  suricata_gid alert.gid
  suricata_classification alert.category
  suricata_flow_id flow_id
  auditd_eventid serial ID
  event_inc_id serial ID
  parent_progname parent_process SYSCALL.PPID.exe
  exe exe process SYSCALL.exe
  comm comm SYSCALL.comm
  pid pid process_uid SYSCALL.pid ANOM_ABEND.pid
  ppid ppid SYSCALL.ppid
  uid uid SYSCALL.uid ANOM_ABEND.uid
  sig sig ANOM_ABEND.sig
  auid auid SYSCALL.auid ANOM_ABEND.auid
  euid euid SYSCALL.euid
  tty tty SYSCALL.tty
  subj subj SYSCALL.subj
  command COMMAND command_line command stage
  helo helo about
  dovecot_user_backend backend
  err_code code
  auth_method method
  smb_domain domain_name
  authentication_database attr.authenticationDatabase
  sub_type event
  hostname host server
  smtp_return_codes code
  smtp_basic_status_code code
  smtp_enhanced_status_code enhanced
  reason reason
  reason_message reason
  message_failure reason
  log_level level
  loglevel level
  error error
  severity severity
  cef_version cef.version CEFVersion
  cef_device_vendor cef.device_vendor DeviceVendor deviceVendor
  cef_device_product cef.device_product DeviceProduct deviceProduct
  cef_device_version cef.device_version DeviceVersion deviceVersion
  cef_signature_id cef.signature_id DeviceEventClassID deviceEventClassId
  cef_event_name cef.name Name name
  cef_severity cef.severity Severity severity`
    .split('\n')
    .map(words)
    .map(([name, ...rest]) => [name, [...rest, name]]),
)

const place =
  /^results\["(s\d\d-\w+)"\]\["([^"]+)"\]\[(\d+)\]\.Evt\.(\w+)((?:\["[^"]+"\]|\[\d+\])+)(\[\d*:\d*\])? == (.*)$/
const steps = /\["([^"]+)"\]|\[(\d+)\]/g

function literal(text) {
  try {
    return JSON.parse(text)
  } catch {
    return text.replace(/^[`"]|[`"]$/g, '')
  }
}

/** Entries of the assertions: `stage parser number` → what is said of it, name → value. */
function entriesOf(text) {
  const entries = new Map()
  for (const line of text.split(/\r?\n/)) {
    const [, stage, parser, number, group, path, slice, right] = place.exec(line) ?? []
    if (stage === undefined) continue
    const names = [...path.matchAll(steps)].map(([, name]) => name).filter((name) => name !== undefined)
    const name = (group === 'Unmarshaled' ? names.slice(1) : names).join('.')
    const key = `${stage} ${parser}`
    const list = entries.get(key) ?? []
    const entry = (list[Number(number)] ??= { values: [] })
    entry.values.push({ group, name, slice, value: literal(right) })
    entries.set(key, list)
  }
  return [...entries.values()]
}

const messageOf = (entry) => entry.values.find(({ group, name }) => group === 'Parsed' && name === 'message')?.value

/** What is said of each line of the log, all stages together, each name and value once. */
function wantedOf(lists, lines) {
  const wanted = lines.map(() => new Map())
  for (const list of lists) {
    let from = 0
    for (const [number, entry] of list.entries()) {
      if (entry === undefined) continue
      const message = messageOf(entry)
      const after = message === undefined ? -1 : lines.findIndex((line, at) => at >= from && line.includes(message))
      const at =
        message === undefined
          ? list.length === lines.length
            ? number
            : -1
          : after >= 0
            ? after
            : lines.findIndex((line) => line.includes(message))
      if (at < 0) continue
      from = at + 1
      for (const one of entry.values) wanted[at].set(`${one.name} ${String(one.value)}`, one)
    }
  }
  return wanted.map((map) => [...map.values()])
}

const months = words('jan feb mar apr may jun jul aug sep oct nov dec')
const timeNames = new Set(
  words(
    'MarshaledTime timestamp time time_local date ts_y ts_m ts_d ts_t ts_ms year month day datetime timestamp8601 suricata_timestamp exim_year exim_month exim_day exim_time syslog_timestamp generation_timestamp',
  ),
)
/** Whether a time or a part of one fits the event's: clock parts by minute and second (zones differ by hours), dates by their number. */
function timeFits(event, value) {
  if (event.timeGuessed) return false
  const at = new Date(event.time)
  const clock = /\d\d?:(\d\d):(\d\d)/.exec(String(value))
  if (clock) return Number(clock[1]) === at.getUTCMinutes() && Number(clock[2]) === at.getUTCSeconds()
  const text = String(value).toLowerCase()
  const epoch = /^\d{10}(?:\.\d+)?$/.test(text) ? Math.floor(Number(text)) : undefined
  if (epoch !== undefined) return epoch === Math.floor(event.time / 1000)
  const parts = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCMilliseconds()]
  return (
    months.indexOf(text.slice(0, 3)) === at.getUTCMonth() ||
    parts.includes(Number(text.slice(0, 3))) ||
    text.split(/\D+/).every((part) => part === '' || parts.includes(Number(part)))
  )
}

/** Names that repeat the whole record or its rest, or that the corpus computes. */
const theirs = new Set(
  words(
    'message datasource_path datasource_type log_type service logsource sub_log_type subtype log_type_enh http_args_len static_ressource impact_completion file_dir file_frag file_name file_ext parsed_message kvItems unparsed_data pan_unknown sshd_trail dovecot_login_message smtp_return_codes msg_type',
  ),
)
function stands(line, value) {
  const text = String(value)
  return (
    line.includes(text) ||
    line.includes(JSON.stringify(text).slice(1, -1)) ||
    line.toLowerCase().includes(text.toLowerCase())
  )
}

/** Whether a line can be asked for this: it says so itself, and it is no repeat of the whole. */
function counts({ group, name, value }, line) {
  if (value === '' || value === '-' || value === null) return false
  // The head of an audit record as one "value" of a key `msg`.
  if (group === 'Unmarshaled') return stands(line, value) && !(name === 'msg' && String(value).startsWith('audit('))
  if (theirs.has(name)) return false
  // The program of a file that is no syslog is what the corpus was told, not what the line says.
  if (name === 'program') return new RegExp(`\\b${String(value).replace(/\W/g, '.')}(?:\\[\\d+\\])?:? `, 'i').test(line)
  return timeNames.has(name) || stands(line, value)
}

function measureLine(row, losses, line, wanted) {
  const event = parsed(row, line, received)
  const all = valuesOf(event)
  for (const { group, name, value: raw } of wanted) {
    const value = typeof raw === 'string' && group === 'Unmarshaled' ? raw.replace(/,$/, '') : raw
    if (!counts({ group, name, value }, line)) continue
    if (group !== 'Unmarshaled' && timeNames.has(name)) {
      row.fields++
      const fits = timeFits(event, value)
      row[fits ? 'right' : 'lost']++
      if (!fits) losses.push({ kind: row.kind, name, value, line })
    } else
      count(row, losses, { all, names: group === 'Unmarshaled' ? [name] : (ours[name] ?? [name]), name, value, line })
  }
}

export function measure() {
  const folder = dataOf('logs', 'crowdsec-hub', 'tests')
  const about = { corpus: 'crowdsec-hub', licence: 'MIT' }
  if (!existsSync(folder))
    return { ...about, skipped: `no data at ${folder}; set CASTELLAN_DATA`, rows: [], total: noRow('total') }
  const losses = []
  const rows = readdirSync(folder)
    .sort()
    .map((kind) => {
      const row = noRow(kind)
      const files = readdirSync(join(folder, kind))
      const log = files.find((file) => file.endsWith('.log'))
      if (log === undefined) return row
      const lines = readFileSync(join(folder, kind, log), 'utf8')
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
      const asserts = files.includes('parser.assert')
        ? entriesOf(readFileSync(join(folder, kind, 'parser.assert'), 'utf8'))
        : []
      for (const [at, wanted] of wantedOf(asserts, lines).entries()) measureLine(row, losses, lines[at], wanted)
      return row
    })
  return { ...about, rows, total: totalOf(rows), losses }
}
