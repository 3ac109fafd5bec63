// AWS CloudTrail records: fields under their dotted names, as Sigma's cloudtrail rules use them.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { flatten } from './flatten.ts'
import { type Facts, type JsonObject, type JsonParser, makeEvent, type OpenFields } from './parser.ts'
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

/** The object or bucket a call was about. */
function objectOf(fields: OpenFields): string | undefined {
  const bucket = textOf(fields['requestParameters.bucketName'])
  const key = textOf(fields['requestParameters.key'])
  return bucket === undefined ? undefined : `s3://${bucket}${key === undefined ? '' : `/${key}`}`
}

/** A login to the console, or any other call; and whether it was refused. */
function outcomeOf(fields: OpenFields): Pick<Facts, 'activity' | 'class_uid' | 'severity_id'> {
  const login = fields['eventName'] === 'ConsoleLogin'
  const failed = login
    ? fields['responseElements.ConsoleLogin'] === 'Failure'
    : textOf(fields['errorCode']) !== undefined
  return {
    activity: `${login ? 'console login' : 'cloud API call'}${failed ? (login ? ' failed' : ' refused') : ''}`,
    class_uid: login ? ocsfClass.authentication : ocsfClass.apiActivity,
    severity_id: failed ? ocsfSeverity.low : ocsfSeverity.informational,
  }
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  for (const part of whole) if (isObject(object[part])) fields[part] = JSON.stringify(object[part])
  const file = objectOf(fields)
  const who = { user: actorOf(fields), src_ip: addressOf(fields['sourceIPAddress']), file }
  const service = (textOf(fields['eventSource']) ?? '').replace(/\.amazonaws\.com$/, '')
  return makeEvent(name, received, who, {
    ...outcomeOf(fields),
    time: anyTime(fields['eventTime'] ?? fields['@timestamp']),
    logsource: { product: 'aws', service: 'cloudtrail', categories: [] },
    detail: [service, textOf(fields['eventName']), textOf(fields['errorCode']), file].filter(Boolean).join(' '),
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
