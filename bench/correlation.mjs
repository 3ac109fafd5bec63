// How fast correlations are folded, by type, and what their state takes. One core; matching not included, putting in order by event time included.
// Usage: node bench/correlation.mjs [--events N]   (after npm run build)
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { Fold } from '../dist/detection/correlation/fold.js'
import { staged } from '../dist/detection/correlation/scene.js'

const { values } = parseArgs({ options: { events: { type: 'string', default: '400000' } } })
const most = Number(values.events)
const distinct = 1_800
const batchSize = 2_000
const groups = 100
/** Milliseconds: events come up to this much out of order. */
const lateness = 15_000
const begun = Date.UTC(2026, 2, 2)

const rule = (text) => `title: T\nid: t\ncorrelation: { ${text} }\n`
const window = 'group-by: [host], timespan: 10m'
const types = {
  event_count: rule(`type: event_count, rules: [a], ${window}, condition: { gte: 100 }`),
  value_count: rule(`type: value_count, rules: [a], ${window}, condition: { field: user, gte: ${distinct + 1} }`),
  'value_count, one group': rule(
    `type: value_count, rules: [a], timespan: 10m, condition: { field: user, gte: ${distinct + 1} }`,
  ),
  temporal: rule(`type: temporal, rules: [a, b, c], ${window}`),
  'a and not b': rule(`type: temporal, rules: [a, b], ${window}, condition: a and not b`),
  temporal_ordered: rule(`type: temporal_ordered, rules: [a, b, c], ${window}`),
  value_sum: rule(`type: value_sum, rules: [a], ${window}, condition: { field: size, gte: 1.0e+12 }`),
  value_avg: rule(`type: value_avg, rules: [a], ${window}, condition: { field: size, gte: 1.0e+12 }`),
  value_median: rule(`type: value_median, rules: [a], ${window}, condition: { field: size, gte: 1.0e+12 }`),
  'event_count, few': rule(`type: event_count, rules: [a], ${window}, condition: { lte: 1 }`),
}

let seed = 1
const random = () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 4_294_967_296
}
const facts = {
  source: 's',
  activity: 'a',
  message: 'm',
  host: 'h',
  user: 'u',
  asset: '',
  processes: [],
  addresses: [],
}

/** Items as matches give them, one a millisecond, each as late as chance has it. */
function itemsFor(correlation) {
  const parts = correlation.parts.length
  const arriving = Array.from({ length: most }, (_, at) => ({ at, arrives: at + random() * lateness }))
  arriving.sort((a, b) => a.arrives - b.arrives)
  return arriving.map(({ at }) => {
    const group = correlation.groupBy.length === 0 ? [] : [`host${at % groups}`]
    const value =
      correlation.type === 'value_count' ? `user${Math.floor(random() * distinct)}` : Math.floor(random() * 1000)
    return {
      correlation: correlation.id,
      key: JSON.stringify(group),
      group,
      entry: { time: begun + at, event: `evt_${at}`, part: Math.floor(random() * parts), value, facts },
    }
  })
}

console.log(
  `${cpus()[0]?.model ?? 'unknown'}, load ${loadavg()[0]?.toFixed(1)}; ${most.toLocaleString('en')} matches a type, up to ${lateness / 1000} s out of order, batches of ${batchSize}`,
)
for (const [name, text] of Object.entries(types)) {
  const { correlations, compiled } = staged(text)
  if (compiled.some(({ ok }) => !ok)) throw new Error(JSON.stringify(compiled))
  const items = itemsFor(correlations[0])
  const fold = new Fold(correlations, { bytes: 1e9 })
  let seen = -Infinity
  let found = 0
  const [start, before] = [performance.now(), process.cpuUsage()]
  for (let at = 0; at < items.length; at += batchSize) {
    const batch = items.slice(at, at + batchSize)
    for (const { entry } of batch) seen = Math.max(seen, entry.time)
    found += fold.take(batch).length + fold.advance(seen - lateness).length
  }
  const seconds = (performance.now() - start) / 1000
  const used = process.cpuUsage(before)
  const cpu = (used.user + used.system) / 1e6
  const { groups: count, bytes } = fold.standing('t')
  const rate = (time) =>
    Math.round(most / time)
      .toLocaleString('en')
      .padStart(10)
  console.log(
    `${name.padEnd(24)} ${rate(seconds)} matches/s of wall clock, ${rate(cpu)} of processor time; found ${found}; ${count} groups, reckoned ${(bytes / 1e6).toFixed(1)} MB`,
  )
}
