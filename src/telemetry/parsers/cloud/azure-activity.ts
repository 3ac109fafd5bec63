// The activity log of Azure, and resource logs of diagnostic settings.
import { ocsfSeverity } from '#standards'
import type { JsonObject, OpenFields } from '../parser.ts'
import { common, lower, levels } from './azure-names.ts'
import { alias, cloudParser, has, pick } from './service.ts'
import { actOf, outcomeOf } from './verbs.ts'

const activityCategories = new Set([
  'administrative',
  'security',
  'servicehealth',
  'alert',
  'recommendation',
  'policy',
  'autoscale',
  'resourcehealth',
  'action',
  'write',
  'delete',
  'read',
  'auditevent',
])
const operations = ['operationName.value', 'operationName', 'OperationNameValue', 'OperationName']

/** A record of any diagnostic setting has these; what is neither sign-in nor audit is an operation on a resource. */
const isActivity = (object: JsonObject): boolean =>
  (has(object, 'operationName') &&
    (has(object, 'eventTimestamp') || has(object, 'resourceId') || (has(object, 'category') && has(object, 'time')))) ||
  has(object, 'OperationNameValue') ||
  /^microsoft\.[a-z]{1,40}\//i.test(lower(object['operationName']).slice(0, 64)) ||
  has(object, 'OperationName', 'Category', 'TimeGenerated')

function activityService(fields: OpenFields): string {
  const category = lower(pick(fields, ['category.value', 'category', 'CategoryValue', 'Category']))
  return category === '' || activityCategories.has(category)
    ? 'activitylogs'
    : category.endsWith('riskevents')
      ? 'riskdetection'
      : category
}

const claim = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
export const azureActivity = cloudParser({
  name: 'azure-activity',
  does: 'reads the activity log of Azure and resource logs of diagnostic settings: operations on resources, key vaults, Kubernetes',
  recognises:
    '`operationName` with `resourceId`, `eventTimestamp` or `category`; `OperationNameValue`; the table AzureActivity',
  recognise: isActivity,
  columns: {
    time: 'eventTimestamp time TimeGenerated EventSubmissionTimestamp properties.eventTimestamp',
    user: `caller Caller identity.claims.${claim}/upn identity.claims.${claim}/name identity.claims.name identity.claim.upn identity.claim.${claim}/upn claims.name claims.${claim}/upn identity.authorization.evidence.principalId authentication.principalId identity properties.caller`,
    src_ip:
      'callerIpAddress CallerIpAddress httpRequest.clientIpAddress httpRequest.clientRequestIp HTTPRequest.clientIpAddress properties.callerIpAddress',
    file: 'resourceId ResourceId _ResourceId resourceUri',
  },
  logsource: (fields) => ({ product: 'azure', service: activityService(fields), categories: [] }),
  ocsf: {
    ...common,
    'api.operation': operations,
    'api.service.name': ['resourceProviderName.value', 'ResourceProviderValue', 'resourceProvider'],
    'api.request.uid': ['operationId', 'OperationId'],
    'http_request.http_method': 'httpRequest.method',
    'cloud.region': ['location', 'resourceLocation'],
    'cloud.account.uid': ['subscriptionId', 'SubscriptionId'],
    'resources.uid': ['resourceId', 'ResourceId'],
    'resources.group.name': ['resourceGroupName', 'ResourceGroup'],
    status_code: ['subStatus.value', 'resultSignature', 'ActivitySubstatusValue'],
  },
  add: (fields) =>
    alias(fields, [
      ['operationName.value', 'OperationNameValue'],
      ['operationName', 'OperationNameValue'],
      ['category.value', 'CategoryValue'],
      ['category', 'CategoryValue'],
      ['resourceProviderName.value', 'ResourceProviderValue'],
      ['resourceId', 'ResourceId'],
      ['status.value', 'ActivityStatusValue'],
      ['OperationNameValue', 'operationName'],
      ['OperationNameValue', 'properties.message'],
    ]),
  meaning(fields) {
    const operation = pick(fields, operations)
    const outcome = outcomeOf(
      pick(fields, [
        'status.value',
        'resultType',
        'ResultType',
        'ActivityStatusValue',
        'status',
        'resultSignature',
        'properties.statusCode',
      ]),
    )
    return {
      ...actOf(
        operation
          ?.replace(/^MICROSOFT\.|\/action$/gi, '')
          .split('/')
          .slice(-2)
          .join(' '),
      ),
      activity: 'azure operation',
      outcome,
      severity_id:
        levels[lower(pick(fields, ['level', 'Level']))] ??
        (outcome === 'failure' ? ocsfSeverity.low : ocsfSeverity.informational),
      detail: operation,
    }
  },
})
