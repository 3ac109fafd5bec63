// Flows: the opener first, sums the same in any order, nothing that throws.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { flowOf, observe, readingOf } from './observed.ts'
import { opened } from './direction.ts'
import type { FlowEvent, Reading } from './reading.ts'
import { flowKey, together } from './sums.ts'
import type { Observed, ObservedFlow } from './types.ts'
import { ground, received, eventOf, eventId, kernel, zeek, windows, sysmon, connection } from './made.test.ts'

const port = fc.integer({ min: 1, max: 65_535 })
const reading = fc.record<Reading>({
  from: fc.constant('10.1.2.1'),
  to: fc.constant('10.9.0.1'),
  fromPort: port,
  toPort: port,
  transport: fc.constantFrom('tcp', 'udp'),
  opener: fc.constant('unknown'),
  attempt: fc.boolean(),
  sealed: fc.constantFrom(true, false, undefined),
  bytes: fc.nat(),
  application: fc.constant(''),
  witness: fc.constant('wire'),
})

void test('a record and that of its answer give the same flow', () => {
  fc.assert(
    fc.property(reading, (one) => {
      fc.pre(one.fromPort !== one.toPort)
      const { from, to = '', fromPort, toPort } = one
      const answer = { ...one, from: to, to: from, fromPort: toPort, toPort: fromPort }
      const ends = (read: Reading) => {
        const { from, to, fromPort, toPort } = opened(read, ground.ports)
        return { from, to, fromPort, toPort }
      }
      assert.deepEqual(ends(answer), ends(one))
      assert.deepEqual(ends({ ...answer, opener: 'to' }), ends({ ...one, opener: 'from' }))
    }),
  )
})

const addresses = [
  '10.1.8.9',
  '10.1.8.10',
  '10.1.2.1',
  '10.9.0.1',
  '10.1.77.7',
  '192.0.2.9',
  '198.51.100.7',
  '127.0.0.1',
]
const anyEvent = fc
  .record({
    src: fc.constantFrom(...addresses),
    dst: fc.constantFrom(...addresses),
    port: fc.constantFrom(22, 443, 5432, 40_000),
    drop: fc.boolean(),
    at: fc.nat(1_000),
    id: fc.nat(10_000),
    source: fc.constantFrom('a', 'b', 'c'),
    asset: fc.constantFrom(undefined, 'web', 'db'),
  })
  .map(({ src, dst, port, drop, at, id, source, asset }): FlowEvent => {
    const verdict = drop ? 'FW-DROP' : 'FW-ACCEPT'
    const line = `${verdict} IN=a OUT=b SRC=${src} DST=${dst} LEN=60 PROTO=TCP SPT=50000 DPT=${port} SYN URGP=0`
    return { ...eventOf(kernel(line)), time: received - 1_000 + at, id: eventId(id), source, asset }
  })

/** The same, slowly: every flow by itself, then filtered and reduced. */
function naive(events: readonly FlowEvent[]): { flows: unknown[]; seen: unknown[] } {
  const flows = events.flatMap((event) => {
    const read = readingOf(event)
    const flow = read && flowOf(event, opened(read, ground.ports), ground)
    return flow ? [flow] : []
  })
  const sums = [...new Set(flows.map(flowKey))].map((key) => {
    const all = flows.filter((flow) => flowKey(flow) === key)
    return {
      key,
      first: Math.min(...all.map(({ first }) => first)),
      last: Math.max(...all.map(({ last }) => last)),
      count: all.length,
      sources: [...new Set(all.flatMap(({ sources }) => sources))].sort(),
    }
  })
  const assets = [...new Set(events.flatMap(({ asset }) => asset ?? []))]
  return {
    flows: sums.sort((a, b) => (a.key < b.key ? -1 : 1)),
    seen: assets.sort().map((asset) => [asset, events.filter((event) => event.asset === asset).length]),
  }
}
const brief = ({ flows, seen }: Observed) => ({
  flows: flows
    .map((flow) => ({
      key: flowKey(flow),
      first: flow.first,
      last: flow.last,
      count: flow.count,
      sources: flow.sources,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1)),
  seen: seen.map(({ asset, count }) => [asset, count]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
})

void test('sums are those of a slow count, and parts give the same as the whole in any order', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), fc.nat(60), (events, cut) => {
      const whole = observe(events, ground)
      assert.deepEqual(brief(whole), naive(events))
      const parts = [observe(events.slice(cut), ground), observe(events.slice(0, cut), ground)]
      const joined = together(parts)
      assert.deepEqual(brief(joined), brief(whole))
      const byKey = (flows: readonly ObservedFlow[]) => new Map(flows.map((flow) => [flowKey(flow), flow]))
      assert.deepEqual(byKey(joined.flows), byKey(whole.flows))
      assert.deepEqual(new Set(joined.hosts), new Set(whole.hosts))
    }),
    { numRuns: 60 },
  )
})

void test('a clock that is ahead makes no flow of tomorrow', () => {
  const event = { ...eventOf(zeek({})), time: received + 9e9 }
  assert.equal(observe([event], ground).flows[0]?.last, received)
})

void test('hosts that no asset stands for are told, with the name that they give themselves', () => {
  const named = windows(3, { ...connection, Initiated: 'true', SourceIp: '10.1.77.7', Computer: 'PC-9' }, sysmon)
  const { hosts } = observe([eventOf(named)], ground)
  assert.deepEqual(
    hosts.map(({ address, name }) => [address, name]),
    [['10.1.77.7', 'PC-9']],
  )
})

void test('events with anything in their fields never throw', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(fc.string()))
  const names = [
    'proto',
    'PROTO',
    'Protocol',
    'protocol',
    'event_type',
    'app_proto',
    'flags',
    'conn_state',
    'EventID',
    'message',
    'action',
    'tcp_flags',
    'bytes',
    'flow.bytes_toserver',
  ]
  const fields = fc.dictionary(fc.constantFrom(...names), value)
  const address = fc.oneof(fc.string(), fc.constantFrom(...addresses), fc.ipV6(), fc.constant(undefined))
  const products = fc.constantFrom('suricata', 'zeek', 'aws', 'linux', 'windows', undefined)
  fc.assert(
    fc.property(fields, products, address, address, (fields, product, src_ip, dst_ip) => {
      const logsource = { ...(product === undefined ? {} : { product }), service: 'sysmon', categories: [] }
      observe([{ ...eventOf('x'), logsource, fields, src_ip, dst_ip }], ground)
    }),
    { numRuns: 300 },
  )
})
