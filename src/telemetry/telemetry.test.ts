// The room as a whole on a real event engine: lines in, events found, over restarts.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import test, { type TestContext } from 'node:test'
import { asFault, seededRandom, systemActor } from '#kernel'
import { createLog, createMetrics, type EventEngine, type SourceConfig, type State, systemClock } from '#platform'
import { temporaryEvents, temporaryFolder, temporaryState } from '#testkit'
import { eventMigrations } from './columns.ts'
import { operations } from './operations.ts'
import { migrations } from './migrations.ts'
import { emptyRoad, type Road } from './road.ts'
import { openTelemetry, type Telemetry } from './telemetry.ts'
import { EventId } from './types.ts'

const limits = {
  recordBytes: 2_048,
  batchEvents: 1_000,
  spoolBytes: 16_777_216,
  queryMilliseconds: 30_000,
  queryRows: 10_000,
}
interface Ground {
  readonly folder: string
  readonly state: State
  readonly events: EventEngine
}
async function ground(t: TestContext): Promise<Ground> {
  const [folder, state, events] = [temporaryFolder(t), await temporaryState(t), await temporaryEvents(t)]
  await state.migrate(migrations)
  await events.migrate(eventMigrations)
  return { folder, state, events }
}
const open = ({ folder, state, events }: Ground, sources: SourceConfig[] = [], more = limits): Promise<Telemetry> =>
  openTelemetry({
    config: { sources, limits: more, watchHost: false },
    workspace: folder,
    folder: join(folder, '.castellan'),
    state,
    events,
    clock: systemClock,
    random: seededRandom(4),
    log: createLog({ level: 'silent' }),
    metrics: createMetrics(),
    hostTexts: async function* () {},
    exerciseRecords: () => [],
  })
const stream = (...pieces: (string | Buffer)[]) => Readable.from(pieces.map((piece) => Buffer.from(piece)))
const line = (n: number, more: object = {}) =>
  JSON.stringify({
    id: `e${n}`,
    time: new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString(),
    host: `ws-${n % 3}`,
    ...more,
  })

test('lines become events that are found, shown, counted and summed', async (t) => {
  const here = await ground(t)
  const telemetry = await open(here, [{ kind: 'http', name: 'web' }])
  t.after(() => telemetry.stop())
  await telemetry.start(emptyRoad, () => 'workstation')
  const lines = Array.from({ length: 50 }, (_, n) =>
    line(n, { note: n === 7 ? 'C:\\Temp\\mimi "katz"' : 'x', half: '\ud800' }),
  )
  const taken = await telemetry.ingestNdjson(
    stream(`${lines.join('\n')}\n\n`, 'not json\n', `${'z'.repeat(3_000)}\n`, Buffer.from([0xff, 10])),
    { source: 'web' },
  )
  assert.deepEqual(taken, { accepted: 52, rejected: 1, last: 52, full: false })
  await telemetry.settled()
  assert.equal(await telemetry.stored(), 52)
  const found = await telemetry.search({ q: 'note:*mimi*', limit: 10 })
  assert.equal(found.items.length, 1)
  const [event] = found.items
  assert.ok(event)
  assert.equal(event.asset, 'workstation')
  assert.equal(event.source, 'web')
  assert.equal(event.raw, lines[7])
  assert.equal(event.fields['note'], 'C:\\Temp\\mimi "katz"')
  assert.deepEqual(
    (await telemetry.search({ q: String.raw`c:\temp\mimi`, limit: 10 })).items.map(({ id }) => id),
    [event.id],
    'also within JSON',
  )
  assert.deepEqual(await telemetry.show(event.id), event)
  await assert.rejects(telemetry.show(EventId.parse('evt_zzz')), /no event evt_zzz/)

  // Pages, in both orders, without gaps.
  for (const order of ['newest', 'oldest'] as const) {
    const seen: number[] = []
    let before: string | undefined
    do {
      const page = await telemetry.search({ q: 'id:e*', limit: 7, before, order })
      seen.push(...page.items.map(({ time }) => time))
      before = page.next ?? undefined
    } while (before !== undefined)
    assert.equal(seen.length, 50)
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => (order === 'newest' ? b - a : a - b)),
    )
  }
  const day = { since: Date.UTC(2026, 2, 1), until: Date.UTC(2026, 2, 1, 1) }
  const { step, buckets } = await telemetry.histogram({ ...day, buckets: 6 })
  assert.deepEqual([step, buckets.map(({ count }) => count)], [600_000, [10, 10, 10, 10, 10, 0]])
  assert.deepEqual((await telemetry.facets({ ...day, q: '', fields: ['id', 'source', 'host'] }))[1], {
    field: 'source',
    values: [{ value: 'web', count: 50 }],
  })
  assert.equal(
    (await telemetry.search({ since: day.since, until: day.since + 60_000, limit: 10 })).items.length,
    1,
    'from since, before until',
  )
  await assert.rejects(
    telemetry.search({ before: 'x', limit: 1 }),
    (thrown) => asFault(thrown).code === 'INPUT_INVALID',
  )
  const health = telemetry.health()
  assert.deepEqual(
    health.map(({ name, kind, events, rejected }) => [name, kind, events, rejected]),
    [['web', 'http', 52, 1]],
  )
  assert.deepEqual(telemetry.spool(), { records: 0, bytes: 0, oldest: null, full: false })
})

