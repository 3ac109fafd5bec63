// Events of the Linux audit daemon: one record, or several lines of one serial joined (SYSCALL, EXECVE, CWD, PATH, PROCTITLE …).
import { ocsfClass } from '#standards'
import type { ParsedEvent, Scalar } from '../../types.ts'
import { setField } from '../flatten.ts'
import { type Entities, makeEvent, type OpenFields, type TextParser } from '../parser.ts'
import type { Act } from '../syslog/line.ts'
import { accountOf, addressOf, firstOf, hostOf, pidOf, portOf, processUid, textOf } from '../values.ts'
import { outcomeOf, typeAct } from './acts.ts'
import { callAct, callName } from './calls.ts'
import { type AuditRecord, auditRecord } from './record.ts'
import { socketEntities } from './socket.ts'

const name = 'auditd'
/** More records than an event of audit can have; what follows is left to the raw text. */
const mostRecords = 512

/** The records of a text, one a line; lines that are none are passed over, unless the first is none. */
function recordsOf(text: string): AuditRecord[] {
  const list: AuditRecord[] = []
  for (const line of text.split('\n', mostRecords)) {
    const record = auditRecord(line.endsWith('\r') ? line.slice(0, -1) : line)
    if (record) list.push(record)
    else if (list.length === 0) return []
  }
  return list
}

const listOf = (value: OpenFields[string] | undefined): Scalar[] =>
  value === undefined ? [] : typeof value === 'object' && value !== null ? [...value] : [value]

/** Registers of the system call give way to the arguments of the program under the names a0, a1 … that rules use. */
const register = /^a[0-3]$/

/** All fields of an event. What several PATH records say is a list each; what differs otherwise is one too. */
function joined(records: readonly AuditRecord[]): OpenFields {
  const fields: OpenFields = {}
  const paths = records.filter(({ type }) => type === 'PATH').length
  const hasArguments = records.some(({ type }) => type === 'EXECVE')
  for (const { type, fields: own } of records) {
    for (const [key, value] of Object.entries(own)) {
      const target = type === 'SYSCALL' && hasArguments && register.test(key) ? `SYSCALL.${key}` : key
      const before = fields[target]
      if (before === undefined) setField(fields, target, type === 'PATH' && paths > 1 ? listOf(value) : value)
      else if ((type === 'PATH' && paths > 1) || before !== value)
        setField(fields, target, [...listOf(before), ...listOf(value)])
    }
  }
  return fields
}

/** Arguments of a program: a0, a1 …, long ones in pieces a1[0], a1[1] …. */
function argumentsOf(fields: OpenFields): string | undefined {
  const list: string[] = []
  for (let at = 0; at < 1024; at++) {
    const whole = fields[`a${at}`]
    if (whole !== undefined) list.push(String(whole))
    else if (fields[`a${at}[0]`] === undefined) break
    else {
      let text = ''
      for (let part = 0; fields[`a${at}[${part}]`] !== undefined; part++) text += String(fields[`a${at}[${part}]`])
      list.push(text)
    }
  }
  return list.length > 0 ? list.join(' ') : undefined
}

/** The file an event is about: the last path that is not the folder around it, made whole by the working directory. */
function fileOf(records: readonly AuditRecord[]): string | undefined {
  const paths = records.filter(({ type }) => type === 'PATH')
  const path = paths.findLast(({ fields }) => fields['nametype'] !== 'PARENT') ?? paths.at(-1)
  const file = textOf(path?.fields['name'])
  const cwd = textOf(records.find(({ type }) => type === 'CWD')?.fields['cwd'])
  return file === undefined || file === '(null)' || file.startsWith('/') || cwd === undefined
    ? file
    : `${cwd.replace(/\/$/, '')}/${file}`
}

const unset = /^(?:unset|\?|\(unknown\)|unknown\(\d+\)|4294967295|-1)$/
const account = (value: unknown): string | undefined => {
  const text = accountOf(value)
  return text === undefined || unset.test(text) ? undefined : text
}

/** Types that speak of an account other than the one who acts. */
const aboutAccounts =
  /^(?:ADD_USER|DEL_USER|USER_MGMT|ACCT_LOCK|ACCT_UNLOCK|USER_CHAUTHTOK|ADD_GROUP|DEL_GROUP|GRP_MGMT|GRP_CHAUTHTOK)$/

function usersOf(fields: OpenFields, type: string): Pick<Entities, 'user' | 'target_user'> {
  const acting = account(fields['AUID']) ?? account(fields['UID']) ?? (fields['uid'] === '0' ? 'root' : undefined)
  const named =
    account(fields['acct']) ?? (aboutAccounts.test(type) ? (account(fields['ID']) ?? account(fields['id'])) : undefined)
  if (aboutAccounts.test(type)) return { user: account(fields['AUID']) ?? named, target_user: named }
  if (type === 'USER_CMD') return { user: account(fields['AUID']) ?? named ?? acting }
  return { user: named ?? acting }
}

