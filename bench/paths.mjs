// Claim: in an estate of 1,000 hosts, what-if answers the likeliest paths to a goal in less than 100 ms; choke points and blast radius in seconds.
// Judged by the best of several runs: whatever else the machine does only adds to it. Load and median are printed beside it.
// Run after npm run build: node bench/paths.mjs [hosts]
import { cpus, loadavg } from 'node:os'
import { modelOf } from '../dist/model/index.js'
import { openPaths } from '../dist/paths/index.js'

const hosts = Number(process.argv[2] ?? 1_000)
const runs = 25
const expected = { whatIf: 100 }

// A company: 60 % laptops on floors, application teams of servers with a database each, a core with directory, management, build, backup.
const part = (share) => Math.max(1, Math.round(hosts * share))
const [laptops, teams] = [part(0.6), part(0.035)]
const floors = Math.max(1, Math.round(laptops / 40))
const each = (count, text) => Array.from({ length: count }, (_, at) => text(at)).join('\n')
const text = `
zones:
  internet: { trust: 0 }
  cloud: { trust: 60 }
  office: { trust: 45, cidrs: [10.0.0.0/12] }
  core: { trust: 70, cidrs: [10.32.0.0/16] }
  dmz: { trust: 35, cidrs: [10.33.0.0/16] }
  data: { trust: 80, cidrs: [10.34.0.0/16] }
  backup: { trust: 80, cidrs: [10.35.0.0/16] }
${each(floors, (at) => `  floor-${at}: { trust: 45, parent: office, cidrs: [10.${at % 16}.${at >> 4}.0/24] }`)}
${each(teams, (at) => `  team-${at}: { trust: 60, cidrs: [10.64.${at}.0/24] }`)}
assets:
  visitors: { kind: browser, zone: internet }
  directory: { kind: active-directory, zone: core, criticality: critical }
  management: { kind: windows-server, zone: core, criticality: critical }
  files: { kind: windows-server, zone: core, stores: [contracts] }
  build: { kind: ci-server, zone: core }
  bastion: { kind: linux-server, zone: dmz, internetFacing: true }
  mail: { kind: office-cloud, zone: cloud }
  backups: { kind: linux-server, zone: backup, stores: [customers] }
  vault: { kind: s3-bucket, zone: cloud, stores: [customers] }
${each(laptops, (at) => `  laptop-${at}: { kind: windows-laptop, zone: floor-${at % floors}, controls: [${at % 3 === 0 ? 'edr' : ''}] }`)}
${each(teams, (at) => `  web-${at}: { kind: nginx, zone: dmz, internetFacing: ${at % 2 === 0} }`)}
${each(teams, (at) => `  db-${at}: { kind: postgres, zone: data, stores: [${at === 0 ? 'customers' : `data-${at % 10}`}] }`)}
${each(hosts - laptops - 2 * teams - 8, (at) => `  app-${at}: { kind: ${at % 4 === 0 ? 'node-service' : 'linux-server'}, zone: team-${at % teams} }`)}
flows:
${each(
  laptops,
  (at) => `  laptop-${at} -> directory: { protocol: kerberos, port: 88, encrypted: true, authentication: password }
  laptop-${at} -> files: { protocol: smb, port: 445, encrypted: true, authentication: kerberos, data: [contracts] }
  laptop-${at} -> mail: { protocol: https, port: 443, encrypted: true, authentication: single-sign-on }
  laptop-${at} -> web-${at % teams}: { protocol: https, port: 443, encrypted: true, authentication: single-sign-on }${at % 50 === 0 ? `\n  laptop-${at} -> management: { protocol: rdp, port: 3389, encrypted: true, authentication: kerberos }\n  laptop-${at} -> bastion: { protocol: ssh, port: 22, encrypted: true, authentication: key }` : ''}`,
)}
${each(
  teams,
  (at) => `  visitors -> web-${at}: { protocol: https, port: 443, encrypted: true, authentication: password }
  db-${at} -> backups: { protocol: https, port: 443, encrypted: true, authentication: token }
  backups -> db-${at}: { protocol: postgres, port: 5432, encrypted: true, authentication: scram }`,
)}
  backups -> vault: { protocol: https, port: 443, encrypted: true, authentication: role, data: [customers] }
${each(
  hosts - laptops - 2 * teams - 8,
  (
    at,
  ) => `  web-${at % teams} -> app-${at}: { protocol: https, port: 8443, encrypted: true, authentication: mutual-tls }
  app-${at} -> db-${at % teams}: { protocol: postgres, port: 5432, encrypted: true, authentication: scram, data: [${at % teams === 0 ? 'customers' : `data-${at % 10}`}] }
  bastion -> app-${at}: { protocol: ssh, port: 22, encrypted: true, authentication: key }
  build -> app-${at}: { protocol: ssh, port: 22, encrypted: true, authentication: key }`,
)}
  management -> files: { protocol: winrm, port: 5986, encrypted: true, authentication: kerberos }
  management -> directory: { protocol: ldaps, port: 636, encrypted: true, authentication: kerberos }
data:
  customers: { confidentiality: critical, integrity: critical, availability: critical, records: 1000000 }
  contracts: { confidentiality: high }
${each(10, (at) => `  data-${at}: { confidentiality: medium }`)}
services:
  shop: { needs: [web-0, app-0, db-0], revenuePerHour: 20000 }
people:
${each(floors, (at) => `  floor-${at}-staff: { function: staff, count: 40, zone: floor-${at}, habits: [opens-attachments] }`)}
`
const { estate, issues } = modelOf('bench', [{ file: 'bench.yaml', text }])
const wrong = issues.filter(({ severity }) => severity === 'error')
for (const { text: said, at } of wrong.slice(0, 3)) console.log(`model: ${at.line} ${said}`)

