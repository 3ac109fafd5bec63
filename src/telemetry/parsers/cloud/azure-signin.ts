// Sign-ins of Entra ID, from Graph, diagnostic settings and Log Analytics tables.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { JsonObject, OpenFields } from '../parser.ts'
import { common, lower, categoryOf, principal } from './azure-names.ts'
import { alias, cloudParser, has, type Meaning, pick } from './service.ts'
import { outcomeOf } from './verbs.ts'

/** Interrupts that are part of a login going well or not yet ended: a further factor asked, a hint to stay signed in. */
const interrupts = new Set([
  '50055',
  '50072',
  '50074',
  '50076',
  '50079',
  '50097',
  '50125',
  '50127',
  '50129',
  '50140',
  '50143',
  '50144',
  '50158',
  '50199',
  '51006',
  '52004',
  '65001',
  '81010',
  '16000',
  '16001',
  '16003',
])

const signInNames: readonly (readonly [string, string])[] = [
  ['status.errorCode', 'ResultType'],
  ['properties.status.errorCode', 'ResultType'],
  ['Status.errorCode', 'ResultType'],
  ['resultType', 'ResultType'],
  ['status.failureReason', 'ResultDescription'],
  ['properties.status.failureReason', 'ResultDescription'],
  ['resultDescription', 'ResultDescription'],
  ['authenticationRequirement', 'AuthenticationRequirement'],
  ['properties.authenticationRequirement', 'AuthenticationRequirement'],
  ['deviceDetail.trustType', 'DeviceDetail.trusttype'],
  ['properties.deviceDetail.trustType', 'DeviceDetail.trusttype'],
  ['DeviceDetail.trustType', 'DeviceDetail.trusttype'],
  ['properties.userAgent', 'userAgent'],
  ['UserAgent', 'userAgent'],
]

function signIn(fields: OpenFields): Meaning {
  const code = pick(fields, ['ResultType', 'ResultSignature'])
  const said = pick(fields, ['ResultDescription', 'properties.status.additionalDetails'])
  const number = code !== undefined && /^\d{1,7}$/.test(code)
  const outcome = number ? (code === '0' ? 'success' : 'failure') : outcomeOf(code)
  const failed = outcome === 'failure'
  return {
    activity: failed ? (interrupts.has(code ?? '') ? 'sign-in interrupted' : 'sign-in failed') : 'sign-in',
    class_uid: ocsfClass.authentication,
    activity_id: 1,
    outcome,
    severity_id: failed ? ocsfSeverity.low : ocsfSeverity.informational,
    detail: [
      pick(fields, ['appDisplayName', 'properties.appDisplayName', 'AppDisplayName']),
      failed ? code : undefined,
      failed ? said : undefined,
    ]
      .filter(Boolean)
      .join(' '),
  }
}

const isSignIn = (object: JsonObject): boolean => {
  if (categoryOf(object).endsWith('signinlogs')) return true
  if (object['riskEventType'] !== undefined) return false
  if (lower(object['operationName'] ?? object['OperationName']) === 'sign-in activity') return true
  if (
    has(object, 'createdDateTime') &&
    (has(object, 'appDisplayName') || has(object, 'conditionalAccessStatus')) &&
    (has(object, 'status') || has(object, 'clientAppUsed'))
  )
    return true
  if (has(object, 'appDisplayName', 'userPrincipalName', 'status')) return true
  return (
    has(object, 'ResultType', 'AppDisplayName') &&
    (has(object, 'UserPrincipalName') || has(object, 'ServicePrincipalName'))
  )
}

export const azureSignIn = cloudParser({
  name: 'azure-signin',
  does: 'reads sign-ins of Entra ID: interactive or not, of people, service principals and managed identities',
  recognises:
    'a category that ends in `SignInLogs`, `operationName` Sign-in activity, or the fields of such a record from Graph or Log Analytics',
  recognise: isSignIn,
  columns: {
    time: 'properties.createdDateTime createdDateTime CreatedDateTime time TimeGenerated eventTime p_event_time',
    user: principal,
    src_ip: 'ipAddress properties.ipAddress IPAddress callerIpAddress CallerIpAddress',
    src_host: 'deviceDetail.displayName properties.deviceDetail.displayName DeviceDetail.displayName',
    dst_host: 'resourceDisplayName properties.resourceDisplayName ResourceDisplayName',
  },
  logsource: { product: 'azure', service: 'signinlogs', categories: [] },
  ocsf: {
    ...common,
    'http_request.user_agent': 'userAgent',
    'service.name': ['appDisplayName', 'properties.appDisplayName', 'AppDisplayName'],
    'service.uid': ['appId', 'properties.appId', 'AppId'],
    'user.uid': ['userId', 'properties.userId', 'UserId'],
    'user.name': ['userPrincipalName', 'properties.userPrincipalName', 'UserPrincipalName'],
    'user.full_name': ['userDisplayName', 'properties.userDisplayName', 'UserDisplayName'],
    'actor.user.uid': ['userId', 'properties.userId', 'UserId'],
    'device.name': ['deviceDetail.displayName', 'properties.deviceDetail.displayName'],
    'device.os.name': ['deviceDetail.operatingSystem', 'properties.deviceDetail.operatingSystem'],
    'src_endpoint.location.country': ['location.countryOrRegion', 'properties.location.countryOrRegion', 'Location'],
    'src_endpoint.location.city': ['location.city', 'properties.location.city'],
    status_code: 'ResultType',
    status_detail: 'ResultDescription',
    auth_protocol: ['authenticationProtocol', 'properties.authenticationProtocol', 'AuthenticationProtocol'],
    'session.uid': ['properties.sessionId', 'sessionId', 'SessionId'],
  },
  add: (fields) => alias(fields, signInNames),
  meaning: signIn,
})
