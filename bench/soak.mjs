// Claim: at 5,000 events a second over HTTP for an hour, memory is flat and everything sent is stored. Real Windows events, each with a time and an id of
// its own (bench/otrf.mjs). Memory is looked at each minute; after a tenth of the time, at least two minutes, its slope may be at most 2 MiB a minute.
// Run after npm run build: node bench/soak.mjs [--minutes 60] [--rate 5000]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openHouse, sendFile, watch } from './house.mjs'
import { hasCorpus } from './otrf.mjs'

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, rate: { type: 'string', default: '5000' } },
})
const [minutes, rate] = [Number(values.minutes), Number(values.rate)]
const mostSlope = 2
const mebibyte = 1_048_576
if (!hasCorpus()) throw new Error('no corpus; set CASTELLAN_DATA')

/** Least squares: MiB a minute. */
function slopeOf(points) {
  const mean = (list) => list.reduce((sum, one) => sum + one, 0) / list.length
  const [x, y] = [mean(points.map(({ minute }) => minute)), mean(points.map(({ mib }) => mib))]
  const over = points.reduce((sum, { minute, mib }) => sum + (minute - x) * (mib - y), 0)
  return (
    over /
    Math.max(
      1e-9,
      points.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0),
    )
  )
}

const folder = mkdtempSync(join(tmpdir(), 'castellan-soak-'))
let house
try {
  // A minute's worth of events, sent as often as there are minutes; what an hour of them takes on the disk is not the point here.
  const perMinute = rate * 60
  const file = join(folder, 'minute.ndjson')
  const writer = join(import.meta.dirname, 'otrf.mjs')
  execFileSync(process.execPath, [writer, '--write', file, String(perMinute), String(1_000 / rate)])
  house = await openHouse(folder)
  const stop = watch()
  const points = []
  let acknowledged = 0
  for (let minute = 1; minute <= minutes; minute += 1) {
    const began = performance.now()
    const { accepted } = await sendFile(house, file, rate)
    acknowledged += accepted
    await sleep(Math.max(0, 60_000 - (performance.now() - began)))
    const { spool, dropped } = await house.ask('source.list')
    const point = {
      minute,
      mib: Math.round(process.memoryUsage.rss() / mebibyte),
      waiting: spool.records,
      dropped,
      acknowledged,
    }
    points.push(point)
    console.log(JSON.stringify(point))
  }
  while ((await house.ask('source.list')).spool.records > 0) await sleep(200)
  const watched = stop()
  const { scanned: stored } = await house.ask('event.search', { limit: 1 })
  const steady = points.slice(Math.max(2, Math.floor(minutes / 10)))
  const slope = steady.length < 2 ? 0 : slopeOf(steady)
  const sent = perMinute * minutes
  console.log(
    JSON.stringify(
      {
        machine: `${cpus()[0]?.model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(1)}, Node ${process.version}`,
        megabytesSent: Math.round((statSync(file).size * minutes) / 1e6),
        sent,
        acknowledged,
        stored,
        mostMiB: watched.mostMiB,
        slopeMiBAMinute: +slope.toFixed(2),
        processorsUsed: +(watched.processor / 1e6 / (minutes * 60)).toFixed(2),
        p99HoldMilliseconds: watched.p99HoldMilliseconds,
      },
      null,
      2,
    ),
  )
  process.exitCode = sent === acknowledged && acknowledged === stored && slope <= mostSlope ? 0 : 1
} finally {
  await house?.close()
  rmSync(folder, { recursive: true, force: true })
}
