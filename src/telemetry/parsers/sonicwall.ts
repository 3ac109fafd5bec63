// SonicWall's log format: `id=firewall sn=… time="…" fw=… pri=6 m=98 msg="…" src=address:port:interface dst=…`.
import type { OcsfSeverity } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { deviceEvent, type DeviceKind, finding, joined, logon, message, traffic, webVisit } from './device.ts'
import { deviceTime } from './device-times.ts'
import { pairsOf } from './pairs.ts'
import type { OpenFields, TextParser } from './parser.ts'
import { addressOf, portOf } from './values.ts'

const name = 'sonicwall'
const severities: readonly OcsfSeverity[] = [6, 5, 5, 3, 2, 1, 1, 1]

function kindOf(said: string, fields: OpenFields): DeviceKind {
  if (/attack|intrusion|spoof|scan detected|flood|virus|spyware|botnet|malware|IPS /i.test(said)) return finding(said)
  if (/log(?:ged)? ?(?:in|out|off)/i.test(said)) return logon(said, /log(?:ged)? ?(?:out|off)/i.test(said) ? 2 : 1)
  if (fields['dstname'] !== undefined && fields['arg'] !== undefined) return webVisit
  return fields['src'] !== undefined && fields['dst'] !== undefined ? traffic : message(said || 'device message')
}
const outcomeOf = (said: string, fields: OpenFields): 'success' | 'failure' | undefined => {
  const action = String(fields['fw_action'] ?? '')
  if (/drop|deny|block|reject|fail/i.test(`${said} ${action}`)) return 'failure'
  return /open|allow|accept|success|logged in|forward/i.test(`${said} ${action}`) ? 'success' : undefined
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const fields = pairsOf(text)
  if (fields['sn'] === undefined && fields['fw'] === undefined) return undefined
  const said = typeof fields['msg'] === 'string' ? fields['msg'] : ''
  const source = joined(fields['src'])
  const target = joined(fields['dst'])
  return deviceEvent({
    parser: name,
    received,
    time: deviceTime(fields['time'], received),
    logsource: { product: 'sonicwall', service: 'firewall', categories: ['firewall'] },
    fields,
    columns: { user: ['user', 'usr'], domain: ['dstname'], url: ['arg'] },
    kind: kindOf(said, fields),
    severity_id: severities[Number(fields['pri'])],
    outcome: outcomeOf(said, fields),
    detail: said,
    who: {
      host: addressOf(fields['fw']),
      src_ip: addressOf(source.address),
      src_port: portOf(source.port),
      dst_ip: addressOf(target.address),
      dst_port: portOf(target.port),
    },
  })
}

export const sonicwall: TextParser = {
  name,
  reads: 'text',
  does: 'reads logs of SonicWall firewalls under their own names',
  recognises: '`id=firewall sn=… time="2026-03-02 14:01:02" fw=192.0.2.1 pri=6 …`, alone or by syslog',
  recognise: (text) => /^ ?id=\S{1,64} sn=/.test(text),
  parse,
  ocsf: () => ({
    'metadata.event_code': 'm',
    'traffic.bytes_out': 'sent',
    'traffic.bytes_in': 'rcvd',
    'firewall_rule.name': 'rule',
    'finding_info.title': 'msg',
    'finding_info.uid': 'm',
  }),
}
