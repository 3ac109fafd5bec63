// The trial of the detectors of anomalies on what they were not tuned on: a mill with attacks of different strength. The plan stands in plan.md, written before the first run.
// Usage: node bench/anomalies/trial.mjs [--seeds 848665517,1233334320,3213589791] [--loose] [--list] [--json]   (after npm run build)
import { parseArgs } from 'node:util'
import { foldEvents } from '../../dist/detection/anomaly/fold.js'
import { openDetectors } from '../../dist/detection/anomaly/table.js'
import { families, roundOf } from './attacks.mjs'
import { loose } from './loose.mjs'
import { day, millEvents, millOf } from './mill.mjs'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '848665517,1233334320,3213589791' },
    loose: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const [learning, measured, victims, rounds] = [9, 3, 4, 6]
const begin = Date.UTC(2027, 2, 1)
const settings = values.loose ? loose : {}

/** Plays events into detectors; answers each alert once, with the label of the event at which it came out. */
function play(workers, events, seq) {
  const found = []
  const keys = new Set()
  let batch = []
  let labels = []
  const fold = () => {
    const first = batch[0]?.seq ?? 0
    for (const { worker, found: one, event } of foldEvents(workers, batch, -1)) {
      const key = `${worker.detector.name} ${one.key}`
      if (keys.has(key)) continue
      keys.add(key)
      found.push({ detector: worker.detector.name, label: labels[event.seq - first], text: one.text })
    }
    batch = []
    labels = []
  }
  for (const [event, label] of events) {
    batch.push({ ...event, id: `evt_${seq}`, seq })
    labels.push(label)
    seq++
    if (batch.length >= 2000) fold()
  }
  fold()
  return { found, seq }
}

/** Detectors with the memory of others. */
function copyOf(workers) {
  const copies = openDetectors(settings)
  copies.forEach((copy, at) => {
    const { groups, book } = workers[at].kept
    copy.load(groups, book)
  })
  return copies
}

const curves = new Map()
const rows = new Map(openDetectors().map(({ detector }) => [detector.name, { quiet: 0, right: 0, wrong: 0 }]))
const listed = []
let [hosts, events] = [0, 0]
for (const seed of values.seeds.split(',')) {
  const mill = millOf(seed)
  ;({ hosts } = mill)
  const taught = openDetectors(settings)
  const { seq } = play(taught, millEvents(mill, begin, begin + learning * day), 0)
  for (const worker of taught) {
    const { groups, book } = worker.changes()
    worker.kept = { groups: groups.filter(({ body }) => body !== null).sort((a, b) => a.place - b.place), book }
  }
  const [from, to] = [begin + learning * day, begin + (learning + measured) * day]
  const quiet = play(copyOf(taught), millEvents(mill, from, to), seq)
  events = quiet.seq
  for (const { detector, text } of quiet.found) {
    rows.get(detector).quiet++
    listed.push([seed, 'quiet', detector, 'FALSE', text])
  }
  for (let round = 0; round < rounds; round++) {
    const { scene, planted } = roundOf(mill, round, { from, to, victims })
    const { found } = play(copyOf(taught), millEvents(mill, from, to, scene), seq)
    for (const { detector, label, text } of found) {
      rows.get(detector)[label === '' ? 'wrong' : 'right']++
      listed.push([seed, round, detector, label || 'FALSE', text])
    }
    for (const { family, level, by, label } of planted) {
      const key = `${family}|${level}`
      const one = curves.get(key) ?? { family, level, by, planted: 0, meant: 0, any: 0 }
      one.planted++
      const tellers = new Set(found.filter((alert) => alert.label === label).map(({ detector }) => detector))
      if (tellers.has(by)) one.meant++
      if (tellers.size > 0) one.any++
      curves.set(key, one)
    }
  }
}

const seeds = values.seeds.split(',').length
const perDay = (count, runs) => ((count / runs / measured / hosts) * 100).toFixed(2)
const table = [...rows]
  .filter(([name]) => name !== 'profiles')
  .map(([detector, { quiet, right, wrong }]) => ({
    detector,
    quietPerDay100: perDay(quiet, seeds),
    right,
    wrong,
    precision: right + wrong === 0 ? '-' : `${Math.round((100 * right) / (right + wrong))} %`,
  }))
if (values.json) console.log(JSON.stringify({ hosts, events, table, curves: [...curves.values()] }, null, 1))
else {
  console.log(
    `${hosts} machines, ${events} events in ${learning + measured} days of one seed, ${seeds} seeds, ${values.loose ? 'first-guess' : 'standard'} parameters`,
  )
  console.log(
    '\nalerts without any attack, a day per 100 machines; and in the rounds with attacks: right, wrong, precision',
  )
  for (const { detector, quietPerDay100, right, wrong, precision } of table)
    console.log(
      `${detector.padEnd(26)}${quietPerDay100.padStart(8)}${String(right).padStart(8)}${String(wrong).padStart(8)}${precision.padStart(8)}`,
    )
  const sum = (name) => [...rows].reduce((total, [, row]) => total + row[name], 0)
  console.log(
    `${'all'.padEnd(26)}${perDay(sum('quiet'), seeds).padStart(8)}${String(sum('right')).padStart(8)}${String(sum('wrong')).padStart(8)}${`${Math.round((100 * sum('right')) / (sum('right') + sum('wrong')))} %`.padStart(8)}`,
  )
  console.log('\nfound, by strength: by the detector that is there for it / by any')
  for (const [family, { by }] of Object.entries(families)) {
    const mine = [...curves.values()].filter((one) => one.family === family)
    console.log(`${family} (${by})`)
    for (const { level, planted, meant, any } of mine)
      console.log(
        `  ${level.padEnd(10)}${String(Math.round((100 * meant) / planted)).padStart(5)} % /${String(Math.round((100 * any) / planted)).padStart(4)} %  of ${planted}`,
      )
  }
}
if (values.list) for (const one of listed) console.log(one.join('\t'))
