// Files: limits when reading, staying inside a folder, replacing in one step.
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { asFault } from '#kernel'
import { bytesUsed, listFiles, readTextFile, sizeText, writeFileAtomic } from '#platform'
import { temporaryFolder } from '#testkit'

const codeOf = async (path: string, maxBytes = 100): Promise<string> => {
  const read = await readTextFile(path, { maxBytes })
  return read.ok ? `ok ${read.value}` : read.fail.code
}

test('a text file is read up to its limit', async (t) => {
  const at = (name: string) => join(folder, name)
  const folder = temporaryFolder(t)
  writeFileSync(at('good.txt'), '\uFEFFgrüße')
  writeFileSync(at('exact.txt'), 'x'.repeat(100))
  writeFileSync(at('long.txt'), 'x'.repeat(101))
  writeFileSync(at('bytes.txt'), Buffer.from([0x61, 0xff, 0xfe]))
  assert.equal(await codeOf(at('good.txt')), 'ok grüße')
  assert.equal(await codeOf(at('exact.txt')), `ok ${'x'.repeat(100)}`)
  assert.equal(await codeOf(at('long.txt')), 'file-too-large')
  assert.equal(await codeOf(at('bytes.txt')), 'file-not-utf8')
  assert.equal(await codeOf(at('none.txt')), 'file-missing')
  assert.equal(await codeOf(folder), 'file-unreadable')
  assert.equal(await codeOf('/dev/zero'), 'file-unreadable', 'a device never ends')
  assert.equal(await codeOf(at('bad\0name')), 'file-unreadable')
})

test('a folder is listed without leaving it', async (t) => {
  const folder = temporaryFolder(t)
  const outside = temporaryFolder(t)
  writeFileSync(join(outside, 'secret.yaml'), '')
  mkdirSync(join(folder, 'deep', 'er'), { recursive: true })
  mkdirSync(join(folder, '.git'))
  for (const name of ['b.yaml', 'a.YML', 'c.txt', 'deep/d.yaml', 'deep/er/e.yaml', '.git/f.yaml', '.hidden.yaml'])
    writeFileSync(join(folder, name), '')
  symlinkSync(outside, join(folder, 'out'))
  symlinkSync(join(outside, 'secret.yaml'), join(folder, 'leak.yaml'))
  symlinkSync(folder, join(folder, 'deep', 'ring'))
  symlinkSync(join(folder, 'deep', 'd.yaml'), join(folder, 'inside.yaml'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'broken.yaml'))
  const found = await listFiles(folder, { endings: ['.yaml', '.yml'], maxFiles: 10 })
  assert.deepEqual(
    found.map((path) => path.slice(folder.length + 1)),
    ['a.YML', 'b.yaml', 'deep/d.yaml', 'deep/er/e.yaml', 'inside.yaml'],
  )
  assert.equal((await listFiles(folder, { endings: [], maxFiles: 10 })).length, 6)
  assert.deepEqual(await listFiles(join(folder, 'nowhere'), { endings: [], maxFiles: 10 }), [])
  const many = await listFiles(folder, { endings: [], maxFiles: 3 }).catch(asFault)
  assert.equal(asFault(many).code, 'TOO_LARGE')
})

test('a file is replaced in one step, with its rights, and leaves nothing beside it', async (t) => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'new', 'state.json')
  await writeFileAtomic(path, 'one', 0o600)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  const texts = Array.from({ length: 20 }, (_, n) => `${n}`.repeat(10_000))
  const seen = new Set<string>()
  const reading = setInterval(() => seen.add(readFileSync(path, 'utf8')), 0)
  for (const text of texts) await writeFileAtomic(path, Buffer.from(text), 0o600)
  clearInterval(reading)
  for (const text of seen) assert.ok(text === 'one' || texts.includes(text), 'a half-written file was seen')
  assert.equal(readFileSync(path, 'utf8'), texts.at(-1))
  assert.deepEqual(readdirSync(join(folder, 'new')), ['state.json'])
  assert.equal(await bytesUsed(folder), texts.at(-1)?.length)
})

test('a place where nothing can be written is a fault in words', async () => {
  const fault = asFault(await writeFileAtomic('/etc/hostname/castellan/x', 'x').catch(asFault))
  assert.equal(fault.code, 'STORE_DOWN')
  assert.match(fault.message, /\/etc\/hostname/)
})

test(
  'a folder that may not be read is a fault',
  { skip: process.getuid?.() === 0 && 'root may read all' },
  async (t) => {
    const folder = temporaryFolder(t)
    mkdirSync(join(folder, 'closed'))
    chmodSync(join(folder, 'closed'), 0)
    const fault = asFault(await listFiles(folder, { endings: [], maxFiles: 9 }).catch(asFault))
    chmodSync(join(folder, 'closed'), 0o700)
    assert.equal(fault.code, 'UNREADABLE')
  },
)

test('sizes read well', () => {
  assert.deepEqual([0, 512, 1_024, 1_572_864, 2_147_483_648].map(sizeText), [
    '0 bytes',
    '512 bytes',
    '1 KiB',
    '1.5 MiB',
    '2 GiB',
  ])
})
