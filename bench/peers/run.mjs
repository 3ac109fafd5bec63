// Claim: on the same events and the same rules Castellan is faster than rsigma (Rust) and than rules as SQL over SQLite (what Zircolite does), and finds what they find.
// One processor each. The events are flat: Windows' fields as Sigma names them, with the log source written into each event, so that nobody has to guess it.
// Usage: node bench/peers/run.mjs [--events N] [--peers FOLDER]   (after bench/peers/build.sh and npm run build)
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, homedir, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'libsql'
import { createEngine } from '../../dist/detection/engine.js'
import { loadRules } from '../../dist/detection/load.js'
import { recordGlancer } from '../../dist/telemetry/parsing.js'
import { hasCorpus, sampled } from '../otrf.mjs'

const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '50000' },
    peers: { type: 'string', default: join(caches, 'castellan/peers') },
  },
})
if (!hasCorpus()) throw new Error('no corpus; set CASTELLAN_DATA')
const glanceRecord = recordGlancer([])
const rules = join(process.env.CASTELLAN_DATA ?? '../shared/data', 'detection/sigma/rules/windows')
const folder = mkdtempSync(join(tmpdir(), 'castellan-peers-'))
const number = (n) => Math.round(n).toLocaleString('en')

/** Events that have one category at most, so that one field can say it. */
async function prepared() {
  const { bytes, ends } = await sampled(Number(values.events))
  const events = []
  ends.forEach((end, index) => {
    const text = bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], end).trimEnd()
    const { fields, logsource } = glanceRecord({ source: 'bench', received: 0, text })
    const [category, ...more] = logsource.categories
    if (more.length > 0 || Object.keys(fields).some((name) => /^(product|service|category)$/.test(name))) return
    const { product, service } = logsource
    const named = Object.entries({ product, service, category }).filter(([, value]) => value !== undefined)
    events.push({ ...fields, ...Object.fromEntries(named) })
  })
  return events.map((event) => JSON.stringify(event))
}

const texts = await prepared()
const all = join(folder, 'events.ndjson')
const first = join(folder, 'first.ndjson')
writeFileSync(all, `${texts.join('\n')}\n`)
writeFileSync(first, `${texts[0]}\n`)
const loaded = await loadRules([rules])
const running = loaded.rules.flatMap(({ compiled }) => compiled ?? [])

/** Matches of each rule. */
const tally = (ids) => ids.reduce((counts, id) => counts.set(id, (counts.get(id) ?? 0) + 1), new Map())

function castellan() {
  const engine = createEngine(running)
  const pass = (some) => {
    const found = []
    for (const text of some) {
      const { product, service, category, ...fields } = JSON.parse(text)
      const logsource = { product, service, categories: category === undefined ? [] : [category] }
      for (const { rule } of engine.match({ fields, logsource, raw: text })) found.push(rule.id)
    }
    return found
  }
  pass(texts)
  const begun = performance.now()
  const found = pass(texts)
  return { seconds: (performance.now() - begun) / 1000, found: tally(found), rules: running.length }
}

const pinned = (program, words, options) => spawnSync('taskset', ['-c', '0', program, ...words], { maxBuffer: 2e9, encoding: 'utf8', ...options }) // prettier-ignore

function rsigma() {
  const program = join(values.peers, 'bin/rsigma')
  if (!existsSync(program)) return 'bench/peers/build.sh has not installed it'
  const run = (file) => {
    const begun = performance.now()
    const words = ['engine', 'eval', '-r', rules, '--logsource-routing', '--input-format', 'json', '--output-format', 'ndjson', '-e', `@${file}`] // prettier-ignore
    const { stdout, stderr, status } = pinned(program, words)
    if (status !== 0) throw new Error(stderr)
    return { seconds: (performance.now() - begun) / 1000, stdout, stderr }
  }
  // Less the time in which one event is examined: that is reading the rules.
  const [load, whole] = [run(first), run(all)]
  const ids = whole.stdout.trimEnd().split('\n').map((line) => JSON.parse(line).rule_id) // prettier-ignore
  const count = Number(/Loaded (\d+) rules/.exec(whole.stderr)?.[1])
  return { seconds: whole.seconds - load.seconds, load: load.seconds, found: tally(ids), rules: count }
}

