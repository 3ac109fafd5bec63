// Every input against the real thing: files on disk, sockets of loopback, the programs of this machine.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { appendFileSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { runProcess, type SourceConfig, systemClock } from '#platform'
import type { IntakeDeps } from '../ingest.ts'
import { filesBelow } from './glob.io.ts'
import type { TimedText } from './input.ts'
import { desk } from './desk.test.ts'

const portOf = (detail: string): number => Number(/:(\d+) \(/.exec(detail)?.[1])

test('syslog over UDP', async (t) => {
  const { run, holds, health } = await desk(t)
  await run({ kind: 'syslog-udp', name: 'udp', listen: '127.0.0.1:0' })
  while (health('udp').detail === '') await sleep(5)
  const socket = createSocket('udp4')
  t.after(() => socket.close())
  for (const text of ['<14>one', '<14>two\n', '<14>three\0', ' \n'])
    await new Promise((done) => socket.send(text, portOf(health('udp').detail), '127.0.0.1', done))
  await holds('<14>one', '<14>two', '<14>three')
})

test('syslog over UDP: what finds no room is counted', async (t) => {
  const { run, health } = await desk(t, 1_200_000, 60_000)
  await run({ kind: 'syslog-udp', name: 'udp', listen: '127.0.0.1:0' })
  while (health('udp').detail === '') await sleep(5)
  const port = portOf(health('udp').detail)
  const socket = createSocket('udp4')
  t.after(() => socket.close())
  for (let n = 0; n < 40; n += 1) {
    await new Promise((done) => socket.send(Buffer.alloc(50_000, 'x'), port, '127.0.0.1', done))
    await sleep(5)
  }
  // What the kernel dropped is counted every five seconds.
  for (let n = 0; n < 80 && health('udp').rejected + health('udp').events < 40; n += 1) await sleep(100)
  const { rejected, events } = health('udp')
  assert.equal(rejected + events, 40)
  // Those that come within one look are taken together or not at all: on a busy machine they are many.
  assert.ok(rejected >= 15 && events >= 5, `${events} taken, ${rejected} refused`)
})

test('syslog over TCP: both framings, many pieces, a connection that breaks off', async (t) => {
  const { run, holds, health } = await desk(t)
  await run({ kind: 'syslog-tcp', name: 'tcp', listen: '127.0.0.1:0' })
  while (!health('tcp').detail.includes('(TCP)')) await sleep(5)
  const send = async (...pieces: string[]) => {
    const socket = connect(portOf(health('tcp').detail), '127.0.0.1')
    for (const piece of pieces) {
      socket.write(piece)
      await sleep(5)
    }
    socket.end()
    await once(socket, 'close')
  }
  await send('<1>one\n<2>t', 'wo\n', '10 <3>three\nx4', ' <4>a')
  await holds('<1>one', '<2>two', '<3>three\nx', '<4>a')
  await send('<5>no line end')
  await holds('<1>one', '<2>two', '<3>three\nx', '<4>a', '<5>no line end')
})

test('syslog over TCP: a full spool slows the sender, and nothing is lost', async (t) => {
  const { run, health } = await desk(t, 1_500_000, 60_000)
  const stop = await run({ kind: 'syslog-tcp', name: 'tcp', listen: '127.0.0.1:0' })
  while (!health('tcp').detail.includes('(TCP)')) await sleep(5)
  const socket = connect(portOf(health('tcp').detail), '127.0.0.1')
  socket.on('error', () => undefined)
  let sent = 0
  const line = Buffer.from(`<14>${'x'.repeat(10_000)}\n`)
  const sending = (async () => {
    for (; sent < 3_000 && !socket.destroyed; sent += 1)
      if (!socket.write(line)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined)
  })()
  while (health('tcp').state !== 'waiting') await sleep(10)
  await sleep(300)
  const { events, rejected, detail } = health('tcp')
  assert.match(detail, /spool is full/)
  assert.equal(rejected, 0)
  assert.ok(events < 160 && sent < 3_000, `${events} taken, ${sent} sent`)
  await stop()
  await sending
})

test('an address that is taken is a failure with a reason', async (t) => {
  const { run, health } = await desk(t)
  const other = createServer().listen(0, '127.0.0.1')
  t.after(() => other.close())
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await run({ kind: 'syslog-tcp', name: 'tcp', listen: `127.0.0.1:${port}` })
  while (health('tcp').state !== 'failed') await sleep(5)
  assert.match(health('tcp').detail, /EADDRINUSE/)
})

test('exercise: history at once, then in time; a restart goes on', async (t) => {
  const { run, holds } = await desk(t)
  const now = systemClock.now()
  const records: TimedText[] = [-300, -200, -200, -200, -100, 400, 60_000].map((offset, n) => ({
    time: now + offset,
    source: n % 2 === 0 ? 'even' : 'odd',
    text: `r${n}`,
  }))
  const source: SourceConfig = { kind: 'exercise', name: 'ex', organisation: 'fernhill', seed: 1, days: 1 }
  const asked: (number | undefined)[] = []
  const exerciseRecords: IntakeDeps['exerciseRecords'] = (_source, started, since) => {
    asked.push(since)
    assert.ok(Math.abs(started - now) < 1_000, 'when it first ran')
    return records.filter(({ time }) => time >= (since ?? -Infinity))
  }
  let stop = await run(source, { exerciseRecords: (...given) => [...exerciseRecords(...given)].slice(0, 3) })
  await holds('r0', 'r1', 'r2')
  await stop()
  stop = await run(source, { exerciseRecords })
  await holds('r0', 'r1', 'r2', 'r3', 'r4', 'r5')
  await stop()
  assert.deepEqual(asked, [undefined, now - 200])
})

test('host: facts of this machine are taken', async (t) => {
  const { run, texts, health } = await desk(t, 2 ** 28, 1_000_000)
  const stop = await run(
    { kind: 'host', name: 'host' },
    {
      hostTexts: async function* () {
        yield '{"castellan":"host-change","kind":"snapshot"}'
      },
    },
  )
  const patience = performance.now() + 8_000
  while (!(await texts()).some((text) => text.includes('castellan')) && performance.now() < patience) await sleep(50)
  assert.ok((await texts()).some((text) => text.includes('castellan')))
  assert.match(health('host').detail, /packages and ports/)
  await stop()
})

test('journald: entries, and on from the last one', async (t) => {
  const asked = await runProcess('journalctl', ['--output=json', '--lines=1', '--quiet'], {
    timeoutMilliseconds: 5_000,
    maxBytes: 1e6,
  })
  if (!asked.ok || !asked.value.stdout.startsWith('{')) return t.skip('this machine has no journal to read')
  const { run, texts, health } = await desk(t, 2 ** 28, 1_000_000)
  const source: SourceConfig = { kind: 'journald', name: 'journal' }
  const stop = await run(source)
  while ((await texts()).length === 0) await sleep(50)
  await sleep(500)
  await stop()
  const before = (await texts()).length
  await run(source)
  await sleep(1_000)
  assert.ok(health('journal').events < before, 'only what is new')
})

test('journald: the cursor is passed on, and a journal made anew is read again (a stand-in for journalctl)', async (t) => {
  const { folder, run, holds, health } = await desk(t)
  const path = process.env['PATH'] ?? ''
  t.after(() => (process.env['PATH'] = path))
  process.env['PATH'] = `${folder}:${path}`
  const script = (body: string) =>
    writeFileSync(join(folder, 'journalctl'), `#!/bin/sh\n${body}\nexec sleep 60\n`, { mode: 0o755 })
  const entry = (n: number) => `{"__CURSOR":"c${n}","MESSAGE":"m${n}"}`
  script(`echo '-- boot --'; echo '${entry(1)}'; echo '${entry(2)}'`)
  const source: SourceConfig = { kind: 'journald', name: 'journal' }
  let stop = await run(source)
  await holds(entry(1), entry(2))
  await stop()
  script(`case "$*" in *--after-cursor=c2*) echo '${entry(3)}';; esac`)
  stop = await run(source)
  await holds(entry(1), entry(2), entry(3))
  await stop()
  script(
    `case "$*" in *--after-cursor*) echo 'Failed to seek to cursor' >&2; exit 1;; *--lines*) echo '${entry(9)}';; esac`,
  )
  stop = await run(source)
  await holds(entry(1), entry(2), entry(3), entry(9))
  await stop()
  script('echo "no access" >&2; exit 1')
  await run(source)
  while (health('journal').state !== 'failed') await sleep(5)
  assert.match(health('journal').detail, /no access/)
})

test('evtx: each file once, also over restarts', async (t) => {
  const data = process.env['CASTELLAN_DATA'] ?? '../shared/data'
  const [path] = await filesBelow(join(data, 'detection', 'evtx-deepblue-yamato', '**', '*.evtx'))
  if (path === undefined) return t.skip(`no ground truth at ${data}`)
  const { run, texts, health } = await desk(t, 2 ** 28, 1_000_000)
  const source: SourceConfig = { kind: 'evtx', name: 'old', path }
  const stop = await run(source)
  let count = -1
  while (count !== (await texts()).length || count === 0) {
    count = (await texts()).length
    await sleep(300)
  }
  assert.ok(count > 0)
  await stop()
  await run(source)
  await sleep(500)
  assert.equal(health('old').events, 0)
  assert.equal((await texts()).length, count)
})

test('logger of util-linux speaks to both syslog inputs', async (t) => {
  if (spawnSync('logger', ['--version']).status !== 0) return t.skip('logger is not installed')
  const { run, texts, health } = await desk(t)
  await run({ kind: 'syslog-tcp', name: 'tcp', listen: '127.0.0.1:0' })
  while (!health('tcp').detail.includes('(TCP)')) await sleep(5)
  const port = String(portOf(health('tcp').detail))
  for (const how of [['--octet-count'], []])
    spawnSync('logger', ['--server', '127.0.0.1', '--port', port, '--tcp', ...how, '--tag', 'castle', 'hello there'])
  const patience = performance.now() + 5_000
  while ((await texts()).length < 2 && performance.now() < patience) await sleep(20)
  const got = await texts()
  assert.equal(got.length, 2)
  for (const text of got) assert.match(text, /^<\d+>.*castle.*hello there$/)
})

test('rsyslog speaks to the TCP input', async (t) => {
  if (spawnSync('rsyslogd', ['-v']).status !== 0) return t.skip('rsyslogd is not installed')
  const { folder, run, texts, health } = await desk(t)
  await run({ kind: 'syslog-tcp', name: 'tcp', listen: '127.0.0.1:0' })
  while (!health('tcp').detail.includes('(TCP)')) await sleep(5)
  const log = join(folder, 'in.log')
  writeFileSync(log, '')
  writeFileSync(
    join(folder, 'rsyslog.conf'),
    `global(workDirectory="${folder}")
module(load="imfile" mode="polling" pollingInterval="1")
input(type="imfile" File="${log}" Tag="castle:")
*.* action(type="omfwd" target="127.0.0.1" port="${portOf(health('tcp').detail)}" protocol="tcp" TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format")\n`,
  )
  const daemon = spawn('rsyslogd', ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')], {
    stdio: 'ignore',
  })
  t.after(() => daemon.kill())
  appendFileSync(log, 'from rsyslog\n')
  const patience = performance.now() + 8_000
  while (!(await texts()).some((text) => text.includes('from rsyslog')) && performance.now() < patience) await sleep(50)
  assert.match((await texts()).find((text) => text.includes('from rsyslog')) ?? '', /^<\d+>1 .* castle/)
})
