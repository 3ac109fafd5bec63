// Claim: a million indicators are read in under ten seconds, take less than 150 MiB, and cost an event less than five microseconds.
// The indicators are made up (addresses, names, URLs, hashes in equal parts); the events are a day of Fernhill Health. A Map of texts is
// filled beside it in the same run, for comparison. Run after npm run build: node --expose-gc bench/intelligence.mjs [MILLIONS]
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { AllowLists } from '../dist/enrichment/allow.js'
import { intelligenceEnricher } from '../dist/enrichment/intelligence/intelligence.js'
import { readFeeds } from '../dist/enrichment/intelligence/feeds.io.js'
import { organisationOf } from '../dist/exercise/index.js'
import { parseRecord } from '../dist/telemetry/index.js'

const millions = Number(process.argv[2] ?? 1)
const count = millions * 1_000_000
const expected = { readSeconds: 10 * millions, mebibytes: 150 * millions, microsecondsPerEvent: 5 }
const settle = () => globalThis.gc?.()
const used = () => {
  settle()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 2 ** 20
}
/** The same texts each run; no generator of random numbers is needed for that. */
const mixed = (at) => (Math.imul(at, 2_654_435_761) ^ 0x5bd1e995) >>> 0
const hex = (at) => mixed(at).toString(16).padStart(8, '0')
const makers = [
  (at) => `${100 + (at % 90)}.${mixed(at) & 255}.${(mixed(at) >>> 8) & 255}.${(mixed(at) >>> 16) & 255}`,
  (at) => `host-${hex(at)}.bad-${at % 1000}.example`,
  (at) => `http://site-${hex(at)}.example/${hex(at + 1)}/gate.php`,
  (at) => hex(at) + hex(at + 1) + hex(at + 2) + hex(at + 3) + hex(at + 4) + hex(at + 5) + hex(at + 6) + hex(at + 7),
]

const folder = mkdtempSync(join(tmpdir(), 'castellan-bench-'))
try {
  const file = createWriteStream(join(folder, 'feed.txt'))
  for (let at = 0; at < count; at += 1) if (!file.write(`${makers[at & 3](at)}\n`)) await once(file, 'drain')
  file.end()
  await once(file, 'close')
  const to = Date.UTC(2026, 2, 2, 17)
  const events = [...organisationOf('fernhill').records({ seed: 1, from: to - 3_600_000 * 3, to })].map((record) =>
    parseRecord({ ...record, received: to }),
  )
  const before = used()
  let began = performance.now()
  const { indicators, feeds } = await readFeeds({ workspace: folder, paths: [folder], lasts: 86_400_000 * 90 })
  const readSeconds = (performance.now() - began) / 1000
  const mebibytes = Math.round(used() - before)
  const tables = { indicators, allow: new AllowLists() }
  const enricher = intelligenceEnricher(() => tables)
  let met = 0
  const passes = 5
  began = performance.now()
  for (let pass = 0; pass < passes; pass += 1)
    for (const event of events) {
      const facts = {}
      enricher.add(event, undefined, facts)
      if (facts['intel.indicator'] !== undefined) met += 1
    }
  const microsecondsPerEvent = ((performance.now() - began) * 1000) / (events.length * passes)
  const beforeMap = used()
  const map = new Map()
  for (let at = 0; at < count; at += 1) map.set(makers[at & 3](at), at)
  const mapMebibytes = Math.round(used() - beforeMap)
  const result = {
    machine: `${cpus()[0]?.model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(1)}, Node ${process.version}`,
    indicators: indicators.size,
    unread: feeds[0]?.unread,
    readSeconds: Number(readSeconds.toFixed(1)),
    mebibytes,
    aMapOfTheTexts: { mebibytes: mapMebibytes, entries: map.size },
    events: events.length,
    met,
    microsecondsPerEvent: Number(microsecondsPerEvent.toFixed(2)),
    expected,
  }
  console.log(JSON.stringify(result, null, 2))
  process.exitCode =
    readSeconds <= expected.readSeconds &&
    mebibytes <= expected.mebibytes &&
    microsecondsPerEvent <= expected.microsecondsPerEvent
      ? 0
      : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
