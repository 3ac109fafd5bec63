// Information elements of NetFlow v9 and IPFIX by number (IANA registry "ipfix"): names and types of those that exporters send.

/** unsigned, signed, float, IPv4, IPv6, MAC, text, boolean, seconds, milliseconds, microseconds (NTP), bytes. */
export const types = ['u', 'i', 'f', '4', '6', 'mac', 's', 'b', 'sec', 'ms', 'ntp', 'x'] as const
export type ElementType = (typeof types)[number]
export interface Element {
  readonly name: string
  readonly type: ElementType
}

/** number name type; unsigned when left out */
const table = `
1 octetDeltaCount; 2 packetDeltaCount; 3 deltaFlowCount; 4 protocolIdentifier; 5 ipClassOfService; 6 tcpControlBits;
7 sourceTransportPort; 8 sourceIPv4Address 4; 9 sourceIPv4PrefixLength; 10 ingressInterface; 11 destinationTransportPort;
12 destinationIPv4Address 4; 13 destinationIPv4PrefixLength; 14 egressInterface; 15 ipNextHopIPv4Address 4; 16 bgpSourceAsNumber;
17 bgpDestinationAsNumber; 18 bgpNextHopIPv4Address 4; 19 postMCastPacketDeltaCount; 20 postMCastOctetDeltaCount; 21 flowEndSysUpTime;
22 flowStartSysUpTime; 23 postOctetDeltaCount; 24 postPacketDeltaCount; 25 minimumIpTotalLength; 26 maximumIpTotalLength;
27 sourceIPv6Address 6; 28 destinationIPv6Address 6; 29 sourceIPv6PrefixLength; 30 destinationIPv6PrefixLength; 31 flowLabelIPv6;
32 icmpTypeCodeIPv4; 33 igmpType; 34 samplingInterval; 35 samplingAlgorithm; 36 flowActiveTimeout; 37 flowIdleTimeout; 38 engineType;
39 engineId; 40 exportedOctetTotalCount; 41 exportedMessageTotalCount; 42 exportedFlowRecordTotalCount; 44 sourceIPv4Prefix 4;
45 destinationIPv4Prefix 4; 46 mplsTopLabelType; 47 mplsTopLabelIPv4Address 4; 48 samplerId; 49 samplerMode; 50 samplerRandomInterval;
52 minimumTTL; 53 maximumTTL; 54 fragmentIdentification; 55 postIpClassOfService; 56 sourceMacAddress mac; 57 postDestinationMacAddress mac;
58 vlanId; 59 postVlanId; 60 ipVersion; 61 flowDirection; 62 ipNextHopIPv6Address 6; 63 bgpNextHopIPv6Address 6; 64 ipv6ExtensionHeaders;
80 destinationMacAddress mac; 81 postSourceMacAddress mac; 82 interfaceName s; 83 interfaceDescription s; 84 samplerName s; 85 octetTotalCount;
86 packetTotalCount; 88 fragmentOffset; 89 forwardingStatus; 90 mplsVpnRouteDistinguisher x; 94 applicationDescription s; 95 applicationId x;
96 applicationName s; 98 postIpDiffServCodePoint; 128 bgpNextAdjacentAsNumber; 129 bgpPrevAdjacentAsNumber; 130 exporterIPv4Address 4;
131 exporterIPv6Address 6; 132 droppedOctetDeltaCount; 133 droppedPacketDeltaCount; 136 flowEndReason; 137 commonPropertiesId;
138 observationPointId; 139 icmpTypeCodeIPv6; 141 lineCardId; 142 portId; 143 meteringProcessId; 144 exportingProcessId; 145 templateId;
147 wlanSSID s; 148 flowId; 149 observationDomainId; 150 flowStartSeconds sec; 151 flowEndSeconds sec; 152 flowStartMilliseconds ms;
153 flowEndMilliseconds ms; 154 flowStartMicroseconds ntp; 155 flowEndMicroseconds ntp; 156 flowStartNanoseconds ntp;
157 flowEndNanoseconds ntp; 160 systemInitTimeMilliseconds ms; 161 flowDurationMilliseconds; 162 flowDurationMicroseconds;
176 icmpTypeIPv4; 177 icmpCodeIPv4; 178 icmpTypeIPv6; 179 icmpCodeIPv6; 180 udpSourcePort; 181 udpDestinationPort; 182 tcpSourcePort;
183 tcpDestinationPort; 184 tcpSequenceNumber; 185 tcpAcknowledgementNumber; 186 tcpWindowSize; 189 ipHeaderLength; 192 ipTTL;
195 ipDiffServCodePoint; 198 octetDeltaSumOfSquares; 210 paddingOctets x; 224 ipTotalLength; 225 postNATSourceIPv4Address 4;
226 postNATDestinationIPv4Address 4; 227 postNAPTSourceTransportPort; 228 postNAPTDestinationTransportPort; 229 natOriginatingAddressRealm;
230 natEvent; 231 initiatorOctets; 232 responderOctets; 233 firewallEvent; 234 ingressVRFID; 235 egressVRFID; 236 VRFname s;
239 biflowDirection; 243 dot1qVlanId; 244 dot1qPriority; 252 ingressPhysicalInterface; 253 egressPhysicalInterface; 256 ethernetType;
258 collectionTimeMilliseconds ms; 277 observationPointType; 278 newConnectionDeltaCount; 281 postNATSourceIPv6Address 6;
282 postNATDestinationIPv6Address 6; 283 natPoolId; 284 natPoolName s; 298 initiatorPackets; 299 responderPackets; 300 observationDomainName s;
302 selectorId; 304 selectorAlgorithm; 305 samplingPacketInterval; 306 samplingPacketSpace; 309 samplingSize; 310 samplingPopulation;
311 samplingProbability f; 322 observationTimeSeconds sec; 323 observationTimeMilliseconds ms; 346 privateEnterpriseNumber;
351 layer2SegmentId; 371 userName s; 372 applicationCategoryName s; 459 httpRequestMethod s; 460 httpRequestHost s; 461 httpRequestTarget s
`
const isType = (text: string): text is ElementType => types.some((type) => type === text)

const elements: ReadonlyMap<number, Element> = new Map(
  table.split(';').map((entry) => {
    const [number = '', name = '', type = 'u'] = entry.trim().split(' ')
    if (!isType(type)) throw new Error(`elements.ts: no type ${type} of ${name}`)
    return [Number(number), { name, type }]
  }),
)

/** Biflow's reverse elements (RFC 5103) have this enterprise number and the number of the forward one. */
const reversed = 29_305

/** What an element is; one that is not known has its number for a name, with the enterprise's before it. */
export function elementOf(number: number, enterprise: number): Element {
  const known = elements.get(number)
  if (enterprise === 0) return known ?? { name: `element${number}`, type: 'x' }
  if (enterprise === reversed && known)
    return { name: `reverse${known.name.slice(0, 1).toUpperCase()}${known.name.slice(1)}`, type: known.type }
  return { name: `enterprise${enterprise}.element${number}`, type: 'x' }
}
