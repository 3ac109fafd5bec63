import assert from 'node:assert/strict'
import test from 'node:test'
import { dayAfter, endOfDay } from './days.ts'

test('days are those of UTC, and end at midnight', () => {
  assert.equal(dayAfter(Date.UTC(2026, 11, 31, 23), 1), '2027-01-01')
  assert.equal(endOfDay('2026-12-31'), Date.UTC(2027, 0, 1))
  assert.equal(endOfDay('tomorrow'), undefined)
  assert.equal(endOfDay('2026-99-99'), undefined)
})
