// The spool: what it has acknowledged is there once and in order, whatever happens to the process and to the file's end.
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import { seededRandom } from '#kernel'
import { temporaryFolder } from '#testkit'
import { openSpool, type Spool, type SpoolOptions, type SpoolRecord } from './spool.io.ts'

const mebibyte = 1_048_576
const open = (folder: string, more: Partial<SpoolOptions> = {}): Promise<Spool> =>
  openSpool({ folder, spoolBytes: 64 * mebibyte, after: 0, floor: 0, random: seededRandom(1), now: () => 5, ...more })

async function opened(t: TestContext, more: Partial<SpoolOptions> = {}) {
  const folder = temporaryFolder(t)
  const spool = await open(folder, more)
  t.after(() => spool.close())
  return { folder, spool }
}
const all = (spool: Spool, from = 1): Promise<SpoolRecord[]> => spool.read(from, 1e6, 1e9)
const records = (count: number, start = 1) =>
  Array.from({ length: count }, (_, n) => ({ source: 'here', text: `text ${start + n}` }))
const numbered = (found: readonly SpoolRecord[]): string[] => found.map(({ seq, text }) => `${seq} ${text}`)
const segmentsOf = (folder: string): string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))

test('records come back as they went, with their numbers', async (t) => {
  const { spool } = await opened(t)
  const given = [
    { source: 'a', parser: 'json', text: 'one' },
    { source: 'ü', text: '', mark: { key: 'file:a', value: '{"offset":3}' } },
    { source: 'a', text: 'é\n\0\u{1F600}' },
  ]
  assert.deepEqual(await spool.append(given), { full: false, first: 1, last: 3 })
  assert.deepEqual(
    await all(spool),
    given.map((record, index) => ({ ...record, seq: index + 1, received: 5 })),
  )
  assert.equal(spool.marks.get('file:a'), '{"offset":3}')
})

test('any texts survive a restart, and numbers go on', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), { maxLength: 5 }),
      async (groups) => {
        await withFolder(async (folder) => {
          const texts = groups.flat().map((text) => Buffer.from(text).toString())
          for (const group of groups) {
            const spool = await open(folder)
            await spool.append(group.map((text) => ({ source: 's', text })))
            await spool.close()
          }
          const spool = await open(folder)
          assert.deepEqual(
            (await all(spool)).map(({ text }) => text),
            texts,
          )
          assert.equal(spool.last, texts.length)
          await spool.close()
        })
      },
    ),
    { numRuns: 40 },
  ))

/** A folder for one run of a property. */
async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const ends: (() => unknown)[] = []
  const folder = temporaryFolder({
    after: (end) => void ends.push(() => Reflect.apply(end ?? (() => undefined), undefined, [])),
  })
  try {
    await work(folder)
  } finally {
    for (const end of ends) end()
  }
}

test('cut anywhere, everything before the cut is there and numbers are never given twice', async (t) => {
  const { folder, spool } = await opened(t)
  await spool.append(records(40))
  await spool.close()
  const [path = ''] = segmentsOf(folder)
  const whole = readFileSync(path)
  const lengthOf = (count: number) =>
    8 + Array.from({ length: count }, (_, n) => 12 + 24 + 4 + `text ${n + 1}`.length).reduce((a, b) => a + b, 0)
  assert.equal(whole.length, lengthOf(40))
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), (cut) =>
      withFolder(async (copy) => {
        const name = join(copy, '0000000000000001.seg')
        writeFileSync(name, whole.subarray(0, cut))
        const expected =
          Array.from({ length: 41 }, (_, n) => n)
            .filter((n) => n === 0 || lengthOf(n) <= cut)
            .at(-1) ?? 0
        const again = await open(copy)
        assert.equal(again.last, expected)
        await again.append(records(2, 100))
        const want = [
          ...Array.from({ length: expected }, (_, n) => `${n + 1} text ${n + 1}`),
          `${expected + 1} text 100`,
          `${expected + 2} text 101`,
        ]
        assert.deepEqual(numbered(await all(again)), want)
        assert.equal(again.skipped, 0, 'a torn end is no damage')
        await again.close()
        const third = await open(copy)
        assert.deepEqual(numbered(await all(third)), want)
        await third.close()
      }),
    ),
    { numRuns: 60 },
  )
})

test('one damaged byte costs at most the record that it is in', async (t) => {
  const { folder, spool } = await opened(t)
  await spool.append(records(30))
  await spool.close()
  const whole = readFileSync(segmentsOf(folder)[0] ?? '')
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 8, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) =>
      withFolder(async (copy) => {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] ?? 0) ^ change
        writeFileSync(join(copy, '0000000000000001.seg'), bytes)
        const issues: string[] = []
        const again = await open(copy, { issue: ({ code }) => issues.push(code) })
        const found = await all(again)
        assert.ok(found.length >= 29, `${found.length} of 30`)
        assert.equal(new Set(found.map(({ seq }) => seq)).size, found.length)
        for (const { seq, text } of found) assert.equal(text, `text ${seq}`)
        // The last record damaged looks like a torn end.
        if (found.at(-1)?.seq === 30) assert.deepEqual([issues, again.skipped], [['spool-damaged'], 1])
        await again.close()
      }),
    ),
    { numRuns: 60 },
  )
})

