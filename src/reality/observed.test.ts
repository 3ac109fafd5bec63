// Records → flows: every format read, the opener first, sums the same in any order.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { modelOf } from '#model'
import { parseRecord } from '#telemetry'
import { groundOf } from './ground.ts'
import { flowOf, observe, readingOf } from './observed.ts'
import { opened } from './direction.ts'
import type { FlowEvent, Reading } from './reading.ts'
import { sealedBy } from './sealed.ts'
import { flowKey, together } from './sums.ts'
import type { Observed, ObservedFlow } from './types.ts'

const text = `
zones:
  internet: { trust: 0 }
  partners: { trust: 30, cidrs: [198.51.100.0/24] }
  office: { trust: 50, cidrs: [10.1.0.0/16] }
  data: { trust: 80, cidrs: [10.9.0.0/24] }
assets:
  laptops: { kind: windows-laptop, zone: office, hosts: ['LT-*'], addresses: [10.1.8.0/24] }
  web: { kind: nginx, zone: office, hosts: [web01], addresses: [10.1.2.1, 203.0.113.5] }
  db: { kind: postgres, zone: data, hosts: [db01], addresses: [10.9.0.1] }
flows:
  web -> db: { encrypted: true }
  laptops -> web: {}
`
const { estate, issues } = modelOf('test', [{ file: 'model/a.yaml', text }])
assert.deepEqual(issues, [])
const ground = groundOf(estate)

const received = Date.UTC(2026, 2, 4, 12)
let count = 0
const eventOf = (record: string, parser?: string): FlowEvent => {
  const event = parseRecord({ source: 's', received, text: record, ...(parser === undefined ? {} : { parser }) })
  return { ...event, id: eventId((count += 1)), received, source: 's', asset: undefined }
}
const eventId = (n: number): FlowEvent['id'] => `evt_${String(n).padStart(10, '0')}` as FlowEvent['id']

const told = (flow: ObservedFlow | undefined): string | undefined =>
  flow &&
  `${flow.from} -> ${flow.to} ${flow.transport}/${flow.port}${flow.attempt ? ' attempt' : ''}${flow.sealed ? ' sealed' : ''}${flow.plain ? ' plain' : ''}${flow.bytes > 0 ? ` ${flow.bytes} B` : ''}`
const flowIn = (record: string): string | undefined => told(observe([eventOf(record)], ground).flows[0])

const suricata = (type: string, more: object, [src, sport, dst, dport] = ['10.1.2.1', 40_000, '10.9.0.1', 5432]) =>
  JSON.stringify({
    timestamp: '2026-03-04T11:00:00.000000+0000',
    flow_id: 1,
    event_type: type,
    src_ip: src,
    src_port: sport,
    dest_ip: dst,
    dest_port: dport,
    proto: 'TCP',
    ...more,
  })
const kernel = (rest: string) => `<4>Mar  4 11:00:00 fw01 kernel: [1.0] ${rest}`
const zeek = (more: object) =>
  JSON.stringify({
    _path: 'conn',
    ts: 1_772_622_000,
    uid: 'C1',
    'id.orig_h': '10.1.2.1',
    'id.orig_p': 40_000,
    'id.resp_h': '10.9.0.1',
    'id.resp_p': 5432,
    proto: 'tcp',
    conn_state: 'SF',
    orig_bytes: 10,
    resp_bytes: 20,
    ...more,
  })
const vpc = (more: object) =>
  JSON.stringify({
    version: 2,
    account_id: '1',
    interface_id: 'eni-1',
    srcaddr: '10.9.0.1',
    dstaddr: '10.1.2.1',
    srcport: 5432,
    dstport: 40_000,
    protocol: 6,
    packets: 1,
    bytes: 60,
    start: 1_772_622_000,
    end: 1_772_622_060,
    action: 'ACCEPT',
    log_status: 'OK',
    ...more,
  })
const windows = (id: number, data: object, channel = 'Security') =>
  JSON.stringify({
    EventID: id,
    Channel: channel,
    Computer: 'LT-1.corp.example',
    TimeCreated: '2026-03-04T11:00:00.000Z',
    Provider_Name: channel === 'Security' ? 'Microsoft-Windows-Security-Auditing' : 'Microsoft-Windows-Sysmon',
    ...data,
  })
