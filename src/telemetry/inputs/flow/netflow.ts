// NetFlow v5 and v9 (RFC 3954) and IPFIX (RFC 7011): a datagram becomes one record a flow. Never throws; what is damaged is counted.
import {
  type Exporter,
  Exporters,
  fieldsAt,
  hold,
  learn,
  release,
  type Template,
  templateOf,
  variable,
} from './templates.ts'
import { type Flow, ipv4, valueOf } from './values.ts'

/** What a datagram gave. `lost`: datagrams, sets or records that could not be read. */
export interface FlowsRead {
  readonly flows: readonly Flow[]
  readonly lost: number
}

/** A datagram has some dozens; more are a bomb. */
const mostFlows = 3_000

interface Packet {
  readonly exporter: string
  readonly name: 'netflow5' | 'netflow9' | 'ipfix'
  readonly domain: number
  readonly sequence: number
  /** When it was sent, milliseconds. */
  readonly exported: number
  /** Milliseconds since the exporter started; v5 and v9. */
  readonly uptime: number | undefined
  readonly known: Exporter
  readonly flows: Flow[]
  lost: number
}

/** Reads datagrams of any exporter. */
export class NetflowReader {
  private readonly exporters = new Exporters()

  read(bytes: Buffer, from: string): FlowsRead {
    const packet = this.packet(bytes, from)
    if (!packet) return { flows: [], lost: 1 }
    if (packet.name === 'netflow5') readFive(bytes, packet)
    else readSets(packet.name === 'ipfix' ? bytes.subarray(16, bytes.readUInt16BE(2)) : bytes.subarray(20), packet)
    return { flows: packet.flows, lost: packet.lost }
  }

  private packet(bytes: Buffer, exporter: string): Packet | undefined {
    if (bytes.length < 16) return undefined
    const common = { exporter, flows: [], lost: 0 }
    const version = bytes.readUInt16BE(0)
    if (version === 10) {
      const domain = bytes.readUInt32BE(12)
      const times = { exported: bytes.readUInt32BE(4) * 1000, uptime: undefined, sequence: bytes.readUInt32BE(8) }
      return { ...common, ...times, name: 'ipfix', domain, known: this.exporters.of(`${exporter} 10 ${domain}`) }
    }
    if ((version !== 9 && version !== 5) || bytes.length < (version === 9 ? 20 : 24)) return undefined
    const domain = version === 9 ? bytes.readUInt32BE(16) : bytes.readUInt16BE(20)
    const exported = bytes.readUInt32BE(8) * 1000
    const times = { exported, uptime: bytes.readUInt32BE(4), sequence: bytes.readUInt32BE(version === 9 ? 12 : 16) }
    const name = version === 9 ? 'netflow9' : 'netflow5'
    return { ...common, ...times, name, domain, known: this.exporters.of(`${exporter} ${version} ${domain}`) }
  }
}

const headOf = ({ name, exporter, domain, sequence }: Packet): Flow => ({ flow: name, exporter, domain, sequence })

/** Milliseconds since 1970 of a moment on the exporter's own clock, which begins again after 49 days. */
function absolute(moment: unknown, uptime: number | undefined, exported: number): number | undefined {
  if (typeof moment !== 'number' || uptime === undefined) return undefined
  const ago = (uptime - moment + 4_294_967_296) % 4_294_967_296
  // A flow may end a little after the packet's clock was read.
  return exported - (ago > 2_147_483_648 ? ago - 4_294_967_296 : ago)
}

/** Times on the exporter's clock as times of the world, and the sampling when only the exporter said it. */
function completed(flow: Flow, known: Exporter, { uptime, exported }: Pick<Packet, 'uptime' | 'exported'>): Flow {
  const start = absolute(flow['flowStartSysUpTime'], uptime, exported)
  const end = absolute(flow['flowEndSysUpTime'], uptime, exported)
  if (start !== undefined) flow['flowStartMilliseconds'] ??= start
  if (end !== undefined) flow['flowEndMilliseconds'] ??= end
  flow['exportMilliseconds'] = exported
  if (known.sampling > 1) flow['samplingInterval'] ??= known.sampling
  return flow
}

const fiveRecord = 48