test('a record whose text looks like a record is only text', async (t) => {
  const { folder, spool } = await opened(t)
  await spool.append(records(1))
  const forged = readFileSync(segmentsOf(folder)[0] ?? '')
    .subarray(8)
    .toString('latin1')
  await spool.append([
    { source: 's', text: forged },
    { source: 's', text: 'after' },
  ])
  await spool.close()
  const bytes = readFileSync(segmentsOf(folder)[0] ?? '')
  const second = bytes.indexOf('CSR1', 20)
  bytes[second + 4] = (bytes[second + 4] ?? 0) ^ 1
  writeFileSync(segmentsOf(folder)[0] ?? '', bytes)
  const again = await open(folder)
  assert.deepEqual(numbered(await all(again)), ['1 text 1', '3 after'])
  await again.close()
})

test('when it is full nothing is taken, and trimming makes room', async (t) => {
  const { folder, spool } = await opened(t, { spoolBytes: 16 * mebibyte })
  const large = { source: 's', text: 'x'.repeat(mebibyte) }
  let taken = 0
  while (!(await spool.append([large])).full) taken += 1
  assert.ok(taken >= 14 && taken <= 15, String(taken))
  assert.equal(spool.full, true)
  assert.deepEqual(await spool.append([large, large]), { full: true })
  assert.equal((await all(spool)).length, taken)
  const before = segmentsOf(folder).length
  assert.ok(before > 3)
  await spool.trim(taken)
  assert.equal(segmentsOf(folder).length, 1)
  assert.equal(spool.full, false)
  assert.deepEqual(await spool.append([large]), { full: false, first: taken + 1, last: taken + 1 })
  assert.deepEqual(
    (await all(spool, taken + 1)).map(({ seq }) => seq),
    [taken + 1],
  )
})

test('many appends at once keep their order and share flushes', async (t) => {
  const { spool } = await opened(t)
  const answers = await Promise.all(
    Array.from({ length: 2_000 }, (_, n) => spool.append([{ source: 's', text: String(n) }])),
  )
  assert.deepEqual(
    answers.map((answer) => !answer.full && answer.first),
    Array.from({ length: 2_000 }, (_, n) => n + 1),
  )
  assert.deepEqual(
    (await all(spool)).map(({ text }) => text),
    Array.from({ length: 2_000 }, (_, n) => String(n)),
  )
})

test('reading goes on over segments while they are written and let go', async (t) => {
  const { spool } = await opened(t, { spoolBytes: 16 * mebibyte })
  const text = 'y'.repeat(100_000)
  let next = 1
  const writing = (async () => {
    for (let n = 0; n < 400; n += 1) while ((await spool.append([{ source: 's', text }])).full) await sleep(1)
  })()
  const ending = new AbortController()
  while (next <= 400) {
    await spool.arrived(next, ending.signal)
    const reading = spool.read(next, 7, mebibyte)
    // What was read before is done with while the next is read, as the consumer does.
    const [found] = await Promise.all([reading, spool.trim(next - 1)])
    for (const { seq } of found) {
      assert.equal(seq, next)
      next += 1
    }
  }
  await writing
})

test('a large record needs more than one read', async (t) => {
  const { spool } = await opened(t)
  const text = 'z'.repeat(5 * mebibyte)
  await spool.append([
    { source: 's', text: 'a' },
    { source: 's', text },
    { source: 's', text: 'b' },
  ])
  assert.deepEqual(
    (await all(spool)).map(({ text }) => text.length),
    [1, 5 * mebibyte, 1],
  )
  assert.deepEqual(
    (await spool.read(1, 10, 2)).map(({ seq }) => seq),
    [1, 2],
    'at least one, about so many bytes',
  )
})

test('what is done with is not given again, and numbers go on from the store where there is no spool', async (t) => {
  const { folder, spool } = await opened(t)
  await spool.append(records(5))
  await spool.close()
  const again = await open(folder, { after: 3 })
  assert.deepEqual(numbered(await all(again, 4)), ['4 text 4', '5 text 5'])
  await again.close()
  const empty = join(folder, 'empty')
  mkdirSync(empty)
  const fresh = await open(empty, { after: 7, floor: 9 })
  assert.deepEqual(await fresh.append(records(1)), { full: false, first: 10, last: 10 })
  assert.deepEqual(numbered(await all(fresh, 8)), ['10 text 1'])
  await fresh.close()
})

test('a file without a head, and a copy of an old segment, do no harm', async (t) => {
  const { folder, spool } = await opened(t)
  await spool.append(records(3))
  await spool.close()
  const [path = ''] = segmentsOf(folder)
  copyFileSync(path, join(folder, '0000000000000002.seg'))
  writeFileSync(join(folder, '0000000000000004.seg'), 'CS')
  const again = await open(folder)
  assert.deepEqual(numbered(await all(again)), ['1 text 1', '2 text 2', '3 text 3'])
  assert.deepEqual(await again.append(records(1, 4)), { full: false, first: 4, last: 4 })
  assert.deepEqual(numbered(await all(again)), ['1 text 1', '2 text 2', '3 text 3', '4 text 4'])
  await again.close()
  truncateSync(path, 0)
  assert.equal(statSync(path).size, 0)
  const third = await open(folder)
  assert.equal(third.last, 4)
  await third.close()
})
