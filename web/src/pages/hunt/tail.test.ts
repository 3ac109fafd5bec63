// What is kept of events that arrive.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { EventView } from '../../client/nouns.ts'
import { mostTailed, nothing, tailed } from './tail.ts'

const events = (count: number): EventView[] =>
  Array.from({ length: count }, (_, n) => ({ id: `evt_${n}` }) as EventView)

test('the newest stand first, what was left out is summed, the oldest go', () => {
  const one = tailed(nothing, { items: events(2), next: '2', skipped: 3 })
  const two = tailed(one, { items: events(1), next: '9', skipped: 4 })
  assert.deepEqual([two.items.length, two.skipped, two.after], [3, 7, '9'])
  const full = tailed(two, { items: events(mostTailed), next: '99', skipped: 0 })
  assert.equal(full.items.length, mostTailed)
})
test('a look at nothing keeps the list as it is', () =>
  assert.equal(tailed(nothing, { items: [], next: '1', skipped: 0 }).items, nothing.items))
