// Addresses: clean when nothing is chosen, lossless when something is.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { href, paramsOf, places, searchText } from './places.ts'

test('nothing chosen leaves the address clean', () => assert.equal(href('/alerts', { level: '', q: '' }), '/alerts'))
test('an address can be read by people', () =>
  assert.equal(places.hunt({ q: 'host:db01', range: '24h' }), '/hunt?q=host:db01&range=24h'))
test('an incident is called by its number, or by its id while it has none', () => {
  assert.equal(places.incident({ id: 'inc_1', number: 12 }), '/incidents/12')
  assert.equal(places.incident({ id: 'inc_1', number: 0 }), '/incidents/inc_1')
})
test('whatever is searched for survives the address bar', () =>
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })), (params) =>
      assert.deepEqual({ ...paramsOf(searchText(params)) }, { ...params }),
    ),
  ))
