// Files that are followed: lines as they come, through rotation, compression and restarts.
import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, renameSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { SourceConfig } from '#platform'
import { temporaryFolder } from '#testkit'
import { desk } from './desk.test.ts'
import { filesBelow } from './glob.io.ts'

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

test('a compressed file that is damaged is told and does not stop the others', async (t) => {
  const { folder, run, holds } = await desk(t)
  const whole = gzipSync(Buffer.from('a\n'.repeat(5)))
  writeFileSync(join(folder, 'bad.gz'), whole.subarray(0, 4))
  writeFileSync(join(folder, 'good.log'), 'good\n')
  utimesSync(join(folder, 'bad.gz'), 1, 1)
  await run({ kind: 'file', name: 'all', path: join(folder, '*.*') })
  await holds('good')
})
