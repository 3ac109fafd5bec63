// The packed tarball, installed into an empty folder as a user would, drives the whole road: init, up, events in, an incident out.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { startServer, until } from './server.mjs'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'castellan-package-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const rule = `title: Password guessed
id: 44444444-4444-4444-8444-444444444444
level: high
tags: [attack.credential-access, attack.t1110]
logsource: { product: linux, service: sshd }
detection:
  said: [Failed password]
  condition: said
`

test('npm pack, npm install, and the road', async (t) => {
  const [{ filename, size, unpackedSize, files }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
  t.diagnostic(
    `tarball ${(size / 1e6).toFixed(1)} MB, ${(unpackedSize / 1e6).toFixed(1)} MB unpacked, ${files.length} files`,
  )
  assert.deepEqual(
    files.map(({ path }) => path).filter((path) => /\.test\.[cm]?[jt]s|testkit|(^|\/)cases\//.test(path)),
    [],
    'no tests are shipped',
  )

  const home = join(folder, 'home')
  mkdirSync(home)
  writeFileSync(join(home, 'package.json'), '{"private":true}')
  const installed = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, filename)],
    { cwd: home, encoding: 'utf8' },
  )
  assert.equal(installed.status, 0, installed.stderr)
  const castellan = join(home, 'node_modules/.bin/castellan')
  const run = (...args) => spawnSync(castellan, args, { cwd: workspace, encoding: 'utf8' })

  const workspace = join(folder, 'estate')
  mkdirSync(workspace)
  writeFileSync(
    join(workspace, 'docker-compose.yml'),
    'services:\n  web: { image: nginx, ports: ["443:443"], depends_on: [db] }\n  db: { image: postgres }\n',
  )
  assert.match(run('--help').stdout, /Usage: castellan/)
  const init = run('init')
  assert.equal(init.status, 0, init.stderr)
  assert.ok(existsSync(join(workspace, 'castellan.yaml')))
  const check = run('model', 'check', '--json')
  assert.equal(check.status, 0, check.stdout)
  assert.ok(JSON.parse(check.stdout).counts.assets >= 2, 'both services of the compose file are assets')
  assert.match(run('doctor').stdout, /ok +model/)

  mkdirSync(join(workspace, 'rules'), { recursive: true })
  writeFileSync(join(workspace, 'rules/guess.yml'), rule)
  const settings = readFileSync(join(workspace, 'castellan.yaml'), 'utf8')
  const own = settings
    .replace('watchHost: true', 'watchHost: false')
    .replace('sources: []', 'sources: [{ name: web, kind: http }]')
  writeFileSync(join(workspace, 'castellan.yaml'), own)
  const server = await startServer(workspace, { castellan: [castellan] })
  try {
    assert.match(server.welcome, /\/welcome#/)
    const page = await fetch(server.url)
    assert.match(await page.text(), /<div id="root"/)
    const lines = Array.from(
      { length: 5 },
      (_, n) =>
        `Nov 26 10:00:0${n} gate sshd[71]: Failed password for invalid user ada from 203.0.113.9 port 4022 ssh2`,
    )
    const sent = await fetch(new URL('/ingest/v1/ndjson/web', server.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}` },
      body: lines.join('\n'),
    })
    assert.deepEqual((await sent.json()).accepted, 5)
    await until(async () => (await server.get('incident.list')).total === 1, { what: 'an incident' })
    const listed = run('incident', 'list')
    assert.match(listed.stdout, /Password guessed/, listed.stderr)
    assert.match(run('incident', 'show', '1').stdout, /Failed password/)
    assert.match(run('token', 'create', 'shipper', '--json').stdout, /cst_/)
    assert.equal(run('ledger', 'verify').status, 0)
  } finally {
    assert.equal(await server.stop(), 0)
  }
  assert.equal(run('ledger', 'verify').status, 0)
})
