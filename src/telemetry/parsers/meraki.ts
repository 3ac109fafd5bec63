// Cisco Meraki: `1 1772460062.123456789 MX84 flows src=… dst=… pattern: allow all`.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { deviceEvent, type DeviceKind, finding, joined, logon, message, traffic, webVisit } from './device.ts'
import { pairsOf } from './pairs.ts'
import type { Entities, OpenFields, TextParser } from './parser.ts'
import { addressOf, firstOf, hostOf, portOf, textOf } from './values.ts'
import { hostIn, set } from './web/request.ts'

const name = 'meraki'
const head =
  /^(?:<\d{1,3}>)?(?:1 )?(\d{9,10}\.\d{1,9}) ([\w.:-]{1,128}) (flows|firewall|vpn_firewall|cellular_firewall|bridge_anyconnect_client_vpn_firewall|urls|ids-alerts|security_event|security_filtering_file_scanned|security_filtering_disposition_change|events|airmarshal_events|ip_flow_start|ip_flow_end|anyconnect_vpn_\w{1,40})(?: |$)/
const pattern = / pattern: (.{1,512})$/
const verdict = /(?:pattern: |^)(allow|deny|1|0)\b/
const request = / request: (\S{1,32}) (\S{1,8192})/

function kindOf(type: string, fields: OpenFields): DeviceKind {
  if (type === 'urls') return webVisit
  if (/^(?:ids|security|airmarshal)/.test(type)) return finding('attack seen')
  if (type === 'events')
    return /auth|association|8021x|vpn|login/.test(String(fields['type'] ?? ''))
      ? logon(String(fields['type']))
      : message(String(fields['type'] ?? 'device message'))
  if (type === 'ip_flow_end') return { ...traffic, activity: 'flow ended', activity_id: 2 }
  return type === 'ip_flow_start' ? { ...traffic, activity: 'flow began', activity_id: 1 } : traffic
}

function outcomeOf(type: string, said: string): 'success' | 'failure' | undefined {
  if (type === 'urls') return undefined
  const found = verdict.exec(said)?.[1]
  if (found !== undefined) return found === 'allow' || found === '0' ? 'success' : 'failure'
  return /decision=blocked|disposition=malicious action=block/.test(said) ? 'failure' : undefined
}

const isV6 = (value: unknown): boolean => typeof value === 'string' && /^\[|::/.test(value)
const endOf = (value: unknown): { readonly address?: string; readonly port?: string } =>
  isV6(value) ? { address: String(value) } : joined(value)

function whoOf(fields: OpenFields, device: string, url: string | undefined): Entities {
  const source = endOf(fields['src'])
  const target = endOf(fields['dst'])
  return {
    host: hostOf(device),
    src_ip: addressOf(source.address) ?? addressOf(fields['client_ip']),
    src_port: portOf(fields['sport']) ?? portOf(source.port),
    dst_ip: addressOf(target.address),
    dst_port: portOf(fields['dport']) ?? portOf(target.port),
    domain: hostIn(url),
    url,
  }
}

function fieldsOf(said: string, type: string, device: string): OpenFields {
  const fields = pairsOf(said)
  Object.assign(fields, { event: type, device })
  set(fields, 'pattern', pattern.exec(said)?.[1])
  set(fields, 'cs-method', request.exec(said)?.[1])
  set(fields, 'c-uri', request.exec(said)?.[2])
  set(fields, 'message', /message: (.{1,2048})$/.exec(said)?.[1])
  return fields
}

function parse(text: string, received: number): ParsedEvent | undefined {
  const found = head.exec(text)
  if (!found) return undefined
  const [all, when = '', device = '', type = ''] = found
  const said = text.slice(all.length, all.length + 16_384)
  const fields = fieldsOf(said, type, device)
  const kind = kindOf(type, fields)
  const isFlow = kind.class_uid === ocsfClass.networkActivity
  return deviceEvent({
    parser: name,
    received,
    time: Math.round(Number(when) * 1000),
    logsource: {
      product: 'meraki',
      service: type,
      categories: type === 'urls' ? ['proxy'] : isFlow ? ['firewall'] : [],
    },
    fields,
    columns: { user: ['identity', 'user', 'user_id'] },
    kind,
    outcome: outcomeOf(type, said),
    detail: firstOf(fields, ['c-uri', 'message', 'signature', 'pattern']),
    who: whoOf(fields, device, textOf(fields['c-uri'])),
  })
}

export const meraki: TextParser = {
  name,
  reads: 'text',
  does: 'reads flows, firewalls, requests, alerts and events of Cisco Meraki',
  recognises: '`1 1772460062.123456789 MX84 flows src=… dst=… …`, with or without a syslog envelope',
  recognise: (text) => head.test(text.slice(0, 300)),
  parse,
  ocsf: () => ({
    'connection_info.protocol_name': 'protocol',
    'firewall_rule.name': 'pattern',
    'src_endpoint.mac': 'mac',
    'http_request.http_method': 'cs-method',
    'http_request.url.url_string': 'c-uri',
    'http_request.user_agent': 'agent',
    'finding_info.title': ['message', 'signature', 'type'],
    'finding_info.uid': ['signature', 'type'],
  }),
}
