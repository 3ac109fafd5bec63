// Okta's system log.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { JsonObject, OpenFields } from '../parser.ts'
import { isObject, textOf } from '../values.ts'
import { alias, cloudParser, has, pick } from './service.ts'
import { actOf, type Act, crudOf, outcomeOf } from './verbs.ts'

const severities: Readonly<Record<string, OcsfSeverity>> = {
  DEBUG: ocsfSeverity.informational,
  INFO: ocsfSeverity.informational,
  WARN: ocsfSeverity.low,
  ERROR: ocsfSeverity.medium,
}

/** Event types by their beginning; what none of these has is told by its verbs. */
const kinds: readonly (readonly [string, Act])[] = [
  ['user.session.end', { class_uid: ocsfClass.authentication, activity_id: 2 }],
  ['user.session.', { class_uid: ocsfClass.authentication, activity_id: 1 }],
  ['user.authentication', { class_uid: ocsfClass.authentication, activity_id: 1 }],
  ['policy.evaluate_sign_on', { class_uid: ocsfClass.authentication, activity_id: 1 }],
  ['app.oauth2', { class_uid: ocsfClass.authentication, activity_id: 3 }],
  ['group.user_membership.add', { class_uid: ocsfClass.groupManagement, activity_id: 3 }],
  ['group.user_membership.remove', { class_uid: ocsfClass.groupManagement, activity_id: 4 }],
  ['group.lifecycle.create', { class_uid: ocsfClass.groupManagement, activity_id: 6 }],
  ['group.lifecycle.delete', { class_uid: ocsfClass.groupManagement, activity_id: 5 }],
  ['group.privilege.grant', { class_uid: ocsfClass.groupManagement, activity_id: 1 }],
  ['group.privilege.revoke', { class_uid: ocsfClass.groupManagement, activity_id: 2 }],
  ['user.account.privilege.grant', { class_uid: ocsfClass.userAccess, activity_id: 1 }],
  ['user.account.privilege.revoke', { class_uid: ocsfClass.userAccess, activity_id: 2 }],
  ['user.account.reset_password', { class_uid: ocsfClass.accountChange, activity_id: 4 }],
  ['user.account.update_password', { class_uid: ocsfClass.accountChange, activity_id: 3 }],
  ['user.account.lock', { class_uid: ocsfClass.accountChange, activity_id: 9 }],
  ['user.account.unlock', { class_uid: ocsfClass.accountChange, activity_id: 12 }],
  ['user.mfa.factor.deactivate', { class_uid: ocsfClass.accountChange, activity_id: 11 }],
  ['user.mfa.factor.reset', { class_uid: ocsfClass.accountChange, activity_id: 11 }],
  ['user.mfa.factor.activate', { class_uid: ocsfClass.accountChange, activity_id: 10 }],
  ['user.lifecycle.create', { class_uid: ocsfClass.accountChange, activity_id: 1 }],
  ['user.lifecycle.delete', { class_uid: ocsfClass.accountChange, activity_id: 6 }],
  ['user.lifecycle.deactivate', { class_uid: ocsfClass.accountChange, activity_id: 5 }],
  ['user.lifecycle.suspend', { class_uid: ocsfClass.accountChange, activity_id: 5 }],
  ['user.lifecycle.', { class_uid: ocsfClass.accountChange, activity_id: 2 }],
  ['security.threat', { class_uid: ocsfClass.detectionFinding, activity_id: 1 }],
  ['user.account.report_suspicious', { class_uid: ocsfClass.detectionFinding, activity_id: 1 }],
  ['application.user_membership', { class_uid: ocsfClass.userAccess, activity_id: 1 }],
]
function severityOf(word: string | undefined, failed: boolean): OcsfSeverity {
  const said = severities[word?.toUpperCase() ?? ''] ?? ocsfSeverity.informational
  return failed && said < ocsfSeverity.low ? ocsfSeverity.low : said
}
/** What is made, changed and removed in Okta besides people and groups is an entity. */
const actOfType = (type: string): Act =>
  kinds.find(([begin]) => type.startsWith(begin))?.[1] ??
  (/^(?:application|policy|zone|network_zone|app|iam|device|domain)\.(?:lifecycle|policy|rule)|\.lifecycle\.|^policy\.rule\./.test(
    type,
  )
    ? { class_uid: ocsfClass.entityManagement, activity_id: crudOf(type.slice(type.lastIndexOf('.') + 1)) }
    : actOf(type))