const paths = openPaths({ model: { estate } })
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]
const timed = (run) => {
  run()
  const times = Array.from({ length: runs }, () => {
    const started = performance.now()
    run()
    return performance.now() - started
  })
  return `${Math.min(...times).toFixed(0)} ms at best, median of ${runs} ${median(times).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms`
}
const once = (run) => {
  const started = performance.now()
  const answer = run()
  return [answer, performance.now() - started]
}
const ask = { to: 'customers', k: 3 }
const cases = {
  without: { ...ask, without: ['visitors -> web-0'] },
  fix: { ...ask, fix: ['CWE-89@*'] },
  add: { ...ask, add: ['waf@web-0'] },
}

const [cpu] = cpus()
console.log(
  `machine      ${cpus().length} × ${cpu?.model ?? 'unknown'}, node ${process.version}, load ${loadavg()[0].toFixed(1)}`,
)
console.log(
  `estate       ${estate.assets.length} assets, ${estate.flows.length} flows, ${estate.zones.length} zones, ${wrong.length} errors`,
)
const [cold, firstTook] = once(() => paths.list(ask))
console.log(
  `first answer ${firstTook.toFixed(0)} ms (with the compiler warming up): ${cold.items.length} paths, likeliest ${(cold.goals[0].probability * 100).toFixed(2)} %, exact ${cold.goals[0].exact}`,
)
console.log(`list         ${timed(() => paths.list(ask))} (facts kept)`)
let slowest = 0
for (const [name, question] of Object.entries(cases)) {
  const said = timed(() => paths.list(question))
  slowest = Math.max(slowest, Number.parseFloat(said))
  console.log(`${`what-if ${name}`.padEnd(16)} ${said}; expected below ${expected.whatIf} ms`)
}
console.log(`blast        ${timed(() => paths.blast({ asset: 'laptop-0' }))}`)
for (const [name, question] of Object.entries({
  half: { to: 'customers' },
  'a tenth': { to: 'customers', below: 0.009 },
  ransom: { to: 'ransom:customers', profile: 'ransomware' },
})) {
  const [{ points, cut, probability }, took] = once(() => paths.choke(question))
  const change = `${(probability * 100).toPrecision(2)} % → ${(cut.left * 100).toPrecision(2)} %`
  console.log(
    `choke, ${name.padEnd(9)} ${took.toFixed(0)} ms once: ${points.length} points; ${cut.changes.length} changes, price ${cut.price}, at least ${cut.atLeast}, ${cut.paths} paths, exact ${cut.exact}; ${change}`,
  )
}
if (wrong.length > 0 || slowest >= expected.whatIf) {
  console.log('NOT as expected')
  process.exitCode = 1
}
