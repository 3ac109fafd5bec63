// The pipelines of elastic-package: every sample line with what its ingest pipeline makes of it in ECS. Counted is what the line itself says:
// names that ECS adds (geo, as, related, ecs, event.kind …), and values the line does not hold, are not the record's.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { count, dataOf, noRow, parsed, totalOf, valuesOf } from './_measure.mjs'

const received = Date.UTC(2023, 5, 1)
const words = (text) => text.trim().split(/\s+/)
/** ECS → the columns and fields of ours with that meaning. A name that is missing here must stand under its last part or its whole name. */
const ours = new Map(
  `source.ip src_ip c-ip
  source.address src_ip src_host c-ip
  source.port src_port
  source.domain src_host
  source.nat.ip mapped_src_ip
  source.nat.port mapped_src_port
  destination.nat.ip mapped_dst_ip
  destination.nat.port mapped_dst_port
  server.user.name dst_user user
  server.ip dst_ip
  server.port dst_port
  server.domain dst_host domain
  client.ip src_ip
  source.user.name user cs-username
  source.user.group.name group
  source.bytes bytes_out sent_bytes
  destination.ip dst_ip
  destination.address dst_ip dst_host domain
  destination.port dst_port
  destination.domain domain dst_host
  destination.user.name dst_user target_user user
  destination.bytes bytes_in rcvd_bytes
  client.user.name user
  user.name user target_user cs-username
  user.id user user_id UserID actor.id SubjectUserSid TargetSid
  user.domain SubjectDomainName TargetDomainName
  user.target.name target_user TargetUserName
  host.hostname host
  host.name host Computer
  observer.hostname host
  url.original url cs-uri-query c-uri
  url.path cs-uri-stem url
  url.domain domain
  url.query cs-uri-query
  url.full url c-uri
  url.scheme scheme
  http.request.method cs-method
  http.request.referrer cs-referer
  http.response.status_code sc-status
  http.response.body.bytes sc-bytes
  http.version cs-version
  user_agent.original cs-user-agent user_agent userAgent
  tls.cipher ssl-cipher ssl_cipher
  tls.version ssl-protocol
  apache.access.ssl.cipher ssl-cipher
  apache.access.ssl.protocol ssl-protocol
  apache.access.remote_addresses x-forwarded-for c-ip
  apache.error.module module
  nginx.access.remote_ip_list c-ip x-forwarded-for
  nginx.error.connection_id connection
  log.level level severity
  file.path file
  process.pid pid process_uid
  process.name process program
  process.thread.id tid
  event.code mnemonic EventID event_id code
  event.severity severity
  event.reason reason
  event.duration duration
  network.transport proto
  network.protocol proto service
  network.direction direction
  network.bytes bytes
  cisco.asa.source_interface interface_in
  cisco.asa.destination_interface interface_out
  observer.ingress.interface.name interface_in
  observer.egress.interface.name interface_out
  cisco.asa.rule_name rule
  cisco.asa.mapped_source_ip mapped_src_ip
  cisco.asa.mapped_source_host mapped_src_host mapped_src_ip src_host
  cisco.asa.mapped_source_port mapped_src_port
  cisco.asa.mapped_destination_ip mapped_dst_ip
  cisco.asa.mapped_destination_host mapped_dst_host dst_host
  cisco.asa.mapped_destination_port mapped_dst_port
  cisco.asa.command_line_arguments command command_line
  cisco.asa.source_username user
  cisco.asa.destination_username dst_user user
  cisco.asa.termination_user termination_user dst_user user
  cisco.asa.termination_initiator initiator
  cisco.asa.burst.object object
  cisco.asa.burst.id rate_id
  cisco.asa.burst.current_rate burst_rate
  cisco.asa.burst.configured_rate burst_max
  cisco.asa.burst.avg_rate average_rate
  cisco.asa.burst.configured_avg_rate average_max
  cisco.asa.burst.cumulative_count total
  cisco.asa.privilege.old privilege_old
  cisco.asa.privilege.new privilege_new
  cisco.asa.webvpn.group_name group
  cisco.asa.dap_records dap_records
  cisco.asa.security group
  cisco.asa.threat_category threat_category
  cisco.asa.threat_level threat_level
  cisco.asa.rule_name rule threat_address
  aws.elb.trace_id trace_id
  event.id msgid log_id event_id id
  winlog.process.thread.id Execution_ThreadID
  winlog.process.pid Execution_ProcessID
  winlog.logon.id SubjectLogonId TargetLogonId
  winlog.activity_id Correlation_ActivityID ActivityID
  user.target.id TargetSid TargetUserSid
  user.target.domain TargetDomainName
  user.effective.id TargetUserSid
  user.effective.name USER target_user
  user.changes.name NewTargetUserName
  process.executable process Image
  process.command_line command_line CommandLine
  process.parent.executable parent_process
  process.args command_line COMMAND
  threat.indicator.ip srcip
  threat.indicator.url.original url
  threat.indicator.url.full url
  threat.indicator.type type itype
  threat.indicator.provider source
  threat.indicator.file.hash.sha1 md5
  threat.indicator.file.hash.sha256 md5
  threat.indicator.first_seen date_first
  threat.indicator.last_seen date_last
  winlog.channel Channel
  winlog.computer_name Computer
  winlog.record_id EventRecordID`
    .split('\n')
    .map(words)
    .map(([name, ...rest]) => [name, rest]),
)

