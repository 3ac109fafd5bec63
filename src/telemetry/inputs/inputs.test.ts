// Every input against the real thing: files on disk, sockets of loopback, the programs of this machine.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, renameSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { seededRandom } from '#kernel'
import { createLog, createMetrics, runProcess, type SourceConfig, systemClock } from '#platform'
import { temporaryFolder } from '#testkit'
import { contextOf, type IntakeDeps } from '../ingest.ts'
import { SourceBook } from '../source-book.ts'
import { openSpool } from '../spool.io.ts'
import { filesBelow } from './glob.io.ts'
import type { TimedText } from './input.ts'
import { runInput } from './table.ts'

interface Desk {
  readonly folder: string
  /** Runs an input; the answer stops it. A new run stands for a restart: it knows only what is on the disk. */
  readonly run: (source: SourceConfig, more?: Partial<IntakeDeps>) => Promise<() => Promise<void>>
  readonly texts: () => Promise<string[]>
  /** Waits until the spool holds these texts, in order. */
  readonly holds: (...texts: string[]) => Promise<void>
  readonly health: (name: string) => ReturnType<SourceBook['page']>['health']
}

async function desk(t: TestContext, spoolBytes = 2 ** 26, recordBytes = 10_000): Promise<Desk> {
  const folder = temporaryFolder(t)
  const open = () =>
    openSpool({ folder: join(folder, 'spool'), spoolBytes, after: 0, floor: 0, random: seededRandom(3), now: () => 9 })
  let spool = await open()
  let book = new SourceBook(systemClock, createMetrics())
  const ends: (() => Promise<void>)[] = []
  t.after(async () => {
    for (const end of ends) await end()
    await spool.close()
  })
  const texts = async () => (await spool.read(1, 1e6, 1e9)).map(({ text }) => text)
  return {
    folder,
    texts,
    async run(source, more) {
      await spool.close()
      spool = await open()
      book = new SourceBook(systemClock, createMetrics())
      const ending = new AbortController()
      const page = book.page(source.name, source.kind)
      const deps: IntakeDeps = {
        spool,
        book,
        clock: systemClock,
        log: createLog({ level: 'silent' }),
        sources: [source],
        marks: new Map(),
        recordBytes,
        hostTexts: async function* () {},
        exerciseRecords: () => [],
        ...more,
      }
      const running = runInput(source, contextOf(source, page, ending.signal, deps))
      running.catch((thrown: unknown) => page.say('failed', thrown instanceof Error ? thrown.message : ''))
      const end = async () => {
        ending.abort()
        await running.catch(() => undefined)
      }
      ends.push(end)
      while (page.health.state === 'stopped') await sleep(5)
      return end
    },
    async holds(...wanted) {
      const patience = performance.now() + 8_000
      while ((await texts()).length < wanted.length && performance.now() < patience) await sleep(20)
      await sleep(30)
      assert.deepEqual(await texts(), wanted)
    },
    health: (name) => book.page(name, '').health,
  }
}
const portOf = (detail: string): number => Number(/:(\d+) \(/.exec(detail)?.[1])

test('file: lines as they come, a half line when it is whole, on from there after a restart', async (t) => {
  const { folder, run, holds, health } = await desk(t)
  const path = join(folder, 'app.log')
  const source: SourceConfig = { kind: 'file', name: 'app', path }
  let stop = await run(source)
  assert.equal(health('app').state, 'waiting', 'there is no file yet')
  writeFileSync(path, 'one\ntwo\nthr')
  await holds('one', 'two')
  appendFileSync(path, 'ee\r\n\n')
  await holds('one', 'two', 'three')
  await stop()
  appendFileSync(path, 'four\n')
  stop = await run(source)
  await holds('one', 'two', 'three', 'four')
  assert.equal(health('app').events, 1)
  await stop()
  await run(source)
  await sleep(700)
  await holds('one', 'two', 'three', 'four')
})

test('file: renamed, emptied, replaced; nothing lost and nothing twice', async (t) => {
  const { folder, run, holds } = await desk(t)
  const path = join(folder, 'app.log')
  const source: SourceConfig = { kind: 'file', name: 'app', path }
  writeFileSync(path, 'a1\na2\n')
  let stop = await run(source)
  await holds('a1', 'a2')
  appendFileSync(path, 'a3\n')
  renameSync(path, `${path}.1`)
  writeFileSync(path, 'b1\n')
  appendFileSync(`${path}.1`, 'a4\n')
  await holds('a1', 'a2', 'a3', 'a4', 'b1')
  truncateSync(path, 0)
  await sleep(600)
  appendFileSync(path, 'c1 which is longer than what was there before\n')
  const so = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1 which is longer than what was there before']
  await holds(...so)
  await stop()
  // Rotated while nobody looked: the end of the old file is found under its new name.
  appendFileSync(path, 'c2\n')
  renameSync(path, `${path}.2`)
  writeFileSync(path, 'd1\n')
  stop = await run(source)
  await holds(...so, 'c2', 'd1')
  await stop()
  // Copied away and emptied: the same inode begins anew, longer than before.
  writeFileSync(path, 'e1 longer than d1\ne2\n')
  await run(source)
  await holds(...so, 'c2', 'd1', 'e1 longer than d1', 'e2')
})

test('file: a folder with text, a compressed old log and something binary', async (t) => {
  const { folder, run, holds, texts } = await desk(t)
  const logs = join(folder, 'logs')
  mkdirSync(join(logs, 'deep'), { recursive: true })
  const old = Array.from({ length: 30 }, (_, n) => `old line ${n}`)
  writeFileSync(join(logs, 'a.log'), `${old.join('\n')}\n`)
  writeFileSync(join(logs, 'wtmp'), Buffer.from([1, 0, 2, 10, 3, 10]))
  writeFileSync(join(logs, 'deep', 'z.log.gz'), gzipSync('zip 1\nzip 2\nzip 3'))
  const source: SourceConfig = { kind: 'file', name: 'all', path: logs }
  let stop = await run(source)
  await holds(...old, 'zip 1', 'zip 2', 'zip 3')
  await stop()
  // logrotate compresses what was read as plain text: only what was not read is taken.
  unlinkSync(join(logs, 'a.log'))
  writeFileSync(join(logs, 'a.log.1.gz'), gzipSync(`${old.join('\n')}\nold end\n`))
  stop = await run(source)
  await holds(...old, 'zip 1', 'zip 2', 'zip 3', 'old end')
  await stop()
  await run(source)
  await sleep(700)
  assert.equal((await texts()).length, 34)
})

test('file: patterns', async (t) => {
  const folder = temporaryFolder(t)
  for (const name of ['x/a.log', 'x/b.txt', 'x/c1.log', 'y/d.log', 'y/.hidden.log', 'y/deep/e.log'].map((name) =>
    join(folder, name),
  )) {
    mkdirSync(join(name, '..'), { recursive: true })
    writeFileSync(name, '')
  }
  const below = async (pattern: string) =>
    (await filesBelow(join(folder, pattern))).map((path) => path.slice(folder.length + 1))
  assert.deepEqual(await below('x/*.log'), ['x/a.log', 'x/c1.log'])
  assert.deepEqual(await below('*/[ad].log'), ['x/a.log', 'y/d.log'])
  assert.deepEqual(await below('**/*.log'), ['x/a.log', 'x/c1.log', 'y/d.log', 'y/deep/e.log'])
  assert.deepEqual(await below('x/c?.log'), ['x/c1.log'])
  assert.deepEqual(await below('nowhere/*.log'), [])
})

test('file: a line that is too long is counted, the next is taken', async (t) => {
  const { folder, run, holds, health } = await desk(t)
  const path = join(folder, 'app.log')
  writeFileSync(path, `a\n${'x'.repeat(20_000)}\nb\n`)
  await run({ kind: 'file', name: 'app', path })
  await holds('a', 'b')
  assert.equal(health('app').rejected, 1)
})

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
  await sleep(100)
  const { rejected, events } = health('udp')
  assert.equal(rejected + events, 40)
  assert.ok(rejected >= 15 && events >= 15, `${events} taken, ${rejected} refused`)
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

test('a compressed file that is damaged is told and does not stop the others', async (t) => {
  const { folder, run, holds } = await desk(t)
  const whole = gzipSync(Buffer.from('a\n'.repeat(5)))
  writeFileSync(join(folder, 'bad.gz'), whole.subarray(0, 4))
  writeFileSync(join(folder, 'good.log'), 'good\n')
  utimesSync(join(folder, 'bad.gz'), 1, 1)
  await run({ kind: 'file', name: 'all', path: join(folder, '*.*') })
  await holds('good')
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
