// What the server costs: time to the first page, memory idle and after a million events, disk, and the size of an installation.
// Usage: node bench/footprint.mjs [--events 1000000]
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startServer, until, workspaceOf } from '../test/server.mjs'

const { values } = parseArgs({ options: { events: { type: 'string', default: '1000000' } } })
const most = Number(values.events)
const root = join(import.meta.dirname, '..')
const mib = (bytes) => `${Math.round(bytes / 1048576)} MiB`
const status = (pid, key) =>
  Number(new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
const sizeOf = (path) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(path, { withFileTypes: true }).reduce(
        (sum, entry) => sum + (entry.isSymbolicLink() ? 0 : sizeOf(join(path, entry.name))),
        0,
      )
    : (statSync(path, { throwIfNoEntry: false })?.size ?? 0)

console.log(`machine: ${cpus().length} × ${cpus()[0].model}, ${mib(totalmem())}, Node ${process.versions.node}`)
const { folder, remove } = workspaceOf({
  'castellan.yaml': 'name: footprint\nwatchHost: false\nsources: [{ name: load, kind: http }]\n',
})
const begun = performance.now()
const server = await startServer(folder)
const listening = performance.now() - begun
await (await fetch(server.url)).text()
console.log(
  `start to first page: ${((performance.now() - begun) / 1000).toFixed(2)} s (listening after ${(listening / 1000).toFixed(2)} s)`,
)
await new Promise((done) => setTimeout(done, 5_000))
console.log(`memory idle: ${mib(status(server.child.pid, 'VmRSS'))}`)

const line = (n) =>
  JSON.stringify({
    time: new Date(1_760_000_000_000 + n * 37).toISOString(),
    host: `web${n % 20}`,
    user: `u${n % 61}`,
    src_ip: `10.1.${n % 250}.7`,
    action: 'request',
    path: `/documents/${(n * 7919) % 100_000}`,
    status: n % 17 ? 200 : 404,
    bytes: (n * 104_729) % 60_000,
  })
const sending = performance.now()
let peak = 0
for (let sent = 0; sent < most;) {
  const count = Math.min(10_000, most - sent)
  const body = Array.from({ length: count }, (_, at) => line(sent + at)).join('\n')
  const answer = await fetch(new URL('/ingest/v1/ndjson/load', server.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}` },
    body,
  })
  if (answer.ok) sent += count
  else await new Promise((done) => setTimeout(done, 1_000))
  peak = Math.max(peak, status(server.child.pid, 'VmRSS'))
}
const accepted = (performance.now() - sending) / 1000
await until(async () => (await server.get('source.list')).spool.records === 0, {
  what: 'an empty spool',
  patience: 600_000,
})
const stored = (performance.now() - sending) / 1000
console.log(
  `${most.toLocaleString('en')} events: accepted in ${accepted.toFixed(1)} s, searchable after ${stored.toFixed(1)} s (${Math.round(most / stored).toLocaleString('en')} a second)`,
)
await new Promise((done) => setTimeout(done, 5_000))
console.log(
  `memory after them: ${mib(status(server.child.pid, 'VmRSS'))} (highest ${mib(status(server.child.pid, 'VmHWM'))})`,
)
console.log(
  `disk: events ${mib(sizeOf(join(folder, '.castellan/events')))}, spool ${mib(sizeOf(join(folder, '.castellan/spool')))}`,
)
await server.stop()
remove()

const modules = join(root, 'node_modules')
const parts = {
  chdb: sizeOf(join(modules, '@chdb')) + sizeOf(join(modules, 'chdb')),
  server: sizeOf(join(root, 'dist')),
  console: sizeOf(join(root, 'web/dist')),
}
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
const needed = Object.entries(lock).filter(([path, { dev, link }]) => path.startsWith('node_modules/') && !dev && !link)
const others = needed.reduce((sum, [path]) => sum + (path.includes('chdb') ? 0 : ownSize(join(root, path))), 0)
console.log(
  `installation: chDB ${mib(parts.chdb)}, other packages ${mib(others)}, server ${mib(parts.server)}, console ${mib(parts.console)}`,
)

/** A package without the packages inside it, which have lines of their own. */
function ownSize(path) {
  return sizeOf(path) - sizeOf(join(path, 'node_modules'))
}
