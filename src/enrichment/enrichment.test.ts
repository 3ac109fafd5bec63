// Everything that is added to events: by the model, by databases the user brings, by the people's list, by DNS; and the tables read again when files change.
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { fixedClock } from '#kernel'
import { assetLocator, modelOf } from '#model'
import { Config, createLog } from '#platform'
import { EventId, parseRecord, type ParsedEvent } from '#telemetry'
import { temporaryFolder } from '#testkit'
import type { OpenFacts } from './enricher.ts'
import { openEnrichment } from './enrichment.ts'
import { estateEnricher } from './estate.ts'
import { geoDatabase, geoEnricher } from './geo.ts'
import { databaseOf } from './geo-database.test.ts'
import { directoryOf, Identities, identityEnricher } from './identity.ts'
import { indicatorFinding } from './intelligence/finding.ts'
import { reachOf } from './reach.ts'
import { reverseNames } from './reverse-names.io.ts'

const now = Date.UTC(2026, 10, 26)
const event = (more: Partial<ParsedEvent>): ParsedEvent => ({
  ...parseRecord({ source: 'test', received: now, text: 'text' }),
  time: now,
  ...more,
})
const added = (
  enricher: { add: ReturnType<typeof estateEnricher>['add'] },
  seen: Partial<ParsedEvent>,
  asset?: string,
) => {
  const facts: OpenFacts = {}
  enricher.add(event(seen), asset, facts)
  return facts
}

const modelText = `
zones:
  dmz: { trust: 3 }
  inside: { trust: 8 }
assets:
  web: { kind: nginx, zone: dmz, owner: ops, criticality: high, addresses: [10.0.1.0/24] }
  db: { kind: postgres, zone: inside, owner: data, criticality: critical, addresses: [10.0.2.5] }
`
const estate = () => {
  const { estate: read, issues } = modelOf('Test', [{ file: 'model/a.yaml', text: modelText }])
  assert.deepEqual(
    issues.filter(({ severity }) => severity === 'error'),
    [],
  )
  return { estate: read, locate: assetLocator(read) }
}

test('the model: zone, owner, criticality of the asset; whose the addresses are', () => {
  assert.deepEqual(added(estateEnricher(estate()), { src_ip: '10.0.1.9', dst_ip: '10.0.2.5' }, 'db'), {
    'asset.zone': 'inside',
    'asset.kind': 'postgres',
    'asset.owner': 'data',
    'asset.criticality': 'critical',
    'src.asset': 'web',
    'src.zone': 'dmz',
    'dst.asset': 'db',
    'dst.zone': 'inside',
  })
  assert.deepEqual(added(estateEnricher(estate()), { src_ip: '192.0.2.1' }), {})
})

test('reach: of the internet, own, none', () => {
  for (const own of [
    '10.1.2.3',
    '172.31.0.1',
    '192.168.0.1',
    '127.0.0.1',
    '100.64.0.1',
    '169.254.1.1',
    '224.0.0.1',
    'fe80::1',
    'fd00::1',
    '::1',
    '::ffff:10.0.0.1',
  ])
    assert.equal(reachOf(own), 'own', own)
  for (const out of ['8.8.8.8', '172.32.0.1', '2001:db8::1', '198.51.100.1'])
    assert.equal(reachOf(out), 'internet', out)
  assert.equal(reachOf('db01'), 'none')
})

