// Rules studied: how they stand with what was seen, why they do not match, their tests, their coverage, the past asked for them.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { fixedClock } from '#kernel'
import { createLog, createMetrics, type State } from '#platform'
import { type Asked, type Event, EventId, EventView, parseRecord } from '#telemetry'
import { temporaryFolder, temporaryState } from '#testkit'
import type { DetectionDeps } from '../deps.ts'
import { openDetection } from '../detection.ts'
import { createEngine } from '../engine.ts'
import { disagreements, sampleEvery, sampling, samplingRule } from '../sampling.ts'
import { migrations } from '../migrations.ts'
import { testsIn } from '../testing/cases.ts'
import { testRules } from '../testing/run.ts'

const log = createLog({ level: 'silent' })
const start = Date.UTC(2026, 2, 2, 9)
const idOf = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`
const rule = (n: number, detection: string, more = ''): string =>
  `title: Rule ${n}\nid: ${idOf(n)}\nstatus: test\nlevel: high\ntags: [attack.t1059.00${n}]\nlogsource: { product: windows, category: process_creation }\n${more}detection:\n${detection}`

/** A folder with files by name. */
function folderWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(t)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}
const found =
  '  s: { Image|endswith: \\cmd.exe, CommandLine|contains: whoami }\n  f: { User: system }\n  condition: s and not f\n'

let count = 0
function event(fields: Event['fields'], more: Partial<Event> = {}): Event {
  count++
  const parsed = parseRecord({ source: 'test', received: start, text: 'text' })
  const logsource = { product: 'windows', service: 'sysmon', categories: ['process_creation'] }
  const id = EventId.parse(`evt_${count}`)
  return {
    ...parsed,
    time: start,
    id,
    seq: count,
    received: start,
    source: 'test',
    raw: '',
    logsource,
    fields,
    ...more,
  }
}

/** An event as the store shows it; its record cannot be read again, so that its fields stand. */
function shown(fields: Readonly<Record<string, string>>): EventView {
  count++
  const texts = Object.keys(EventView.shape).map((name): [string, unknown] => [name, ''])
  const numbers = ['time', 'received', 'class_uid', 'activity_id', 'severity_id', 'src_port', 'dst_port']
  const zero = numbers.map((name): [string, unknown] => [name, 0])
  const more = {
    id: `evt_${count}`,
    time: start,
    product: 'windows',
    categories: ['process_creation'],
    fields,
    enriched: {},
  }
  return EventView.parse({ ...Object.fromEntries([...texts, ...zero]), ...more })
}

async function open(t: TestContext, files: Readonly<Record<string, string>>, more: Partial<DetectionDeps> = {}) {
  const state: State = more.state ?? (await temporaryState(t))
  await state.migrate(migrations)
  const detection = await openDetection({
    folders: [folderWith(t, files)],
    state,
    clock: fixedClock(start),
    log,
    ...more,
  })
  return { detection, state }
}

const standingsOf = async (detection: Awaited<ReturnType<typeof open>>['detection']) =>
  (await detection.listRules({ limit: 100 })).items.map(({ standing, standingWhy }) => [standing, standingWhy])

test('a rule says what it waits for: its log source, a field, a list; and when it is slow', async (t) => {
  const files = {
    '1.yml': rule(1, found),
    '2.yml': rule(2, '  s: { Parent|endswith: x }\n  condition: s\n'),
    '3.yml': rule(3, "  s: { CommandLine|re: '[a-f]{8}' }\n  condition: s\n"),
    '4.yml': rule(4, '  s: { User|expand: "%admins%" }\n  condition: s\n'),
    '5.yml': rule(5, '  s: { Image|contains: x }\n  t: { Parent: y }\n  condition: s or t\n'),
    '6.yml': rule(6, '  s: { CommandLine|contains: x }\n  t: { Parent: null }\n  condition: s and t\n'),
  }
  const { detection, state } = await open(t, files)
  assert.deepEqual(
    new Set((await standingsOf(detection)).map(([standing]) => standing)),
    new Set(['no-data-source', 'needs-list']),
  )
  const events = [event({ Image: 'a', CommandLine: 'b' }), event({ User: 'c' })]
  const change = await detection.seen.keep([detection.seen.observe(events)])
  assert.equal((await standingsOf(detection))[0]?.[0], 'no-data-source', 'nothing is learnt before the commit')
  detection.seen.learn(change)
  const wanted = ['running', 'field-never-seen', 'unindexable', 'needs-list', 'running', 'running']
  const standings = await standingsOf(detection)
  assert.deepEqual(
    standings.map(([standing]) => standing),
    wanted,
  )
  assert.match(String(standings[1]?.[1]), /no event of windows\/process_creation ever had Parent/)
  assert.match(String(standings[4]?.[1]), /never seen, but not needed alone: Parent/)
  assert.deepEqual(
    await detection.seen.keep([detection.seen.observe(events)]),
    { sources: [], fields: [] },
    'the same again is nothing new',
  )
  const again = await open(t, files, { state })
  assert.deepEqual(await standingsOf(again.detection), standings, 'and it is there after a restart')
  const { items, standings: counts } = await detection.listRules({ limit: 9, standing: 'unindexable' })
  assert.equal(items.length, 1)
  assert.equal(counts.running, 3)
})

test('why a rule does not match: first the log source, then line by line', async (t) => {
  const views = [
    shown({ Image: 'C:\\cmd.exe', CommandLine: 'dir' }),
    shown({ Image: 'C:\\cmd.exe', CommandLine: 'whoami', User: 'SYSTEM' }),
    shown({ Image: 'C:\\cmd.exe', commandline: 'whoami' }),
    { ...shown({ Image: 'x' }), product: 'linux' },
    shown({ Image: 'C:\\cmd.exe', CommandLine: 'whoami' }),
  ]
  const eventsOf = (ids: readonly string[]) => Promise.resolve(views.filter(({ id }) => ids.includes(id)))
  const { detection } = await open(t, { '1.yml': rule(1, found) }, { eventsOf })
  const ask = async (at: number) => detection.whyNot({ id: idOf(1), event: views[at]?.id ?? EventId.parse('evt_x') })
  assert.match((await ask(0)).why, /CommandLine\|contains asks for whoami, the event has dir/)
  assert.match((await ask(1)).why, /^f leaves the event out: User finds system/)
  const missing = await ask(2)
  assert.match(missing.why, /the event has no field CommandLine/)
  assert.equal(missing.steps.find(({ field }) => field === 'CommandLine')?.near, 'commandline')
  assert.deepEqual(
    missing.steps.map(({ op, depth }) => `${depth} ${op}`),
    ['0 and', '1 and', '2 line', '2 line', '1 not', '2 line'],
  )
  const stray = await ask(3)
  assert.match(stray.why, /about product windows, the event has linux/)
  assert.deepEqual(
    stray.routing.map(({ fits }) => fits),
    [false, true],
  )
  assert.equal((await ask(4)).matches, true)
  await assert.rejects(ask(9), /evt_x/)
})

const tests = `tests:
  - name: finds it
    event: { Image: 'C:\\cmd.exe', CommandLine: whoami }
  - name: leaves the system alone
    match: false
    event: { Image: 'C:\\cmd.exe', CommandLine: whoami, User: system }
