// The story: chapters by host, pauses, days.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import type { TimelineEntry } from '../../client/nouns.ts'
import { chaptersOf, repeats } from './story.ts'

const entry = (at: number, host: string, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  at,
  until: at,
  kind: 'alert',
  title: 't',
  detail: '',
  tactics: [],
  techniques: [],
  host,
  user: '',
  asset: '',
  count: 1,
  alerts: [],
  event: '',
  why: '',
  by: '',
  ...more,
})
const day = 86_400_000
const sameDay = (a: number, b: number) => Math.floor(a / day) === Math.floor(b / day)

test('a chapter is what happens on one host; notes stay where they fall', () => {
  const chapters = chaptersOf(
    [entry(3, 'app01'), entry(1, 'LT-014'), entry(2, '', { kind: 'note' }), entry(4, 'app01'), entry(5, 'LT-014')],
    sameDay,
  )
  assert.deepEqual(
    chapters.map(({ host, lines }) => [host, lines.length]),
    [
      ['LT-014', 2],
      ['app01', 2],
      ['LT-014', 1],
    ],
  )
  assert.deepEqual([chapters[1]?.at, chapters[1]?.until], [3, 4])
})
test('only long pauses are said, counted from the end of what came before', () => {
  const lines = chaptersOf(
    [entry(0, 'a', { until: 3_600_000, count: 9 }), entry(3_660_000, 'a'), entry(7_260_000, 'a')],
    sameDay,
  )[0]?.lines
  assert.deepEqual(
    lines?.map(({ pause }) => pause),
    [0, 0, 3_600_000],
  )
})
test('a new day is marked', () =>
  assert.deepEqual(
    chaptersOf([entry(0, 'a'), entry(1, 'a'), entry(day, 'a')], sameDay)[0]?.lines.map(({ newDay }) => newDay),
    [true, false, true],
  ))
test('nothing of the timeline is lost, whatever it is', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          at: fc.nat(1e9),
          host: fc.constantFrom('', 'a', 'b'),
          kind: fc.constantFrom('alert' as const, 'note' as const),
        }),
      ),
      (given) => {
        const chapters = chaptersOf(
          given.map(({ at, host, kind }) => entry(at, host, { kind })),
          sameDay,
        )
        const times = chapters.flatMap(({ lines }) => lines.map((line) => line.entry.at))
        assert.deepEqual(
          times,
          given.map(({ at }) => at).sort((a, b) => a - b),
        )
      },
    ),
  ))
test('a repeated line says how often and over how long', () => {
  assert.deepEqual(repeats(entry(0, 'a', { count: 14, until: 180_000 })), { count: 14, over: 180_000 })
  assert.equal(repeats(entry(0, 'a')), undefined)
})
