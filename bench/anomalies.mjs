// How good the detectors of anomalies are, and how fast: Fernhill's ordinary days with attacks among them, each alert held against what was injected.
// Usage: node bench/anomalies.mjs [--days 12] [--scale 0.3] [--seed 1] [--loose] [--list [detector]] [--json]   (after npm run build)
// `--otrf COUNT` folds real Windows events instead (OTRF Security-Datasets under CASTELLAN_DATA, ../shared/data when not set), with nothing to learn first.
// `--loose` measures with first guesses for the parameters instead of the standard ones. Learning days are not measured.
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'
import { factsOf } from '../dist/detection/anomaly/facts.js'
import { foldEvents } from '../dist/detection/anomaly/fold.js'
import { openDetectors } from '../dist/detection/anomaly/table.js'
import { organisationOf } from '../dist/exercise/index.js'
import { people } from '../dist/exercise/people.js'
import { parseRecord } from '../dist/telemetry/index.js'
import { loose } from './anomalies/loose.mjs'

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '12' },
    scale: { type: 'string', default: '0.3' },
    seed: { type: 'string', default: '1' },
    loose: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    otrf: { type: 'string' },
  },
  allowPositionals: true,
})
const day = 86_400_000
const [seed, scale, days] = [Number(values.seed), Number(values.scale), Number(values.days)]
const to = Date.UTC(2026, 10, 20, 20)
const learning = 7

/** Which steps each detector is there for; it may well find others, which count as true for precision. */
const meant = {
  'new-user-host': ['wandering'],
  'new-parent-process': ['new-service', 'implant-started'],
  'new-country': ['travel'],
  'new-binary': ['new-service', 'remote-service'],
  'new-admin-action': ['new-root', 'travel'],
  'new-persistence': ['run-key', 'new-service', 'remote-service'],
  'rare-for-peers': ['wandering', 'keys-found'],
  volume: ['guessing', 'upload', 'exfiltration-network'],
  beaconing: ['steady-beat'],
  'long-connection': ['long-connection'],
  'dns-tunnel': ['dns-tunnel'],
  'password-spraying': ['spraying'],
  'impossible-travel': ['travel'],
  'mass-files': ['mass-rename'],
  'off-hours-admin': ['night-admin'],
  'new-destination-volume': ['upload', 'exfiltration-network'],
}

const departments = new Map(
  people.flatMap((one) => [
    [one.id, one.team],
    [`adm-${one.id.charAt(0)}${one.id.split('.')[1]}`, 'it'],
  ]),
)
const singapore = { country: 'SG', latitude: '1.35', longitude: '103.82' }
const dublin = { country: 'IE', latitude: '53.35', longitude: '-6.26' }
/** What enrichment would say, from the roster and from where the documentation ranges are said to be. */
function enriched(event) {
  const facts = {}
  const department = departments.get(factsOf(event).user)
  if (department) facts['identity.department'] = department
  const place = event.src_ip?.startsWith('192.0.2.')
    ? singapore
    : event.src_ip?.startsWith('203.0.113.')
      ? dublin
      : undefined
  if (place) for (const [name, value] of Object.entries(place)) facts[`src.${name}`] = value
  if (event.dst_ip?.startsWith('203.0.113.')) facts['dst.asset'] = 'own'
  return facts
}

/** Real events: recordings of attacks, minutes each, one after another. What speaks without learning, and how fast. */
async function overRecordings(count) {
  const path = join(process.env.CASTELLAN_DATA ?? '../shared/data', 'detection/otrf-throughput/events.jsonl.br')
  if (!existsSync(path)) return console.log(`SKIPPED, no ${path}`)
  const eager = ['beaconing', 'password-spraying', 'mass-files', 'volume']
  const working = openDetectors(Object.fromEntries(eager.map((name) => [name, { learnDays: 0 }])))
  const received = Date.UTC(2026, 0, 1)
  const told = new Map()
  let [read, micros, some] = [0, 0, []]
  const step = () => {
    const began = process.cpuUsage()
    const anomalies = foldEvents(working, some, -1)
    for (const worker of working) worker.changes()
    const { user, system } = process.cpuUsage(began)
    micros += user + system
    for (const { worker, found } of anomalies) told.set(`${worker.detector.name} ${found.key}`, found.text)
    some = []
  }
  for await (const text of createInterface({ input: createReadStream(path).pipe(createBrotliDecompress()) })) {
    if (read >= count) break
    const parsed = parseRecord({ source: 'otrf', received, text })
    some.push({ ...parsed, id: `evt_${read}`, seq: read++, received, source: 'otrf', raw: '' })
    if (some.length >= 2000) step()
  }
  step()
  console.log(`${read} recorded events: ${told.size} alerts, ${(micros / read).toFixed(1)} µs of CPU an event`)
  for (const [key, text] of told) console.log(`${key}\n  ${text}`)
}
if (values.otrf) {
  await overRecordings(Number(values.otrf))
  process.exit(0)
}

