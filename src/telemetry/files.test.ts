// Reading event files: every layout, packed or not, and material that is broken.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { temporaryFolder } from '#testkit'
import { type EventBatch, readEventFiles, type ReadOptions } from './files.io.ts'

const options: ReadOptions = { recordBytes: 10_000, batchEvents: 100 }
async function all(paths: readonly string[], given: Partial<ReadOptions> = {}): Promise<EventBatch[]> {
  const batches: EventBatch[] = []
  for await (const batch of readEventFiles(paths, { ...options, ...given })) batches.push(batch)
  return batches
}
const raws = (batches: readonly EventBatch[]): string[] => batches.flatMap(({ events }) => events.map(({ raw }) => raw))
const codes = (batches: readonly EventBatch[]): string[] =>
  batches.flatMap(({ issues }) => issues.map(({ code }) => code))

test('folders are read sorted, by content, packed or not; other files are left alone', async (t) => {
  const folder = temporaryFolder(t)
  mkdirSync(join(folder, 'b'))
  writeFileSync(join(folder, 'a.ndjson'), '{"n":1}\n{"n":2}\n')
  writeFileSync(join(folder, 'b', 'c.json'), JSON.stringify([{ n: 3 }, { n: 4 }], null, 2))
  writeFileSync(join(folder, 'd.log.1.gz'), gzipSync('Mar  2 14:01:02 h cron[1]: (root) CMD (x)\n'))
  writeFileSync(join(folder, 'e.md'), 'not events')
  writeFileSync(join(folder, 'f.txt'), Buffer.from('\ufeff{"n":5}\r\n\r\n{"n":6}', 'utf16le'))
  const seen: string[] = []
  let last = 0
  const batches = await all([folder], { progress: (done, total, file) => ((last = done / total), seen.push(file)) })
  assert.deepEqual(
    raws(batches).map((raw) => raw.replaceAll(/\s/g, '')),
    ['{"n":1}', '{"n":2}', '{"n":3}', '{"n":4}', 'Mar214:01:02hcron[1]:(root)CMD(x)', '{"n":5}', '{"n":6}'],
  )
  assert.equal(last, 1)
  assert.deepEqual(codes(batches), [])
  assert.equal(new Set(seen).size, 4)
})

test('a record that is too long is one Issue and costs only itself', async (t) => {
  const folder = temporaryFolder(t)
  const long = `{"x":"${'y'.repeat(3_000_000)}"}`
  writeFileSync(join(folder, 'lines.log'), `one\n${long}\ntwo\n`)
  writeFileSync(join(folder, 'list.json'), `[{"n":1},${long},{"n":2}]`)
  const batches = await all([folder])
  assert.deepEqual(raws(batches), ['one', 'two', '{"n":1}', '{"n":2}'])
  assert.deepEqual(codes(batches), ['record-too-long', 'record-too-long'])
  assert.equal(batches[0]?.issues[0]?.at.line, 2)
})

test('bytes that are no UTF-8 are kept as U+FFFD', async (t) => {
  const file = join(temporaryFolder(t), 'x.log')
  writeFileSync(file, Buffer.concat([Buffer.from('caf'), Buffer.from([0xe9, 0xff]), Buffer.from(' au lait\n')]))
  assert.deepEqual(raws(await all([file])), ['caf\ufffd\ufffd au lait'])
})

test('what cannot be read is an Issue: missing, zip, binary, gzip that breaks off, JSON that ends too early', async (t) => {
  const folder = temporaryFolder(t)
  const lines = Array.from({ length: 20_000 }, (_, n) => `{"n":${n},"noise":"${Math.sin(n)}"}`).join('\n')
  const packed = gzipSync(lines)
  writeFileSync(join(folder, 'a.log.gz'), packed.subarray(0, packed.length - 100))
  writeFileSync(join(folder, 'b.zip'), Buffer.from('PK\u0003\u0004rest'))
  writeFileSync(join(folder, 'c.log'), Buffer.from([1, 0, 2, 0, 3]))
  writeFileSync(join(folder, 'd.json'), '[{"n":1},{"n":2')
  writeFileSync(join(folder, 'e.evtx'), 'no')
  writeFileSync(join(folder, 'f.json.gz'), gzipSync(gzipSync('{"n":1}')))
  const batches = await all([folder, join(folder, 'missing.log')])
  assert.deepEqual(new Set(codes(batches)), new Set(['file-unreadable', 'file-zip', 'file-binary', 'json-truncated']))
  const fromPacked = batches.filter(({ file }) => file.endsWith('a.log.gz')).flatMap(({ events }) => events)
  assert.ok(fromPacked.length > 15_000, String(fromPacked.length))
})

test('it stops when asked, and batches are no larger than asked', async (t) => {
  const file = join(temporaryFolder(t), 'x.log')
  writeFileSync(
    file,
    Array.from({ length: 50_000 }, (_, n) => `line ${n} with some more words to fill the file`).join('\n'),
  )
  const batches = await all([file], { batchEvents: 64 })
  assert.equal(raws(batches).length, 50_000)
  assert.ok(batches.every(({ events }) => events.length <= 64))
  const stop = new AbortController()
  const reading = async (): Promise<void> => {
    for await (const _ of readEventFiles([file], { ...options, signal: stop.signal })) stop.abort()
  }
  await assert.rejects(reading(), /cancelled/)
})

test('data sets of attacks: every record has a time, a host and a known log source or says why not', async (t) => {
  const folder = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'detection/otrf-security-datasets/atomic')
  if (!existsSync(folder)) return t.skip(`no ground truth at ${folder}`)
  let events = 0
  const lacking = { time: 0, host: 0, product: 0, parser: 0 }
  let bytes = 0
  const stop = new AbortController()
  const progress = (done: number): void => {
    bytes = done
    if (done > 30e6 && !process.env['CASTELLAN_FULL']) stop.abort()
  }
  try {
    for await (const batch of readEventFiles([folder], {
      recordBytes: 1e6,
      batchEvents: 1000,
      signal: stop.signal,
      progress,
    }))
      for (const event of batch.events) {
        events++
        if (event.timeGuessed) lacking.time++
        if (event.host === undefined) lacking.host++
        if (event.logsource.product === undefined) lacking.product++
        if (event.parse_error !== undefined) lacking.parser++
      }
  } catch (thrown) {
    if (!stop.signal.aborted) throw thrown
  }
  t.diagnostic(`${events} events of ${Math.round(bytes / 1e6)} MB; without ${JSON.stringify(lacking)}`)
  assert.equal(lacking.parser, 0)
})
