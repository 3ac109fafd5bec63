// The event store pulled away while events arrive, and given back: everything acknowledged is stored, once, and the wait is shown.
import assert from 'node:assert/strict'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { seededRandom } from '#kernel'
import { createLog, createMetrics, openEvents, systemClock } from '#platform'
import { clickhouseStandIn, temporaryEvents, temporaryFolder, temporaryState } from '#testkit'
import { migrations } from './positions.ts'
import { emptyRoad } from './road.ts'
import { eventMigrations } from './schema.ts'
import { openTelemetry } from './telemetry.ts'

const limits = {
  recordBytes: 2_048,
  batchEvents: 500,
  spoolBytes: 16_777_216,
  queryMilliseconds: 30_000,
  queryRows: 10_000,
}
const lines = (from: number, count: number) =>
  Readable.from(Array.from({ length: count }, (_, n) => Buffer.from(`${JSON.stringify({ id: `e${from + n}` })}\n`)))

test('a store that goes away and comes back costs time, not events', async (t) => {
  const engine = await temporaryEvents(t, { queryMilliseconds: 600_000, queryRows: 1e6 })
  const first = await clickhouseStandIn(engine)
  const events = await openEvents({ url: first.url, folder: '', limits })
  const [folder, state] = [temporaryFolder(t), await temporaryState(t)]
  await state.migrate(migrations)
  await events.migrate(eventMigrations())
  const telemetry = await openTelemetry({
    config: { sources: [{ kind: 'http', name: 'web' }], limits, watchHost: false },
    workspace: folder,
    folder,
    state,
    events,
    clock: systemClock,
    random: seededRandom(3),
    log: createLog({ level: 'silent' }),
    metrics: createMetrics(),
    hostTexts: async function* () {},
    exerciseRecords: () => [],
  })
  await telemetry.start(emptyRoad, () => undefined)
  const sending = async (from: number) => (await telemetry.ingestNdjson(lines(from, 2_000), { source: 'web' })).accepted
  let acknowledged = await sending(0)
  await telemetry.settled()
  // In the middle of its work: batches are on their way when it goes.
  acknowledged += await sending(2_000)
  await first.close()
  acknowledged += await sending(4_000)
  for (let tries = 0; telemetry.health()[0]?.state !== 'waiting' && tries < 200; tries += 1) await sleep(50)
  assert.match(telemetry.health()[0]?.detail ?? '', /events wait in the spool: event store/)
  assert.ok(telemetry.spool().records > 0)
  const again = await clickhouseStandIn(engine, Number(new URL(first.url).port))
  await telemetry.settled()
  const [counted] = await engine.query<{ n: number; distinct: number }>(
    'select count() as n, uniqExact(seq) as distinct from events',
  )
  t.diagnostic(`acknowledged ${acknowledged}, stored ${counted?.n}, of these different ${counted?.distinct}`)
  assert.deepEqual([acknowledged, counted?.n, counted?.distinct], [6_000, 6_000, 6_000])
  assert.equal(telemetry.health()[0]?.state, 'running')
  await telemetry.stop()
  await events.close()
  await again.close()
})
