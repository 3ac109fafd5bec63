// Claim: the road from the spool to the event store (parse, place, write, insert, save the position) carries 20,000 events a second on two
// processors, and holds the event loop no longer than 50 ms at a time. Events are a day of Fernhill Health, three times over; no rules run.
// Run after npm run build: node bench/ingest.mjs
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { organisationOf } from '../dist/exercise/index.js'
import { createLog, createMetrics, openEvents, openState, systemClock, systemRandom } from '../dist/platform/index.js'
import { emptyRoad, eventMigrations, migrations, openTelemetry } from '../dist/telemetry/index.js'

const expected = { perSecond: 20_000, holdMilliseconds: 50 }
const limits = {
  recordBytes: 1_048_576,
  batchEvents: 20_000,
  spoolBytes: 2 ** 31,
  queryMilliseconds: 30_000,
  queryRows: 10_000,
}
const to = Date.UTC(2026, 2, 2, 17)
const resolution = 5

const folder = mkdtempSync(join(tmpdir(), 'castellan-bench-'))
const events = await openEvents({ url: '', folder: join(folder, 'events'), limits })
const state = await openState({ url: '', folder })
try {
  await events.migrate(eventMigrations())
  await state.migrate(migrations)
  const telemetry = await openTelemetry({
    config: { sources: [], watchHost: false, limits },
    workspace: folder,
    folder,
    state,
    events,
    clock: systemClock,
    random: systemRandom,
    log: createLog({ level: 'warn' }),
    metrics: createMetrics(),
    hostTexts: async function* () {},
    exerciseRecords: () => [],
  })
  const day = [...organisationOf('fernhill').records({ seed: 1, from: to - 86_400_000, to })]
  const count = day.length * 3
  let began = performance.now()
  for (let from = 0; from < count; from += 1_000)
    await telemetry.append(
      Array.from({ length: Math.min(1_000, count - from) }, (_, n) => day[(from + n) % day.length]),
    )
  const spooling = performance.now() - began
  const { bytes } = telemetry.spool()
  const holds = monitorEventLoopDelay({ resolution })
  const before = process.cpuUsage()
  holds.enable()
  began = performance.now()
  await telemetry.start(emptyRoad, () => undefined)
  await telemetry.settled()
  const seconds = (performance.now() - began) / 1000
  holds.disable()
  const used = process.cpuUsage(before)
  const stored = await telemetry.stored()
  await telemetry.stop()
  const result = {
    machine: `${cpus()[0]?.model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(1)}, Node ${process.version}`,
    events: count,
    bytesPerEvent: Math.round(bytes / count),
    spooledPerSecond: Math.round((count / spooling) * 1000),
    perSecond: Math.round(count / seconds),
    processorMicrosecondsPerEvent: Math.round((used.user + used.system) / count),
    longestHoldMilliseconds: Math.round(holds.max / 1e6 - resolution),
    p999HoldMilliseconds: Math.round(holds.percentile(99.9) / 1e6 - resolution),
    expected,
  }
  console.log(JSON.stringify(result, null, 2))
  process.exitCode =
    stored === count &&
    result.perSecond >= expected.perSecond &&
    result.longestHoldMilliseconds <= expected.holdMilliseconds
      ? 0
      : 1
} finally {
  await state.close()
  await events.close()
  rmSync(folder, { recursive: true, force: true })
}
