// Indicators: read from every format, found again by the million, expired, allowed, and never a throw.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import test from 'node:test'
import fc from 'fast-check'
import { parseRecord, type ParsedEvent } from '#telemetry'
import { temporaryFolder } from '#testkit'
import { AllowLists } from '../allow.ts'
import type { OpenFacts } from '../enricher.ts'
import { readFeeds } from './feeds.io.ts'
import { indicatorValue } from './indicator.ts'
import { Indicators } from './indicators.ts'
import { intelligenceEnricher } from './intelligence.ts'
import { cellsOf, lineReader } from './lines.ts'
import { isMisp, readMisp } from './misp.ts'
import { isUnread, type Read } from './reading.ts'
import { patternValues, readStix } from './stix.ts'
import { Values } from './values.ts'

const now = Date.UTC(2026, 10, 26)
const day = 86_400_000
const context = { feed: 'feed', lasts: 90 * day, fileTime: now }
const groundTruth = resolve(import.meta.dirname, '../../../../shared/data/ir')

const read = (text: string): Read[] => {
  const reader = lineReader(context)
  return text.split('\n').flatMap((line, at) => reader.line(line, at + 1))
}
const pairs = (reads: readonly Read[]): string[] =>
  reads.map((one) => (isUnread(one) ? `line ${one.line}` : `${one.type} ${one.value}`))

const event = (more: Partial<ParsedEvent>): ParsedEvent => ({
  ...parseRecord({ source: 'test', received: now, text: 'text' }),
  time: now,
  ...more,
})
function facts(reads: readonly Read[], seen: Partial<ParsedEvent>, allow = new AllowLists()): OpenFacts {
  const indicators = new Indicators()
  for (const one of reads) if (!isUnread(one)) indicators.add(one)
  const found: OpenFacts = {}
  intelligenceEnricher(() => ({ indicators, allow })).add(event(seen), undefined, found)
  return found
}

test('values: what is found is what a Map finds, through every growth', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 12 }), { maxLength: 400 }),
      fc.array(fc.string({ maxLength: 3 })),
      (texts, others) => {
        const values = new Values()
        const oracle = new Map<string, number>()
        for (const text of texts) {
          if (!oracle.has(text)) oracle.set(text, oracle.size)
          assert.equal(values.add(text), oracle.get(text))
        }
        assert.equal(values.size, oracle.size)
        for (const text of [...texts, ...others]) assert.equal(values.find(text), oracle.get(text) ?? -1)
      },
    ),
  )
  const many = new Values()
  for (let at = 0; at < 20_000; at += 1) many.add(`host-${at}.example`)
  assert.equal(many.find('host-19999.example'), 19_999)
  assert.equal(many.find('host-20000.example'), -1)
})

test('a value is told apart and armed again', () => {
  const of = (text: string) => {
    const found = indicatorValue(text)
    return found && `${found.type} ${found.value}`
  }
  assert.equal(of('hxxps://Evil[.]Example/Path?a=1#x'), 'url evil.example/Path?a=1')
  assert.equal(of('EVIL.example.'), 'domain evil.example')
  assert.equal(of('bücher.example'), 'domain xn--bcher-kva.example')
  assert.equal(of('198.51.100[.]7'), 'address 3325256711')
  assert.equal(of('2001:DB8::1'), of('2001:db8:0:0:0:0:0:1'))
  assert.equal(of('198.51.100.0/24'), 'network 198.51.100.0/24')
  assert.equal(of('D41D8CD98F00B204E9800998ECF8427E'), 'hash d41d8cd98f00b204e9800998ecf8427e')
  assert.equal(of('Bad@Evil.example'), 'email bad@evil.example')
  for (const nothing of ['', 'word', '1.2.3.4.5', 'a b.example', '999.1.1.1', `${'x'.repeat(3_000)}.example`])
    assert.equal(of(nothing), undefined, nothing.slice(0, 20))
})

