// Messages of Cisco devices (`%FACILITY-SEVERITY-MNEMONIC: text`), whatever stands in front of them: IOS, IOS XE, NX-OS, ASA, FTD.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import { type ColumnNames, columnsOf } from '../columns-of.ts'
import { deviceTime } from '../device-times.ts'
import { makeEvent, type OpenFields, type TextParser } from '../parser.ts'
import { groupsOf, type Phrase, whoOf } from '../syslog/line.ts'
import { severityOf } from '../syslog/severity.ts'
import { isoTime } from '../times.ts'
import { hostOf, pidOf } from '../values.ts'
import { readAsa } from './asa.ts'

const name = 'cisco'
const lookAt = 300
const longestRead = 2048
const mark =
  /%(?:(ASA|FTD|PIX|FWSM)-(?:[a-z]{2,16}-)?(\d)-(\d{6}):? |([A-Z][A-Z0-9_]{1,31}(?:-[A-Z][A-Z0-9_]{1,31})?)-(\d)-([A-Z0-9_]{1,63}): )/

/** Sigma's services of Cisco devices; everything that is no routing protocol is `aaa`. */
const services: Readonly<Record<string, string>> = {
  BGP: 'bgp',
  LDP: 'ldp',
  ASA: 'asa',
  FTD: 'ftd',
  PIX: 'asa',
  FWSM: 'asa',
}

const clock = String.raw`\d\d:\d\d:\d\d(?:\.\d{1,9})?`
const stamps: readonly RegExp[] = [
  new RegExp(`^[*.]?([A-Z][a-z]{2} {1,2}\\d{1,2} (?:\\d{4} )?${clock}(?: \\d{4})?)(?: ([A-Z]{3,5}))?[: ] *`),
  new RegExp(`^(\\d{4} [A-Z][a-z]{2} {1,2}\\d{1,2} ${clock})(?: ([A-Z]{3,5}))?[: ] *`),
  new RegExp(`^(\\d{4}-\\d\\d-\\d\\d[T ]${clock}(?:Z|[+-]\\d\\d:?\\d\\d)?)():? *`),
]
const yearFirst = /^(\d{4}) ([A-Z][a-z]{2} {1,2}\d{1,2}) (.*)$/

interface Before {
  readonly time: number | undefined
  readonly host: string | undefined
  readonly program: string | undefined
  readonly pid: number | undefined
}

function timeOf(stamp: string, zone: string | undefined, received: number): number | undefined {
  const [, year, day, rest] = yearFirst.exec(stamp) ?? []
  const text = year === undefined ? stamp : `${day} ${year} ${rest}`
  const trailing = /^(\S+ +\d+) (\S+) (\d{4})$/.exec(text)
  const ordered = trailing ? `${trailing[1]} ${trailing[3]} ${trailing[2]}` : text
  return (
    isoTime(ordered) ??
    deviceTime(zone === undefined || zone === '' || !/ \d{4} /.test(ordered) ? ordered : `${ordered} ${zone}`, received)
  )
}

/** Reads what stands in front of the mark: priority, sequence number, times, host, program. The last time is the device's own. */
function before(text: string, received: number): Before {
  let rest = text.replace(/^<\d{1,3}>(?:1 )?/, '').trimStart()
  let time: number | undefined
  let host: string | undefined
  let program: string | undefined
  let pid: number | undefined
  for (let count = 0; count < 12 && rest !== ''; count++) {
    const stamp = stamps.map((one) => one.exec(rest)).find((one) => one !== null)
    if (stamp) {
      time = timeOf(stamp[1] ?? '', stamp[2], received) ?? time
      rest = rest.slice(stamp[0].length)
      continue
    }
    const [all, word = '', id] = /^([^\s[]{1,255}?)(?:\[(\d{1,10})\])?(?::(?= |$)| |$) */.exec(rest) ?? ['', '']
    if (all === '') break
    rest = rest.slice(all.length)
    const bare = word.replace(/:$/, '')
    if (id !== undefined) [program, pid] = [bare, pidOf(id)]
    else if (bare !== '' && bare !== '-' && !/^\d{1,12}$|^<.*>$|^[:%]/.test(bare)) host ??= bare
  }
  return { time, host: hostOf(host), program, pid }
}

const login =
  /\[user: (?<user>[^\]]{0,128})\] \[Source: (?<src_ip>[^\]]{0,64})\](?: \[localport: (?<dst_port>\d{1,5})\])?(?: \[Reason: (?<reason>[^\]]{0,128})\])?|^User:(?<account>\S{1,128})  logged command:(?<command>.*)/
