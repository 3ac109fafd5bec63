// Events → observed flows: who spoke to whom, and how. Pure: the same events over the same estate give the same flows.
import { type Ground, isStranger } from './ground.ts'
import { firstEphemeral, opened } from './direction.ts'
import { readLine } from './lines.ts'
import type { FlowEvent, Reading } from './reading.ts'
import { sensors } from './sensors.ts'
import { readService } from './services.ts'
import { addHosts, flowKey, growFlow, type Growing } from './sums.ts'
import type { End, Observed, ObservedFlow, ObservedHost, SeenAsset } from './types.ts'

/** The connection that an event tells of; undefined for most. Who opened it is not corrected yet. */
export function readingOf(event: FlowEvent): Reading | undefined {
  if (event.dst_ip !== undefined) {
    const { product } = event.logsource
    return product === undefined || event.src_ip === undefined ? undefined : sensors.get(product)?.(event)
  }
  if (event.src_ip !== undefined) return readService(event)
  if (event.parser !== 'plain' && event.process !== 'conntrack') return undefined
  const text = event.fields['message']
  return typeof text === 'string' ? readLine(text) : undefined
}

const webPorts = new Set([80, 443])
/** Flows to strangers that people cause by looking at pages are one flow to the outside. */
const browses = (from: End, to: End, port: number, { browsing }: Ground): boolean =>
  webPorts.has(port) && isStranger(to) && from.startsWith('asset:') && browsing.has(from.slice('asset:'.length))

/** Who the receiver is: a stranger keeps its address unless it was only looked at. */
function receiverOf(from: End, to: End, { toPort, to: address = '' }: Reading, ground: Ground): End {
  return !isStranger(to) || browses(from, to, toPort, ground) ? to : `address:${address}`
}

/** The receiver's port; 0 for what callers are given, and for knocking from outside, of which only the sum matters. */
function portOf({ toPort, attempt }: Reading, from: End, { ports }: Ground): number {
  if (attempt && isStranger(from)) return 0
  return toPort < firstEphemeral || ports.has(toPort) ? toPort : 0
}

/** The flow of one reading, the opener first. Nothing when it is within one machine, or between two that are not ours. */
export function flowOf(event: FlowEvent, reading: Reading, ground: Ground): ObservedFlow | undefined {
  const from = ground.end(reading.from, reading.fromHost)
  const to = ground.end(reading.to ?? '', reading.toHost)
  if (from === undefined || to === undefined || reading.from === reading.to || (isStranger(from) && isStranger(to)))
    return undefined
  const time = timeOf(event, reading.time)
  const { application, sealed } = reading
  return {
    from,
    to: receiverOf(from, to, reading, ground),
    transport: reading.transport,
    port: portOf(reading, from, ground),
    attempt: reading.attempt,
    first: time,
    last: time,
    count: 1,
    sealed: sealed === true ? 1 : 0,
    plain: sealed === false ? 1 : 0,
    bytes: reading.bytes,
    applications: application === '' ? [] : [application],
    sources: [event.source],
    witnesses: [reading.witness],
    event: event.id,
    fromAddress: reading.from,
    toAddress: reading.to ?? '',
  }
}

/** Whole milliseconds, never later than receipt: a clock that is ahead would make a flow look alive for years. */
function timeOf({ time, received }: FlowEvent, own: number | undefined): number {
  const said = Math.trunc(own ?? time)
  return said < received ? said : Math.trunc(received)
}

/** Machines inside that a flow shows and no asset stands for. One that was only called need not exist. */
function unknownIn(flow: ObservedFlow, { fromHost, toHost }: Reading, ground: Ground): ObservedHost[] {
  const { first, last, count, event, attempt } = flow
  const ends = [{ end: flow.from, name: fromHost }, ...(attempt ? [] : [{ end: flow.to, name: toHost }])]
  return ends.flatMap(({ end, name = '' }) => {
    if (!end.startsWith('address:')) return []
    const address = end.slice('address:'.length)
    if (ground.end(address) !== end) return []
    return [{ address, name: name.length <= longestName ? name : '', first, last, count, event }]
  })
}
const longestName = 253

/** What events show, summed. */
export function observe(events: Iterable<FlowEvent>, ground: Ground): Observed {
  const flows = new Map<string, Growing<ObservedFlow>>()
  const hosts = new Map<string, ObservedHost>()
  const seen = new Map<string, Growing<SeenAsset>>()
  for (const event of events) {
    if (event.asset !== undefined) tally(seen, event.asset, timeOf(event, undefined))
    const read = readingOf(event)
    if (read === undefined) continue
    const reading = opened(read, ground.ports)
    const flow = flowOf(event, reading, ground)
    if (flow === undefined) continue
    const key = flowKey(flow)
    const before = flows.get(key)
    if (before === undefined) flows.set(key, flow)
    else growFlow(before, flow)
    if (flow.from.startsWith('address:') || flow.to.startsWith('address:'))
      for (const host of unknownIn(flow, reading, ground)) {
        const known = hosts.get(host.address)
        hosts.set(host.address, known === undefined ? host : addHosts(known, host))
      }
  }
  return { flows: [...flows.values()], hosts: [...hosts.values()], seen: [...seen.values()] }
}

function tally(seen: Map<string, Growing<SeenAsset>>, asset: string, time: number): void {
  const known = seen.get(asset)
  if (known === undefined) seen.set(asset, { asset, first: time, last: time, count: 1 })
  else {
    if (time < known.first) known.first = time
    if (time > known.last) known.last = time
    known.count += 1
  }
}
