// What detectors of anomalies and the list of fields seen cost an event, and a digest of every alert and of all that is written down, to hold two builds against each other.
// Usage: node bench/anomalies-cost.mjs [--events 100000] [--batch 2000] [--eager]   (after npm run build)
// Windows: OTRF Security-Datasets and network: RITA's Zeek logs, both under CASTELLAN_DATA (../shared/data when not set), each left out visibly when absent; an
// organisation: days of Fernhill Health. `folding` is facts and detectors, `writing` the JSON of what changed, `kept` both through SQLite, in a transaction a batch.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { openAnomalies } from '../dist/detection/anomaly/anomalies.js'
import { factsOf } from '../dist/detection/anomaly/facts.js'
import { foldFacts } from '../dist/detection/anomaly/fold.js'
import { openDetectors } from '../dist/detection/anomaly/table.js'
import { migrations } from '../dist/detection/migrations.js'
import { Seen } from '../dist/detection/seen/seen.js'
import { organisationOf } from '../dist/exercise/index.js'
import { openState } from '../dist/platform/index.js'
import { parseRecord } from '../dist/telemetry/index.js'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    batch: { type: 'string', default: '2000' },
    eager: { type: 'boolean', default: false },
  },
})
const [most, size] = [Number(values.events), Number(values.batch)]
const data = process.env.CASTELLAN_DATA ?? '../shared/data'
const received = Date.UTC(2030, 0, 1)

/** An event as the consumer of telemetry makes it: all of one shape, which matters for speed. */
const eventOf = (one, { time = received, source }, seq) => ({
  id: `evt_${seq}`,
  seq,
  received: time,
  source,
  asset: undefined,
  enriched: undefined,
  raw: '',
  time: one.time,
  timeGuessed: one.timeGuessed ?? false,
  parser: one.parser,
  logsource: one.logsource,
  class_uid: one.class_uid,
  activity_id: one.activity_id,
  activity: one.activity,
  severity_id: one.severity_id,
  outcome: one.outcome,
  host: one.host,
  user: one.user,
  target_user: one.target_user,
  src_ip: one.src_ip,
  src_port: one.src_port,
  src_host: one.src_host,
  dst_ip: one.dst_ip,
  dst_port: one.dst_port,
  dst_host: one.dst_host,
  domain: one.domain,
  url: one.url,
  process: one.process,
  process_uid: one.process_uid,
  parent_process: one.parent_process,
  parent_process_uid: one.parent_process_uid,
  command_line: one.command_line,
  file: one.file,
  message: one.message,
  fields: one.fields,
  parse_error: one.parse_error,
})

/** Records in batches, each parsed when its turn comes and let go after it. */
function* batchesOf(records) {
  for (let at = 0; at < records.length; at += size)
    yield records
      .slice(at, at + size)
      .map((record, n) =>
        eventOf(
          parseRecord({ source: record.source, received: record.time ?? received, text: record.text }),
          record,
          at + n,
        ),
      )
}
async function linesOf(path, through, source) {
  const records = []
  const input = through ? createReadStream(path).pipe(through) : createReadStream(path)
  for await (const text of createInterface({ input })) {
    if (records.length >= most) break
    records.push({ source, text })
  }
  return records
}
/** Zeek's own lines need their head: as JSON they carry their names with them. */
function* zeekRecords(lines, path) {
  let names = []
  for (const { text } of lines) {
    if (text.startsWith('#fields')) names = text.split('\t').slice(1)
    if (text.startsWith('#')) continue
    const cells = text.split('\t')
    const record = { _path: path }
    names.forEach((name, at) => {
      const cell = cells[at]
      if (cell !== undefined && cell !== '-' && cell !== '(empty)')
        record[name] = /^(?:ts|duration|.*bytes|.*_p|.*pkts)$/.test(name) ? Number(cell) : cell
    })
    yield { source: 'zeek', text: JSON.stringify(record), time: received }
  }
}
async function windowsEvents() {
  const path = join(data, 'detection/otrf-throughput/events.jsonl.br')
  if (!existsSync(path)) return console.log(`SKIPPED windows: no ${path}`)
  return linesOf(path, createBrotliDecompress(), 'otrf')
}
async function networkEvents() {
  const folder = join(data, 'network/rita-zeek/proxy_rolling')
  if (!existsSync(folder)) return console.log(`SKIPPED network: no ${folder}`)
  const records = []
  for (const file of readdirSync(folder).sort((a, b) => a.slice(-21).localeCompare(b.slice(-21))))
    for (const record of zeekRecords(await linesOf(join(folder, file), createGunzip(), 'zeek'), file.split('.')[0]))
      records.push(record)
  return records.slice(0, most)
}
const organisationEvents = () => {
  const to = Date.UTC(2026, 10, 20, 20)
  const records = []
  for (const record of organisationOf('fernhill').records({ seed: 1, from: to - 12 * 86_400_000, to, scale: 0.3 })) {
    if (records.length >= most) break
    records.push(record)
  }
  return records
}

