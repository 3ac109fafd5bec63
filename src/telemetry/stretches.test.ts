// Stretches of a long time: together they are all of it, without a moment twice.
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { stretchesOf } from './stretches.ts'

const day = 86_400_000
const moment = fc.integer({ min: 0, max: 4_000 * day })

test('every moment lies in exactly one stretch, and they come in the order that was asked for', () => {
  const order = fc.constantFrom('newest' as const, 'oldest' as const)
  fc.assert(
    fc.property(moment, moment, order, fc.array(moment, { maxLength: 20 }), (a, b, way, moments) => {
      const [first, last] = [Math.min(a, b), Math.max(a, b)]
      const stretches = stretchesOf({ first, last }, way)
      const holding = (at: number) =>
        stretches.flatMap(({ since = -Infinity, until = Infinity }, index) =>
          since <= at && at < until ? [index] : [],
        )
      for (const at of [first, last, ...moments]) assert.equal(holding(at).length, 1)
      const sorted = [first, last, ...moments].sort((x, y) => x - y)
      const indexes = sorted.flatMap(holding)
      assert.deepEqual(
        indexes,
        indexes.toSorted((x, y) => (way === 'oldest' ? x - y : y - x)),
      )
      assert.ok(stretches.length <= 9, `${stretches.length} statements for eleven years`)
    }),
  )
})

test('less than a day is one stretch without bounds', () => {
  assert.deepEqual(stretchesOf({ first: 5, last: 5 + day }, 'newest'), [{ since: undefined, until: undefined }])
})
