// Flows as the inputs for NetFlow, IPFIX and sFlow write them: elements under the names of the IANA registry.
import { ocsfClass } from '#standards'
import type { Fields } from '../types.ts'
import { flatten } from './flatten.ts'
import { type Entities, type JsonObject, type JsonParser, makeEvent } from './parser.ts'
import { addressOf, firstOf, portOf } from './values.ts'

const name = 'netflow'
const kinds = new Set(['netflow5', 'netflow9', 'ipfix', 'sflow5'])
const protocols: Readonly<Record<number, string>> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP', 47: 'GRE', 50: 'ESP', 58: 'ICMPv6', 132: 'SCTP' } // prettier-ignore
/** OCSF: network traffic was reported. */
const traffic = 6

const sources = ['sourceIPv4Address', 'sourceIPv6Address'] as const
const targets = ['destinationIPv4Address', 'destinationIPv6Address'] as const
const starts = ['flowStartMilliseconds', 'flowStartSeconds', 'flowStartMicroseconds', 'flowStartNanoseconds', 'observationTimeMilliseconds', 'exportMilliseconds'] as const // prettier-ignore
const octets = ['octetDeltaCount', 'octetTotalCount', 'initiatorOctets', 'postOctetDeltaCount'] as const
const packets = ['packetDeltaCount', 'packetTotalCount', 'initiatorPackets', 'postPacketDeltaCount'] as const

const timeOf = (fields: Fields): number | undefined => {
  for (const one of starts) {
    const value = fields[one]
    if (typeof value === 'number' && value > 0) return value
  }
  return undefined
}

function detailOf(fields: Fields, who: Entities): string {
  const number = Number(fields['protocolIdentifier'])
  const protocol = protocols[number] ?? (Number.isInteger(number) ? `protocol ${number}` : 'frame')
  const port = who.src_port === undefined ? '' : ` port ${who.src_port}`
  return `${protocol}${port}, ${firstOf(fields, octets) ?? '?'} bytes in ${firstOf(fields, packets) ?? '?'} packets`
}

export const netflow: JsonParser = {
  name,
  reads: 'json',
  does: 'makes network activity of flows: ends, ports, bytes and packets, the time when the flow began',
  recognises: 'records of the inputs `netflow` and `sflow`',
  recognise: ({ flow, exporter }) => typeof flow === 'string' && kinds.has(flow) && typeof exporter === 'string',
  parse(object: JsonObject, received: number) {
    const fields = flatten(object)
    const isOptions = fields['options'] === true
    const who: Entities = {
      src_ip: addressOf(firstOf(fields, sources)),
      src_port: portOf(fields['sourceTransportPort']),
      dst_ip: addressOf(firstOf(fields, targets)),
      dst_port: portOf(fields['destinationTransportPort']),
    }
    return makeEvent(name, received, who, {
      time: timeOf(fields),
      logsource: { product: 'netflow', service: 'flow', categories: [] },
      class_uid: isOptions ? ocsfClass.base : ocsfClass.networkActivity,
      activity_id: isOptions ? undefined : traffic,
      activity: isOptions ? 'exporter reported' : 'network flow',
      detail: isOptions ? `exporter ${firstOf(fields, ['exporter']) ?? ''}` : detailOf(fields, who),
      fields,
    })
  },
  ocsf: () => ({
    'traffic.bytes': octets,
    'traffic.packets': packets,
    'connection_info.protocol_num': 'protocolIdentifier',
    start_time: starts,
    end_time: ['flowEndMilliseconds', 'flowEndSeconds'],
  }),
}
