// Syslog from the programs that send it: N sent are N stored, letter by letter, also when the connection is cut or the server dies in the middle.
import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import { join } from 'node:path'
import test from 'node:test'
import {
  certificates,
  freePort,
  needs,
  receiver,
  run,
  running,
  sleep,
  stored,
  syslogNgFolder,
  until,
} from './shippers.mjs'

const texts = (name, count) =>
  Array.from({ length: count }, (_, at) => `${name} event number ${at} of ${count} "quoted" {x} ✓`)
/** The message behind the head of syslog. */
const bodyOf = (name) => (raw) => raw.slice(raw.indexOf(`${name} event number`))
const sorted = (list) => [...list].sort()

test('logger: UDP, TCP with octet counting, TCP by lines, RFC 3164 and 5424', async (t) => {
  const logger = needs(t, 'logger')
  if (!logger) return
  const [udp, tcp] = [await freePort(), await freePort()]
  const { server } = await receiver(t, [
    { kind: 'syslog-udp', name: 'by-udp', listen: `127.0.0.1:${udp}` },
    { kind: 'syslog-tcp', name: 'by-tcp', listen: `127.0.0.1:${tcp}` },
  ])
  const ways = [
    ['by-udp', '--udp', udp, '--rfc5424'],
    ['by-udp', '--udp', udp, '--rfc3164'],
    ['by-tcp', '--tcp', tcp, '--rfc5424', '--octet-count'],
    ['by-tcp', '--tcp', tcp, '--rfc3164'],
  ]
  for (const [, flag, port, ...rest] of ways) {
    const said = run(logger, [flag, '-n', '127.0.0.1', '-P', String(port), ...rest, '-t', 'app'], texts('logger', 50).join('\n')) // prettier-ignore
    assert.equal(said.status, 0, said.said)
  }
  for (const source of ['by-udp', 'by-tcp']) {
    const raws = await stored(server, source, 100)
    t.diagnostic(`${source}: 100 sent, ${raws.length} stored`)
    assert.deepEqual(sorted(raws.map(bodyOf('logger'))), sorted([...texts('logger', 50), ...texts('logger', 50)]))
  }
})

/** rsyslog with a queue on disk that forwards the lines of a file. */
function rsyslog(t, program, folder, action) {
  mkdirSync(join(folder, 'spool'), { recursive: true })
  const input = join(folder, 'in.log')
  writeFileSync(input, '')
  const config = join(folder, 'rsyslog.conf')
  writeFileSync(
    config,
    `
global(workDirectory="${folder}/spool" maxMessageSize="64k" ${action.global ?? ''})
module(load="imfile" mode="inotify")
input(type="imfile" File="${input}" Tag="app:" Severity="info" Facility="local0" ruleset="out")
ruleset(name="out") { action(type="omfwd" target="127.0.0.1" ${action.way} template="RSYSLOG_SyslogProtocol23Format"
  queue.type="LinkedList" queue.filename="q" queue.saveOnShutdown="on" action.resumeRetryCount="-1" action.resumeInterval="1") }
`,
  )
  const child = running(t, program, ['-n', '-f', config, '-i', join(folder, 'pid')])
  return { ...child, write: (lines) => appendFileSync(input, lines.map((line) => `${line}\n`).join('')) }
}

