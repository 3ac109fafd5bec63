// One rule, two executions: every rule of SigmaHQ over real events (OTRF Security-Datasets), in the stream and asked of the store; counts and ids compared.
// Usage: node bench/differential.mjs [--events N]   (after npm run build; data under CASTELLAN_DATA, ../shared/data when not set)
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'
import { loadRules } from '../dist/detection/load.js'
import { heldAgainst, StreamCorrelations, StreamTally, tookIn } from '../dist/detection/past/scene.io.js'
import { openEvents, openState } from '../dist/platform/index.js'

const { values } = parseArgs({ options: { events: { type: 'string', default: '634741' } } })
const most = Number(values.events)
const data = join(process.env.CASTELLAN_DATA ?? '../shared/data', 'detection')
const corpus = join(data, 'otrf-throughput/events.jsonl.br')
if (!existsSync(corpus)) throw new Error(`no corpus at ${corpus}; set CASTELLAN_DATA`)
const folders = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance', 'rules-placeholder']
const number = (n) => Math.round(n).toLocaleString('en')
const began = performance.now()
const seconds = () => ((performance.now() - began) / 1000).toFixed(1)
const say = (text) => console.log(`${seconds().padStart(7)} s  ${text}`)

async function* lines() {
  let left = most
  let read = 0
  for await (const line of createInterface({ input: createReadStream(corpus).pipe(createBrotliDecompress()) })) {
    if (left-- <= 0) return
    if (++read % 50_000 === 0) say(`${number(read)} events taken in`)
    if (line.startsWith('{')) yield line
  }
}

const plain = (id, detection) =>
  `title: ${id}\nid: ${id}\nname: ${id}\nlogsource: { product: windows }\ndetection: { s: ${detection}, condition: s }\n`
const correlation = (id, text) => `title: ${id}\nid: '${id}'\ncorrelation: { ${text} }\n`
/** One of each type, over what Windows says most. */
const correlations = [
  plain('started', '{ EventID: 1 }'),
  plain('connected', '{ EventID: 3 }'),
  plain('logon', '{ EventID: [4624, 4625] }'),
  plain('privileged', '{ EventID: 4672 }'),
  plain('ended', '{ EventID: 5 }'),
  correlation(
    'event_count',
    'type: event_count, rules: [started], group-by: [host], timespan: 1m, condition: { gte: 20 }',
  ),
  correlation(
    'value_count',
    'type: value_count, rules: [connected], group-by: [host], timespan: 10m, condition: { field: DestinationIp, gte: 10 }',
  ),
  correlation('temporal', 'type: temporal, rules: [started, connected, logon], group-by: [host], timespan: 10s'),
  correlation(
    'temporal_ordered',
    'type: temporal_ordered, rules: [logon, privileged, started], group-by: [host], timespan: 30s',
  ),
  correlation(
    'absence',
    'type: temporal, rules: [started, ended], group-by: [ProcessGuid], timespan: 1m, condition: started and not ended',
  ),
  correlation(
    'value_sum',
    'type: value_sum, rules: [connected], group-by: [host], timespan: 1m, condition: { field: DestinationPort, gte: 20000 }',
  ),
  correlation(
    'value_avg',
    'type: value_avg, rules: [connected], group-by: [host], timespan: 1m, condition: { field: DestinationPort, gte: 5000 }',
  ),
  correlation(
    'value_percentile',
    'type: value_percentile, rules: [connected], group-by: [host], timespan: 1m, condition: { field: DestinationPort, percentile: 90, gte: 6000 }',
  ),
  correlation(
    'value_median',
    'type: value_median, rules: [connected], group-by: [host], timespan: 1m, condition: { field: DestinationPort, gte: 443 }',
  ),
  correlation(
    'upper bound',
    'type: event_count, rules: [logon], group-by: [host], timespan: 1h, condition: { lte: 2 }',
  ),
].join('---\n')

const { rules } = await loadRules(folders.map((folder) => join(data, 'sigma', folder)))
const running = rules.flatMap((rule) => rule.compiled ?? [])
const windows = running.filter(({ source }) => source.product === 'windows')
say(
  `${number(running.length)} rules that run, ${number(windows.length)} of them for Windows; ${cpus()[0]?.model}, load ${loadavg()[0].toFixed(1)}`,
)
const folder = mkdtempSync(join(tmpdir(), 'castellan-differential-'))
const limits = { queryMilliseconds: 600_000, queryRows: 10_000 }
const state = await openState({ url: '', folder })
const events = await openEvents({ url: '', folder, limits })
const stream = new StreamTally(running)
const correlated = new StreamCorrelations(
  (await loadRules([], { builtIn: new Map([['correlations.yml', correlations]]) })).rules,
)
try {
  const telemetry = await tookIn({ folder, state, events }, lines(), (some) => {
    stream.see(some)
    correlated.see(some)
  })
  say(
    `${number(stream.events)} events stored; in the stream ${number(stream.matching)} rules match, ${number(stream.matches)} matches`,
  )
  const asked = performance.now()
  let told = 0
  const progress = (done, total) => {
    if (done < total && done - told < 250) return
    told = done
    say(`${number(done)} of ${number(total)} rules asked`)
  }
  const found = await heldAgainst({ stream, rules: running, store: telemetry }, { progress })
  for (const line of found.wrong) console.log(line)
  const took = (performance.now() - asked) / 1000
  say(
    `events ${number(stream.events)} · rules ${number(running.length)} · equal ${number(found.equal)} · different ${found.wrong.length} · rules read again ${found.again} (${number(found.checked)} events) · asking took ${took.toFixed(1)} s`,
  )
  let differing = 0
  for (const {
    title,
    stream: inStream,
    store,
    equal,
    groups,
    matches,
    took: milliseconds,
  } of await correlated.heldAgainst(telemetry)) {
    differing += Math.max(inStream, store) - equal
    say(
      `correlation ${title}: stream ${inStream}, store ${store}, the same ${equal}; ${groups ?? 'all'} groups, ${number(matches)} matches read, ${(milliseconds / 1000).toFixed(1)} s`,
    )
  }
  say(`correlations over ${number(correlated.matches)} matches: ${differing} alerts differ`)
  await telemetry.stop()
  process.exitCode = found.wrong.length + differing === 0 ? 0 : 1
} finally {
  await events.close()
  await state.close()
  rmSync(folder, { recursive: true, force: true })
}