test('plain lists, hosts files, addresses with ports, comments', () => {
  assert.deepEqual(
    pairs(
      read(
        '# list\n198.51.100.7\n198.51.100.8:443\n0.0.0.0 evil.example # why\nevil2.example ; note\n\nnot an indicator\n203.0.113.0/24',
      ),
    ),
    [
      'address 3325256711',
      'address 3325256712',
      'domain evil.example',
      'domain evil2.example',
      'line 7',
      'network 203.0.113.0/24',
    ],
  )
})

test('CSV: by its header, with quotes, ends, confidence and what is not for detection', () => {
  const rows = read(
    '# "first_seen_utc","ioc_type","ioc_value","malware","confidence_level","last_seen_utc"\n"2026-11-20 10:00:00","domain","evil.example","Loader, the ""first""","75","2026-11-21 00:00:00"\n"2026-11-20 10:00:00","ip:port","198.51.100.9:8080","Bot","100",""',
  )
  assert.deepEqual(rows[0], {
    type: 'domain',
    value: 'evil.example',
    feed: 'feed',
    label: 'Loader, the "first"',
    confidence: 75,
    until: Date.UTC(2026, 10, 21) + 90 * day,
  })
  assert.deepEqual(pairs(rows), ['domain evil.example', 'address 3325256713'])
  assert.deepEqual(
    pairs(
      read(
        'uuid,event_id,category,type,value,comment,to_ids,date\n1,2,x,domain,a.example,,1,20261101\n1,2,x,domain,b.example,,0,20261101',
      ),
    ),
    ['domain a.example'],
  )
  assert.deepEqual(pairs(read('ip;valid_until\n198.51.100.7;2026-11-27')), ['address 3325256711'])
  assert.deepEqual(pairs(read('2026-11-01,198.51.100.7,scanner')), ['address 3325256711'])
  assert.deepEqual(cellsOf('a, "b ""c"", d" ,e', ','), ['a', 'b "c", d', 'e'])
})

test('STIX: single values and lists joined by OR; what asks for more is said', () => {
  const values = (pattern: string) => patternValues(pattern)?.map(({ type, text }) => `${type} ${text}`)
  assert.deepEqual(values("[ipv4-addr:value = '198.51.100.1']"), ['address 198.51.100.1'])
  assert.deepEqual(values("[url:value = 'https://a.example/x' OR domain-name:value IN ('a.example', 'b.example')]"), [
    'url https://a.example/x', 'domain a.example', 'domain b.example',
  ]) // prettier-ignore
  assert.deepEqual(values("[file:hashes.'SHA-256' = 'ab'] OR [file:hashes.MD5 = 'cd']"), ['hash ab', 'hash cd'])
  for (const more of [
    "[ipv4-addr:value = '1.2.3.4' AND domain-name:value = 'a.example']",
    "[domain-name:value LIKE '%.example']",
    "[ipv4-addr:value = '1.2.3.4'] FOLLOWEDBY [url:value = 'x']",
    "[process:name = 'x.exe']",
    "ipv4-addr:value = '1.2.3.4'",
    "[ipv4-addr:value = '1.2.3.4",
  ])
    assert.equal(values(more), undefined, more)
  const bundle = {
    type: 'bundle',
    objects: [
      {
        type: 'indicator',
        id: 'indicator--1',
        pattern: "[domain-name:value = 'a.example']",
        valid_until: '2026-11-27T00:00:00Z',
        confidence: 90,
        name: 'A',
      },
      { type: 'indicator', id: 'indicator--2', pattern: "[domain-name:value = 'b.example']", revoked: true },
      { type: 'malware', id: 'malware--1' },
      { type: 'indicator', id: 'indicator--3', pattern: "[a:b = 'x' AND c:d = 'y']" },
    ],
  }
  const found = [...readStix(bundle, context)]
  assert.deepEqual(pairs(found), ['domain a.example', 'line 0'])
  assert.deepEqual(found[0], {
    type: 'domain',
    value: 'a.example',
    feed: 'feed',
    label: 'A',
    confidence: 90,
    until: Date.UTC(2026, 10, 27),
  })
})