const sentences: readonly RegExp[] = [
  /list (?<rule>\S{1,128}) (?<action>permitted|denied) (?<proto>\w{1,16}) (?<src_ip>[0-9a-fA-F.:]{2,45})(?:\((?<src_port>\d{1,5})\))?(?: \((?<interface_in>\S{1,64})[^)]{0,64}\))? -> (?<dst_ip>[0-9a-fA-F.:]{2,45})(?:\((?<dst_port>\d{1,5})\))?(?: \((?<icmp>\d{1,3}\/\d{1,3})\))?, (?<packets>\d{1,12}) packet/,
  /Configured from (?<via>\S{1,64}) by (?<user>\S{1,128})(?: on (?<line>\S{1,64}))?(?: \((?<src_ip>[0-9a-fA-F.:]{2,45})\))?/,
  /(?:Interface|Line protocol on Interface) (?<interface>[\w/.-]{1,64}),? (?:is |changed state to )(?<state>[\w ]{1,32})/,
  /neighbor (?<peer>[0-9a-fA-F.:]{2,45})/,
  /(?:for|from) [\w-]{1,64}:(?<src_ip>[0-9A-Fa-f.:]{2,45})\/(?<src_port>\d{1,5})\b.{0,200}? to [\w-]{1,64}:(?<dst_ip>[0-9A-Fa-f.:]{2,45})\/(?<dst_port>\d{1,5})\b/,
  /[Uu]ser[: ]'?(?<user>[\w.@\\-]{1,128})'?.{0,100}? from (?<src_ip>[0-9a-fA-F.:]{2,45})\b/,
]

type Kind = Pick<Phrase, 'activity' | 'class_uid' | 'severity_id'> & {
  readonly activity_id?: number
  readonly outcome?: 'success' | 'failure'
}
const accepted: Kind = {
  activity: 'login accepted',
  class_uid: ocsfClass.authentication,
  activity_id: 1,
  outcome: 'success',
}
const refused: Kind = {
  activity: 'login failed', class_uid: ocsfClass.authentication, activity_id: 1, outcome: 'failure', severity_id: ocsfSeverity.low,
} // prettier-ignore
const listed: Kind = { activity: 'connection checked by list', class_uid: ocsfClass.networkActivity, activity_id: 6 }
const kinds: Readonly<Record<string, Kind>> = {
  LOGIN_SUCCESS: accepted,
  LOGIN_FAILED: refused,
  SSH2_USERAUTH: { activity: 'SSH login', class_uid: ocsfClass.authentication, activity_id: 1 },
  LOGOUT: { activity: 'logout', class_uid: ocsfClass.authentication, activity_id: 2, outcome: 'success' },
  CFGLOG_LOGGEDCMD: { activity: 'command run on device', class_uid: ocsfClass.base },
  CONFIG_I: { activity: 'device configured', class_uid: ocsfClass.base },
  VSHD_SYSLOG_CONFIG_I: { activity: 'device configured', class_uid: ocsfClass.base },
  IPACCESSLOGP: listed,
  IPACCESSLOGDP: listed,
  IPACCESSLOGS: listed,
  IPACCESSLOGRP: listed,
  IPACCESSLOGNP: listed,
  ACCESSLOGP: listed,
  ACCESSLOGDP: listed,
}
const otherKind: Kind = { activity: 'device message', class_uid: ocsfClass.base }

function fieldsOf(said: string): OpenFields {
  const head = said.slice(0, longestRead)
  const found = login.exec(head) ?? sentences.map((one) => one.exec(head)).find((one) => one !== null)
  const { account, ...groups } = found ? groupsOf(found) : {}
  return account === undefined ? groups : { ...groups, user: account }
}

