// Logs of programs that nobody has described: a time in one of the usual forms, perhaps level, process and component, then words and pairs.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import { readHead } from './head.ts'
import { stampOf, startOf } from './stamps.ts'
import { setField } from '../flatten.ts'
import { type Entities, makeEvent, type OpenFields, type TextParser } from '../parser.ts'
import { logins } from '../syslog/acts.ts'
import { accountOf, addressOf, firstOf, hostOf, pidOf, portOf, processUid } from '../values.ts'

const name = 'app-log'

const words: Readonly<Record<string, OcsfSeverity>> = {
  emerg: ocsfSeverity.fatal, emergency: ocsfSeverity.fatal, fatal: ocsfSeverity.critical, panic: ocsfSeverity.critical, crit: ocsfSeverity.critical, critical: ocsfSeverity.critical,
  alert: ocsfSeverity.critical, severe: ocsfSeverity.high, err: ocsfSeverity.low, error: ocsfSeverity.low, warn: ocsfSeverity.low, warning: ocsfSeverity.low, wrn: ocsfSeverity.low,
} // prettier-ignore
const pair =
  /(?:^|[\s,;|{("[])(?<key>[A-Za-z_][\w.-]{0,63})[=](?:"(?<quoted>[^"]{0,4096})"|'(?<single>[^']{0,4096})'|(?<plain>[^\s,;|})"\]]{1,1024}))/g
const address = String.raw`\[?(?<ip>\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{4,40})\]?(?::(?<port>\d{1,5}))?`
const from = new RegExp(
  String.raw`(?:\b(?:from|client|IP|ip|address|addr|host|remote|peer|rip|src|source|by)\b[ :=]{1,3}(?:is |address |IP )?[\["'(]?|\[)${address}(?![\w.])`,
)
const to = new RegExp(
  String.raw`(?:\b(?:to|dst|dest|destination|server|upstream)\b[ :=]{1,3}[\["'(]?)${address}(?![\w.])`,
)
const user = /\b(?:for user|user(?:name)?|login|account)[ :=]{1,3}["'[]?(?<user>[\w@.\\-]{1,64})["'\]]?/i
const failed =
  /\b(?:failed|failure|invalid|incorrect|denied|refused|unauthori[sz]ed|rejected|wrong password|bad (?:password|credentials))\b/i
const login = /\b(?:log(?:ged)? ?(?:in|on)|login|logon|sign(?:ed)? ?in|authenticat\w{1,6}|password|credentials)\b/i

const sources =
  'src_ip src srcip client_ip clientip client ip ipAddress remote_addr remote_ip rip addr source_ip'.split(' ')
const targets = 'dst_ip dst dstip dest_ip server_ip lip'.split(' ')
const accounts = 'user username userName usr uname login account'.split(' ')

function entities(said: string, fields: OpenFields): Entities {
  const look = said.slice(0, 4096)
  const source = from.exec(look)?.groups ?? {}
  const target = to.exec(look)?.groups ?? {}
  return {
    user: accountOf(firstOf(fields, accounts) ?? user.exec(look)?.groups?.['user']),
    src_ip: addressOf(firstOf(fields, sources)) ?? addressOf(source['ip']),
    src_port: portOf(firstOf(fields, ['src_port', 'spt', 'sport']) ?? source['port']),
    dst_ip: addressOf(firstOf(fields, targets)) ?? addressOf(target['ip']),
    dst_port: portOf(firstOf(fields, ['dst_port', 'dpt', 'dport']) ?? target['port']),
    file: firstOf(fields, ['file', 'path', 'filename']),
    url: firstOf(fields, ['url', 'uri']),
  }
}

/** `key=value` pairs in the words; what the head said before stays. */
function addPairs(said: string, fields: OpenFields): void {
  for (const { groups = {} } of said.slice(0, 16_384).matchAll(pair)) {
    const { key = '', quoted, single, plain = '' } = groups
    if (fields[key] === undefined) setField(fields, key, quoted ?? single ?? plain)
  }
}

const seemsFailedLogin = (said: string): boolean => login.test(said) && failed.test(said)

function parse(text: string, received: number): ParsedEvent | undefined {
  const stamp = stampOf(text, received)
  if (!stamp) return undefined
  const { fields, said } = readHead(text.slice(stamp.end))
  addPairs(said, fields)
  fields['message'] = said
  const host = hostOf(firstOf(fields, ['host', 'hostname']))
  const component = firstOf(fields, ['component'])
  const who = {
    host,
    ...entities(said, fields),
    process: component,
    process_uid: processUid(host, pidOf(fields['pid'])),
  }
  const act = seemsFailedLogin(said.slice(0, 1024))
    ? logins.failed
    : { class_uid: ocsfClass.base, activity: 'message', severity_id: undefined }
  return makeEvent(name, received, who, {
    ...act,
    time: stamp.time,
    logsource: { categories: ['application'] },
    severity_id: words[String(fields['level']).toLowerCase()] ?? act.severity_id,
    said: component === undefined ? said : `${component}: ${said}`,
    fields,
  })
}

export const appLog: TextParser = {
  name,
  reads: 'text',
  does: 'reads logs of programs that have no parser of their own: time, level, process, component, `key=value` pairs, addresses and accounts in the words',
  recognises: 'a line that begins with a time in one of the usual forms, in brackets or not',
  recognise: (text) => {
    const code = text.charCodeAt(startOf(text))
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90)
  },
  parse,
  ocsf: () => ({ 'actor.process.name': 'component', 'actor.process.pid': 'pid' }),
}
