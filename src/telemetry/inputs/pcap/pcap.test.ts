// Captures through the real Suricata: each once, with rules, and what is no capture costs nothing else.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SourceConfig } from '#platform'
import { temporaryFolder } from '#testkit'
import { desk } from '../desk.test.ts'
import { suricataYaml } from './settings.ts'

const hasSuricata = spawnSync('suricata', ['-V']).status === 0

/** A question to DNS in a frame of Ethernet. */
function question(name: string, port: number): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  const dns = Buffer.concat([
    Buffer.from('123401000001000000000000', 'hex'),
    ...labels,
    Buffer.from('0000010001', 'hex'),
  ])
  const udp = Buffer.alloc(8)
  for (const [at, value] of [port, 53, 8 + dns.length].entries()) udp.writeUInt16BE(value, at * 2)
  const ip = Buffer.from('4500000000010000401100000a0000050a000035', 'hex')
  ip.writeUInt16BE(20 + udp.length + dns.length, 2)
  return Buffer.concat([Buffer.from('020000000002020000000001', 'hex'), Buffer.from('0800', 'hex'), ip, udp, dns])
}
/** A capture (pcap 2.4) of these frames, one a second. */
function captureOf(frames: readonly Buffer[]): Buffer {
  const head = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex')
  const records = frames.map((frame, at) => {
    const record = Buffer.alloc(16)
    for (const [slot, value] of [1_795_600_000 + at, 0, frame.length, frame.length].entries())
      record.writeUInt32LE(value, slot * 4)
    return Buffer.concat([record, frame])
  })
  return Buffer.concat([head, ...records])
}

test('a capture becomes EVE records, with the alerts of the rules given; once, also over a restart', async (t) => {
  if (!hasSuricata) return t.skip('suricata is not installed')
  const at = await desk(t, undefined, 100_000)
  const folder = join(at.folder, 'captures')
  mkdirSync(folder)
  const put = (name: string, bytes: Buffer | string) => {
    writeFileSync(join(folder, name), bytes)
    utimesSync(join(folder, name), new Date(Date.now() - 60_000), new Date(Date.now() - 60_000))
  }
  put('a.pcap', captureOf([question('good.example', 40_000), question('evil.example', 40_001)]))
  put('broken.pcap', 'this is no capture')
  writeFileSync(
    join(at.folder, 'own.rules'),
    'alert dns any any -> any any (msg:"evil name"; dns.query; content:"evil.example"; nocase; sid:1000001; rev:1;)\n',
  )
  const source: SourceConfig = { kind: 'pcap', name: 'sensor', path: folder, rules: [at.folder], program: 'suricata' }
  const stop = await at.run(source)
  const patience = performance.now() + 30_000
  while ((await at.texts()).length < 5 && performance.now() < patience) await sleep(50)
  const events = (await at.texts()).map((text) => JSON.parse(text))
  const of = (type: string) => events.filter((event) => event.event_type === type)
  assert.deepEqual(new Set(of('dns').map(({ dns }) => dns.rrname)), new Set(['good.example', 'evil.example']))
  assert.deepEqual(
    of('alert').map(({ alert }) => alert.signature),
    ['evil name'],
  )
  assert.equal(of('flow').length, 2)
  await stop()
  const before = events.length
  await at.run(source)
  await sleep(1_000)
  assert.equal((await at.texts()).length, before)
})

test('without the program the source says what to do', async (t) => {
  const at = await desk(t)
  writeFileSync(join(at.folder, 'a.pcap'), captureOf([question('good.example', 40_000)]))
  utimesSync(join(at.folder, 'a.pcap'), 1, 1)
  await at.run({
    kind: 'pcap',
    name: 'sensor',
    path: join(at.folder, 'a.pcap'),
    rules: [],
    program: 'no-such-suricata',
  })
  await sleep(500)
  const { state, detail } = at.health('sensor')
  assert.equal(state, 'failed')
  assert.match(detail, /no-such-suricata.*install Suricata/)
})

test('the settings are read by Suricata without a complaint', (t) => {
  if (!hasSuricata) return t.skip('suricata is not installed')
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 's.yaml'), suricataYaml())
  const { status, stdout, stderr } = spawnSync(
    'suricata',
    ['-T', '-c', join(folder, 's.yaml'), '-l', folder, '-S', '/dev/null'],
    { encoding: 'utf8' },
  )
  assert.equal(status, 0, stdout + stderr)
  assert.doesNotMatch(stdout + stderr, /error/i)
})