test('geo: country, city and network of both ends, from whatever databases are there', () => {
  const places = geoDatabase(
    databaseOf('GeoLite2-City', {
      '198.51.100.0/24': {
        country: { iso_code: 'IE' },
        city: { names: { en: 'Dublin' } },
        location: { latitude: 53.35, longitude: -6.26 },
      },
    }),
  )
  const networks = geoDatabase(
    databaseOf('GeoLite2-ASN', {
      '198.51.100.0/25': { autonomous_system_number: 64500, autonomous_system_organization: 'Example Net' },
    }),
  )
  const enricher = geoEnricher(() => [places, networks])
  assert.deepEqual(
    added(
      geoEnricher(() => []),
      { src_ip: '198.51.100.7' },
    ),
    {},
  )
  const databases = [places, networks]
  const both = geoEnricher(() => databases)
  assert.deepEqual(added(both, { src_ip: '198.51.100.7', dst_ip: '198.51.100.200' }), {
    'src.country': 'IE',
    'src.city': 'Dublin',
    'src.latitude': '53.35',
    'src.longitude': '-6.26',
    'src.asn': 'AS64500',
    'src.as': 'Example Net',
    'dst.country': 'IE',
    'dst.city': 'Dublin',
    'dst.latitude': '53.35',
    'dst.longitude': '-6.26',
  })
  assert.deepEqual(added(both, { src_ip: '10.0.0.1', dst_ip: '203.0.113.1' }), {})
  assert.ok(enricher.gives.length === 12)
  assert.throws(() => geoDatabase(Buffer.from('no database')))
})

test('identity: one person under all names; a short name only where it is nobody else’s', () => {
  const directory = directoryOf(
    Identities.parse({
      identities: [
        {
          person: 'Ada',
          accounts: ['CORP\\ada', 'ada@corp.example'],
          hosts: ['LT-01.corp.example'],
          department: 'Clinic',
        },
        { person: 'Ben', accounts: ['ben', 'LAB\\admin'], hosts: ['10.0.0.5'] },
        { person: 'Cy', accounts: ['OPS\\admin'] },
      ],
    }),
  )
  const enricher = identityEnricher(() => directory)
  assert.deepEqual(added(enricher, { user: 'ADA', host: 'lt-01', target_user: 'x\\ben' }), {
    'identity.person': 'Ada',
    'identity.department': 'Clinic',
    'identity.target': 'Ben',
    'identity.host': 'Ada',
  })
  assert.deepEqual(added(enricher, { user: 'admin', host: '10.9.9.9' }), {})
  assert.deepEqual(added(enricher, { user: 'lab\\ADMIN' }), { 'identity.person': 'Ben' })
})

/** A DNS server of loopback that knows one name. */
async function dnsServer(
  t: TestContext,
  answers: Readonly<Record<string, string>>,
): Promise<{ at: string; asked: string[] }> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query, { port, address }) => {
    const labels: string[] = []
    let at = 12
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length))
      at += length + 1
    }
    const name = labels.join('.')
    asked.push(name)
    const target = answers[name]
    const head = Buffer.from(query.subarray(0, 12))
    head.writeUInt16BE(target === undefined ? 0x8183 : 0x8180, 2)
    head.writeUInt16BE(target === undefined ? 0 : 1, 6)
    head.writeUInt32BE(0, 8)
    const data = Buffer.concat([
      ...(target ?? '').split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
      Buffer.from([0]),
    ])
    const answer = Buffer.from([0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 60, 0, data.length])
    socket.send(
      Buffer.concat([head, query.subarray(12, at + 5), ...(target === undefined ? [] : [answer, data])]),
      port,
      address,
    )
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  t.after(() => socket.close())
  return { at: `127.0.0.1:${socket.address().port}`, asked }
}

test('reverse names: asked beside the road, remembered, only where wanted', async (t) => {
  const { at, asked } = await dnsServer(t, { '5.0.0.10.in-addr.arpa': 'DB.corp.example' })
  const names = reverseNames({ which: 'private', servers: [at], clock: fixedClock(now) })
  t.after(() => names.stop())
  const seen = { src_ip: '10.0.0.5', dst_ip: '198.51.100.7' }
  assert.deepEqual(added(names, seen), {}, 'the first event does not wait')
  await names.settled()
  assert.deepEqual(added(names, seen), { 'src.name': 'db.corp.example' })
  assert.deepEqual(added(names, { src_ip: '10.0.0.6' }), {})
  await names.settled()
  assert.deepEqual(added(names, { src_ip: '10.0.0.6' }), {})
  await names.settled()
  assert.deepEqual(asked, ['5.0.0.10.in-addr.arpa', '6.0.0.10.in-addr.arpa'], 'each address once, none of the internet')
  const off = reverseNames({ which: 'off', servers: [at], clock: fixedClock(now) })
  assert.deepEqual(added(off, seen), {})
  assert.equal(off.state.waiting, 0)
})

