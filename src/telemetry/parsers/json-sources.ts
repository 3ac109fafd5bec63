// JSON records of services that Sigma has log sources for, told apart by the fields only they have.
import { ocsfClass, type OcsfClass } from '#standards'
import type { LogSource } from '../types.ts'
import type { OpenFields } from './parser.ts'
import { textOf } from './values.ts'

export interface JsonSource {
  readonly activity: string
  readonly class_uid: OcsfClass
  /** All of these fields must be there. */
  readonly has: readonly string[]
  readonly logsource: (fields: OpenFields) => LogSource
}

const fixed =
  (product: string, service: string | undefined, ...categories: string[]) =>
  (): LogSource =>
    service === undefined ? { product, categories } : { product, service, categories }

/** Azure streams carry their own category; Sigma's services are named after them. */
const azureServices: Readonly<Record<string, string>> = {
  auditlogs: 'auditlogs',
  signinlogs: 'signinlogs',
  noninteractiveusersigninlogs: 'signinlogs',
  serviceprincipalsigninlogs: 'signinlogs',
  managedidentitysigninlogs: 'signinlogs',
  userriskevents: 'riskdetection',
}
const azure = (fields: OpenFields): LogSource => {
  const category = textOf(fields['category'] ?? fields['Category'])?.toLowerCase() ?? ''
  return { product: 'azure', service: azureServices[category] ?? 'activitylogs', categories: [] }
}

/** Microsoft 365 names the workload; Sigma's services follow it. */
const m365Services: Readonly<Record<string, string>> = {
  exchange: 'exchange',
  securitycompliancecenter: 'threat_management',
  threatintelligence: 'threat_detection',
}
const m365 = (fields: OpenFields): LogSource => ({
  product: 'm365',
  service: m365Services[textOf(fields['Workload'])?.toLowerCase() ?? ''] ?? 'audit',
  categories: [],
})

const zeekCategories: Readonly<Record<string, string>> = { dns: 'dns', http: 'proxy' }
const zeek = (fields: OpenFields): LogSource => {
  const service =
    textOf(fields['_path']) ??
    (fields['qtype_name'] !== undefined ? 'dns' : fields['method'] !== undefined ? 'http' : 'conn')
  return { product: 'zeek', service, categories: zeekCategories[service] === 'dns' ? ['dns'] : [] }
}

const api = ocsfClass.apiActivity
const login = ocsfClass.authentication
const sources: readonly JsonSource[] = [
  {
    activity: 'kubernetes request',
    class_uid: api,
    has: ['auditID', 'verb'],
    logsource: fixed('kubernetes', 'audit', 'application'),
  },
  {
    activity: 'okta event',
    class_uid: login,
    has: ['eventType', 'published', 'actor.id'],
    logsource: fixed('okta', 'okta'),
  },
  {
    activity: 'github event',
    class_uid: api,
    has: ['action', '_document_id', 'actor'],
    logsource: fixed('github', 'audit'),
  },
  { activity: 'github event', class_uid: api, has: ['action', 'org', 'actor'], logsource: fixed('github', 'audit') },
  {
    activity: 'bitbucket event',
    class_uid: api,
    has: ['auditType.category', 'auditType.action'],
    logsource: fixed('bitbucket', 'audit'),
  },
  {
    activity: 'onelogin event',
    class_uid: login,
    has: ['event_type_id', 'account_id'],
    logsource: fixed('onelogin', 'onelogin.events'),
  },
  {
    activity: 'google cloud call',
    class_uid: api,
    has: ['protoPayload.methodName', 'logName'],
    logsource: fixed('gcp', 'gcp.audit'),
  },
  {
    activity: 'workspace event',
    class_uid: api,
    has: ['eventService', 'eventName'],
    logsource: fixed('gcp', 'google_workspace.admin'),
  },
  { activity: 'microsoft 365 operation', class_uid: api, has: ['Workload', 'Operation'], logsource: m365 },
  {
    activity: 'risk detected',
    class_uid: login,
    has: ['riskEventType', 'riskLevel'],
    logsource: fixed('azure', 'riskdetection'),
  },
  {
    activity: 'sign-in',
    class_uid: login,
    has: ['appDisplayName', 'userPrincipalName', 'status.errorCode'],
    logsource: fixed('azure', 'signinlogs'),
  },
  {
    activity: 'sign-in',
    class_uid: login,
    has: ['ResultType', 'AppDisplayName', 'UserPrincipalName'],
    logsource: fixed('azure', 'signinlogs'),
  },
  {
    activity: 'directory change',
    class_uid: api,
    has: ['activityDisplayName', 'loggedByService'],
    logsource: fixed('azure', 'auditlogs'),
  },
  { activity: 'azure operation', class_uid: api, has: ['operationName', 'category', 'time'], logsource: azure },
  {
    activity: 'azure operation',
    class_uid: api,
    has: ['OperationName', 'Category', 'TimeGenerated'],
    logsource: azure,
  },
  {
    activity: 'azure operation',
    class_uid: api,
    has: ['OperationNameValue', 'CategoryValue'],
    logsource: fixed('azure', 'activitylogs'),
  },
  { activity: 'network connection', class_uid: ocsfClass.networkActivity, has: ['uid', 'id.orig_h'], logsource: zeek },
  {
    activity: 'decoy touched',
    class_uid: ocsfClass.networkActivity,
    has: ['logtype', 'node_id', 'src_host'],
    logsource: fixed('opencanary', undefined, 'application'),
  },
]

/** The service a JSON record is from, where its fields say so. */
export const jsonSourceOf = (fields: OpenFields): JsonSource | undefined =>
  sources.find(({ has }) => has.every((name) => fields[name] !== undefined))
