// Times in fields, in the viewer's zone and in UTC.
import assert from 'node:assert/strict'
import test from 'node:test'
import { tableTimeText } from './time.ts'
import { chooseZone, fieldText, fieldTime, zoneName } from './zone.ts'

const at = Date.UTC(2026, 6, 1, 12, 30)

test('a field says the same time that it was given, in either zone', () => {
  assert.equal(fieldText(at, 'utc'), '2026-07-01T12:30')
  for (const zone of ['own', 'utc'] as const) assert.equal(fieldTime(fieldText(at, zone), zone), at)
})
test('once UTC is chosen, times are shown in it', () => {
  chooseZone('utc')
  assert.equal(zoneName(), 'UTC')
  assert.equal(tableTimeText(at), '1 Jul 12:30:00')
  chooseZone('own')
  assert.equal(zoneName(), undefined)
})