/** What ECS or the pipeline adds: nothing of it stands in the record under a name of its own. */
const added =
  /^(?:ecs\.|_|tags$|related\.|event\.(?:kind|category|type|ingested|created|original|timezone|action|outcome|start|end|module|dataset|provider|sequence)|observer\.(?:product|type|vendor)|agent\.|data_stream|input\.|log\.(?:file|offset|syslog)|message$|user_agent\.(?!original)|.*\.(?:geo|as)\.|network\.(?:community_id|type|iana_number)|url\.extension|winlog\.(?:api|version|provider_guid|opcode|keywords|task)|cloud\.|error\.|tls\.version_protocol)/

function* leaves(value, path = '') {
  if (Array.isArray(value)) for (const one of value) yield* leaves(one, path)
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, path === '' ? key : `${path}.${key}`)
  else yield [path, value]
}

const bare = (name) =>
  name
    .slice(name.lastIndexOf('.') + 1)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
/** Our names that end as theirs does: `data.client_id` for `auth0.logs.data.client_id`, `ipAddress` for `ip_address`. */
const alike = (all, name) => [...all.keys()].filter((own) => bare(own) === bare(name))

const stands = (line, value) => {
  const text = String(value).toLowerCase()
  const low = line.toLowerCase()
  return text !== '' && (low.includes(text) || low.includes(JSON.stringify(String(value)).slice(1, -1).toLowerCase()))
}

/** Times are right to the second; a pipeline told a zone that the line does not say counts by minute and second. */
function timeFits(event, value) {
  const at = new Date(event.time)
  const wanted = new Date(value)
  return (
    !event.timeGuessed && at.getUTCSeconds() === wanted.getUTCSeconds() && at.getUTCMinutes() === wanted.getUTCMinutes()
  )
}

function measureTime(row, losses, event, { value, line }) {
  row.fields++
  if (timeFits(event, value)) return void row.right++
  row.lost++
  losses.push({ kind: row.kind, name: '@timestamp', value, line })
}

/** Path and query stand together in ours, as Sigma's rules look for them. */
const isQuery = (all, name, value) =>
  name === 'url.query' && all.get('cs-uri-query')?.some((one) => one.endsWith(`?${String(value).toLowerCase()}`))

function measureEvent(row, losses, line, expected) {
  const event = parsed(row, line, received)
  const all = valuesOf(event)
  for (const [name, raw] of leaves(expected ?? {})) {
    if (raw === null || raw === '' || raw === '-' || typeof raw === 'boolean' || added.test(name)) continue
    if (name === '@timestamp') {
      measureTime(row, losses, event, { value: raw, line })
      continue
    }
    const value = name === 'http.version' ? `HTTP/${raw}` : raw
    if (!stands(line, value)) continue
    const last = name.slice(name.lastIndexOf('.') + 1)
    const names = [...(ours.get(name) ?? []), last, name, ...alike(all, name)]
    const also = isQuery(all, name, value) ? ['cs-uri-query'] : []
    count(row, losses, {
      all,
      names: [...names, ...also],
      name,
      value: also.length > 0 ? all.get('cs-uri-query')[0] : value,
      line,
    })
  }
}

/** The record that stands in a sample: lines of a log (each with its `event.original`), or the events of a JSON. */
function recordsOf(file) {
  const text = readFileSync(file, 'utf8')
  const { expected } = JSON.parse(readFileSync(`${file}-expected.json`, 'utf8'))
  if (file.endsWith('.json')) {
    const { events } = JSON.parse(text)
    return events.map((event, at) => [
      // A record that an agent had already taken apart stands under `json`.
      typeof event.json === 'object'
        ? JSON.stringify(event.json)
        : typeof event.message === 'string' && Object.keys(event).length <= 4
          ? event.message
          : JSON.stringify(event),
      expected[at],
    ])
  }
  // A line that begins with a blank goes on with the one before, as the pipelines are set to read it.
  const lines = text.split(/\r?\n(?![ \t])/).filter((line) => line.trim() !== '')
  return expected.map((one, at) => [one?.event?.original ?? lines[at] ?? '', one]).filter(([line]) => line !== '')
}

const samples = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return samples(path)
    return existsSync(`${path}-expected.json`) ? [path] : []
  })

export function measure() {
  const folder = dataOf('logs', 'elastic-package-pipelines')
  const about = { corpus: 'elastic-package-pipelines', licence: 'Elastic License 2.0' }
  if (!existsSync(folder))
    return { ...about, skipped: `no data at ${folder}; set CASTELLAN_DATA`, rows: [], total: noRow('total') }
  const losses = []
  const rows = new Map()
  for (const file of samples(folder).sort()) {
    const kind = file
      .slice(folder.length + 1)
      .split('/')
      .slice(0, 2)
      .join('/')
    const row = rows.get(kind) ?? noRow(kind)
    rows.set(kind, row)
    for (const [line, expected] of recordsOf(file)) measureEvent(row, losses, line, expected)
  }
  return { ...about, rows: [...rows.values()], total: totalOf([...rows.values()]), losses }
}
