// The append file: one flush for many, order kept, nothing half after a failure.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import * as fc from 'fast-check'
import { asFault } from '#kernel'
import { openAppend } from '#platform'
import { temporaryFolder } from '#testkit'
import { type AppendDisk, GroupCommit } from './append.ts'

/** A disk in memory that fails when told to, and sometimes writes only a part. */
function memoryDisk(fails: { write?: () => boolean; sync?: () => boolean; truncate?: () => boolean } = {}) {
  let bytes = Buffer.alloc(0)
  const calls = { writes: 0, syncs: 0 }
  const full = () => Object.assign(new Error('no space'), { code: 'ENOSPC' })
  const disk: AppendDisk = {
    async write(part) {
      calls.writes += 1
      const some = part.subarray(0, Math.max(1, Math.ceil(part.length / 2)))
      bytes = Buffer.concat([bytes, some])
      if (fails.write?.()) throw full()
      return some.length
    },
    async sync() {
      calls.syncs += 1
      if (fails.sync?.()) throw full()
    },
    async truncate(size) {
      if (fails.truncate?.()) throw full()
      bytes = bytes.subarray(0, size)
    },
    close: () => Promise.resolve(),
  }
  return { disk, calls, text: () => bytes.toString() }
}

test('many appends share a flush and keep their order', async () => {
  const { disk, calls, text } = memoryDisk()
  const file = new GroupCommit(disk, 0, 'memory')
  const lines = Array.from({ length: 500 }, (_, n) => `${n}\n`)
  await Promise.all(lines.map((line) => file.append(Buffer.from(line))))
  assert.equal(text(), lines.join(''))
  assert.equal(file.size, text().length)
  assert.ok(calls.syncs <= 2, `${calls.syncs} flushes`)
})

test('a full disk rejects and leaves no half line; later appends work again', async () => {
  let full = false
  const { disk, text } = memoryDisk({ write: () => full })
  const file = new GroupCommit(disk, 0, 'memory')
  await file.append(Buffer.from('good\n'))
  full = true
  const [one, two] = await Promise.allSettled([file.append(Buffer.from('lost\n')), file.append(Buffer.from('too\n'))])
  assert.equal(one.status, 'rejected')
  assert.match(asFault(one.status === 'rejected' && one.reason).message, /the disk is full/)
  assert.equal(two.status, 'rejected')
  assert.equal(text(), 'good\n')
  full = false
  await file.append(Buffer.from('again\n'))
  assert.equal(text(), 'good\nagain\n')
  assert.equal(file.size, 11)
})

test('when not even cutting back works, nothing more is written behind the torn end', async () => {
  let full = true
  const { disk, text } = memoryDisk({ sync: () => full, truncate: () => full })
  const file = new GroupCommit(disk, 0, 'memory')
  await assert.rejects(file.append(Buffer.from('torn\n')))
  full = false
  await assert.rejects(file.append(Buffer.from('after\n')), /reopen/)
  assert.equal(text(), 'torn\n')
})

test('whatever fails when: the file holds exactly the answered appends, in order', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ text: fc.string({ minLength: 1 }), full: fc.boolean(), pause: fc.boolean() })),
      async (steps) => {
        let full = false
        const { disk, text } = memoryDisk({ write: () => full, sync: () => full })
        const file = new GroupCommit(disk, 0, 'memory')
        const answered: { text: string; ok: Promise<boolean> }[] = []
        for (const step of steps) {
          full = step.full
          const ok = file.append(Buffer.from(step.text)).then(
            () => true,
            () => false,
          )
          answered.push({ text: step.text, ok })
          if (step.pause) await ok
        }
        const kept: string[] = []
        for (const one of answered) if (await one.ok) kept.push(one.text)
        assert.equal(text(), Buffer.from(kept.join('')).toString())
      },
    ),
    { numRuns: 200 },
  ))

test('a real file: made for the owner, grows, is cut to what is to be kept', async (t) => {
  const path = join(temporaryFolder(t), 'spool', 'one.log')
  const file = await openAppend(path)
  await Promise.all([file.append(Buffer.from('a\n')), file.append(Buffer.from('b\n'))])
  await file.close()
  await assert.rejects(file.append(Buffer.from('c\n')), /closed/)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  writeFileSync(path, 'a\nb\ntor', { flag: 'w' })
  const again = await openAppend(path, { keep: 4 })
  assert.equal(again.size, 4)
  await again.append(Buffer.from('c\n'))
  await again.close()
  assert.equal(readFileSync(path, 'utf8'), 'a\nb\nc\n')
})

test('what cannot be opened is a fault in words', async (t) => {
  const fault = asFault(await openAppend(temporaryFolder(t)).catch(asFault))
  assert.equal(fault.code, 'STORE_DOWN')
  assert.match(fault.message, /folder/)
})

test('every answered append is there after kill -9', async (t) => {
  const path = join(temporaryFolder(t), 'spool.log')
  const script = `
    import { openAppend } from '#platform'
    const file = await openAppend(${JSON.stringify(path)})
    for (let n = 0; ; n += 1) {
      await Promise.all([0, 1, 2].map((k) => file.append(Buffer.from('line ' + (n * 3 + k) + '\\n'))))
      console.log(n)
    }`
  const writer = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: process.cwd() })
  let said = ''
  writer.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
  await new Promise((done) => writer.stdout.once('data', done))
  const dead = new Promise((done) => writer.once('close', done))
  setTimeout(() => writer.kill('SIGKILL'), 100)
  await dead
  const answered = Number(said.trim().split('\n').at(-1))
  const lines = readFileSync(path, 'utf8').split('\n')
  for (let n = 0; n < answered * 3 + 3; n += 1) assert.equal(lines[n], `line ${n}`)
})
