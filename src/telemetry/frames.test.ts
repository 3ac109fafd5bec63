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
