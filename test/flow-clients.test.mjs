// Flows and GELF from real programs: softflowd reads a capture and exports NetFlow v5, v9 and IPFIX; nc and datagrams of our own send GELF.
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { deflateSync, gzipSync } from 'node:zlib'
import { freePort, needs, receiver, run, stored, until } from './shippers.mjs'

/** A capture (pcap) with one UDP packet of each of so many conversations. */
function capture(conversations) {
  const head = Buffer.alloc(24)
  head.writeUInt32LE(0xa1b2c3d4, 0)
  head.writeUInt16LE(2, 4)
  head.writeUInt16LE(4, 6)
  head.writeUInt32LE(65_535, 16)
  head.writeUInt32LE(1, 20)
  const packets = Array.from({ length: conversations }, (_, at) => {
    const bytes = Buffer.alloc(16 + 14 + 28 + 100)
    bytes.writeUInt32LE(1_772_460_000 + at, 0)
    bytes.writeUInt32LE(142, 8)
    bytes.writeUInt32LE(142, 12)
    bytes.writeUInt16BE(0x0800, 28)
    bytes.set([0x45, 0, 0, 128, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1 + (at % 250), 192, 0, 2, 7], 30)
    bytes.writeUInt16BE(20_000 + at, 50)
    bytes.writeUInt16BE(53, 52)
    bytes.writeUInt16BE(108, 54)
    return bytes
  })
  return Buffer.concat([head, ...packets])
}

for (const [version, kind] of [
  ['5', 'netflow5'],
  ['9', 'netflow9'],
  ['10', 'ipfix'],
])
  // prettier-ignore
  test(`softflowd, NetFlow version ${version}: every conversation of a capture is a flow with its ends, ports, bytes and packets`, async (t) => {
    const softflowd = needs(t, 'softflowd')
    if (!softflowd) return
    const port = await freePort()
    const { folder, server } = await receiver(t, [{ kind: 'netflow', name: 'flows', listen: `127.0.0.1:${port}` }])
    writeFileSync(join(folder, 'in.pcap'), capture(120))
    // It cuts names after sixteen letters, so they are said from the workspace.
    const args = ['-d', '-a', '-r', 'in.pcap', '-n', `127.0.0.1:${port}`, '-v', version, '-p', 'pid', '-c', 'ctl']
    const { status, said } = run(softflowd, args, undefined, folder)
    assert.equal(status, 0, said)
    const raws = (await stored(server, 'flows', 120, 15_000)).map((raw) => JSON.parse(raw))
    const flows = raws.filter(({ options }) => !options)
    t.diagnostic(`120 conversations, ${flows.length} flows of ${kind}`)
    assert.deepEqual(flows.map((flow) => flow.sourceTransportPort).sort(), Array.from({ length: 120 }, (_, at) => 20_000 + at)) // prettier-ignore
    for (const flow of flows) assert.deepEqual([flow.flow, flow.destinationIPv4Address, flow.protocolIdentifier, flow.octetDeltaCount, flow.packetDeltaCount], [kind, '192.0.2.7', 17, 128, 1]) // prettier-ignore
    const [one] = (await server.get('event.search', { q: 'source:flows src_port:20001', limit: 1 })).items
    assert.deepEqual([one.parser, one.src_ip, one.dst_ip, one.dst_port, one.class_uid], ['netflow', '10.0.0.2', '192.0.2.7', 53, 4001]) // prettier-ignore
  })

const message = (at) => JSON.stringify({ version: '1.1', host: `h${at}`, short_message: `gelf ${at} ${'x'.repeat(at * 50)}`, level: 6, _n: at }) // prettier-ignore
const wanted = (count) => Array.from({ length: count }, (_, at) => `gelf ${at} ${'x'.repeat(at * 50)}`)

test('GELF over TCP by nc, NUL between messages', async (t) => {
  const nc = needs(t, 'nc')
  if (!nc) return
  const port = await freePort()
  const { server } = await receiver(t, [{ kind: 'gelf-tcp', name: 'gelf', listen: `127.0.0.1:${port}` }])
  const input = Array.from({ length: 100 }, (_, at) => `${message(at)}\0`).join('')
  const { status, said } = run(nc, ['-N', '127.0.0.1', String(port)], input)
  assert.equal(status, 0, said)
  assert.deepEqual(await stored(server, 'gelf', 100), wanted(100))
})

test('GELF over UDP: plain, gzip, zlib and in chunks that come in any order', async (t) => {
  const port = await freePort()
  const { server } = await receiver(t, [{ kind: 'gelf-udp', name: 'gelf', listen: `127.0.0.1:${port}` }])
  const socket = createSocket('udp4')
  t.after(() => socket.close())
  const send = (bytes) => new Promise((done) => socket.send(bytes, port, '127.0.0.1', done))
  for (let at = 0; at < 60; at += 1) {
    const bytes = [(text) => Buffer.from(text), gzipSync, deflateSync][at % 3](message(at))
    if (at % 2) await send(bytes)
    else {
      const parts = Array.from({ length: Math.ceil(bytes.length / 300) }, (_, n) => bytes.subarray(n * 300, n * 300 + 300)) // prettier-ignore
      const chunks = parts.map((part, n) => Buffer.concat([Buffer.from([0x1e, 0x0f, 1, 2, 3, 4, 5, 6, 7, at, n, parts.length]), part])) // prettier-ignore
      for (const chunk of chunks.reverse()) await send(chunk)
    }
  }
  const raws = await stored(server, 'gelf', 60)
  assert.deepEqual(raws.sort(), wanted(60).sort())
})

test('syslog over a socket of this machine', async (t) => {
  const logger = needs(t, 'logger')
  if (!logger) return
  const { folder, server } = await receiver(t, [{ kind: 'syslog-unix', name: 'local', path: 'log.sock' }])
  const socket = connect(join(folder, 'log.sock'))
  socket.end(Array.from({ length: 50 }, (_, at) => `<14>Mar  2 14:01:02 app[1]: unix ${at}\0`).join(''))
  const raws = await stored(server, 'local', 50)
  assert.equal(raws.length, 50)
  assert.match(raws[49], /unix 49$/)
})

test('a source with silentAfter falls silent: an alert and an incident, then it is usual again', async (t) => {
  const port = await freePort()
  const { server } = await receiver(t, [
    { kind: 'syslog-tcp', name: 'fw', listen: `127.0.0.1:${port}`, silentAfter: 10 },
  ])
  const alerts = () => server.get('alert.list', { limit: 10 })
  await until(async () => (await alerts()).items.length > 0, { patience: 40_000, what: 'the alert of silence' })
  const [silent] = (await alerts()).items
  assert.equal(silent.rule.title, 'A source of events fell silent')
  assert.deepEqual([silent.source, silent.rule.level], ['fw', 'medium'])
  assert.ok(silent.rule.techniques.includes('T1562.006'), JSON.stringify(silent.rule))
  assert.match((await server.get('source.list')).items.find(({ name }) => name === 'fw').unusual, /nothing for/)
  connect(port, '127.0.0.1').end('<14>1 - h a - - - here again\n')
  await until(async () => (await alerts()).items.length > 1, { patience: 20_000, what: 'the alert of its return' })
  const { items } = await server.get('incident.list', { limit: 10 })
  assert.equal(items.length, 1)
  assert.equal(items[0].alerts, 2)
})