test('MISP: attributes for detection, composites in their parts', () => {
  const document = {
    Event: {
      info: 'Campaign',
      Attribute: [
        { type: 'ip-dst|port', value: '198.51.100.7|443', to_ids: true, timestamp: '1795600000' },
        { type: 'domain', value: 'quiet.example', to_ids: false },
        { type: 'domain', value: 'gone.example', to_ids: true, deleted: true },
      ],
      Object: [
        {
          Attribute: [
            { type: 'filename|sha256', value: `x.exe|${'a'.repeat(64)}`, to_ids: '1' },
            { type: 'mutex', value: 'm', to_ids: true },
          ],
        },
      ],
    },
  }
  assert.ok(isMisp(document) && isMisp([document]) && isMisp({ response: [document] }) && !isMisp({ a: 1 }))
  assert.deepEqual(pairs([...readMisp(document, context)]), ['address 3325256711', `hash ${'a'.repeat(64)}`, 'line 0'])
})

test('an event shows its indicators: address, network, name below a domain, URL, hash; the surest one counts', () => {
  const reads = read(
    `value,type,confidence,malware\n198.51.100.7,ip,90,Bot\n203.0.113.0/24,cidr,30,Net\nevil.example,domain,60,Loader\nhttp://evil2.example/gate.php,url,70,Gate\n${'b'.repeat(64)},sha256,95,Trojan`,
  )
  assert.equal(facts(reads, { dst_ip: '198.51.100.7' })['intel.label'], 'Bot')
  assert.equal(facts(reads, { src_ip: '203.0.113.77' })['intel.type'], 'network')
  assert.equal(facts(reads, { domain: 'a.b.evil.example' })['intel.indicator'], 'evil.example')
  assert.deepEqual(facts(reads, { domain: 'notevil.example' }), {})
  assert.equal(facts(reads, { domain: 'evil2.example', url: '/gate.php?id=1' })['intel.label'], 'Gate')
  assert.equal(facts(reads, { url: 'https://EVIL2.example/gate.php' })['intel.label'], 'Gate')
  assert.equal(
    facts(reads, { fields: { Hashes: `MD5=${'0'.repeat(32)},SHA256=${'B'.repeat(64)}` } })['intel.label'],
    'Trojan',
  )
  const both = facts(reads, { dst_ip: '198.51.100.7', src_ip: '203.0.113.1', domain: 'evil.example' })
  assert.deepEqual(both, {
    'intel.indicator': '198.51.100.7', 'intel.type': 'address', 'intel.feed': 'feed', 'intel.confidence': '90', 'intel.label': 'Bot',
  }) // prettier-ignore
})

test('an indicator ends: events from then on do not match', () => {
  const reads = read('ip,valid_until\n198.51.100.7,2026-11-20T00:00:00Z')
  assert.deepEqual(facts(reads, { dst_ip: '198.51.100.7', time: now }), {})
  assert.equal(facts(reads, { dst_ip: '198.51.100.7', time: Date.UTC(2026, 10, 19) })['intel.feed'], 'feed')
})

test('what an allow-list knows as good is not matched, and says so', () => {
  const allow = new AllowLists()
  assert.ok(
    allow.add('198.51.100.0/24', 'ours.txt') && allow.add('cdn.example', 'ours.txt') && !allow.add('???', 'ours.txt'),
  )
  assert.deepEqual(
    allow.addWarningList({ name: 'w', type: 'regex', list: [String.raw`/^sink\d+\.example$/`, '/(?=x)/'] }),
    ['/(?=x)/'],
  )
  assert.deepEqual(allow.addWarningList({ name: 's', type: 'substring', list: ['googleapis'] }), [])
  assert.equal(allow.addWarningList({ name: 's' }), undefined)
  const reads = read('198.51.100.7\na.cdn.example\nsink7.example\nx.googleapis.example\nevil.example')
  assert.deepEqual(facts(reads, { dst_ip: '198.51.100.7' }, allow), { 'intel.allowed': 'ours.txt' })
  assert.deepEqual(facts(reads, { domain: 'a.cdn.example' }, allow), { 'intel.allowed': 'ours.txt' })
  assert.deepEqual(facts(reads, { domain: 'sink7.example' }, allow), { 'intel.allowed': 'w' })
  assert.deepEqual(facts(reads, { domain: 'x.googleapis.example' }, allow), { 'intel.allowed': 's' })
  assert.equal(facts(reads, { domain: 'evil.example' }, allow)['intel.feed'], 'feed')
})

