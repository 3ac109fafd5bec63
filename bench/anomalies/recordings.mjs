// The detectors of anomalies on real recordings that have a label: RITA's Zeek logs, OTRF's attacks on Windows (each after all the others), EVTX of password spraying.
// Usage: node bench/anomalies/recordings.mjs [--list]   (after npm run build). Data under CASTELLAN_DATA (../shared/data when not set); what is absent is left out visibly.
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createGunzip } from 'node:zlib'
import { factsOf } from '../../dist/detection/anomaly/facts.js'
import { foldEvents } from '../../dist/detection/anomaly/fold.js'
import { openDetectors } from '../../dist/detection/anomaly/table.js'
import { parseRecord, readEventFiles } from '../../dist/telemetry/index.js'

const { values } = parseArgs({ options: { list: { type: 'boolean', default: false } } })
const data = process.env.CASTELLAN_DATA ?? '../shared/data'
const [day, hour] = [864e5, 36e5]
const begin = Date.UTC(2026, 5, 1)

async function eventsIn(path) {
  const all = []
  for await (const { events } of readEventFiles([path], { recordBytes: 4_000_000, batchEvents: 5_000 }))
    all.push(...events)
  return all
}
/** At nine on a day of our own, as far from each other as they were. */
function onDay(events, number) {
  const first = Math.min(...events.map(({ time }) => time))
  return events
    .map((event) => ({ ...event, time: begin + number * day + 9 * hour + Math.min(event.time - first, 12 * hour) }))
    .sort((a, b) => a.time - b.time)
}
const numbered = (events) =>
  events.map((event, seq) => ({ ...event, received: event.time, source: 'recording', raw: '', seq, id: `evt_${seq}` }))
const say = (told) => {
  if (values.list) for (const { worker, found } of told) console.log(`    ${worker.detector.name}: ${found.text}`)
}
const once = (told) => [...new Map(told.map((one) => [`${one.worker.detector.name} ${one.found.key}`, one])).values()]

async function zeek() {
  const folder = join(data, 'network/rita-zeek/proxy_rolling')
  if (!existsSync(folder)) return console.log(`SKIPPED, no ${folder}`)
  const events = []
  for (const file of readdirSync(folder)) {
    let names = []
    for await (const line of createInterface({ input: createReadStream(join(folder, file)).pipe(createGunzip()) })) {
      if (line.startsWith('#fields')) names = line.split('\t').slice(1)
      if (line.startsWith('#')) continue
      const cells = line.split('\t')
      const record = { _path: file.split('.')[0] }
      names.forEach((name, at) => {
        const cell = cells[at]
        if (cell !== undefined && cell !== '-' && cell !== '(empty)')
          record[name] = /^(?:ts|duration|.*bytes|.*_p|.*pkts)$/.test(name) ? Number(cell) : cell
      })
      events.push(parseRecord({ source: 'zeek', received: Date.UTC(2030, 0), text: JSON.stringify(record) }))
    }
  }
  events.sort((a, b) => a.time - b.time)
  const machines = new Set(
    events.map(({ src_ip }) => src_ip).filter((address) => /^(?:10|192\.168|172)\./.test(address ?? '')),
  )
  const span = (events.at(-1).time - events[0].time) / hour
  const told = once(foldEvents(openDetectors(), numbered(events), -1))
  const two = once(foldEvents(openDetectors({ beaconing: { learnDays: 0, hours: 2 } }), numbered(events), -1))
  console.log(
    `RITA: ${events.length} events of ${machines.size} machines in ${span.toFixed(1)} hours: ${told.length} alerts; with beaconing: { learnDays: 0, hours: 2 } ${two.length}`,
  )
  say(two)
}

const tactics = {
  TA0001: 'initial-access',
  TA0002: 'execution',
  TA0003: 'persistence',
  TA0004: 'privilege-escalation',
  TA0005: 'defense-evasion',
  TA0006: 'credential-access',
  TA0007: 'discovery',
  TA0008: 'lateral-movement',
  TA0009: 'collection',
  TA0010: 'exfiltration',
  TA0011: 'command-and-control',
  TA0040: 'impact',
}
async function attacks() {
  const folder = join(data, 'detection/otrf-security-datasets')
  if (!existsSync(folder)) return console.log(`SKIPPED, no ${folder}`)
  const sets = []
  for (const { files = [], attack_mappings: labels } of JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')))
    for (const file of files.filter((name) => name.startsWith('atomic/windows/') && name.endsWith('.json')))
      sets.push({ file, labels: labels ?? [], events: await eventsIn(join(folder, file)) })
  let [found, alerts, fitting, labelled] = [0, 0, 0, 0]
  for (const one of sets) {
    const before = sets.filter((other) => other !== one).flatMap(({ events }, at) => onDay(events, at))
    const all = numbered([...before, ...onDay(one.events, sets.length - 1)])
    const told = once(foldEvents(openDetectors(), all, -1)).filter(({ event }) => event.seq >= before.length)
    const asked = new Set(
      one.labels.flatMap(({ technique, tactics: of }) => [technique, ...(of ?? []).map((id) => tactics[id])]),
    )
    const fits = told.filter(({ worker: { detector } }) =>
      [...detector.techniques.map((id) => id.split('.')[0]), ...detector.tactics].some((id) => asked.has(id)),
    )
    alerts += told.length
    fitting += fits.length
    if (asked.size > 0) labelled++
    if (fits.length > 0) found++
    console.log(
      `  ${one.file.split('/').at(-1)} (${[...asked].join(' ')}): ${told.length} alerts, ${fits.length} fit: ${[...new Set(told.map(({ worker }) => worker.detector.name))].join(' ')}`,
    )
    say(told)
  }
  const hosts = new Set(
    sets.flatMap(({ events }) => events.map(({ host }) => factsOf({ ...numbered([{ ...events[0], host }])[0] }).host)),
  )
  console.log(
    `OTRF: ${labelled} labelled recordings of ${sets.length}, ${hosts.size} machines: ${found} found by a detector of a fitting technique or tactic; ${alerts} alerts, ${fitting} fit`,
  )
}

async function sprays() {
  const folder = join(data, 'detection')
  const files = ['evtx-deepblue-yamato', 'evtx-attack-samples', 'evtx-to-mitre-attack']
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .flatMap((path) => readdirSync(path, { recursive: true }).map((name) => join(path, String(name))))
    .filter((path) => /spray|brute|guess/i.test(path) && path.endsWith('.evtx'))
  if (files.length === 0) return console.log(`SKIPPED, no EVTX of spraying under ${folder}`)
  for (const file of files) {
    const events = onDay(await eventsIn(file), 3)
    const failed = events.filter(({ class_uid, outcome }) => class_uid === 3002 && outcome === 'failure')
    const names = new Set(events.flatMap(({ user, target_user }) => [user, target_user]).filter(Boolean))
    const known = [...names].map((user, at) => ({
      ...events[0],
      class_uid: 3002,
      activity_id: 1,
      activity: 'login accepted',
      outcome: 'success',
      user,
      target_user: undefined,
      time: begin + at,
    }))
    const detectorsOf = (all) =>
      [...new Set(once(foldEvents(openDetectors(), numbered(all), -1)).map(({ worker }) => worker.detector.name))].join(
        ' ',
      ) || 'nothing'
    console.log(
      `  ${file.split('/').at(-1)}: ${events.length} events, ${failed.length} failed logins: cold: ${detectorsOf(events)}; accounts seen two days before: ${detectorsOf([...known, ...events])}`,
    )
  }
}

await zeek()
await attacks()
await sprays()
