// Ranking of the palette.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { fitOf, ranked } from './match.ts'

test('beginnings of words beat characters in the middle', () =>
  assert.deepEqual(
    ranked('in', ['Settings', 'Show keys', 'Incidents', 'Log in'], (text) => text),
    ['Incidents', 'Log in', 'Settings'],
  ))
test('initials find what they stand for', () =>
  assert.equal(ranked('pd', ['Staff laptops', 'Portal database', 'Updates'], (text) => text)[0], 'Portal database'))
test('nothing typed keeps the order', () =>
  assert.deepEqual(
    ranked(' ', ['b', 'a'], (text) => text),
    ['b', 'a'],
  ))
test('characters out of order do not fit', () => assert.equal(fitOf('ba', 'ab'), undefined))
test('what is found is what was typed', () =>
  fc.assert(
    fc.property(fc.string(), fc.string(), (typed, text) => {
      const fit = fitOf(typed, text)
      if (!fit) return
      const found = fit.at.map((at) => text.toLowerCase().charAt(at)).join('')
      assert.equal(found, typed.toLowerCase().replaceAll(/\s+/g, ''))
    }),
  ))
test('a text always fits itself', () =>
  fc.assert(fc.property(fc.string(), (text) => assert.ok(fitOf(text, text.toLowerCase())))))