function sqlite() {
  const program = join(values.peers, 'python/bin/sigma')
  if (!existsSync(program)) return 'bench/peers/build.sh has not installed it'
  const file = join(folder, 'rules.json')
  const begun = performance.now()
  execFileSync(program, ['convert', '-t', 'sqlite', '-f', 'zircolite', '-p', 'sysmon', '-p', 'windows-logsources', '--skip-unsupported', '-O', 'table=logs', rules, '-o', file], { stdio: 'ignore' }) // prettier-ignore
  const load = (performance.now() - begun) / 1000
  // SQLite has no regular expressions of its own.
  const asked = JSON.parse(readFileSync(file, 'utf8')).filter(({ rule }) => !rule.some((sql) => sql.includes('REGEXP')))
  const events = texts.map((text) => JSON.parse(text))
  const names = new Map()
  for (const name of [...events.flatMap(Object.keys), ...asked.flatMap(({ required_fields }) => required_fields)])
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name)
  const columns = [...names.values()]
  const quoted = (name) => `"${name.replaceAll('"', '""')}"`
  const database = new Database(':memory:')
  database.exec(`create table logs (${columns.map((name) => `${quoted(name)} text collate nocase`).join(', ')})`)
  const start = performance.now()
  const insert = database.prepare(`insert into logs values (${columns.map(() => '?').join(', ')})`)
  const textOf = (value) => (value === undefined || value === null ? null : String(value))
  database.transaction(() => {
    for (const event of events) insert.run(columns.map((name) => textOf(event[name])))
  })()
  const found = new Map()
  let refused = 0
  for (const { id, rule } of asked)
    for (const sql of rule)
      try {
        const { n } = database.prepare(sql.replace('SELECT *', 'select count(*) as n')).get()
        if (n > 0) found.set(id, (found.get(id) ?? 0) + n)
      } catch {
        refused += 1
      }
  return { seconds: (performance.now() - start) / 1000, load, found, rules: asked.length - refused, asked: new Set(asked.map(({ id }) => id)) } // prettier-ignore
}

const [load] = loadavg()
const [cpu] = cpus()
console.log(`machine  ${cpu.model}, one processor used, Node ${process.version}; load before ${load.toFixed(1)}`)
console.log(`events   ${number(texts.length)} of OTRF Security-Datasets, JSON of ${number(texts.reduce((sum, { length }) => sum + length, 0) / texts.length)} characters, read and matched`) // prettier-ignore
const own = castellan()
const sum = (counts) => [...counts.values()].reduce((all, one) => all + one, 0)
const line = (name, { seconds, rules: count, found }) => console.log(`${name.padEnd(10)}${number(texts.length / seconds)} events/s with ${number(count)} rules; ${number(sum(found))} matches of ${found.size} rules`) // prettier-ignore
line('castellan', own)
for (const [name, run] of [
  ['rsigma', rsigma],
  ['sqlite', sqlite],
]) {
  // prettier-ignore
  const peer = run()
  if (typeof peer === 'string') {
    console.log(`${name.padEnd(10)}SKIPPED: ${peer}`)
    continue
  }
  line(name, peer)
  const common = [...new Set([...own.found.keys(), ...peer.found.keys()])].filter((id) => peer.asked?.has(id) ?? true)
  const differ = common.filter((id) => (own.found.get(id) ?? 0) !== (peer.found.get(id) ?? 0))
  console.log(`         ${(peer.seconds / own.seconds).toFixed(1)} times as long as castellan (its ${peer.load.toFixed(1)} s of reading rules left out); ${common.length - differ.length} of ${common.length} rules that match have the same number of matches`) // prettier-ignore
  const titles = new Map(loaded.rules.map(({ id, title }) => [id, title]))
  for (const id of differ) console.log(`         ${own.found.get(id) ?? 0} here, ${peer.found.get(id) ?? 0} there: ${titles.get(id) ?? id}`) // prettier-ignore
}
rmSync(folder, { recursive: true })
