// AWS CloudTrail records: fields under their dotted names, as Sigma's cloudtrail rules use them.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { flatten } from './flatten.ts'
import { type JsonObject, type JsonParser, makeEvent, type OpenFields } from './parser.ts'
import { anyTime } from './times.ts'
import { accountOf, addressOf, firstOf, isObject, textOf } from './values.ts'

const name = 'cloudtrail'

/** Session names that machines choose say nothing about a person: then the role is the actor. */
const machineSession = /^(?:i-[0-9a-f]{8,17}|\d{10,}|[0-9a-f-]{32,36}|aws-sdk-\S*|botocore-session-\S*)$/

function actorOf(fields: OpenFields): string | undefined {
  const [, kind = '', role, session] =
    /:(assumed-role|user|federated-user)\/([^/]{1,255})(?:\/(.{1,255}))?$/.exec(
      textOf(fields['userIdentity.arn']) ?? '',
    ) ?? []
  if (kind === 'assumed-role') return accountOf(session === undefined || machineSession.test(session) ? role : session)
  const user = firstOf(fields, ['userIdentity.userName', 'userIdentity.invokedBy'])
  if (user !== undefined) return accountOf(user)
  return fields['userIdentity.type'] === 'Root' ? 'root' : accountOf(session ?? role)
}

/** Some rules look into the whole of these; they are kept as JSON text beside their parts. */
const whole = ['requestParameters', 'responseElements'] as const

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  for (const part of whole) if (isObject(object[part])) fields[part] = JSON.stringify(object[part])
  const service = (textOf(fields['eventSource']) ?? '').replace(/\.amazonaws\.com$/, '')
  const failed = textOf(fields['errorCode'])
  const login = fields['eventName'] === 'ConsoleLogin'
  const loginFailed = login && fields['responseElements.ConsoleLogin'] === 'Failure'
  const bucket = textOf(fields['requestParameters.bucketName'])
  const key = textOf(fields['requestParameters.key'])
  const file = bucket === undefined ? undefined : `s3://${bucket}${key === undefined ? '' : `/${key}`}`
  const call = `${service} ${textOf(fields['eventName']) ?? 'call'}`
  const outcome = failed === undefined ? '' : ` refused (${failed})`
  const who = { user: actorOf(fields), src_ip: addressOf(fields['sourceIPAddress']), file }
  return makeEvent(name, received, who, {
    time: anyTime(fields['eventTime']),
    logsource: { product: 'aws', service: 'cloudtrail', categories: [] },
    class_uid: login ? ocsfClass.authentication : ocsfClass.apiActivity,
    activity: login ? (loginFailed ? 'console login failed' : 'console login') : 'cloud API call',
    severity_id: failed !== undefined || loginFailed ? ocsfSeverity.low : ocsfSeverity.informational,
    detail: `${call}${outcome}${file === undefined ? '' : ` ${file}`}`,
    fields,
  })
}

export const cloudtrail: JsonParser = {
  name,
  reads: 'json',
  does: 'reads AWS CloudTrail records; the user is the IAM user, the person of a session, or the role of a machine',
  recognises: '`eventVersion` with `eventSource` and `eventName`',
  recognise: (object) =>
    typeof object['eventSource'] === 'string' &&
    object['eventVersion'] !== undefined &&
    object['eventName'] !== undefined,
  parse,
}
