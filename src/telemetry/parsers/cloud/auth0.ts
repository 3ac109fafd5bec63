// Auth0's tenant logs.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { JsonObject, OpenFields } from '../parser.ts'
import { isObject } from '../values.ts'
import { cloudParser, has, pick } from './service.ts'
import type { Act } from './verbs.ts'

/** Type codes → activity, OCSF class and activity. A code that begins with f failed, one with s went well. */
const table = `
s ss_ ssa sepft scoa f fp fu fcoa fepft limit_wc limit_mu limit_ui pwd_leak | login | authentication | 1
slo flo | logout | authentication | 2
seacft feacft sertft fertft seccft feccft sede fede fens sens ssa fsa serft fersft seotpft feotpft gd_auth_succeed gd_auth_failed gd_auth_rejected mfar fercft | token exchanged | authentication | 3
ss fs | account created | accountChange | 1
scp fcp fcpr | password changed | accountChange | 3
scpr fcpn scpn | password reset asked | accountChange | 4
sdu fdu | account deleted | accountChange | 6
sce fce scu fcu | account changed | accountChange | 99
gd_user_delete gd_unenroll | factor removed | accountChange | 11
gd_enrollment_complete gd_start_enroll | factor enrolled | accountChange | 10
limit_sul limit_wc limit_mu | account blocked | accountChange | 9
ublkdu | account unblocked | accountChange | 12
sapi fapi mgmt_api_read | management call | apiActivity | 99
`
const kinds = new Map<string, Act & { readonly activity: string }>()
for (const line of table.trim().split('\n')) {
  const [codes = '', activity = '', name = '', id = ''] = line.split('|').map((cell) => cell.trim())
  const class_uid =
    name === 'accountChange'
      ? ocsfClass.accountChange
      : name === 'apiActivity'
        ? ocsfClass.apiActivity
        : ocsfClass.authentication
  for (const code of codes.split(' '))
    if (!kinds.has(code)) kinds.set(code, { activity, class_uid, activity_id: Number(id) })
}

const good = /^(?:s[a-z]*_?|gd_auth_succeed|gd_enrollment_complete|mgmt_api_read|ublkdu)$/
const bad = /^(?:f[a-z]*|limit_\w+|pwd_leak|gd_auth_(?:failed|rejected)|w)$/
const code = (fields: OpenFields): string => pick(fields, ['data.type', 'type']) ?? ''
const both = (names: string): string =>
  `${names
    .split(' ')
    .map((name) => `data.${name}`)
    .join(' ')} ${names}`

const isLog = (object: JsonObject): boolean => {
  const data = object['data']
  if (has(object, 'log_id')) return (isObject(data) && data['type'] !== undefined) || has(object, 'type', 'date')
  return (
    has(object, 'type', 'date', 'client_id') &&
    (has(object, 'tenant_name') || has(object, 'connection') || has(object, 'user_agent'))
  )
}

export const auth0 = cloudParser({
  name: 'auth0',
  does: "reads Auth0's tenant logs, as its API and its log streams give them",
  recognises: '`log_id` with `data.type`, or `type` and `date`',
  recognise: isLog,
  columns: {
    time: both('date'),
    user: both('user_name details.request.auth.user.email details.prompts.user_name user_id client_name'),
    src_ip: both('ip'),
    domain: both('hostname'),
    target_user: both('details.request.body.email'),
  },
  logsource: { product: 'auth0', service: 'auth0', categories: [] },
  ocsf: {
    'metadata.uid': ['log_id', 'data.log_id'],
    'metadata.event_code': ['data.type', 'type'],
    'metadata.tenant_uid': ['data.tenant_name', 'tenant_name'],
    'user.uid': ['data.user_id', 'user_id'],
    'user.name': ['data.user_name', 'user_name'],
    'actor.user.uid': ['data.user_id', 'user_id'],
    'service.uid': ['data.client_id', 'client_id'],
    'service.name': ['data.client_name', 'client_name'],
    'http_request.user_agent': ['data.user_agent', 'user_agent'],
    status_detail: ['data.description', 'description', 'data.details.error.message'],
    'api.operation': ['data.details.request.path', 'data.type', 'type'],
    'session.uid': ['data.session_id', 'data.details.session_id'],
  },
  meaning(fields) {
    const type = code(fields)
    const kind = kinds.get(type)
    const outcome = bad.test(type) ? 'failure' : good.test(type) ? 'success' : undefined
    return {
      activity: `${kind?.activity ?? 'auth0 event'}${outcome === 'failure' ? ' failed' : ''}`,
      class_uid: kind?.class_uid ?? ocsfClass.authentication,
      activity_id: kind?.activity_id ?? 99,
      outcome,
      severity_id:
        type === 'pwd_leak' || type.startsWith('limit_')
          ? ocsfSeverity.medium
          : outcome === 'failure'
            ? ocsfSeverity.low
            : ocsfSeverity.informational,
      detail: [type, pick(fields, ['data.description', 'description'])].filter(Boolean).join(' '),
    }
  },
})
