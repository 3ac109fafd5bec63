// One line of the audit trail taken apart: `type=EXECVE msg=audit(1604996384.965:93777): argc=2 a0="arp" a1="-a"`.
import { setField } from '../flatten.ts'
import type { OpenFields } from '../parser.ts'

/** One record. Several with the same serial are one event. */
export interface AuditRecord {
  readonly node: string | undefined
  readonly type: string
  /** Milliseconds UTC. */
  readonly time: number
  readonly serial: string
  readonly fields: OpenFields
}

const head =
  /^(?:node=(?<node>\S{1,255}) )?type=(?<type>[A-Za-z0-9_[\]]{1,64}) (?:msg=)?audit\((?<seconds>\d{1,12})(?:\.(?<fraction>\d{3}))?\d{0,6}:(?<serial>\d{1,20})\): ?/

/** Types that the kernel's own messages give as numbers (linux/audit.h). */
const types: Readonly<Record<string, string>> = {
  1006: 'LOGIN', 1100: 'USER_AUTH', 1101: 'USER_ACCT', 1102: 'USER_MGMT', 1103: 'CRED_ACQ', 1104: 'CRED_DISP', 1105: 'USER_START', 1106: 'USER_END',
  1107: 'USER_AVC', 1108: 'USER_CHAUTHTOK', 1109: 'USER_ERR', 1110: 'CRED_REFR', 1111: 'USYS_CONFIG', 1112: 'USER_LOGIN', 1113: 'USER_LOGOUT', 1114: 'ADD_USER',
  1115: 'DEL_USER', 1116: 'ADD_GROUP', 1117: 'DEL_GROUP', 1123: 'USER_CMD', 1130: 'SERVICE_START', 1131: 'SERVICE_STOP', 1300: 'SYSCALL', 1302: 'PATH',
  1305: 'CONFIG_CHANGE', 1306: 'SOCKADDR', 1307: 'CWD', 1309: 'EXECVE', 1320: 'EOE', 1325: 'NETFILTER_CFG', 1326: 'SECCOMP', 1327: 'PROCTITLE',
  1330: 'KERN_MODULE', 1334: 'BPF', 1400: 'AVC', 1700: 'ANOM_PROMISCUOUS', 1701: 'ANOM_ABEND',
} // prettier-ignore

/** Fields that audit writes as hexadecimal when they hold spaces or worse. */
const maybeHex = /^(?:proctitle|name|exe|comm|cwd|cmd|acct|key|data|path|file|vm|new-disk|a\d{1,4}(?:\[\d{1,4}\])?)$/
const hexText = /^(?:[0-9A-F]{2}){2,}$/

/** Arguments of a system call are numbers; everywhere else such values are text in hexadecimal. */
function decoded(type: string, key: string, value: string): string {
  if (!maybeHex.test(key) || !hexText.test(value) || (type === 'SYSCALL' && key.startsWith('a'))) return value
  return Buffer.from(value, 'hex').toString('utf8').replace(/\0+$/, '').replaceAll('\0', ' ')
}

/** Where the name before an equals sign begins: after the last space, but not before `at`. */
function nameStart(text: string, at: number, equals: number): number {
  let start = equals
  while (start > at && text.charCodeAt(start - 1) !== 32) start--
  return start
}

/** `key=value` pairs; values may stand in quotes, and `msg='…'` holds pairs itself. */
function pairs(text: string, type: string, fields: OpenFields): void {
  for (let at = 0; at < text.length;) {
    const equals = text.indexOf('=', at)
    if (equals < 0) return
    const key = text.slice(nameStart(text, at, equals), equals)
    const mark = text[equals + 1]
    if (mark === '"' || mark === "'") {
      const found = mark === "'" && key === 'msg' ? text.lastIndexOf("'") : text.indexOf(mark, equals + 2)
      const end = found <= equals + 1 ? text.length : found
      const value = text.slice(equals + 2, end)
      if (key === 'msg') pairs(value, type, fields)
      else if (key !== '') setField(fields, key, value)
      at = end + 1
    } else {
      const found = text.indexOf(' ', equals)
      const end = found < 0 ? text.length : found
      if (key !== '') setField(fields, key, decoded(type, key, text.slice(equals + 1, end)))
      at = end + 1
    }
  }
}

/** `avc:  denied  { read write } for  pid=…`: the verdict and what was asked for. */
const avc = /^avc: {1,2}(?<avc>denied|granted) {1,2}\{ (?<permission>[^}]{1,255}) \} for /

/** Reads one line; undefined when it is no audit record. */
export function auditRecord(text: string): AuditRecord | undefined {
  const found = head.exec(text)
  const groups = found?.groups
  if (!found || !groups) return undefined
  const { node, type: said = '', seconds = '', fraction = '0', serial = '' } = groups
  const type = types[said] ?? said
  const fields: OpenFields = {}
  const body = text.slice(found[0].length)
  const refusal = avc.exec(body)?.groups
  // What auditd's enriched format adds stands after a group separator, in capitals.
  const enriched = body.indexOf('\x1d')
  pairs(enriched < 0 ? body : body.slice(0, enriched), type, fields)
  if (enriched >= 0) pairs(body.slice(enriched + 1), type, fields)
  if (refusal) Object.assign(fields, refusal)
  return { node, type, time: Number(seconds) * 1000 + Number(fraction), serial, fields }
}