test('rsyslog: UDP, TCP by lines and with octet counting, TLS with a client certificate', async (t) => {
  const program = needs(t, 'rsyslogd')
  const openssl = program && needs(t, 'openssl')
  if (!openssl) return
  const ports = await Promise.all([freePort(), freePort(), freePort()])
  const home = await receiver(t, [])
  const at = certificates(join(home.folder, 'tls'), openssl)
  const clients = { ca: at('ca.pem'), names: ['*.example'] }
  const sources = [
    { kind: 'syslog-udp', name: 'udp', listen: `127.0.0.1:${ports[0]}` },
    { kind: 'syslog-tcp', name: 'tcp', listen: `127.0.0.1:${ports[1]}` },
    {
      kind: 'syslog-tls',
      name: 'tls',
      listen: `127.0.0.1:${ports[2]}`,
      cert: at('server.pem'),
      key: at('server.key'),
      clients,
    },
  ]
  await home.again({ kill: false, sources })
  const tls = `protocol="tcp" TCP_Framing="octet-counted" port="${ports[2]}" StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="localhost"`
  const ways = [
    ['udp', 200, { way: `protocol="udp" port="${ports[0]}"` }],
    ['tcp', 1000, { way: `protocol="tcp" port="${ports[1]}"` }],
    ['tcp', 1000, { way: `protocol="tcp" TCP_Framing="octet-counted" port="${ports[1]}"` }],
    [
      'tls',
      1000,
      {
        way: tls,
        global: `defaultNetstreamDriverCAFile="${at('ca.pem')}" defaultNetstreamDriverCertFile="${at('client.pem')}" defaultNetstreamDriverKeyFile="${at('client.key')}"`,
      },
    ],
  ]
  const wanted = { udp: [], tcp: [], tls: [] }
  for (const [index, [source, count, action]] of ways.entries()) {
    const folder = join(home.folder, `rsyslog${index}`)
    mkdirSync(folder)
    const name = `rsyslog${index}`
    const sender = rsyslog(t, program, folder, action)
    await sleep(500)
    sender.write(texts(name, count))
    wanted[source].push(...texts(name, count))
    const raws = await stored(home.server, source, wanted[source].length)
    t.diagnostic(`rsyslog ${source} ${index}: ${wanted[source].length} sent, ${raws.length} stored`)
    assert.deepEqual(
      sorted(raws.map((raw) => raw.slice(raw.indexOf('rsyslog')))),
      sorted(wanted[source]),
      sender.said(),
    )
    await sender.stop()
  }
  const { items } = await home.server.get('source.list')
  assert.equal(items.find(({ name }) => name === 'tls').rejected, 0)
})

test('TLS: a sender without a certificate, or with a name that is not allowed, is not let in and counted', async (t) => {
  const openssl = needs(t, 'openssl')
  if (!openssl) return
  const port = await freePort()
  const home = await receiver(t, [])
  const at = certificates(join(home.folder, 'tls'), openssl)
  const source = { kind: 'syslog-tls', name: 'tls', listen: `127.0.0.1:${port}`, cert: at('server.pem'), key: at('server.key'), clients: { ca: at('ca.pem'), names: ['other.example'] } } // prettier-ignore
  await home.again({ kill: false, sources: [source] })
  const send = (more) => run(openssl, ['s_client', '-connect', `127.0.0.1:${port}`, '-CAfile', at('ca.pem'), '-quiet', ...more], '<14>1 - h a - - - let me in\n') // prettier-ignore
  send([])
  send(['-cert', at('client.pem'), '-key', at('client.key')])
  await until(async () => (await home.server.get('source.list')).items.find(({ name }) => name === 'tls').rejected >= 2)
  const found = await home.server.get('event.search', { q: 'source:tls', limit: 5 })
  assert.equal(found.items.length, 0)
})

