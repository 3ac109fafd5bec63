// What is unusual on the whole road: records over HTTP, one alert with its numbers, memory that outlives a killed server.
import assert from 'node:assert/strict'
import test from 'node:test'
import { startServer, until, workspaceOf } from './server.mjs'

const workspace = workspaceOf({
  'castellan.yaml':
    'name: Test\nwatchHost: false\nsources:\n  - { kind: http, name: ids }\nanomalies:\n  dns-tunnel: { names: 50 }\n  volume: { on: 0 }\n',
})
let server = await startServer(workspace.folder)
test.after(async () => {
  await server.stop()
  workspace.remove()
})

const start = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 2 * 3_600_000
const ask = (n) => ({
  timestamp: new Date(start + n * 1000).toISOString(),
  event_type: 'dns',
  src_ip: '10.0.0.7',
  src_port: 40_000 + n,
  dest_ip: '10.0.0.1',
  dest_port: 53,
  proto: 'UDP',
  host: 'ids',
  dns: { type: 'query', rrname: `${(n * 2_654_435_761).toString(16).padStart(24, 'a7c3')}.t.example.com`, rrtype: 'A' },
})
const send = async (from, to) => {
  const events = Array.from({ length: to - from }, (_, n) => JSON.stringify(ask(from + n)))
  const answer = await fetch(new URL('/ingest/v1/ndjson/ids', server.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/x-ndjson' },
    body: events.join('\n'),
  })
  assert.equal(answer.status, 200, await answer.text())
}
const detector = async (name) => (await server.get('anomaly.list')).items.find((one) => one.name === name)

test('names that carry data are one alert, although the server was killed in between', async () => {
  await send(0, 30)
  await until(async () => (await detector('dns-tunnel')).groups > 0)
  assert.deepEqual((await server.get('alert.list')).items, [])
  await server.kill()
  server = await startServer(workspace.folder)
  await send(30, 120)
  const [alert, ...more] = await until(async () => {
    const { items } = await server.get('alert.list')
    return items.length > 0 ? items : undefined
  })
  assert.deepEqual(more, [])
  assert.match(alert.message, /^10\.0\.0\.7 asked for 50 different names below example\.com within an hour/)
  assert.equal(alert.rule.level, 'high')
  const shown = await server.get('anomaly.show', { alert: alert.id })
  assert.equal(shown.detector, 'dns-tunnel')
  assert.equal(shown.parameters.names, 50)
  assert.deepEqual(shown.history.points, [[start, 50]])
})

test('detectors say how they stand, profiles what is usual', async () => {
  assert.equal((await detector('volume')).state, 'off')
  assert.equal((await detector('new-binary')).state, 'learning')
  await until(async () => (await server.get('profile.show', { kind: 'host', name: 'ids' })).events === 120)
})
