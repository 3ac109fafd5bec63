import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { fixedClock } from '#kernel'
import { createLog, type State } from '#platform'
import type { Event } from '#telemetry'
import { eachState, temporaryFolder } from '#testkit'
import { openDetection } from '../detection.ts'
import { loadRules } from '../load.ts'
import { migrations } from '../migrations.ts'
import { operations } from '../operations.ts'
import { Alert } from '../types.ts'
import { correlateFiles } from './files.ts'
import { eventOf, kindRules, sceneStart } from './scene.ts'

const log = createLog({ level: 'silent' })
const rules = `${kindRules}---
title: Many failures
id: many
level: high
tags: [attack.credential-access, attack.t1110]
correlation: { type: event_count, rules: [fail], group-by: [user], timespan: 1m, condition: { gte: 3 } }
---
title: No answer
id: unanswered
correlation: { type: temporal, rules: [a, b], group-by: [host], timespan: 10s, condition: a and not b }
`
const fail = (at: number, seq: number, user = 'ada'): Event => ({
  ...eventOf({ at, kind: 'fail', user }, seq),
  host: `pc${seq}`,
  user,
  src_ip: '203.0.113.9',
})

async function opened(state: State, folder: string) {
  const clock = fixedClock(sceneStart + 7)
  const detection = await openDetection({
    folders: [folder],
    state,
    clock,
    log,
    correlation: { lateness: 1000, bytes: 1e7 },
  })
  /** A batch on its whole road; without `commit` its transaction is undone. */
  const take = async (events: readonly Event[], { commit = true, now = undefined as number | undefined } = {}) => {
    const { alerts, fed } = detection.judge(events)
    let turn = 0
    const kept = state.transaction(async () => {
      const correlated = await detection.correlation.keep(events.length === 0 ? [] : [fed], now)
      turn = correlated.turn
      const fresh = await detection.keep([...alerts, ...correlated.alerts])
      if (!commit) throw new Error('undone')
      return fresh
    })
    if (!commit) {
      await assert.rejects(kept)
      return undefined
    }
    const fresh = await kept
    detection.correlation.committed(turn)
    return fresh
  }
  return { detection, take }
}

async function workspace(t: TestContext, state: State) {
  await state.migrate(migrations)
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'rules.yml'), rules)
  return folder
}

eachState('an alert of a correlation says whom, how many and which events; its rules are silent', async (state, t) => {
  const { detection, take } = await opened(state, await workspace(t, state))
  const found = (await take([fail(0, 1), fail(100, 2), fail(200, 3), fail(9000, 4, 'bob')])) ?? []
  assert.equal(found.length, 1)
  const [alert] = found
  assert.deepEqual(Alert.parse(alert), alert)
  assert.ok(alert)
  assert.deepEqual(
    [alert.rule.id, alert.time, alert.user, alert.host, alert.events, alert.event],
    ['many', sceneStart + 200, 'ada', '', ['evt_1', 'evt_2', 'evt_3'], 'evt_3'],
  )
  assert.deepEqual(alert.entities.addresses, ['203.0.113.9'])
  assert.deepEqual(alert.rule.techniques, ['T1110'])
  assert.equal(alert.message, '3 events in 200 ms: user ada')
  assert.deepEqual(alert.matched[0], {
    selection: 'group-by',
    field: 'user',
    modifiers: [],
    pattern: '',
    value: 'ada',
  })
  const { correlation } = await detection.showRule('many')
  const { taken = 0, found: times = 0, groups = 0, bytes = 0 } = correlation ?? {}
  assert.deepEqual([taken, times, groups, bytes > 0], [4, 1, 2, true])
})

eachState('operations answer what their schemas say', async (state, t) => {
  const { detection, take } = await opened(state, await workspace(t, state))
  await take([fail(0, 1), fail(100, 2), fail(200, 3), fail(9000, 4, 'bob')])
  const call = {
    actor: { id: 'system', name: 'test', role: 'admin', via: 'system' },
    at: 0,
    signal: new AbortController().signal,
    progress: () => undefined,
  } as const
  for (const operation of operations.filter(({ name }) => ['rule.show', 'rule.list', 'alert.list'].includes(name))) {
    const input = operation.input.parse(operation.name === 'rule.show' ? { id: 'many' } : {})
    const answer = operation.output.parse(await operation.run(input, detection, call))
    assert.match(JSON.stringify(answer), /many/)
  }
})

