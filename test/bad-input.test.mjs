// What must cost one clear error and nothing else: broken files, endless lines, bombs, hostile rules, wrong tokens.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { command, startServer, until, workspaceOf } from './server.mjs'

const data = process.env.CASTELLAN_DATA ?? '../shared/data'
const mostMemory = 700 * 1024 * 1024

const rule = (title, id, detection) =>
  `title: ${title}\nid: ${id}\nlevel: high\nlogsource: { product: testing }\ndetection:\n${detection}\n`
const plainRule = rule(
  'Needle',
  '11111111-1111-4111-8111-111111111111',
  '  needle: { word: needle }\n  condition: needle',
)
const event = (word) => JSON.stringify({ logsource: { product: 'testing' }, word, time: '2026-01-02T03:04:05Z' })

/** Runs the command; answers with what it said, its exit code, and the most memory it ever had. */
function run(args, folder) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [command, ...args], { cwd: folder })
    let [stdout, stderr, most] = ['', '', 0]
    const look = setInterval(() => {
      try {
        most = Math.max(
          most,
          Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
        )
      } catch {
        // It has ended already.
      }
    }, 20)
    child.stdout.on('data', (bytes) => (stdout += bytes))
    child.stderr.on('data', (bytes) => (stderr += bytes))
    child.on('exit', (code) => {
      clearInterval(look)
      done({ code, stdout, stderr, most })
    })
  })
}

/** Runs detect over files with rules; the last line of the answer is the summary. */
async function detect(t, files, rules = { 'needle.yml': plainRule }) {
  const { folder, remove } = workspaceOf({
    ...Object.fromEntries(Object.entries(rules).map(([name, text]) => [`rules/${name}`, text])),
    ...Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`events/${name}`, bytes])),
  })
  t.after(remove)
  const said = await run(['detect', 'events', '--rules', 'rules', '--json'], folder)
  const lines = said.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  return { ...said, alerts: lines.slice(0, -1), summary: lines.at(-1).summary }
}

test('a truncated EVTX file: what is there is read, the damage is named with its place', async (t) => {
  const found = findEvtx(join(data, 'detection'))
  if (found === undefined) return t.skip(`no EVTX under ${data}/detection`)
  const whole = readFileSync(found)
  const { code, summary } = await detect(t, {
    'cut.evtx': whole.subarray(0, 4096 + 40_000),
    'good.ndjson': event('needle'),
  })
  assert.equal(code, 1)
  assert.ok(
    summary.issues.some(({ at, text }) => at.file.endsWith('cut.evtx') && /byte \d+/.test(text)),
    JSON.stringify(summary.issues),
  )
  assert.ok(summary.counts.events > 1, 'records before the cut are read')
})

function findEvtx(folder) {
  if (!existsSync(folder)) return undefined
  const name = readdirSync(folder, { recursive: true }).find((file) => file.endsWith('.evtx'))
  return name === undefined ? undefined : join(folder, name)
}

test('a line of 50 MB is one problem; the lines around it are read, memory stays bounded', async (t) => {
  const { code, summary, most } = await detect(t, {
    'long.ndjson': `${event('needle')}\n{"logsource":{"product":"testing"},"word":"${'x'.repeat(50_000_000)}"}\n${event('needle')}\n`,
  })
  assert.equal(code, 1)
  assert.equal(summary.alertCount, 2)
  assert.equal(summary.issues.filter(({ text }) => /long|large/.test(text)).length, 1, JSON.stringify(summary.issues))
  assert.ok(most < mostMemory, `${most} bytes`)
  t.diagnostic(`most memory ${Math.round(most / 1048576)} MiB`)
})

test('bytes that are no UTF-8 are kept with a mark; everything else goes on', async (t) => {
  const bad = Buffer.concat([
    Buffer.from(event('needle').slice(0, -2)),
    Buffer.from([0xff, 0xfe, 0xc3]),
    Buffer.from('"}\n'),
    Buffer.from(`${event('needle')}\n`),
  ])
  const { code, summary } = await detect(t, { 'bytes.ndjson': bad })
  assert.equal(code, 1)
  assert.equal(summary.counts.events, 2)
  assert.equal(summary.alertCount, 2)
})

const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
  .split('')
  .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]`)
  .join('\n')}\n`

test('a YAML bomb in a rule is refused with its place; other rules run', async (t) => {
  const { summary, alerts, most } = await detect(
    t,
    { 'e.ndjson': event('needle') },
    { 'bomb.yml': bomb, 'needle.yml': plainRule },
  )
  assert.equal(alerts.length, 1)
  assert.ok(
    summary.issues.some(({ at }) => at.file.endsWith('bomb.yml')),
    JSON.stringify(summary.issues),
  )
  assert.ok(most < mostMemory)
})

