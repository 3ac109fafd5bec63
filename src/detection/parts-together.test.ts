// Parts of the room that meet: correlations and how rules stand, overrides and correlations, what several slices of a batch saw.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fixedClock } from '#kernel'
import { createLog } from '#platform'
import { type Event, EventId, parseRecord } from '#telemetry'
import { temporaryFolder, temporaryState } from '#testkit'
import type { DetectionDeps } from './deps.ts'
import { openDetection } from './detection.ts'
import { migrations } from './migrations.ts'

const start = Date.UTC(2026, 2, 2, 9)
const rule = (id: string, service: string) => `title: Rule ${id}
id: ${id}
logsource: { product: windows, service: ${service} }
detection:
  s: { Image: x }
  condition: s
`
const text = `${rule('one', 'sysmon')}---
${rule('two', 'security')}---
title: Both
id: both
level: high
correlation:
  type: temporal
  rules: [one, two]
  group-by: [User]
  timespan: 10m
`
const parsed = parseRecord({ source: 'test', received: start, text: 'text' })
const event = (seq: number, fields: Event['fields'], service: string): Event => ({
  ...parsed,
  time: start + seq,
  id: EventId.parse(`evt_${seq}`),
  seq,
  received: start + seq,
  source: 'test',
  raw: '',
  logsource: { product: 'windows', service, categories: [] },
  fields,
})

async function open(t: test.TestContext, more: Partial<DetectionDeps> = {}) {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'rules.yml'), text)
  const state = await temporaryState(t)
  await state.migrate(migrations)
  const log = createLog({ level: 'silent' })
  return openDetection({ folders: [folder], state, clock: fixedClock(start), log, ...more })
}

test('a correlation waits when all of its rules wait, and says which', async (t) => {
  const detection = await open(t)
  const stands = async () => {
    const { standing, standingWhy } = await detection.showRule('both')
    return `${standing}: ${standingWhy}`
  }
  assert.match(await stands(), /^no-data-source: 2 of its 2 rules wait; "Rule one": no event of windows\/sysmon/)
  const see = async (one: Event) => detection.seen.learn(await detection.seen.keep([detection.seen.observe([one])]))
  await see(event(1, { Image: 'y' }, 'sysmon'))
  assert.match(await stands(), /^running: 1 of its 2 rules waits; "Rule two"/)
  await see(event(2, { Image: 'y' }, 'security'))
  assert.equal(await stands(), 'running: ')
})

test('a rule that is switched off takes its correlation with it, and the other alerts alone', async (t) => {
  const detection = await open(t, { overrides: { one: { enabled: false }, both: { level: 'low' } } })
  const { state, why, level } = await detection.showRule('both')
  assert.deepEqual([state === 'running', level], [false, 'low'])
  assert.match(why, /Rule one/)
  const events = [event(1, { Image: 'x', User: 'ada' }, 'sysmon'), event(2, { Image: 'x', User: 'ada' }, 'security')]
  assert.deepEqual(
    detection.detect(events).map((alert) => alert.rule.id),
    ['two'],
  )
})

test('a correlation compares with the number of the workspace; what has no threshold says so', async (t) => {
  const folder = temporaryFolder(t)
  const many = `title: Many\nid: many\ncorrelation: { type: event_count, rules: [one], group-by: [User], timespan: 10m, condition: { gte: 2 } }\n`
  writeFileSync(join(folder, 'rules.yml'), `${text}---\n${many}`)
  const overrides = { many: { threshold: 3 }, one: { threshold: 2 }, both: { threshold: 2 } }
  const detection = await open(t, { overrides, folders: [folder] })
  const { override, correlation } = await detection.showRule('many')
  assert.deepEqual([override?.threshold, override?.upstreamThreshold], [3, 2])
  assert.match(correlation?.asks ?? '', /3/)
  const said = detection.issues.flatMap(({ code, text }) => (code === 'override-rule' ? [text] : []))
  assert.deepEqual(said, [
    'overrides: "Rule one" is no correlation, so it has no threshold',
    'overrides: "Both" does not compare with one number, so it has no threshold',
  ])
})

test('slices of a batch add up to what the whole says', async (t) => {
  const detection = await open(t)
  const events = [
    event(1, { Image: 'x', A: '1' }, 'sysmon'),
    event(2, { Image: 'x' }, 'security'),
    event(3, { Image: 'x', B: '1' }, 'sysmon'),
  ]
  const { seen } = detection
  const whole = await seen.keep([seen.observe(events)])
  assert.deepEqual(await seen.keep(events.map((one) => seen.observe([one]))), whole)
  assert.deepEqual(
    whole.sources.map(({ first, last }) => [first - start, last - start]),
    [
      [1, 3],
      [2, 2],
    ],
  )
})
