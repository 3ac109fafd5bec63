// Cloudflare: HTTP requests, firewall events, DNS, Zero Trust access and audit, as Logpush and its API write them.
import { ocsfClass, ocsfSeverity } from '#standards'
import { textOf } from '../values.ts'
import { alias, cloudParser, has, pick } from './service.ts'
import { actOf, httpActivity, httpOutcome } from './verbs.ts'

export const cloudflareHttp = cloudParser({
  name: 'cloudflare-http',
  does: "reads Cloudflare's HTTP requests and firewall events",
  recognises: '`RayID` with `ClientIP`',
  recognise: (object) => (has(object, 'RayID') || has(object, 'EdgeResponseStatus')) && has(object, 'ClientIP'),
  columns: {
    time: 'EdgeStartTimestamp Datetime EdgeEndTimestamp',
    src_ip: 'ClientIP',
    src_port: 'ClientSrcPort',
    dst_ip: 'OriginIP',
    domain: 'ClientRequestHost',
    url: 'ClientRequestURI ClientRequestPath',
    host: 'EdgeColoCode',
  },
  logsource: { product: 'cloudflare', service: 'http', categories: ['webserver'] },
  ocsf: {
    'http_request.http_method': 'ClientRequestMethod',
    'http_request.url.path': ['ClientRequestPath', 'ClientRequestURI'],
    'http_request.user_agent': ['ClientRequestUserAgent', 'UserAgent'],
    'http_request.referrer': 'ClientRequestReferer',
    'http_response.code': 'EdgeResponseStatus',
    'metadata.uid': 'RayID',
    'src_endpoint.location.country': 'ClientCountry',
    'src_endpoint.autonomous_system.number': 'ClientASN',
    'firewall_rule.uid': ['RuleID', 'SecurityRuleID', 'WAFRuleID'],
    disposition: ['Action', 'SecurityAction', 'WAFAction'],
    'tls.version': 'ClientSSLProtocol',
    'tls.cipher': 'ClientSSLCipher',
  },
  add: (fields) =>
    alias(fields, [
      ['ClientRequestMethod', 'cs-method'],
      ['ClientRequestURI', 'cs-uri-query'],
      ['ClientRequestPath', 'cs-uri-stem'],
      ['EdgeResponseStatus', 'sc-status'],
      ['ClientRequestUserAgent', 'cs-user-agent'],
      ['ClientIP', 'c-ip'],
      ['ClientRequestHost', 'cs-host'],
      ['ClientRequestReferer', 'cs-referer'],
    ]),
  meaning(fields) {
    const action = pick(fields, ['Action', 'SecurityAction', 'WAFAction'])?.toLowerCase()
    const refused = action !== undefined && /block|challenge|drop|deny/.test(action)
    const [method, status] = [textOf(fields['ClientRequestMethod']), fields['EdgeResponseStatus']]
    return {
      activity: refused ? 'web request blocked' : 'web request',
      class_uid: ocsfClass.httpActivity,
      activity_id: httpActivity(method),
      outcome: refused ? 'failure' : httpOutcome(status),
      severity_id: refused || Number(status) >= 500 ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [
        method,
        pick(fields, ['ClientRequestURI', 'ClientRequestPath']),
        textOf(status),
        refused ? action : undefined,
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
})

export const cloudflareZeroTrust = cloudParser({
  name: 'cloudflare-gateway',
  does: "reads Cloudflare's DNS and gateway lookups and Zero Trust logins",
  recognises:
    '`QueryName` with `ResponseCode` or `ColoName`, `AppDomain` with `Allowed`, or `Resolver…` fields of the gateway',
  recognise: (object) =>
    (has(object, 'QueryName') &&
      (has(object, 'ResponseCode') ||
        has(object, 'ColoCode') ||
        has(object, 'RCode') ||
        has(object, 'ResolverDecision'))) ||
    has(object, 'AppDomain', 'Allowed') ||
    has(object, 'PolicyID', 'SourceIP', 'Datetime'),
  columns: {
    time: 'CreatedAt Datetime Timestamp',
    host: 'DeviceName',
    user: 'Email UserEmail',
    src_ip: 'IPAddress SrcIP SourceIP ClientIP',
    src_port: 'SrcPort SourcePort',
    dst_ip: 'DestinationIP DstIP ResolvedIPs',
    dst_port: 'DestinationPort DstPort',
    domain: 'QueryName AppDomain HTTPHost SNI',
    url: 'URL',
  },
  logsource: (fields) => ({
    product: 'cloudflare',
    service: fields['QueryName'] === undefined ? (fields['AppDomain'] === undefined ? 'gateway' : 'access') : 'dns',
    categories: fields['QueryName'] === undefined ? [] : ['dns'],
  }),
  ocsf: {
    'query.hostname': 'QueryName',
    'query.type': ['QueryTypeName', 'QueryType'],
    rcode: ['RCode', 'ResponseCode'],
    'actor.user.uid': ['UserUID', 'UserID'],
    'metadata.uid': ['RayID', 'QueryID'],
    'device.uid': 'DeviceID',
    'firewall_rule.uid': 'PolicyID',
    'service.uid': 'AppUUID',
  },
  add: (fields) =>
    alias(fields, [
      ['QueryName', 'query'],
      ['QueryTypeName', 'record_type'],
    ]),
  meaning(fields) {
    const decision = pick(fields, ['ResolverDecision', 'Decision', 'Action'])
    const refused = fields['Allowed'] === false || /block/i.test(decision ?? '')
    const dns = pick(fields, ['QueryName'])
    const login = pick(fields, ['AppDomain'])
    return {
      activity:
        dns === undefined
          ? login === undefined
            ? 'connection judged'
            : refused
              ? 'login refused'
              : 'login accepted'
          : refused
            ? 'name lookup blocked'
            : 'name looked up',
      class_uid:
        dns === undefined
          ? login === undefined
            ? ocsfClass.networkActivity
            : ocsfClass.authentication
          : ocsfClass.dnsActivity,
      activity_id: dns === undefined && login === undefined ? 6 : 1,
      outcome: refused ? 'failure' : 'success',
      severity_id: refused ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [dns ?? login, decision].filter(Boolean).join(' '),
    }
  },
})

export const cloudflareAudit = cloudParser({
  name: 'cloudflare-audit',
  does: "reads Cloudflare's audit log",
  recognises: '`ActionType` with `ActorEmail` or `ActorType`; `action.type` with `actor.email` and `owner`',
  recognise: (object) =>
    (has(object, 'ActionType') && (has(object, 'ActorEmail') || has(object, 'ActorType'))) ||
    (has(object, 'actor', 'action', 'owner') && has(object, 'when')),
  columns: {
    time: 'When when',
    user: 'ActorEmail actor.email ActorID',
    src_ip: 'ActorIP actor.ip',
    file: 'ResourceID resource.id',
  },
  logsource: { product: 'cloudflare', service: 'audit', categories: [] },
  ocsf: {
    'api.operation': ['ActionType', 'action.type'],
    'actor.user.uid': ['ActorID', 'actor.id'],
    'actor.user.type': ['ActorType', 'actor.type'],
    'metadata.uid': ['ID', 'id'],
    'resources.type': ['ResourceType', 'resource.type'],
    'resources.uid': ['ResourceID', 'resource.id'],
    'cloud.account.uid': ['OwnerID', 'owner.id'],
  },
  meaning(fields) {
    const action = pick(fields, ['ActionType', 'action.type'])
    const outcome = fields['ActionResult'] === false || fields['action.result'] === false ? 'failure' : 'success'
    return {
      ...actOf(action),
      activity: 'cloudflare event',
      outcome,
      severity_id: outcome === 'failure' ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [action, pick(fields, ['ResourceType', 'resource.type'])].filter(Boolean).join(' '),
    }
  },
})