test('a YAML bomb in the model is one error; the other files are read', async (t) => {
  const { folder, remove } = workspaceOf({
    'castellan.yaml': 'name: bombed\n',
    'model/bomb.yaml': bomb,
    'model/good.yaml': 'zones:\n  here: { trust: 10 }\n',
  })
  t.after(remove)
  const { code, stdout, most } = await run(['model', 'check', '--json'], folder)
  const { issues, counts } = JSON.parse(stdout)
  assert.equal(code, 1)
  assert.ok(issues.some(({ at }) => at.file.endsWith('bomb.yaml')))
  assert.equal(counts.zones, 1)
  assert.ok(most < mostMemory)
})

test('a rule with 10,000 alternatives, and a pattern made to explode: both fast', async (t) => {
  const many = rule(
    'Many',
    '22222222-2222-4222-8222-222222222222',
    `  many:\n    word|contains:\n${Array.from({ length: 10_000 }, (_, n) => `      - alternative-${n}`).join('\n')}\n  condition: many`,
  )
  const explode = rule(
    'Explode',
    '33333333-3333-4333-8333-333333333333',
    "  bad:\n    word|re: '^(a+)+$'\n  condition: bad",
  )
  const events = [
    ...Array.from({ length: 2_000 }, (_, n) => event(`text alternative-${n} text`)),
    event(`${'a'.repeat(5_000)}!`),
    event('needle'),
  ].join('\n')
  const { summary } = await detect(
    t,
    { 'e.ndjson': events },
    { 'many.yml': many, 'explode.yml': explode, 'needle.yml': plainRule },
  )
  assert.equal(summary.alertCount, 2_001)
  t.diagnostic(`${summary.seconds.toFixed(1)} s for ${summary.counts.events} events`)
})

test('a rule that is none says where; the exit code tells that nothing could be read', async (t) => {
  const { summary } = await detect(
    t,
    { 'e.ndjson': event('needle') },
    { 'broken.yml': 'title: x\ndetection: [\n', 'needle.yml': plainRule },
  )
  const [issue] = summary.issues.filter(({ at }) => at.file.endsWith('broken.yml'))
  assert.ok(issue.at.line > 0 && issue.text.length > 5, JSON.stringify(issue))
  const { folder, remove } = workspaceOf({ 'rules/needle.yml': plainRule })
  t.after(remove)
  assert.equal((await run(['detect', 'nowhere', '--rules', 'rules'], folder)).code, 2)
  assert.equal((await run(['detect'], folder)).code, 3)
  assert.equal((await run(['detect', 'rules', '--rules', 'nowhere'], folder)).code, 3)
})

test('settings that are wrong are all named at once, with line and column', async (t) => {
  const { folder, remove } = workspaceOf({ 'castellan.yaml': 'name: 7\nserver:\n  prot: 80\ncurrency: GOLD\n' })
  t.after(remove)
  const { code, stderr } = await run(['up'], folder)
  assert.equal(code, 3)
  for (const place of ['castellan.yaml:1:', 'castellan.yaml:3:', 'castellan.yaml:4:'])
    assert.ok(stderr.includes(place), stderr)
})

test('a server takes bad lines without harm: they are counted, kept or refused, and the good ones arrive', async (t) => {
  const { folder, remove } = workspaceOf({
    'castellan.yaml': 'name: bad\nwatchHost: false\nsources: [{ name: web, kind: http }]\n',
    'rules/needle.yml': plainRule,
  })
  mkdirSync(join(folder, 'model'))
  writeFileSync(join(folder, 'model/bomb.yaml'), bomb)
  const server = await startServer(folder)
  t.after(async () => {
    await server.stop()
    remove()
  })
  const send = (body, token = server.token) =>
    fetch(new URL('/ingest/v1/ndjson/web', server.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body,
    })
  assert.equal((await send(event('needle'), 'cst_wrong')).status, 401)
  for (const type of ['text/plain', 'application/json', 'application/x-ndjson', undefined]) {
    const headers = { authorization: `Bearer ${server.token}`, ...(type ? { 'content-type': type } : {}) }
    const answer = await fetch(new URL('/ingest/v1/ndjson/web', server.url), {
      method: 'POST',
      headers,
      body: Buffer.from(event('hay')),
    })
    assert.deepEqual((await answer.json()).accepted, 1, `sent as ${type}`)
  }
  const answer = await send(
    Buffer.concat([
      Buffer.from(`${event('needle')}\nthis is no JSON\n{"word":"${'y'.repeat(50_000_000)}"}\n`),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(`${event('needle')}\n`),
    ]),
  )
  const { accepted, rejected } = await answer.json()
  assert.equal(answer.status, 200)
  assert.deepEqual({ accepted, rejected }, { accepted: 4, rejected: 1 })
  await until(async () => (await server.get('alert.list', { repeats: true })).total === 2, { what: 'two alerts' })
  const rss = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))?.[1]) * 1024
  assert.ok(rss < 1.5 * 2 ** 30, `${rss} bytes`)
  const [source] = (await server.get('source.list')).items
  assert.equal(source.rejected, 1)
})
