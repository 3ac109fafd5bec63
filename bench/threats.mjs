// Claim: the threats of 500 assets and 2,000 flows, about three an asset, are found, rated and grouped in less than 300 ms.
// Run after npm run build: node bench/threats.mjs
import { cpus } from 'node:os'
import { modelOf } from '../dist/model/index.js'
import { rootCauses, threatRules, threatsOf } from '../dist/threats/index.js'

const [assets, flows, runs] = [500, 2_000, 15]
const expected = 300

const kinds = [
  'web-application',
  'postgres',
  'windows-laptop',
  'node-service',
  'nginx',
  'file-server',
  's3-bucket',
  'ci-server',
  'backup-server',
  'printer',
]
const zone = (at) => `  zone-${at}: { trust: ${at * 5} }`
const asset = (at) =>
  `  asset-${at}: { kind: ${kinds[at % kinds.length]}, zone: zone-${at % 20}, owner: team-${at % 7}, criticality: ${at % 5 === 0 ? 'critical' : 'medium'}, stores: [${at % 3 === 0 ? `data-${at % 10}` : ''}], controls: [${at % 4 === 0 ? '' : 'patched-weekly, input-validation, edr, retention-limit'}] }`
const flow = (at) => {
  const [from, to] = [at % assets, (at * 7 + 1 + Math.floor(at / assets)) % assets]
  return `  asset-${from} -> asset-${to === from ? (to + 1) % assets : to} (${at}): { protocol: https, port: 443, encrypted: ${at % 20 > 0}, authentication: ${at % 20 === 7 ? 'password' : 'mutual-tls'}, data: [data-${at % 10}] }`
}
const person = (at) =>
  `  people-${at}: { count: 5, habits: [opens-attachments], uses: [asset-${at}, { asset: asset-${at * 5}, as: admin }] }`
const list = (length, text) => Array.from({ length }, (_, at) => text(at)).join('\n')
const text = `zones:\n${list(20, zone)}\nassets:\n${list(assets, asset)}\nflows:\n${list(flows, flow)}\ndata:\n${list(10, (at) => `  data-${at}: { confidentiality: high, records: 20000, subjects: people }`)}\npeople:\n${list(40, person)}\n`
const { estate } = modelOf('Bench', [{ file: 'bench.yaml', text }])

const times = []
let found = { threats: 0, causes: 0 }
for (let run = 0; run < runs; run += 1) {
  const started = performance.now()
  const threats = threatsOf(estate, threatRules)
  const causes = rootCauses(threats, estate)
  times.push(performance.now() - started)
  found = { threats: threats.length, causes: causes.length }
}
const median = times.toSorted((a, b) => a - b)[runs >> 1]
const [cpu] = cpus()
console.log(`machine  ${cpus().length} × ${cpu?.model ?? 'unknown'}, node ${process.version}`)
console.log(`model    ${estate.assets.length} assets, ${estate.flows.length} flows, ${threatRules.length} rules`)
console.log(`found    ${found.threats} threats with ${found.causes} root causes`)
console.log(
  `time     ${median.toFixed(0)} ms, median of ${runs}; first ${times[0].toFixed(0)} ms; expected below ${expected} ms`,
)
if (estate.assets.length !== assets || estate.flows.length !== flows || found.threats === 0 || median >= expected) {
  console.log('NOT as expected')
  process.exitCode = 1
}
