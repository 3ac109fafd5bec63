// Apache's error log, 2.2 and 2.4, and what ModSecurity writes into it.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import { type Entities, makeEvent, type OpenFields, type TextParser } from '../parser.ts'
import { commonLogTime } from '../times.ts'
import { accountOf, addressOf, firstOf, hostOf, portOf, textOf } from '../values.ts'
import { hostName, requestOcsf, set, setNumber } from './request.ts'

const name = 'apache-error'

const head =
  /^\[(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d)(\.\d{1,6})? (\d{4})\] (?:\[(?:([\w-]{0,64}):)?(\w{2,10})\] )?/
const tag =
  /\[(file|line|id|rev|msg|data|severity|ver|maturity|accuracy|tag|hostname|uri|unique_id) "((?:[^"\\]|\\.)*)"\]/g
const bracket =
  /^\[(?:pid (\d{1,10})(?::tid (\d{1,20}))?|client ([^\]\s]{2,64})|remote ([^\]\s]{2,64})|([^\]]{0,64}))\] /
const code = /^\(?(\d{1,5})?\)?(?:[^:(]{1,80}: )?(AH\d{5}): /
const filePath =
  /(?:File does not exist|script not found or unable to stat|client denied by server configuration|Directory index forbidden by Options directive|Cannot serve directory|Permission denied: .{0,80}access to|No such file or directory): ([^,\n]{1,1024})/

const levels: Readonly<Record<string, OcsfSeverity>> = {
  emerg: 6, alert: 5, crit: 5, error: 2, warn: 2, notice: 1, info: 1, debug: 1,
} // prettier-ignore
/** ModSecurity's own severities. */
const alarms: Readonly<Record<string, OcsfSeverity>> = {
  EMERGENCY: 5, ALERT: 5, CRITICAL: 4, ERROR: 3, WARNING: 3, NOTICE: 2, INFO: 1, DEBUG: 1,
} // prettier-ignore

/** `203.0.113.9`, `203.0.113.9:4711`, `2001:db8::1:4711` (Apache puts the port behind a last colon). */
function clientOf(text: string): { readonly ip: string | undefined; readonly port: number | undefined } {
  const last = text.lastIndexOf(':')
  const port = last > 0 ? portOf(text.slice(last + 1)) : undefined
  const withoutPort = last > 0 ? addressOf(text.slice(0, last)) : undefined
  const whole = addressOf(text)
  if (
    withoutPort !== undefined &&
    port !== undefined &&
    (whole === undefined || /^[^:]*:\d+$/.test(text) || port > 9999)
  )
    return { ip: withoutPort, port }
  return { ip: whole ?? withoutPort, port: whole === undefined ? port : undefined }
}

/** Reads the brackets in front of the message; gives what is left. */
function brackets(text: string, fields: OpenFields): string {
  let rest = text
  for (let count = 0; count < 6; count++) {
    const found = bracket.exec(rest)
    if (!found) break
    const [all, pid, tid, client, remote] = found
    setNumber(fields, 'pid', pid)
    setNumber(fields, 'tid', tid)
    const from = client ?? remote
    if (from !== undefined) {
      const { ip, port } = clientOf(from)
      if (fields['c-ip'] === undefined) set(fields, 'c-ip', ip ?? from)
      if (port !== undefined) fields['c-port'] = port
    }
    rest = rest.slice(all.length)
  }
  return rest
}

/** ModSecurity's tags: `[id "930110"] [msg "Path Traversal Attack"] …`. */
function audit(said: string, fields: OpenFields): void {
  const tags: string[] = []
  for (const [, key = '', value = ''] of said.matchAll(tag)) {
    if (key === 'tag') tags.push(value)
    else fields[key] = value
  }
  if (tags.length > 0) fields['tag'] = tags
}

function refererOf(said: string): readonly [message: string, referer: string | undefined] {
  const at = said.lastIndexOf(', referer: ')
  return at < 0 ? [said, undefined] : [said.slice(0, at), said.slice(at + 11)]
}

function timeOf(found: RegExpExecArray): number | undefined {
  const [, month = '', day = '', clock = '', fraction = '', year = ''] = found
  const seconds = commonLogTime(`${day.padStart(2, '0')}/${month}/${year}:${clock} +0000`)
  return seconds === undefined ? undefined : seconds + Math.floor(Number(`0${fraction}`) * 1000)
}

function fieldsOf(found: RegExpExecArray, text: string): OpenFields {
  const fields: OpenFields = {}
  set(fields, 'module', found[6])
  set(fields, 'level', found[7])
  const at = found[0].length
  const [said, referer] = refererOf(brackets(text.slice(at, at + 16_384), fields))
  set(fields, 'code', code.exec(said)?.[2])
  set(fields, 'cs-referer', referer)
  if (said.includes('ModSecurity:')) audit(said, fields)
  fields['message'] = said
  return fields
}

function whoOf(fields: OpenFields, said: string): Entities {
  const src_ip = addressOf(fields['c-ip'])
  return {
    src_ip,
    src_port: portOf(fields['c-port']),
    src_host: src_ip === undefined ? hostOf(fields['c-ip']) : undefined,
    user: accountOf(/user (\S{1,128})(?: not found|: authentication failure)/.exec(said)?.[1]),
    domain: hostName(fields['hostname']),
    url: said.includes('ModSecurity:') ? textOf(fields['uri']) : undefined,
    file: filePath.exec(said)?.[1],
  }
}

const refused = /Access denied|client denied|not allowed|Password Mismatch|user \S{1,128} not found/

function parse(text: string, received: number): ParsedEvent | undefined {
  const found = head.exec(text)
  if (!found) return undefined
  const fields = fieldsOf(found, text)
  const said = textOf(fields['message']) ?? ''
  const isAudit = said.includes('ModSecurity:')
  return makeEvent(name, received, whoOf(fields, said), {
    time: timeOf(found),
    logsource: { product: 'apache', service: 'apache', categories: [] },
    class_uid: isAudit ? ocsfClass.detectionFinding : ocsfClass.httpActivity,
    activity: isAudit ? 'request judged by ModSecurity' : 'web server message',
    severity_id: alarms[String(fields['severity'])] ?? levels[found[7] ?? ''] ?? ocsfSeverity.informational,
    outcome: refused.test(said) ? 'failure' : undefined,
    detail: firstOf(fields, ['msg', 'message']),
    fields,
  })
}

export const apacheError: TextParser = {
  name,
  reads: 'text',
  does: "reads Apache's error log (2.2 and 2.4) with module, process, client, code, and ModSecurity's rule, data and tags",
  recognises: '`[Mon Mar 02 14:01:02.000000 2026] [module:level] [pid 1] [client 203.0.113.9:4711] …`',
  recognise: (text) => text.startsWith('[') && head.test(text.slice(0, 160)),
  parse,
  ocsf: requestOcsf,
}
