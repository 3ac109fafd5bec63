// The head of a packet as a sampled frame has it: Ethernet, VLAN, IPv4 or IPv6, and ports.
import { type Flow, ipv4, ipv6, mac } from './values.ts'

const [vlanTag, serviceTag, v4, v6] = [0x8100, 0x88a8, 0x0800, 0x86dd]
const [icmp, tcp, udp, sctp, icmp6] = [1, 6, 17, 132, 58]
/** IPv6 extension headers that have their length in the second byte. */
const extensions = new Set([0, 43, 60])

/** Adds what can be read to the flow. Never throws. */
export function ethernetHead(bytes: Buffer, flow: Flow): void {
  if (bytes.length < 14) return
  flow['destinationMacAddress'] = mac(bytes.subarray(0, 6))
  flow['sourceMacAddress'] = mac(bytes.subarray(6, 12))
  let at = 12
  let type = bytes.readUInt16BE(at)
  for (let tags = 0; (type === vlanTag || type === serviceTag) && tags < 2 && at + 6 <= bytes.length; tags += 1) {
    flow['vlanId'] = bytes.readUInt16BE(at + 2) & 0x0fff
    at += 4
    type = bytes.readUInt16BE(at)
  }
  flow['ethernetType'] = type
  if (type === v4 || type === v6) ipHead(bytes.subarray(at + 2), flow)
}

/** IPv4 or IPv6, as the first four bits say. */
export function ipHead(bytes: Buffer, flow: Flow): void {
  const version = (bytes[0] ?? 0) >> 4
  if (version === 4 && bytes.length >= 20) {
    flow['sourceIPv4Address'] = ipv4(bytes.subarray(12))
    flow['destinationIPv4Address'] = ipv4(bytes.subarray(16))
    const isFirst = (bytes.readUInt16BE(6) & 0x1fff) === 0
    const rest = bytes.subarray(4 * ((bytes[0] ?? 0) & 15))
    transport(bytes[9] ?? 0, isFirst ? rest : Buffer.alloc(0), flow)
  } else if (version === 6 && bytes.length >= 40) {
    flow['sourceIPv6Address'] = ipv6(bytes.subarray(8, 24))
    flow['destinationIPv6Address'] = ipv6(bytes.subarray(24, 40))
    let [next, at] = [bytes[6] ?? 0, 40]
    for (let count = 0; extensions.has(next) && count < 8 && at + 2 <= bytes.length; count += 1)
      [next, at] = [bytes[at] ?? 0, at + 8 * ((bytes[at + 1] ?? 0) + 1)]
    transport(next, bytes.subarray(at), flow)
  }
}

function transport(protocol: number, bytes: Buffer, flow: Flow): void {
  flow['protocolIdentifier'] = protocol
  if ([tcp, udp, sctp].includes(protocol) && bytes.length >= 4) {
    flow['sourceTransportPort'] = bytes.readUInt16BE(0)
    flow['destinationTransportPort'] = bytes.readUInt16BE(2)
    if (protocol === tcp && bytes.length >= 14) flow['tcpControlBits'] = bytes[13] ?? 0
  } else if ((protocol === icmp || protocol === icmp6) && bytes.length >= 2) {
    flow['icmpTypeCode'] = `${bytes[0]}/${bytes[1]}`
  }
}
