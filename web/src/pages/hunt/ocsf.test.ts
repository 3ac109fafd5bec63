// The answer of event.ocsf.
import assert from 'node:assert/strict'
import test from 'node:test'
import { ocsfOf } from './ocsf.ts'

test('the event stands in lines, the objections beside it', () => {
  const { text, problems } = ocsfOf({ event: { class_uid: 1007 }, problems: [{ path: 'time', text: 'is missing' }] })
  assert.equal(text, '{\n  "class_uid": 1007\n}')
  assert.deepEqual(problems, [{ path: 'time', text: 'is missing' }])
})
test('any other answer is an empty one', () => {
  for (const answer of [null, 4, 'x', { problems: 'no' }, { problems: [null] }])
    assert.deepEqual(ocsfOf(answer), { text: '{}', problems: [] })
})
