// Anomalies with their store: memory goes with the checkpoint, comes back after a restart, and a batch that came to nothing leaves nothing.
import assert from 'node:assert/strict'
import test from 'node:test'
import { Fault, fixedClock } from '#kernel'
import type { State } from '#platform'
import type { Event } from '#telemetry'
import { eachState, temporaryState } from '#testkit'
import { migrations } from '../migrations.ts'
import { alertStore } from '../store.ts'
import { openAnomalies } from './anomalies.ts'
import { anomalyOperations } from './operations.ts'
import { day } from './numbers.ts'
import { eventsOf, start } from './test-events.ts'

const login = (user: string, host: string): Partial<Event> => ({
  class_uid: 3002,
  activity_id: 1,
  outcome: 'success',
  activity: 'login accepted',
  user,
  host,
})
const usual = Array.from({ length: 12 }, (_, n) => [start + n * day, login('ana', 'lt-1')] as const)
const events = eventsOf([
  ...usual,
  [start + 12 * day, login('ana', 'dc01')],
  [start + 12 * day + 1, login('ana', 'dc02')],
])
const first = events.slice(0, 13)
const rest = events.slice(13)

const open = (state: State) => openAnomalies({ state, clock: fixedClock(start) })
const texts = (alerts: readonly { message: string }[]): string[] => alerts.map(({ message }) => message)

eachState('memory and history are kept with the batch and read back', async (state) => {
  await state.migrate(migrations)
  const one = await open(state)
  const alerts = await state.transaction(() => one.keep(one.observe(first)))
  one.committed()
  assert.match(texts(alerts).join(), /^ana logged in to dc01 for the first time/)
  await alertStore(state).keep(alerts)

  const again = await open(state)
  assert.deepEqual(again.list(), one.list())
  assert.deepEqual(again.profile('user', 'Ana'), one.profile('user', 'ana'))
  assert.deepEqual(
    await state.transaction(() => again.keep(again.observe(first))),
    [],
    'a batch that was kept is passed over',
  )
  again.committed()
  const more = await state.transaction(() => again.keep(again.observe(rest)))
  assert.match(texts(more).join(), /dc02 for the first time; in 12 days before: 2 machines \(dc01, lt-1\)/)

  const [alert] = alerts
  const shown = await again.show(alert?.id ?? '')
  assert.equal(shown.detector, 'new-user-host')
  assert.deepEqual(shown.history, { kind: 'list', items: [{ name: 'lt-1', note: '2026-03-02 to 2026-03-13' }] })
  assert.equal(shown.parameters['seenDays'], 3)
  await assert.rejects(again.show('alr_nothing'), (thrown) => thrown instanceof Fault && thrown.code === 'NOT_FOUND')
  assert.throws(() => again.profile('host', 'nowhere'), Fault)
})

test('a batch that came to nothing leaves nothing', async (t) => {
  const state = await temporaryState(t)
  await state.migrate(migrations)
  const one = await open(state)
  await state.transaction(() => one.keep(one.observe(events.slice(0, 12))))
  one.committed()
  const before = one.list()
  const undone = state.transaction(async () => {
    await one.keep(one.observe(events.slice(12)))
    throw new Error('no power')
  })
  await assert.rejects(undone, /no power/)
  const found = await state.transaction(() => one.keep(one.observe(events.slice(12))))
  one.committed()
  assert.equal(found.length, 2)
  const other = await open(state)
  assert.deepEqual(other.list(), one.list())
  assert.notDeepEqual(one.list(), before)
})

test('a profile says what is usual', async (t) => {
  const state = await temporaryState(t)
  await state.migrate(migrations)
  const one = await open(state)
  await state.transaction(() => one.keep(one.observe(events)))
  const profile = one.profile('user', 'ana')
  assert.equal(profile.events, 14)
  assert.deepEqual(profile.hosts[0], { name: 'lt-1', count: 12, last: Math.floor((start + 11 * day) / day) * day })
  // 2 March 2026 is a Monday; the hour is nine.
  assert.equal(profile.week[9], 2)
  assert.equal(profile.days.length, 13)
  const row = one.list().find(({ name }) => name === 'new-user-host')
  assert.deepEqual([row?.state, row?.learntDays, row?.alerts], ['running', 12, 2])
})

test('operations answer what their schemas say', async (t) => {
  const state = await temporaryState(t)
  await state.migrate(migrations)
  const anomalies = await open(state)
  const [alert] = await state.transaction(() => anomalies.keep(anomalies.observe(events)))
  const inputs: Readonly<Record<string, unknown>> = {
    'anomaly.show': { alert: alert?.id },
    'profile.show': { kind: 'user', name: 'ana' },
  }
  const call = {
    actor: { id: 'system', name: 'test', role: 'viewer', via: 'system' },
    at: start,
    signal: new AbortController().signal,
    progress: () => undefined,
  } as const
  for (const operation of anomalyOperations) {
    const input = operation.input.parse(inputs[operation.name] ?? operation.example)
    operation.output.parse(await operation.run(input, { anomalies }, call))
  }
})
