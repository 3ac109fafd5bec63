// Programs that keep passwords and identities: Keycloak's events, Vaultwarden and Bitwarden, Authelia's text log.
import { isoTime } from '../../times.ts'
import { accounts, logins } from '../acts.ts'
import { type Act, type LogLine, type Program, type Reading, readPhrases, whoOf } from '../line.ts'
import { ocsfClass } from '#standards'
import type { OpenFields } from '../../parser.ts'

const keycloakSource = { product: 'keycloak', service: 'keycloak', categories: ['application'] }
const acts: Readonly<Record<string, Act>> = {
  LOGIN: logins.accepted, LOGIN_ERROR: logins.failed, LOGOUT: logins.closed, LOGOUT_ERROR: logins.closed, REGISTER: accounts.created,
  UPDATE_PASSWORD: accounts.password, RESET_PASSWORD: accounts.password, CODE_TO_TOKEN: logins.opened, CLIENT_LOGIN: logins.accepted,
  CLIENT_LOGIN_ERROR: logins.failed, IMPERSONATE: logins.switched, UPDATE_PROFILE: accounts.changed, REMOVE_TOTP: accounts.changed,
  USER_DISABLED_BY_TEMPORARY_LOCKOUT: accounts.locked, USER_DISABLED_BY_PERMANENT_LOCKOUT: accounts.locked,
} // prettier-ignore
const pair = /(?<key>[A-Za-z_][\w.]{0,63})=(?:"(?<quoted>[^"]{0,2048})"|(?<plain>[^,]{0,2048}))(?:, |$)/g

/** The pairs of an event; none of another message. */
function pairsOf(said: string): OpenFields {
  const pairs: OpenFields = {}
  if (!/^(?:type|operationType)="?[A-Z]/.test(said)) return pairs
  for (const { groups = {} } of said.matchAll(pair)) {
    const { key = '', quoted, plain = '' } = groups
    pairs[key] = quoted ?? plain
  }
  return pairs
}

/** What an event of this type is, where the table does not say. */
const otherAct = (type: string, failed: boolean): Act => ({
  activity: type === '' ? 'message' : type.toLowerCase().replaceAll('_', ' '),
  class_uid: type === '' ? ocsfClass.base : ocsfClass.authentication,
  activity_id: 99,
  ...(failed ? { outcome: 'failure' } : {}),
})

/** `WARN  [org.keycloak.events] (executor-thread-1) type=LOGIN_ERROR, realmId=…, ipAddress=…` */
function readKeycloak({ text }: LogLine): Reading | undefined {
  const found = /^(?<level>[A-Z]{4,5}) {1,4}\[(?<logger>[^\]]{1,255})\] \((?<thread>[^)]{1,255})\) (?<said>.*)$/s.exec(
    text,
  )?.groups
  if (!found) return undefined
  const { said = '', ...fields }: Record<string, string | undefined> = found
  const pairs = pairsOf(said)
  const { username = '', ipAddress = '', redirect_uri = '' } = pairs
  const who = whoOf({ user: username, src_ip: ipAddress, url: redirect_uri })
  const type = String(pairs['type'] ?? pairs['operationType'] ?? '')
  const other = otherAct(type, pairs['error'] !== undefined)
  const all = { ...pairs }
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) all[key] ??= value
  return { ...(acts[type] ?? other), logsource: keycloakSource, detail: said, who, fields: all }
}

export const keycloak: Program = {
  names: ['keycloak', 'kc.sh'],
  logsource: keycloakSource,
  read: readKeycloak,
  files: [
    {
      head: /^(?<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?=[A-Z]{4,5} {1,4}\[(?:org\.key|io\.quarkus|org\.infinispan|org\.jgroups|org\.hibernate)[^\]]{0,255}\] \()/,
      time: isoTime,
    },
  ],
  ocsf: {
    'user.name': 'username',
    'user.uid': 'userId',
    auth_protocol: 'auth_method',
    status_detail: 'error',
    'session.uid': 'code_id',
  },
}

const vault = { product: 'vaultwarden', categories: ['application'] }
export const vaultwarden: Program = {
  names: ['vaultwarden', 'bitwarden_rs', 'bitwarden'],
  logsource: vault,
  read: ({ text }) =>
    readPhrases(
      [
        {
          match:
            /^(?:\[(?<logger>[\w:]{1,128})\]\[(?<level>\w{1,8})\] |\[(?<short>[A-Z]{3})\] )?(?:Username or password is incorrect|Invalid admin token|Token is invalid|Invalid TOTP code|Failed login attempt|This user has been disabled|Email or password is incorrect)[!.,]?(?<reason>.{0,255}?)[.!]? ?(?:IP: )?(?<src_ip>[0-9A-Fa-f:]{2,40}|\d{1,3}(?:\.\d{1,3}){3})(?:\. Username: (?<user>\S{1,255}?))?\.?$/,
          ...logins.failed,
        },
        {
          match:
            /^(?:\[(?<logger>[\w:]{1,128})\]\[(?<level>\w{1,8})\] )?User (?<user>\S{1,255}) logged in successfully(?: with \w+)?\. IP: (?<src_ip>[0-9A-Fa-f:.]{2,45}?)\.?$/,
          ...logins.accepted,
        },
        {
          match: /^(?:\[(?<logger>[\w:]{1,128})\]\[(?<level>\w{1,8})\] |\[(?<short>[A-Z]{3})\] )(?<what>.*)/s,
          activity: 'message',
          class_uid: ocsfClass.base,
        },
      ],
      text,
      vault,
    ),
  files: [
    {
      head: /^\[(?<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})?)\](?=\[[\w:]{1,128}\]\[[A-Z]{4,5}\] )/,
      time: isoTime,
    },
    { head: /^(?<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [+-]\d\d:\d\d) (?=\[[A-Z]{3}\] )/, time: isoTime },
  ],
  ocsf: { 'user.name': 'user', status_detail: 'reason' },
}
