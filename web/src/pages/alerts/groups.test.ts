import assert from 'node:assert/strict'
import test from 'node:test'
import { groupingOf, groupsOf } from './groups.ts'

const alert = (
  id: string,
  level: 'low' | 'high',
  more: { host?: string; user?: string; times?: number; at?: number } = {},
) => {
  const { host = 'pc1', user = 'ada', times = 1, at = 5 } = more
  const rule = { id, title: `Rule ${id}`, level, techniques: [], tactics: [] }
  return { rule, host, user, times, first: at, last: at + times, risk: times }
}

test('alerts are grouped by rule, host or user, the heaviest first', () => {
  const all = [
    alert('a', 'low', { times: 7 }),
    alert('a', 'low', { host: 'pc2', at: 1 }),
    alert('b', 'high', { user: '' }),
  ]
  assert.deepEqual(
    groupsOf(all, 'rule').map(({ value, level, alerts, times, first, last, risk, others }) => [
      [value, level, alerts, times, first, last, risk],
      others,
    ]),
    [
      [['b', 'high', 1, 1, 5, 6, 1], ['pc1']],
      [
        ['a', 'low', 2, 8, 1, 12, 7],
        ['pc1', 'ada', 'pc2'],
      ],
    ],
  )
  assert.deepEqual(
    groupsOf(all, 'user').map(({ value, alerts, others }) => [value, alerts, others]),
    [['ada', 2, ['Rule a']]],
  )
  const titled = (title: string) => ({ ...alert('r', 'low'), rule: { ...alert('r', 'low').rule, title } })
  assert.deepEqual(
    groupsOf([titled('Entity risk: host a'), titled('Entity risk: user b'), titled('Entity risk: host c')], 'rule').map(
      ({ title }) => title,
    ),
    ['Entity risk…'],
  )
  assert.deepEqual(groupsOf([], 'host'), [])
  assert.equal(groupingOf('host'), 'host')
  assert.equal(groupingOf('colour'), 'none')
})
