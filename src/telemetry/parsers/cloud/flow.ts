// AWS VPC flow logs, versions 2 to 5: text with or without its header line, and JSON of any tool that names the same fields.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import type { Entities, JsonParser, OcsfMapping, OpenFields, TextParser } from '../parser.ts'
import { makeEvent } from '../parser.ts'
import { flatten, setField } from '../flatten.ts'
import { addressOf, portOf, textOf } from '../values.ts'
import { alias, has, type Meaning, pick, timeOf } from './service.ts'

const name = 'vpc-flow'

/** The default format, and after it the fields in the order of AWS's table, which is the order people choose who choose all. */
const order = (
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status ' +
  'vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id ' +
  'pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path ecs-cluster-arn ecs-cluster-name'
).split(' ')
const known = new Set([
  ...order,
  'ecs-service-name',
  'ecs-task-definition-arn',
  'ecs-task-arn',
  'ecs-task-id',
  'ecs-container-id',
  'ecs-container-instance-id',
  'reject-reason',
])
const numbers = new Set([
  'version',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'tcp-flags',
  'traffic-path',
])

/** Names of the JSON forms (`account_id`, `srcAddr`) → the name in the text; rules and people ask for the latter without its hyphens. */
const plainName = (text: string): string => text.replaceAll('-', '_').toLowerCase()

/** What AWS counts as ways out, as the schema says it: through the same network, a gateway, a peering. */
const paths: Readonly<Record<string, string>> = {
  1: 'Same VPC',
  2: 'Internet/VPC Gateway',
  3: 'Virtual Private Gateway',
  4: 'Intra-region VPC',
  5: 'Inter-region VPC',
  6: 'Local Gateway',
  7: 'Gateway VPC',
  8: 'Internet Gateway',
}

const common: OcsfMapping = {
  'cloud.account.uid': ['account_id', 'accountId', 'account'],
  'cloud.region': 'region',
  'cloud.zone': ['az_id', 'azId'],
  'connection_info.protocol_num': 'protocol',
  'connection_info.tcp_flags': ['tcp_flags', 'tcpFlags'],
  'connection_info.direction': ['flow_direction', 'flowDirection'],
  'connection_info.protocol_ver': 'type',
  'connection_info.boundary': 'boundary',
  status_code: ['log_status', 'logStatus'],
  'src_endpoint.ip': ['pkt_srcaddr', 'srcaddr', 'srcAddr'],
  'dst_endpoint.ip': ['pkt_dstaddr', 'dstaddr', 'dstAddr'],
  'traffic.packets': 'packets',
  'traffic.bytes': 'bytes',
  start_time: 'start',
  end_time: 'end',
  action: 'action',
  disposition: 'action',
  'src_endpoint.svc_name': 'pkt_src_aws_service',
  'dst_endpoint.svc_name': 'pkt_dst_aws_service',
}

/** The interface belongs to whoever receives what comes in, and to whoever sends what goes out. */
const ofInterface = (end: 'src' | 'dst'): OcsfMapping => ({
  ...common,
  [`${end}_endpoint.interface_uid`]: ['interface_id', 'interfaceId'],
  [`${end}_endpoint.vpc_uid`]: ['vpc_id', 'vpcId'],
  [`${end}_endpoint.subnet_uid`]: ['subnet_id', 'subnetId', 'subNetId'],
  [`${end}_endpoint.instance_uid`]: ['instance_id', 'instanceId'],
})
const [ofSender, ofReceiver] = [ofInterface('src'), ofInterface('dst')]
/** Between an address of a packet and one of an interface stands what translates them. */
const ofTranslated = (end: 'src' | 'dst'): OcsfMapping => ({ [`${end}_endpoint.intermediate_ips`]: `${end}addr` })

function ocsf({ fields }: Pick<ParsedEvent, 'fields'>): OcsfMapping {
  const mapping = /^in/i.test(textOf(fields['flow_direction'] ?? fields['flowDirection']) ?? '') ? ofReceiver : ofSender
  const other = (end: 'src' | 'dst'): boolean =>
    fields[`pkt_${end}addr`] !== undefined && fields[`pkt_${end}addr`] !== fields[`${end}addr`]
  if (!other('src') && !other('dst')) return mapping
  return { ...mapping, ...(other('src') ? ofTranslated('src') : {}), ...(other('dst') ? ofTranslated('dst') : {}) }
}

function meaning(fields: OpenFields): Meaning {
  const action = textOf(fields['action'])?.toUpperCase()
  return {
    activity: action === 'REJECT' ? 'connection blocked' : 'network flow',
    class_uid: ocsfClass.networkActivity,
    activity_id: action === 'REJECT' ? 5 : 6,
    outcome: action === undefined ? undefined : action === 'ACCEPT' ? 'success' : 'failure',
    detail: [action, textOf(fields['flow_direction']), textOf(fields['log_status'])].filter(Boolean).join(' '),
  }
}

