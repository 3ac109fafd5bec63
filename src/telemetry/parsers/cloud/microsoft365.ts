// Microsoft 365: the unified audit log of the Management Activity API, of the compliance centre's export, of Sentinel's OfficeActivity; message traces.
import { ocsfClass, ocsfSeverity, type OcsfClass } from '#standards'
import type { OpenFields } from '../parser.ts'
import { isObject, textOf } from '../values.ts'
import { alias, cloudParser, has, pick } from './service.ts'
import { actOf, type Act, outcomeOf } from './verbs.ts'

const services: Readonly<Record<string, string>> = {
  exchange: 'exchange',
  securitycompliancecenter: 'threat_management',
  threatintelligence: 'threat_detection',
}

/** OCSF File Hosting Activity of SharePoint's and OneDrive's operations. */
const files: Readonly<Record<string, number>> = {
  FileUploaded: 1, FileDownloaded: 2, FileSyncDownloadedFull: 2, FileModified: 3, FileModifiedExtended: 3, FileDeleted: 4, FileRecycled: 4, FileDeletedFirstStageRecycleBin: 4,
  FileRenamed: 5, FileCopied: 6, FileMoved: 7, FileRestored: 8, FilePreviewed: 9, FileCheckedOut: 10, FileCheckedIn: 11, FileAccessed: 14, FileAccessedExtended: 14, FileSyncUploadedFull: 1,
  SharingSet: 12, SharingInvitationCreated: 12, AnonymousLinkCreated: 12, SecureLinkCreated: 12, CompanyLinkCreated: 12, AddedToSecureLink: 12, AnonymousLinkUsed: 14, SharingRevoked: 13, AnonymousLinkRemoved: 13,
} // prettier-ignore
const alerts = new Set([
  'alerttriggered',
  'alertupdated',
  'alertentitygenerated',
  'timaildata',
  'tiurlclickdata',
  'atpdetection',
])

function actOf365(fields: OpenFields, operation: string | undefined): Act {
  if (operation !== undefined && Object.hasOwn(files, operation))
    return { class_uid: ocsfClass.fileHosting, activity_id: files[operation] ?? 99 }
  if (alerts.has(operation?.toLowerCase() ?? ''))
    return { class_uid: ocsfClass.detectionFinding, activity_id: operation === 'AlertUpdated' ? 2 : 1 }
  if (operation === 'UserLoggedIn' || operation === 'UserLoginFailed' || operation === 'MailboxLogin')
    return { class_uid: ocsfClass.authentication, activity_id: 1 }
  const otherwise: OcsfClass =
    textOf(fields['Workload']) === 'AzureActiveDirectory' ? ocsfClass.entityManagement : ocsfClass.apiActivity
  return actOf(operation?.replace(/\.$/, ''), otherwise)
}

/** Lists of `{ Name, Value }` (`Parameters`, `ExtendedProperties`) also one by one, under `Parameters.Name`. */
const lists = ['Parameters', 'ExtendedProperties', 'DeviceProperties', 'OperationProperties'] as const
const mostPairs = 64
function addPairs(fields: OpenFields, list: string, pairs: unknown): void {
  if (!Array.isArray(pairs)) return
  for (const pair of pairs.slice(0, mostPairs)) {
    if (!isObject(pair) || typeof pair['Name'] !== 'string' || pair['Name'].length > 128) continue
    const value = textOf(pair['Value'])
    if (value !== undefined) fields[`${list}.${pair['Name']}`] ??= value
  }
}

