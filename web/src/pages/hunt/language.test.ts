// The shape of search texts, and what is completed in them.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { completed, fitting, hasPipes, splitQuery, withFilter, writingAt } from './language.ts'

const at = (marked: string) => writingAt(marked.replace('¦', ''), marked.indexOf('¦'))

test('a query is a filter and pipes; a pipe in quotes is none', () => {
  assert.deepEqual(splitQuery('host:a | top user'), { filter: 'host:a', pipes: '| top user' })
  assert.deepEqual(splitQuery('"a | b"'), { filter: '"a | b"', pipes: '' })
  assert.deepEqual(splitQuery(String.raw`"a \" | b" | count`), { filter: String.raw`"a \" | b"`, pipes: '| count' })
  assert.equal(hasPipes('CommandLine:"x|y"'), false)
  assert.equal(withFilter('a | top user', 'b'), 'b | top user')
  assert.equal(withFilter('| top user', ''), '| top user')
})
test('what is being written: names, values, pipes and their fields', () => {
  assert.deepEqual(at('ho¦'), { kind: 'field', typed: 'ho', from: 0, to: 2 })
  assert.deepEqual(at('host:a (us¦'), { kind: 'field', typed: 'us', from: 8, to: 10 })
  assert.deepEqual(at('a -us¦'), { kind: 'field', typed: 'us', from: 3, to: 5 })
  assert.deepEqual(at('host:db¦ x'), { kind: 'value', field: 'host', typed: 'db', from: 5, to: 7 })
  assert.deepEqual(at('user:"ada lo¦'), { kind: 'value', field: 'user', typed: 'ada lo', from: 5, to: 12 })
  assert.deepEqual(at('x | t¦'), { kind: 'pipe', typed: 't', from: 4, to: 5 })
  assert.deepEqual(at('x | top 10 us¦'), { kind: 'pipe-field', typed: 'us', from: 11, to: 13 })
  assert.deepEqual(at('x | stats sum(by¦'), { kind: 'pipe-field', typed: 'by', from: 14, to: 16 })
  assert.deepEqual(at('x | count by host | where cou¦'), { kind: 'field', typed: 'cou', from: 26, to: 29 })
  assert.equal(at('"some wor¦'), undefined)
})
test('completions: what begins with it first, and it stands where it was written', () => {
  const all = ['target_user', 'user', 'host'].map((title) => ({ title, hint: '', insert: `${title}:` }))
  const [first] = fitting(all, 'us')
  assert.ok(first)
  assert.deepEqual(
    fitting(all, 'us').map(({ title }) => title),
    ['user', 'target_user'],
  )
  const writing = at('a us¦ b')
  assert.ok(writing)
  assert.deepEqual(completed('a us b', writing, first), { text: 'a user: b', caret: 7 })
  assert.deepEqual(fitting(all, 'host'), [])
})
test('nothing throws, and what is replaced lies before the caret', () =>
  fc.assert(
    fc.property(fc.string(), fc.nat(40), (text, place) => {
      const caret = Math.min(place, text.length)
      const writing = writingAt(text, caret)
      assert.ok(!writing || (writing.from >= 0 && writing.from <= caret && writing.to === caret))
      const { filter, pipes } = splitQuery(text)
      assert.ok(filter.length + pipes.length <= text.length)
    }),
  ))
