// One-line alerts of Snort and Suricata (fast.log, alert_fast), in files and by syslog; the same names as in EVE records, so that one rule matches both.
import { ocsfClass, type OcsfSeverity } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { makeEvent, type OpenFields, type TextParser } from './parser.ts'
import { isoTime } from './times.ts'
import { addressOf, portOf } from './values.ts'
import { set, setNumber } from './web/request.ts'

const name = 'sensor-alert'
const stamp = /^(\d\d)\/(\d\d)(?:\/(\d{2,4}))?-(\d\d:\d\d:\d\d(?:\.\d{1,6})?) {1,2}/
const alert =
  /^(?:\[(Drop|wDrop|Block|Reject|\w{1,12})\] )?(?:\[\*\*\] )?\[(\d{1,10}):(\d{1,10}):(\d{1,10})\] ("?)(.{1,512}?)\5 (?:\[\*\*\] )?(?:\[Classification: ([^\]]{0,255})\] )?(?:\[Priority: (\d{1,3})\]:? )?(?:<([^>]{1,64})> )?(?:\[AppID: ([^\]]{1,64})\] )?\{([^}]{1,32})\} (\S{2,64}) -> (\S{2,64})\s*$/
const severities: Readonly<Record<string, OcsfSeverity>> = { 1: 4, 2: 3, 3: 2 }

/** `203.0.113.9:80`, `[2001:db8::1]:80`, `2001:db8::1:80` or an address alone. */
function endpoint(text: string): { readonly ip: string | undefined; readonly port: number | undefined } {
  const alone = /^\d+(?:\.\d+){3}$/.test(text) ? addressOf(text) : undefined
  if (alone !== undefined) return { ip: alone, port: undefined }
  const last = text.lastIndexOf(':')
  const ip = addressOf(text.slice(0, last).replace(/^\[|\]$/g, ''))
  const port = portOf(text.slice(last + 1))
  return ip !== undefined && port !== undefined ? { ip, port } : { ip: addressOf(text), port: undefined }
}

/** The time in front; Snort leaves the year out unless told otherwise. */
function timeOf(found: RegExpExecArray | null, received: number): number | undefined {
  if (!found) return undefined
  const [, month = '', day = '', year, clock = ''] = found
  const of = (full: number): number | undefined => isoTime(`${full}-${month}-${day} ${clock}`)
  if (year !== undefined) return of(year.length === 2 ? 2000 + Number(year) : Number(year))
  const now = new Date(received).getUTCFullYear()
  const time = of(now)
  return time !== undefined && time > received + 86_400_000 ? of(now - 1) : time
}

const keys = ['action', 'alert.gid', 'alert.signature_id', 'alert.rev', '', 'alert.signature', 'alert.category', 'alert.severity', '', 'app_proto', 'proto'] // prettier-ignore
const counted = new Set(['alert.gid', 'alert.signature_id', 'alert.rev', 'alert.severity'])

function fieldsOf(found: RegExpExecArray): OpenFields {
  const fields: OpenFields = { event_type: 'alert' }
  for (const [at, key] of keys.entries()) {
    if (counted.has(key)) setNumber(fields, key, found[at + 1])
    else if (key !== '') set(fields, key, found[at + 1])
  }
  if (/drop|block|reject/i.test(found[1] ?? '')) fields['alert.action'] = 'blocked'
  return fields
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const dated = stamp.exec(text)
  const found = alert.exec(text.slice(dated?.[0].length ?? 0, 4096))
  if (!found) return undefined
  const source = endpoint(found[12] ?? '')
  const target = endpoint(found[13] ?? '')
  const fields = fieldsOf(found)
  return makeEvent(
    name,
    received,
    { src_ip: source.ip, src_port: source.port, dst_ip: target.ip, dst_port: target.port },
    {
      time: timeOf(dated, received),
      logsource: { product: dated?.[3]?.length === 4 ? 'suricata' : 'snort', categories: [] },
      class_uid: ocsfClass.detectionFinding,
      activity_id: 1,
      activity: 'signature matched',
      severity_id: severities[found[8] ?? ''] ?? 2,
      outcome: fields['alert.action'] === 'blocked' ? 'failure' : undefined,
      detail: found[6],
      fields,
    },
  )
}

export const sensorAlert: TextParser = {
  name,
  reads: 'text',
  does: 'reads one-line alerts of Suricata (fast.log) and Snort (alert_fast, syslog) under the names of EVE records',
  recognises:
    '`03/02/2026-14:01:02.123456  [**] [1:2200074:2] signature [**] [Priority: 3] {TCP} 192.0.2.1:1 -> 192.0.2.2:80`',
  recognise: (text) => stamp.test(text),
  parse,
  ocsf: () => ({
    'finding_info.title': 'alert.signature',
    'finding_info.uid': 'alert.signature_id',
    'finding_info.types': 'alert.category',
    'connection_info.protocol_name': 'proto',
  }),
}