test('readers never throw and are done in linear time, whatever the text', { timeout: 20_000 }, () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom("[url:value = '", '"'.repeat(9), 'a,b,value;c', '# ip,domain'),
      ),
      (text) => {
        read(`${text}\n${text}`)
        patternValues(`[${text}]`)
        indicatorValue(text)
        new AllowLists().add(text, 'x')
      },
    ),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(fc.anything(), (document) => {
      for (const reader of [readStix, readMisp]) for (const one of reader(document, context)) assert.ok(one)
      new AllowLists().addWarningList(document)
    }),
  )
  for (const hostile of [
    `[${"a:b = '".repeat(5_000)}`,
    `[url:value IN (${"'a' ".repeat(9_000)}`,
    'a.'.repeat(30_000),
    `"${',"'.repeat(30_000)}`,
  ])
    for (const look of [patternValues, indicatorValue, read]) look(hostile)
})

test('files: each format by itself, a bad one costs nothing else', async (t) => {
  const workspace = temporaryFolder(t)
  const folder = join(workspace, 'intelligence')
  mkdirSync(folder)
  writeFileSync(join(folder, 'list.txt'), '198.51.100.7\nnonsense here\n')
  writeFileSync(join(folder, 'broken.json'), '{"type": "bundle"')
  writeFileSync(join(folder, 'other.json'), '{"a": 1}')
  writeFileSync(
    join(folder, 'stix.json'),
    JSON.stringify({
      type: 'bundle',
      objects: [{ type: 'indicator', id: 'i', pattern: "[domain-name:value = 'a.example']" }],
    }),
  )
  const { indicators, feeds, issues } = await readFeeds({
    workspace,
    paths: [folder, join(workspace, 'missing')],
    lasts: day,
  })
  assert.equal(indicators.size, 2)
  assert.deepEqual(
    feeds.map(({ name, format, indicators: count, unread, why }) => [name, format, count, unread, why]),
    [
      ['intelligence/list.txt', 'lines', 1, 1, 'line 2: nonsense here is no address, name, URL or hash'],
      ['intelligence/stix.json', 'stix', 1, 0, ''],
    ],
  )
  assert.deepEqual(
    issues.map(({ at }) => at.file),
    ['intelligence/broken.json', 'intelligence/other.json'],
  )
})

test('ground truth: STIX indicators of the interoperability tests and a threat report', (t) => {
  const folder = join(groundTruth, 'stix')
  if (!existsSync(folder)) return t.skip(`no ground truth at ${folder}`)
  const indicators = join(folder, 'interop-testcases/indicator')
  const files = [
    ...readdirSync(indicators).map((file) => join(indicators, file)),
    join(folder, 'examples/threat-reports/apt1.json'),
  ]
  let [found, unread] = [0, 0]
  for (const file of files)
    for (const one of readStix(JSON.parse(readFileSync(file, 'utf8')), context)) {
      if (isUnread(one)) unread += 1
      else found += 1
    }
  t.diagnostic(`${files.length} files, ${found} indicators, ${unread} patterns that ask for more`)
  assert.ok(found >= 20 && unread <= 3)
})

test('ground truth: every warning list of MISP is read', (t) => {
  const folder = join(groundTruth, 'misp-warninglists/lists')
  if (!existsSync(folder)) return t.skip(`no ground truth at ${folder}`)
  const allow = new AllowLists()
  const wrong: string[] = []
  for (const name of readdirSync(folder)) {
    const refused = allow.addWarningList(JSON.parse(readFileSync(join(folder, name, 'list.json'), 'utf8')))
    assert.ok(refused, `${name} is a warning list`)
    wrong.push(...refused.map((text) => `${name}: ${text}`))
  }
  t.diagnostic(`${allow.size} values, ${wrong.length} refused: ${wrong.slice(0, 5).join('; ')}`)
  assert.ok(wrong.length * 1_000 <= allow.size, wrong.slice(0, 20).join('\n'))
})
