// Kubernetes audit events (audit.k8s.io), also of EKS, AKS and GKE where they write the API's own form.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { JsonObject, OpenFields } from '../parser.ts'
import { textOf } from '../values.ts'
import { alias, cloudParser, has } from './service.ts'
import { httpOutcome } from './verbs.ts'

const verbs: Readonly<Record<string, number>> = {
  create: 1,
  connect: 1,
  get: 2,
  list: 2,
  watch: 2,
  proxy: 2,
  update: 3,
  patch: 3,
  delete: 4,
  deletecollection: 4,
}

/** `pods/exec web-1 in shop` */
function objectOf(fields: OpenFields): string {
  const [resource, sub] = [textOf(fields['objectRef.resource']), textOf(fields['objectRef.subresource'])]
  const space = textOf(fields['objectRef.namespace'])
  const what =
    resource === undefined ? textOf(fields['requestURI']) : `${resource}${sub === undefined ? '' : `/${sub}`}`
  return [textOf(fields['verb']), what, textOf(fields['objectRef.name']), space === undefined ? '' : `in ${space}`]
    .filter(Boolean)
    .join(' ')
}

const isAudit = (object: JsonObject): boolean =>
  (typeof object['apiVersion'] === 'string' && object['apiVersion'].startsWith('audit.k8s.io/')) ||
  (has(object, 'responseStatus') && (has(object, 'sourceIPs') || has(object, 'user', 'userAgent'))) ||
  (object['verb'] !== undefined &&
    (object['auditID'] !== undefined || has(object, 'objectRef') || has(object, 'requestURI', 'stage')))

export const kubernetes = cloudParser({
  name: 'kubernetes',
  does: 'reads audit events of Kubernetes; a user impersonated is the target',
  recognises: '`apiVersion` of `audit.k8s.io`, or `auditID` with `verb`',
  recognise: isAudit,
  columns: {
    time: 'requestReceivedTimestamp stageTimestamp timestamp metadata.creationTimestamp p_event_time',
    user: 'user.username user.extra.username',
    target_user: 'impersonatedUser.username',
    src_ip: 'sourceIPs sourceIps',
    url: 'requestURI requestUri',
  },
  logsource: { product: 'kubernetes', service: 'audit', categories: ['application'] },
  ocsf: {
    'api.operation': 'verb',
    'api.request.uid': ['auditID', 'auditId'],
    'api.response.code': 'responseStatus.code',
    'api.response.message': 'responseStatus.message',
    'api.version': 'objectRef.apiVersion',
    'metadata.uid': ['auditID', 'auditId'],
    'metadata.log_level': 'level',
    start_time: 'requestReceivedTimestamp',
    end_time: 'stageTimestamp',
    'http_request.user_agent': 'userAgent',
    'http_request.url.path': 'requestURI',
    'actor.user.uid': 'user.uid',
    'actor.user.groups.name': 'user.groups',
    'resources.name': 'objectRef.name',
    'resources.namespace': 'objectRef.namespace',
    'resources.type': 'objectRef.resource',
  },
  add: (fields) =>
    alias(fields, [
      ['objectRef.apiGroup', 'apiGroup'],
      ['requestObject.spec.containers.securityContext.capabilities.add', 'capabilities'],
      ['requestObject.spec.volumes.hostPath.path', 'hostPath'],
    ]),
  meaning(fields) {
    const outcome = httpOutcome(fields['responseStatus.code'])
    const verb = textOf(fields['verb'])?.toLowerCase() ?? ''
    return {
      activity: 'kubernetes request',
      class_uid: ocsfClass.apiActivity,
      activity_id: verbs[verb] ?? (verb === '' ? 0 : 99),
      outcome: outcome ?? (textOf(fields['responseStatus.status']) === 'Failure' ? 'failure' : undefined),
      severity_id: outcome === 'failure' ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: objectOf(fields),
    }
  },
})
