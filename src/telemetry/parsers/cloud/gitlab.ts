// GitLab: audit events, the JSON logs of its API and web application, and webhooks.
import { ocsfClass, ocsfSeverity } from '#standards'
import { textOf } from '../values.ts'
import { alias, cloudParser, has, pick } from './service.ts'
import { actOf, httpActivity, httpOutcome } from './verbs.ts'

export const gitlabAudit = cloudParser({
  name: 'gitlab-audit',
  does: "reads GitLab's audit events: of its API, of streaming and of audit_json.log",
  recognises: '`author_id` with `entity_type` or `target_type`; `author_name` with `entity_id`',
  recognise: (object) =>
    has(object, 'author_id', 'entity_type') ||
    has(object, 'author_name', 'entity_id') ||
    has(object, 'author_id', 'event_name', 'target_type'),
  columns: {
    time: 'created_at time timestamp',
    user: 'author_name details.author_name author_email',
    target_user: 'target_details_user',
    src_ip: 'ip_address details.ip_address remote_ip',
    file: 'entity_path details.entity_path',
  },
  logsource: { product: 'gitlab', service: 'audit', categories: ['application'] },
  ocsf: {
    'api.operation': ['event_type', 'event_name', 'details.event_name', 'details.custom_message'],
    'metadata.uid': 'id',
    'metadata.correlation_uid': 'correlation_id',
    'actor.user.uid': 'author_id',
    'actor.user.type': 'author_class',
    'resources.name': ['target_details', 'details.target_details', 'entity_path'],
    'resources.type': ['target_type', 'details.target_type', 'entity_type'],
    'resources.uid': ['target_id', 'details.target_id', 'entity_id'],
  },
  add(fields) {
    const type = pick(fields, ['target_type', 'details.target_type'])
    if (type === 'User')
      alias(fields, [
        ['target_details', 'target_details_user'],
        ['details.target_details', 'target_details_user'],
      ])
  },
  meaning(fields) {
    const said = pick(fields, [
      'custom_message',
      'details.custom_message',
      'event_message',
      'event_type',
      'event_name',
      'details.event_name',
    ])
    const verb = ['add', 'remove', 'change', 'with', 'failed_login'].find(
      (one) => fields[`details.${one}`] !== undefined || fields[one] !== undefined,
    )
    const failed = verb === 'failed_login' || /fail/i.test(said ?? '')
    return {
      ...(failed || pick(fields, ['with', 'details.with']) !== undefined
        ? { class_uid: ocsfClass.authentication, activity_id: 1 }
        : actOf(pick(fields, ['event_type', 'event_name', 'details.event_name']) ?? said ?? verb)),
      activity: 'gitlab event',
      outcome: failed ? 'failure' : 'success',
      severity_id: failed ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [
        said ?? [verb, textOf(fields[`details.${verb ?? ''}`] ?? fields[verb ?? ''])].filter(Boolean).join(' '),
        pick(fields, ['entity_path', 'details.entity_path']),
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
})

export const gitlabRequest = cloudParser({
  name: 'gitlab-request',
  does: "reads GitLab's production_json.log and api_json.log, one web request each",
  recognises: '`method`, `path` and `status` with `controller` or `route`',
  recognise: (object) =>
    has(object, 'method', 'path', 'status') &&
    (has(object, 'controller', 'action') ||
      has(object, 'route') ||
      (has(object, 'correlation_id') && (has(object, 'duration_s') || has(object, 'remote_ip')))),
  columns: {
    time: 'time @timestamp',
    host: 'hostname',
    user: 'username meta.user',
    src_ip: 'remote_ip meta.remote_ip',
    domain: 'host',
    url: 'path',
    file: 'meta.project',
  },
  logsource: { product: 'gitlab', service: 'requests', categories: ['webserver'] },
  ocsf: {
    'http_request.http_method': 'method',
    'http_request.url.path': 'path',
    'http_request.user_agent': ['ua', 'user_agent'],
    'http_response.code': 'status',
    duration: 'duration_s',
    'metadata.correlation_uid': 'correlation_id',
    'actor.user.uid': 'user_id',
    'api.operation': ['route', 'action'],
  },
  add: (fields) =>
    alias(fields, [
      ['method', 'cs-method'],
      ['path', 'cs-uri-query'],
      ['status', 'sc-status'],
      ['ua', 'cs-user-agent'],
      ['remote_ip', 'c-ip'],
    ]),
  meaning(fields) {
    const [method, status] = [textOf(fields['method']), fields['status']]
    return {
      activity: 'web request',
      class_uid: ocsfClass.httpActivity,
      activity_id: httpActivity(method),
      outcome: httpOutcome(status),
      severity_id: Number(status) >= 500 ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: `${method ?? ''} ${textOf(fields['path']) ?? ''} ${textOf(status) ?? ''}`.trim(),
    }
  },
})

export const gitlabWebhook = cloudParser({
  name: 'gitlab-webhook',
  does: "reads GitLab's webhooks and system hooks",
  recognises: '`object_kind` with `project` or `user`; `event_name` with `project_id` or `user_id`',
  recognise: (object) =>
    (has(object, 'object_kind') && (has(object, 'project') || has(object, 'user') || has(object, 'repository'))) ||
    (has(object, 'event_name', 'created_at') && (has(object, 'project_id') || has(object, 'user_id'))),
  columns: {
    time: 'object_attributes.updated_at created_at commits.timestamp',
    user: 'user.username user_username user_name user.name',
    target_user: 'username user_email',
    file: 'project.path_with_namespace path_with_namespace',
    url: 'object_attributes.url project.web_url',
  },
  logsource: { product: 'gitlab', service: 'webhook', categories: ['application'] },
  ocsf: {
    'api.operation': ['event_name', 'object_kind'],
    'actor.user.uid': ['user.id', 'user_id'],
    'actor.user.email_addr': ['user.email', 'user_email'],
    'resources.name': 'project.path_with_namespace',
    'resources.uid': 'project.id',
  },
  meaning(fields) {
    const kind = pick(fields, ['event_name', 'object_kind'])
    const action = pick(fields, ['object_attributes.action'])
    return {
      ...actOf(action ?? kind),
      activity: 'gitlab event',
      detail: [
        kind,
        action,
        pick(fields, ['ref', 'object_attributes.title']),
        pick(fields, ['project.path_with_namespace']),
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
})