const withoutSpaces = (type: string): string => `audit ${type.toLowerCase().replaceAll('_', ' ')}`
/** Records that only add to others: the first of the other types names the event. */
const additions = new Set([
  'CWD',
  'PATH',
  'PROCTITLE',
  'EOE',
  'SOCKADDR',
  'EXECVE',
  'OBJ_PID',
  'FD_PAIR',
  'BPRM_FCAPS',
  'MMAP',
  'IPC',
])

/** What was done: by the system call where there is one, else by the type of the record that leads. */
function actOf(type: string, call: string | undefined, types: readonly string[]): Act {
  if (types.length > 1 && types.includes('EXECVE')) return typeAct('EXECVE') ?? noAct(type)
  const known = type === 'SYSCALL' ? (callAct(call) ?? typeAct(type)) : typeAct(type)
  if (types.length > 1) return known ?? noAct(type)
  // One record alone is called by its type: nothing says what the others were.
  return { ...(known ?? noAct(type)), activity: withoutSpaces(type) }
}
const noAct = (type: string): Act => ({ activity: withoutSpaces(type), class_uid: ocsfClass.base })

/** Reads one audit event; `envelope` gives the host when it came by syslog. */
export function auditEvent(text: string, received: number, envelopeHost?: string): ParsedEvent | undefined {
  const records = recordsOf(text)
  const leading = records.find(({ type }) => !additions.has(type)) ?? records[0]
  if (!leading) return undefined
  const types = records.map(({ type }) => type)
  const fields: OpenFields = { type: types.length === 1 ? leading.type : [...new Set(types)], serial: leading.serial }
  Object.assign(fields, joined(records), { type: fields['type'], serial: leading.serial })
  const call = textOf(fields['SYSCALL']) ?? callName(fields['arch'], fields['syscall'])
  if (call !== undefined) fields['SYSCALL'] = call
  const act = actOf(leading.type, call, types)
  const outcome = outcomeOf(fields)
  return makeEvent(
    name,
    received,
    whoOf({ fields, records, type: leading.type, call, host: hostOf(leading.node) ?? envelopeHost }),
    {
      time: leading.time,
      logsource: { product: 'linux', service: 'auditd', categories: [] },
      class_uid: act.class_uid,
      activity_id: act.activity_id,
      activity: act.activity,
      outcome,
      severity_id: outcome === 'failure' ? (act.severity_id ?? 2) : act.severity_id,
      fields,
    },
  )
}

interface Found {
  readonly fields: OpenFields
  readonly records: readonly AuditRecord[]
  readonly type: string
  readonly call: string | undefined
  readonly host: string | undefined
}

function whoOf({ fields, records, type, call, host }: Found): Entities {
  const hasArguments = records.some((record) => record.type === 'EXECVE')
  const started = hasArguments || call === 'execve' || call === 'execveat'
  return {
    host,
    ...usersOf(fields, type),
    src_ip: addressOf(fields['addr']),
    src_host:
      addressOf(fields['hostname']) === undefined && fields['hostname'] !== '?'
        ? hostOf(fields['hostname'])
        : undefined,
    dst_port: portOf(fields['dport']),
    ...socketEntities(fields['saddr'], call),
    process: firstOf(fields, ['exe', 'comm']),
    process_uid: processUid(host, pidOf(fields['pid'])),
    parent_process_uid: processUid(host, pidOf(fields['ppid'])),
    command_line: hasArguments ? argumentsOf(fields) : firstOf(fields, ['cmd', 'proctitle']),
    file: started ? undefined : (fileOf(records) ?? (type === 'AVC' ? firstOf(fields, ['path', 'name']) : undefined)),
  }
}

export const auditd: TextParser = {
  name,
  reads: 'text',
  does: 'reads events of the Linux audit daemon, one record or all records of an event joined; decodes hexadecimal text and socket addresses, names system calls, reads the enriched format',
  recognises:
    '`type=… msg=audit(seconds:serial): key=value …`, with or without `node=`; further lines of the same serial belong to it',
  recognise: (text) => text.startsWith('type=') || text.startsWith('node='),
  parse: auditEvent,
  ocsf: () => ({
    'actor.process.cmd_line': 'proctitle',
    'actor.process.tty': 'tty',
    'actor.session.uid': 'ses',
    'actor.user.uid': 'auid',
    'process.user.uid': 'uid',
    'process.working_directory': 'cwd',
    auth_protocol: 'op',
    'user.uid': 'id',
    'session.terminal': 'terminal',
    'policy.name': 'key',
  }),
}
