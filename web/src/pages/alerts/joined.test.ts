// Alerts of correlations, told from others and put into words.
import assert from 'node:assert/strict'
import test from 'node:test'
import { isJoined, joinedOf } from './joined.ts'

const line = (selection: string, field: string, pattern: string, value: string) => ({
  selection,
  field,
  modifiers: [],
  pattern,
  value,
})
const matched = [
  line('group-by', 'user', '', 'ada'),
  line('condition', 'value_count', 'value_count of host gte 5 in 10m', '7'),
  line('rules', 'Login', '', '9 events'),
]

test('a correlation is told by its lines', () => {
  assert.equal(isJoined({ activity: 'value_count', matched }), true)
  assert.equal(isJoined({ activity: 'login', matched }), false)
  assert.equal(isJoined({ activity: 'temporal', matched: [] }), false)
})
test('group, condition and measure are words', () => {
  assert.deepEqual(joinedOf({ matched }), {
    group: [{ name: 'user', value: 'ada' }],
    condition: 'value_count of host gte 5 in 10m',
    measure: '7 different values',
  })
  assert.deepEqual(joinedOf({ matched: [] }), { group: [], condition: '', measure: '' })
})
