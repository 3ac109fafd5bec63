// Keeping on a real engine: what is due goes, what is held stays, old days move into files and are found there as before.
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { asFault, type Clock, seededRandom, systemActor } from '#kernel'
import { createLog, createMetrics, type EventEngine, type State } from '#platform'
import { eachEvents, temporaryEvents, temporaryFolder, temporaryState } from '#testkit'
import { migrations } from '../positions.ts'
import { emptyRoad } from '../road.ts'
import { eventMigrations } from '../schema.ts'
import { openTelemetry, type Telemetry, type TelemetryDeps } from '../telemetry.ts'
import { HoldId } from './types.ts'

const day = 86_400_000
const now = Date.UTC(2026, 2, 20, 12)
const clock: Clock = { now: () => now }
const limits = {
  recordBytes: 2_048,
  batchEvents: 1_000,
  spoolBytes: 16_777_216,
  queryMilliseconds: 30_000,
  queryRows: 10_000,
}
const signal = new AbortController().signal

interface Ground {
  readonly folder: string
  readonly state: State
  readonly events: EventEngine
}
async function groundOf(t: TestContext, events: EventEngine): Promise<Ground> {
  const [folder, state] = [temporaryFolder(t), await temporaryState(t)]
  await state.migrate(migrations)
  await events.migrate(eventMigrations())
  return { folder, state, events }
}
type More = Pick<TelemetryDeps['config'], 'retention' | 'events'>
const open = ({ folder, state, events }: Ground, more: More): Promise<Telemetry> =>
  openTelemetry({
    config: { sources: [], limits, watchHost: false, ...more },
    workspace: folder,
    folder,
    state,
    events,
    clock,
    random: seededRandom(7),
    log: createLog({ level: 'silent' }),
    metrics: createMetrics(),
    hostTexts: async function* () {},
    exerciseRecords: () => [],
  })

/** So many events of a source at noon of a day that lies so many days back. */
const recordsOf = (source: string, back: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    source,
    text: JSON.stringify({
      id: `${source}-${back}-${n}`,
      time: new Date(now - back * day + n * 1_000).toISOString(),
      host: `h${n % 3}`,
    }),
  }))
async function fill(telemetry: Telemetry, records: readonly { source: string; text: string }[]): Promise<void> {
  await telemetry.append(records)
  await telemetry.settled()
}
const countOf = async (telemetry: Telemetry, q: string): Promise<number> =>
  (await telemetry.search({ q, limit: 1_000 })).items.length

eachEvents(
  'events go by source and by age, the whole day where all of it is due; held ones stay',
  async (events, t) => {
    const ground = await groundOf(t, events)
    const telemetry = await open(ground, {
      retention: [
        { source: 'noisy', days: 2 },
        { class: 4_002, days: 1 },
        { all: true, days: 10 },
      ],
    })
    t.after(() => telemetry.stop())
    await telemetry.start(emptyRoad, () => undefined)
    await fill(telemetry, [
      ...recordsOf('noisy', 1, 5),
      ...recordsOf('noisy', 5, 6),
      ...recordsOf('calm', 5, 4),
      ...recordsOf('calm', 12, 3),
      ...recordsOf('noisy', 8, 2),
    ])
    const { keeping } = telemetry
    const shown = (await keeping.plan()).days.map(({ day: at, remove, held, how }) => [at, remove, held, how])
    assert.deepEqual(shown, [
      ['2026-03-08', 3, 0, 'whole day'],
      ['2026-03-12', 2, 0, 'whole day'],
      ['2026-03-15', 6, 0, 'events'],
    ])
    const hold = await keeping.place(
      { q: 'host:h0', source: '', since: null, until: null, reason: 'case 1' },
      systemActor,
    )
    assert.deepEqual(
      (await keeping.plan()).days.map(({ remove, held, how }) => [remove, held, how]),
      [
        [2, 1, 'events'],
        [1, 1, 'events'],
        [4, 2, 'events'],
      ],
    )
    await keeping.run(signal)
    assert.deepEqual(await Promise.all([countOf(telemetry, 'source:noisy'), countOf(telemetry, 'source:calm')]), [
      5 + 1 + 2,
      4 + 1,
    ])
    await keeping.release(hold.id, systemActor)
    await keeping.run(signal)
    assert.deepEqual(await Promise.all([countOf(telemetry, 'source:noisy'), countOf(telemetry, 'source:calm')]), [5, 4])
    assert.deepEqual((await keeping.plan()).days, [])
    assert.deepEqual([(await keeping.holds(false)).length, (await keeping.holds(true)).length], [0, 1])
    await assert.rejects(keeping.release(hold.id, systemActor), (thrown) => asFault(thrown).code === 'NOT_FOUND')
    await assert.rejects(
      keeping.release(HoldId.parse('hld_0'), systemActor),
      (thrown) => asFault(thrown).code === 'NOT_FOUND',
    )
    const bad = { q: 'time>yesterdayish', source: '', since: null, until: null, reason: 'x' }
    await assert.rejects(keeping.place(bad, systemActor), (thrown) => asFault(thrown).code === 'INPUT_INVALID')
  },
)