const sysmon = 'Microsoft-Windows-Sysmon/Operational'
const connection = {
  Protocol: 'tcp',
  SourceIp: '10.1.8.9',
  SourcePort: 50_000,
  DestinationIp: '10.1.2.1',
  DestinationPort: 443,
}
const platform = {
  Protocol: '6',
  SourceAddress: '10.1.8.9',
  SourcePort: '50000',
  DestAddress: '10.1.2.1',
  DestPort: '443',
}

const webToDb = 'asset:web -> asset:db tcp/5432'
const laptopToWeb = 'asset:laptops -> asset:web tcp/443'
const records: readonly (readonly [what: string, record: string, flow: string | undefined])[] = [
  [
    'a Suricata flow',
    suricata('flow', { app_proto: 'tls', flow: { pkts_toclient: 3, bytes_toserver: 5, bytes_toclient: 7 } }),
    `${webToDb} sealed 12 B`,
  ],
  ['one in plain text', suricata('flow', { app_proto: 'pgsql', flow: { pkts_toclient: 3 } }), `${webToDb} plain`],
  ['one never answered', suricata('flow', { app_proto: 'failed', flow: { pkts_toclient: 0 } }), `${webToDb} attempt`],
  [
    'one seen half-way',
    suricata('flow', { flow: { pkts_toclient: 3 } }, ['10.9.0.1', 5432, '10.1.2.1', 40_000]),
    webToDb,
  ],
  ['a TLS handshake', suricata('tls', { tls: { sni: 'x' } }), `${webToDb} sealed`],
  ['a drop', suricata('drop', {}), `${webToDb} attempt`],
  ['an alert is none', suricata('alert', { alert: { signature: 'x' } }), undefined],
  ['Zeek', zeek({}), `${webToDb} 30 B`],
  ['Zeek with TLS', zeek({ service: 'postgresql,ssl' }), `${webToDb} sealed 30 B`],
  ['Zeek, refused', zeek({ conn_state: 'REJ', orig_bytes: 0, resp_bytes: 0 }), `${webToDb} attempt`],
  ['Zeek, an echo', zeek({ proto: 'icmp' }), undefined],
  ['a cloud flow is turned by its ports', vpc({}), `${webToDb} 60 B`],
  ['one by its flags', vpc({ srcport: 40_000, dstport: 40_001, tcp_flags: 18 }), 'asset:web -> asset:db tcp/0 60 B'],
  ['one refused', vpc({ action: 'REJECT' }), `${webToDb} attempt 60 B`],
  [
    'one as text',
    '2 123456789010 eni-1 10.1.2.1 10.9.0.1 40000 5432 6 20 4249 1772622000 1772622060 ACCEPT OK',
    `${webToDb} 4249 B`,
  ],
  ['one without data', '2 123456789010 eni-1 - - - - - - - 1772622000 1772622060 - NODATA', undefined],
  [
    'netfilter, accepted',
    kernel('OK-ACCEPT IN=a OUT=b SRC=10.1.2.1 DST=10.9.0.1 LEN=60 PROTO=TCP SPT=40000 DPT=5432 SYN URGP=0'),
    webToDb,
  ],
  [
    'netfilter, the answer',
    kernel('OK-ACCEPT IN=a OUT=b SRC=10.9.0.1 DST=10.1.2.1 LEN=60 PROTO=TCP SPT=5432 DPT=40000 ACK SYN URGP=0'),
    webToDb,
  ],
  [
    'netfilter, dropped',
    kernel('FW-DROP IN=a OUT= SRC=10.1.2.1 DST=10.9.0.1 LEN=60 PROTO=TCP SPT=40000 DPT=5432 SYN URGP=0'),
    `${webToDb} attempt`,
  ],
  [
    'knocking from outside is one',
    kernel('FW-DROP IN=a OUT= SRC=192.0.2.9 DST=10.1.2.1 LEN=60 PROTO=TCP SPT=40000 DPT=23 SYN URGP=0'),
    'outside -> asset:web tcp/0 attempt',
  ],
  [
    'between strangers',
    kernel('OK-ACCEPT IN=a OUT=b SRC=192.0.2.9 DST=198.51.100.7 LEN=60 PROTO=TCP SPT=40000 DPT=25 SYN URGP=0'),
    undefined,
  ],
  [
    'from a partner',
    kernel('OK-ACCEPT IN=a OUT=b SRC=198.51.100.7 DST=10.1.2.1 LEN=60 PROTO=TCP SPT=40000 DPT=25 SYN URGP=0'),
    'zone:partners -> asset:web tcp/25',
  ],
  [
    'a stranger called keeps its address',
    kernel('OK-ACCEPT IN=a OUT=b SRC=10.9.0.1 DST=192.0.2.9 LEN=60 PROTO=TCP SPT=40000 DPT=443 SYN URGP=0'),
    'asset:db -> address:192.0.2.9 tcp/443',
  ],
  [
    'unless people look at pages',
    windows(3, { ...connection, Initiated: 'true', DestinationIp: '192.0.2.9' }, sysmon),
    'asset:laptops -> outside tcp/443',
  ],
  [
    'an unknown machine inside',
    kernel('OK-ACCEPT IN=a OUT=b SRC=10.1.77.7 DST=10.9.0.1 LEN=60 PROTO=TCP SPT=40000 DPT=5432 SYN URGP=0'),
    'address:10.1.77.7 -> asset:db tcp/5432',
  ],
  [
    'multicast is none',
    kernel('OK-ACCEPT IN=a OUT=b SRC=10.1.2.1 DST=224.0.0.251 LEN=60 PROTO=UDP SPT=5353 DPT=5353 LEN=40'),
    undefined,
  ],
  ['Sysmon', windows(3, { ...connection, Initiated: 'true' }, sysmon), laptopToWeb],
  [
    'Sysmon, called',
    windows(
      3,
      { ...connection, Initiated: 'false', SourceIp: '10.1.2.1', DestinationIp: '10.1.8.9', DestinationPort: 3389 },
      sysmon,
    ),
    'asset:web -> asset:laptops tcp/3389',
  ],
  ['Windows, out', windows(5156, { ...platform, Direction: '%%14593' }), laptopToWeb],
  [
    'Windows, in, its own address first',
    windows(5156, {
      ...platform,
      Direction: '%%14592',
      SourceAddress: '10.1.8.9',
      SourcePort: '445',
      DestAddress: '10.1.2.1',
      DestPort: '50000',
    }),
    'asset:web -> asset:laptops tcp/445',
  ],
  ['Windows, blocked', windows(5157, { ...platform, Direction: '%%14593' }), `${laptopToWeb} attempt`],
  ['Windows, listening', windows(5158, { Protocol: '6', SourceAddress: '10.1.8.9', SourcePort: '50000' }), undefined],
  [
    'conntrack -E',
    '    [NEW] tcp      6 120 SYN_SENT src=10.1.2.1 dst=10.9.0.1 sport=40000 dport=5432 [UNREPLIED] src=10.9.0.1 dst=10.1.2.1 sport=5432 dport=40000',
    webToDb,
  ],
  [
    'conntrack -L',
    'ipv4     2 tcp      6 431999 ESTABLISHED src=10.1.2.1 dst=10.9.0.1 sport=40000 dport=5432 packets=5 bytes=600 src=10.9.0.1 dst=10.1.2.1 sport=5432 dport=40000 packets=4 bytes=900 [ASSURED] mark=0 use=1',
    `${webToDb} 1500 B`,
  ],
  [
    'conntrack by syslog',
    '<6>Mar  4 11:00:00 gw conntrack[9]: [NEW] udp 17 30 src=10.1.8.9 dst=10.9.0.1 sport=40000 dport=53 [UNREPLIED] src=10.9.0.1 dst=10.1.8.9 sport=53 dport=40000',
    'asset:laptops -> asset:db udp/53',
  ],
  [
    'conntrack, ended',
    '[DESTROY] tcp      6 src=10.1.2.1 dst=10.9.0.1 sport=40000 dport=5432 src=10.9.0.1 dst=10.1.2.1 sport=5432 dport=40000',
    undefined,
  ],
  [
    'a login by SSH',
    '<38>Mar  4 11:00:00 db01 sshd[7]: Accepted publickey for ada from 10.1.2.1 port 40000 ssh2: ED25519 SHA256:x',
    'asset:web -> asset:db tcp/22 sealed',
  ],
  [
    'one refused tells of no flow',
    '<38>Mar  4 11:00:00 db01 sshd[7]: Failed password for ada from 10.1.2.1 port 40000 ssh2',
    undefined,
  ],
  ['plain words', 'nothing to see here', undefined],
]
for (const [what, record, expected] of records) void test(`read: ${what}`, () => assert.equal(flowIn(record), expected))

void test('the application protocol tells whether a flow is encrypted', () => {
  assert.deepEqual(['tls', 'http', 'smb', 'ssl,http', 'http,dns', 'odd,stranger', ''].map(sealedBy), [
    true,
    false,
    undefined,
    true,
    false,
    undefined,
    undefined,
  ])
})

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
