// Sample events of Panther's rules: is the log type known, and do the columns hold time, principal, address and outcome?
// Usage: node bench/accuracy/panther-analysis.mjs [--losses]   (after npm run build; data under CASTELLAN_DATA, ../shared/data when not set)
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse as yaml } from 'yaml'
import { account, corpusAt, parseWith, printed, skipped, tally, values } from './_tally.mjs'

/** Folder of rules → log sources that are right, product/service. */
const sources = {
  aws_cloudtrail_rules: ['aws/cloudtrail'],
  aws_eks_rules: ['kubernetes/audit'],
  kubernetes_rules: ['kubernetes/audit', 'gcp/gcp.audit', 'azure/kube-audit', 'azure/activitylogs'],
  aws_vpc_flow_rules: ['aws/vpcflow', 'ocsf/network_activity'],
  azure_signin_rules: ['azure/signinlogs', 'azure/auditlogs'],
  gcp_audit_rules: ['gcp/gcp.audit', 'gcp/google_workspace.login', 'gcp/google_workspace.admin'],
  github_rules: ['github/audit', 'github/webhook'],
  okta_rules: ['okta/okta'],
}
const right = (folder, log, event) => {
  if (folder === 'azure_signin_rules' && /signinlogs/i.test(String(get(log, 'category'))))
    return event.logsource.service === 'signinlogs'
  const name = `${event.logsource.product}/${event.logsource.service}`
  return folder === 'gsuite_activityevent_rules'
    ? name.startsWith('gcp/google_workspace.')
    : (sources[folder] ?? []).includes(name)
}

const first = (...values) => values.flat().find((value) => value !== undefined && value !== null && value !== '')
const timeOf = (value) => {
  if (typeof value === 'number') return value > 1e11 ? value : value * 1000
  const text = String(value)
    .trim()
    .replace(' ', 'T')
    .replace(/(\.\d{3})\d*/, '$1')
  return Date.parse(/Z$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
}
const get = (object, path) =>
  path
    .split('.')
    .reduce(
      (held, name) => held?.[Object.keys(held ?? {}).find((key) => key.toLowerCase() === name.toLowerCase())],
      object,
    )
const address = /^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-f:]{3,39}$/i

/** Where each log type says when, who, from where and how it went: written from the services' documentation. */
const meanings = {
  aws_cloudtrail_rules: (log) => ({
    time: get(log, 'eventTime'),
    src_ip: get(log, 'sourceIPAddress'),
    user: get(log, 'userIdentity.type') === 'IAMUser' ? get(log, 'userIdentity.userName') : undefined,
    outcome: get(log, 'errorCode') ? 'failure' : undefined,
  }),
  aws_eks_rules: (log) => kubernetes(log),
  kubernetes_rules: (log) => (get(log, 'protoPayload') ? gcp(log) : kubernetes(log)),
  aws_vpc_flow_rules: (log) => ({
    src_ip: first(get(log, 'srcAddr'), get(log, 'src_endpoint.ip')),
    dst_ip: first(get(log, 'dstAddr'), get(log, 'dst_endpoint.ip')),
    dst_port: first(get(log, 'dstPort'), get(log, 'dst_endpoint.port')),
  }),
  azure_signin_rules: (log) => {
    const code = first(
      get(log, 'properties.status.errorCode'),
      /^\d+$/.test(get(log, 'resultType') ?? '') ? get(log, 'resultType') : undefined,
    )
    return {
      time: first(get(log, 'properties.createdDateTime'), get(log, 'properties.activityDateTime'), get(log, 'time')),
      user: first(get(log, 'properties.userPrincipalName'), get(log, 'properties.servicePrincipalName')),
      src_ip: first(
        get(log, 'properties.ipAddress'),
        get(log, 'properties.initiatedBy.user.ipAddress'),
        get(log, 'callerIpAddress'),
      ),
      outcome: code === undefined ? undefined : Number(code) === 0 ? 'success' : 'failure',
    }
  },
  gcp_audit_rules: (log) => gcp(log),
  github_rules: (log) => ({
    time: first(
      get(log, '@timestamp'),
      typeof get(log, 'action') === 'string' && get(log, 'actor') ? get(log, 'created_at') : undefined,
    ),
    user: first(typeof get(log, 'actor') === 'string' ? get(log, 'actor') : undefined, get(log, 'sender.login')),
    src_ip: get(log, 'actor_ip'),
  }),
  gsuite_activityevent_rules: (log) => ({
    time: get(log, 'id.time'),
    user: get(log, 'actor.email'),
    src_ip: get(log, 'ipAddress'),
  }),
  okta_rules: (log) => ({
    time: get(log, 'published'),
    user: get(log, 'actor.alternateId'),
    src_ip: get(log, 'client.ipAddress'),
    outcome: { SUCCESS: 'success', ALLOW: 'success', FAILURE: 'failure', DENY: 'failure' }[get(log, 'outcome.result')],
  }),
}
const kubernetes = (log) => {
  const code = get(log, 'responseStatus.code')
  return {
    time: get(log, 'requestReceivedTimestamp'),
    user: get(log, 'user.username'),
    src_ip: first(get(log, 'sourceIPs') ?? []),
    outcome: code === undefined ? undefined : code < 400 ? 'success' : 'failure',
  }
}
const gcp = (log) => {
  const code = get(log, 'protoPayload.status.code')
  return {
    time: get(log, 'timestamp'),
    user: get(log, 'protoPayload.authenticationInfo.principalEmail'),
    src_ip: get(log, 'protoPayload.requestMetadata.callerIp'),
    outcome: code ? 'failure' : undefined,
  }
}

