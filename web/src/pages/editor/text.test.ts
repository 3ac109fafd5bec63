// Places, lines and edits of a rule's text.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { enter, indent, lineAt, lineStart, placeOf } from './text.ts'

const text = 'a:\n  b: 1\n  c:\n    - x\n'

test('lines and columns are places, and back', () => {
  assert.equal(placeOf(text, 2, 3), 5)
  assert.equal(placeOf(text, 2, 99), 9)
  assert.equal(placeOf(text, 99, 1), text.length)
  assert.equal(lineAt(text, 5), 2)
  fc.assert(
    fc.property(fc.string(), fc.nat(400), (some, at) => {
      const place = Math.min(at, some.length)
      const line = lineAt(some, place)
      assert.ok(lineStart(some, line) <= place)
    }),
  )
})
test('a new line is set in as YAML wants it', () => {
  const at = (line: string) => enter(line, { start: line.length, end: line.length }).text.slice(line.length)
  assert.equal(at('detection:'), '\n  ')
  assert.equal(at('  s:'), '\n    ')
  assert.equal(at('    - x'), '\n    - ')
  assert.equal(at('    - x:'), '\n      ')
  assert.equal(at('level: low'), '\n')
})
test('lines move in and out together', () => {
  const moved = indent('a\nb\nc', { start: 0, end: 3 }, 1)
  assert.equal(moved.text, '  a\n  b\nc')
  assert.equal(indent(moved.text, { start: moved.start, end: moved.end }, -1).text, 'a\nb\nc')
})
