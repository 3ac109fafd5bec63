// Suppressions and benign filters at work: what leaves the queue, what is counted, what is refused.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { type Call, fixedClock, seededRandom } from '#kernel'
import { createLog } from '#platform'
import { temporaryFolder, temporaryState } from '#testkit'
import { openDetection } from '../detection.ts'
import { migrations } from '../migrations.ts'
import { alertAt, eventView } from './made.test.ts'
import { filterFile, filterText } from './benign.ts'
import { pairOf } from './guard.ts'

const start = Date.UTC(2026, 2, 2, 9)
const hour = 3_600_000
const day = 24 * hour
const ruleId = '13e4de19-135a-47ff-92cb-0a0127eb43ad'
const ruleText = `title: Task made by the command line
id: ${ruleId}
status: test
level: high
logsource:
  category: process_creation
  product: windows
detection:
  s:
    Image|endswith: '\\schtasks.exe'
    CommandLine|contains: '/create'
  condition: s
`
const nightly = {
  Image: String.raw`C:\Windows\System32\schtasks.exe`,
  ParentImage: String.raw`C:\Program Files\Backup\agent.exe`,
  CommandLine: 'schtasks.exe /create /tn nightly /tr backup.exe /sc daily',
  ProcessGuid: '{5AA2E0A2-0001-0001-0001-000000000000}',
  ProcessId: '4711',
  User: 'FERNHILL\\svc-backup',
}
const attack = {
  ...nightly,
  ParentImage: String.raw`C:\Users\orla\macro.exe`,
  CommandLine: 'schtasks.exe /create /tn Updater /tr evil.exe /sc onlogon',
  User: 'FERNHILL\\orla',
}

async function open(t: test.TestContext, incidents: { name: string; alerts: string[] }[] = []) {
  const workspace = temporaryFolder(t)
  const folder = join(workspace, 'rules')
  mkdirSync(folder)
  writeFileSync(join(folder, 'task.yml'), ruleText)
  const state = await temporaryState(t)
  await state.migrate(migrations)
  const clock = fixedClock(start)
  const events = [
    ...Array.from({ length: 3 }, (_, n) => eventView(`evt_night${n}`, { ...nightly, ProcessId: String(n) })),
    eventView('evt_attack', attack),
  ]
  const detection = await openDetection({
    folders: [folder],
    workspace,
    state,
    clock,
    log: createLog({ level: 'silent' }),
    random: seededRandom(7),
    eventsOf: (ids) => Promise.resolve(events.filter(({ id }) => ids.includes(id))),
    trueIncidents: () => Promise.resolve(incidents),
  })
  const rule = { id: ruleId, title: 'Task made by the command line', level: 'high' }
  const matched = [{ selection: 's', field: 'CommandLine', modifiers: ['contains'], pattern: '/create', value: 'x' }]
  const alerts = [
    ...[0, 1, 2].map((n) => alertAt(start - (3 - n) * 5 * hour, `night${n}`, { rule, matched, user: 'svc-backup' })),
    alertAt(start - hour, 'attack', { rule, matched, user: 'orla' }),
  ]
  const [night, , , real] = alerts
  assert.ok(night && real)
  await state.transaction(() => detection.keep(alerts))
  return { workspace, folder, detection, clock, night, real, state, alerts }
}
const callAt = (at: number, name = 'ada'): Call => ({
  actor: { id: 'usr_1', name, role: 'engineer', via: 'session' },
  at,
  signal: new AbortController().signal,
  progress: () => undefined,
})

test('a suppressed alert is stored and counted, not shown; the suppression ends, and alerts come through again', async (t) => {
  const { detection, clock, state } = await open(t)
  const { hygiene } = detection
  assert.deepEqual(await hygiene.wouldSuppress({ user: 'svc-backup' }), { alerts: 3, times: 3, days: 30 })
  const asked = { fits: { user: 'svc-backup' }, reason: 'backup runs each night', owner: '', expires: start + 10 * day }
  const made = await hygiene.suppress(asked, callAt(start))
  assert.deepEqual([made.owner, made.state, made.hits, made.lastHit], ['ada', 'active', 3, start - 5 * hour])
  const late = { rule: { id: 'r9', title: 'Other' }, user: 'svc-backup', raised: start + 4 * day }
  const kept = await state.transaction(() =>
    detection.keep([
      alertAt(start + 1, 'x1', late),
      alertAt(start + 2, 'x2', late),
      alertAt(start + 3, 'x3', { ...late, user: 'eve' }),
    ]),
  )
  assert.deepEqual(
    kept.map(({ user }) => user),
    ['eve'],
  )
  const totals = await Promise.all(
    (['without', 'with', 'only'] as const).map(
      async (suppressed) => (await detection.listQueue({ limit: 9, suppressed })).total,
    ),
  )
  assert.deepEqual(totals, [2, 6, 4])
  clock.advance(4 * day)
  const [expiring] = await hygiene.suppressions()
  assert.deepEqual([expiring?.state, expiring?.hits, expiring?.lastHit], ['expiring', 5, start + 2])
  clock.advance(7 * day)
  assert.equal((await hygiene.suppressions(['expired'])).length, 1)
  const after = { ...late, raised: start + 11 * day }
  assert.equal((await detection.keep([alertAt(start + 11 * day, 'x4', after)])).length, 1)
  await hygiene.unsuppress(made.id, callAt(start + 11 * day))
  assert.deepEqual(await hygiene.suppressions(), [])
  assert.deepEqual(
    (await hygiene.suppressions(['removed'])).map(({ remover, hits }) => [remover, hits]),
    [['ada', 5]],
  )
  await assert.rejects(hygiene.unsuppress(made.id, callAt(start)), /removed before/)
  await assert.rejects(hygiene.suppress({ ...asked, expires: start }, callAt(start)), /past already/)
  await assert.rejects(hygiene.suppress({ ...asked, expires: start + 400 * day }, callAt(start)), /at most a year/)
})

