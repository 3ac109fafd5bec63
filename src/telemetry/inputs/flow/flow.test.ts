// Decoders of flows: templates before and after their data, sampling, enterprise fields, damage; arbitrary bytes never make them throw.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { ChunkDesk } from '../gelf-chunks.ts'
import { namesOf, oneMatches } from '../tls-names.ts'
import { dropsIn } from '../udp-drops.ts'
import { NetflowReader } from './netflow.ts'
import { readSflow } from './sflow.ts'
import { ipv6, valueOf } from './values.ts'

const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value, at * 2)
  return bytes
}
const long = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, at * 4)
  return bytes
}
const set = (id: number, body: Buffer): Buffer => Buffer.concat([words(id, body.length + 4), body])
const nine = (...sets: Buffer[]): Buffer =>
  Buffer.concat([words(9, sets.length), long(100_000, 1_772_460_062, 1, 5), ...sets])
const ipfix = (...sets: Buffer[]): Buffer => {
  const body = Buffer.concat(sets)
  return Buffer.concat([words(10, body.length + 16), long(1_772_460_062, 1, 5), body])
}
const template = set(0, words(300, 4, 8, 4, 12, 4, 1, 4, 22, 4))
const data = set(300, Buffer.concat([Buffer.from([10, 0, 0, 1, 192, 0, 2, 7]), long(1_500, 40_000)]))

test('v9: data that comes before its template waits for it; times of the exporter become times of the world', () => {
  const reader = new NetflowReader()
  assert.deepEqual(reader.read(nine(data), '192.0.2.1'), { flows: [], lost: 0 })
  const { flows, lost } = reader.read(nine(template), '192.0.2.1')
  assert.equal(lost, 0)
  assert.deepEqual(flows, [
    {
      flow: 'netflow9',
      exporter: '192.0.2.1',
      domain: 5,
      sequence: 1,
      sourceIPv4Address: '10.0.0.1',
      destinationIPv4Address: '192.0.2.7',
      octetDeltaCount: 1500,
      flowStartSysUpTime: 40_000,
      flowStartMilliseconds: 1_772_460_062_000 - 60_000,
      exportMilliseconds: 1_772_460_062_000,
    },
  ])
  assert.equal(reader.read(nine(data), '192.0.2.2').flows.length, 0, 'another exporter has other templates')
})

test('v9: an exporter that says its sampling in options has it in every flow', () => {
  const reader = new NetflowReader()
  const options = set(1, words(400, 4, 4, 1, 4, 34, 4))
  const said = set(400, long(0, 64))
  const { flows } = reader.read(nine(template, options, said, data), 'a')
  assert.deepEqual(
    flows.map(({ samplingInterval, options: about }) => [samplingInterval, about]),
    [
      [64, true],
      [64, undefined],
    ],
  )
})

test('IPFIX: enterprise fields by their numbers, texts of variable length, 64-bit counts', () => {
  const fields = Buffer.concat([words(300, 3, 0x8000 + 12, 2), long(9), words(371, 65_535, 1, 8)])
  const body = Buffer.concat([words(77), Buffer.from([3]), Buffer.from('ada'), Buffer.from('00ffffffffffffff', 'hex')])
  const { flows, lost } = new NetflowReader().read(ipfix(set(2, fields), set(300, body)), 'a')
  assert.equal(lost, 0)
  const { exportMilliseconds: _, ...flow } = flows[0] ?? {}
  assert.deepEqual(flow, { flow: 'ipfix', exporter: 'a', domain: 5, sequence: 1, 'enterprise9.element12': 77, userName: 'ada', octetDeltaCount: '72057594037927935' }) // prettier-ignore
})

test('damage is counted: cut off sets, templates without bytes, v5 with fewer flows than it says', () => {
  const reader = new NetflowReader()
  assert.equal(reader.read(Buffer.from('hello'), 'a').lost, 1)
  assert.equal(reader.read(nine(words(300, 900)), 'a').lost, 1)
  assert.deepEqual(reader.read(nine(set(0, words(301, 1, 8, 0)), set(301, long(1))), 'a').flows, [])
  const five = Buffer.concat([words(5, 3), long(1, 1, 1, 1, 0), Buffer.alloc(48)])
  assert.deepEqual([reader.read(five, 'a').flows.length, reader.read(five, 'a').lost], [1, 2])
})

