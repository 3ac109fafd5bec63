// Rules asked of stored events find what the engine finds in the stream; what cannot be asked exactly is refused.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import fc from 'fast-check'
import type { EventEngine } from '#platform'
import type { Event, Telemetry } from '#telemetry'
import { temporaryEvents, temporaryFolder, temporaryState } from '#testkit'
import type { CompiledRule } from '../compile.ts'
import { compileRule } from '../compile.ts'
import { createEngine } from '../engine.ts'
import { loadRules } from '../load.ts'
import { type AskStore, askStore } from './ask.ts'
import { backtest } from './backtest.ts'
import { huntRule } from './hunt.ts'
import { tallyRules } from './tally.ts'
import { parseSigma } from '../sigma/parse.ts'
import { storedCondition } from './condition.ts'
import { StreamTally, tookIn } from './scene.io.ts'

const data = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'detection')
const sigma = join(data, 'sigma')
const skip = existsSync(sigma) ? false : `no ground truth at ${sigma}`
const folders = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance', 'rules-placeholder']

/** Telemetry that has taken these lines, and the events as they passed. */
async function stored(
  t: TestContext,
  lines: Iterable<string>,
): Promise<{ telemetry: Telemetry; events: Event[]; engine: EventEngine }> {
  const stores = { folder: temporaryFolder(t), state: await temporaryState(t), events: await temporaryEvents(t) }
  const events: Event[] = []
  const telemetry = await tookIn(stores, lines, (some) => void events.push(...some))
  t.after(() => telemetry.stop())
  return { telemetry, events, engine: stores.events }
}

const ruleOf = (detection: string, more = ''): CompiledRule => {
  const text = `title: t\nid: 00000000-0000-4000-8000-000000000001\nlogsource:\n  category: process_creation\n${more}detection:\n${detection}`
  const [first] = parseSigma(text, 'rule.yml', {}).documents
  assert.equal(first?.kind, 'rule')
  assert.equal(first.trouble, undefined, first.trouble?.why)
  return compileRule(first.head, first.when)
}

const started = (n: number, fields: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    '@timestamp': new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString(),
    Hostname: 'ws-1',
    ...fields,
  })

const lines = [
  started(1, { Image: 'C:\\Windows\\System32\\cmd.exe', CommandLine: 'cmd /c whoami', ProcessId: '12' }),
  started(2, { Image: 'C:\\Windows\\System32\\CMD.EXE', CommandLine: 'cmd -c "100% _x_"', ProcessId: '7' }),
  started(3, {
    Image: 'C:\\Temp\\Ünï.exe',
    CommandLine: 'x\ny /ENC abc',
    ParentImage: 'C:\\Temp\\Ünï.exe',
    ProcessId: 'x',
  }),
  started(4, { Image: 'C:\\a*b.exe', CommandLine: '', DestinationIp: '10.1.2.3', ProcessId: '1e3' }),
  started(5, { Image: 'D:\\x\\a1b.exe', DestinationIp: 'fe80::1', SourceIp: '10.1.2.3', ProcessId: 'nan' }),
]
const asked: readonly string[] = [
  '  s:\n    Image|endswith: \\cmd.exe\n  condition: s',
  '  s:\n    Image|endswith|cased: \\cmd.exe\n  condition: s',
  '  s:\n    CommandLine|contains: "100% _"\n  condition: s',
  "  s:\n    Image: 'C:\\a\\*b.exe'\n  condition: s",
  "  s:\n    Image: '*\\a?b.exe'\n  condition: s",
  '  s:\n    CommandLine|contains|windash: " -c "\n  condition: s',
  '  s:\n    CommandLine|re: x.y\n  condition: s',
  '  s:\n    CommandLine|re|s: x.y\n  condition: s',
  '  s:\n    CommandLine|re|i: ^CMD\n  condition: s',
  '  s:\n    DestinationIp|cidr: 10.0.0.0/8\n  condition: s',
  '  s:\n    DestinationIp|cidr: fe80::/10\n  condition: s',
  '  s:\n    ProcessId|gte: 10\n  condition: s',
  '  s:\n    Image|contains: "ünï"\n  condition: s',
  '  s:\n    CommandLine:\n      - null\n      - ""\n  condition: s',
  '  s:\n    Image|contains: exe\n  f1:\n    CommandLine: null\n  f2:\n    CommandLine: ""\n  condition: s and not 1 of f*',
  '  k:\n    - whoami\n    - "temp"\n  condition: k',
  '  s:\n    CommandLine|contains|all:\n      - cmd\n      - c\n  f:\n    ProcessId: 12\n  condition: s and not f',
]

test('each kind of question finds in the store what it finds in the stream', async (t) => {
  const { telemetry, events } = await stored(t, lines)
  assert.equal(events.length, lines.length)
  for (const detection of asked) {
    const rule = ruleOf(detection)
    const condition = storedCondition(rule)
    assert.ok(condition.ok, `${detection}: ${condition.ok ? '' : condition.fail}`)
    const found = await telemetry.matching({ condition: condition.value, limit: 100 })
    const wanted = events.filter((event) => createEngine([rule]).match(event).length > 0)
    assert.deepEqual(found.items.map(({ id }) => id).sort(), wanted.map(({ id }) => id).sort(), detection)
    assert.equal(found.count, wanted.length)
  }
})