test('the room: tables from the workspace, read again when a file changes, problems named with their place', async (t) => {
  const workspace = temporaryFolder(t)
  const write = (path: string, text: string) => {
    mkdirSync(join(workspace, path, '..'), { recursive: true })
    writeFileSync(join(workspace, path), text)
  }
  write('intelligence/list.txt', '198.51.100.7\nevil.example\n')
  write('allow/ours.txt', '203.0.113.9\nnonsense here\n')
  write('identities.yaml', 'identities:\n  - person: Ada\n    acounts: [ada]\n')
  write('geo/broken.mmdb', 'nothing')
  const room = await openEnrichment({
    workspace,
    config: Config.parse({}),
    model: estate(),
    clock: fixedClock(Date.now()),
    log: createLog({ level: 'silent' }),
  })
  const facts = (seen: Partial<ParsedEvent>) => room.enrich(event({ time: Date.now(), ...seen }), undefined)
  assert.equal(facts({ dst_ip: '198.51.100.7' })?.['intel.feed'], 'intelligence/list.txt')
  assert.equal(facts({ dst_ip: '198.51.100.8', user: 'ada' }), undefined)
  assert.deepEqual(room.issues.map(({ at, code }) => `${at.file}:${at.line ?? ''} ${code}`).sort(), [
    'allow/ours.txt:2 allow-unreadable',
    'geo/broken.mmdb: geo-unreadable',
    'identities.yaml:3 unknown-key',
  ])
  assert.deepEqual(room.lookup('https://evil.example/x').hit, undefined)
  assert.equal(room.lookup('a.evil[.]example').hit?.value, 'evil.example')
  assert.equal(room.lookup('203.0.113.9').allowed, 'allow/ours.txt')
  assert.throws(() => room.lookup('what is this'), /INPUT_INVALID|is no address/)
  write('intelligence/list.txt', '198.51.100.8\n')
  write('identities.yaml', 'identities:\n  - person: Ada\n    accounts: [ada]\n')
  utimesSync(join(workspace, 'identities.yaml'), 1, 1)
  await room.refresh()
  assert.equal(facts({ dst_ip: '198.51.100.7' }), undefined)
  assert.deepEqual(facts({ dst_ip: '198.51.100.8', user: 'ada' }), {
    'identity.person': 'Ada',
    'intel.indicator': '198.51.100.8',
    'intel.type': 'address',
    'intel.feed': 'intelligence/list.txt',
    'intel.confidence': '50',
  })
})

test('an indicator is an alert once an hour at a place; who only knocks is less loud', () => {
  const seen = (more: Partial<ParsedEvent>, confidence = '90') =>
    indicatorFinding({
      ...event(more),
      id: EventId.parse('evt_1'),
      seq: 1,
      received: now,
      source: 'fw',
      raw: '',
      asset: 'web',
      enriched: {
        'intel.indicator': '198.51.100.7',
        'intel.type': 'address',
        'intel.feed': 'f',
        'intel.confidence': confidence,
      },
    })
  assert.equal(seen({ dst_ip: '198.51.100.7' })?.level, 'high')
  assert.equal(seen({ src_ip: '198.51.100.7' })?.level, 'medium')
  assert.equal(seen({ dst_ip: '198.51.100.7' }, '50')?.level, 'medium')
  assert.equal(seen({ src_ip: '198.51.100.7' }, '10')?.level, 'low')
  assert.equal(seen({ dst_ip: '198.51.100.7', time: now + 3_599_999 })?.key, seen({ dst_ip: '198.51.100.7' })?.key)
  assert.notEqual(seen({ dst_ip: '198.51.100.7', time: now + 3_600_000 })?.key, seen({ dst_ip: '198.51.100.7' })?.key)
})
