// The contract of EventEngine, run on each form that is available, and what is chDB's own.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import { asFault, type Fault } from '#kernel'
import { durableTable, type EventEngine, openEvents } from '#platform'
import { eachEvents, temporaryEvents, temporaryFolder } from '#testkit'

const limits = { queryMilliseconds: 30_000, queryRows: 10_000 }
const table = {
  name: 'seen-0001-start',
  sql: [
    `create table if not exists seen (seq UInt64, at DateTime64(3, 'UTC'), text String, tags Array(String), fields Map(String, String))
     engine = MergeTree partition by toYYYYMMDD(at) order by seq settings ${durableTable}`,
  ],
}
const lines = (rows: readonly object[]): Buffer => Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))
const row = (seq: number, text = `line ${seq}`) => ({ seq, at: 1_700_000_000_000 + seq, text })
const count = async (events: EventEngine): Promise<number> =>
  (await events.query<{ n: number }>('select count() as n from seen'))[0]?.n ?? -1
const faultOf = async (work: Promise<unknown>): Promise<Fault> => {
  const thrown = await work.then(() => undefined, asFault)
  assert.ok(thrown, 'a fault was expected')
  return thrown
}
const never = 'select count() from numbers(1000000000000) where cityHash64(number) = number'

eachEvents('rows go in as lines of JSON and come out as objects', async (events) => {
  await events.migrate([table])
  const text = "quote ' back \\ tab \t line \n null \0 é \u{1F600} {a:String} -- x"
  const fields = { Image: 'C:\\Windows\\cmd.exe', "odd'key": '"' }
  await events.insert('seen', lines([{ ...row(1), text, tags: ['a', "b'c"], fields }, row(2)]), 'first')
  assert.deepEqual(await events.query('select * from seen order by seq'), [
    { seq: 1, at: '2023-11-14T22:13:20.001Z', text, tags: ['a', "b'c"], fields },
    { seq: 2, at: '2023-11-14T22:13:20.002Z', text: 'line 2', tags: [], fields: {} },
  ])
  assert.deepEqual(await events.query('select seq from seen where seq > 5'), [])
  await events.insert('seen', Buffer.alloc(0), 'nothing')
  assert.equal(await count(events), 2)
})

eachEvents('values go beside the statement and never into it', async (events) => {
  await events.migrate([table])
  const nasty = "x' OR 1=1 --\\"
  await events.insert('seen', lines([row(1, nasty), row(2, 'plain')]), 'first')
  const named = 'select seq from seen where text = {text:String} and seq in {seqs:Array(UInt64)}'
  assert.deepEqual(await events.query(named, { text: nasty, seqs: [1, 2, 3] }), [{ seq: 1 }])
  assert.deepEqual(await events.query('select {list:Array(String)} as list', { list: [nasty, '', 'a,b', '[', '\n'] }), [
    { list: [nasty, '', 'a,b', '[', '\n'] },
  ])
  const mixed = { n: 1e15, f: 0.5, yes: true }
  assert.deepEqual(await events.query('select {n:UInt64} as n, {f:Float64} as f, {yes:UInt8} as yes', mixed), [
    { n: 1e15, f: 0.5, yes: 1 },
  ])
  assert.equal((await faultOf(events.query('select {gone:String}'))).code, 'BUG')
})

eachEvents('the same batch sent again with its token is stored once', async (events) => {
  await events.migrate([table])
  const batch = lines([row(1), { ...row(2), at: 1_600_000_000_000 }])
  await events.insert('seen', batch, 'one')
  await events.insert('seen', batch, 'one')
  assert.equal(await count(events), 2)
  await events.insert('seen', batch, 'two')
  assert.equal(await count(events), 4)
})

eachEvents('a batch with a bad line is refused as a whole', async (events) => {
  await events.migrate([table])
  const bad = [
    Buffer.concat([lines([row(1)]), Buffer.from('\n{"seq": "not a number"}')]),
    Buffer.concat([lines([row(1)]), Buffer.from('\n{"seq": 2, "unknown": 1}')]),
    Buffer.concat([lines([row(1)]), Buffer.from('\nrubbish')]),
  ]
  for (const rows of bad) assert.equal((await faultOf(events.insert('seen', rows, `t-${rows.length}`))).code, 'BUG')
  assert.equal(await count(events), 0)
  await events.insert('seen', lines([row(1)]), 'good')
  assert.equal(await count(events), 1)
})