export const microsoft365 = cloudParser({
  name: 'microsoft365',
  does: 'reads the unified audit log of Microsoft 365 from its API, its exports and the table OfficeActivity',
  recognises: '`Operation` with `Workload`, `RecordType` or `OfficeWorkload`',
  recognise: (object) =>
    has(object, 'Operation') &&
    (has(object, 'Workload') ||
      has(object, 'OfficeWorkload') ||
      has(object, 'RecordType') ||
      has(object, 'CreationTime', 'UserId')),
  columns: {
    time: 'CreationTime TimeGenerated CreationDate p_event_time',
    host: 'DeviceName MachineName',
    user: 'UserId UserKey MailboxOwnerUPN',
    target_user: 'TargetUserOrGroupName MailboxOwnerUPN Parameters.Identity',
    src_ip: 'ClientIP ClientIPAddress ActorIpAddress Client_IPAddress ClientIp SenderIp',
    url: 'SiteUrl Site_Url',
    file: 'SourceFileName ObjectId OfficeObjectId',
  },
  logsource: (fields) => ({
    product: 'm365',
    service: services[(pick(fields, ['Workload', 'OfficeWorkload']) ?? '').toLowerCase()] ?? 'audit',
    categories: [],
  }),
  ocsf: {
    'api.operation': 'Operation',
    'api.service.name': ['Workload', 'OfficeWorkload'],
    'metadata.uid': 'Id',
    'metadata.event_code': 'RecordType',
    'metadata.tenant_uid': 'OrganizationId',
    'actor.user.uid': ['UserKey', 'UserId'],
    'actor.user.type': 'UserType',
    'http_request.user_agent': ['UserAgent', 'ExtendedProperties.UserAgent'],
    'resources.uid': 'ObjectId',
    'file.name': 'SourceFileName',
    'file.path': 'ObjectId',
    status_detail: ['ResultStatusDetail', 'LogonError', 'ErrorNumber'],
    'session.uid': ['SessionId', 'DeviceProperties.SessionId', 'AppAccessContext.AADSessionId'],
    app_name: 'ApplicationDisplayName',
  },
  add(fields, object) {
    for (const list of lists) addPairs(fields, list, object[list])
    alias(fields, [
      ['OfficeWorkload', 'Workload'],
      ['Workload', 'eventSource'],
      [
        fields['Name'] !== undefined && String(fields['Operation']).startsWith('Alert') ? 'Name' : 'Operation',
        'eventName',
      ],
    ])
    const outcome = outcomeOf(pick(fields, ['ResultStatus']))
    if (outcome !== undefined) fields['status'] ??= outcome
  },
  meaning(fields) {
    const operation = pick(fields, ['Operation'])
    const act = actOf365(fields, operation)
    const outcome =
      operation === 'UserLoginFailed' ? 'failure' : outcomeOf(pick(fields, ['ResultStatus', 'OperationResult']))
    const severity = { High: ocsfSeverity.high, Medium: ocsfSeverity.medium, Low: ocsfSeverity.low }[
      pick(fields, ['Severity']) ?? ''
    ]
    return {
      ...act,
      activity:
        act.class_uid === ocsfClass.detectionFinding
          ? 'threat found'
          : act.class_uid === ocsfClass.authentication
            ? outcome === 'failure'
              ? 'sign-in failed'
              : 'sign-in'
            : 'microsoft 365 operation',
      outcome,
      severity_id: severity ?? (outcome === 'failure' ? ocsfSeverity.low : ocsfSeverity.informational),
      detail: [operation, pick(fields, ['Name', 'SourceFileName', 'ObjectId'])].filter(Boolean).join(' '),
    }
  },
})

export const messageTrace = cloudParser({
  name: 'microsoft365-mail',
  does: 'reads message traces of Exchange Online',
  recognises: '`MessageTraceId` with `SenderAddress`',
  recognise: (object) => has(object, 'MessageTraceId', 'SenderAddress'),
  columns: {
    time: 'Received Date StartDate',
    user: 'SenderAddress',
    target_user: 'RecipientAddress',
    src_ip: 'FromIP',
    dst_ip: 'ToIP',
  },
  logsource: { product: 'm365', service: 'exchange', categories: [] },
  ocsf: {
    'email.from': 'SenderAddress',
    'email.to': 'RecipientAddress',
    'email.subject': 'Subject',
    'email.message_uid': 'MessageId',
    'email.size': 'Size',
    'email.smtp_from': 'SenderAddress',
    'email.smtp_to': 'RecipientAddress',
    message_trace_uid: 'MessageTraceId',
    'metadata.uid': 'MessageTraceId',
    'metadata.original_time': 'Received',
    status_detail: 'Status',
    status: 'Status',
  },
  meaning(fields) {
    const status = pick(fields, ['Status']) ?? ''
    return {
      activity: 'message traced',
      class_uid: ocsfClass.emailActivity,
      activity_id: 4,
      outcome: /^(?:Delivered|Expanded|Resolved)$/.test(status)
        ? 'success'
        : /^(?:Failed|FilteredAsSpam|Quarantined)$/.test(status)
          ? 'failure'
          : undefined,
      detail: [status, pick(fields, ['Subject'])].filter(Boolean).join(' '),
    }
  },
})
