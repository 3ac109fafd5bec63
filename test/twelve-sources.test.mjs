// A day of Fernhill Health through twelve ways in at once: every record sent is stored once, understood, and under the name of its source.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import test from 'node:test'
import { connect as connectTls } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { Kafka, logLevel } from 'kafkajs'
import { organisationOf } from '../dist/exercise/index.js'
import { broker } from '../dist/telemetry/inputs/kafka/broker.test.js'
import { freePort, startServer, workspaceOf } from './server.mjs'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const to = Date.now()

/** The twelve: which records of the day each sends. */
const kinds = {
  'web-tcp': ({ source, text }) => source === 'fernhill-web' && text.includes(' web01 '),
  'web-udp': ({ source, text }) => source === 'fernhill-web' && !text.includes(' web01 '),
  'windows-ndjson': ({ source, text }) => source === 'fernhill-windows' && text.includes('Sysmon'),
  'windows-hec': ({ source, text }) => source === 'fernhill-windows' && !text.includes('Sysmon'),
  'linux-tls': ({ source, text }) => source === 'fernhill-linux' && / (sshd|sudo|su|CRON|systemd)[ [:]/.test(text),
  'linux-file': ({ source, text }) => source === 'fernhill-linux' && / postgres[ [:]/.test(text),
  'linux-gelf': ({ source, text }) =>
    source === 'fernhill-linux' && !/ (sshd|sudo|su|CRON|systemd|postgres)[ [:]/.test(text),
  'aws-objects': ({ source }) => source === 'fernhill-aws',
  'firewall-unix': ({ source, text }) => source === 'fernhill-firewall' && text.length % 2 === 0,
  'firewall-kafka': ({ source, text }) => source === 'fernhill-firewall' && text.length % 2 === 1,
  'ids-bulk': ({ source, text }) => source === 'fernhill-ids' && text.includes('"event_type":"dns"'),
  'ids-otlp': ({ source, text }) => source === 'fernhill-ids' && !text.includes('"event_type":"dns"'),
}
const day = [...organisationOf('fernhill').records({ seed: 1, from: to - 86_400_000, to })]
const records = Object.fromEntries(
  Object.entries(kinds).map(([name, is]) => [name, day.filter(is).map(({ text }) => text)]),
)

const groups = (items, size) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))
/** Waits until it is done, or nothing has moved for twelve seconds: the counts are compared then, and tell. */
async function settles(look) {
  let [moved, before] = [Date.now(), '']
  for (;;) {
    const { done, at } = await look()
    if (done) return
    if (String(at) !== before) [moved, before] = [Date.now(), String(at)]
    if (Date.now() - moved > 12_000) return
    await wait(100)
  }
}
/** Writes frames into a stream, and ends it when they are through. */
async function stream(socket, frames) {
  await new Promise((done, fail) =>
    socket.once(socket.encrypted ? 'secureConnect' : 'connect', done).once('error', fail),
  )
  for (const part of groups(frames, 500))
    if (!socket.write(part.join(''))) await new Promise((done) => socket.once('drain', done))
  await new Promise((done) => socket.end(done))
}

test('twelve sources at once', { timeout: 150_000 }, async (t) => {
  if (!hasOpenssl) return t.skip('openssl is not installed: no certificate for TLS')
  const ports = { tcp: await freePort(), udp: await freePort(), tls: await freePort(), gelf: await freePort() }
  const workspace = workspaceOf({ 'logs/postgres.log': '', 'objects/keep': '' })
  let server
  t.after(async () => {
    await server?.stop()
    workspace.remove()
  })
  const { port: kafkaPort } = await broker(t)
  const { folder } = workspace
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=localhost',
      '-days',
      '2',
      '-keyout',
      'key.pem',
      '-out',
      'cert.pem',
    ],
    { cwd: folder, stdio: 'ignore' },
  )
  writeFileSync(
    join(folder, 'castellan.yaml'),
    `name: Twelve
watchHost: false
sources:
  - { kind: syslog-tcp, name: web-tcp, listen: "127.0.0.1:${ports.tcp}" }
  - { kind: syslog-udp, name: web-udp, listen: "127.0.0.1:${ports.udp}" }
  - { kind: http, name: windows-ndjson }
  - { kind: http, name: windows-hec }
  - { kind: syslog-tls, name: linux-tls, listen: "127.0.0.1:${ports.tls}", cert: cert.pem, key: key.pem }
  - { kind: file, name: linux-file, path: logs/postgres.log }
  - { kind: gelf-tcp, name: linux-gelf, listen: "127.0.0.1:${ports.gelf}" }
  - { kind: objects, name: aws-objects, from: "objects/*.json.gz", everySeconds: 1 }
  - { kind: syslog-unix, name: firewall-unix, path: ${folder}/log.sock }
  - { kind: kafka, name: firewall-kafka, brokers: ["127.0.0.1:${kafkaPort}"], topics: [firewall] }
  - { kind: http, name: ids-bulk }
  - { kind: http, name: ids-otlp }
`,
  )
  server = await startServer(folder)
  const post = async (path, body, type) => {
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': type }
    for (;;) {
      const answer = await fetch(new URL(path, server.url), { method: 'POST', headers, body })
      if (answer.status !== 429) return assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.text()}`)
      await wait(500)
    }
  }
  const senders = {
    'web-tcp': (texts) =>
      stream(
        connect(ports.tcp, '127.0.0.1'),
        texts.map((text) => `${Buffer.byteLength(text)} ${text}`),
      ),
    async 'web-udp'(texts) {
      const socket = createSocket('udp4')
      // UDP has no way to say "wait": the sender asks over HTTP how far the receiver is, and what was dropped is counted.
      for (const [at, part] of groups(texts, 1_000).entries()) {
        for (const few of groups(part, 20))
          await Promise.all(few.map((text) => new Promise((done) => socket.send(text, ports.udp, '127.0.0.1', done))))
        await settles(async () => {
          const { items } = await server.get('source.list')
          const { events, rejected } = items.find(({ name }) => name === 'web-udp')
          return { done: events + rejected >= at * 1_000 + part.length, at: events + rejected }
        })
      }
      socket.close()
    },
    async 'windows-ndjson'(texts) {
      for (const part of groups(texts, 1_000))
        await post('/ingest/v1/ndjson/windows-ndjson', part.join('\n'), 'application/x-ndjson')
    },
    async 'windows-hec'(texts) {
      for (const part of groups(texts, 500))
        await post(
          '/ingest/v1/hec/windows-hec/services/collector/event',
          part.map((text) => `{"event":${text}}`).join(''),
          'application/json',
        )
    },
    'linux-tls': (texts) =>
      stream(
        connectTls({ port: ports.tls, host: '127.0.0.1', rejectUnauthorized: false }),
        texts.map((text) => `${Buffer.byteLength(text)} ${text}`),
      ),
    async 'linux-file'(texts) {
      for (const part of groups(texts, 400)) {
        writeFileSync(join(folder, 'logs/postgres.log'), `${part.join('\n')}\n`, { flag: 'a' })
        await wait(20)
      }
    },
    'linux-gelf': (texts) =>
      stream(
        connect(ports.gelf, '127.0.0.1'),
        texts.map((text) => `${JSON.stringify({ version: '1.1', host: 'relay', short_message: text })}\0`),
      ),
    async 'aws-objects'(texts) {
      mkdirSync(join(folder, 'objects'), { recursive: true })
      for (const [at, part] of groups(texts, 300).entries()) {
        const path = join(folder, `objects/trail-${at}.json.gz`)
        writeFileSync(path, gzipSync(`{"Records":[${part.join(',')}]}`))
        utimesSync(path, new Date(Date.now() - 60_000 + at * 1000), new Date(Date.now() - 60_000 + at * 1000))
      }
    },
    'firewall-unix': (texts) =>
      stream(
        connect(join(folder, 'log.sock')),
        texts.map((text) => `${text}\n`),
      ),
    async 'firewall-kafka'(texts) {
      const producer = new Kafka({ brokers: [`127.0.0.1:${kafkaPort}`], logLevel: logLevel.NOTHING }).producer()
      await producer.connect()
      for (const part of groups(texts, 1_000))
        await producer.send({ topic: 'firewall', messages: part.map((value) => ({ value })) })
      await producer.disconnect()
    },
    async 'ids-bulk'(texts) {
      for (const part of groups(texts, 500))
        await post(
          '/ingest/v1/elastic/ids-bulk/_bulk',
          part.map((text) => `{"create":{"_index":"ids"}}\n${text}\n`).join(''),
          'application/x-ndjson',
        )
    },
    async 'ids-otlp'(texts) {
      for (const part of groups(texts, 500)) {
        const logRecords = part.map((text) => ({ timeUnixNano: String(to * 1e6), body: { stringValue: text } }))
        const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'suricata' } }] }
        await post(
          '/ingest/v1/otlp/ids-otlp/v1/logs',
          JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] }),
          'application/json',
        )
      }
    },
  }
  assert.deepEqual(Object.keys(senders), Object.keys(records))
  const began = performance.now()
  await Promise.all(Object.entries(senders).map(([name, send]) => send(records[name])))
  const wanted = Object.fromEntries(Object.entries(records).map(([name, texts]) => [name, texts.length]))
  const sent = Object.values(wanted).reduce((sum, count) => sum + count, 0)
  const seen = async () => {
    const { spool, items } = await server.get('source.list')
    const counts = Object.fromEntries(
      items.filter(({ name }) => name in wanted).map(({ name, events }) => [name, events]),
    )
    const sum = Object.values(counts).reduce((sum, count) => sum + count, 0)
    return { spool, items, counts, sum, lost: items.reduce((sum, { rejected }) => sum + rejected, 0) }
  }
  await settles(async () => {
    const { sum, lost, spool } = await seen()
    return { done: sum + lost >= sent && spool.records === 0, at: `${sum} ${lost} ${spool.records}` }
  })
  const seconds = (performance.now() - began) / 1000
  const { items } = await seen()
  const { facets } = await server.get('event.facets', { fields: 'source' })
  const stored = Object.fromEntries(facets[0].values.map(({ value, count }) => [value, count]))
  const ordered = (counts) => Object.fromEntries(Object.keys(wanted).map((name) => [name, counts[name] ?? 0]))
  t.diagnostic(`sent ${sent} in ${seconds.toFixed(0)} s by twelve ways: ${JSON.stringify(wanted)}`)
  assert.deepEqual(ordered(stored), wanted, 'stored as sent')
  assert.deepEqual(
    items
      .filter(({ unparsed, rejected }) => unparsed + rejected > 0)
      .map(({ name, unparsed, rejected }) => [name, unparsed, rejected]),
    [],
  )
  const { items: plain } = await server.get('event.search', { q: 'parser:plain', limit: 3 })
  assert.deepEqual(
    plain.map(({ source, raw }) => `${source}: ${raw}`),
    [],
    'every record is of a format that is known',
  )
})