const refused: readonly (readonly [string, RegExp])[] = [
  ['  s:\n    Image|fieldref: ParentImage\n  condition: s', /two empty values/],
  ['  s:\n    CommandLine: null\n  condition: s', /cannot tell null/],
  ['  s:\n    CommandLine: ""\n  condition: s', /keeps no empty values/],
  ["  s:\n    CommandLine: '*'\n  condition: s", /keeps no empty values/],
  ["  s:\n    CommandLine|re: '.*'\n  condition: s", /keeps no empty values/],
  ['  s:\n    CommandLine|exists: true\n  condition: s', /cannot tell a field without a value/],
  ['  s:\n    UtcTime|hour: 3\n  condition: s', /a part of its time/],
  ['  s:\n    ProcessId|gt: 9007199254740993\n  condition: s', /beyond 2\^53/],
]
for (const [detection, why] of refused)
  test(`refused: ${detection.trim().split('\n')[1]?.trim()}`, () => {
    const condition = storedCondition(ruleOf(detection))
    assert.match(condition.ok ? '' : condition.fail, why)
  })

test('what the store cannot tell alone is read again and judged by the engine', async (t) => {
  const { telemetry, events } = await stored(t, lines)
  let checked = 0
  for (const [detection] of refused) {
    const rule = ruleOf(detection)
    const found = await askStore(rule, { limit: 100 }, telemetry)
    const wanted = events.filter((event) => createEngine([rule]).match(event).length > 0)
    assert.deepEqual(found.items.map(({ id }) => id).sort(), wanted.map(({ id }) => id).sort(), detection)
    assert.equal(found.count, wanted.length)
    checked += found.checked
  }
  assert.ok(checked >= events.length)
})

test('a backtest counts days, names who was hit, and says what to expect of a week', async (t) => {
  const { telemetry } = await stored(t, lines)
  const rule = ruleOf('  s:\n    CommandLine|contains: cmd\n  condition: s')
  const found = await backtest(rule, { limit: 1 }, telemetry)
  assert.equal(found.count, 2)
  assert.equal(found.observed, 1)
  assert.equal(found.perWeek, 14)
  assert.equal(found.items.length, 1)
  assert.equal(found.counted, 2)
  assert.deepEqual(found.days, [{ at: Date.UTC(2026, 2, 1), count: 2 }])
  assert.deepEqual(found.top.find(({ field }) => field === 'host')?.values, [{ value: 'ws-1', count: 2 }])
})

test('asking stops when it is told to, and says so when there is too much to read again', async () => {
  const rule = ruleOf('  s:\n    CommandLine: null\n  condition: s')
  const store = (count: number): AskStore => ({
    matching: () => Promise.resolve({ count, days: [{ at: 0, count }], items: [], took: 1 }),
    doubts: () => Promise.resolve(false),
    tally: () => assert.fail('one rule is no many'),
    moments: () => assert.fail('no correlation'),
    reading: async function* () {
      yield await Promise.resolve([])
    },
  })
  await assert.rejects(askStore(rule, { limit: 1 }, store(5_000_001)), /5000001 events to read again/)
  await assert.rejects(askStore(rule, { limit: 1, signal: AbortSignal.abort() }, store(5)), /cancelled/)
})

const values = [
  'cmd',
  'CMD.exe',
  'C:\\x\\cmd.exe',
  '',
  'a*b',
  '-f x',
  '/f x',
  '12',
  '7',
  'ünï',
  "it's",
  '100%_',
  '10.1.2.3',
]
const fieldNames = ['Image', 'CommandLine', 'User', 'ParentImage', 'Extra']
const value = fc.constantFrom(...values)
const list = fc.array(fc.oneof({ arbitrary: value, weight: 6 }, fc.constant(null)), { maxLength: 3 })
const eventFields = fc.dictionary(
  fc.constantFrom(...fieldNames),
  fc.oneof({ arbitrary: value, weight: 8 }, { arbitrary: list, weight: 3 }, fc.constant(null)),
)
const words = [
  '',
  '|contains',
  '|startswith',
  '|endswith',
  '|contains|windash',
  '|cased',
  '|neq',
  '|re',
  '|gt',
  '|lte',
  '|exists',
  '|fieldref',
  '|cidr',
  '|contains|all',
]
const ruleLine = fc
  .tuple(
    fc.constantFrom(...fieldNames),
    fc.constantFrom(...words),
    fc.array(fc.oneof({ arbitrary: value, weight: 6 }, fc.constant(null)), { minLength: 1, maxLength: 3 }),
  )
  .map(([field, modifiers, some]): [string, unknown] => {
    const [first] = some
    if (modifiers === '|exists') return [field + modifiers, first !== 'cmd']
    if (modifiers === '|re') return [field + modifiers, 'c.d|^$|x']
    if (modifiers === '|gt' || modifiers === '|lte') return [field + modifiers, 10]
    if (modifiers === '|cidr') return [field + modifiers, '10.0.0.0/8']
    if (modifiers === '|fieldref') return [field + modifiers, 'ParentImage']
    return modifiers === '' ? [field, some] : [field + modifiers, some.map((one) => one ?? 'x')]
  })
