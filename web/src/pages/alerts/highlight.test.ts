// Highlighting of what matched.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { highlight, piecesOf } from './highlight.ts'

const hits = (pattern: string, value: string, modifiers: string[] = []) =>
  highlight({ pattern, value, modifiers })
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join('')

test('literal pieces between wildcards are marked, whatever their case', () => {
  assert.equal(hits('*\\powershell.exe', 'C:\\Windows\\PowerShell.exe'), 'C:\\Windows[\\PowerShell.exe]')
  assert.equal(hits('*-enc*bypass*', 'ps -Enc x -Bypass y'), 'ps [-Enc] x -[Bypass] y')
})
test('an escaped wildcard is the character itself', () => assert.deepEqual(piecesOf('a\\*b?c'), ['a*b', 'c']))
test('what is no literal text marks all of it', () => {
  assert.equal(hits('10.0.0.0/8', '10.1.2.3', ['cidr']), '[10.1.2.3]')
  assert.equal(hits('nowhere', 'something else'), '[something else]')
  assert.equal(hits('*', 'anything'), '[anything]')
})
test('nothing of the value is lost', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (pattern, value) =>
      assert.equal(
        highlight({ pattern, value, modifiers: [] })
          .map(({ text }) => text)
          .join(''),
        value,
      ),
    ),
  ))
test('a very long value is cut, and says so', () => {
  const text = highlight({ pattern: 'x', value: 'x'.repeat(1e6), modifiers: [] })
    .map((segment) => segment.text)
    .join('')
  assert.ok(text.length < 5000 && text.endsWith('…'))
})
