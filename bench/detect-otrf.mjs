// Claim: all SigmaHQ Windows rules are matched against 150,000 real Windows events (OTRF Security-Datasets) a second on one core, 80,000 with JSON parsing;
// the rules load in 1.5 s, in 0.3 s from the cache; ten times the rules cost an event at most 1.3 times as much; `castellan detect` stays below 400 MB.
// Usage: node bench/detect-otrf.mjs [--events N] [--profile]   (after npm run build; data under CASTELLAN_DATA, ../shared/data when not set)
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createEngine } from '../dist/detection/engine.js'
import { loadRules } from '../dist/detection/load.js'
import { parseRecord, recordGlancer } from '../dist/telemetry/parsing.js'
import { hasCorpus, sampled } from './otrf.mjs'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    profile: { type: 'boolean', default: false },
    load: { type: 'string' },
  },
})
const data = join(process.env.CASTELLAN_DATA ?? '../shared/data', 'detection')
const folders = ['rules/windows', 'rules-emerging-threats', 'rules-threat-hunting/windows'].map((folder) =>
  join(data, 'sigma', folder),
)
const batchSize = 250
const glanceRecord = recordGlancer([])
const number = (n) => Math.round(n).toLocaleString('en')
const now = () => performance.now()
const median = (all) => all.toSorted((a, b) => a - b)[all.length >> 1]

// What a process of its own measures: reading the rules, with nothing warm.
if (values.load !== undefined) {
  const begun = now()
  const { rules } = await loadRules(folders, values.load === '' ? {} : { cache: values.load })
  createEngine(rules.flatMap(({ compiled }) => compiled ?? []))
  console.log(now() - begun)
  process.exit()
}
if (!hasCorpus()) throw new Error('no corpus; set CASTELLAN_DATA')

const [load] = loadavg()
/** The events as bytes outside the heap: each text is made just before it is needed, as when it comes from a file or the network. */
const { bytes, ends } = await sampled(Number(values.events))
const count = ends.length
const textAt = (index) => bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index])

/** One pass in batches, as the road of an event has them: a batch is parsed, then matched. */
function pass(engine, parse) {
  const spent = { parse: 0, match: 0, matches: 0, matching: 0 }
  for (let at = 0; at < count; at += batchSize) {
    const texts = Array.from({ length: Math.min(batchSize, count - at) }, (_, index) => textAt(at + index))
    const begun = now()
    const events = texts.map((text) => Object.assign(parse({ source: 'bench', received: 0, text }), { raw: text }))
    const parsed = now()
    for (const event of events) {
      const found = engine.match(event).length
      spent.matches += found
      if (found > 0) spent.matching++
    }
    spent.parse += parsed - begun
    spent.match += now() - parsed
  }
  return spent
}
const perSecond = (milliseconds) => (count / milliseconds) * 1000
const micro = (milliseconds) => ((milliseconds * 1000) / count).toFixed(1)
/** Middle of three passes, after one that lets the runtime's compiler get warm and makes the tables. */
function measured(engine, parse) {
  pass(engine, parse)
  const all = [1, 2, 3].map(() => pass(engine, parse))
  const { matches, matching } = all[0]
  return { match: median(all.map((one) => one.match)), parse: median(all.map((one) => one.parse)), matches, matching }
}

function loading() {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-bench-'))
  const run = (cache) => Number(execFileSync(process.execPath, [import.meta.filename, `--load=${cache}`]))
  const cold = median([run(''), run(''), run('')])
  const cache = join(folder, 'cache')
  run(cache)
  const cached = median([run(cache), run(cache), run(cache)])
  rmSync(folder, { recursive: true })
  return { cold, cached }
}

// Not process.resourceUsage: the highest memory it tells of may be that of the process which started this one.
const tellMemory = `import { readFileSync } from 'node:fs'
process.on('exit', () => process.stderr.write('rss=' + /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] + ';'))`