const setText = (fields: OpenFields, name: string, value: unknown): void => {
  const text = textOf(value)
  if (text !== undefined && text.length < 512) fields[name] ??= text
}

/** What something is done to: the first user, the first group, the first of anything else; policies also as such. */
function addTargets(fields: OpenFields, object: JsonObject): void {
  const targets = object['target']
  if (!Array.isArray(targets)) return
  for (const target of targets.slice(0, 32)) {
    if (!isObject(target)) continue
    const type = textOf(target['type']) ?? ''
    const kind = /^(?:App)?User$/.test(type) ? 'user' : type.endsWith('Group') ? 'group' : 'entity'
    if (fields[`target_${kind}`] !== undefined) continue
    setText(fields, `target_${kind}`, kind === 'user' ? target['alternateId'] : target['displayName'])
    setText(fields, `target_${kind}_id`, target['id'])
    if (kind === 'user') setText(fields, 'target_user_name', target['displayName'])
    else setText(fields, `target_${kind}_type`, type.startsWith('Policy') ? 'Policy' : type)
    if (!type.startsWith('Policy')) continue
    setText(fields, 'target_policy', target['displayName'])
    setText(fields, 'target_policy_id', target['id'])
  }
}

export const okta = cloudParser({
  name: 'okta',
  does: "reads Okta's system log; the target is the first user something is done to",
  recognises: '`eventType` with `published`, `actor` or `debugContext`',
  recognise: (object) =>
    (has(object, 'eventType') &&
      (has(object, 'published') ||
        has(object, 'legacyEventType') ||
        has(object, 'debugContext') ||
        has(object, 'displayMessage') ||
        (isObject(object['actor']) && has(object, 'outcome')))) ||
    has(object, 'legacyEventType', 'actor'),
  columns: {
    time: 'published p_event_time',
    user: 'actor.alternateId actor.displayName actor.id',
    target_user: 'target_user',
    src_ip: 'client.ipAddress request.ipChain.ip debugContext.debugData.remoteIp',
    url: 'debugContext.debugData.requestUri',
  },
  logsource: { product: 'okta', service: 'okta', categories: [] },
  ocsf: {
    'api.operation': 'eventType',
    'metadata.uid': 'uuid',
    'metadata.event_code': 'eventType',
    'metadata.correlation_uid': 'transaction.id',
    'actor.user.uid': 'actor.id',
    'actor.user.email_addr': 'actor.alternateId',
    'actor.user.full_name': 'actor.displayName',
    'actor.user.type': 'actor.type',
    'actor.session.uid': ['authenticationContext.externalSessionId', 'authenticationContext.rootSessionId'],
    'http_request.user_agent': 'client.userAgent.rawUserAgent',
    'http_request.url.path': 'debugContext.debugData.requestUri',
    'src_endpoint.location.country': 'client.geographicalContext.country',
    'src_endpoint.location.city': 'client.geographicalContext.city',
    'src_endpoint.os.name': 'client.userAgent.os',
    'device.name': 'device.name',
    'device.uid': 'device.id',
    'user.uid': 'target_user_id',
    'user.email_addr': 'target_user',
    'user.full_name': 'target_user_name',
    'group.uid': 'target_group_id',
    'group.name': 'target_group',
    'group.type': 'target_group_type',
    'entity.uid': 'target_entity_id',
    'entity.name': 'target_entity',
    'entity.type': 'target_entity_type',
    'entity.policy.uid': 'target_policy_id',
    'entity.policy.name': 'target_policy',
    message: 'displayMessage',
    status_detail: 'outcome.reason',
    'resources.uid': 'target.id',
    'resources.name': 'target.displayName',
  },
  add(fields, object) {
    addTargets(fields, object)
    alias(fields, [
      ['eventType', 'eventtype'],
      ['displayMessage', 'displaymessage'],
      ['legacyEventType', 'legacyeventtype'],
      ['eventType', 'event_type'],
    ])
  },
  meaning(fields) {
    const type = pick(fields, ['eventType', 'legacyEventType']) ?? ''
    const outcome = outcomeOf(pick(fields, ['outcome.result']))
    return {
      ...actOfType(type),
      activity: 'okta event',
      outcome,
      severity_id: severityOf(pick(fields, ['severity']), outcome === 'failure'),
      detail: [
        type,
        pick(fields, ['displayMessage']),
        outcome === 'failure' ? pick(fields, ['outcome.reason']) : undefined,
      ]
        .filter(Boolean)
        .join(': '),
    }
  },
})
