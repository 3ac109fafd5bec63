// Other identity services: OneLogin, Duo, 1Password.
import { ocsfClass, ocsfSeverity } from '#standards'
import { isObject } from '../values.ts'
import { cloudParser, has, pick } from './service.ts'
import { actOf, type Act, outcomeOf } from './verbs.ts'

/** Event types of OneLogin that are no call of the API: login 5, failed 6, logout 7, password changed 11, locked 19 … */
const oneLoginTypes: Readonly<Record<number, readonly [class_uid: 3001 | 3002 | 3005, activity_id: number, outcome?: 'failure']>> = {
  3: [3002, 7], 5: [3002, 1], 6: [3002, 1, 'failure'], 7: [3002, 2], 8: [3002, 1], 9: [3002, 1, 'failure'], 11: [3001, 3], 12: [3001, 12], 13: [3001, 1], 14: [3001, 99], 15: [3001, 5], 16: [3001, 2], 17: [3001, 6],
  19: [3001, 9], 20: [3001, 5], 21: [3001, 9], 22: [3001, 4], 23: [3001, 4], 24: [3001, 10], 25: [3001, 11], 72: [3005, 1], 73: [3005, 2], 532: [3001, 9], 551: [3001, 5], 553: [3001, 9],
} // prettier-ignore

export const oneLogin = cloudParser({
  name: 'onelogin',
  does: "reads OneLogin's events",
  recognises: '`event_type_id` with `account_id` or `actor_user_name`',
  recognise: (object) =>
    has(object, 'event_type_id') &&
    (has(object, 'account_id') || has(object, 'actor_user_name') || has(object, 'created_at')),
  columns: {
    time: 'created_at event_timestamp',
    user: 'actor_user_name user_name login_name actor_system user_id',
    target_user: 'user_name',
    src_ip: 'ipaddr ipAddress',
  },
  logsource: { product: 'onelogin', service: 'onelogin.events', categories: [] },
  ocsf: {
    'metadata.uid': ['id', 'uuid'],
    'metadata.event_code': 'event_type_id',
    'actor.user.uid': 'actor_user_id',
    'user.uid': 'user_id',
    'user.name': 'user_name',
    'cloud.account.uid': 'account_id',
    'service.name': 'app_name',
    'http_request.user_agent': 'user_agent',
    status_detail: ['error_description', 'notes'],
    risk_score: 'risk_score',
  },
  meaning(fields) {
    const [class_uid, activity_id, failed] = oneLoginTypes[Number(fields['event_type_id'])] ?? [undefined, 99]
    const error = pick(fields, ['error_description'])
    const outcome = failed ?? (error === undefined ? 'success' : 'failure')
    return {
      class_uid: class_uid ?? ocsfClass.apiActivity,
      activity_id,
      activity: 'onelogin event',
      outcome,
      severity_id: outcome === 'failure' ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [pick(fields, ['event_type', 'event_type_id']), pick(fields, ['app_name']), error]
        .filter(Boolean)
        .join(' '),
    }
  },
})

const isDuo = (object: Readonly<Record<string, unknown>>): boolean =>
  has(object, 'txid', 'factor') ||
  (isObject(object['auth_device']) && isObject(object['access_device'])) ||
  has(object, 'event_type', 'txid') ||
  (has(object, 'action', 'isotimestamp') && has(object, 'username')) ||
  has(object, 'eventtype', 'factor') ||
  (has(object, 'surfaced_auth') && has(object, 'sekey'))