/** The whole command over a file: seconds without the loading of rules, and the highest memory of a process. */
function command(file, workers) {
  const program = join(import.meta.dirname, '../bin/castellan.js')
  const words = [
    'detect',
    file,
    '--json',
    '--workers',
    String(workers),
    ...folders.flatMap((rules) => ['--rules', rules]),
  ]
  const said = spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(tellMemory)}`, program, ...words], { encoding: 'utf8', maxBuffer: 2e9 }) // prettier-ignore
  const { summary } = JSON.parse(said.stdout.trimEnd().split('\n').at(-1))
  const most = Math.max(...[...said.stderr.matchAll(/rss=(\d+);/g)].map(([, kilobytes]) => Number(kilobytes)))
  return { ...summary, mebibytes: most / 1024 }
}

/** One worker and two, over the sample four and eight times: the difference is what they do once they have begun. */
function commands() {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-bench-'))
  const file = (times) => {
    const path = join(folder, `${times}.ndjson`)
    writeFileSync(path, '')
    for (let n = 0; n < times; n += 1) appendFileSync(path, bytes)
    return path
  }
  const [short, long] = [file(4), file(8)]
  const all = [1, 2].map((workers) => {
    const [first, second] = [command(short, workers), command(long, workers)]
    return { ...first, perSecond: (4 * count) / (second.seconds - first.seconds) }
  })
  rmSync(folder, { recursive: true })
  return all
}

async function profiled(engine) {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.start')
  pass(engine, glanceRecord)
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  const own = new Map()
  const names = new Map(profile.nodes.map(({ id, callFrame: { functionName, url } }) => [id, `${functionName || '(anonymous)'} ${url.split('/').at(-1)}`])) // prettier-ignore
  profile.samples.forEach((id, at) => own.set(names.get(id), (own.get(names.get(id)) ?? 0) + profile.timeDeltas[at]))
  const total = profile.timeDeltas.reduce((sum, one) => sum + one, 0)
  return [...own].sort((a, b) => b[1] - a[1]).slice(0, 14).map(([name, spent]) => `${((100 * spent) / total).toFixed(1).padStart(5)} %  ${name}`) // prettier-ignore
}

const loads = loading()
const [one, two] = commands()
const { rules } = await loadRules(folders)
const running = rules.flatMap((rule) => rule.compiled ?? [])
const engine = createEngine(running)
const glances = measured(engine, glanceRecord)
const whole = measured(engine, parseRecord)
// Every tenth rule, and all of them: what ten times the rules cost. A search for keywords in the raw text costs the same however many rules ask
// for it, so it is measured too with the rules that do among the tenth.
const searches = ({ when }) => JSON.stringify(when).includes('"field":""')
const tenth = running.filter((_, index) => index % 10 === 0)
const few = measured(createEngine(tenth), glanceRecord)
const fewSearching = measured(createEngine([...new Set([...tenth, ...running.filter(searches)])]), glanceRecord)
const many = measured(createEngine(running), glanceRecord)
const times = (of) => (many.match / of.match).toFixed(2)
const timesInAll = (of) => ((many.match + many.parse) / (of.match + of.parse)).toFixed(2)

const [cpu] = cpus()
console.log(
  `machine   ${cpu.model}, ${cpus().length} cores (one is used), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; load before ${load.toFixed(1)}
corpus    ${number(count)} events of OTRF Security-Datasets, ${number(bytes.length / count)} bytes each
rules     ${number(running.length)} of ${number(rules.length)} SigmaHQ Windows rules run; load in a new process ${number(loads.cold)} ms, from the cache ${number(loads.cached)} ms (at most 1,500 and 300)
found     ${number(glances.matches)} matches on ${number(glances.matching)} events
matching  ${number(perSecond(glances.match))} events/s (${micro(glances.match)} µs each), keyword search in the raw text included (at least 150,000)
and JSON  ${number(perSecond(glances.match + glances.parse))} events/s (${micro(glances.parse)} µs for parsing: what detection needs) (at least 80,000)
whole     ${number(perSecond(whole.match + whole.parse))} events/s (${micro(whole.parse)} µs for parsing: the event with all its columns)
growth    ${number(tenth.length)} rules ${micro(few.match)} µs an event, with the rules that search raw texts ${micro(fewSearching.match)} µs; ${number(running.length)} rules ${micro(many.match)} µs: ${times(few)} and ${times(fewSearching)} times; with parsing ${timesInAll(few)} and ${timesInAll(fewSearching)} times (at most 1.3)
command   castellan detect over ${number(4 * count)} events of a file, reading it included: ${number(one.perSecond)} events/s with one process, ${number(one.mebibytes)} MiB at most (at most 400); ${number(two.perSecond)} with two: ${(two.perSecond / one.perSecond).toFixed(2)} times, ${one.alertCount === two.alertCount ? 'the same' : 'NOT the same'} ${number(one.alertCount)} alerts`,
)
if (values.profile) console.log((await profiled(engine)).join('\n'))
