// Declared × observed: every kind of finding, against a slow oracle, and every proposal applied.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { modelOf } from '#model'
import { parseYaml } from '#platform'
import { compare } from './compare.ts'
import { draftText } from './draft.ts'
import { whole } from './finding.ts'
import { groundOf } from './ground.ts'
import type { End, Finding, FindingKind, Observed, ObservedFlow } from './types.ts'

type Entries = Record<string, Record<string, unknown>>
interface Document {
  readonly zones: Entries
  readonly assets: Entries
  readonly data?: Entries
  readonly flows: Entries
  readonly moved?: Record<string, string>
}
const zones = {
  internet: { trust: 0 },
  office: { trust: 50, cidrs: ['10.1.0.0/16'] },
  data: { trust: 80, cidrs: ['10.9.0.0/24'] },
}
const assets = {
  customers: { kind: 'browser', zone: 'internet' },
  laptops: { kind: 'windows-laptop', zone: 'office', addresses: ['10.1.8.0/24'] },
  web: { kind: 'nginx', zone: 'office', addresses: ['10.1.2.1'] },
  db: { kind: 'postgres', zone: 'data', addresses: ['10.9.0.1'], stores: ['records'], criticality: 'critical' },
}
const data = { records: { confidentiality: 'critical' } }

const modelIn = (document: Document) => modelOf('test', [{ file: 'model/a.yaml', text: JSON.stringify(document) }])
const wrongIn = (document: Document) => modelIn(document).issues.filter(({ severity }) => severity === 'error')

const until = Date.UTC(2026, 2, 4)
const day = 86_400_000
const sample: Record<string, string> = {
  'asset:laptops': '10.1.8.9',
  'asset:web': '10.1.2.1',
  'asset:db': '10.9.0.1',
  outside: '192.0.2.1',
}
const flow = (from: End, to: End, port: number, more: Partial<ObservedFlow> = {}): ObservedFlow => ({
  from,
  to,
  transport: 'tcp',
  port,
  attempt: false,
  first: until - 60 * day,
  last: until,
  count: 5,
  sealed: 0,
  plain: 0,
  bytes: 0,
  applications: [],
  sources: ['ids'],
  witnesses: ['wire'],
  event: 'evt_1',
  fromAddress: sample[from] ?? from.replace('address:', ''),
  toAddress: sample[to] ?? to.replace('address:', ''),
  ...more,
})
const observedOf = (flows: readonly ObservedFlow[], more: Partial<Observed> = {}): Observed => ({
  flows,
  hosts: [],
  seen: [],
  ...more,
})

function findingsOf(flows: Entries, observed: Observed, more: Partial<Document> = {}): Finding[] {
  const { estate } = modelIn({ zones, assets, data, flows, ...more })
  return compare(estate, observed, groundOf(estate), { days: 30 }).findings.map(whole)
}
const ofKind = (findings: readonly Finding[], kind: FindingKind) => findings.filter((one) => one.kind === kind)
const brief = (findings: readonly Finding[]) =>
  findings
    .map(({ kind, from, to, port, asset }) => `${kind} ${from === '' ? asset : `${from} -> ${to}:${port}`}`)
    .sort()

const webToDb = { 'web -> db': { encrypted: true, data: ['records'] } }

void test('a flow that was seen as declared is no finding', () => {
  const seen = flow('asset:web', 'asset:db', 5432)
  assert.deepEqual(ofKind(findingsOf(webToDb, observedOf([seen])), 'undeclared'), [])
  const many = flow('asset:web', 'asset:db', 0)
  assert.deepEqual(ofKind(findingsOf(webToDb, observedOf([many])), 'undeclared'), [])
})

void test('an undeclared flow weighs what stands at its ends, and says why', () => {
  const all = [
    flow('asset:laptops', 'asset:db', 5432),
    flow('asset:laptops', 'asset:web', 22),
    flow('asset:db', 'address:192.0.2.7', 4444),
  ]
  const found = ofKind(findingsOf({}, observedOf(all)), 'undeclared')
  const levels = Object.fromEntries(found.map((one) => [`${one.from} ${one.to}`, one.level]))
  assert.deepEqual(levels, { 'laptops db': 'high', 'laptops web': 'low', 'db 192.0.2.7': 'high' })
  assert.equal(found.find(({ to }) => to === 'db')?.why.length, 2)
  assert.ok(found.every(({ evidence }) => evidence.event === 'evt_1' && evidence.count === 5))
})

