// What is posted or read as a whole: documents of JSON, bodies and files packed with zstd, stack traces; and detect with the workspace's own parsers.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { command, workspaceOf } from './server.mjs'
import { receiver, stored } from './shippers.mjs'

const hasZstd = spawnSync('zstd', ['--version']).status === 0
const zstd = (bytes) => spawnSync('zstd', ['-q', '-c'], { input: bytes, maxBuffer: 1e9 }).stdout
const castellan = (folder, ...words) =>
  spawnSync(process.execPath, [command, ...words], { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 })

test('a posted document is cut into its events: wrapper, list, lines; plain, gzip, zstd; what is cut off is refused whole', async (t) => {
  const { server } = await receiver(t, [{ kind: 'http', name: 'traces', join: 'timestamp' }])
  const post = async (source, body, headers = {}) => {
    const answer = await fetch(`${server.url}/ingest/v1/ndjson/${source}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.token}`,
        'content-type': 'application/json; charset=utf-8',
        ...headers,
      },
      body,
    })
    return { status: answer.status, ...(await answer.json()) }
  }
  const events = Array.from({ length: 400 }, (_, at) => JSON.stringify({ eventName: 'A', n: at }))
  const wrapped = `{"Records": [${events.slice(0, 100).join(' , ')}]}`
  assert.equal((await post('docs', wrapped)).accepted, 100)
  const list = `[${events.slice(100, 200).join(',\n')}]`
  assert.equal((await post('docs', gzipSync(list), { 'content-encoding': 'gzip' })).accepted, 100)
  assert.equal((await post('docs', events.slice(200, 300).join('\n'))).accepted, 100)
  const cut = await post('docs', wrapped.slice(0, -20))
  assert.equal(cut.status, 400)
  assert.match(cut.error.text, /does not end; nothing was taken/)
  const before = await stored(server, 'docs', 300)
  assert.deepEqual(before, events.slice(0, 300))
  t.diagnostic(`posted 300 events in three documents and one that was cut off: ${before.length} stored`)
  const lines = [
    '2026-03-02 14:01:02 ERROR x',
    'java.lang.Error: y',
    '\tat a.b(C.java:1)',
    '2026-03-02 14:01:03 INFO z',
  ]
  const said = await post('traces', lines.join('\n'), { 'content-type': 'text/plain' })
  assert.equal(said.accepted, 4, 'lines are counted')
  assert.deepEqual(await stored(server, 'traces', 2), [lines.slice(0, 3).join('\n'), lines[3]])
  const zeek = ['#separator \\x09', '#path\tdns', '#fields\tts\tuid\tquery', '1772460062.0\tC1\ta.example']
  const { accepted } = await post('zeek', zeek.join('\n'), { 'content-type': 'text/plain' })
  assert.equal(accepted, 4)
  assert.deepEqual(await stored(server, 'zeek', 1), [zeek.join('\n')], 'a header goes with the records under it')
  if (!hasZstd) return t.diagnostic('zstd is not installed: bodies packed with it were not tried')
  const packed = zstd(events.slice(300).join('\n'))
  assert.equal(
    (await post('zst', packed, { 'content-encoding': 'zstd', 'content-type': 'application/x-ndjson' })).accepted,
    100,
  )
  assert.deepEqual(await stored(server, 'zst', 100), events.slice(300))
  const bomb = zstd(Buffer.alloc(200 * 1_048_576, 'a'))
  assert.equal((await post('docs', bomb, { 'content-encoding': 'zstd' })).status, 413)
})

const files = {
  'castellan.yaml': 'name: Doors\nwatchHost: false\n',
  'parsers/badge.yaml': `name: badge
does: reads the letters of the badge office
syslog: true
recognise: { program: badged }
read: { patterns: ["%{word:action} badge %{hex:badge} user %{user:login}"] }
columns: { user: login }
event: { class: authentication, activity: badge used, activity_id: 1, outcome: success }
logsource: { product: badges }
tests:
  - line: '<38>Mar  2 14:01:02 gate1 badged[12]: denied badge 0a1b user ada'
    expect: { user: ada }
`,
  'rules/badge.yml': `title: A badge was refused
id: 5a5a1c1e-6a4f-4a53-9b34-0d4c7b1f2a10
status: test
logsource: { product: badges }
detection: { selection: { action: denied }, condition: selection }
level: high
`,
  'logs/door.log': '<38>Mar  2 14:01:02 gate1 badged[12]: denied badge 0a1b user ada\n',
}

test("detect and normalise read with the workspace's own parsers, and files packed with zstd", (t) => {
  const workspace = workspaceOf(files)
  t.after(() => workspace.remove())
  const { folder } = workspace
  const detected = castellan(folder, 'detect', 'logs', '--rules', 'rules', '--json')
  assert.equal(detected.status, 1, detected.stderr)
  const { alert } = JSON.parse(detected.stdout.split('\n')[0])
  assert.deepEqual([alert.rule.title, alert.user], ['A badge was refused', 'ada'])
  const normalised = castellan(folder, 'normalise', 'logs')
  assert.equal(JSON.parse(normalised.stdout).class_name, 'Authentication', normalised.stderr)
  if (!hasZstd) return t.diagnostic('zstd is not installed: a file packed with it was not tried')
  mkdirSync(join(folder, 'packed'))
  writeFileSync(join(folder, 'packed/a.json.zst'), zstd('{"Records":[{"a":1},{"a":2}]}'))
  const packed = castellan(folder, 'normalise', 'packed')
  assert.equal(packed.stdout.trim().split('\n').length, 2, packed.stderr)
})