const micros = (began) => {
  const { user, system } = process.cpuUsage(began)
  return user + system
}

/** Everything speaks at once, and of little: for differentials. */
const eager = {
  ...Object.fromEntries(openDetectors().map(({ detector }) => [detector.name, { learnDays: 0, bytes: 400_000 }])),
  'new-user-host': { learnDays: 0, seenDays: 0 },
  'new-binary': { learnDays: 0, seenDays: 0 },
  'new-parent-process': { learnDays: 0, seenDays: 0 },
  'new-admin-action': { learnDays: 0, seenDays: 0 },
  beaconing: { learnDays: 0, connections: 4, hours: 1, score: 0.3, beat: 0 },
  'mass-files': { learnDays: 0, files: 5 },
  volume: { learnDays: 0, events: 20, times: 1, over: 1, bytes: 60_000 },
  'dns-tunnel': { learnDays: 0, names: 2, length: 1, entropy: 0 },
  'new-destination-volume': { learnDays: 0, megabytes: 0 },
  'long-connection': { learnDays: 0, hours: 0 },
}

function inMemory(events) {
  const workers = openDetectors(values.eager ? eager : {})
  const seen = new Seen()
  const [alerts, written] = [createHash('sha256'), createHash('sha256')]
  const spent = { folding: 0, writing: 0, seen: 0, alerts: 0 }
  for (const batch of batchesOf(events)) {
    let began = process.cpuUsage()
    const found = foldFacts(workers, batch.map(factsOf), -1)
    spent.folding += micros(began)
    began = process.cpuUsage()
    const changes = workers.map((worker) => worker.changes())
    spent.writing += micros(began)
    began = process.cpuUsage()
    seen.learn(seen.changesOf(batch))
    spent.seen += micros(began)
    spent.alerts += found.length
    for (const { worker, found: one, event } of found)
      alerts.update(JSON.stringify([worker.detector.name, event.id, one]))
    for (const { groups } of changes)
      for (const { key, body } of [...groups].sort((a, b) => (a.key < b.key ? -1 : 1))) written.update(`${key}${body}`)
  }
  return { ...spent, digest: `${alerts.digest('hex').slice(0, 12)} ${written.digest('hex').slice(0, 12)}` }
}

async function throughSqlite(events) {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-bench-'))
  const state = await openState({ url: '', folder })
  await state.migrate(migrations)
  const anomalies = await openAnomalies({ state, clock: { now: () => received } })
  let spent = 0
  for (const batch of batchesOf(events)) {
    const began = process.cpuUsage()
    await state.transaction(() => anomalies.keep(anomalies.observe(batch)))
    anomalies.committed()
    spent += micros(began)
  }
  await state.close()
  rmSync(folder, { recursive: true })
  return spent
}

const corpora = { windows: windowsEvents, network: networkEvents, organisation: organisationEvents }
for (const [name, make] of Object.entries(corpora)) {
  const events = await make()
  if (!events) continue
  inMemory(events.slice(0, 10_000))
  const best = [1, 2, 3].map(() => inMemory(events)).sort((a, b) => a.folding + a.writing - b.folding - b.writing)[0]
  const kept = await throughSqlite(events)
  const each = (spent) => (spent / events.length).toFixed(2)
  console.log(
    `${name.padEnd(13)}${String(events.length).padStart(7)} events, batches of ${size}: folding ${each(best.folding)} + writing ${each(best.writing)} = ${each(best.folding + best.writing)} µs an event; kept in SQLite ${each(kept)}; fields seen ${each(best.seen)}; ${best.alerts} alerts, digest ${best.digest}`,
  )
}
