// Scales, heights and lines of plots.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { barAt, filled, heightOf, marked, stepPath, topOf } from './plot.ts'

test('the top is round and nothing rises above it', () => {
  assert.deepEqual([[0], [1], [3], [7], [12, 5], [0.25], [99], [101]].map(topOf), [1, 1, 3, 8, 15, 0.25, 100, 150])
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 1 }), (values) => {
      const top = topOf(values)
      assert.ok(top > 0 && values.every((value) => value <= top * (1 + 1e-6)))
    }),
  )
})
test('what is not nothing can be seen, and nothing is nothing', () => {
  assert.equal(heightOf(0, 10), 0)
  assert.equal(heightOf(1, 1_000_000), 1.5)
  assert.equal(heightOf(10, 10), 100)
})
test('a line steps where the value changes', () => {
  assert.equal(stepPath([5, 5, 10], 10), 'M0 50H1H2V0H3')
  assert.equal(stepPath([], 10), '')
})
test('marks are spread and a place lies on a bar', () => {
  assert.deepEqual(marked(10, 5), [0, 2, 4, 6, 8])
  assert.deepEqual(marked(3, 6), [0, 1, 2])
  assert.deepEqual(
    [0, 0.5, 1, -1].map((place) => barAt(place, 4)),
    [0, 2, 3, 0],
  )
})
test('steps without a value are nothing', () => {
  assert.deepEqual(filled([{ at: 20, value: 3 }], { step: 10, from: 5, to: 35 }), [
    { at: 0, value: 0 },
    { at: 10, value: 0 },
    { at: 20, value: 3 },
    { at: 30, value: 0 },
  ])
  assert.equal(filled([], { step: 1, from: 0, to: 10_000 }, 100).length, 100)
})