const selection = fc.array(ruleLine, { minLength: 1, maxLength: 2 }).map((all) => Object.fromEntries(all))
const conditions = [
  's',
  's and t',
  's or t',
  's and not t',
  'not s',
  's and not (t or u)',
  '1 of them',
  'not (s and t) and u',
  'all of them',
]

const generated = fc
  .tuple(selection, selection, selection, fc.constantFrom(...conditions))
  .map(([s, u, other, condition]): string =>
    JSON.stringify({
      title: 't',
      logsource: { category: 'process_creation' },
      detection: { s, t: other, u, condition },
    }),
  )
/** So many rules that can run, each with an id of its own. */
const rulesDrawn = (most: number): { text: string; rule: CompiledRule }[] =>
  fc.sample(generated, { numRuns: most, seed: 12 }).flatMap((text, at) => {
    const [first] = parseSigma(text, 'rule.yml', {}).documents
    if (first?.kind !== 'rule' || first.trouble) return []
    return [{ text, rule: compileRule({ ...first.head, id: `rule-${at}` }, first.when) }]
  })

test('generated rules over generated events with lists: the store finds what the stream finds', async (t) => {
  const records = fc.sample(eventFields, { numRuns: 120, seed: 11 })
  const { telemetry, events, engine } = await stored(
    t,
    records.map((fields, at) => started(at, fields)),
  )
  const lists = events
    .flatMap(({ fields }) => Object.values(fields))
    .filter((one) => Array.isArray(one) && one.length > 1)
  assert.ok(lists.length > 40, `${lists.length} lists`)
  const most = process.env['CASTELLAN_FULL'] === '1' ? 2_000 : 150
  const drawn = rulesDrawn(most)
  assert.ok(drawn.length > most / 2)
  const wanted = new Map(drawn.map(({ rule }) => [rule.id, new StreamTally([rule])]))
  const rules = drawn.map(({ rule }) => rule)
  for (const one of wanted.values()) one.see(events)
  const compare = async (when: string, askAlone: number) => {
    const together = await tallyRules(rules, {}, telemetry)
    for (const { rule, text } of drawn) {
      const { count, digest } = wanted.get(rule.id)?.of(rule.id) ?? assert.fail()
      const found = together.rules.get(rule.id)
      assert.deepEqual([found?.count, found?.digest], [count, digest], `${when}: ${text}`)
    }
    for (const { rule, text } of drawn.slice(0, askAlone)) {
      const of = createEngine([rule])
      const ids = events.filter((event) => of.match(event).length > 0).map(({ id }) => id)
      const found = await askStore(rule, { limit: 1_000 }, telemetry)
      assert.deepEqual(found.items.map(({ id }) => id).sort(), ids.sort(), `${when}: ${text}`)
      assert.equal(found.count, ids.length)
    }
    return together
  }
  await compare('as stored', most)
  // As they would be had they been stored before lists were kept: a half, then all of them.
  for (const which of ['seq % 2 = 0', '1']) {
    await engine.command(`alter table events update lists = map('?', []) where ${which} settings mutations_sync = 2`)
    const { again } = await compare(`lists unknown where ${which}`, 40)
    assert.equal(again, rules.length)
  }
  t.diagnostic(`${drawn.length} rules over ${events.length} events with ${lists.length} lists, all equal`)
})

test('a rule that cannot be read is refused with its place', async () => {
  const needs = { existing: () => assert.fail('no rule is asked for by id'), lists: {}, stored: undefined }
  const hunt = (yaml: string) => huntRule({ yaml, limit: 1 }, needs)
  await assert.rejects(hunt('title: [x'), /rule\.yml:1/)
  await assert.rejects(huntRule({ limit: 1 }, needs), /give either id or yaml/)
})

test("SigmaHQ's rules: the share that can be asked of the store, and why not", { skip }, async (t) => {
  const { rules } = await loadRules(folders.map((folder) => join(sigma, folder)))
  const reasons = new Map<string, number>()
  let can = 0
  const running = rules.flatMap((rule) => rule.compiled ?? [])
  for (const rule of running) {
    const condition = storedCondition(rule)
    if (condition.ok) can++
    else {
      const why = condition.fail.replace(/^[^ ]+ /, '').replace(/^null; /, '')
      reasons.set(why, (reasons.get(why) ?? 0) + 1)
    }
  }
  assert.ok(can / running.length > 0.9, `${can} of ${running.length}`)
  t.diagnostic(`${can} of ${running.length} running rules of ${rules.length}; refused: ${JSON.stringify([...reasons])}`)
})
