// Cutting a stream into records: however it arrives in pieces, the records are the same.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { createFramer, type FramerOptions } from './frames.ts'

function cut(pieces: readonly Buffer[], options: FramerOptions) {
  const framer = createFramer(options)
  const texts: string[] = []
  let rejected = 0
  for (const framed of [...pieces.map((piece) => framer.push(piece)), framer.end()]) {
    texts.push(...framed.texts)
    rejected += framed.rejected
  }
  return { texts, rejected }
}
const bytes = (text: string): Buffer[] => [Buffer.from(text)]
const syslog = { limit: 50, counting: true }

test('lines, with either line end, the last one without', () =>
  assert.deepEqual(cut(bytes('a\r\n\n  \nb c\nd'), { limit: 50 }), { texts: ['a', 'b c', 'd'], rejected: 0 }))
test('a line that is too long is counted and passed over', () =>
  assert.deepEqual(cut(bytes(`a\n${'x'.repeat(51)}\n${'y'.repeat(50)}\n${'z'.repeat(60)}`), { limit: 50 }), {
    texts: ['a', 'y'.repeat(50)],
    rejected: 2,
  }))
test('both framings of RFC 6587 on one connection', () =>
  assert.deepEqual(cut(bytes('<1>one\n8 <2>two\nx\n<3>three\r\n\x006 <4>fou5 <5>fi'), syslog), {
    texts: ['<1>one', '<2>two\nx', '<3>three', '<4>fou', '<5>fi'],
    rejected: 0,
  }))
test('a counted frame that is too long, or cut off, is counted', () => {
  assert.deepEqual(cut(bytes(`60 ${'x'.repeat(60)}3 <1>`), syslog), { texts: ['<1>'], rejected: 1 })
  assert.deepEqual(cut(bytes('30 <1>half'), syslog), { texts: [], rejected: 1 })
})
test('digits that are no count begin a line', () =>
  assert.deepEqual(cut(bytes('2026-01-01 x\n12345678901 y\n0 z\n'), syslog), {
    texts: ['2026-01-01 x', '12345678901 y', '0 z'],
    rejected: 0,
  }))
test('what is not UTF-8 is replaced', () =>
  assert.deepEqual(cut([Buffer.from([0x61, 0xff, 0x62, 10])], { limit: 9 }).texts, ['a\ufffdb']))

const piece = fc.oneof(
  fc.string({ maxLength: 12 }).map((text) => `${text}\n`),
  fc.string({ unit: fc.constantFrom('a', '1', ' ', '\n'), maxLength: 70 }),
  fc.string({ minLength: 1, maxLength: 60 }).map((text) => `${Buffer.byteLength(text)} ${text}`),
)
for (const options of [{ limit: 20 }, { limit: 20, counting: true }])
  test(`the same records however the stream is cut (${options.counting ? 'counting' : 'lines'})`, () =>
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(40), { maxLength: 30 }), (parts, lengths) => {
        const whole = Buffer.from(parts.join(''))
        const pieces: Buffer[] = []
        let at = 0
        for (const length of [...lengths, whole.length]) {
          pieces.push(whole.subarray(at, at + length))
          at += length
        }
        assert.deepEqual(cut(pieces, options), cut([whole], options))
      }),
      { numRuns: 400 },
    ))
test('memory is bounded by the limit', () => {
  for (const counting of [false, true]) {
    const framer = createFramer({ limit: 100, counting })
    for (let n = 0; n < 50; n += 1) {
      framer.push(Buffer.alloc(64, 'x'))
      assert.ok(framer.held <= 111)
    }
  }
})

test('syslog frames may end with a line feed or a NUL, or say their length, one after the other on one connection', () => {
  const bytes = Buffer.from('<14>one\n<14>two\0<14>three\r\n11 <14>a\nb\0cd\n<14>four\0\0<14>five')
  for (let size = 1; size <= bytes.length; size += 1) {
    const framer = createFramer({ limit: 100, counting: true })
    const texts: string[] = []
    for (let at = 0; at < bytes.length; at += size) texts.push(...framer.push(bytes.subarray(at, at + size)).texts)
    texts.push(...framer.end().texts)
    assert.deepEqual(texts, ['<14>one', '<14>two', '<14>three', '<14>a\nb\0cd', '<14>four', '<14>five'], `pieces of ${size}`) // prettier-ignore
  }
})

test('messages of GELF end with NUL only; a megabyte of either end is cut in linear time', () => {
  const framer = createFramer({ limit: 100, ends: 'nul' })
  assert.deepEqual(framer.push(Buffer.from('{"a":\n1}\0{"b"')).texts, ['{"a":\n1}'])
  assert.deepEqual(framer.push(Buffer.from(':2}\0')).texts, ['{"b":2}'])
  for (const end of ['\n', '\0']) {
    const lines = createFramer({ limit: 100, counting: true })
    assert.equal(lines.push(Buffer.from(`x${end}`.repeat(500_000))).texts.length, 500_000)
  }
})
