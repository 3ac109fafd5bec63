// One rule, two executions: every rule of SigmaHQ over real events (OTRF Security-Datasets), in the stream and asked of the store; counts and ids compared.
// Usage: node bench/differential.mjs [--events N]   (after npm run build; data under CASTELLAN_DATA, ../shared/data when not set)
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'
import { loadRules } from '../dist/detection/load.js'
import { heldAgainst, StreamTally, tookIn } from '../dist/detection/stored-scene.js'
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

const { rules } = await loadRules(folders.map((folder) => join(data, 'sigma', folder)))
const running = rules.flatMap((rule) => rule.compiled ?? [])
const windows = running.filter(({ source }) => source.product === 'windows')
say(`${number(running.length)} rules that run, ${number(windows.length)} of them for Windows; ${cpus()[0]?.model}, load ${loadavg()[0].toFixed(1)}`)
const folder = mkdtempSync(join(tmpdir(), 'castellan-differential-'))
const limits = { queryMilliseconds: 600_000, queryRows: 10_000 }
const state = await openState({ url: '', folder })
const events = await openEvents({ url: '', folder, limits })
const stream = new StreamTally(running)
try {
  const telemetry = await tookIn({ folder, state, events }, lines(), (some) => stream.see(some))
  say(`${number(stream.events)} events stored; in the stream ${number(stream.matching)} rules match, ${number(stream.matches)} matches`)
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
  await telemetry.stop()
  process.exitCode = found.wrong.length === 0 ? 0 : 1
} finally {
  await events.close()
  await state.close()
  rmSync(folder, { recursive: true, force: true })
}
