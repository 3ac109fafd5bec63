// AWS CloudTrail records: fields under their dotted names, as Sigma's cloudtrail rules use them.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { JsonObject, OpenFields } from '../parser.ts'
import { accountOf, addressOf, firstOf, isObject, textOf } from '../values.ts'
import { cloudParser, has, type Meaning } from './service.ts'
import { actOf, type Act } from './verbs.ts'

/** Session names that machines choose say nothing about a person: then the role is the actor. */
const machineSession = /^(?:i-[0-9a-f]{8,17}|\d{10,}|[0-9a-f-]{32,36}|aws-sdk-\S*|botocore-session-\S*)$/
const session = /:(assumed-role|user|federated-user)\/([^/]{1,255})(?:\/(.{1,255}))?$/

/** Who called: the IAM user, the person of a session, the role of a machine, the service, `root`. */
function actorOf(fields: OpenFields): string | undefined {
  const [, kind = '', role, named] = session.exec(textOf(fields['userIdentity.arn']) ?? '') ?? []
  if (kind === 'assumed-role') return accountOf(named === undefined || machineSession.test(named) ? role : named)
  const user = firstOf(fields, ['userIdentity.userName', 'userIdentity.onBehalfOf.userId', 'userIdentity.invokedBy'])
  if (user !== undefined && fields['userIdentity.type'] !== 'Root') return accountOf(user)
  if (fields['userIdentity.type'] === 'Root') return 'root'
  const issuer = firstOf(fields, ['userIdentity.sessionContext.sessionIssuer.userName'])
  // A console login by a name that does not exist, or through single sign-on, says who only in what was asked.
  const asked = firstOf(fields, ['additionalEventData.UserName', 'userIdentity.principalId', 'userIdentity.accountId'])
  return accountOf(named ?? role ?? issuer ?? asked)
}

/** Some rules look into the whole of these; they are kept as JSON text beside their parts. */
const whole = ['requestParameters', 'responseElements'] as const

/** The object or bucket a call was about. */
function objectOf(fields: OpenFields): string | undefined {
  const bucket = textOf(fields['requestParameters.bucketName'])
  const key = textOf(fields['requestParameters.key'])
  return bucket === undefined ? undefined : `s3://${bucket}${key === undefined ? '' : `/${key}`}`
}

const iam = new Set([
  'iam.amazonaws.com',
  'sso-directory.amazonaws.com',
  'identitystore.amazonaws.com',
  'cognito-idp.amazonaws.com',
])
const refusedLogin = (fields: OpenFields): boolean => fields['responseElements.ConsoleLogin'] === 'Failure'
const isLogin = (name: string | undefined): boolean =>
  name === 'ConsoleLogin' ||
  name === 'UserAuthentication' ||
  name === 'CredentialChallenge' ||
  name === 'CredentialVerification'

/** Class and activity of a call: IAM's are about accounts and groups, taking a role or token is authentication. */
function actOfCall(fields: OpenFields): Act {
  const call = textOf(fields['eventName'])
  if (isLogin(call))
    return { class_uid: ocsfClass.authentication, activity_id: call === 'CredentialChallenge' ? 99 : 1 }
  const source = textOf(fields['eventSource']) ?? ''
  const act = actOf(call)
  if (source === 'signin.amazonaws.com' || source === 'sts.amazonaws.com' || iam.has(source)) return act
  return act.class_uid === ocsfClass.apiActivity
    ? act
    : {
        class_uid: ocsfClass.apiActivity,
        activity_id: actOf(call?.replace(/User|Group|Password|Role|Login/g, '')).activity_id,
      }
}

function insight(fields: OpenFields): Meaning {
  const name = textOf(fields['insightDetails.eventName'])
  return {
    activity: `unusual rate of calls ${textOf(fields['insightDetails.state']) === 'End' ? 'ended' : 'seen'}`,
    class_uid: ocsfClass.detectionFinding,
    activity_id: textOf(fields['insightDetails.state']) === 'End' ? 3 : 1,
    severity_id: ocsfSeverity.medium,
    detail: [textOf(fields['insightDetails.insightType']), name].filter(Boolean).join(' '),
  }
}