test('sFlow: a sampled frame has its ends and ports; counters of an interface are a record too', () => {
  const frame = Buffer.alloc(54)
  frame.writeUInt16BE(0x0800, 12)
  frame.set([0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 9, 192, 0, 2, 7, 0x9c, 0x40, 1, 0xbb], 14)
  const padded = Buffer.concat([frame, Buffer.alloc(2)])
  const raw = Buffer.concat([long(1, 16 + padded.length, 1, 1_514, 4, frame.length), padded])
  const sample = Buffer.concat([long(7, 3, 512, 9, 0, 1, 2, 1), raw])
  const generic = long(4, 6, 0, 1_000, 3, 3, 0, 5, ...Array.from({ length: 14 }, () => 1))
  const counters = Buffer.concat([long(8, 4, 1), long(1, generic.length), generic])
  const datagram = Buffer.concat([long(5, 1), Buffer.from([192, 0, 2, 1]), long(0, 11, 1_000, 2, 1, sample.length), sample, long(2, counters.length), counters]) // prettier-ignore
  const { flows, lost } = readSflow(datagram, '192.0.2.1', 99)
  assert.equal(lost, 0)
  const [flow, counted] = flows
  assert.deepEqual(
    [
      flow?.['sourceIPv4Address'],
      flow?.['destinationTransportPort'],
      flow?.['samplingInterval'],
      flow?.['octetDeltaCount'],
    ],
    ['10.0.0.9', 443, 512, 1_514],
  )
  assert.deepEqual([counted?.['options'], counted?.['ifIndex'], counted?.['ifInOctets']], [true, 4, 5])
})

test('arbitrary datagrams, and right ones with bytes changed, never make a decoder throw', () => {
  const right = [nine(template, data), nine(data), ipfix(set(2, words(300, 1, 8, 4)), set(300, long(1)))]
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((list) => Buffer.from(list)),
    fc.tuple(fc.constantFrom(...right), fc.nat(), fc.nat(255)).map(([from, at, value]) => {
      const changed = Buffer.from(from)
      changed[at % changed.length] = value
      return changed
    }),
    fc.uint8Array({ maxLength: 120 }).map((list) => Buffer.concat([long(5, 1, 1, 0, 1, 1, 1, 1), Buffer.from(list)])),
  )
  const reader = new NetflowReader()
  const desk = new ChunkDesk()
  fc.assert(
    fc.property(bytes, (datagram) => {
      for (const { flows } of [reader.read(datagram, 'a'), readSflow(datagram, 'a', 1)]) JSON.stringify(flows)
      desk.add(datagram, 'a', 1)
      desk.add(Buffer.concat([Buffer.from([0x1e, 0x0f]), datagram]), 'a', 1)
    }),
    { numRuns: 3_000 },
  )
})

test('one datagram does not become more than three thousand records', () => {
  const wide = set(300, Buffer.alloc(60_000))
  const { flows, lost } = new NetflowReader().read(nine(set(0, words(300, 1, 4, 1)), wide), 'a')
  assert.deepEqual([flows.length, lost], [3_000, 1])
})

test('chunks of GELF: put together in any order, given up after five seconds, bounded', () => {
  const desk = new ChunkDesk()
  const chunk = (id: number, number: number, count: number, text: string): Buffer =>
    Buffer.concat([Buffer.from([0x1e, 0x0f, 0, 0, 0, 0, 0, 0, id >> 8, id & 255, number, count]), Buffer.from(text)])
  assert.equal(desk.add(chunk(1, 1, 2, 'b'), 'a', 0), undefined)
  assert.equal(desk.add(chunk(1, 0, 2, 'x'), 'other', 0), undefined, 'another sender')
  assert.equal(desk.add(chunk(1, 0, 2, 'a'), 'a', 10)?.toString(), 'ab')
  assert.equal(desk.add(chunk(2, 0, 2, 'a'), 'a', 20_000), undefined)
  assert.equal(desk.lost, 1, 'the other sender’s')
  for (let id = 3; id < 5_000; id += 1) desk.add(chunk(id, 0, 2, 'a'), 'a', 20_000)
  assert.ok(desk.lost > 3_900)
})

test('values and names', () => {
  assert.equal(ipv6(Buffer.from('20010db8000000000000000000000001', 'hex')), '2001:db8::1')
  assert.equal(ipv6(Buffer.alloc(16)), '::')
  assert.equal(valueOf('4', Buffer.alloc(3)), '000000')
  assert.deepEqual(namesOf({ subject: { CN: 'a' }, subjectaltname: 'DNS:FW.example, IP Address:192.0.2.1' }), ['fw.example', '192.0.2.1']) // prettier-ignore
  assert.ok(oneMatches(['fw.example'], ['*.example']))
  assert.ok(!oneMatches(['a.fw.example'], ['*.example']))
  assert.ok(!oneMatches(['example'], ['*.example']))
})

test('what the kernel dropped is read by port', () => {
  const text = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  101: 0100007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 5 2 0000000000000000 17
  102: 00000000:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 6 2 0000000000000000 3
  103: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 7 2 0000000000000000 9
`
  assert.equal(dropsIn(text, 5514), 20)
  assert.equal(dropsIn('', 5514), 0)
})
