// MySQL's audit log as JSON (Enterprise, Percona): one object an event, `audit_record` around it or not.
import type { ParsedEvent } from '../../types.ts'
import { flatten } from '../flatten.ts'
import { type JsonObject, type JsonParser, makeEvent } from '../parser.ts'
import { stores } from '../syslog/acts.ts'
import type { Act } from '../syslog/line.ts'
import { anyTime } from '../times.ts'
import { accountOf, addressOf, firstOf, hostOf, isObject, textOf } from '../values.ts'

const name = 'mysql-audit'
const acts: Readonly<Record<string, Act>> = {
  connect: stores.opened, 'change user': stores.opened, disconnect: stores.closed, quit: stores.closed, query: stores.statement, execute: stores.statement,
} // prettier-ignore
const record = (object: JsonObject): JsonObject => (isObject(object['audit_record']) ? object['audit_record'] : object)

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(record(object))
  const kind = (firstOf(fields, ['event', 'name', 'command_class']) ?? '').toLowerCase()
  const code = firstOf(fields, ['status', 'connection_data.status', 'general_data.status']) ?? '0'
  const failed = code !== '0'
  const opened = kind === 'connect'
  const act: Act =
    opened && failed
      ? stores.failed
      : (acts[kind] ??
        (firstOf(fields, ['sqltext', 'general_data.query']) === undefined ? stores.message : stores.statement))
  const statement = firstOf(fields, ['sqltext', 'general_data.query', 'query'])
  const who = {
    user: accountOf(firstOf(fields, ['account.user', 'user', 'priv_user', 'login.user'])?.replace(/\[.*$/, '')),
    src_ip: addressOf(firstOf(fields, ['login.ip', 'ip'])),
    src_host: hostOf(firstOf(fields, ['account.host', 'host'])),
    process: 'mysqld',
  }
  return makeEvent(name, received, who, {
    time: anyTime(fields['timestamp']),
    logsource: { product: 'mysql', categories: ['database'] },
    class_uid: act.class_uid,
    activity_id: act.activity_id,
    activity: act.activity,
    outcome: failed ? 'failure' : 'success',
    severity_id: act.severity_id,
    detail: statement ?? textOf(fields['name']),
    fields,
  })
}

export const mysqlAudit: JsonParser = {
  name,
  reads: 'json',
  does: "reads MySQL's audit log as JSON: connections and statements",
  recognises: '`audit_record`, or `connection_id` with `class` and `event`',
  recognise: (object) => {
    const one = record(object)
    return (
      (one !== object && one['name'] !== undefined) ||
      (one['connection_id'] !== undefined && one['class'] !== undefined && one['event'] !== undefined)
    )
  },
  parse,
  ocsf: () => ({
    'actor.user.name': ['user', 'account.user'],
    'query_info.query_string': ['sqltext', 'general_data.query'],
    'database.name': ['db', 'connection_data.db'],
    status_code: 'status',
  }),
}