`

test('tests within rules, beside them and in the layout of SigmaHQ are run', async (t) => {
  const line = JSON.stringify({
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Image: 'C:\\cmd.exe',
    CommandLine: 'whoami',
  })
  const files = {
    'a.yml': rule(1, found, tests),
    'b.yml': rule(2, found),
    'b.test.yml': `${tests}  - name: a wrong one\n    match: false\n    event: { Image: '\\cmd.exe', CommandLine: whoami }\n`,
    'c.yml': rule(3, found),
    'regression/c/info.yml': `rule_metadata: [{ id: ${idOf(3)} }]\nregression_tests_info:\n  - { name: positive, type: json, path: anywhere/c.json, match_count: 1 }\n`,
    'regression/c/c.json': `${line}\n`,
    'd.test.yml': `rule: nobody\n${tests}`,
    'e.test.yml': 'rule: x\ntests: [{ match: maybe }]\n',
    'f.yml': rule(4, found),
    'f.test.yml': 'tests: [{ file: f/none.json }, { raw: "plain text", match: false }]\n',
  }
  const run = await testRules([folderWith(t, files)])
  assert.deepEqual([...run.proven].sort(), [idOf(1), idOf(3)])
  const failed = run.cases.filter(({ passed }) => !passed).map(({ name, why }) => [name, why])
  assert.equal(failed.length, 3, JSON.stringify(failed))
  assert.match(String(failed[0]), /a wrong one,it matches 1 of what it must leave alone/)
  assert.match(String(failed[1]), /there is no rule nobody/)
  assert.ok(run.issues.some(({ at }) => at.file.endsWith('e.test.yml') && at.line === 2))
  assert.equal(run.rules, 4, 'tests are no rules')
})

test('a test names no file outside its folder', () => {
  for (const path of ['../secret.json', '/etc/passwd', 'C:\\x', 'a/../../b'])
    assert.equal(testsIn(`tests:\n  - file: '${path}'\n`, 'x.test.yml').issues.length, 1, path)
})

test('coverage is of rules at work, better when tested, waiting without a log source', async (t) => {
  const { detection } = await open(t, {
    'a.yml': rule(1, found, tests),
    'b.yml': rule(2, found.replace('CommandLine', 'Nothing')),
    'c.yml': rule(3, found),
  })
  const states = () => detection.coverage().items.map(({ technique, state }) => `${technique} ${state}`)
  assert.deepEqual(states(), ['T1059.001 waiting', 'T1059.002 waiting', 'T1059.003 waiting'])
  detection.seen.learn(
    await detection.seen.keep([detection.seen.observe([event({ Image: 'a', CommandLine: 'b', User: 'c' })])]),
  )
  assert.equal(detection.coverage().tested, false)
  await detection.test()
  const { items, counts, layer, tested } = detection.coverage()
  assert.deepEqual(
    items.map(({ state }) => state),
    ['tested', 'waiting', 'running'],
  )
  assert.equal(tested, true)
  assert.deepEqual([counts.tested, counts.running, counts.waiting], [1, 1, 1])
  assert.equal(counts.none + 3, counts.techniques)
  assert.deepEqual(
    layer.techniques.map(({ score }) => score),
    [100, 30, 70],
  )
})

test('overrides switch rules off and change their level, apart from their files', async (t) => {
  const overrides = { [idOf(1)]: { enabled: false }, [idOf(2)]: { level: 'low' }, nobody: { enabled: false } } as const
  const { detection } = await open(t, { '1.yml': rule(1, found), '2.yml': rule(2, found) }, { overrides })
  const { items } = await detection.listRules({ limit: 9 })
  assert.deepEqual(
    items.map(({ state, level }) => `${state} ${level}`),
    ['disabled high', 'running low'],
  )
  assert.match(items[0]?.why ?? '', /castellan\.yaml/)
  assert.deepEqual(
    detection.detect([event({ Image: '\\cmd.exe', CommandLine: 'whoami' })]).map(({ rule: { level } }) => level),
    ['low'],
  )
  assert.ok(detection.issues.some(({ code, text }) => code === 'override-rule' && text.includes('nobody')))
})

test('one event in ten thousand is judged twice, and a disagreement is an alert and a count', async (t) => {
  const { detection } = await open(t, { '1.yml': rule(1, found) })
  const rules = detection.rules()
  const compiled = rules.flatMap((one) => one.compiled ?? [])
  const hit = event({ Image: '\\cmd.exe', CommandLine: 'whoami' }, { seq: sampleEvery })
  assert.deepEqual(disagreements(createEngine(compiled), compiled, hit), [])
  const blind = createEngine([])
  assert.deepEqual(
    disagreements(blind, compiled, hit).map(({ matched }) => matched),
    ['plain reading'],
  )
  const metrics = createMetrics()
  const sample = sampling({ metrics, log, now: () => start })
  assert.deepEqual(sample(blind, rules, [{ ...hit, seq: sampleEvery + 1 }]), [])
  const [alert] = sample(blind, rules, [hit])
  assert.equal(alert?.rule.id, samplingRule.id)
  assert.equal(alert.matched[0]?.pattern, idOf(1))
  assert.match(await metrics.text(), /castellan_rule_disagreements_total 1/)
})

test('a rule that is new or changed asks the past once; the first time none does', async (t) => {
  const asked: Asked[] = []
  const view = shown({ Image: 'C:\\cmd.exe', CommandLine: 'whoami' })
  const stored: DetectionDeps['stored'] = {
    matching: (one) => {
      asked.push(one)
      return Promise.resolve({ count: 1, days: [{ at: start, count: 1 }], items: [view], took: 1 })
    },
    doubts: () => Promise.resolve(false),
    tally: ({ conditions }) => Promise.resolve(conditions.map(() => ({ count: 1, digest: '1' }))),
    reading: async function* () {},
    moments: () => Promise.resolve([]),
  }
  const { detection, state } = await open(t, { '1.yml': rule(1, found) }, { stored })
  const call = { at: start, signal: new AbortController().signal, progress: () => undefined }
  const kept: string[] = []
  const keep = (one: { alerts: readonly { id: string }[] }) => {
    kept.push(...one.alerts.map(({ id }) => id))
    return Promise.resolve(() => undefined)
  }
  assert.equal(await detection.retro.run(call, keep), 0)
  assert.equal(asked.length, 0)
  const files = { '1.yml': rule(1, found.replace('whoami', 'WHOAMI /all')), '2.yml': rule(2, found) }
  const changed = (await open(t, files, { stored, state })).detection
  assert.equal((await changed.retro.due()).length, 2)
  assert.equal(await changed.retro.run(call, keep), 2)
  assert.equal(kept.length, 2)
  assert.equal(await changed.retro.run(call, keep), 0, 'and not again')
  const same = (
    await open(t, { ...files, '2.yml': rule(2, found).replace('Rule 2', 'Another title') }, { stored, state })
  ).detection
  assert.equal((await same.retro.due()).length, 0, 'a title is no question')
})
