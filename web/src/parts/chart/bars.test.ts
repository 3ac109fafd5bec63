// Bars and drags of the histogram.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { barsOf, marksOf, stretchOf } from './bars.ts'

const buckets = [0, 1, 2, 3].map((n) => ({ at: 1000 + n * 10, count: n * 5 }))

test('the highest bar touches the top, nothing is nothing, a little can be seen', () => {
  assert.deepEqual(
    barsOf(buckets, 10).map(({ height }) => Number(height.toFixed(2))),
    [0, 0.33, 0.67, 1],
  )
  assert.equal(
    barsOf(
      [
        { at: 0, count: 1 },
        { at: 1, count: 1e6 },
      ],
      1,
    )[0]?.height,
    0.03,
  )
})
test('a drag means whole buckets, in either direction', () => {
  assert.deepEqual(stretchOf(buckets, 10, 0.3, 0.6), { since: 1010, until: 1030 })
  assert.deepEqual(stretchOf(buckets, 10, 0.6, 0.3), { since: 1010, until: 1030 })
  assert.deepEqual(stretchOf(buckets, 10, 0, 1), { since: 1000, until: 1040 })
})
test('any drag lies within the buckets and is not empty', () =>
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (from, to) => {
      const stretch = stretchOf(buckets, 10, from, to)
      assert.ok(stretch && stretch.since >= 1000 && stretch.until <= 1040 && stretch.since < stretch.until)
    }),
  ))
test('no buckets, no bars, no stretch', () => {
  assert.deepEqual(barsOf([], 10), [])
  assert.equal(stretchOf([], 10, 0, 1), undefined)
  assert.equal(marksOf(buckets, 2).length, 2)
})