test('benign: the filter asks for what comes again, says what it takes away, is written, and the rule is silent for it', async (t) => {
  const { detection, night, real, folder, workspace } = await open(t)
  const preview = await detection.clean.preview({ alert: night.id, reason: 'why', owner: '', expires: '' })
  assert.deepEqual(
    preview.fields.map(({ field }) => field),
    ['CommandLine', 'Image', 'ParentImage'],
  )
  assert.deepEqual([preview.gone, preview.stay, preview.unknown, preview.checked, preview.lost], [3, 1, 0, 0, []])
  assert.ok(preview.others.some(({ field }) => field === 'User'))
  assert.ok(!existsSync(join(folder, 'filters')), 'nothing is written by looking')
  const asked = { alert: night.id, reason: 'the backup agent', owner: 'ops', expires: '2026-03-09' }
  const done = await detection.clean.benign(asked, callAt(start))
  assert.match(done.file, /^rules\/filters\/benign-task-made-by-the-command-line-[0-9a-f]{8}\.yml$/)
  const text = readFileSync(join(workspace, done.file), 'utf8')
  assert.match(text, /description: 'the backup agent'\nauthor: 'ops'\ndate: 2026-03-02\nexpires: 2026-03-09\n/)
  assert.match(text, /condition: not benign\n$/)
  const { items } = await detection.listQueue({ limit: 9 })
  assert.deepEqual(
    items.map(({ id }) => id),
    [real.id],
  )
  assert.equal((await detection.listQueue({ limit: 9, suppressed: 'only', verdict: 'benign' })).total, 3)
  const again = await detection.clean.preview({ alert: real.id, reason: 'why', owner: '', expires: '' })
  assert.deepEqual([again.gone, again.unknown], [1, 3], 'the rule does not match the others any more')
  assert.deepEqual(
    (await detection.clean.filters()).map(({ owner, state, rules, alert }) => [owner, state, rules, alert]),
    [['ops', 'expiring', [ruleId], night.id]],
  )
})

test('a filter whose last day is over is put aside, and the rule sees again', async (t) => {
  const { detection, night, folder, clock } = await open(t)
  await detection.clean.benign(
    { alert: night.id, reason: 'backup', owner: 'ops', expires: '2026-03-03' },
    callAt(start),
  )
  clock.advance(day)
  assert.deepEqual(await detection.clean.expire(), [], 'it holds on its last day')
  clock.advance(day)
  assert.equal((await detection.clean.expire()).length, 1)
  assert.match(readdirSync(join(folder, 'filters')).join(), /^benign-.*\.yml\.expired$/)
  assert.equal((await detection.clean.filters())[0]?.state, 'expired')
  assert.equal((await detection.clean.preview({ alert: night.id, reason: 'x', owner: '', expires: '' })).gone, 3)
})