eachEvents('limits end a query, and LIMIT within them is none', async (events) => {
  const numbers = 'select number from numbers(100000)'
  const few = await faultOf(events.query(numbers))
  assert.equal(few.code, 'TOO_LARGE')
  assert.match(few.message, /too many rows/)
  assert.equal((await events.query(`${numbers} limit 10000`)).length, 10_000)
  assert.equal((await events.query(numbers, {}, { rows: 100_000 })).length, 100_000)
  assert.equal((await faultOf(events.query(never, {}, { milliseconds: 300 }))).code, 'TOO_LARGE')
  const heavy = 'select length(groupArray(number)) as n from numbers(50000000)'
  assert.match((await faultOf(events.query(heavy, {}, { bytes: 20_000_000 }))).message, /memory/)
})

eachEvents('a cancelled query ends, in the engine too', async (events) => {
  const abort = new AbortController()
  const asked = events.query(never, {}, { signal: abort.signal })
  await sleep(150)
  abort.abort()
  assert.equal((await faultOf(asked)).code, 'CANCELLED')
  const going = `select count() as n from system.processes where query like '%cityHash64%' and query not like '%processes%'`
  for (let tries = 0; tries < 50; tries += 1) {
    if ((await events.query<{ n: number }>(going))[0]?.n === 0) return
    await sleep(100)
  }
  assert.fail('the engine still computes')
})

eachEvents('a slow query holds up neither quick ones nor inserts nor the health', async (events) => {
  await events.migrate([table])
  const abort = new AbortController()
  const slow = events.query(never, { any: 'value' }, { signal: abort.signal }).catch(asFault)
  await sleep(100)
  await events.insert('seen', lines([row(1)]), 'one')
  assert.deepEqual(await events.query('select {a:String} as a', { a: 'b' }), [{ a: 'b' }])
  assert.equal((await events.check()).ok, true)
  abort.abort()
  assert.equal(asFault(await slow).code, 'CANCELLED')
})

eachEvents('queries side by side do not mix their values', async (events) => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) => events.query<{ n: number }>('select {n:UInt32} as n', { n })),
  )
  assert.deepEqual(
    answers.map(([answer]) => answer?.n),
    Array.from({ length: 60 }, (_, n) => n),
  )
})

eachEvents('migrations are applied once, and a changed one is a fault', async (events) => {
  const second = { name: 'seen-0002-more', sql: ['alter table seen add column if not exists extra String'] }
  assert.deepEqual(await events.migrate([table]), ['seen-0001-start'])
  assert.deepEqual(await events.migrate([table, second]), ['seen-0002-more'])
  assert.deepEqual(await events.migrate([table, second]), [])
  const changed = { ...table, sql: ['create table seen (seq UInt64) engine = MergeTree order by seq'] }
  await assert.rejects(events.migrate([changed]), /seen-0001-start was changed/)
})

eachEvents("a person's bad pattern is their problem, a bad statement is ours", async (events) => {
  await events.migrate([table])
  await events.insert('seen', lines([row(1)]), 'one')
  const pattern = events.query('select seq from seen where match(text, {p:String})', { p: '(' })
  assert.equal((await faultOf(pattern)).code, 'INPUT_INVALID')
  assert.equal((await faultOf(events.query('selct'))).code, 'BUG')
  assert.equal((await faultOf(events.insert('seen; drop table seen', lines([row(2)]), 'x'))).code, 'BUG')
})

eachEvents('health tells version and size; a closed engine says so', async (events) => {
  await events.migrate([table])
  await events.insert('seen', lines(Array.from({ length: 1_000 }, (_, n) => row(n))), 'one')
  const health = await events.check()
  assert.equal(health.ok, true)
  assert.match(health.detail, /\d+\.\d+/)
  assert.ok((health.bytes ?? 0) > 500)
  await events.close()
  await events.close()
  assert.equal((await faultOf(events.query('select 1'))).code, 'STORE_DOWN')
})

