// The whole road with PostgreSQL in the place of SQLite, by URL alone.
import assert from 'node:assert/strict'
import test from 'node:test'
import { startServer, until, workspaceOf } from './server.mjs'

const postgres = process.env.CASTELLAN_TEST_POSTGRES
const skip = postgres ? false : 'set CASTELLAN_TEST_POSTGRES=postgres://…; scripts/postgres-for-tests.sh starts one'

const rule = `title: Needle
id: 55555555-5555-4555-8555-555555555555
level: high
logsource: { product: testing }
detection: { needle: { word: needle }, condition: needle }
`

test('events in, an incident out, a ledger that verifies, on PostgreSQL', { skip, timeout: 60_000 }, async (t) => {
  const { temporarySchema } = await import('../dist/testkit/index.js')
  const { url, drop } = await temporarySchema()
  const { folder, remove } = workspaceOf({
    'castellan.yaml': 'name: by url\nwatchHost: false\n',
    'rules/needle.yml': rule,
  })
  const env = { CASTELLAN_STATE_URL: url }
  let server = await startServer(folder, { env })
  t.after(async () => {
    await server.stop()
    remove()
    await drop()
  })
  const line = (word) => JSON.stringify({ logsource: { product: 'testing' }, word, host: 'pc1', user: 'ada' })
  const send = () =>
    fetch(new URL('/ingest/v1/ndjson/web', server.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}` },
      body: [line('needle'), line('hay'), line('needle')].join('\n'),
    })
  assert.equal((await (await send()).json()).accepted, 3)
  await until(async () => (await server.get('alert.list', { repeats: true })).total === 2, { what: 'two alerts' })
  const [incident] = (await server.get('incident.list')).items
  assert.equal(incident.alerts, 2)
  assert.equal((await server.post('incident.note', { id: incident.id, text: 'seen' })).id, incident.id)
  await server.kill()
  server = await startServer(folder, { env })
  await send()
  await until(async () => (await server.get('alert.list', { repeats: true })).total === 4, {
    what: 'four alerts after a kill',
  })
  assert.equal((await server.get('incident.list')).items[0].alerts, 4)
  assert.equal((await server.get('ledger.verify')).ok, true)
  const { stores } = await server.get('system.health')
  assert.ok(stores.some(({ engine }) => engine === 'postgres'))
})
