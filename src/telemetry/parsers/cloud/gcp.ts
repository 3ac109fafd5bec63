// Google Cloud: audit logs (admin, data, system, policy) as LogEntry, VPC flows, DNS, firewall, load balancers.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { LogSource } from '../../types.ts'
import type { JsonObject, OpenFields } from '../parser.ts'
import { isObject, textOf } from '../values.ts'
import { alias, cloudParser, has, pick } from './service.ts'
import { actOf, codeOutcome, httpActivity, httpOutcome } from './verbs.ts'

const severities: Readonly<Record<string, OcsfSeverity>> = {
  WARNING: ocsfSeverity.low, ERROR: ocsfSeverity.medium, CRITICAL: ocsfSeverity.high, ALERT: ocsfSeverity.critical, EMERGENCY: ocsfSeverity.fatal,
} // prettier-ignore
const severityOf = (fields: OpenFields): OcsfSeverity =>
  severities[pick(fields, ['severity'])?.toUpperCase() ?? ''] ?? ocsfSeverity.informational

/** The apps of Workspace write into the audit log of the organisation under services of their own. */
function logsource(fields: OpenFields): LogSource {
  const service = pick(fields, ['protoPayload.serviceName']) ?? ''
  const app = /^(admin|login|cloudidentity|oauth2|drive|groups)\.googleapis\.com$/.exec(service)?.[1]
  return {
    product: 'gcp',
    service: app === 'admin' || app === 'login' ? `google_workspace.${app}` : 'gcp.audit',
    categories: [],
  }
}

const payload = 'protoPayload'
const names: readonly (readonly [string, string])[] = [
  [`${payload}.methodName`, 'gcp.audit.method_name'],
  [`${payload}.serviceName`, `${payload}.Servicename`],
  [`${payload}.serviceName`, `data.${payload}.serviceName`],
  [`${payload}.methodName`, `data.${payload}.methodName`],
  ['logName', `data.${payload}.logName`],
  ['resource.type', `data.${payload}.resource.type`],
  [`${payload}.authorizationInfo.permission`, `data.${payload}.authorizationInfo.permission`],
  [`${payload}.authorizationInfo.granted`, `data.${payload}.authorizationInfo.granted`],
  [`${payload}.serviceName`, 'eventService'],
  [`${payload}.metadata.event.eventName`, 'eventName'],
]
const mostParameters = 64

/** Parameters of Workspace events, each under its own name. */
function addParameters(fields: OpenFields): void {
  const [keys, values] = [
    fields[`${payload}.metadata.event.parameter.name`],
    fields[`${payload}.metadata.event.parameter.value`],
  ]
  if (!Array.isArray(keys) || !Array.isArray(values) || keys.length !== values.length) return
  for (const [at, key] of keys.slice(0, mostParameters).entries())
    if (typeof key === 'string') fields[key.toLowerCase()] ??= values[at] ?? null
}

/** What is left of an audit record in which only the payload, or a part of it, came along. */
const isAudit = (object: JsonObject): boolean => {
  if (isObject(object['protoPayload'])) return true
  const log = object['logName']
  if (typeof log === 'string' && log.includes('cloudaudit.googleapis.com')) return true
  return (
    has(object, 'methodName') &&
    (has(object, 'serviceName') ||
      has(object, 'authenticationInfo') ||
      has(object, 'resourceName') ||
      Object.keys(object).length <= 3)
  )
}

