// Threat intelligence on the whole road: a list in the workspace, an event over HTTP, the enriched event, one alert, the command line.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { command, startServer, until, workspaceOf } from './server.mjs'

const workspace = workspaceOf({
  'castellan.yaml': 'name: Test\nwatchHost: false\nsources:\n  - { kind: http, name: app }\n',
  'model/estate.yaml':
    'zones:\n  office: { trust: 5 }\nassets:\n  laptop: { kind: windows-laptop, zone: office, owner: ops, criticality: high, hosts: [lt-01] }\n',
  'intelligence/list.csv': 'ioc_value,ioc_type,malware,confidence_level\nevil.example,domain,Loader,90\n',
  'identities.yaml': 'identities:\n  - person: Ada\n    accounts: [ada]\n',
})
const server = await startServer(workspace.folder)
test.after(async () => {
  await server.stop()
  workspace.remove()
})

const send = async (...events) => {
  const body = events.map((event) => JSON.stringify(event)).join('\n')
  const answer = await fetch(new URL('/ingest/v1/ndjson/app', server.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/x-ndjson' },
    body,
  })
  assert.equal(answer.status, 200, await answer.text())
}
const look = (name) => ({
  '@timestamp': new Date().toISOString(),
  host: 'lt-01',
  user: 'ada',
  message: `asked for ${name}`,
  url: `http://${name}/x`,
})

test('an indicator is met: the event says so, and one alert is raised however often it is met', async () => {
  await send(look('www.evil.example'), look('www.evil.example'), look('good.example'))
  const alerts = await until(async () => {
    const { items } = await server.get('alert.list')
    return items.length > 0 ? items : undefined
  })
  assert.deepEqual(
    alerts.map(({ rule, asset, host }) => [rule.title, rule.level, asset, host]),
    [['Indicator of compromise: Loader (intelligence/list.csv)', 'high', 'laptop', 'lt-01']],
  )
  const { items } = await server.get('event.search', { q: '"www.evil.example"' })
  assert.equal(items.length, 2)
  const { enriched } = await server.get('event.show', { id: alerts[0].event })
  assert.deepEqual(enriched, {
    'asset.criticality': 'high',
    'asset.kind': 'windows-laptop',
    'asset.owner': 'ops',
    'asset.zone': 'office',
    'identity.person': 'Ada',
    'intel.confidence': '90',
    'intel.feed': 'intelligence/list.csv',
    'intel.indicator': 'evil.example',
    'intel.label': 'Loader',
    'intel.type': 'domain',
  })
})

test('the command line looks values up: 1 for one that is known, 0 for others, 3 for none at all', () => {
  const ask = (...words) =>
    spawnSync(process.execPath, [command, ...words, '--json', '--workspace', workspace.folder], { encoding: 'utf8' })
  const known = ask('intel', 'lookup', 'a.evil[.]example')
  assert.equal(known.status, 1, known.stderr)
  assert.equal(JSON.parse(known.stdout).label, 'Loader')
  assert.equal(ask('intel', 'lookup', 'good.example').status, 0)
  assert.equal(ask('intel', 'lookup', 'what is this').status, 3)
  assert.deepEqual(
    JSON.parse(ask('intel', 'feeds').stdout).items.map(({ name, indicators }) => [name, indicators]),
    [['intelligence/list.csv', 1]],
  )
})

test('a file that changes counts without a restart', { timeout: 90_000 }, async () => {
  writeFileSync(join(workspace.folder, 'intelligence/more.txt'), 'late.example\n')
  await until(async () => (await server.get('intel.feeds')).items.length === 2, { what: 'the second feed' })
  assert.equal((await server.get('intel.lookup', { value: 'late.example' })).known, true)
})