test('what is known to be true is never filtered away: confirmed alerts, contained incidents, regression data', async (t) => {
  const wide = { fields: ['Image'], reason: 'all tasks are fine', owner: '', expires: '' }
  await t.test('a confirmed alert', async (s) => {
    const { detection, night, real, folder } = await open(s)
    await detection.hygiene.confirm(real.id, 'it was the attack', callAt(start, 'eve'))
    const preview = await detection.clean.preview({ ...wide, alert: night.id })
    assert.deepEqual([preview.checked, preview.lost], [1, [`alert ${real.id}, confirmed by eve`]])
    await assert.rejects(detection.clean.benign({ ...wide, alert: night.id }, callAt(start)), (thrown: Error) =>
      thrown.message.includes(`alert ${real.id}, confirmed by eve`),
    )
    assert.ok(!existsSync(join(folder, 'filters')))
    assert.equal((await detection.listQueue({ limit: 9 })).total, 4, 'nothing left the queue')
    const narrow = await detection.clean.benign({ ...wide, fields: ['ParentImage'], alert: night.id }, callAt(start))
    assert.deepEqual([narrow.gone, narrow.checked, narrow.lost], [3, 1, []])
    assert.equal((await detection.showQueued(real.id)).verdict, 'confirmed')
    await detection.hygiene.unconfirm(real.id)
    assert.deepEqual((await detection.clean.preview({ ...wide, alert: real.id })).lost, [])
    await assert.rejects(detection.hygiene.unconfirm(real.id), /not confirmed/)
  })
  await t.test('a contained incident', async (s) => {
    const incident = { name: 'incident #4', alerts: [alertAt(start - hour, 'attack', { rule: { id: ruleId } }).id] }
    const { detection, night } = await open(s, [incident])
    const { lost } = await detection.clean.preview({ ...wide, alert: night.id })
    assert.deepEqual(lost, ['incident #4, event evt_attack'])
  })
  await t.test('regression data beside the rules', async (s) => {
    const { detection, night, folder } = await open(s)
    const data = join(folder, 'regression_data', 'task')
    mkdirSync(data, { recursive: true })
    const tests = `regression_tests_info:\n  - name: Positive\n    type: evtx\n    path: regression_data/task/task.json\n`
    writeFileSync(join(data, 'info.yml'), `id: x\nrule_metadata:\n  - id: ${ruleId}\n${tests}`)
    const Event = {
      System: {
        EventID: 1,
        Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
        Channel: 'Microsoft-Windows-Sysmon/Operational',
      },
      EventData: attack,
    }
    writeFileSync(join(data, 'task.json'), JSON.stringify({ Event }))
    const { lost } = await detection.clean.preview({ ...wide, alert: night.id })
    assert.deepEqual(lost, ['test Positive in info.yml (task.json)'])
  })
})

test('tests of the rule are true positives too; what they say it must leave alone is not', async (t) => {
  const { detection, night, folder } = await open(t)
  const lines = (fields: object) => JSON.stringify(fields)
  const cases = `tests:\n  - name: macro\n    event: ${lines(attack)}\n  - match: false\n    event: ${lines(nightly)}\n`
  writeFileSync(join(folder, 'task.test.yml'), cases)
  const asked = { alert: night.id, reason: 'x', owner: '', expires: '' }
  const wide = await detection.clean.preview({ ...asked, fields: ['Image'] })
  assert.deepEqual([wide.checked, wide.lost], [1, ['test macro in task.test.yml']])
  assert.deepEqual((await detection.clean.preview(asked)).lost, [])
})

test('what cannot be filtered is refused with the reason', async (t) => {
  const { detection, night } = await open(t)
  const [found] = await detection.keep([
    alertAt(start, 'finding', { rule: { id: 'no-such-rule', title: 'Beaconing' } }),
  ])
  const asked = { reason: 'x', owner: '', expires: '' }
  await assert.rejects(
    detection.clean.preview({ ...asked, alert: found?.id ?? night.id }),
    /"Beaconing" is no Sigma rule/,
  )
  await assert.rejects(
    detection.clean.preview({ ...asked, alert: night.id, fields: ['Nothing'] }),
    /no Nothing; it has Image/,
  )
})

test('whatever the values, the filter is read back and takes its event away', () => {
  const rule = { id: ruleId, title: 'Rule', source: { product: 'windows', category: 'process_creation' } }
  const values = ["it's", String.raw`C:\*\a?b\\c`, '%TEMP%', 'line\nbreak', 'true', '12', '{a: b}', '- x', 'é😀', '#']
  for (const value of values) {
    const facts = {
      id: 'x',
      rule,
      reason: `because: ${value}`,
      owner: value,
      alert: 'alr_1',
      date: '2026-03-02',
      expires: '',
    }
    const yaml = filterText({ ...facts, asked: [{ field: 'A b', value }] })
    const when = { op: 'and', of: [] } as const
    const pair = pairOf({ ...rule, level: 'low', techniques: [], tactics: [], when }, yaml)
    const logsource = { product: 'windows', categories: ['process_creation'] }
    assert.equal(pair.after.match({ logsource, fields: { 'A b': value } }).length, 0, yaml)
    assert.equal(pair.after.match({ logsource, fields: { 'A b': `${value}.` } }).length, 1, yaml)
  }
  assert.equal(filterFile('Ünïcode / “rule”!', 'abcdef0123'), 'benign-n-code-rule-abcdef01.yml')
})