test('syslog-ng: TCP by lines and with octet counting (syslog protocol), UDP', async (t) => {
  const program = needs(t, 'syslog-ng')
  if (!program) return
  const [udp, tcp] = [await freePort(), await freePort()]
  const home = await receiver(t, [
    { kind: 'syslog-udp', name: 'udp', listen: `127.0.0.1:${udp}` },
    { kind: 'syslog-tcp', name: 'tcp', listen: `127.0.0.1:${tcp}` },
  ])
  const at = (name) => join(home.folder, name)
  writeFileSync(at('in.log'), texts('ng', 500).map((line) => `${line}\n`).join('')) // prettier-ignore
  writeFileSync(
    at('ng.conf'),
    `@version: 3.38
options { stats-freq(0); };
source in { file("${at('in.log')}" flags(no-parse) follow-freq(1) program-override("app")); };
destination counted { syslog("127.0.0.1" transport("tcp") port(${tcp})); };
destination lines { network("127.0.0.1" transport("tcp") port(${tcp}) persist-name("lines")); };
destination datagrams { network("127.0.0.1" transport("udp") port(${udp})); };
log { source(in); destination(counted); destination(lines); destination(datagrams); };
`,
  )
  const beside = program.startsWith(syslogNgFolder)
  const library = `${syslogNgFolder}/usr/lib/syslog-ng`
  const env = beside ? { ...process.env, LD_LIBRARY_PATH: library } : process.env
  const more = beside ? [`--module-path=${library}/3.38`] : []
  const sender = running(t, program, ['-F', '-f', at('ng.conf'), '-R', at('persist'), '-p', at('pid'), '-c', at('ctl'), ...more], { env }) // prettier-ignore
  for (const [source, count] of [
    ['tcp', 1000],
    ['udp', 500],
  ]) {
    // prettier-ignore
    const raws = await stored(home.server, source, count)
    t.diagnostic(`syslog-ng ${source}: ${count} sent, ${raws.length} stored`)
    const once = texts('ng', 500)
    assert.deepEqual(sorted(raws.map(bodyOf('ng'))), sorted(count === 1000 ? [...once, ...once] : once), sender.said())
  }
})

/** Passes a connection on, and cuts it now and then: both sides see it break. */
async function cuttingProxy(t, port, everyBytes) {
  let cuts = 0
  const server = createServer((from) => {
    const to = connect(port, '127.0.0.1')
    let passed = 0
    const cut = () => {
      from.destroy()
      to.destroy()
    }
    from.on('data', (bytes) => {
      passed += bytes.length
      to.write(bytes)
      if (passed > everyBytes && cuts < 4) {
        cuts += 1
        // What was passed on arrives; the sender is told by the end of the connection.
        to.end(() => from.destroy())
      }
    })
    for (const socket of [from, to]) socket.on('error', cut).on('close', cut)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => server.close())
  return { port: server.address().port, cuts: () => cuts }
}

test('rsyslog over TCP while the peer is cut and the server is killed: nothing that TCP can promise is lost, every record is whole', async (t) => {
  const program = needs(t, 'rsyslogd')
  if (!program) return
  const port = await freePort()
  const home = await receiver(t, [{ kind: 'syslog-tcp', name: 'tcp', listen: `127.0.0.1:${port}` }])
  const proxy = await cuttingProxy(t, port, 30_000)
  const folder = join(home.folder, 'rsyslog')
  mkdirSync(folder)
  const sender = rsyslog(t, program, folder, { way: `protocol="tcp" TCP_Framing="octet-counted" port="${proxy.port}"` })
  const all = texts('cut', 3000)
  await sleep(500)
  for (let from = 0; from < 1500; from += 150) {
    sender.write(all.slice(from, from + 150))
    await sleep(150)
  }
  await sleep(1500)
  await home.again({ kill: true })
  sender.write(all.slice(1500))
  const unique = new Set((await stored(home.server, 'tcp', 3000, 20_000)).map(bodyOf('cut')))
  const lost = all.filter((line) => !unique.has(line))
  t.diagnostic(`3000 sent, ${proxy.cuts()} cuts and one kill -9; ${unique.size} different stored, ${lost.length} lost on the way (what stood in socket buffers: plain TCP has no receipts)`) // prettier-ignore
  for (const one of unique) assert.ok(all.includes(one), `no half records: ${one}`)
  // rsyslog may lose what it had handed to its socket at each break.
  assert.ok(lost.length < 600, `${lost.length} lost`)
  assert.ok(
    all.slice(-1400).every((line) => unique.has(line)),
    'all that was sent after the last break is there',
  )
})
