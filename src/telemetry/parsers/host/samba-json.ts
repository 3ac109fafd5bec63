// Samba's JSON audit lines (log level auth_json_audit and its kin): logins, authorisations, changes of passwords, groups and the directory.
import type { ParsedEvent } from '../../types.ts'
import { flatten } from '../flatten.ts'
import { type JsonObject, type JsonParser, makeEvent } from '../parser.ts'
import { accounts, logins } from '../syslog/acts.ts'
import type { Act } from '../syslog/line.ts'
import { isoTime } from '../times.ts'
import { accountOf, addressOf, firstOf, isObject, portOf, textOf } from '../values.ts'

const name = 'samba-json'
const kinds: Readonly<Record<string, Act>> = {
  Authentication: logins.accepted, Authorization: logins.opened, 'KDC Authorization': logins.opened, passwordChange: accounts.password,
  groupChange: accounts.groupChanged, dsdbChange: { ...accounts.changed, activity: 'directory changed' },
} // prettier-ignore

/** `ipv4:192.0.2.4:44890` */
function endpoint(value: unknown): { ip: string | undefined; port: number | undefined } {
  const text = (textOf(value) ?? '').replace(/^ipv[46]:/, '')
  const at = text.lastIndexOf(':')
  return { ip: addressOf(text.slice(0, Math.max(at, 0))), port: portOf(text.slice(at + 1)) }
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  const kind = textOf(fields['type']) ?? ''
  const status = firstOf(fields, [`${kind}.status`, `${kind}.statusCode`])
  const failed = status !== undefined && !/^(?:NT_STATUS_OK|Success|0)$/.test(status)
  const act: Act = failed && kind === 'Authentication' ? logins.failed : (kinds[kind] ?? logins.opened)
  const [remote, local] = [endpoint(fields[`${kind}.remoteAddress`]), endpoint(fields[`${kind}.localAddress`])]
  const who = {
    user: accountOf(firstOf(fields, [`${kind}.clientAccount`, `${kind}.account`, `${kind}.user`, `${kind}.userSid`])),
    target_user: accountOf(firstOf(fields, [`${kind}.mappedAccount`, `${kind}.dn`])),
    src_ip: remote.ip,
    src_port: remote.port,
    dst_ip: local.ip,
    dst_port: local.port,
    process: 'samba',
  }
  return makeEvent(name, received, who, {
    time: isoTime(textOf(fields['timestamp']) ?? ''),
    logsource: { product: 'linux', service: 'samba', categories: [] },
    class_uid: act.class_uid,
    activity_id: act.activity_id,
    activity: act.activity,
    outcome: failed ? 'failure' : 'success',
    severity_id: act.severity_id,
    detail: status,
    fields,
  })
}

export const sambaJson: JsonParser = {
  name,
  reads: 'json',
  does: "reads Samba's JSON audit lines: logins, changes of passwords, groups and the directory",
  recognises: '`timestamp`, `type` and an object of that type with a `version`',
  recognise: (object) => {
    const own = typeof object['type'] === 'string' ? object[object['type']] : undefined
    return typeof object['timestamp'] === 'string' && isObject(own) && isObject(own['version'])
  },
  parse,
  ocsf: () => ({
    auth_protocol: ['Authentication.authDescription', 'Authorization.authType'],
    status_code: 'Authentication.status',
    'src_endpoint.name': 'Authentication.workstation',
  }),
}