eachState('a restart in the middle and a batch that was undone change nothing', async (state, t) => {
  const folder = await workspace(t, state)
  const first = await opened(state, folder)
  await first.take([fail(0, 1)])
  await first.take([fail(500, 2), fail(600, 3), fail(5000, 4)], { commit: false })
  const second = await opened(state, folder)
  assert.deepEqual(await second.take([fail(500, 2)]), [])
  await second.take([fail(600, 3), fail(5000, 4)], { commit: false })
  const third = await opened(state, folder)
  await third.take([fail(600, 3)], { commit: false })
  const found = (await third.take([fail(600, 3), fail(5000, 4)])) ?? []
  assert.deepEqual(
    found.map(({ time, events }) => [time - sceneStart, events]),
    [[600, ['evt_1', 'evt_2', 'evt_3']]],
  )
  assert.deepEqual((await third.detection.showRule('many')).correlation?.taken, 4)
})

eachState('what must not happen is decided by the clock when nothing more comes', async (state, t) => {
  const { detection, take } = await opened(state, await workspace(t, state))
  assert.deepEqual(await take([{ ...eventOf({ at: 0, kind: 'a', host: 'x' }, 1), host: 'x' }]), [])
  assert.ok(detection.correlation.waits())
  assert.deepEqual(await take([], { now: sceneStart + 10_900 }), [])
  const found = (await take([], { now: sceneStart + 11_001 })) ?? []
  assert.deepEqual(
    found.map(({ rule, time, host }) => [rule.id, time - sceneStart, host]),
    [['unanswered', 10_000, 'x']],
  )
  assert.ok(!detection.correlation.waits())
})

eachState('events of a slow source are put in order among themselves, and marked late', async (state, t) => {
  const { take } = await opened(state, await workspace(t, state))
  await take([fail(3_600_000, 9, 'zoe')])
  assert.deepEqual(await take([fail(2000, 1), fail(1000, 2)]), [])
  const found = (await take([fail(1500, 3), fail(9000, 4, 'bob')])) ?? []
  assert.deepEqual(
    found.map(({ time, late, events }) => [time - sceneStart, late, events]),
    [[2000, true, ['evt_2', 'evt_3', 'evt_1']]],
  )
})

eachState('a correlation that is written otherwise begins anew; the others go on', async (state, t) => {
  const folder = await workspace(t, state)
  const first = await opened(state, folder)
  const asked = { ...eventOf({ at: 0, kind: 'a', host: 'x' }, 7), host: 'x' }
  await first.take([fail(0, 1), fail(1, 2), asked])
  writeFileSync(join(folder, 'rules.yml'), rules.replace('timespan: 1m', 'timespan: 2m'))
  await first.detection.reload()
  const found = (await first.take([fail(2, 3), eventOf({ at: 60_000, kind: 'b' }, 8)])) ?? []
  assert.deepEqual(
    found.map(({ rule }) => rule.id),
    ['unanswered'],
  )
})

test('over files, everything is read first and then put in order', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'rules.yml'), rules)
  const files = correlateFiles((await loadRules([folder])).rules)
  const events = [fail(900_000, 1), fail(200, 2), fail(0, 3), fail(100, 4), fail(5000, 5, 'bob')]
  events.forEach((event, at) => files.take('rule-fail', event, { file: `${at % 2}.log`, number: at + 1 }))
  const { alerts, shed } = files.finish()
  assert.deepEqual(
    alerts.map(({ rule, time, source, events: of }) => [rule.id, time - sceneStart, source, of]),
    [['many', 200, '1.log', ['evt_3', 'evt_4', 'evt_2']]],
  )
  assert.equal(shed, 0)
  assert.deepEqual([files.alerts('rule-fail'), files.alerts('rule-c')], [false, true])
})