void test('people look at pages: that need not be declared; the same from a server is a finding', () => {
  const pages = [flow('asset:laptops', 'outside', 443), flow('asset:laptops', 'outside', 80)]
  assert.deepEqual(ofKind(findingsOf({}, observedOf(pages)), 'undeclared'), [])
  const server = [flow('asset:web', 'address:192.0.2.7', 443)]
  assert.equal(ofKind(findingsOf({}, observedOf(server)), 'undeclared').length, 1)
})

void test('whoever is on the internet is the asset that stands there', () => {
  const declared = { 'customers -> web': {} }
  const found = findingsOf(declared, observedOf([flow('outside', 'asset:web', 443)]))
  assert.deepEqual(brief(found.filter(({ kind }) => kind !== 'never-seen')), [])
})

void test('the other way round', () => {
  const [one] = ofKind(findingsOf(webToDb, observedOf([flow('asset:db', 'asset:web', 5432)])), 'wrong-direction')
  assert.equal(one?.flow, 'web -> db')
  assert.match(
    one?.proposal.yaml ?? '',
    /take out of model\/a.yaml:1: web -> db\nflows:\n {2}db -> web: .*back: \[records\]/,
  )
  const both = [flow('asset:db', 'asset:web', 5432), flow('asset:web', 'asset:db', 5432)]
  assert.deepEqual(ofKind(findingsOf(webToDb, observedOf(both)), 'wrong-direction'), [])
})

void test('another port: one declared flow is moved by its busiest port, the rest is undeclared', () => {
  const all = [flow('asset:web', 'asset:db', 5433), flow('asset:web', 'asset:db', 22, { count: 1 })]
  const found = findingsOf(webToDb, observedOf(all))
  assert.deepEqual(
    ofKind(found, 'wrong-port').map(({ port }) => port),
    [5433],
  )
  assert.deepEqual(
    ofKind(found, 'undeclared').map(({ port }) => port),
    [22],
  )
})

void test('plain text where the model says encrypted', () => {
  const seen = flow('asset:web', 'asset:db', 5432, { plain: 2, sealed: 3, applications: ['pgsql', 'tls'] })
  const [one] = ofKind(findingsOf(webToDb, observedOf([seen])), 'unencrypted')
  assert.equal(one?.level, 'high')
  assert.match(one?.detail ?? '', /2 of 5 records show pgsql, tls/)
  const sealed = { ...seen, plain: 0 }
  assert.deepEqual(ofKind(findingsOf(webToDb, observedOf([sealed])), 'unencrypted'), [])
})

void test('unused: not before telemetry looked long enough, and only where it could have seen it', () => {
  const declared = { ...webToDb, 'laptops -> web': {}, 'laptops -> db': {} }
  const old = flow('asset:web', 'asset:db', 5432, { last: until - 40 * day })
  const now = flow('asset:laptops', 'asset:web', 443)
  const found = ofKind(findingsOf(declared, observedOf([old, now])), 'unused')
  assert.deepEqual(
    new Set(found.map((one) => [one.flow, one.title.includes('not used'), one.proposal.does])),
    new Set([
      ['laptops -> db', true, 'remove'],
      ['web -> db', true, 'remove'],
    ]),
  )
  const [blind] = ofKind(findingsOf(webToDb, observedOf([now])), 'unused')
  assert.match(blind?.title ?? '', /cannot be seen/)
  assert.equal(blind?.proposal.does, 'nothing')
  const young = flow('asset:laptops', 'asset:web', 443, { first: until - day })
  assert.deepEqual(ofKind(findingsOf(webToDb, observedOf([young])), 'unused'), [])
})

void test('attempts are no flows: those from outside are only counted, those from inside are one finding a pair', () => {
  const attempt = { attempt: true, count: 7 } as const
  const all = [
    flow('outside', 'asset:db', 0, attempt),
    flow('asset:laptops', 'asset:db', 22, attempt),
    flow('asset:laptops', 'asset:db', 5432, attempt),
    flow('asset:web', 'asset:db', 5432, attempt),
  ]
  const found = findingsOf(webToDb, observedOf(all))
  const [one, ...more] = ofKind(found, 'attempted')
  assert.deepEqual([one?.from, one?.to, one?.evidence.count, more.length], ['laptops', 'db', 14, 0])
  assert.deepEqual(ofKind(found, 'undeclared'), [])
  const [refused] = ofKind(found, 'unused')
  assert.match(refused?.detail ?? '', /tried 7 times and refused/)
})