const organisation = organisationOf('fernhill')
const steps = organisation.attackSteps({ seed, to, scenario: 'intrusions' })
/** By the number of the event: facts keep no text. */
const stepOfSeq = new Map()
const stepOf = new Map(steps.flatMap((step) => step.records.map((record) => [record.text, step.step])))
const workers = openDetectors(values.loose ? loose : {})
const from = to - days * day
const tally = new Map(
  workers.map(({ detector }) => [detector.name, { alerts: 0, right: 0, found: new Set(), time: 0 }]),
)
const hosts = new Set()
let [events, folding, writing, seq] = [0, 0, 0, 0]
let batch = []
const keys = new Set()
const listed = []
function fold() {
  const began = process.cpuUsage()
  const anomalies = foldEvents(workers, batch, -1)
  const between = process.cpuUsage(began)
  for (const worker of workers) worker.changes()
  const whole = process.cpuUsage(began)
  folding += between.user + between.system
  writing += whole.user + whole.system - between.user - between.system
  events += batch.length
  for (const { worker, found, event } of anomalies) {
    const { name } = worker.detector
    if (event.time < from + learning * day || keys.has(`${name} ${found.key}`)) continue
    keys.add(`${name} ${found.key}`)
    const one = tally.get(name)
    const step = stepOfSeq.get(event.seq)
    one.alerts++
    if (step) {
      one.right++
      one.found.add(step)
    }
    listed.push([name, step ?? 'FALSE', found.text])
  }
  batch = []
}
for (const record of organisation.records({ seed, from, to, scale, scenario: 'intrusions' })) {
  const parsed = parseRecord({ source: record.source, received: record.time, text: record.text })
  for (const one of Array.isArray(parsed) ? parsed : [parsed]) {
    if (one.host) hosts.add(factsOf({ ...one, received: record.time, source: record.source, seq }).host)
    const event = {
      ...one,
      id: `evt_${seq}`,
      seq: seq++,
      received: record.time,
      source: record.source,
      raw: record.text,
    }
    event.enriched = enriched(event)
    if (stepOf.has(record.text)) stepOfSeq.set(event.seq, stepOf.get(record.text))
    batch.push(event)
  }
  if (batch.length >= 2000) fold()
}
fold()

const measured = days - learning
const rows = [...tally]
  .filter(([name]) => meant[name])
  .map(([name, { alerts, right, found }]) => {
    const wanted = meant[name].filter((step) => steps.some((one) => one.step === step))
    const hit = wanted.filter((step) => found.has(step)).length
    return {
      detector: name,
      alerts,
      right,
      precision: alerts === 0 ? null : right / alerts,
      wanted: wanted.length,
      hit,
      perDay100: ((alerts - right) / measured / hosts.size) * 100,
      bytes: workers.find((worker) => worker.detector.name === name).view().bytes,
    }
  })
const [micros, write] = [folding / events, writing / events]
if (values.json) console.log(JSON.stringify({ events, hosts: hosts.size, micros, write, rows }, null, 1))
else {
  console.log(
    `${events} events of ${hosts.size} hosts in ${days} days (${learning} of learning), scale ${scale}, seed ${seed}, ${values.loose ? 'loose' : 'standard'} parameters`,
  )
  console.log(
    `${'detector'.padEnd(26)}alerts  right  precision  attacks found  false alerts a day per 100 hosts   memory`,
  )
  for (const row of rows)
    console.log(
      `${row.detector.padEnd(26)}${String(row.alerts).padStart(6)}${String(row.right).padStart(7)}${(row.precision === null ? '-' : `${Math.round(100 * row.precision)} %`).padStart(11)}${`${row.hit} of ${row.wanted}`.padStart(15)}${row.perDay100.toFixed(2).padStart(34)}${`${Math.round(row.bytes / 1000)} KB`.padStart(9)}`,
    )
  const sum = (name) => rows.reduce((total, row) => total + row[name], 0)
  console.log(
    `${'all'.padEnd(26)}${String(sum('alerts')).padStart(6)}${String(sum('right')).padStart(7)}${`${Math.round((100 * sum('right')) / Math.max(1, sum('alerts')))} %`.padStart(11)}${`${sum('hit')} of ${sum('wanted')}`.padStart(15)}${sum('perDay100').toFixed(2).padStart(34)}`,
  )
  console.log(
    `all detectors and profiles: ${(micros + write).toFixed(1)} µs of CPU an event: folding ${micros.toFixed(1)}, writing down what changed in batches of 2,000 ${write.toFixed(1)} (bar: 15)`,
  )
}
if (values.list) for (const [name, step, text] of listed) console.log(`${name}\t${step}\t${text}`)
