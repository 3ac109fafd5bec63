import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { fold } from '../sigma/fold.ts'
import { judgeWith } from '../judge.ts'
import { carried } from './item.ts'
import { eventOf, foldedAlone, played, type SceneEvent, type Seen, staged, type Staged } from './scene.ts'
import type { Bound, CompiledCorrelation, Entry, Finding, Item, Presence } from './types.ts'

/** The plain reading of each correlation: over all events in order of time, looking at whole timespans again and again. */
const second = 1000
const within = (entries: readonly Entry[], from: number, to: number) =>
  entries.filter(({ time }) => time >= from && time <= to)
const distinct = (items: readonly unknown[]): number => new Set(items).size

function isMet(value: number, bounds: readonly Bound[]): boolean {
  return bounds.every(({ is, value: wanted }) => {
    if (is === 'gt') return value > wanted
    if (is === 'gte') return value >= wanted
    if (is === 'lt') return value < wanted
    if (is === 'lte') return value <= wanted
    return is === 'eq' ? value === wanted : value !== wanted
  })
}

function measureOf(of: string, percentile: number, entries: readonly Entry[]): number {
  const numbers = entries.map(({ value }) => Number(value)).sort((a, b) => a - b)
  const sum = numbers.reduce((a, b) => a + b, 0)
  if (of === 'events') return distinct(entries.map(({ event }) => event))
  if (of === 'values') return distinct(entries.map(({ value }) => value))
  if (of === 'parts') return distinct(entries.map(({ part }) => part))
  if (of === 'sum') return sum
  if (of === 'average') return sum / numbers.length
  const rank = ((numbers.length - 1) * percentile) / 100
  const [low, high] = [numbers[Math.floor(rank)] ?? 0, numbers[Math.ceil(rank)] ?? 0]
  return low + (high - low) * (rank - Math.floor(rank))
}

const present = (when: Presence, parts: ReadonlySet<number>): boolean =>
  when.op === 'part'
    ? parts.has(when.part)
    : when.op === 'not'
      ? !present(when.of, parts)
      : when.op === 'and'
        ? when.of.every((one) => present(one, parts))
        : when.of.some((one) => present(one, parts))

function isInOrder(
  steps: readonly number[],
  entries: readonly Entry[],
  used: readonly string[] = [],
  from = -Infinity,
) {
  const [step, ...more] = steps
  if (step === undefined) return true
  return entries.some(
    ({ part, time, event }): boolean =>
      part === step && time >= from && !used.includes(event) && isInOrder(more, entries, [...used, event], time),
  )
}

function holdsIn({ judging }: CompiledCorrelation, entries: readonly Entry[]): boolean {
  if (judging.is === 'newest') return measureOf(judging.of, 0, entries) >= judging.need
  if (judging.is === 'presence') return present(judging.when, new Set(entries.map(({ part }) => part)))
  if (judging.is === 'chain') return isInOrder(judging.steps, entries)
  if (judging.is !== 'numbers' || entries.length === 0) return false
  const percentile = judging.measure.of === 'quantile' ? judging.measure.percentile : 0
  return isMet(measureOf(judging.measure.of, percentile, entries), judging.bounds)
}

/** The times at which a correlation holds for the entries of a group. */
function timesOf(correlation: CompiledCorrelation, entries: readonly Entry[]): { at: number; entries: Entry[] }[] {
  const { judging, timespan } = correlation
  const found: { at: number; entries: Entry[] }[] = []
  const times = [...new Set(entries.map(({ time }) => time))].sort((a, b) => a - b)
  let quiet = -Infinity
  for (const time of times) {
    if (time <= quiet) continue
    const ahead = within(entries, time, time + timespan)
    if (judging.is === 'closing') {
      quiet = time + timespan
      const percentile = judging.measure.of === 'quantile' ? judging.measure.percentile : 0
      if (isMet(measureOf(judging.measure.of, percentile, ahead), judging.bounds))
        found.push({ at: quiet, entries: ahead })
    } else if (judging.is === 'absence') {
      const begins = entries.some((one) => one.time === time && judging.begin.includes(one.part))
      if (!begins || !present(judging.when, new Set(ahead.map(({ part }) => part)))) continue
      quiet = time + timespan
      found.push({ at: quiet, entries: ahead })
    } else {
      const behind = within(entries, time - timespan, time)
      if (!holdsIn(correlation, behind)) continue
      quiet = time + timespan
      found.push({ at: time, entries: behind })
    }
  }
  return found
}

type Brief = Pick<Seen, 'rule' | 'at'> & { group: string }
const briefly = (all: readonly Brief[]) => all.map((one) => JSON.stringify(one)).sort()

function plain(scene: Staged, items: readonly Item[], start: number): Brief[] {
  const all = [...items]
  const found: Brief[] = []
  for (const correlation of [...scene.correlations].sort((a, b) => a.depth - b.depth)) {
    const mine = all.filter((item) => item.correlation === correlation.id)
    for (const key of new Set(mine.map((item) => item.key))) {
      const group = mine.filter((item) => item.key === key)
      const entries = group.map(({ entry }) => entry)
      for (const { at, entries: held } of timesOf(correlation, entries)) {
        found.push({ rule: correlation.id, at: at - start, group: key })
        const finding: Finding = {
          correlation,
          key,
          group: group[0]?.group ?? [],
          time: at,
          entries: held,
          measure: 0,
          late: false,
        }
        for (const outer of scene.correlations)
          outer.parts.forEach(({ rule }, part) => {
            if (rule === correlation.id) all.push(...carried(finding, outer, part))
          })
      }
    }
  }
  return found
}

