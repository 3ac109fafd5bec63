// Lines of process trees.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { linesOf, programOf, type Process } from './tree.ts'

const node = (key: string, parent: string): Process => ({
  key,
  parent,
  uid: key,
  process: key,
  command_line: '',
  user: '',
  started: null,
  event: null,
  more: 0,
})

test('parents stand before their children, siblings keep their order', () => {
  const lines = linesOf([node('c', 'b'), node('a', ''), node('b', 'a'), node('d', 'b'), node('e', 'a')])
  assert.deepEqual(
    lines.map(({ process, depth, rails }) => [process.key, depth, ...rails]),
    [
      ['a', 0],
      ['b', 1, true],
      ['c', 2, true, true],
      ['d', 2, true, false],
      ['e', 1, false],
    ],
  )
})
test('whatever hangs on what, no line comes twice and none is invented', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('', 'a', 'b', 'x')), { maxLength: 8 }),
      (pairs) => {
        const lines = linesOf(pairs.map(([key, parent]) => node(key, parent)))
        assert.equal(new Set(lines.map(({ process }) => process.key)).size, lines.length)
      },
    ),
  ))
test('a program is called by the end of its path', () => {
  assert.equal(programOf('C:\\Windows\\cmd.exe'), 'cmd.exe')
  assert.equal(programOf('/usr/bin/curl'), 'curl')
  assert.equal(programOf('svc\\'), 'svc\\')
})
