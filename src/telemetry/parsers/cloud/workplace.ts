// Services people work with: Slack, Zoom, Salesforce, Snowflake.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { OpenFields } from '../parser.ts'
import { isObject } from '../values.ts'
import { cloudParser, has, pick } from './service.ts'
import { actOf, type Act, outcomeOf } from './verbs.ts'

const slackKinds: Readonly<Record<string, Act>> = {
  user_login: { class_uid: ocsfClass.authentication, activity_id: 1 },
  user_login_failed: { class_uid: ocsfClass.authentication, activity_id: 1 },
  user_logout: { class_uid: ocsfClass.authentication, activity_id: 2 },
  user_session_invalidated: { class_uid: ocsfClass.authentication, activity_id: 2 },
  user_created: { class_uid: ocsfClass.accountChange, activity_id: 1 },
  user_deactivated: { class_uid: ocsfClass.accountChange, activity_id: 5 },
  user_reactivated: { class_uid: ocsfClass.accountChange, activity_id: 2 },
  role_change_to_admin: { class_uid: ocsfClass.userAccess, activity_id: 1 },
  role_change_to_owner: { class_uid: ocsfClass.userAccess, activity_id: 1 },
  role_change_to_user: { class_uid: ocsfClass.userAccess, activity_id: 2 },
  user_added_to_usergroup: { class_uid: ocsfClass.groupManagement, activity_id: 3 },
  user_removed_from_usergroup: { class_uid: ocsfClass.groupManagement, activity_id: 4 },
  file_uploaded: { class_uid: ocsfClass.fileHosting, activity_id: 1 },
  file_downloaded: { class_uid: ocsfClass.fileHosting, activity_id: 2 },
  file_shared: { class_uid: ocsfClass.fileHosting, activity_id: 12 },
  anomaly: { class_uid: ocsfClass.detectionFinding, activity_id: 1 },
}