void test('unknown hosts by zone; known ones and those since declared are none', () => {
  const host = (address: string, name = '') => ({ address, name, first: 1, last: 2, count: 3, event: 'evt_2' })
  const hosts = [host('10.9.0.77', 'odd.corp'), host('10.1.5.5'), host('10.200.0.1'), host('10.9.0.1')]
  const found = ofKind(findingsOf({}, observedOf([], { hosts })), 'unknown-host')
  assert.deepEqual(
    new Set(found.map(({ asset, level, zones }) => [asset, level, ...zones])),
    new Set([
      ['10.1.5.5', 'medium', 'office'],
      ['10.200.0.1', 'medium'],
      ['10.9.0.77', 'high', 'data'],
    ]),
  )
  assert.match(found.find(({ asset }) => asset === '10.9.0.77')?.proposal.yaml ?? '', /hosts: \[odd.corp\]/)
  assert.match(found.find(({ asset }) => asset === '10.200.0.1')?.proposal.yaml ?? '', /network-10.200.0.0/)
})

void test('assets that were never heard of', () => {
  const now = flow('asset:laptops', 'asset:web', 443)
  const seen = [{ asset: 'laptops', first: 1, last: until, count: 1 }]
  assert.deepEqual(brief(ofKind(findingsOf({}, observedOf([now], { seen })), 'never-seen')), ['never-seen db'])
})

void test('what was kept under a name of before is found under that of now', () => {
  const old = flow('asset:site', 'asset:db', 5432)
  const moved = { site: 'web' }
  assert.deepEqual(ofKind(findingsOf(webToDb, observedOf([old]), { moved }), 'undeclared'), [])
  const byAddress = flow('asset:gone', 'asset:db', 5432, { fromAddress: '10.1.2.1' })
  assert.deepEqual(ofKind(findingsOf(webToDb, observedOf([byAddress])), 'undeclared'), [])
  const sinceDeclared = flow('address:10.1.2.1', 'asset:db', 5432)
  assert.deepEqual(ofKind(findingsOf(webToDb, observedOf([sinceDeclared])), 'undeclared'), [])
})

const ids = ['laptops', 'web', 'db'] as const
const anyFlows = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids), fc.constantFrom(22, 443, 5432)),
  { selector: ([a, b]) => `${a} -> ${b}`, maxLength: 6 },
)
const anyEnd = fc.constantFrom<End>('asset:laptops', 'asset:web', 'asset:db', 'address:10.1.77.7', 'outside')
const anyObserved = fc.array(
  fc.tuple(anyEnd, anyEnd, fc.constantFrom(22, 443, 5432, 0), fc.boolean(), fc.nat({ max: 3 }), fc.nat({ max: 3 })),
  { maxLength: 10 },
)
type Drawn = { declared: [string, string, number][]; drawn: [End, End, number, boolean, number, number][] }
const scenes = fc
  .record({ declared: anyFlows, drawn: anyObserved })
  .map(({ declared, drawn }): { document: Document; observed: Observed } & Drawn => {
    const flows = Object.fromEntries(
      declared.flatMap(([a, b, port]) =>
        a === b ? [] : [[`${a} -> ${b}`, { protocol: 'tcp', port, encrypted: true }]],
      ),
    )
    const sums = new Map(
      drawn
        .filter(([from, to, port]) => from !== to && (to !== 'outside' || (from === 'asset:laptops' && port === 443)))
        .map(([from, to, port, attempt, plain, sealed]) => [
          `${from} ${to} ${port} ${attempt}`,
          flow(from, to, port, { attempt, plain, sealed, count: plain + sealed + 1 }),
        ]),
    )
    const hosts = [{ address: '10.1.77.7', name: '', first: until - day, last: until, count: 1, event: 'evt_3' }]
    const document = { zones, assets, data, flows }
    return { document, observed: observedOf([...sums.values()], { hosts }), declared, drawn }
  })
const compared = (document: Document, observed: Observed) => {
  const { estate } = modelIn(document)
  return compare(estate, observed, groundOf(estate), { days: 30 })
}
const nameOf = (end: string): string => end.replace(/^(?:asset|address):/, '')

