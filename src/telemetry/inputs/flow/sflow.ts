// sFlow version 5 (sflow.org): a datagram becomes one record a sample. Never throws; what is damaged is counted.
import type { FlowsRead } from './netflow.ts'
import { ethernetHead, ipHead } from './packet-head.ts'
import { type Flow, type FlowValue, ipv4, ipv6, unsigned } from './values.ts'

const mostSamples = 1_000
const mostRecords = 100

/** Reads 32-bit words one after the other. Past the end it gives 0 and says so. */
class Words {
  at: number
  broken = false
  readonly bytes: Buffer
  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes
    this.at = at
  }
  next(): number {
    const at = this.at
    this.at += 4
    if (at + 4 <= this.bytes.length) return this.bytes.readUInt32BE(at)
    this.broken = true
    return 0
  }
  /** So many bytes, with what fills up the last word. */
  take(length: number): Buffer {
    const from = this.at
    this.at += Math.ceil(length / 4) * 4
    if (from + length > this.bytes.length) this.broken = true
    return this.bytes.subarray(from, from + length)
  }
}

function addressIn(words: Words): string | undefined {
  const kind = words.next()
  if (kind === 1) {
    const bytes = words.take(4)
    return bytes.length === 4 ? ipv4(bytes) : undefined
  }
  const bytes = kind === 2 ? words.take(16) : Buffer.alloc(0)
  return bytes.length === 16 ? ipv6(bytes) : undefined
}

/** Samples and counters of a datagram; `exported` is when it came, for sFlow says no time. */
export function readSflow(bytes: Buffer, from: string, exported: number): FlowsRead {
  const words = new Words(bytes)
  if (words.next() !== 5) return { flows: [], lost: 1 }
  const exporter = addressIn(words)
  if (exporter === undefined) return { flows: [], lost: 1 }
  const [domain, sequence] = [words.next(), words.next()]
  words.next()
  const count = words.next()
  const head = { flow: 'sflow5', exporter, domain, sequence, exportMilliseconds: exported }
  const flows: Flow[] = []
  let lost = words.broken || count > mostSamples ? 1 : 0
  for (let index = 0; index < Math.min(count, mostSamples) && !words.broken; index += 1) {
    const tag = words.next()
    const sample = words.take(words.next())
    if (words.broken) lost += 1
    else flows.push(sampleOf(tag, sample, exporter === from ? head : { ...head, sender: from }))
  }
  return { flows, lost }
}

function sampleOf(tag: number, sample: Buffer, head: Flow): Flow {
  const flow: Flow = { ...head }
  const words = new Words(sample)
  if (tag === 1 || tag === 3) flowSample(words, tag === 3, flow)
  else if (tag === 2 || tag === 4) counterSample(words, tag === 4, flow)
  else flow['sampleType'] = `${tag >>> 12}:${tag & 0xfff}`
  return flow
}

function flowSample(words: Words, isExpanded: boolean, flow: Flow): void {
  flow['sampleSequence'] = words.next()
  if (isExpanded) words.next()
  flow['sourceId'] = words.next() & 0xff_ffff
  flow['samplingInterval'] = words.next()
  flow['samplePool'] = words.next()
  flow['drops'] = words.next()
  if (isExpanded) words.next()
  flow['ingressInterface'] = words.next() & 0x3fff_ffff
  if (isExpanded) words.next()
  flow['egressInterface'] = words.next() & 0x3fff_ffff
  flow['packetDeltaCount'] = 1
  eachRecord(words, (kind, record) => flowRecord(kind, record, flow))
}

function eachRecord(words: Words, read: (kind: number, record: Words) => void): void {
  const count = Math.min(words.next(), mostRecords)
  for (let index = 0; index < count && !words.broken; index += 1) {
    const kind = words.next()
    const record = words.take(words.next())
    if (!words.broken) read(kind, new Words(record))
  }
}

const [rawHeader, ethernetFrame, ipv4Data, ipv6Data, switchData] = [1, 2, 3, 4, 1001]

function flowRecord(kind: number, words: Words, flow: Flow): void {
  if (kind === rawHeader) {
    const protocol = words.next()
    flow['octetDeltaCount'] = words.next()
    words.next()
    const header = words.take(words.next())
    if (protocol === 1) ethernetHead(header, flow)
    if (protocol === 11 || protocol === 12) ipHead(header, flow)
  } else if (kind === ipv4Data || kind === ipv6Data) {
    ipData(words, kind === ipv4Data, flow)
  } else if (kind === switchData) {
    flow['vlanId'] = words.next()
    words.next()
    flow['postVlanId'] = words.next()
  } else if (kind === ethernetFrame) {
    flow['octetDeltaCount'] ??= words.next()
  }
}

function ipData(words: Words, isFour: boolean, flow: Flow): void {
  flow['octetDeltaCount'] ??= words.next()
  flow['protocolIdentifier'] ??= words.next()
  const [source, destination] = [words.take(isFour ? 4 : 16), words.take(isFour ? 4 : 16)]
  const [from, to] = [words.next(), words.next()]
  if (words.broken) return
  const version = isFour ? 'IPv4' : 'IPv6'
  flow[`source${version}Address`] ??= isFour ? ipv4(source) : ipv6(source)
  flow[`destination${version}Address`] ??= isFour ? ipv4(destination) : ipv6(destination)
  flow['sourceTransportPort'] ??= from
  flow['destinationTransportPort'] ??= to
}

/** Generic interface counters, in the order of the structure; ifSpeed, ifInOctets and ifOutOctets have 64 bits. */
const counters = ['ifIndex', 'ifType', 'ifSpeed', 'ifDirection', 'ifStatus', 'ifInOctets', 'ifInUcastPkts', 'ifInMulticastPkts', 'ifInBroadcastPkts', 'ifInDiscards', 'ifInErrors', 'ifInUnknownProtos', 'ifOutOctets', 'ifOutUcastPkts', 'ifOutMulticastPkts', 'ifOutBroadcastPkts', 'ifOutDiscards', 'ifOutErrors', 'ifPromiscuousMode'] as const // prettier-ignore
const wide: ReadonlySet<string> = new Set(['ifSpeed', 'ifInOctets', 'ifOutOctets'])

function counterSample(words: Words, isExpanded: boolean, flow: Flow): void {
  flow['options'] = true
  flow['sampleSequence'] = words.next()
  words.next()
  if (isExpanded) words.next()
  eachRecord(words, (kind, record) => {
    if (kind !== 1) return
    for (const name of counters) {
      const value: FlowValue = wide.has(name) ? unsigned(record.take(8)) : record.next()
      if (!record.broken) flow[name] = value
    }
  })
}
