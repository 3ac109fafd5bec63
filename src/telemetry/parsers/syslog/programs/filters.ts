// Packet filters and sensors that write one line a packet or alert: pf (pfSense, OPNsense), Suricata's fast log.
import { ocsfClass, type OcsfSeverity } from '#standards'
import type { LogSource } from '../../../types.ts'
import { groupsOf, type LogLine, type Program, type Reading, whoOf } from '../line.ts'

const firewall: LogSource = { product: 'pf', service: 'pf', categories: ['firewall'] }
const actions: Readonly<Record<string, readonly [action: string, activity: string]>> = {
  pass: ['accept', 'connection permitted'],
  block: ['drop', 'connection dropped'],
  reject: ['reject', 'connection refused'],
}

/** Where protocol, addresses and ports stand in the list, by IP version. */
const places: Readonly<Record<string, { readonly proto: number; readonly src: number }>> = {
  4: { proto: 16, src: 18 },
  6: { proto: 12, src: 15 },
}

function readPf({ text }: LogLine): Reading | undefined {
  const cells = text.split(',', 32)
  const place = places[cells[8] ?? '']
  const known = actions[cells[6] ?? '']
  if (!place || !known) return undefined
  const [action, activity] = known
  const names = { src_ip: place.src, dst_ip: place.src + 1, src_port: place.src + 2, dst_port: place.src + 3 }
  const fields = Object.fromEntries(Object.entries(names).map(([name, at]) => [name, cells[at] ?? '']))
  const rest = {
    action,
    rule: cells[0] ?? '',
    interface: cells[4] ?? '',
    direction: cells[7] ?? '',
    proto: cells[place.proto] ?? '',
  }
  const who = whoOf(fields)
  return {
    logsource: firewall,
    class_uid: ocsfClass.networkActivity,
    activity,
    detail: rest.interface,
    who,
    fields: { ...fields, ...rest },
  }
}

export const pf: Program = { names: ['filterlog'], logsource: firewall, read: readPf }

const fast =
  /^\[\*\*\] \[(?<gid>\d+):(?<sid>\d+):(?<rev>\d+)\] (?<signature>.{1,512}?) \[\*\*\] (?:\[Classification: (?<category>[^\]]{0,255})\] )?\[Priority: (?<priority>\d)\] \{(?<proto>[^}]{1,16})\} \[?(?<src_ip>[0-9a-fA-F.:]+?)\]?(?::(?<src_port>\d{1,5}))? -> \[?(?<dst_ip>[0-9a-fA-F.:]+?)\]?(?::(?<dst_port>\d{1,5}))?$/
const sensor: LogSource = { product: 'suricata', categories: [] }
const severities: Readonly<Record<string, OcsfSeverity>> = { 1: 4, 2: 3, 3: 2 }

/** The same names as in EVE records, so that one rule matches both. */
function readFast({ text }: LogLine): Reading | undefined {
  const found = fast.exec(text)
  if (!found) return undefined
  const groups = groupsOf(found)
  const { signature = '', sid = '', priority = '', category = '', ...rest } = groups
  const alert = {
    'alert.signature': signature,
    'alert.signature_id': Number(sid),
    'alert.severity': Number(priority),
    'alert.category': category,
  }
  return {
    logsource: sensor,
    class_uid: ocsfClass.detectionFinding,
    activity: 'signature matched',
    severity_id: severities[String(priority)],
    detail: String(signature),
    who: whoOf(groups),
    fields: { ...rest, ...alert, event_type: 'alert' },
  }
}

export const suricataFast: Program = { names: ['suricata'], logsource: sensor, read: readFast }
