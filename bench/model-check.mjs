// Claim: a model of 500 assets and 2,000 flows is read from disk, checked and resolved in less than 300 ms; assets are located a million times a second.
// Run after npm run build: node bench/model-check.mjs
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openModel } from '../dist/model/index.js'

const [assets, flows, runs] = [500, 2_000, 15]
const expected = { milliseconds: 300, perSecond: 1_000_000 }

const zones = Array.from(
  { length: 20 },
  (_, at) => `  zone-${at}: { title: Zone ${at}, trust: ${at * 5}, cidrs: [10.${at}.0.0/16] }`,
)
const assetText = (at) => `  asset-${at}:
    title: Asset ${at}
    kind: postgres
    zone: zone-${at % 20}
    hosts: [host${at}, host${at}.corp.example]
    addresses: [10.${at % 20}.${Math.floor(at / 20)}.7]
    owner: platform
    criticality: high
    stores: [data-${at % 10}]`
const flowText = (at) => {
  const [from, to] = [at % assets, (at * 7 + 1 + Math.floor(at / assets)) % assets]
  return `  asset-${from} -> asset-${to === from ? (to + 1) % assets : to} (${at}): { protocol: https, port: 443, encrypted: true, authentication: mutual-tls, data: [data-${at % 10}] }`
}
const list = (length, text) => Array.from({ length }, (_, at) => text(at)).join('\n')
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]

const workspace = mkdtempSync(join(tmpdir(), 'castellan-bench-'))
try {
  mkdirSync(join(workspace, 'model'))
  const write = (name, text) => writeFileSync(join(workspace, 'model', `${name}.yaml`), `${text}\n`)
  write('zones', `zones:\n${zones.join('\n')}`)
  write('assets', `assets:\n${list(assets, assetText)}`)
  write('flows', `flows:\n${list(flows, flowText)}`)
  write('data', `data:\n${list(10, (at) => `  data-${at}: { confidentiality: high }`)}`)
  write('services', `services:\n${list(10, (at) => `  service-${at}: { needs: [asset-${at}, asset-${at + 10}] }`)}`)

  const first = performance.now()
  const model = await openModel({ workspace })
  const cold = performance.now() - first
  const times = []
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now()
    await model.reload()
    times.push(performance.now() - started)
  }
  const found = { assets: model.estate.assets.length, flows: model.estate.flows.length, problems: model.issues.length }

  // Half of the names and addresses are known, in both spellings; none is asked twice in a row.
  const asked = Array.from({ length: 20_000 }, (_, at) =>
    at % 2 === 0 ? { host: `HOST${at % 1_000}` } : { host: '', addresses: [`10.${at % 40}.${(at >> 4) % 256}.7`] },
  )
  let located = 0
  const started = performance.now()
  for (let round = 0; round < 100; round += 1)
    for (const facts of asked) if (model.locate(facts) !== undefined) located += 1
  const perSecond = (asked.length * 100) / ((performance.now() - started) / 1_000)

  const [cpu] = cpus()
  console.log(`machine    ${cpus().length} × ${cpu?.model ?? 'unknown'}, node ${process.version}`)
  console.log(`model      ${found.assets} assets, ${found.flows} flows, ${found.problems} problems`)
  console.log(`first read ${cold.toFixed(0)} ms (with the compiler warming up)`)
  console.log(
    `read again ${median(times).toFixed(0)} ms, median of ${runs}; worst ${Math.max(...times).toFixed(0)} ms; expected below ${expected.milliseconds} ms`,
  )
  console.log(
    `locate     ${Math.round(perSecond).toLocaleString('en')} a second (${located.toLocaleString('en')} found); expected above ${expected.perSecond.toLocaleString('en')}`,
  )
  const wrong = found.assets !== assets || found.flows !== flows || found.problems > 0
  if (wrong || median(times) >= expected.milliseconds || perSecond < expected.perSecond) {
    console.log('NOT as expected')
    process.exitCode = 1
  }
} finally {
  rmSync(workspace, { recursive: true, force: true })
}