const rule = (id: string, text: string) =>
  `title: ${id}\nid: ${id}\nname: ${id}\ncorrelation: { ${text}, timespan: 10s }\n`
const scene = staged(
  [
    'title: also a\nid: also\nname: also\nlogsource: { product: test }\ndetection: { s: { kind: a }, condition: s }\n',
    rule('count', 'type: event_count, rules: [a, also, b], group-by: [host], condition: { gte: 3 }'),
    rule('count-range', 'type: event_count, rules: [a, also], group-by: [host], condition: { gt: 1, lte: 3 }'),
    rule('values', 'type: value_count, rules: [a, b], group-by: [host], condition: { field: user, gt: 2 }'),
    rule(
      'values-not',
      'type: value_count, rules: [a, b], group-by: [host], condition: { field: [user, size], neq: 2 }',
    ),
    rule('all', 'type: temporal, rules: [a, b, c], group-by: [host]'),
    rule('some', 'type: temporal, rules: [a, b, c], group-by: [host], condition: { gte: 2 }'),
    rule('said', 'type: temporal, rules: [a, b, c], group-by: [host], condition: a and (b or c)'),
    rule('not', 'type: temporal, rules: [a, b, c], group-by: [host], condition: a and not b'),
    rule('not-either', 'type: temporal, rules: [a, b, c], group-by: [user], condition: (a or c) and not b'),
    rule('order', 'type: temporal_ordered, rules: [a, b, c], group-by: [host]'),
    rule('order-again', 'type: temporal_ordered, rules: [a, also, a, b], group-by: [host]'),
    rule('sum', 'type: value_sum, rules: [a, c], group-by: [host], condition: { field: size, gte: 12 }'),
    rule('avg', 'type: value_avg, rules: [a, c], group-by: [host], condition: { field: size, gt: 4.5, lt: 6.5 }'),
    rule('avg-over', 'type: value_avg, rules: [a, c], condition: { field: size, gte: 5.5 }'),
    rule('median', 'type: value_median, rules: [a, c], group-by: [host], condition: { field: size, gte: 6 }'),
    rule('p80', 'type: value_percentile, rules: [a, c], condition: { field: size, percentile: 80, gte: 8.5 }'),
    rule('chain', 'type: temporal_ordered, rules: [count, some, c], group-by: [host]'),
    rule('chain-count', 'type: event_count, rules: [count, not], condition: { gte: 2 }'),
  ].join('---\n'),
)

const happening: fc.Arbitrary<SceneEvent> = fc.record({
  at: fc.oneof(
    fc.integer({ min: 0, max: 60 }).map((n) => n * second),
    fc.integer({ min: 0, max: 60_000 }),
  ),
  kind: fc.constantFrom('a', 'b', 'c'),
  host: fc.constantFrom('x', 'X', 'y'),
  user: fc.constantFrom('u', 'v', 'w', 'x'),
  size: fc.integer({ min: -3, max: 10 }),
})
const lateness = 7 * second
/** How much each event is delayed, where batches end, where the process starts anew. */
const arriving = fc.array(fc.tuple(happening, fc.integer({ min: 0, max: lateness }), fc.boolean(), fc.boolean()), {
  maxLength: 60,
})

test('the stages are as wanted', () => assert.ok(scene.compiled.every(({ ok }) => ok)))

test('in any order within the lateness, in any cuts, with any restarts: what the plain reading finds', () =>
  fc.assert(
    fc.property(arriving, (all) => {
      const events = all.map(([happened, delay, cut, restart], at) => ({
        event: eventOf(happened, at + 1),
        arrives: happened.at + delay,
        cut,
        restart,
      }))
      const { items } = judgeWith(
        scene.engine,
        events.map(({ event }) => event),
        { ...scene, raised: 0 },
      ).fed
      const batches: (typeof events)[number]['event'][][] = [[]]
      const restarts = new Set<number>()
      for (const { event, cut, restart } of events.sort((a, b) => a.arrives - b.arrives)) {
        batches.at(-1)?.push(event)
        if (cut && restart) restarts.add(batches.length)
        if (cut) batches.push([])
      }
      const start = eventOf({ at: 0, kind: 'a' }, 1).time
      const { seen } = played(scene, { lateness, batches, restarts })
      assert.ok(seen.every(({ late }) => !late))
      const got = seen.map(({ rule, at, group }) => ({ rule, at, group: JSON.stringify(group.map(fold)) }))
      assert.deepEqual(briefly(got), briefly(plain(scene, items, start)))
    }),
    { numRuns: 600 },
  ))

test('shards by group, each alone, find together what one finds', () =>
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), fc.integer({ min: 2, max: 4 }), (all, shards) => {
      const flat = staged(
        [
          rule('count', 'type: event_count, rules: [a, b], group-by: [host], condition: { gte: 3 }'),
          rule('not', 'type: temporal, rules: [a, b], group-by: [user], condition: a and not b'),
          rule('order', 'type: temporal_ordered, rules: [a, b, c], group-by: [host, user]'),
        ].join('---\n'),
      )
      const events = all.map((happened, at) => eventOf(happened, at + 1))
      const { items } = judgeWith(flat.engine, events, { ...flat, raised: 0 }).fed
      const shardOf = ({ correlation, key }: Item): number =>
        [...(correlation + key)].reduce((sum, char) => sum + char.charCodeAt(0), 0) % shards
      const alone = Array.from({ length: shards }, (_, shard) =>
        foldedAlone(
          flat,
          items.filter((item) => shardOf(item) === shard),
        ),
      ).flat()
      const text = (seen: readonly Seen[]) => seen.map((one) => JSON.stringify(one)).sort()
      assert.deepEqual(text(alone), text(foldedAlone(flat, items)))
    }),
    { numRuns: 150 },
  ))