function expectedOf(folder, log, event) {
  const wanted = []
  for (const [meaning, value] of Object.entries(meanings[folder]?.(log) ?? {})) {
    if (value === undefined || value === null || value === '') continue
    if (meaning === 'src_ip' && !address.test(value)) continue
    if (meaning === 'time' && Number.isNaN(timeOf(value))) continue
    if (meaning === 'time') wanted.push([meaning, timeOf(value), event.time])
    else if (meaning === 'user') wanted.push([meaning, account(value), event.user])
    else wanted.push([meaning, meaning === 'src_ip' ? String(value).toLowerCase() : value, event[meaning]])
  }
  return wanted
}

/** A recorded event may be JSON in a text, as some rules of Panther write it. */
const logOf = (test) => (typeof test.Log === 'string' ? JSON.parse(test.Log) : test.Log)

/** Lines parsed by the right parser, columns right, values of the source kept. Without the corpus nothing. */
export async function measure() {
  const root = corpusAt('detection', 'panther-analysis', 'rules')
  const counts = tally()
  if (root === undefined) return skipped('panther-analysis', 'Apache-2.0', 'detection', 'panther-analysis')
  const parse = await parseWith()
  for (const folder of readdirSync(root).sort())
    for (const file of readdirSync(join(root, folder)).sort()) {
      const rule = yaml(readFileSync(join(root, folder, file), 'utf8'))
      // Rules without log types look at rows of a query, not at events.
      for (const test of rule.LogTypes ? (rule.Tests ?? []) : []) {
        let log
        try {
          log = logOf(test)
        } catch {
          continue
        }
        // Tests with mocked values only, and empty ones, hold no event.
        if (log === undefined || log === null || Object.keys(log).every((name) => name.startsWith('p_'))) continue
        const kind = folder.replace(/_rules$/, '')
        const event = parse(JSON.stringify(log))
        const said = values(log, event)
        counts.record(kind, event, {
          taken: right(folder, log, event),
          expected: [...expectedOf(folder, log, event), ...said],
          what: `${file}: ${test.Name}`,
        })
      }
    }
  return counts.result('panther-analysis', 'Apache-2.0')
}

if (process.argv[1] === import.meta.filename) await printed(measure)
