// Juniper SRX: RT_FLOW, RT_IDP, RT_UTM, RT_IDS and the rest, structured (RFC 5424) or as sentences.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { type ColumnNames, names } from './columns-of.ts'
import { change, deviceEvent, type DeviceKind, finding, logon, message, traffic, webVisit } from './device.ts'
import { setField } from './flatten.ts'
import type { OpenFields, TextParser } from './parser.ts'
import { isoTime } from './times.ts'
import { hostOf } from './values.ts'

const name = 'junos'
const structured =
  /^(?:<\d{1,3}>)?(?:1 )?(\d{4}-\d\d-\d\d[T ]\S{8,40}) (\S{1,255}) (\S{1,64}) (\S{1,32}) ([A-Z][A-Z0-9_]{2,63}) \[junos@\S{1,64} /
const sentence =
  /^(?:(RT_\w{2,20}|UI_\w{2,40}|[A-Z]\w{2,20}): )?((?:RT|APPTRACK|IDP|AV|WEBFILTER|ANTISPAM|CONTENT|AAMW|SSL|UI|SNMP|SSHD|LOGIN)_[A-Z0-9_]{2,60}): /
const parameter = /([\w-]{1,64})="((?:[^"\\\]]|\\.|\](?=[^\s"]))*)"/g

const columns: ColumnNames = {
  user: names('username user-name'),
  src_ip: names('source-address client-ip'),
  src_port: ['source-port'],
  dst_ip: names('destination-address server-ip'),
  dst_port: ['destination-port'],
  domain: names('hostname urlcategory-host'),
  url: names('url obj'),
  file: names('filename file-name'),
  command_line: ['command'],
}

function kindOf(event: string): DeviceKind {
  if (/^(?:IDP|RT_IDP|RT_SCREEN|RT_IDS|RT_AAMW|AAMW)/.test(event)) return finding('attack seen')
  if (/^(?:AV|RT_AV)_.*(?:VIRUS|MALWARE|DETECTED)|^ANTISPAM/.test(event)) return finding('malware found')
  if (/WEBFILTER|CONTENT_FILTERING/.test(event)) return webVisit
  if (/^(?:LOGIN|SSHD_LOGIN|UI_(?:AUTH|LOGIN))/.test(event)) return logon('login')
  if (/^UI_(?:COMMIT|CFG|CMDLINE)/.test(event)) return change
  if (/SESSION_CREATE/.test(event)) return { ...traffic, activity: 'connection permitted', activity_id: 1 }
  if (/SESSION_(?:CLOSE|DELETE)|VOL_UPDATE/.test(event))
    return { ...traffic, activity: 'connection ended', activity_id: 2 }
  if (/SESSION_DENY/.test(event)) return { ...traffic, activity: 'connection denied', activity_id: 5 }
  return /^(?:RT_FLOW|APPTRACK)/.test(event)
    ? { ...traffic, class_uid: ocsfClass.networkActivity }
    : message('device message')
}
const outcomeOf = (event: string): 'success' | 'failure' | undefined =>
  /DENY|DROP|BLOCK|FAIL/.test(event) ? 'failure' : /CREATE|PERMIT|SUCCESS/.test(event) ? 'success' : undefined

interface Named {
  readonly event: string
  readonly fields: OpenFields
  readonly time: number | undefined
  readonly host: string | undefined
}
function eventOf({ event, fields, time, host }: Named, received: number): ParsedEvent {
  fields['event'] = event
  const said = fields['policy-name'] ?? fields['attack-name'] ?? fields['message'] ?? fields['service-name']
  return deviceEvent({
    parser: name,
    received,
    time,
    logsource: { product: 'juniper', service: 'junos', categories: event.startsWith('RT_FLOW') ? ['firewall'] : [] },
    fields,
    columns,
    kind: kindOf(event),
    outcome: outcomeOf(event),
    detail: typeof said === 'string' ? said : undefined,
    ...(host === undefined ? {} : { who: { host } }),
  })
}

const close = /: session closed (.{1,120}?): /
/** `session created 10.0.0.1/4711->192.0.2.2/80 0x0 junos-http 10.0.0.1/4711->192.0.2.2/80 …` */
const flow =
  /session (?:created|closed|denied)(?: [^:]{1,120}:)? ([0-9a-fA-F.:]{2,45})\/(\d{1,5})->([0-9a-fA-F.:]{2,45})\/(\d{1,5})(?:,\d{1,5})?(?: 0x\w{1,16})? (\S{1,64})/

function readStructured(found: RegExpExecArray, text: string, received: number): ParsedEvent {
  const [all, when = '', host, process = '', , event = ''] = found
  const fields: OpenFields = { process }
  for (const [, key = '', value = ''] of text.slice(all.length, 65_536).matchAll(parameter))
    setField(fields, key, value.replace(/\\(.)/g, '$1'))
  return eventOf({ event, fields, time: isoTime(when), host: hostOf(host) }, received)
}

const ends = ['source-address', 'source-port', 'destination-address', 'destination-port', 'service-name']
function readSentence(found: RegExpExecArray, text: string, received: number): ParsedEvent {
  const said = text.slice(found[0].length)
  const fields: OpenFields = { message: said }
  const named = flow.exec(said.slice(0, 2048))
  for (const [at, key] of ends.entries()) {
    const value = named?.[at + 1]
    if (value !== undefined) setField(fields, key, value)
  }
  const reason = close.exec(`: ${said.slice(0, 512)}`)?.[1]
  if (reason !== undefined) fields['reason'] = reason
  for (const [, key = '', value = ''] of said.slice(0, 16_384).matchAll(parameter)) setField(fields, key, value)
  return eventOf({ event: found[2] ?? '', fields, time: undefined, host: undefined }, received)
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const head = structured.exec(text)
  if (head) return readStructured(head, text, received)
  const plain = sentence.exec(text)
  return plain ? readSentence(plain, text, received) : undefined
}

export const junos: TextParser = {
  name,
  reads: 'text',
  does: 'reads logs of Juniper SRX, structured or as sentences: sessions, attacks, web filter, logins, commands',
  recognises:
    '`RT_FLOW_SESSION_CREATE [junos@2636.… source-address="…"]` or `RT_FLOW: RT_FLOW_SESSION_CREATE: session created …`',
  recognise: (text) =>
    (text.includes('[junos@') || /^[A-Z]/.test(text)) &&
    (structured.test(text.slice(0, 700)) || sentence.test(text.slice(0, 160))),
  parse,
  ocsf: () => ({
    'connection_info.protocol_num': 'protocol-id',
    'connection_info.uid': ['session-id-32', 'session-id'],
    'firewall_rule.name': 'policy-name',
    'traffic.bytes_out': 'bytes-from-client',
    'traffic.bytes_in': 'bytes-from-server',
    'finding_info.title': ['attack-name', 'event'],
    'finding_info.uid': 'event',
    app_name: ['application', 'service-name'],
  }),
}
