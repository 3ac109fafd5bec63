// How fast detection is: all SigmaHQ Windows rules over real Windows events (OTRF Security-Datasets), on one core.
// Usage: node bench/detect-otrf.mjs [--events N] [--no-raw]   (after npm run build; data under CASTELLAN_DATA, ../shared/data when not set)
import { existsSync } from 'node:fs'
import { createReadStream } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'
import { createEngine } from '../dist/detection/engine.js'
import { loadRules } from '../dist/detection/load.js'
import { parseRecord } from '../dist/telemetry/parsing.js'

const { values } = parseArgs({
  options: { events: { type: 'string', default: '100000' }, 'no-raw': { type: 'boolean', default: false } },
})
const most = Number(values.events)
const data = join(process.env.CASTELLAN_DATA ?? '../shared/data', 'detection')
const corpus = join(data, 'otrf-throughput/events.jsonl.br')
const folders = ['rules/windows', 'rules-emerging-threats', 'rules-threat-hunting/windows'].map((folder) =>
  join(data, 'sigma', folder),
)
if (!existsSync(corpus)) throw new Error(`no corpus at ${corpus}; set CASTELLAN_DATA`)

const whole = 634_741
const batchSize = 250
const run = 2500
const number = (n) => Math.round(n).toLocaleString('en')
const now = () => performance.now()

/** Runs of lines that stand together, as a machine writes them, spread over the corpus so that all data sets are in the sample. */
async function sample() {
  const every = Math.max(1, Math.floor(whole / most))
  const texts = []
  let line = 0
  for await (const text of createInterface({ input: createReadStream(corpus).pipe(createBrotliDecompress()) }))
    if (Math.floor(line++ / run) % every === 0 && texts.length < most) texts.push(text)
  return texts
}

/** One pass in batches, as the road of an event has them: a batch is parsed, then matched. */
function pass(engine, texts) {
  const spent = { parse: 0, match: 0 }
  let matches = 0
  let matching = 0
  for (let at = 0; at < texts.length; at += batchSize) {
    const begun = now()
    const events = texts.slice(at, at + batchSize).map((text) => ({
      ...parseRecord({ source: 'bench', received: 0, text }),
      raw: values['no-raw'] ? undefined : text,
    }))
    const parsed = now()
    for (const event of events) {
      const found = engine.match(event).length
      matches += found
      if (found > 0) matching++
    }
    spent.parse += parsed - begun
    spent.match += now() - parsed
  }
  return { ...spent, matches, matching }
}

const [load] = loadavg()
const texts = await sample()
const bytes = texts.reduce((sum, text) => sum + text.length, 0)
const loadBegun = now()
const { rules } = await loadRules(folders)
const loading = now() - loadBegun
const running = rules.flatMap((rule) => rule.compiled ?? [])
pass(createEngine(running), texts.slice(0, 20_000)) // lets the compiler of the runtime get warm

const engine = createEngine(running)
const tablesBegun = now()
const seen = new Set()
for (const text of texts) {
  const event = parseRecord({ source: 'bench', received: 0, text })
  const key = JSON.stringify(event.logsource)
  if (!seen.has(key)) engine.match({ logsource: event.logsource, fields: {} })
  seen.add(key)
}
const tables = now() - tablesBegun
const { parse, match, matches, matching } = pass(engine, texts)

const [cpu] = cpus()
console.log(
  `machine   ${cpu.model}, ${cpus().length} cores (one is used), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; load before ${load.toFixed(1)}`,
)
console.log(
  `corpus    ${number(texts.length)} events of OTRF Security-Datasets, ${number(bytes / texts.length)} characters each, ${seen.size} log sources`,
)
console.log(
  `rules     ${number(running.length)} of ${number(rules.length)} SigmaHQ Windows rules run; read in ${number(loading)} ms; tables made in ${number(tables)} ms (parsing included)`,
)
console.log(`found     ${number(matches)} matches on ${number(matching)} events`)
console.log(
  `matching  ${number((texts.length / match) * 1000)} events/s (${((match * 1000) / texts.length).toFixed(1)} µs each), every event seen once, keyword search in the raw text ${values['no-raw'] ? 'left out' : 'included'}`,
)
console.log(`parsing   ${number((texts.length / parse) * 1000)} events/s`)
console.log(`both      ${number((texts.length / (parse + match)) * 1000)} events/s`)
console.log(`memory    ${number(process.memoryUsage().rss / 2 ** 20)} MiB, the sample included`)