/** A login to the console, or any other call; and whether it was refused. */
function meaning(fields: OpenFields): Meaning {
  if (fields['digestStartTime'] !== undefined)
    return { activity: 'digest of log files', class_uid: ocsfClass.base, activity_id: 99 }
  if (fields['eventType'] === 'AwsCloudTrailInsight') return insight(fields)
  const login = fields['eventName'] === 'ConsoleLogin'
  const failed =
    textOf(fields['errorCode']) !== undefined ||
    (login && refusedLogin(fields)) ||
    (login && textOf(fields['errorMessage']) !== undefined)
  const service = (textOf(fields['eventSource']) ?? '').replace(/\.amazonaws\.com$/, '')
  return {
    ...actOfCall(fields),
    activity: `${login ? 'console login' : 'cloud API call'}${failed ? (login ? ' failed' : ' refused') : ''}`,
    severity_id: failed ? ocsfSeverity.low : ocsfSeverity.informational,
    outcome: failed ? 'failure' : 'success',
    detail: [service, textOf(fields['eventName']), textOf(fields['errorCode']), objectOf(fields)]
      .filter(Boolean)
      .join(' '),
  }
}

/** What only CloudTrail records have, however little of one is left. */
function isRecord(object: JsonObject): boolean {
  if (has(object, 'digestStartTime', 'digestS3Bucket')) return true
  if (has(object, 'eventVersion', 'insightDetails')) return true
  const [source, name] = [object['eventSource'], object['eventName']]
  if (typeof name !== 'string' || object['eventService'] !== undefined) return false
  if (typeof source === 'string')
    return (
      object['eventVersion'] !== undefined || source.endsWith('.amazonaws.com') || object['awsRegion'] !== undefined
    )
  return object['eventType'] === 'AwsApiCall' || isObject(object['userIdentity'])
}

export const cloudtrail = cloudParser({
  name: 'cloudtrail',
  does: 'reads AWS CloudTrail records; the user is the IAM user, the person of a session, or the role of a machine',
  recognises: '`eventVersion` with `eventSource` and `eventName`; Insights; digests',
  recognise: isRecord,
  columns: {
    time: 'eventTime @timestamp digestEndTime p_event_time',
    target_user: 'requestParameters.userName requestParameters.user responseElements.user.userName',
    src_ip: 'sourceIPAddress',
    dst_host: 'tlsDetails.clientProvidedHostHeader',
  },
  logsource: { product: 'aws', service: 'cloudtrail', categories: [] },
  ocsf: {
    'api.operation': 'eventName',
    'api.service.name': 'eventSource',
    'api.version': 'apiVersion',
    'api.request.uid': 'requestID',
    'api.response.error': 'errorCode',
    'api.response.error_message': 'errorMessage',
    'metadata.uid': 'eventID',
    'metadata.product.version': 'eventVersion',
    'metadata.event_code': ['eventType', 'eventName'],
    'cloud.account.uid': ['recipientAccountId', 'userIdentity.accountId'],
    'cloud.region': 'awsRegion',
    'http_request.user_agent': 'userAgent',
    'actor.user.uid': ['userIdentity.arn', 'userIdentity.principalId'],
    'actor.user.type': 'userIdentity.type',
    'actor.user.uid_alt': ['userIdentity.principalId', 'userIdentity.onBehalfOf.userId'],
    'actor.user.credential_uid': ['userIdentity.accessKeyId', 'userIdentity.credentialId'],
    'actor.idp.uid': 'userIdentity.onBehalfOf.identityStoreArn',
    'dst_endpoint.svc_name': 'additionalEventData.LoginTo',
    'api.request.data': 'requestParameters',
    'api.response.data': 'responseElements',
    'actor.user.account.uid': 'userIdentity.accountId',
    'actor.invoked_by': 'userIdentity.invokedBy',
    'actor.session.issuer': 'userIdentity.sessionContext.sessionIssuer.arn',
    'actor.session.is_mfa': 'userIdentity.sessionContext.attributes.mfaAuthenticated',
    'actor.session.created_time': 'userIdentity.sessionContext.attributes.creationDate',
    is_mfa: 'additionalEventData.MFAUsed',
    'tls.version': 'tlsDetails.tlsVersion',
    'tls.cipher': 'tlsDetails.cipherSuite',
    'resources.uid': 'resources.ARN',
    'resources.type': 'resources.type',
  },
  add(fields, object) {
    for (const part of whole) if (isObject(object[part])) fields[part] = JSON.stringify(object[part])
  },
  who(fields) {
    const from = fields['sourceIPAddress']
    const src_host = addressOf(from) === undefined ? textOf(from) : undefined
    const user = actorOf(fields)
    return { user, file: objectOf(fields), ...(src_host === undefined ? {} : { src_host }) }
  },
  meaning,
})
