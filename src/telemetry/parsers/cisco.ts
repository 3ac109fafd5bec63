// Messages of Cisco devices (`%FACILITY-SEVERITY-MNEMONIC: text`), whatever stands in front of them.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { makeEvent, type OpenFields, type TextParser } from './parser.ts'
import { groupsOf, type Phrase, whoOf } from './syslog/line.ts'
import { severityOf } from './syslog/severity.ts'
import { bsdTime } from './times.ts'

const name = 'cisco'
const lookAt = 300
const longestRead = 2048
const mark = /%([A-Z][A-Z0-9_]{1,31}(?:-[A-Z][A-Z0-9_]{1,31})?)-(\d)-([A-Z0-9_]{1,63}): /
const when = /([A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,6})?)/
const sender = /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )?([\w.:-]{2,255}) /

/** Sigma's services of Cisco devices; everything that is no routing protocol is `aaa`. */
const services: Readonly<Record<string, string>> = { BGP: 'bgp', LDP: 'ldp', ASA: 'asa', FTD: 'asa' }
const login =
  /\[user: (?<user>[^\]]{0,128})\] \[Source: (?<src_ip>[^\]]{0,64})\]|^User:(?<account>\S{1,128})  logged command:(?<command>.*)/
const connection =
  /(?:for|from) [\w-]{1,64}:(?<src_ip>[0-9A-Fa-f.:]{2,45})\/(?<src_port>\d{1,5})\b.{0,200}? to [\w-]{1,64}:(?<dst_ip>[0-9A-Fa-f.:]{2,45})\/(?<dst_port>\d{1,5})\b/

type Kind = Pick<Phrase, 'activity' | 'class_uid' | 'severity_id'>
const kinds: Readonly<Record<string, Kind>> = {
  LOGIN_SUCCESS: { activity: 'login accepted', class_uid: ocsfClass.authentication },
  LOGIN_FAILED: { activity: 'login failed', class_uid: ocsfClass.authentication, severity_id: ocsfSeverity.low },
  CFGLOG_LOGGEDCMD: { activity: 'command run on device', class_uid: ocsfClass.base },
  CONFIG_I: { activity: 'device configured', class_uid: ocsfClass.base },
}

const otherKind: Kind = { activity: 'device message', class_uid: ocsfClass.base }

function fieldsOf(said: string): OpenFields {
  const head = said.slice(0, longestRead)
  const found = login.exec(head) ?? connection.exec(head)
  const { account, ...groups } = found ? groupsOf(found) : {}
  return account === undefined ? groups : { ...groups, user: account }
}

const timeOf = (before: string, received: number): number | undefined =>
  bsdTime(when.exec(before)?.[1]?.replace(/ \d{4} /, ' ') ?? '', received)

function parse(text: string, received: number): ParsedEvent | undefined {
  const found = mark.exec(text.slice(0, lookAt))
  if (!found) return undefined
  const [all, facility = '', level = '', mnemonic = ''] = found
  const said = text.slice(found.index + all.length)
  const before = text.slice(0, found.index)
  const named = fieldsOf(said)
  const fields = { ...named, facility, severity: Number(level), mnemonic, message: said }
  const sent = sender.exec(before)?.[1]
  const host = sent?.endsWith(':') ? undefined : sent
  const service = services[facility] ?? 'aaa'
  const kind = kinds[mnemonic] ?? otherKind
  return makeEvent(name, received, Object.assign(whoOf(named), { host }), {
    time: timeOf(before, received),
    logsource: { product: 'cisco', service, categories: service === 'asa' ? ['firewall'] : [] },
    class_uid: kind.class_uid,
    activity: kind.activity,
    severity_id: kind.severity_id ?? severityOf(Number(level)),
    said: `${facility}-${level}-${mnemonic}: ${said}`,
    fields,
  })
}

export const cisco: TextParser = {
  name,
  reads: 'text',
  does: 'reads messages of Cisco IOS and ASA devices: facility, severity, mnemonic, logins, commands, connections',
  recognises: '`%FACILITY-SEVERITY-MNEMONIC: ` within the first 300 characters',
  recognise: (text) => mark.test(text.slice(0, lookAt)),
  parse,
}
