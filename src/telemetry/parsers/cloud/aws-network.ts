// AWS's watch over names and requests as JSON: web application firewall, Route 53 resolver, its firewall, Network Firewall's wrapper.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { OpenFields } from '../parser.ts'
import { textOf } from '../values.ts'
import { alias, cloudParser, has, wordOf } from './service.ts'
import { httpActivity } from './verbs.ts'

const most = 64
/** The value of a header whose name is one of these, from the lists of names and values beside each other. */
function headerOf(fields: OpenFields, wanted: string): string | undefined {
  const [names, values] = [fields['httpRequest.headers.name'], fields['httpRequest.headers.value']]
  if (!Array.isArray(names) || !Array.isArray(values)) return undefined
  const at = names.slice(0, most).findIndex((one) => String(one).toLowerCase() === wanted)
  return at < 0 ? undefined : textOf(values[at])
}

export const awsWaf = cloudParser({
  name: 'aws-waf',
  does: 'reads requests as the AWS web application firewall judged them',
  recognises: '`webaclId` with `httpRequest`',
  recognise: (object) => has(object, 'webaclId', 'httpRequest'),
  columns: {
    time: 'timestamp',
    src_ip: 'httpRequest.clientIp',
    domain: 'host',
    url: 'httpRequest.uri',
    dst_host: 'httpSourceId',
  },
  logsource: { product: 'aws', service: 'waf', categories: [] },
  ocsf: {
    'http_request.http_method': 'httpRequest.httpMethod',
    'http_request.url.path': 'httpRequest.uri',
    'http_request.url.query_string': 'httpRequest.args',
    'http_request.version': 'httpRequest.httpVersion',
    'http_request.uid': 'httpRequest.requestId',
    'http_request.user_agent': 'user_agent',
    'http_request.args': 'httpRequest.args',
    'http_response.code': 'responseCodeSent',
    'src_endpoint.location.country': 'httpRequest.country',
    'src_endpoint.svc_name': 'httpSourceName',
    'src_endpoint.uid': 'httpSourceId',
    'http_request.x_forwarded_for': 'x_forwarded_for',
    http_status: 'responseCodeSent',
    'tls.ja3_hash.value': 'ja3Fingerprint',
    'ja4_fingerprint_list.value': 'ja4Fingerprint',
    'firewall_rule.condition': 'terminatingRuleMatchDetails.conditionType',
    'firewall_rule.match_details': 'terminatingRuleMatchDetails.matchedData',
    'firewall_rule.match_location': 'terminatingRuleMatchDetails.location',
    'firewall_rule.sensitivity': 'terminatingRuleMatchDetails.sensitivityLevel',
    'firewall_rule.name': 'rateBasedRuleList.rateBasedRuleName',
    'firewall_rule.rate_limit': 'rateBasedRuleList.maxRateAllowed',
    'firewall_rule.uid': 'terminatingRuleId',
    'firewall_rule.type': 'terminatingRuleType',
    action: 'action',
    disposition: 'action',
    'metadata.product.uid': 'webaclId',
  },
  add(fields) {
    const [host, agent] = [headerOf(fields, 'host'), headerOf(fields, 'user-agent')]
    const forwarded = headerOf(fields, 'x-forwarded-for')
    if (forwarded !== undefined) fields['x_forwarded_for'] ??= forwarded
    if (host !== undefined) fields['host'] ??= host
    if (agent !== undefined) fields['user_agent'] ??= agent
  },
  meaning(fields) {
    const action = textOf(fields['action'])?.toUpperCase() ?? ''
    const passed = action === 'ALLOW' || action === 'COUNT'
    return {
      activity: passed ? 'web request allowed' : 'web request blocked',
      class_uid: ocsfClass.httpActivity,
      activity_id: httpActivity(textOf(fields['httpRequest.httpMethod'])),
      outcome: passed ? 'success' : 'failure',
      severity_id: passed ? ocsfSeverity.informational : ocsfSeverity.low,
      detail: [
        wordOf(fields['httpRequest.httpMethod']),
        wordOf(fields['httpRequest.uri']),
        passed ? undefined : wordOf(fields['terminatingRuleId']),
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
})

export const route53 = cloudParser({
  name: 'route53-resolver',
  does: 'reads queries of the AWS Route 53 resolver and of its DNS firewall',
  recognises: '`query_name` with `query_type` and `vpc_id` or `srcaddr`',
  recognise: (object) => has(object, 'query_name', 'query_type') && (has(object, 'srcaddr') || has(object, 'vpc_id')),
  columns: {
    time: 'query_timestamp',
    host: 'srcids.instance srcids.resolver_endpoint',
    src_ip: 'srcaddr',
    src_port: 'srcport',
    domain: 'query_name',
  },
  logsource: { product: 'aws', service: 'route53resolver', categories: ['dns'] },
  ocsf: {
    'query.hostname': 'query_name',
    'query.type': 'query_type',
    'query.class': 'query_class',
    rcode: 'rcode',
    'answers.rdata': ['answers.Rdata', 'answers.rdata'],
    'answers.type': 'answers.Type',
    'answers.class': 'answers.Class',
    'connection_info.protocol_name': 'transport',
    'cloud.account.uid': 'account_id',
    'cloud.region': 'region',
    'src_endpoint.vpc_uid': 'vpc_id',
    'src_endpoint.instance_uid': 'srcids.instance',
    'dst_endpoint.instance_uid': 'srcids.resolver_endpoint',
    'dst_endpoint.interface_uid': 'srcids.resolver_network_interface',
    'firewall_rule.uid': 'firewall_rule_group_id',
    disposition: 'firewall_rule_action',
  },
  add: (fields) =>
    alias(fields, [
      ['query_name', 'query'],
      ['query_type', 'record_type'],
      ['answers.Rdata', 'answer'],
    ]),
  meaning(fields) {
    const action = textOf(fields['firewall_rule_action'])?.toUpperCase()
    const code = textOf(fields['rcode'])
    return {
      activity: action === 'BLOCK' ? 'name lookup blocked' : 'name looked up',
      class_uid: ocsfClass.dnsActivity,
      activity_id: 6,
      outcome:
        action === 'BLOCK' ? 'failure' : code === undefined ? undefined : code === 'NOERROR' ? 'success' : 'failure',
      severity_id: action === undefined || action === 'ALLOW' ? ocsfSeverity.informational : ocsfSeverity.medium,
      detail: [textOf(fields['query_name']), textOf(fields['query_type']), code, action].filter(Boolean).join(' '),
    }
  },
})
