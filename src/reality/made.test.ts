// What tests of observed flows share: a small estate, and records of each sort. A test file without tests of its own.
import assert from 'node:assert/strict'
import { modelOf } from '#model'
import { parseRecord } from '#telemetry'
import { groundOf } from './ground.ts'
import { observe } from './observed.ts'
import type { FlowEvent } from './reading.ts'
import type { ObservedFlow } from './types.ts'

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
export const ground = groundOf(estate)

export const received = Date.UTC(2026, 2, 4, 12)
let count = 0
export const eventOf = (record: string, parser?: string): FlowEvent => {
  const event = parseRecord({ source: 's', received, text: record, ...(parser === undefined ? {} : { parser }) })
  return { ...event, id: eventId((count += 1)), received, source: 's', asset: undefined }
}
export const eventId = (n: number): FlowEvent['id'] => `evt_${String(n).padStart(10, '0')}` as FlowEvent['id']

export const told = (flow: ObservedFlow | undefined): string | undefined =>
  flow &&
  `${flow.from} -> ${flow.to} ${flow.transport}/${flow.port}${flow.attempt ? ' attempt' : ''}${flow.sealed ? ' sealed' : ''}${flow.plain ? ' plain' : ''}${flow.bytes > 0 ? ` ${flow.bytes} B` : ''}`
export const flowIn = (record: string): string | undefined => told(observe([eventOf(record)], ground).flows[0])

export const suricata = (
  type: string,
  more: object,
  [src, sport, dst, dport] = ['10.1.2.1', 40_000, '10.9.0.1', 5432],
) =>
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
export const kernel = (rest: string) => `<4>Mar  4 11:00:00 fw01 kernel: [1.0] ${rest}`
export const zeek = (more: object) =>
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
export const vpc = (more: object) =>
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
export const windows = (id: number, data: object, channel = 'Security') =>
  JSON.stringify({
    EventID: id,
    Channel: channel,
    Computer: 'LT-1.corp.example',
    TimeCreated: '2026-03-04T11:00:00.000Z',
    Provider_Name: channel === 'Security' ? 'Microsoft-Windows-Security-Auditing' : 'Microsoft-Windows-Sysmon',
    ...data,
  })
export const sysmon = 'Microsoft-Windows-Sysmon/Operational'
export const connection = {
  Protocol: 'tcp',
  SourceIp: '10.1.8.9',
  SourcePort: 50_000,
  DestinationIp: '10.1.2.1',
  DestinationPort: 443,
}
export const platform = {
  Protocol: '6',
  SourceAddress: '10.1.8.9',
  SourcePort: '50000',
  DestAddress: '10.1.2.1',
  DestPort: '443',
}
