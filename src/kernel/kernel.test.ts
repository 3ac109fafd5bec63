import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import {
  asFault,
  base32,
  errorTable,
  fixedClock,
  idSchema,
  inputFromText,
  newIdText,
  placeText,
  seededRandom,
} from './index.ts'

const Id = idSchema('incident', 'inc')

test('a new id fits its schema and sorts by time', () =>
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 2 ** 42 }), (seed, now) => {
      const random = seededRandom(seed)
      const [a, b] = [newIdText('inc', now, random), newIdText('inc', now + 1, random)]
      assert.ok(Id.safeParse(a).success)
      assert.ok(a < b)
    }),
  ))
test('an id of another noun is refused', () => assert.equal(Id.safeParse('usr_0').success, false))
test('base 32 keeps order', () =>
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => assert.equal(a < b, base32(a, 11) < base32(b, 11))),
  ))

test('every error has a text, a help, an HTTP status and an exit code of the contract', () => {
  for (const [code, entry] of Object.entries(errorTable)) {
    assert.ok(entry.text.length > 3 && entry.help.length > 3, code)
    assert.ok(entry.status >= 400 && entry.status < 600, code)
    assert.ok([1, 2, 3, 70].includes(entry.exit), code)
  }
})
test('even what refuses to become a text becomes a fault', () => assert.equal(asFault({ toString: 0 }).code, 'BUG'))
test('anything thrown becomes a fault', () =>
  fc.assert(fc.property(fc.anything(), (thrown) => assert.equal(asFault(thrown).exit, 70))))
test('a text with $& in it is shown as it is', () =>
  assert.match(asFault(new Error('cost $& more')).message, /cost \$& more/))

const Input = z.strictObject({
  limit: z.number().default(5),
  all: z.boolean().optional(),
  level: z.array(z.string()).optional(),
  id: z.string(),
})
test('text becomes what the schema asks', () =>
  assert.deepEqual(inputFromText(Input, { limit: '7', all: '', level: 'high,low', id: '12' }), {
    limit: 7,
    all: true,
    level: ['high', 'low'],
    id: '12',
  }))
test('what does not fit stays text and the schema names it', () => {
  const parsed = Input.safeParse(inputFromText(Input, { limit: 'many', id: 'x' }))
  assert.equal(parsed.error?.issues[0]?.path[0], 'limit')
})
test('text input never throws', () =>
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.string()), (given) => assert.ok(inputFromText(Input, given)))))

test('a place reads as editors understand it', () =>
  assert.equal(placeText({ file: 'a.yaml', line: 3, column: 7 }), 'a.yaml:3:7'))
test('a fixed clock moves only when told', () => {
  const clock = fixedClock(100)
  clock.advance(5)
  assert.equal(clock.now(), 105)
})