test('a restart goes on: numbers grow, nothing is stored twice, files go on where they were', async (t) => {
  const here = await ground(t)
  const sources: SourceConfig[] = [{ kind: 'file', name: 'app', path: 'app.log' }]
  const kept: string[] = []
  const road: Road<string, readonly string[]> = {
    judge: (events) => events.filter(({ raw }) => raw.includes('needle')).map(({ id }) => id),
    keep: (found) => Promise.resolve(found),
    tell: (found) => void kept.push(...found),
  }
  writeFileSync(join(here.folder, 'app.log'), 'one\ntwo needle\n')
  for (let life = 1; life <= 3; life += 1) {
    const telemetry = await open(here, sources)
    if (life < 3) await telemetry.start(road, () => undefined)
    await telemetry.ingestNdjson(stream(line(life), '\n', line(life + 10, { word: 'needle' })), { source: 'posted' })
    const taken = (): number => telemetry.health().find(({ name }) => name === 'app')?.events ?? 0
    if (life === 2) writeFileSync(join(here.folder, 'app.log'), 'three\n', { flag: 'a' })
    const wanted = { 1: 2, 2: 1 }[life] ?? 0
    while (taken() < wanted) await new Promise((done) => setTimeout(done, 50))
    if (life === 1) await telemetry.settled()
    await telemetry.stop()
  }
  const last = await open(here, [])
  await last.start(road, () => undefined)
  await last.settled()
  const rows = await here.events.query<{ raw: string; n: number }>(
    'select raw, count() as n from events group by raw order by raw',
  )
  assert.ok(
    rows.every(({ n }) => n === 1),
    JSON.stringify(rows),
  )
  assert.deepEqual(
    rows.map(({ raw }) => raw).filter((raw) => !raw.startsWith('{')),
    ['one', 'three', 'two needle'],
  )
  assert.equal(rows.length, 9)
  assert.equal(new Set(kept).size, kept.length)
  assert.equal(kept.length, 4)
  await last.stop()
})

test('events stored by a run that could not save its position are not stored again', async (t) => {
  const here = await ground(t)
  const first = await open({
    ...here,
    state: { ...here.state, transaction: () => Promise.reject(new Error('cut off')) },
  })
  await first.start(emptyRoad, () => undefined)
  await first.ingestNdjson(stream(Array.from({ length: 700 }, (_, n) => line(n)).join('\n')), { source: 'x' })
  while ((await first.stored()) < 700) await new Promise((done) => setTimeout(done, 20))
  await first.stop()
  const second = await open(here)
  await second.ingestNdjson(stream(line(1_000)), { source: 'x' })
  await second.start(emptyRoad, () => undefined)
  await second.settled()
  assert.equal(await second.stored(), 701)
  await second.stop()
})

test('wild times: hundreds of days in one batch, and years that no calendar has', async (t) => {
  const here = await ground(t)
  const telemetry = await open(here)
  await telemetry.start(emptyRoad, () => undefined)
  const times = [
    ...Array.from({ length: 120 }, (_, n) => new Date(Date.UTC(2015, 0, n)).toISOString()),
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ]
  await telemetry.ingestNdjson(stream(times.map((time) => JSON.stringify({ time, a: 1 })).join('\n')), { source: 'x' })
  await telemetry.settled()
  assert.equal(await telemetry.stored(), 122)
  await telemetry.stop()
})

test('a full spool tells those who post how much was taken, and goes on when there is room', async (t) => {
  const here = await ground(t)
  const telemetry = await open(here, [], { ...limits, recordBytes: 1_048_576 })
  const big = `${JSON.stringify({ text: 'x'.repeat(900_000) })}\n`
  const taken = await telemetry.ingestNdjson(stream(...Array.from({ length: 40 }, () => big)), { source: 'x' })
  assert.equal(taken.full, true)
  assert.ok(taken.accepted > 10 && taken.accepted < 20, String(taken.accepted))
  assert.equal(telemetry.spool().full, true)
  await telemetry.start(emptyRoad, () => undefined)
  await telemetry.settled()
  const again = await telemetry.ingestNdjson(stream(big), { source: 'x' })
  assert.deepEqual([again.accepted, again.full], [1, false])
  await telemetry.settled()
  assert.equal(await telemetry.stored(), taken.accepted + 1)
  await telemetry.stop()
})

test('a stream that breaks off, and a name that belongs to another input, are refused', async (t) => {
  const here = await ground(t)
  const telemetry = await open(here, [{ kind: 'syslog-udp', name: 'udp', listen: '127.0.0.1:0' }])
  const broken = new Readable({ read: () => undefined })
  broken.push('{"a":1}\n')
  setTimeout(() => broken.destroy(new Error('gone')), 20)
  await assert.rejects(
    telemetry.ingestNdjson(broken, { source: 'x' }),
    (thrown) => asFault(thrown).code === 'UNREADABLE',
  )
  await assert.rejects(telemetry.ingestNdjson(stream('a'), { source: 'udp' }), /kind syslog-udp/)
  assert.equal(telemetry.hasSource('udp'), true)
  await telemetry.stop()
})

test('every operation answers as its schema says', async (t) => {
  const here = await ground(t)
  mkdirSync(join(here.folder, 'dashboards'))
  writeFileSync(
    join(here.folder, 'dashboards', 'telemetry.yaml'),
    "title: T\npanels:\n  - { title: A, kind: number, q: '| count' }\n",
  )
  const telemetry = await open(here)
  await telemetry.start(emptyRoad, () => undefined)
  await telemetry.ingestNdjson(stream(line(1), '\n', line(2)), { source: 'x' })
  await telemetry.settled()
  const call = { actor: systemActor, at: 0, signal: new AbortController().signal, progress: () => undefined }
  for (const operation of operations) {
    const answer = await operation.run(operation.input.parse(operation.example), telemetry, call)
    assert.deepEqual(operation.output.parse(answer), answer, operation.name)
  }
  await telemetry.stop()
})
