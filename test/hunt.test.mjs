// Hunting on the whole road: events over HTTP, computed over, exported and fetched once, followed, a hunt on its schedule told live.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { command, startServer, until, workspaceOf } from './server.mjs'

const workspace = workspaceOf({
  'castellan.yaml': 'name: Test\nwatchHost: false\nsources:\n  - { kind: http, name: app }\n',
  'dashboards/all.yaml': "title: All\npanels:\n  - { title: Hosts, kind: table, q: '| count by host' }\n",
})
const server = await startServer(workspace.folder)
test.after(async () => {
  await server.stop()
  workspace.remove()
})

const authorization = `Bearer ${server.token}`
const send = async (events) => {
  const body = events.map((event) => JSON.stringify(event)).join('\n')
  const url = new URL('/ingest/v1/ndjson/app', server.url)
  const answer = await fetch(url, { method: 'POST', headers: { authorization }, body })
  assert.equal(answer.status, 200, await answer.text())
}
const events = (from, count) =>
  Array.from({ length: count }, (_, n) => ({
    '@timestamp': new Date().toISOString(),
    host: `h${(from + n) % 3}`,
    message: `event ${from + n}`,
  }))

test('what is sent is computed over, exported and fetched once', async () => {
  await send(events(0, 3_000))
  await until(async () => (await server.get('event.hunt', { q: '| count' })).rows?.[0]?.[0] === 3_000)
  const { kind, rows } = await server.get('event.hunt', { q: '| count by host | sort host' })
  assert.deepEqual(
    [kind, rows],
    [
      'table',
      [
        ['h0', 1_000],
        ['h1', 1_000],
        ['h2', 1_000],
      ],
    ],
  )
  const { panels } = await server.get('dashboard.show', { name: 'all' })
  assert.equal(panels[0].result.rows.length, 3)
  const { id, bytes } = await server.post('event.export', { q: '', format: 'ndjson' })
  const url = new URL(`/api/v1/download/${id}`, server.url)
  assert.equal((await fetch(url)).status, 401)
  const answer = await fetch(url, { headers: { authorization } })
  assert.match(answer.headers.get('content-disposition'), /^attachment; filename="castellan-.*\.ndjson"$/)
  const text = await answer.text()
  assert.equal(Buffer.byteLength(text), bytes)
  assert.equal(text.trimEnd().split('\n').length, 3_000)
  assert.equal((await fetch(url, { headers: { authorization } })).status, 404)
  const { items } = await server.get('ledger.list', { limit: 10 })
  assert.ok(items.some(({ operation }) => operation === 'event.export'))
})

test('a scheduled hunt that finds something is told to whoever listens', async () => {
  const gone = new AbortController()
  const live = await fetch(new URL('/api/v1/live', server.url), { headers: { authorization }, signal: gone.signal })
  let told = ''
  const reading = (async () => {
    for await (const bytes of live.body) told += Buffer.from(bytes).toString()
  })().catch(() => undefined)
  // Due every second.
  await server.post('hunt.save', { name: 'all', q: 'host:h0', since: '24h', schedule: '* * * * * *' })
  await until(() => told.includes('event: hunt'), { patience: 90_000, what: 'the hunt to be told' })
  assert.match(told, /data: \{"name":"all","count":1000,"before":null\}/)
  gone.abort()
  await reading
  const { items } = await server.get('hunt.list')
  assert.equal(items[0].runs.at(-1).count, 1_000)
})

test('the command line follows, and writes files', async () => {
  const child = spawn(process.execPath, [
    command,
    'hunt',
    'message:"event 70*"',
    '--follow',
    '--workspace',
    workspace.folder,
  ])
  let out = ''
  child.stdout.on('data', (bytes) => (out += bytes))
  await new Promise((done) => setTimeout(done, 3_000))
  await send(events(7_000, 2))
  await send([{ '@timestamp': new Date().toISOString(), host: 'h9', message: 'event 70* as it stands' }])
  await until(() => out.includes('as it stands'), { patience: 30_000, what: 'the followed event' })
  child.kill('SIGINT')
  await new Promise((done) => child.on('exit', done))
  assert.equal(out.trim().split('\n').length, 1)
  const file = join(workspace.folder, 'found.csv')
  const saved = spawn(process.execPath, [
    command,
    'hunt',
    '| count by host',
    '--export',
    file,
    '--workspace',
    workspace.folder,
  ])
  assert.equal(await new Promise((done) => saved.on('exit', done)), 0)
  assert.match(readFileSync(file, 'utf8'), /^"host","count"\n/)
})
