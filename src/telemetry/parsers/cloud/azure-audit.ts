// The directory audit of Entra ID.
import { ocsfClass, ocsfSeverity } from '#standards'
import { common, inside, lower, categoryOf } from './azure-names.ts'
import { alias, cloudParser, has, pick } from './service.ts'
import { actOf, outcomeOf } from './verbs.ts'

const auditName = [
  'activityDisplayName',
  'properties.activityDisplayName',
  'ActivityDisplayName',
  'operationName',
  'OperationName',
]
const initiator = (path: string): string => `initiatedBy.${path} properties.initiatedBy.${path} InitiatedBy.${path}`

export const azureAudit = cloudParser({
  name: 'azure-audit',
  does: 'reads the directory audit of Entra ID; the user began the change, the target is who it was done to',
  recognises: 'category AuditLogs, or `activityDisplayName` with `loggedByService`',
  recognise: (object) =>
    categoryOf(object) === 'auditlogs' ||
    inside(object, 'properties')['activityDisplayName'] !== undefined ||
    inside(object, 'properties')['targetResources'] !== undefined ||
    lower(object['resourceId']).includes('microsoft.aadiam') ||
    has(object, 'activityDisplayName', 'loggedByService') ||
    has(object, 'activityDisplayName', 'initiatedBy') ||
    has(object, 'ActivityDisplayName', 'LoggedByService'),
  columns: {
    time: 'properties.activityDateTime activityDateTime ActivityDateTime time TimeGenerated',
    user: `${initiator('user.userPrincipalName')} ${initiator('app.displayName')} ${initiator('user.displayName')} identity Identity`,
    target_user:
      'targetResources.userPrincipalName properties.targetResources.userPrincipalName TargetResources.userPrincipalName',
    src_ip: `${initiator('user.ipAddress')} ${initiator('app.ipAddress')} callerIpAddress`,
  },
  logsource: { product: 'azure', service: 'auditlogs', categories: [] },
  ocsf: {
    ...common,
    'api.operation': auditName,
    'api.service.name': ['loggedByService', 'properties.loggedByService', 'LoggedByService'],
    'actor.user.uid': ['initiatedBy.user.id', 'properties.initiatedBy.user.id'],
    'resources.uid': ['targetResources.id', 'properties.targetResources.id'],
    'resources.name': ['targetResources.displayName', 'properties.targetResources.displayName'],
    'resources.type': ['targetResources.type', 'properties.targetResources.type'],
    status_detail: ['resultReason', 'properties.resultReason', 'ResultReason'],
  },
  add(fields, object) {
    const name = pick(fields, auditName)
    if (name !== undefined) fields['properties.message'] ??= name
    const target = object['targetResources'] ?? inside(object, 'properties')['targetResources']
    if (target !== undefined && typeof target === 'object')
      fields['properties.targetResources'] ??= JSON.stringify(target)
    alias(fields, [
      ['activityDisplayName', 'ActivityDisplayName'],
      ['properties.activityDisplayName', 'ActivityDisplayName'],
      ['operationName', 'OperationName'],
      ['ActivityDisplayName', 'OperationName'],
      ['category', 'Category'],
      ['loggedByService', 'LoggedByService'],
      ['properties.loggedByService', 'LoggedByService'],
      ['result', 'properties.result'],
      ['Result', 'properties.result'],
      ['properties.result', 'Status'],
      ['properties.targetResources.type', 'targetResources.type'],
    ])
  },
  meaning(fields) {
    const outcome = outcomeOf(pick(fields, ['properties.result', 'Status', 'resultType', 'ResultType']))
    const name = pick(fields, auditName)
    return {
      ...actOf(name, ocsfClass.entityManagement),
      activity: 'directory change',
      outcome,
      severity_id: outcome === 'failure' ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [name, pick(fields, ['targetResources.displayName', 'properties.targetResources.displayName'])]
        .filter(Boolean)
        .join(' '),
    }
  },
})
