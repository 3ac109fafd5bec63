// Real log shippers as child processes, a server for them to send to, and the counting of what came.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, startServer, until, workspaceOf } from './server.mjs'

export const syslogNgFolder = '/opt/castellan-tests/syslog-ng'
const places = {
  rsyslogd: ['/usr/sbin/rsyslogd'],
  'syslog-ng': ['/usr/sbin/syslog-ng', `${syslogNgFolder}/usr/sbin/syslog-ng`],
  logger: ['/usr/bin/logger'],
  curl: ['/usr/bin/curl'],
  nc: ['/usr/bin/nc', '/bin/nc'],
  openssl: ['/usr/bin/openssl'],
  softflowd: ['/usr/sbin/softflowd'],
}

/** Where a program is; undefined when it is absent. */
export const programOf = (name) => places[name].find((path) => existsSync(path))

/** The program, or the test is skipped with the reason. */
export function needs(t, name) {
  const path = programOf(name)
  if (path === undefined) t.skip(`${name} is not installed (scripts/install-for-tests.sh installs it)`)
  return path
}

/** The configuration of a server with these sources. JSON is YAML. */
const configOf = (sources) => JSON.stringify({ watchHost: false, rules: [], log: { level: 'warn' }, sources })

/** A server with these sources; stopped and removed after the test. */
export async function receiver(t, sources, files = {}) {
  const { folder, remove } = workspaceOf({ 'castellan.yaml': configOf(sources), ...files })
  let server = await startServer(folder)
  await listening(server, sources)
  t.after(async () => {
    await server.stop()
    remove()
  })
  return {
    folder,
    get server() {
      return server
    },
    /** Kills the process and starts another on the same workspace and port, with other sources when they are given. */
    async again({ kill = true, sources: now = sources } = {}) {
      const port = Number(new URL(server.url).port)
      await (kill ? server.kill() : server.stop())
      writeFileSync(join(folder, 'castellan.yaml'), configOf(now))
      server = await startServer(folder, { port })
      await listening(server, now)
    },
  }
}

/** Inputs begin beside the server: waits until those that listen do. */
const listening = (server, sources) =>
  until(async () => {
    const { items } = await server.get('source.list')
    const own = items.filter(({ name }) => sources.some((one) => one.name === name))
    return (
      own.length === sources.length && own.every(({ state, detail }) => state === 'running' && detail !== 'starting')
    )
  })

/** Texts of a source's events, as stored, the oldest first. */
export async function rawsOf(server, source) {
  const all = []
  for (let before; ;) {
    const page = await server.get('event.search', { q: `source:${source}`, limit: 1000, ...(before && { before }) })
    all.push(...page.items.map(({ raw }) => raw))
    if (!page.next) return all.reverse()
    before = page.next
  }
}

/** Waits until so many events of the source are stored, or no more come; answers with their texts. */
export async function stored(server, source, count, patience = 40_000) {
  const counted = async () => {
    const { buckets } = await server.get('event.histogram', { q: `source:${source}` })
    return buckets.reduce((sum, one) => sum + one.count, 0) >= count
  }
  await until(counted, { patience }).catch(() => undefined)
  return rawsOf(server, source)
}

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))

/** A program that runs until it is stopped; ended after the test. */
export function running(t, program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes))
  const ended = new Promise((done) => child.on('exit', done))
  const stop = async () => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await ended
    clearTimeout(timer)
  }
  t.after(stop)
  return { child, stop, said: () => said }
}

/** Runs a program to its end. */
export function run(program, args, input, cwd) {
  const stdin = input === undefined ? 'ignore' : 'pipe'
  const stdio = [stdin, 'pipe', 'pipe']
  const { status, stdout, stderr } = spawnSync(program, args, { input, stdio, cwd, encoding: 'utf8', timeout: 30_000 })
  return { status, said: `${stdout}${stderr}` }
}

/** A certificate authority, a server's and a client's certificate, made by openssl. */
export function certificates(folder, openssl) {
  mkdirSync(folder, { recursive: true })
  const at = (name) => join(folder, name)
  const step = (args) => {
    const { status, said } = run(openssl, args)
    if (status !== 0) throw new Error(said)
  }
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  step(['req', '-x509', ...newKey, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '2', '-subj', '/CN=test ca'])
  for (const [name, subject] of [
    ['server', 'localhost'],
    ['client', 'fw1.example'],
  ]) {
    // prettier-ignore
    step(['req', ...newKey, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`), '-subj', `/CN=${subject}`])
    writeFileSync(at(`${name}.ext`), `subjectAltName=DNS:${subject}${name === 'server' ? ',IP:127.0.0.1' : ''}`)
    step(['x509', '-req', '-in', at(`${name}.csr`), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2', '-out', at(`${name}.pem`), '-extfile', at(`${name}.ext`)]) // prettier-ignore
  }
  return at
}

export { freePort, until }
