// Chances in words.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { chanceText, factorText, percentText, perYearText } from './chance.ts'

test('small chances are one in so many', () => {
  assert.equal(chanceText(0.018084996917890936), '1 in 55')
  assert.equal(chanceText(0.1435), '1 in 7')
  assert.equal(chanceText(0.000832), '1 in 1,200')
})
test('large chances are fractions that are read at a glance', () => {
  assert.deepEqual([0.2, 0.25, 0.3333, 0.5, 0.68, 0.7, 0.9, 0.96, 0.99].map(chanceText), [
    '1 in 5',
    '1 in 4',
    '1 in 3',
    '1 in 2',
    '2 in 3',
    '7 in 10',
    '9 in 10',
    '19 in 20',
    '99 in 100',
  ])
})
test('the ends have words of their own', () => {
  assert.deepEqual([0, 1, 1e-12].map(chanceText), ['never', 'certain', 'less than 1 in a billion'])
})
test('percent keeps two digits that count', () => {
  assert.deepEqual([0, 1, 0.9999, 0.3588, 0.01808, 0.00018, 1e-9].map(percentText), [
    '0%',
    '100%',
    '>99%',
    '36%',
    '1.8%',
    '0.018%',
    '<0.001%',
  ])
})
test('a larger chance never reads as a rarer one', () => {
  const value = (text: string): number => {
    const found = /^(\d+) in ([\d,]+)$/.exec(text)
    return found ? Number(found[1]) / Number(found[2]?.replaceAll(',', '')) : text === 'certain' ? 1 : 0
  }
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
      const [less, more] = a < b ? [a, b] : [b, a]
      assert.ok(value(chanceText(less)) <= value(chanceText(more)) + 1e-12)
    }),
  )
})
test('frequencies in years', () => {
  assert.deepEqual([2, 1.2, 0.45, 0.12, 0.011, 0, 1e-9].map(perYearText), [
    '2 a year',
    '1.2 a year',
    'once in 2.2 years',
    'once in 8.3 years',
    'once in 91 years',
    'never',
    'once in 10,000 years or less',
  ])
})
test('factors', () => assert.deepEqual([0.35882, 2, 0.0018].map(factorText), ['0.36', '2', '0.0018']))
