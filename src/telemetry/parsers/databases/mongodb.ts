// MongoDB's structured log (from 4.4), one object a line: {"t":{"$date":…},"s":"I","c":"ACCESS","id":20249,"ctx":"conn1","msg":…,"attr":{…}}.
import { ocsfSeverity, type OcsfSeverity } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import { flatten } from '../flatten.ts'
import { type JsonObject, type JsonParser, makeEvent } from '../parser.ts'
import { stores } from '../syslog/acts.ts'
import type { Act } from '../syslog/line.ts'
import { anyTime } from '../times.ts'
import { accountOf, addressOf, firstOf, isObject, portOf, textOf } from '../values.ts'

const name = 'mongodb'
const severities: Readonly<Record<string, OcsfSeverity>> = {
  F: ocsfSeverity.critical,
  E: ocsfSeverity.low,
  W: ocsfSeverity.low,
}
/** What messages mean, by their words: ids change with versions. */
const acts: readonly (readonly [RegExp, Act])[] = [
  [
    /^(?:Authentication failed|Failed to authenticate|Supported SASL mechanisms requested for unknown user)/i,
    stores.failed,
  ],
  [/^(?:Authentication succeeded|Successfully authenticated)/i, stores.accepted],
  [/^Connection accepted/i, stores.connected],
  [/^Connection ended|^End connection/i, stores.closed],
  [/^Slow query|^client metadata/i, stores.statement],
  [/^Unauthorized|not authorized/i, stores.refused],
]

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  const said = textOf(fields['msg']) ?? ''
  const act: Act = acts.find(([pattern]) => pattern.test(said))?.[1] ?? stores.message
  const remote = firstOf(fields, ['attr.remote', 'attr.client', 'attr.remoteAddress']) ?? ''
  const at = remote.lastIndexOf(':')
  const who = {
    user: accountOf(firstOf(fields, ['attr.principalName', 'attr.user', 'attr.user.user'])),
    src_ip: addressOf(at < 0 ? remote : remote.slice(0, at)),
    src_port: at < 0 ? undefined : portOf(remote.slice(at + 1)),
    process: 'mongod',
  }
  return makeEvent(name, received, who, {
    time: anyTime(fields['t.$date']),
    logsource: { product: 'mongodb', categories: ['database'] },
    class_uid: act.class_uid,
    activity_id: act.activity_id,
    activity: act.activity,
    outcome: act.outcome,
    severity_id: severities[String(fields['s'])] ?? act.severity_id,
    detail: said,
    fields,
  })
}

export const mongodb: JsonParser = {
  name,
  reads: 'json',
  does: "reads MongoDB's structured log: connections, logins, slow queries",
  recognises: '`t.$date` with `s`, `c` and `msg`',
  recognise: (object) =>
    isObject(object['t']) &&
    object['t']['$date'] !== undefined &&
    object['msg'] !== undefined &&
    object['c'] !== undefined,
  parse,
  ocsf: () => ({
    'actor.user.name': ['attr.principalName', 'attr.user'],
    'database.name': ['attr.authenticationDatabase', 'attr.db', 'attr.ns'],
    auth_protocol: 'attr.mechanism',
    status_detail: 'attr.error',
  }),
}
