// Audit events as LAUREL writes them: one JSON object an event, a record type each a key.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import { flatten } from '../flatten.ts'
import { type Entities, type JsonObject, type JsonParser, makeEvent, type OpenFields } from '../parser.ts'
import { accountOf, firstOf, hostOf, isObject, pidOf, processUid, textOf } from '../values.ts'
import { outcomeOf, typeAct } from './acts.ts'
import { callAct } from './calls.ts'

const name = 'laurel'
const id = /^(?<seconds>\d{1,12})(?:\.(?<fraction>\d{3}))?\d{0,6}:(?<serial>\d{1,20})$/

const first = (object: JsonObject, type: string): JsonObject => {
  const value: unknown = object[type]
  const one: unknown = Array.isArray(value) ? value[0] : value
  return isObject(one) ? one : {}
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const { seconds = '0', fraction = '0', serial = '' } = id.exec(textOf(object['ID']) ?? '')?.groups ?? {}
  const types = Object.keys(object).filter(
    (key) => /^[A-Z][A-Z0-9_]{2,40}$/.test(key) && key !== 'ID' && key !== 'NODE',
  )
  const leading = types.includes('SYSCALL') ? 'SYSCALL' : (types[0] ?? '')
  const record = first(object, leading)
  const fields: OpenFields = { ...flatten(object), serial }
  const call = textOf(first(object, 'SYSCALL')['SYSCALL'])
  const act = (types.includes('EXECVE') ? typeAct('EXECVE') : undefined) ?? callAct(call) ?? typeAct(leading)
  const { class_uid, activity_id, activity, severity_id } = act ?? {
    class_uid: ocsfClass.base,
    activity: `audit ${leading.toLowerCase().replaceAll('_', ' ')}`,
  }
  const own = flatten(record)
  return makeEvent(name, received, whoOf({ object, record, own, fields }), {
    time: seconds === '0' ? undefined : Number(seconds) * 1000 + Number(fraction),
    logsource: { product: 'linux', service: 'auditd', categories: [] },
    class_uid,
    activity_id,
    activity,
    outcome: outcomeOf(own),
    severity_id,
    fields,
  })
}

interface Found {
  readonly object: JsonObject
  readonly record: JsonObject
  readonly own: OpenFields
  readonly fields: OpenFields
}

function whoOf({ object, record, own, fields }: Found): Entities {
  const host = hostOf(fields['NODE'])
  const parent = flatten(first(record, 'PPID'))
  const argv: unknown = first(object, 'EXECVE')['ARGV']
  return {
    host,
    user: accountOf(firstOf(own, ['acct', 'UID', 'AUID'])),
    process: firstOf(own, ['exe', 'comm']),
    process_uid: processUid(host, pidOf(own['pid'])),
    parent_process: firstOf(parent, ['exe', 'comm']) ?? textOf(fields['PARENT_INFO.exe']),
    parent_process_uid: processUid(host, pidOf(own['ppid'])),
    command_line: Array.isArray(argv)
      ? argv.map(String).join(' ')
      : firstOf(fields, ['PROCTITLE.ARGV', 'PROCTITLE.proctitle']),
    file: object['EXECVE'] === undefined ? textOf(first(object, 'PATH')['name']) : undefined,
  }
}

export const laurel: JsonParser = {
  name,
  reads: 'json',
  does: 'reads Linux audit events as LAUREL writes them, one JSON object an event',
  recognises: '`ID` of the form `seconds.milliseconds:serial`',
  recognise: (object) => typeof object['ID'] === 'string' && id.test(object['ID']),
  parse,
  ocsf: () => ({
    'process.working_directory': 'CWD.cwd',
    'actor.session.uid': 'SYSCALL.ses',
    'actor.user.uid': 'SYSCALL.auid',
    'process.user.uid': 'SYSCALL.uid',
    'process.tty': 'SYSCALL.tty',
    'policy.name': 'SYSCALL.key',
  }),
}
