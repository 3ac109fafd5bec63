// Any other JSON object: its time, host, user and addresses looked for under the names that tools commonly use.
import { ocsfClass } from '#standards'
import type { LogSource, ParsedEvent } from '../types.ts'
import { flatten } from './flatten.ts'
import { type Entities, type JsonObject, type JsonParser, makeEvent, type OpenFields } from './parser.ts'
import { anyTime } from './times.ts'
import { accountOf, addressOf, firstOf, hostOf, pidOf, portOf, processUid } from './values.ts'
import { jsonSourceOf } from './json-sources.ts'

const name = 'json'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)
const names = {
  time: words(`@timestamp timestamp time ts eventTime EventTime event_time datetime TimeGenerated CreationTime published
    createdDateTime activityDateTime created_at created _time date id.time eventTimestamp requestReceivedTimestamp unixTime unix_timestamp Timestamp
    start`),
  host: words(
    'host.name host.hostname hostname Hostname HostName host Host Computer computer agent.hostname beat.hostname node hostIdentifier node_id',
  ),
  user: words(`user.name user username userName UserName UserId User userPrincipalName properties.userPrincipalName identity.userPrincipalName actor.login
    actor.alternateId actor actor_user_name principalEmail protoPayload.authenticationInfo.principalEmail user.username identity.claims.name caller account_name`),
  src: words(`src_ip source.ip srcip src sourceIPAddress client_ip clientIp clientIP ClientIP client.ip client.ipAddress ipAddress
    IPAddress callerIpAddress properties.ipAddress httpRequest.clientRequestIp remote_addr remote_ip actor_ip id.orig_h SourceIp sourceIPs ip_address srcaddr
    protoPayload.requestMetadata.callerIp src_host ip ipaddr client_address`),
  srcPort: words('src_port source.port srcport id.orig_p SourcePort'),
  dst: words('dst_ip dest_ip destination.ip dstip dst id.resp_h DestinationIp dstaddr dst_host server_ip'),
  dstPort: words('dst_port dest_port destination.port dstport id.resp_p DestinationPort'),
  process: words('process.executable process.name process exe Image comm program'),
  pid: words('process.pid pid ProcessId'),
  command: words('process.command_line CommandLine command_line cmdline'),
  file: words('file.path TargetFilename file filename path'),
  domain: words('domain dns.question.name url.domain http.hostname tls.client.server_name tls.sni'),
  url: words('url url.full url.original request_url uri http.url'),
  text: words(
    'message msg log MESSAGE event.action action eventName operationName Operation eventType displayMessage protoPayload.methodName',
  ),
}

function timeOf(fields: OpenFields): number | undefined {
  for (const field of names.time) {
    const time = anyTime(fields[field])
    if (time !== undefined) return time
  }
  return undefined
}

/** The log source that a record names itself: `logsource: { product, service, category }`, as a Sigma rule does. */
function declared(fields: OpenFields): LogSource | undefined {
  const [product, service, category] = [
    fields['logsource.product'],
    fields['logsource.service'],
    fields['logsource.category'],
  ]
  const categories = (Array.isArray(category) ? category : [category]).filter(
    (one): one is string => typeof one === 'string',
  )
  if (typeof product !== 'string' && typeof service !== 'string' && categories.length === 0) return undefined
  return {
    ...(typeof product === 'string' ? { product } : {}),
    ...(typeof service === 'string' ? { service } : {}),
    categories,
  }
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  const source = jsonSourceOf(fields)
  const host = hostOf(firstOf(fields, names.host))
  const who: Entities = {
    host,
    user: accountOf(firstOf(fields, names.user)),
    src_ip: addressOf(firstOf(fields, names.src)),
    src_port: portOf(firstOf(fields, names.srcPort)),
    dst_ip: addressOf(firstOf(fields, names.dst)),
    dst_port: portOf(firstOf(fields, names.dstPort)),
    domain: firstOf(fields, names.domain),
    url: firstOf(fields, names.url),
    process: firstOf(fields, names.process),
    process_uid: processUid(host, pidOf(firstOf(fields, names.pid))),
    command_line: firstOf(fields, names.command),
    file: firstOf(fields, names.file),
  }
  return makeEvent(name, received, who, {
    time: timeOf(fields),
    logsource: declared(fields) ?? source?.logsource(fields) ?? { categories: [] },
    class_uid: source?.class_uid ?? ocsfClass.base,
    activity: source?.activity ?? 'record',
    detail: firstOf(fields, names.text),
    fields,
  })
}

export const json: JsonParser = {
  name,
  reads: 'json',
  does: 'keeps every value under its dotted name, finds time, host, user and addresses under their common names, and tells cloud services apart; a record may name its own log source: `logsource: {product, service, category}`',
  recognises: 'any other JSON object',
  recognise: () => true,
  parse,
}
