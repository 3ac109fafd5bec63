// Correlations on the whole road: events over HTTP in any order, the server killed in the middle, alerts once, in an incident; what does not happen is told by the clock.
import assert from 'node:assert/strict'
import test from 'node:test'
import { startServer, until, workspaceOf } from './server.mjs'

const plain = (name, image) =>
  `title: ${name}\nname: ${name}\nid: ${name}\nlogsource: { product: windows, category: process_creation }\ndetection: { s: { Image|endswith: '\\${image}' }, condition: s }\n`
const rules = [
  plain('whoami', 'whoami.exe'),
  plain('backup', 'backup.exe'),
  plain('done', 'done.exe'),
  'title: Looks around\nid: around\nlevel: high\ncorrelation: { type: event_count, rules: [whoami], group-by: [host], timespan: 5m, condition: { gte: 4 } }\n',
  'title: Backup without an end\nid: endless\nlevel: high\ncorrelation: { type: temporal, rules: [backup, done], group-by: [host], timespan: 2s, condition: backup and not done }\n',
].join('---\n')
const workspace = workspaceOf({
  'castellan.yaml':
    'name: Test\nwatchHost: false\ncorrelation: { latenessSeconds: 5 }\nrules: [rules]\nsources:\n  - { kind: http, name: app }\n',
  'rules/some.yml': rules,
})
test.after(() => workspace.remove())

const started = (image, time, host) =>
  JSON.stringify({
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    '@timestamp': new Date(time).toISOString(),
    Hostname: host,
    Image: `C:\\x\\${image}`,
  })
const send = async (server, lines) => {
  const headers = { authorization: `Bearer ${server.token}` }
  const url = new URL('/ingest/v1/ndjson/app', server.url)
  const answer = await fetch(url, { method: 'POST', headers, body: lines.join('\n') })
  assert.equal(answer.status, 200, await answer.text())
}

test('out of order and over a kill, an alert comes once; absence is told when nothing more comes', async () => {
  const now = Date.now()
  const first = await startServer(workspace.folder)
  await send(first, [
    started('whoami.exe', now - 1000, 'pc1'),
    started('whoami.exe', now - 4000, 'PC1'),
    started('backup.exe', now - 3000, 'pc1'),
    started('backup.exe', now - 3000, 'pc2'),
    started('done.exe', now - 2000, 'pc2'),
  ])
  await until(async () => (await first.get('rule.show', { id: 'around' })).correlation?.taken === 2)
  await first.kill()
  const second = await startServer(workspace.folder)
  try {
    await send(second, [
      started('whoami.exe', now - 2000, 'pc1'),
      started('whoami.exe', now - 3000, 'pc1'),
      started('whoami.exe', now - 3500, 'pc2'),
    ])
    const alerts = await until(async () => {
      const { items } = await second.get('alert.list')
      return items.length >= 2 ? items : undefined
    })
    assert.deepEqual(alerts.map(({ rule, time, events }) => [rule.id, now - time, events.length]).sort(), [
      ['around', 1000, 4],
      ['endless', 1000, 1],
    ])
    assert.ok(alerts.every(({ incident, late }) => incident !== '' && late === undefined))
    const { correlation, state } = await second.get('rule.show', { id: 'around' })
    assert.deepEqual([state, correlation.taken, correlation.found], ['running', 5, 1])
    const found = await second.get('correlation.hunt', { id: 'around' })
    // Of the five matches those of the machine for which it can hold.
    assert.deepEqual([found.count, found.matches], [1, 4])
    assert.deepEqual(found.items[0].events, alerts.find(({ rule }) => rule.id === 'around').events)
  } finally {
    await second.stop()
  }
})
