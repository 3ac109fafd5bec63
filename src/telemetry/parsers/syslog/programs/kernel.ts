// The kernel: packets that netfilter rules logged (iptables, nftables, UFW), and the rest of its messages.
import { ocsfClass } from '#standards'
import type { LogSource } from '../../../types.ts'
import { setField } from '../../flatten.ts'
import type { OpenFields } from '../../parser.ts'
import { addressOf, portOf } from '../../values.ts'
import { kernelPhrases } from './kernel-messages.ts'
import { linux, type LogLine, type Program, type Reading } from '../line.ts'

const firewall: LogSource = { product: 'linux', service: 'syslog', categories: ['firewall'] }

/** What the rule's prefix says about the packet's fate, in one word. */
function actionOf(prefix: string): string {
  if (/accept|allow|pass|permit/i.test(prefix)) return 'accept'
  if (/reject/i.test(prefix)) return 'reject'
  return /drop|den(?:y|ied)|block|bogus|invalid|blacklist/i.test(prefix) ? 'drop' : 'log'
}
const verbs: Readonly<Record<string, string>> = {
  accept: 'connection permitted',
  reject: 'connection refused',
  drop: 'connection dropped',
  log: 'packet logged',
}

/** `KEY=value` words; words without `=` are TCP flags. The inner packet of an ICMP error stands in brackets and is left out. */
function words(text: string): OpenFields {
  const fields: OpenFields = {}
  const flags: string[] = []
  const inner = text.indexOf('[')
  for (const word of (inner < 0 ? text : text.slice(0, inner)).split(' ')) {
    const at = word.indexOf('=')
    const key = word.slice(0, Math.max(at, 0))
    // LEN stands twice, of the packet and of its datagram.
    if (at > 0) fields[fields[key] === undefined ? key : `${String(fields['PROTO'])}_${key}`] ??= word.slice(at + 1)
    else if (/^[A-Z]{2,3}$/.test(word)) flags.push(word)
  }
  if (flags.length > 0) fields['flags'] = flags.join(' ')
  return fields
}

function read({ text }: LogLine): Reading | undefined {
  const at = text.indexOf('IN=')
  if (at < 0 || at > 200 || !text.includes(' SRC=', at)) return undefined
  const prefix = text
    .slice(0, at)
    .replace(/^\[ *\d+\.\d+\] */, '')
    .trim()
  const packet = words(text.slice(at))
  const who = {
    src_ip: addressOf(packet['SRC']),
    src_port: portOf(packet['SPT']),
    dst_ip: addressOf(packet['DST']),
    dst_port: portOf(packet['DPT']),
  }
  const action = actionOf(prefix)
  const fields = Object.assign(packet, { action, rule: prefix })
  for (const [name, value] of Object.entries(who)) if (value !== undefined) setField(fields, name, value)
  return {
    logsource: firewall,
    class_uid: ocsfClass.networkActivity,
    activity: verbs[action] ?? 'packet logged',
    detail: prefix,
    who,
    fields,
  }
}

export const kernel: Program = {
  names: ['kernel', 'ulogd', 'wireguard'],
  logsource: linux('syslog'),
  read,
  phrases: kernelPhrases,
  ocsf: {
    'connection_info.protocol_name': 'PROTO',
    'policy.name': ['rule', 'profile'],
    'tunnel_interface.name': 'interface',
  },
}