export const duo = cloudParser({
  name: 'duo',
  does: "reads Cisco Duo's authentication, administrator and trust monitor logs",
  recognises: '`txid` with `factor` or `event_type`; `access_device` with `auth_device`; `action` with `isotimestamp`',
  recognise: isDuo,
  columns: {
    time: 'isotimestamp timestamp ts surfaced_timestamp surfaced_auth.isotimestamp',
    user: 'user.name username surfaced_auth.user.name admin_name email',
    src_ip: 'access_device.ip ip ip_address surfaced_auth.access_device.ip',
    src_host: 'access_device.hostname host',
    dst_host: 'application.name integration object',
  },
  logsource: { product: 'cisco', service: 'duo', categories: [] },
  ocsf: {
    'metadata.uid': ['txid', 'akey', 'sekey'],
    'user.uid': 'user.key',
    'user.email_addr': 'email',
    'service.name': ['application.name', 'integration'],
    'service.uid': 'application.key',
    'auth_factors.factor_type': 'factor',
    status_detail: 'reason',
    'src_endpoint.location.country': ['access_device.location.country', 'location.country'],
    'device.os.name': 'access_device.os',
    'api.operation': ['event_type', 'action'],
  },
  meaning(fields) {
    const action = pick(fields, ['action'])
    const result = pick(fields, ['result', 'surfaced_auth.result'])
    const trust = pick(fields, ['sekey']) !== undefined
    const act: Act = trust
      ? { class_uid: ocsfClass.detectionFinding, activity_id: 1 }
      : action === undefined
        ? { class_uid: ocsfClass.authentication, activity_id: 1 }
        : actOf(action)
    const outcome =
      outcomeOf(result) ?? (action === undefined ? undefined : /error|fail/.test(action) ? 'failure' : 'success')
    return {
      ...act,
      activity: trust
        ? 'unusual login found'
        : action === undefined
          ? `second factor ${outcome === 'failure' ? 'refused' : 'asked'}`
          : 'duo administration',
      outcome,
      severity_id:
        result?.toLowerCase() === 'fraud'
          ? ocsfSeverity.high
          : trust
            ? ocsfSeverity.medium
            : outcome === 'failure'
              ? ocsfSeverity.low
              : ocsfSeverity.informational,
      detail: [
        action ?? pick(fields, ['event_type', 'eventtype']),
        pick(fields, ['factor']),
        result,
        pick(fields, ['reason']),
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
})

export const onePassword = cloudParser({
  name: 'onepassword',
  does: "reads 1Password's sign-in attempts, item usages and audit events",
  recognises:
    '`uuid` with `session_uuid` and `category`, `vault_uuid` with `item_uuid`, or `actor_uuid` with `object_type`',
  recognise: (object) =>
    has(object, 'uuid') &&
    (has(object, 'session_uuid', 'category') ||
      has(object, 'vault_uuid', 'item_uuid') ||
      has(object, 'actor_uuid', 'object_type')),
  columns: {
    time: 'timestamp',
    user: 'target_user.email user.email actor_details.email actor_uuid',
    target_user: 'object_details.email',
    src_ip: 'client.ip_address session.ip location.ip',
    file: 'item_uuid object_uuid',
  },
  logsource: { product: 'onepassword', service: 'events', categories: [] },
  ocsf: {
    'metadata.uid': 'uuid',
    'actor.user.uid': ['target_user.uuid', 'user.uuid', 'actor_uuid'],
    'api.operation': ['action', 'category', 'type'],
    'resources.uid': ['item_uuid', 'object_uuid'],
    'resources.type': 'object_type',
    'session.uid': ['session_uuid', 'session.uuid'],
    'http_request.user_agent': 'client.app_name',
    'src_endpoint.location.country': ['country', 'location.country'],
  },
  meaning(fields) {
    const [category, action] = [pick(fields, ['category']), pick(fields, ['action'])]
    if (category !== undefined) {
      const failed = category !== 'success' && category !== 'firewall_reported_success'
      return {
        activity: failed ? 'sign-in failed' : 'sign-in',
        class_uid: ocsfClass.authentication,
        activity_id: 1,
        outcome: failed ? 'failure' : 'success',
        severity_id: failed ? ocsfSeverity.low : ocsfSeverity.informational,
        detail: [category, pick(fields, ['type'])].filter(Boolean).join(' '),
      }
    }
    if (fields['item_uuid'] !== undefined)
      return {
        activity: 'secret used',
        class_uid: ocsfClass.webResources,
        activity_id: 2,
        outcome: 'success',
        detail: [action, pick(fields, ['item_uuid'])].filter(Boolean).join(' '),
      }
    return {
      ...actOf(`${action ?? ''} ${pick(fields, ['object_type']) ?? ''}`),
      activity: 'onepassword event',
      outcome: 'success',
      detail: [action, pick(fields, ['object_type'])].filter(Boolean).join(' '),
    }
  },
})
