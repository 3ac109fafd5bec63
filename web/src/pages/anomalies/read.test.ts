// What detectors remember, made ready to be looked at.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { hoursAhead, learntShare, plotted, profileName, secondsText, usualHours, weekOf } from './read.ts'

const hour = 3_600_000
const series = { kind: 'series', unit: 'events an hour', usual: 2, limit: 5 } as const
const points = [1, 3, 9].map((value, at) => [at * hour, value])

test('bars above the limit stand out, against one line or one for each time', () => {
  const flat = plotted({ ...series, points })
  assert.deepEqual([...flat.hot], [2])
  assert.deepEqual(
    flat.lines.map(({ name, values }) => [name, ...values]),
    [
      ['usual', 2, 2, 2],
      ['limit', 5, 5, 5],
    ],
  )
  const expected = [0, 1, 2].map((at) => ({ at: at * hour, usual: at, limit: at * 1.5 }))
  const moving = plotted({ ...series, points, expected })
  assert.deepEqual([...moving.hot], [0, 1, 2])
  assert.deepEqual(moving.lines[0]?.values, [0, 1, 2])
})
test('without a limit there is no line and nothing stands out', () => {
  const none = plotted({ ...series, usual: null, limit: null, points })
  assert.deepEqual([none.lines.length, none.hot.size], [0, 0])
})
test('hours of the day are told from moments', () => {
  const day = Array.from({ length: 24 }, (_, at) => [at * hour, at])
  assert.equal(plotted({ ...series, points: day }).isOfDay, true)
  assert.equal(plotted({ ...series, points }).isOfDay, false)
})
test('a week moves with the zone and loses nothing', () =>
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: 168, maxLength: 168 }),
      fc.integer({ min: -12, max: 14 }),
      (week, by) => {
        const cells = weekOf(week, by)
        assert.equal(
          cells.reduce((sum, { count }) => sum + count, 0),
          week.reduce((sum, count) => sum + count, 0),
        )
        assert.ok(cells.every(({ count, strength }) => (count === 0) === (strength === 0)))
      },
    ),
  ))
test('usual hours are the shortest stretch that holds nearly all', () => {
  const week = Array.from({ length: 168 }, (_, at) => (at % 24 >= 8 && at % 24 < 17 ? 10 : 0))
  assert.equal(usualHours(week, 0), '08:00 to 17:00')
  assert.equal(usualHours(week, 2), '10:00 to 19:00')
  assert.equal(
    usualHours(
      Array.from({ length: 168 }, () => 1),
      0,
    ),
    '',
  )
  assert.equal(
    usualHours(
      Array.from({ length: 168 }, () => 0),
      0,
    ),
    '',
  )
})
test('names are as profiles have them', () => {
  assert.equal(profileName('user', 'CORP\\Ada'), 'ada')
  assert.equal(profileName('user', 'ada@corp.example'), 'ada')
  assert.equal(profileName('host', 'WS-1.corp.example'), 'ws-1')
  assert.equal(profileName('host', '10.1.2.3'), '10.1.2.3')
})
test('spans and shares are short', () => {
  assert.deepEqual([45, 150, 600, 9000].map(secondsText), ['45 s', '2.5 min', '10 min', '2.5 h'])
  assert.equal(learntShare({ learntDays: 3, learnDays: 7 }).toFixed(2), '0.43')
  assert.equal(learntShare({ learntDays: 0, learnDays: 0 }), 1)
  assert.equal(hoursAhead('utc', new Date()), 0)
})