export const slack = cloudParser({
  name: 'slack',
  does: "reads Slack's audit logs and access logs",
  recognises: '`action` with `date_create`, `actor` and `entity`; `date_first` with `user_id`',
  recognise: (object) =>
    (has(object, 'action', 'date_create') && isObject(object['actor'])) ||
    has(object, 'date_first', 'date_last', 'user_agent'),
  columns: {
    time: 'date_create date_last date_first',
    user: 'actor.user.email actor.user.name username actor.user.id',
    target_user: 'entity.user.email entity.user.name',
    src_ip: 'context.ip_address ip',
    file: 'entity.file.name entity.channel.name entity.workspace.name',
  },
  logsource: { product: 'slack', service: 'audit', categories: [] },
  ocsf: {
    'api.operation': 'action',
    'metadata.uid': 'id',
    'actor.user.uid': ['actor.user.id', 'user_id'],
    'actor.user.email_addr': 'actor.user.email',
    'actor.session.uid': 'context.session_id',
    'http_request.user_agent': ['context.ua', 'user_agent'],
    'resources.type': 'entity.type',
    'metadata.tenant_uid': 'context.location.id',
  },
  meaning(fields) {
    const action = pick(fields, ['action']) ?? 'user_login'
    const failed = /fail/.test(action)
    return {
      ...(slackKinds[action] ?? actOf(action)),
      activity: action === 'anomaly' ? 'anomaly found' : 'slack event',
      outcome: failed ? 'failure' : 'success',
      severity_id: action === 'anomaly' ? ocsfSeverity.medium : failed ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [
        action,
        pick(fields, ['entity.type']),
        pick(fields, ['entity.file.name', 'entity.channel.name', 'entity.user.email']),
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
})

export const zoom = cloudParser({
  name: 'zoom',
  does: "reads Zoom's operation logs, sign-in activities and webhooks",
  recognises:
    '`operator` with `operation_detail`; `event` with `payload.account_id`; `client_type` with `email` and `time`',
  recognise: (object) =>
    has(object, 'operator', 'operation_detail') ||
    (typeof object['event'] === 'string' &&
      isObject(object['payload']) &&
      object['payload']['account_id'] !== undefined) ||
    (has(object, 'client_type', 'email', 'time') && has(object, 'type')),
  columns: {
    time: 'time event_ts payload.time_stamp',
    user: 'operator email payload.operator payload.object.participant.email payload.object.email payload.object.host_id',
    target_user: 'payload.object.email',
    src_ip: 'ip_address payload.object.participant.ip_address payload.object.ip_address',
    file: 'payload.object.topic',
  },
  logsource: { product: 'zoom', service: 'audit', categories: [] },
  ocsf: {
    'api.operation': ['action', 'event', 'type'],
    'api.service.name': 'category_type',
    'actor.user.uid': ['payload.operator_id', 'payload.object.id'],
    'actor.user.email_addr': ['operator', 'email', 'payload.operator'],
    'metadata.tenant_uid': 'payload.account_id',
    'resources.name': 'payload.object.topic',
    'http_request.user_agent': 'client_type',
  },
  meaning(fields) {
    const event = pick(fields, ['event', 'action', 'type']) ?? ''
    const sign = fields['client_type'] !== undefined || event.startsWith('user.signed_')
    return {
      ...(sign
        ? { class_uid: ocsfClass.authentication, activity_id: /out/i.test(event) ? 2 : 1 }
        : actOf(event.replace(/^[a-z_]+\./, ''))),
      activity: 'zoom event',
      outcome: 'success',
      detail: [event, pick(fields, ['category_type']), pick(fields, ['operation_detail', 'payload.object.topic'])]
        .filter(Boolean)
        .join(' '),
    }
  },
})

export const salesforce = cloudParser({
  name: 'salesforce',
  does: "reads Salesforce's event log files as JSON, login history and the setup audit trail",
  recognises:
    '`EVENT_TYPE` with `ORGANIZATION_ID` or `USER_ID`; `LoginTime` with `SourceIp`; `attributes.type` of SetupAuditTrail',
  recognise: (object) => {
    const attributes = object['attributes']
    return (
      (has(object, 'EVENT_TYPE') && (has(object, 'ORGANIZATION_ID') || has(object, 'USER_ID'))) ||
      has(object, 'LoginTime', 'SourceIp') ||
      (isObject(attributes) &&
        /^(?:SetupAuditTrail|LoginHistory|LoginEvent|ApiEvent|ReportEvent|ListViewEvent|UriEvent)/.test(
          String(attributes['type']),
        ))
    )
  },
  columns: {
    time: 'TIMESTAMP_DERIVED LoginTime EventDate CreatedDate',
    user: 'USER_NAME Username CreatedBy.Username UserName USER_ID UserId CreatedById',
    src_ip: 'SOURCE_IP CLIENT_IP SourceIp',
    url: 'URI LoginUrl LOGIN_URL',
    domain: 'LOGIN_URL',
  },
  logsource: { product: 'salesforce', service: 'eventlog', categories: [] },
  ocsf: {
    'api.operation': ['EVENT_TYPE', 'Action', 'attributes.type'],
    'metadata.uid': ['REQUEST_ID', 'EventIdentifier', 'Id'],
    'metadata.tenant_uid': 'ORGANIZATION_ID',
    'actor.user.uid': ['USER_ID_DERIVED', 'USER_ID', 'UserId', 'CreatedById'],
    'actor.session.uid': ['SESSION_KEY', 'SessionKey'],
    'http_request.user_agent': ['BROWSER_TYPE', 'Browser', 'USER_AGENT'],
    status_detail: ['LOGIN_STATUS', 'Status'],
    'tls.version': ['TLS_PROTOCOL', 'TlsProtocol'],
  },
  meaning(fields) {
    const type = pick(fields, ['EVENT_TYPE', 'Action', 'attributes.type', 'LoginType']) ?? ''
    const login = /login/i.test(type) || fields['LoginTime'] !== undefined
    const status = pick(fields, ['LOGIN_STATUS', 'Status', 'REQUEST_STATUS'])
    const outcome =
      status === undefined ? undefined : /^(?:LOGIN_NO_ERROR|Success|S)$/i.test(status) ? 'success' : 'failure'
    return {
      ...(login
        ? { class_uid: ocsfClass.authentication, activity_id: 1 }
        : /logout/i.test(type)
          ? { class_uid: ocsfClass.authentication, activity_id: 2 }
          : actOf(type)),
      activity: login ? (outcome === 'failure' ? 'login failed' : 'login') : 'salesforce event',
      outcome,
      severity_id: outcome === 'failure' ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [type, status, pick(fields, ['Display', 'URI'])].filter(Boolean).join(' '),
    }
  },
})

/** Words that begin a statement of SQL → OCSF's Datastore Activity. */
const statements: Readonly<Record<string, number>> = {
  select: 1,
  show: 1,
  describe: 1,
  update: 2,
  merge: 2,
  insert: 5,
  copy: 5,
  put: 5,
  get: 1,
  create: 6,
  delete: 7,
  drop: 7,
  truncate: 7,
}
const lowered = (fields: OpenFields, name: string): string | undefined => pick(fields, [name, name.toLowerCase()])

const yesNo: Readonly<Record<string, 'success' | 'failure'>> = { YES: 'success', NO: 'failure' }
const snowflakeOutcome = (fields: OpenFields): 'success' | 'failure' =>
  outcomeOf(lowered(fields, 'EXECUTION_STATUS')) ??
  yesNo[lowered(fields, 'IS_SUCCESS') ?? ''] ??
  (lowered(fields, 'ERROR_CODE') === undefined ? 'success' : 'failure')

export const snowflake = cloudParser({
  name: 'snowflake',
  does: "reads Snowflake's login, query and session history, with column names in either case",
  recognises:
    '`QUERY_ID` with `QUERY_TEXT` or `QUERY_TYPE`; `EVENT_TYPE` with `FIRST_AUTHENTICATION_FACTOR` or `REPORTED_CLIENT_TYPE`',
  recognise: (object) => {
    const there = (...names: readonly string[]): boolean =>
      has(object, ...names) || has(object, ...names.map((one) => one.toLowerCase()))
    return (
      there('QUERY_ID', 'QUERY_TEXT') ||
      there('QUERY_ID', 'QUERY_TYPE') ||
      there('EVENT_TYPE', 'FIRST_AUTHENTICATION_FACTOR') ||
      there('EVENT_TYPE', 'REPORTED_CLIENT_TYPE') ||
      there('SESSION_ID', 'AUTHENTICATION_METHOD', 'LOGIN_EVENT_ID')
    )
  },
  columns: {
    time: 'EVENT_TIMESTAMP event_timestamp START_TIME start_time CREATED_ON created_on',
    user: 'USER_NAME user_name',
    src_ip: 'CLIENT_IP client_ip',
    dst_host: 'WAREHOUSE_NAME warehouse_name',
    command_line: 'QUERY_TEXT query_text',
    file: 'DATABASE_NAME database_name',
  },
  logsource: { product: 'snowflake', service: 'account_usage', categories: [] },
  ocsf: {
    'metadata.uid': ['QUERY_ID', 'query_id', 'EVENT_ID', 'event_id'],
    'database.name': ['DATABASE_NAME', 'database_name'],
    'query_info.query_string': ['QUERY_TEXT', 'query_text'],
    'query_info.uid': ['QUERY_ID', 'query_id'],
    'actor.session.uid': ['SESSION_ID', 'session_id'],
    status_detail: ['ERROR_MESSAGE', 'error_message'],
    status_code: ['ERROR_CODE', 'error_code'],
    'http_request.user_agent': ['REPORTED_CLIENT_TYPE', 'reported_client_type'],
  },
  meaning(fields) {
    const query = lowered(fields, 'QUERY_TYPE') ?? lowered(fields, 'QUERY_TEXT')
    const outcome = snowflakeOutcome(fields)
    const severity_id = outcome === 'failure' ? ocsfSeverity.low : ocsfSeverity.informational
    if (query === undefined)
      return {
        activity: outcome === 'failure' ? 'login failed' : 'login',
        class_uid: ocsfClass.authentication,
        activity_id: 1,
        outcome,
        severity_id,
        detail: lowered(fields, 'ERROR_MESSAGE'),
      }
    const word = query.trimStart().slice(0, 32).split(/[\s_]/, 1)[0]?.toLowerCase() ?? ''
    return {
      activity: 'query run',
      class_uid: ocsfClass.datastoreActivity,
      activity_id: statements[word] ?? 4,
      outcome,
      severity_id,
      detail: lowered(fields, 'QUERY_TEXT') ?? query,
    }
  },
})