export const gcpAudit = cloudParser({
  name: 'gcp-audit',
  does: 'reads audit logs of Google Cloud: admin activity, data access, system events and refusals by policy; Workspace events among them',
  recognises: '`protoPayload`',
  recognise: isAudit,
  columns: {
    time: 'timestamp receiveTimestamp receivetimestamp p_event_time',
    host: 'resource.labels.instance_id',
    user: `${payload}.authenticationInfo.principalEmail ${payload}.authenticationInfo.principalSubject ${payload}.authenticationInfo.authoritySelector authenticationInfo.principalEmail`,
    target_user: `${payload}.metadata.event.parameter.USER_EMAIL user_email`,
    src_ip: `${payload}.requestMetadata.callerIp ${payload}.requestMetadata.callerIP requestMetadata.callerIp`,
    dst_host: `${payload}.requestMetadata.destinationAttributes.host`,
    file: `${payload}.resourceName resourceName`,
  },
  logsource,
  ocsf: {
    'api.operation': [`${payload}.methodName`, 'methodName'],
    'api.service.name': [`${payload}.serviceName`, 'serviceName'],
    'api.response.code': `${payload}.status.code`,
    'api.response.message': `${payload}.status.message`,
    'cloud.project_uid': 'resource.labels.project_id',
    'cloud.region': ['resource.labels.location', 'resource.labels.region'],
    'cloud.zone': 'resource.labels.zone',
    'http_request.user_agent': `${payload}.requestMetadata.callerSuppliedUserAgent`,
    'actor.user.email_addr': `${payload}.authenticationInfo.principalEmail`,
    'actor.user.uid': `${payload}.authenticationInfo.principalSubject`,
    'actor.user.credential_uid': `${payload}.authenticationInfo.serviceAccountKeyName`,
    'resources.name': `${payload}.resourceName`,
    'resources.type': 'resource.type',
    'metadata.uid': 'insertId',
    'metadata.log_name': 'logName',
  },
  add(fields) {
    alias(fields, names)
    addParameters(fields)
  },
  meaning(fields) {
    const code = pick(fields, [`${payload}.status.code`])
    const granted = fields[`${payload}.authorizationInfo.granted`]
    const denied =
      (pick(fields, ['logName', 'logname']) ?? '').endsWith('policy') ||
      (code === undefined && Array.isArray(granted) && granted.includes(false))
    const outcome = denied
      ? 'failure'
      : (codeOutcome(code) ?? (pick(fields, [`${payload}.status.message`]) === undefined ? 'success' : 'failure'))
    const method = pick(fields, [`${payload}.methodName`, 'methodName'])
    return {
      ...actOf(method?.slice(method.lastIndexOf('.') + 1)),
      activity: outcome === 'failure' ? 'google cloud call refused' : 'google cloud call',
      outcome,
      severity_id: severityOf(fields),
      detail: [
        method,
        pick(fields, [`${payload}.resourceName`]),
        code === '0' ? undefined : pick(fields, [`${payload}.status.message`]),
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
})

const payloadHas = (object: JsonObject, name: string): boolean => {
  const part = object['jsonPayload']
  return isObject(part) && part[name] !== undefined
}

export const gcpFlow = cloudParser({
  name: 'gcp-flow',
  does: 'reads flow and firewall logs of Google Cloud networks',
  recognises: '`jsonPayload.connection`',
  recognise: (object) => payloadHas(object, 'connection'),
  columns: {
    time: 'jsonPayload.start_time timestamp receiveTimestamp',
    host: 'jsonPayload.src_instance.vm_name jsonPayload.instance.vm_name jsonPayload.dest_instance.vm_name',
    src_ip: 'jsonPayload.connection.src_ip',
    src_port: 'jsonPayload.connection.src_port',
    src_host: 'jsonPayload.src_instance.vm_name',
    dst_ip: 'jsonPayload.connection.dest_ip',
    dst_port: 'jsonPayload.connection.dest_port',
    dst_host: 'jsonPayload.dest_instance.vm_name',
  },
  logsource: (fields) => ({
    product: 'gcp',
    service: fields['jsonPayload.disposition'] === undefined ? 'vpcflow' : 'firewall',
    categories: fields['jsonPayload.disposition'] === undefined ? [] : ['firewall'],
  }),
  ocsf: {
    'connection_info.protocol_num': 'jsonPayload.connection.protocol',
    'traffic.bytes': 'jsonPayload.bytes_sent',
    'traffic.packets': 'jsonPayload.packets_sent',
    start_time: 'jsonPayload.start_time',
    end_time: 'jsonPayload.end_time',
    'cloud.project_uid': 'resource.labels.project_id',
    'firewall_rule.name': 'jsonPayload.rule_details.reference',
    'src_endpoint.location.country': 'jsonPayload.src_location.country',
    'dst_endpoint.location.country': 'jsonPayload.dest_location.country',
    'metadata.uid': 'insertId',
  },
  meaning(fields) {
    const refused = pick(fields, ['jsonPayload.disposition']) === 'DENIED'
    return {
      activity: refused ? 'connection blocked' : 'network flow',
      class_uid: ocsfClass.networkActivity,
      activity_id: refused ? 5 : 6,
      outcome: fields['jsonPayload.disposition'] === undefined ? undefined : refused ? 'failure' : 'success',
      detail: pick(fields, ['jsonPayload.rule_details.reference', 'jsonPayload.reporter']),
    }
  },
})

/** Any other LogEntry of Cloud Logging: lookups of Cloud DNS, requests of load balancers, what programs say. */
export const gcpLog = cloudParser({
  name: 'gcp-log',
  does: "reads other entries of Google's Cloud Logging: DNS, load balancers, programs",
  recognises: '`logName` of a project, folder or organisation with `resource`',
  recognise: (object) =>
    typeof object['logName'] === 'string' &&
    /^(?:projects|folders|organizations|billingAccounts)\//.test(object['logName']) &&
    isObject(object['resource']),
  columns: {
    time: 'timestamp receiveTimestamp',
    host: 'jsonPayload._HOSTNAME labels.compute.googleapis.com/resource_name jsonPayload.hostname resource.labels.instance_id resource.labels.pod_name',
    src_ip: 'jsonPayload.sourceIP httpRequest.remoteIp',
    dst_ip: 'httpRequest.serverIp',
    domain: 'jsonPayload.queryName',
    url: 'httpRequest.requestUrl',
  },
  logsource: (fields) => ({
    product: 'gcp',
    categories:
      fields['jsonPayload.queryName'] === undefined
        ? fields['httpRequest.requestUrl'] === undefined
          ? []
          : ['webserver']
        : ['dns'],
  }),
  ocsf: {
    'query.hostname': 'jsonPayload.queryName',
    'query.type': 'jsonPayload.queryType',
    rcode: 'jsonPayload.responseCode',
    'http_request.http_method': 'httpRequest.requestMethod',
    'http_request.user_agent': 'httpRequest.userAgent',
    'http_request.url.url_string': 'httpRequest.requestUrl',
    'http_response.code': 'httpRequest.status',
    'cloud.project_uid': 'resource.labels.project_id',
    'metadata.uid': 'insertId',
  },
  add: (fields) =>
    alias(fields, [
      ['jsonPayload.queryName', 'query'],
      ['jsonPayload.queryType', 'record_type'],
      ['httpRequest.userAgent', 'cs-user-agent'],
      ['httpRequest.requestMethod', 'cs-method'],
      ['httpRequest.requestUrl', 'cs-uri-query'],
      ['httpRequest.status', 'sc-status'],
      ['httpRequest.remoteIp', 'c-ip'],
    ]),
  meaning(fields) {
    const [query, method] = [textOf(fields['jsonPayload.queryName']), textOf(fields['httpRequest.requestMethod'])]
    const severity_id = severityOf(fields)
    if (query !== undefined)
      return {
        activity: 'name looked up',
        class_uid: ocsfClass.dnsActivity,
        activity_id: 2,
        severity_id,
        outcome: pick(fields, ['jsonPayload.responseCode']) === 'NOERROR' ? 'success' : 'failure',
        detail: query,
      }
    if (method !== undefined)
      return {
        activity: 'web request',
        class_uid: ocsfClass.httpActivity,
        activity_id: httpActivity(method),
        severity_id,
        outcome: httpOutcome(fields['httpRequest.status']),
        detail: [method, textOf(fields['httpRequest.requestUrl']), textOf(fields['httpRequest.status'])]
          .filter(Boolean)
          .join(' '),
      }
    return {
      activity: 'log entry',
      class_uid: ocsfClass.base,
      severity_id,
      detail: pick(fields, ['textPayload', 'jsonPayload.message', 'jsonPayload.MESSAGE']),
    }
  },
})
