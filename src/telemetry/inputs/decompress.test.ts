// Compressed bytes are known by how they begin and unpacked as they come, frame after frame; damage ends in an error after what was good.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { unpacked } from './decompress.io.ts'

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function all(bytes: Buffer, size = 1_000): Promise<string> {
  const parts: Buffer[] = []
  for await (const piece of unpacked(cut(bytes, size))) parts.push(piece)
  return Buffer.concat(parts).toString()
}
/** A frame of zstd with one block that is not compressed (RFC 8878, 3.1.1). */
function frame(text: string): Buffer {
  const body = Buffer.from(text)
  const block = Buffer.alloc(3)
  block.writeUIntLE((body.length << 3) | 1, 0, 3)
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, body.length]), block, body])
}

test('plain, gzip and zstd, in pieces of any size', async () => {
  const text = 'line one\nline two\n'
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
      for (const bytes of [Buffer.from(text), gzipSync(text), frame(text)]) assert.equal(await all(bytes, size), text)
      assert.equal(await all(Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]), size), 'a\nb\n')
      assert.equal(await all(Buffer.concat([frame('a\n'), frame('b\n')]), size), 'a\nb\n')
    }),
    { numRuns: 20 },
  )
  assert.equal(await all(Buffer.alloc(0)), '')
})

test('damage is an error, and so is an end that comes too early', async () => {
  const text = 'x'.repeat(100)
  await assert.rejects(all(gzipSync(text).subarray(0, 20)))
  await assert.rejects(all(frame(text).subarray(0, 60)))
  await assert.rejects(all(Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), Buffer.alloc(30, 0xff)])))
})

test('what the zstd program makes, at every level', async (t) => {
  if (spawnSync('zstd', ['--version']).status !== 0) return t.skip('the program zstd is not installed')
  const text = Array.from({ length: 20_000 }, (_, n) => `line ${n} of some log, level ${n % 7}`).join('\n')
  for (const level of ['-1', '-3', '-19', '--fast=3']) {
    const { stdout } = spawnSync('zstd', [level, '-c', '-q'], { input: text, maxBuffer: 1 << 26 })
    assert.equal(await all(stdout, 777), text, level)
  }
})

test('a frame that asks for more memory than anybody has is refused, also behind good ones and other things', async () => {
  // A window of 2 GiB less a little: exponent 20, and the largest mantissa.
  const greedy = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, (20 << 3) | 7, 0x01, 0x00, 0x00])
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0x03, 0x00, 0x00, 0x00, 1, 2, 3])
  for (const bytes of [greedy, Buffer.concat([frame('a\n'), greedy]), Buffer.concat([frame('a\n'), skippable, greedy])])
    for (const size of [1, 5, 1_000]) await assert.rejects(all(bytes, size), /window of \d+ bytes/)
})