const columns: ColumnNames = {
  user: ['user'],
  target_user: ['dst_user'],
  src_ip: ['src_ip'],
  src_port: ['src_port'],
  src_host: ['src_host'],
  dst_ip: ['dst_ip', 'dst_host'],
  dst_port: ['dst_port'],
  dst_host: ['dst_host'],
  url: ['url'],
  file: ['file'],
  command_line: ['command'],
}
/** The program of a syslog tag in front (`CiscoASA[999]:`). */
const tagFields = ({ program, pid }: Before): OpenFields => ({
  ...(program === undefined ? {} : { program }),
  ...(pid === undefined ? {} : { pid }),
})
const outcomes: Readonly<Record<string, 'success' | 'failure'>> = { permitted: 'success', denied: 'failure' }

interface Marked {
  readonly facility: string
  readonly level: string
  readonly mnemonic: string
  readonly said: string
}

/** Firewalls: the number tells what the sentence is. */
function firewallEvent({ facility, level, mnemonic, said }: Marked, front: Before, received: number): ParsedEvent {
  const { kind, fields: read } = readAsa(mnemonic, said)
  const fields: OpenFields = {
    ...tagFields(front),
    facility,
    severity: Number(level),
    mnemonic,
    ...read,
    message: said,
  }
  const where = hostOf(/https?:\/\/([^/:\s]{1,255})/.exec(String(read['url'] ?? ''))?.[1])
  return makeEvent(
    name,
    received,
    { ...columnsOf(fields, columns), host: front.host, domain: where, process: front.program },
    {
      time: front.time,
      logsource: { product: 'cisco', service: services[facility] ?? 'asa', categories: ['firewall'] },
      class_uid: kind.class_uid,
      activity_id: kind.activity_id,
      activity: kind.activity,
      severity_id: severityOf(Number(level)),
      outcome: kind.outcome,
      said: `${facility}-${level}-${mnemonic}: ${said}`,
      fields,
    },
  )
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const found = mark.exec(text.slice(0, lookAt))
  if (!found) return undefined
  const [all, wall, wallLevel, id] = found
  const facility = wall ?? found[4] ?? ''
  const level = wallLevel ?? found[5] ?? ''
  const mnemonic = id ?? found[6] ?? ''
  const said = text.slice(found.index + all.length)
  const front = before(text.slice(0, found.index), received)
  if (wall !== undefined) return firewallEvent({ facility, level, mnemonic, said }, front, received)
  const named = fieldsOf(said)
  const fields = { ...tagFields(front), ...named, facility, severity: Number(level), mnemonic, message: said }
  const kind = kinds[mnemonic] ?? otherKind
  return makeEvent(
    name,
    received,
    { ...whoOf(named), host: front.host, process: front.program },
    {
      time: front.time,
      logsource: { product: 'cisco', service: services[facility] ?? 'aaa', categories: [] },
      class_uid: kind.class_uid,
      activity_id: kind.activity_id,
      activity: kind.activity,
      severity_id: kind.severity_id ?? severityOf(Number(level)),
      outcome: kind.outcome ?? outcomes[String(named['action'])],
      said: `${facility}-${level}-${mnemonic}: ${said}`,
      fields,
    },
  )
}

export const cisco: TextParser = {
  name,
  reads: 'text',
  does: 'reads messages of Cisco IOS, NX-OS, ASA and FTD: facility, severity, mnemonic; for firewalls the facts of some 200 message numbers: connections, lists, logins, VPN sessions, commands',
  recognises: '`%FACILITY-SEVERITY-MNEMONIC: ` within the first 300 characters',
  recognise: (text) => text.includes('%') && mark.test(text.slice(0, lookAt)),
  parse,
  ocsf: () => ({
    'connection_info.protocol_name': 'proto',
    'connection_info.direction': 'direction',
    'connection_info.uid': 'connection_id',
    'firewall_rule.name': 'rule',
    'traffic.bytes': 'bytes',
    duration: 'duration',
    'traffic.bytes_out': 'bytes_out',
    'traffic.bytes_in': 'bytes_in',
    'metadata.event_code': 'mnemonic',
    'src_endpoint.interface_name': 'interface_in',
    'dst_endpoint.interface_name': 'interface_out',
    'finding_info.title': 'message',
    'finding_info.uid': 'mnemonic',
    'http_request.url.url_string': 'url',
    status_detail: 'reason',
  }),
}