test('any text comes back as it went, as a value and as a row', async (t) => {
  const events = await temporaryEvents(t)
  await events.migrate([table])
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.array(fc.string()), async (text, list) => {
      const wellFormed = list.map((one) => Buffer.from(one).toString())
      const answer = await events.query('select {t:String} as t, {l:Array(String)} as l', { t: text, l: wellFormed })
      assert.deepEqual(answer, [{ t: Buffer.from(text).toString(), l: wellFormed }])
    }),
    { numRuns: 60 },
  )
})

test('chDB: another process is told who holds the folder, and takes it after kill -9', async (t) => {
  const folder = temporaryFolder(t)
  const script = `
    import { openEvents } from '#platform'
    await openEvents({ url: '', folder: ${JSON.stringify(folder)}, limits: ${JSON.stringify(limits)} })
    console.log('open'); setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: process.cwd() })
  t.after(() => other.kill('SIGKILL'))
  await new Promise((done) => other.stdout.once('data', done))
  const busy = await faultOf(openEvents({ url: '', folder, limits }))
  assert.equal(busy.code, 'STORE_BUSY')
  assert.match(busy.message, new RegExp(`process ${other.pid} `))
  const dead = new Promise((done) => other.once('exit', done))
  other.kill('SIGKILL')
  await dead
  const events = await openEvents({ url: '', folder, limits })
  const second = await faultOf(openEvents({ url: '', folder: temporaryFolder(t), limits }))
  assert.equal(second.code, 'STORE_BUSY', 'one folder a process')
  await events.close()
  await (await openEvents({ url: '', folder: temporaryFolder(t), limits })).close()
})

test('chDB: a token written down without its rows does not swallow the batch after a restart', async (t) => {
  const folder = temporaryFolder(t)
  const first = await openEvents({ url: '', folder, limits })
  await first.migrate([table])
  await first.insert('seen', lines([row(1)]), 'torn')
  await first.close()
  // What a kill between the token and the rows leaves behind: the token is there, the part is not.
  const store = join(folder, 'chdb', 'store')
  const parts = readdirSync(store, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('/20231114_1_1_0'),
  )
  assert.equal(parts.length, 1)
  for (const part of parts) rmSync(join(store, part), { recursive: true })
  const second = await openEvents({ url: '', folder, limits })
  assert.equal(await count(second), 0)
  await second.insert('seen', lines([row(1)]), 'torn')
  assert.equal(await count(second), 1)
  await second.close()
})

test('chDB: nothing that was answered is lost by kill -9', async (t) => {
  const folder = temporaryFolder(t)
  const script = `
    import { openEvents } from '#platform'
    const events = await openEvents({ url: '', folder: ${JSON.stringify(folder)}, limits: ${JSON.stringify(limits)} })
    await events.migrate([${JSON.stringify(table)}])
    const start = Number(process.argv[1])
    for (let batch = start; ; batch += 1) {
      const rows = Array.from({ length: 100 }, (_, n) => JSON.stringify({ seq: batch, at: 1700000000000 + n, text: 'x' + n }))
      await events.insert('seen', Buffer.from(rows.join('\\n')), 'batch-' + batch)
      console.log(batch)
    }`
  let next = 0
  for (const life of [60, 130, 90]) {
    const writer = spawn(process.execPath, ['--input-type=module', '-e', script, String(next)], { cwd: process.cwd() })
    let said = ''
    writer.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
    await new Promise((done) => writer.stdout.once('data', done))
    await sleep(life)
    const dead = new Promise((done) => writer.once('close', done))
    writer.kill('SIGKILL')
    await dead
    const answered = said.trim().split('\n').map(Number)
    next = (answered.at(-1) ?? 0) + 2
    const events = await openEvents({ url: '', folder, limits })
    const whole = await events.query<{ seq: number }>(
      'select seq from seen group by seq having count() = 100 and uniq(text) = 100',
    )
    await events.close()
    const present = new Set(whole.map(({ seq }) => seq))
    assert.deepEqual(
      answered.filter((batch) => !present.has(batch)),
      [],
    )
  }
})

test('a server that is away is a fault without its password', async () => {
  const away = await faultOf(openEvents({ url: 'http://someone:hush-hush@127.0.0.1:1/db', folder: '', limits }))
  assert.equal(away.code, 'STORE_DOWN')
  assert.doesNotMatch(away.message, /hush-hush/)
  assert.equal((await faultOf(openEvents({ url: 'ftp://x', folder: '', limits }))).code, 'CONFIG_INVALID')
})
