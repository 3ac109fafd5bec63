// Rules at the desk: kept from the console, their fields, where they come from, what their tests came to, what a correlation took.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { fixedClock } from '#kernel'
import { createLog } from '#platform'
import { type Asked, type Event, EventId, EventView, type Matching, parseRecord } from '#telemetry'
import { temporaryFolder, temporaryState } from '#testkit'
import { takenOf } from '../correlation/taken.ts'
import { baseOf, tacticsOf, uncovered } from './coverage.ts'
import type { DetectionDeps } from '../deps.ts'
import { openDetection } from '../detection.ts'
import { migrations } from '../migrations.ts'
import { originOf } from './origin.ts'
import { nameOf } from './save.ts'

const log = createLog({ level: 'silent' })
const start = Date.UTC(2026, 2, 2, 9)
const idOf = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`
const rule = (n: number, more = ''): string =>
  `title: Rule ${n}\nid: ${idOf(n)}\nstatus: test\nlevel: high\ntags: [attack.execution, attack.t1059.001]\nlogsource: { product: windows, category: process_creation }\ndetection:\n  s: { Image|endswith: \\cmd${n}.exe, CommandLine|contains: whoami }\n  condition: s\n${more}`

let count = 0
function event(fields: Event['fields']): Event {
  count++
  const parsed = parseRecord({ source: 'test', received: start, text: 'text' })
  const logsource = { product: 'windows', service: 'sysmon', categories: ['process_creation'] }
  const id = EventId.parse(`evt_${count}`)
  return { ...parsed, time: start, id, seq: count, received: start, source: 'test', raw: '', logsource, fields }
}
/** An event as the store shows it. */
function shown(id: string, fields: Readonly<Record<string, string>>, time = start): EventView {
  const texts = Object.keys(EventView.shape).map((name): [string, unknown] => [name, ''])
  const numbers = ['received', 'class_uid', 'activity_id', 'severity_id', 'src_port', 'dst_port']
  const zero = numbers.map((name): [string, unknown] => [name, 0])
  const more = { id, time, product: 'windows', categories: ['process_creation'], fields, enriched: {} }
  return EventView.parse({ ...Object.fromEntries([...texts, ...zero]), ...more })
}

async function open(t: TestContext, files: Readonly<Record<string, string>>, more: Partial<DetectionDeps> = {}) {
  const folder = temporaryFolder(t)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const state = await temporaryState(t)
  await state.migrate(migrations)
  const own = join(folder, 'rules')
  const pack = join(folder, 'packs')
  const packs = { root: pack, workspace: folder, all: [{ name: 'sigma', git: 'x', revision: 'abc', folder: '' }] }
  const deps = { folders: [own, join(pack, 'sigma', 'abc')], own, packs, state, clock: fixedClock(start), log, ...more }
  return { folder, own, detection: await openDetection(deps) }
}

test('a rule comes from its own folder, another, a pack at a commit, or from Castellan', () => {
  const packs = { root: '/p', workspace: '/w', all: [{ name: 'sigma', git: 'x', revision: 'abc', folder: 'rules' }] }
  const places = { own: '/w/rules', folders: ['/w/rules', '/w/more'], packs }
  const from = (file: string) => Object.values(originOf(file, places)).join(' ')
  assert.equal(from('/w/rules/a/b.yml'), 'own   a/b.yml')
  assert.equal(from('/w/more/b.yml'), 'folder   b.yml')
  assert.equal(from('/p/sigma/abc/rules/b.yml'), 'pack sigma abc b.yml')
  assert.equal(from('castellan: risk'), 'built-in   castellan: risk')
  assert.equal(originOf('/w/rules-of-others/b.yml', places).from, 'built-in')
})

test('a new rule is written into the own folder under its title, and is at work', async (t) => {
  const { own, detection } = await open(t, { 'rules/rule_2.yml': rule(9) })
  const saved = await detection.save({ yaml: rule(2) })
  assert.deepEqual([saved.id, saved.path], [idOf(2), join(own, 'rule_2_2.yml')])
  assert.equal(readFileSync(saved.path, 'utf8'), rule(2))
  assert.equal((await detection.showRule(idOf(2))).state, 'running')
  assert.equal(nameOf('Whoami: as "SYSTEM"!'), 'whoami_as_system')
  assert.equal(nameOf('../../etc'), 'etc')
  assert.equal(nameOf('規則'), 'rule')
})

test('a change is held against the file as it was, and against ids of others', async (t) => {
  const { own, detection } = await open(t, { 'rules/a.yml': rule(1), 'rules/b.yml': rule(2) })
  const path = join(own, 'a.yml')
  const better = rule(1, 'author: ada\n')
  await detection.save({ yaml: better, id: idOf(1), was: rule(1) })
  assert.equal(readFileSync(path, 'utf8'), better)
  await assert.rejects(detection.save({ yaml: rule(1), id: idOf(1), was: rule(1) }), /changed by somebody else/)
  await assert.rejects(detection.save({ yaml: rule(2), id: idOf(1) }), /is taken by/)
  await assert.rejects(detection.save({ yaml: rule(2) }), /is taken by/)
  assert.equal(readFileSync(path, 'utf8'), better)
})

test('what is no rule, and what comes from a pack, is not written', async (t) => {
  const { own, folder, detection } = await open(t, { 'packs/sigma/abc/a.yml': rule(1) })
  for (const yaml of [
    '- a',
    'title: [',
    'title: A\nlogsource: { product: windows }\n',
    rule(2).replace('contains', 'contians'),
  ])
    await assert.rejects(detection.save({ yaml }), { code: 'INPUT_INVALID' }, yaml)
  await assert.rejects(detection.save({ yaml: rule(1), id: idOf(1) }), /comes from the pack sigma/)
  assert.equal(existsSync(own) ? readdirSync(own).length : 0, 0)
  assert.equal(readFileSync(join(folder, 'packs/sigma/abc/a.yml'), 'utf8'), rule(1))
})

test('a rule says what is overridden and what its file says', async (t) => {
  const overrides = { [idOf(1)]: { level: 'low', reason: 'daily' }, [idOf(2)]: { enabled: false } } as const
  const { detection } = await open(t, { 'rules/a.yml': rule(1), 'rules/b.yml': rule(2) }, { overrides })
  const { items } = await detection.listRules({ limit: 10 })
  assert.deepEqual(items[0]?.override, {
    enabled: null,
    level: 'low',
    reason: 'daily',
    upstream: 'high',
    threshold: null,
    upstreamThreshold: null,
  })
  assert.deepEqual(items[1]?.override, {
    enabled: false,
    level: null,
    reason: '',
    upstream: 'high',
    threshold: null,
    upstreamThreshold: null,
  })
  assert.equal(items[1]?.standing, 'disabled')
})

test('tests of one rule or of all are remembered until the rule changes', async (t) => {
  const tests = (image: string) =>
    `tests:\n  - name: finds it\n    event: { Image: 'c:\\${image}', CommandLine: whoami }\n`
  const { own, detection } = await open(t, {
    'rules/a.yml': rule(1, tests('cmd1.exe')),
    'rules/b.yml': rule(2, tests('other.exe')),
    'rules/c.yml': rule(3),
  })
  const states = async () => (await detection.listRules({ limit: 10 })).items.map((one) => one.tests)
  assert.deepEqual(await states(), ['not-run', 'not-run', 'not-run'])
  assert.deepEqual(
    (await detection.test({ only: idOf(1) })).cases.map(({ passed }) => passed),
    [true],
  )
  assert.deepEqual(await states(), ['passed', 'not-run', 'not-run'])
  assert.equal(detection.coverage().tested, false)
  await detection.test()
  assert.deepEqual(await states(), ['passed', 'failed', 'none'])
  assert.deepEqual([detection.coverage().tested, detection.coverage().items[0]?.tested], [true, 0])
  writeFileSync(join(own, 'a.yml'), rule(1, tests('cmd1.exe').replace('finds', 'still finds')))
  await detection.reload()
  assert.deepEqual(await states(), ['not-run', 'failed', 'none'])
})

test('only rules whose log source and fields were seen are at work', async (t) => {
  const { detection } = await open(t, { 'rules/a.yml': rule(1) })
  assert.deepEqual(detection.working(), [])
  const before = detection.working()
  assert.equal(detection.working(), before)
  detection.seen.learn(detection.seen.observe([event({ Image: 'a' })]))
  assert.deepEqual(detection.working(), [])
  detection.seen.learn(detection.seen.observe([event({ Image: 'a', CommandLine: 'b' })]))
  assert.deepEqual(
    detection.working().map(({ id }) => id),
    [idOf(1)],
  )
})

const noneStored: NonNullable<DetectionDeps['stored']> = {
  matching: () => Promise.resolve({ count: 0, days: [], items: [], took: 0 }),
  doubts: () => Promise.resolve(false),
  tally: () => Promise.resolve([]),
  reading: async function* () {},
  moments: () => Promise.resolve([]),
}

test('fields are told with the time they came last; what never came is not asked for', async (t) => {
  const asked: string[] = []
  const matching = ({ condition }: Asked): Promise<Matching> => {
    const text = JSON.stringify(condition)
    asked.push(text)
    const items = text.includes('CommandLine') ? [] : [shown('evt_1', {}, start - 5)]
    return Promise.resolve({ count: items.length, days: [], items, took: 1 })
  }
  const { detection } = await open(t, { 'rules/a.yml': rule(1) }, { stored: { ...noneStored, matching } })
  detection.seen.learn(detection.seen.observe([event({ Image: 'a' })]))
  const found = await detection.fields({ id: idOf(1) })
  assert.equal(found.last, start - 5)
  assert.deepEqual(found.fields, [
    { field: 'Image', needed: true, seen: true, count: 1, last: start - 5 },
    { field: 'CommandLine', needed: true, seen: false, count: 0, last: null },
  ])
  assert.equal(asked.length, 2)
})

test('what took part in a correlation is told event by event', async (t) => {
  const many = `title: Many\nid: many\ncorrelation: { type: event_count, rules: [${idOf(1)}, ${idOf(2)}], generate: true, group-by: [User], timespan: 5m, condition: { gte: 2 } }\n`
  const { detection } = await open(t, { 'rules/a.yml': rule(1), 'rules/b.yml': rule(2), 'rules/c.yml': many })
  const events = [
    shown('evt_2', { Image: 'c:\\cmd2.exe', CommandLine: 'whoami' }, start + 5),
    shown('evt_1', { Image: 'c:\\cmd1.exe', CommandLine: 'whoami' }),
  ]
  const alert = {
    rule: { id: 'many', title: 'Many', level: 'medium', techniques: [], tactics: [] },
    events: ['evt_1', 'evt_2', 'evt_3'].map((id) => EventId.parse(id)),
  } as const
  const taken = await takenOf(
    { rule: { ...alert.rule, techniques: [], tactics: [] }, events: [...alert.events] },
    { rules: detection.rules(), eventsOf: () => Promise.resolve(events) },
  )
  assert.deepEqual(
    taken.items.map(({ id, rules }) => [id, ...rules]),
    [
      ['evt_1', idOf(1)],
      ['evt_2', idOf(2)],
    ],
  )
  assert.deepEqual([taken.gone, taken.timespan], [1, 300_000])
  assert.deepEqual(
    taken.rules.map((one) => one.events),
    [1, 1],
  )
  const plain = { rule: { ...alert.rule, id: idOf(1), techniques: [], tactics: [] }, events: [] }
  await assert.rejects(takenOf(plain, { rules: detection.rules(), eventsOf: undefined }), /no correlation that runs/)
})

test('a technique stands under the tactics that rules name with it most', () => {
  const named = tacticsOf([
    { techniques: ['T1059.001'], tactics: ['execution'] },
    { techniques: ['T1059'], tactics: ['execution', 'persistence', 'defense-evasion'] },
    { techniques: ['T1078'], tactics: ['persistence', 'initial-access'] },
    { techniques: ['T1112'], tactics: [] },
  ])
  assert.deepEqual(named.get('T1059'), ['execution'])
  assert.deepEqual(named.get('T1078'), ['initial-access', 'persistence'])
  assert.equal(named.has('T1112'), false)
  const rest = uncovered([{ technique: 'T1059.001' }])
  assert.ok(!rest.includes('T1059') && rest.includes('T1078') && rest.every((id) => baseOf(id) === id))
})
