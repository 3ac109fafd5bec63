// Canonical JSON against RFC 8785's own examples and against laws.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { canonicalJson, plain } from './canonical.ts'

test('the sample object of RFC 8785, section 3.2.2', () => {
  const sample = `{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
    "literals": [null, true, false]
  }`
  const expected =
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
  assert.equal(canonicalJson(JSON.parse(sample)), expected)
})

test('keys are sorted by UTF-16 code units: RFC 8785, section 3.2.3', () => {
  const sample = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\u{1f600}': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  }
  const sorted = [...canonicalJson(sample).matchAll(/:"([^"]*)"/g)].map((found) => found[1])
  assert.deepEqual(sorted, [
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ])
})

test('numbers of RFC 8785, appendix B', () => {
  const numbers: readonly [string, string][] = [
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ]
  for (const [bits, text] of numbers) assert.equal(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE()), text)
})

test('what JSON cannot hold is refused, and made fit by plain', () => {
  for (const value of [Number.NaN, Infinity, '\ud800', { '\udead': 1 }, undefined, 1n])
    assert.throws(() => canonicalJson(value), /has no place in JSON/)
  const unfit = { a: Number.NaN, b: '\ud800x', c: undefined, d: [undefined, 1n], e: () => 1, '\udead': true }
  assert.deepEqual(plain(unfit), { a: null, b: '\ufffdx', d: [null, '1'], '\ufffd': true })
  let deep: unknown = 'end'
  for (let level = 0; level < 10_000; level += 1) deep = [deep]
  assert.equal(canonicalJson(plain(deep)), `${'['.repeat(32)}"…"${']'.repeat(32)}`)
})

test('canonical JSON reads back as what it was, and is the same for any order of keys', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = canonicalJson(plain(value))
      assert.equal(canonicalJson(JSON.parse(text)), text)
    }),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer()), (held) => {
      const turned = Object.fromEntries(Object.entries(held).reverse())
      assert.equal(canonicalJson(turned), canonicalJson(held))
    }),
  )
})
