// osquery: results of scheduled queries, differential (one row added or removed) and snapshots (all rows), and its status lines.
import { ocsfClass, type OcsfClass } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import { flatten } from '../flatten.ts'
import { type JsonObject, type JsonParser, makeEvent, type OpenFields } from '../parser.ts'
import { anyTime, longTime } from '../times.ts'
import { accountOf, addressOf, firstOf, hostOf, isObject, pidOf, portOf, processUid, textOf } from '../values.ts'

const name = 'osquery'

interface Table {
  readonly class_uid: OcsfClass
  readonly activity_id: number
  readonly activity: string
}
const inventory: Table = { class_uid: ocsfClass.inventoryInfo, activity_id: 2, activity: 'state of host' }
/** Event tables by a word of the query's name; everything else describes the state of the host. */
const tables: readonly (readonly [RegExp, Table])[] = [
  [
    /(?:^|[_/])(?:bpf_|es_)?process_(?:events|file_events)|process_exec/,
    { class_uid: ocsfClass.processActivity, activity_id: 1, activity: 'process started' },
  ],
  [/socket_events|socket_/, { class_uid: ocsfClass.networkActivity, activity_id: 1, activity: 'socket used' }],
  [/file_events|yara|fim/, { class_uid: ocsfClass.fileActivity, activity_id: 99, activity: 'file changed' }],
  [
    /user_events|last|logged_in_users|logon/,
    { class_uid: ocsfClass.authentication, activity_id: 99, activity: 'login seen' },
  ],
  [
    /crontab|scheduled_tasks|startup_items/,
    { class_uid: ocsfClass.scheduledJob, activity_id: 99, activity: 'schedule of commands seen' },
  ],
  [
    /kernel_modules|kernel_extensions|drivers/,
    { class_uid: ocsfClass.kernelExtension, activity_id: 99, activity: 'kernel module seen' },
  ],
]

const column = (fields: OpenFields, ...names: string[]): string | undefined =>
  firstOf(
    fields,
    names.flatMap((one) => [`columns.${one}`, `snapshot.${one}`]),
  )

function timeOf(fields: OpenFields): number | undefined {
  const calendar = textOf(fields['calendarTime'])
  return (
    anyTime(fields['unixTime']) ?? (calendar === undefined ? undefined : longTime(calendar)) ?? anyTime(fields['time'])
  )
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  const query = textOf(fields['name']) ?? ''
  const table = tables.find(([pattern]) => pattern.test(query))?.[1] ?? inventory
  const action = textOf(fields['action'])
  const host = hostOf(
    firstOf(fields, ['hostIdentifier', 'decorations.hostname', 'decorations.hostName', 'decorations.host_name']),
  )
  const who = {
    host,
    user: accountOf(column(fields, 'username', 'user', 'auid_name')),
    src_ip: addressOf(column(fields, 'local_address', 'address')),
    src_port: portOf(column(fields, 'local_port')),
    dst_ip: addressOf(column(fields, 'remote_address')),
    dst_port: portOf(column(fields, 'remote_port')),
    process: column(fields, 'exe', 'path', 'process_name', 'name'),
    process_uid: processUid(host, pidOf(column(fields, 'pid'))),
    parent_process_uid: processUid(host, pidOf(column(fields, 'parent'))),
    command_line: column(fields, 'cmdline', 'command'),
    file: column(fields, 'target_path', 'file_path'),
  }
  return makeEvent(name, received, who, {
    time: timeOf(fields),
    logsource: { product: 'osquery', service: 'osquery', categories: [] },
    class_uid: table.class_uid,
    activity_id: table.activity_id,
    activity: `${table.activity}${action === undefined || action === 'snapshot' ? '' : `, ${action}`}`,
    detail: query,
    fields,
  })
}

export const osquery: JsonParser = {
  name,
  reads: 'json',
  does: 'reads results of osquery: rows added and removed, snapshots; the columns of a row under `columns.…`',
  recognises: '`name` and `hostIdentifier` with `columns`, `snapshot` or `diffResults`',
  recognise: (object) =>
    typeof object['name'] === 'string' &&
    (object['hostIdentifier'] !== undefined || object['calendarTime'] !== undefined) &&
    (isObject(object['columns']) || Array.isArray(object['snapshot']) || isObject(object['diffResults'])),
  parse,
  ocsf: () => ({
    'actor.process.cmd_line': 'columns.cmdline',
    'file.path': 'columns.target_path',
    'user.uid': 'columns.uid',
    'query_info.name': 'name',
    'device.os.name': 'decorations.platform',
  }),
}