void test('what is undeclared, otherwise or unencrypted is what a slow look finds', () => {
  fc.assert(
    fc.property(scenes, ({ document, observed }) => {
      const { findings } = compared(document, observed)
      const flows = observed.flows.filter(({ attempt }) => !attempt)
      const entries = Object.entries(document.flows)
      const fit = (one: ObservedFlow) => {
        const between = entries.filter(([key]) => key === `${nameOf(one.from)} -> ${nameOf(one.to)}`)
        const exact = between.filter(([, { port }]) => port === one.port)
        return exact.length > 0 ? exact : between.filter(([, { port }]) => one.port === 0 || port === 0)
      }
      const browsing = (one: ObservedFlow) =>
        one.from === 'asset:laptops' && one.to === 'outside' && [80, 443].includes(one.port)
      const expected = flows
        .filter((one) => fit(one).length === 0 && !browsing(one))
        .map((one) => `${nameOf(one.from)} -> ${nameOf(one.to)}:${one.port}`)
      const got = findings
        .filter(({ finding: { kind } }) => ['undeclared', 'wrong-port', 'wrong-direction'].includes(kind))
        .map(({ finding: { from, to, port } }) => `${from} -> ${to}:${port}`)
      assert.deepEqual(got.sort(), expected.sort())
      const proves = (one: ObservedFlow) =>
        fit(one).flatMap(([key, { port }]) => (port === one.port || port === 0 ? [key] : []))
      const plain = new Set(flows.filter(({ plain }) => plain > 0).flatMap(proves))
      const said = findings.flatMap(({ finding }) => (finding.kind === 'unencrypted' ? [finding.flow] : []))
      assert.deepEqual(new Set(said), plain)
      const again = compared(document, { ...observed, flows: observed.flows.toReversed() })
      assert.deepEqual(
        again.findings.map(({ finding }) => finding.id).sort(),
        findings.map(({ finding }) => finding.id).sort(),
      )
      assert.equal(new Set(findings.map(({ finding }) => finding.id)).size, findings.length)
    }),
    { numRuns: 150 },
  )
})

/** The model with a proposal followed: what goes is taken out, what is written is added. */
function followed(document: Document, { kind, flow, proposal }: Finding): Document {
  const parsed = parseYaml(proposal.yaml, 'model/proposed.yaml')
  assert.ok(parsed.ok, proposal.yaml)
  const written = JSON.parse(JSON.stringify(parsed.value.value ?? {})) as Partial<Document>
  const flows = { ...document.flows }
  if (proposal.at && kind !== 'never-seen') delete flows[flow]
  return {
    ...document,
    zones: { ...document.zones, ...written.zones },
    assets: { ...document.assets, ...written.assets },
    flows: { ...flows, ...written.flows },
  }
}

void test('every proposal is valid, and followed it settles its finding', () => {
  fc.assert(
    fc.property(scenes, ({ document, observed }) => {
      for (const finding of compared(document, observed).findings.map(whole)) {
        const { does } = finding.proposal
        if (does === 'nothing' || finding.kind === 'never-seen') continue
        const next = followed(document, finding)
        assert.deepEqual(wrongIn(next), [], finding.proposal.yaml)
        const still = compared(next, observed).findings.map((one) => one.finding)
        assert.ok(!still.some(({ id }) => id === finding.id), `${finding.title}\n${finding.proposal.yaml}`)
      }
    }),
    { numRuns: 30 },
  )
})

void test('all proposals stand in one file, and followed nothing is left to propose', () => {
  fc.assert(
    fc.property(scenes, ({ document, observed }) => {
      const all = compared(document, observed).findings.filter(({ finding }) => finding.kind !== 'never-seen')
      const flows = { ...document.flows }
      for (const { finding, draft } of all) if (draft().out.length > 0) delete flows[finding.flow]
      const one = modelOf('test', [
        { file: 'model/a.yaml', text: JSON.stringify({ ...document, flows }) },
        { file: 'model/b.yaml', text: draftText(all.map(({ draft }) => draft())) },
      ])
      assert.deepEqual(
        one.issues.filter(({ severity }) => severity === 'error'),
        [],
      )
      const { findings } = compare(one.estate, observed, groundOf(one.estate), { days: 30 })
      const still = findings.filter(({ finding, draft }) => finding.kind !== 'never-seen' && draft().does !== 'nothing')
      assert.deepEqual(
        still.map(({ finding }) => finding.title),
        [],
      )
    }),
    { numRuns: 60 },
  )
})

void test('names that machines give themselves are written only where a model takes them', () => {
  const host = { address: '10.1.77.7', first: 1, last: 2, count: 1, event: 'evt_9' }
  for (const [name, written] of [
    ['odd: {name}', false],
    ['*', false],
    ['PC-9.corp.example', true],
  ] as const) {
    const [one] = findingsOf({}, observedOf([], { hosts: [{ ...host, name }] }))
    assert.equal(one?.proposal.yaml.includes('hosts:'), written)
  }
})
