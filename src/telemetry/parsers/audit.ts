// Records of the Linux audit daemon, one line each: `type=EXECVE msg=audit(1604996384.965:93777): argc=2 a0="arp" a1="-a"`.
import { ocsfClass, type OcsfClass } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { setField } from './flatten.ts'
import { type Entities, makeEvent, type OpenFields, type TextParser } from './parser.ts'
import { accountOf, addressOf, firstOf, hostOf, pidOf, portOf, processUid, textOf } from './values.ts'

const name = 'auditd'
const head =
  /^(?:node=(?<node>\S{1,255}) )?type=(?<type>[A-Z0-9_[\]]{1,64}) msg=audit\((?<seconds>\d{1,12})(?:\.(?<fraction>\d{3}))?\d*:(?<serial>\d{1,20})\): ?/

/** Fields that audit writes as hexadecimal when they hold spaces or worse. */
const maybeHex = /^(?:proctitle|name|exe|comm|cwd|cmd|acct|key|data|path|a\d{1,4}(?:\[\d+\])?)$/
const hexText = /^(?:[0-9A-F]{2}){2,}$/

/** Arguments of a system call are numbers; everywhere else such values are text in hexadecimal. */
function decoded(type: string, key: string, value: string): string {
  if (!maybeHex.test(key) || !hexText.test(value) || (type === 'SYSCALL' && key.startsWith('a'))) return value
  return Buffer.from(value, 'hex').toString('utf8').replace(/\0+$/, '').replaceAll('\0', ' ')
}

/** `key=value` pairs; values may stand in quotes, and `msg='…'` holds pairs itself. The enriched part after a group separator comes in capitals. */
function pairs(text: string, type: string, fields: OpenFields): void {
  for (let at = 0; at < text.length;) {
    const equals = text.indexOf('=', at)
    if (equals < 0) return
    const key = text.slice(text.lastIndexOf(' ', equals) < at ? at : text.lastIndexOf(' ', equals) + 1, equals).trim()
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

/** System calls that rules name, by number on x86-64 (arch c000003e). */
const calls: Readonly<Record<string, string>> = {
  2: 'open', 41: 'socket', 42: 'connect', 43: 'accept', 49: 'bind', 56: 'clone', 57: 'fork', 59: 'execve', 62: 'kill',
  82: 'rename', 86: 'link', 87: 'unlink', 90: 'chmod', 92: 'chown', 99: 'sysinfo', 101: 'ptrace', 103: 'syslog',
  133: 'mknod', 135: 'personality', 155: 'pivot_root', 159: 'adjtimex', 161: 'chroot', 165: 'mount', 175: 'init_module',
  176: 'delete_module', 257: 'openat', 263: 'unlinkat', 264: 'renameat', 268: 'fchmodat', 272: 'unshare', 308: 'setns',
  313: 'finit_module', 319: 'memfd_create', 322: 'execveat',
} // prettier-ignore

const classes: Readonly<Record<string, OcsfClass>> = {
  EXECVE: ocsfClass.processActivity,
  SYSCALL: ocsfClass.processActivity,
  PROCTITLE: ocsfClass.processActivity,
  PATH: ocsfClass.fileActivity,
  CWD: ocsfClass.fileActivity,
  USER_LOGIN: ocsfClass.authentication,
  USER_AUTH: ocsfClass.authentication,
  USER_START: ocsfClass.authentication,
  USER_END: ocsfClass.authentication,
  USER_CMD: ocsfClass.processActivity,
  ADD_USER: ocsfClass.accountChange,
  DEL_USER: ocsfClass.accountChange,
  USER_CHAUTHTOK: ocsfClass.accountChange,
  SOCKADDR: ocsfClass.networkActivity,
}

function argumentsOf(fields: OpenFields): string | undefined {
  const list: string[] = []
  for (let at = 0; at < 1024; at++) {
    const value = textOf(fields[`a${at}`])
    if (value === undefined) break
    list.push(value)
  }
  return list.length > 0 ? list.join(' ') : undefined
}

/** Reads one audit record; `envelope` gives the host when it came by syslog. */
export function auditEvent(text: string, received: number, envelopeHost?: string): ParsedEvent | undefined {
  const found = head.exec(text)
  const groups = found?.groups
  if (!found || !groups) return undefined
  const { node, type = '', seconds = '', fraction = '0', serial = '' } = groups
  const fields: OpenFields = { type, serial }
  const body = text.slice(found[0].length)
  const enriched = body.indexOf('\x1d')
  pairs(enriched < 0 ? body : body.slice(0, enriched), type, fields)
  if (enriched >= 0) pairs(body.slice(enriched + 1), type, fields)
  const call = fields['arch'] === 'c000003e' ? calls[String(fields['syscall'])] : undefined
  if (call !== undefined) fields['SYSCALL'] ??= call
  return makeEvent(name, received, whoOf(fields, type, hostOf(node) ?? envelopeHost), {
    time: Number(seconds) * 1000 + Number(fraction),
    logsource: { product: 'linux', service: 'auditd', categories: [] },
    class_uid: classes[type] ?? ocsfClass.base,
    activity: `audit ${type.toLowerCase().replaceAll('_', ' ')}`,
    fields,
  })
}

function whoOf(fields: OpenFields, type: string, host: string | undefined): Entities {
  return {
    host,
    user: accountOf(firstOf(fields, ['acct', 'AUID', 'UID'])),
    src_ip: addressOf(fields['addr']),
    dst_port: portOf(fields['dport']),
    process: firstOf(fields, ['exe', 'comm']),
    process_uid: processUid(host, pidOf(fields['pid'])),
    parent_process_uid: processUid(host, pidOf(fields['ppid'])),
    command_line: type === 'EXECVE' ? argumentsOf(fields) : firstOf(fields, ['cmd', 'proctitle']),
    file: type === 'PATH' ? textOf(fields['name']) : undefined,
  }
}

export const auditd: TextParser = {
  name,
  reads: 'text',
  does: 'reads records of the Linux audit daemon one by one, decodes hexadecimal text, names system calls',
  recognises: '`type=… msg=audit(seconds:serial): key=value …`, with or without `node=`',
  recognise: (text) => text.startsWith('type=') || text.startsWith('node='),
  parse: auditEvent,
}
