// How many events a second take OCSF's form, and how many are checked, on one thread. Usage: node bench/normalise.mjs [PATH…]   (after npm run build)
// Without a path: two hours of Fernhill. Time is processor time of this process, so a busy machine counts less.
import { checkOcsf, normalise, parseRecord, readEventFiles } from '../dist/telemetry/index.js'
import { organisations } from '../dist/exercise/index.js'

async function eventsOf(paths) {
  const all = []
  for await (const { events } of readEventFiles(paths, { recordBytes: 1_048_576, batchEvents: 1_000 }))
    all.push(...events)
  return all
}
function fernhill() {
  const to = Date.UTC(2026, 2, 3, 14)
  return [...organisations.fernhill.records({ seed: 7, from: to - 2 * 3_600_000, to })].map(({ text, source }) => ({
    ...parseRecord({ source, received: to, text }),
    raw: text,
  }))
}
const paths = process.argv.slice(2)
const events = paths.length > 0 ? await eventsOf(paths) : fernhill()
if (events.length === 0) throw new Error('no events to measure with')

/** Events a second of the best of five rounds; each lasts at least 20,000 events. */
function rate(work) {
  const times = Math.ceil(20_000 / events.length)
  const rounds = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage()
    for (let n = 0; n < times; n++) for (const event of events) work(event)
    const { user, system } = process.cpuUsage(before)
    return (times * events.length * 1_000_000) / (user + system)
  })
  return Math.round(Math.max(...rounds)).toLocaleString('en')
}
console.log(`${events.length.toLocaleString('en')} events`)
console.log(`normalise            ${rate(normalise)} a second of processor time`)
console.log(`normalise and check  ${rate((event) => checkOcsf(normalise(event)))} a second of processor time`)