const src = ['srcaddr', 'srcAddr', 'pkt_srcaddr']
const dst = ['dstaddr', 'dstAddr', 'pkt_dstaddr']

function flowEvent(fields: OpenFields, received: number): ParsedEvent {
  const boundary = paths[textOf(fields['traffic_path'] ?? fields['trafficPath']) ?? '']
  if (boundary !== undefined) setField(fields, 'boundary', boundary)
  const who: Entities = {
    host: pick(fields, ['instance_id', 'instanceId']),
    src_ip: addressOf(pick(fields, src)),
    src_port: portOf(pick(fields, ['srcport', 'srcPort'])),
    dst_ip: addressOf(pick(fields, dst)),
    dst_port: portOf(pick(fields, ['dstport', 'dstPort'])),
  }
  return makeEvent(name, received, who, {
    ...meaning(fields),
    time: timeOf(fields, ['start', '@timestamp', 'timestamp', 'end', 'p_event_time']),
    logsource: { product: 'aws', service: 'vpcflow', categories: [] },
    fields,
  })
}

const digits = /^\d{1,19}$/
/** `-` stands for nothing. */
function fieldsOf(names: readonly string[], values: readonly string[]): OpenFields {
  const fields: OpenFields = {}
  for (const [at, value] of values.entries()) {
    const said = names[at] ?? `field-${at + 1}`
    if (value !== '-' && value !== '')
      setField(fields, plainName(said), numbers.has(said) && digits.test(value) ? Number(value) : value)
  }
  return fields
}

const most = 64
const cells = (line: string): readonly string[] =>
  line.includes(',') && !line.includes(' ') ? line.split(',', most) : line.split(' ', most)

/** AWS adds fields; one that is not known here keeps its own name. */
const fieldName = /^[a-z][a-z0-9-]{1,48}$/

/** The names of a header line, with hyphens; undefined when the line is none. */
export function flowHeader(line: string): readonly string[] | undefined {
  if (line.length > 2000 || !line.includes('addr')) return undefined
  const names = cells(line.trim().replaceAll('_', '-'))
  const flows = names.filter((one) => known.has(one)).length
  return names.length > 2 && flows * 2 > names.length && names.every((one) => fieldName.test(one)) ? names : undefined
}

const flowLine =
  /^[2-9] (?:\d{12}|unknown|-) (?:eni-[0-9a-z]{1,40}|-) \S{1,64} \S{1,64} \S{1,16} \S{1,16} \S{1,16} \S{1,32} \S{1,32} \d{9,11} \d{9,11} (?:ACCEPT|REJECT|-) (?:OK|NODATA|SKIPDATA)/

export const vpcFlowText: TextParser = {
  name: 'vpc-flow-text',
  reads: 'text',
  does: 'reads lines of AWS VPC flow logs: the default format and all fields in the order of the documentation; any other order with its header line before it in the record',
  recognises: 'fourteen fields of a flow, or a header line of their names and one line of values',
  ocsf,
  recognise: (text) =>
    /^[2-9] /.test(text) || /^(?:version|account.id|[a-z_-]{3,30})[ ,][a-z_ ,-]{1,1900}\n/.test(text.slice(0, 2000)),
  parse(text, received) {
    const cut = text.indexOf('\n')
    const names = cut < 0 ? undefined : flowHeader(text.slice(0, cut))
    const line = (names ? text.slice(cut + 1) : text).trim()
    if (line.length > 8000 || line.includes('\n') || (!names && !flowLine.test(line))) return undefined
    return { ...flowEvent(fieldsOf(names ?? order, cells(line)), received), parser: 'vpc-flow-text' }
  },
}

const isFlow = (object: Readonly<Record<string, unknown>>): boolean =>
  has(object, 'srcaddr', 'dstaddr') &&
  (object['interface_id'] !== undefined ||
    object['interface-id'] !== undefined ||
    object['log_status'] !== undefined ||
    object['log-status'] !== undefined ||
    object['dstport'] !== undefined)

export const vpcFlow: JsonParser = {
  name,
  reads: 'json',
  does: 'reads AWS VPC flow records as JSON, whichever way their names are written',
  recognises: '`srcaddr` and `dstaddr` with `interface_id`, `log_status` or `dstport`; `srcAddr` with `dstAddr`',
  ocsf,
  recognise: (object) => (isFlow(object) && object['query_name'] === undefined) || has(object, 'srcAddr', 'dstAddr'),
  parse(object, received) {
    const fields = flatten(object)
    alias(
      fields,
      order.filter((one) => one.includes('-')).map((one) => [one, plainName(one)] as const),
    )
    return flowEvent(fields, received)
  },
}