test('beyond the space the oldest days go first, shown before', async (t) => {
  const ground = await groundOf(t, await temporaryEvents(t))
  const free = await open(ground, {})
  await free.start(emptyRoad, () => undefined)
  for (const back of [9, 8, 7]) await fill(free, recordsOf('app', back, 300))
  assert.deepEqual((await free.keeping.plan()).days, [], 'without a limit all is kept for ever')
  const { bytes } = await free.keeping.plan()
  await free.stop()
  const telemetry = await open(ground, { events: { diskBytes: Math.round(bytes * 0.5) } })
  t.after(() => telemetry.stop())
  const plan = await telemetry.keeping.plan()
  assert.deepEqual(
    plan.days.map(({ day: at, why, how }) => [at, why, how]),
    [
      ['2026-03-11', 'space', 'whole day'],
      ['2026-03-12', 'space', 'whole day'],
    ],
  )
  assert.match(plan.warnings.join(), /200 % of events.diskBytes/)
  await telemetry.keeping.run(signal)
  assert.equal(await telemetry.stored(), 300)
  assert.deepEqual((await telemetry.keeping.plan()).days, [])
})

test('old days move into files and are searched there; a late event of such a day gets a file of its own', async (t) => {
  const ground = await groundOf(t, await temporaryEvents(t))
  const telemetry = await open(ground, { events: { archiveDays: 5 } })
  await telemetry.start(emptyRoad, () => undefined)
  await fill(telemetry, [...recordsOf('app', 1, 20), ...recordsOf('app', 8, 40), ...recordsOf('app', 9, 30)])
  const all = { since: now - 30 * day, until: now }
  const look = async (one: Telemetry) => ({
    found: (await one.search({ q: 'host:h1 id:app-*', limit: 1_000, ...all })).items,
    histogram: await one.histogram({ ...all, buckets: 30 }),
    facets: await one.facets({ ...all, fields: ['host', 'id'] }),
    stored: await one.stored(),
  })
  const before = await look(telemetry)
  assert.deepEqual(
    (await telemetry.keeping.plan()).days.map(({ day: at, how }) => [at, how]),
    [
      ['2026-03-11', 'to a file'],
      ['2026-03-12', 'to a file'],
    ],
  )
  await telemetry.keeping.run(signal)
  assert.deepEqual(readdirSync(join(ground.folder, 'archive')).sort(), ['2026-03-11.parquet', '2026-03-12.parquet'])
  assert.equal((await ground.events.query<{ n: number }>('select count() as n from events'))[0]?.n, 20)
  assert.deepEqual(await look(telemetry), before)
  assert.equal((await telemetry.search({ limit: 1, ...all })).archived, 2)
  assert.equal((await telemetry.search({ limit: 1, since: now - 2 * day })).archived, 0)
  const [oldest] = (await telemetry.search({ limit: 1, order: 'oldest' })).items
  assert.ok(oldest)
  assert.deepEqual(await telemetry.show(oldest.id), oldest)
  await fill(telemetry, recordsOf('late', 8, 3))
  await telemetry.keeping.run(signal)
  assert.deepEqual(
    telemetry.keeping.archived().map(({ day: at, events }) => [at, events]),
    [
      ['2026-03-11', 30],
      ['2026-03-12', 40],
      ['2026-03-12', 3],
    ],
  )
  assert.equal(await telemetry.stored(), 93)
  await telemetry.stop()

  // Killed between the file and the table: what the table still has is not shown twice, and what it no longer has is not lost.
  const records = ground.state.db<{ telemetry_archives: { file: string; state: string } }>()
  await records.updateTable('telemetry_archives').set({ state: 'moving' }).execute()
  const again = await open(ground, { events: { archiveDays: 5 }, retention: [{ all: true, days: 8 }] })
  t.after(() => again.stop())
  assert.equal(await again.stored(), 93)
  await again.start(emptyRoad, () => undefined)
  const hold = await again.keeping.place(
    { q: '', source: 'app', since: null, until: now - 8 * day, reason: 'case 2' },
    systemActor,
  )
  assert.deepEqual(
    (await again.keeping.plan()).days.map(({ how, held, remove }) => [how, held, remove]),
    [['file', 30, 0]],
  )
  await again.keeping.run(signal)
  await again.keeping.release(hold.id, systemActor)
  await again.keeping.run(signal)
  assert.equal(await again.stored(), 63)
  assert.ok(!existsSync(join(ground.folder, 'archive', '2026-03-11.parquet')))
})