function readFive(bytes: Buffer, packet: Packet): void {
  const said = bytes.readUInt16BE(2)
  const there = Math.floor((bytes.length - 24) / fiveRecord)
  packet.lost += Math.max(0, Math.min(said, mostFlows) - there)
  packet.known.sampling = bytes.readUInt16BE(22) & 0x3fff
  for (let index = 0; index < Math.min(said, there); index += 1) {
    const at = 24 + index * fiveRecord
    const flow: Flow = {
      ...headOf(packet),
      sourceIPv4Address: ipv4(bytes.subarray(at)),
      destinationIPv4Address: ipv4(bytes.subarray(at + 4)),
      ipNextHopIPv4Address: ipv4(bytes.subarray(at + 8)),
      ingressInterface: bytes.readUInt16BE(at + 12),
      egressInterface: bytes.readUInt16BE(at + 14),
      packetDeltaCount: bytes.readUInt32BE(at + 16),
      octetDeltaCount: bytes.readUInt32BE(at + 20),
      flowStartSysUpTime: bytes.readUInt32BE(at + 24),
      flowEndSysUpTime: bytes.readUInt32BE(at + 28),
      sourceTransportPort: bytes.readUInt16BE(at + 32),
      destinationTransportPort: bytes.readUInt16BE(at + 34),
      tcpControlBits: bytes[at + 37] ?? 0,
      protocolIdentifier: bytes[at + 38] ?? 0,
      ipClassOfService: bytes[at + 39] ?? 0,
      bgpSourceAsNumber: bytes.readUInt16BE(at + 40),
      bgpDestinationAsNumber: bytes.readUInt16BE(at + 42),
      sourceIPv4PrefixLength: bytes[at + 44] ?? 0,
      destinationIPv4PrefixLength: bytes[at + 45] ?? 0,
    }
    packet.flows.push(completed(flow, packet.known, packet))
  }
}

function readSets(bytes: Buffer, packet: Packet): void {
  const isIpfix = packet.name === 'ipfix'
  const [templates, options] = isIpfix ? [2, 3] : [0, 1]
  for (let at = 0; at + 4 <= bytes.length;) {
    const [id, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)]
    if (length < 4 || at + length > bytes.length) {
      packet.lost += 1
      return
    }
    const set = bytes.subarray(at + 4, at + length)
    if (id === templates) readTemplates(set, packet, isIpfix)
    else if (id === options) readOptions(set, packet, isIpfix)
    else if (id >= 256) readData(id, set, packet)
    at += length
  }
}

function readTemplates(set: Buffer, packet: Packet, isIpfix: boolean): void {
  for (let at = 0; at + 4 <= set.length;) {
    const [id, count] = [set.readUInt16BE(at), set.readUInt16BE(at + 2)]
    // What is left is padding.
    if (id < 256) return
    const read = fieldsAt(set, at + 4, { count, enterprise: isIpfix })
    if (!read) return void (packet.lost += 1)
    at = read.end
    remember(id, templateOf(read.fields, false), packet)
  }
}

/** v9 counts bytes of scope and option fields, IPFIX counts fields. */
function readOptions(set: Buffer, packet: Packet, isIpfix: boolean): void {
  for (let at = 0; at + 6 <= set.length;) {
    const [id, first, second] = [set.readUInt16BE(at), set.readUInt16BE(at + 2), set.readUInt16BE(at + 4)]
    if (id < 256) return
    const count = isIpfix ? first : Math.floor((first + second) / 4)
    const read = fieldsAt(set, at + 6, { count, enterprise: isIpfix })
    if (!read) return void (packet.lost += 1)
    at = read.end
    // The scope's numbers of v9 are of another list: system, interface, card.
    const scopes = isIpfix ? 0 : Math.floor(first / 4)
    const fields = read.fields.map((field, index) => (index < scopes ? { ...field, name: `scope${index}` } : field))
    remember(id, templateOf(fields, true), packet)
  }
}

function remember(id: number, template: Template | undefined, packet: Packet): void {
  const { known } = packet
  if (!template) return void known.templates.delete(id)
  learn(known, id, template)
  for (const { bytes, uptime, exported } of release(known, id))
    readRecords(bytes, template, { ...packet, uptime, exported })
}

function readData(id: number, set: Buffer, packet: Packet): void {
  const { known, uptime, exported } = packet
  const template = known.templates.get(id)
  if (template) readRecords(set, template, packet)
  else if (!hold(known, { id, bytes: set, uptime, exported })) packet.lost += 1
}

function readRecords(set: Buffer, template: Template, packet: Packet): void {
  for (let at = 0; at + template.least <= set.length;) {
    if (packet.flows.length >= mostFlows) return void (packet.lost += 1)
    const flow = headOf(packet)
    const end = readFields(set, at, template, flow)
    if (end === undefined) return void (packet.lost += 1)
    at = end
    if (template.isOptions) noteSampling(flow, packet.known)
    packet.flows.push(template.isOptions ? { ...flow, options: true } : completed(flow, packet.known, packet))
  }
}

/** Where the record ends; nothing when it is cut off. */
function readFields(set: Buffer, at: number, { fields }: Template, into: Flow): number | undefined {
  for (const { name, type, length } of fields) {
    let size = length
    if (length === variable) {
      size = set[at] ?? 0
      at += 1
      if (size === 255) {
        if (at + 2 > set.length) return undefined
        size = set.readUInt16BE(at)
        at += 2
      }
    }
    if (at + size > set.length) return undefined
    if (name !== 'paddingOctets') into[name] = valueOf(type, set.subarray(at, at + size))
    at += size
  }
  return at
}

const samplingNames = ['samplingInterval', 'samplerRandomInterval', 'samplingPacketInterval'] as const
function noteSampling(flow: Flow, known: Exporter): void {
  for (const name of samplingNames) {
    const said = flow[name]
    if (typeof said === 'number' && said > 0) known.sampling = said
  }
}
