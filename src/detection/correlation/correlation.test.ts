import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { z } from 'zod'
import { seededRandom } from '#kernel'
import { parseYaml } from '#platform'
import type { Event } from '#telemetry'
import { eventOf, played, type SceneEvent, type Seen, staged } from './scene.ts'

const Case = z.strictObject({
  title: z.string(),
  rules: z.string(),
  events: z.array(z.looseObject({ at: z.number(), kind: z.string() })),
  expect: z.array(z.strictObject({ rule: z.string(), at: z.number(), events: z.array(z.number()) })),
  missed: z.record(z.string(), z.number()).default({}),
  silent: z.array(z.string()).default([]),
})
const lateness = 15_000

/** Cuts a list at random. */
function cut<T>(items: readonly T[], random: { next(): number }): T[][] {
  const batches: T[][] = [[]]
  for (const item of items) {
    batches.at(-1)?.push(item)
    if (random.next() < 0.4) batches.push([])
  }
  return batches
}

/** An order in which nothing comes later than allowed. */
const jumbled = (events: readonly Event[], random: { next(): number }): Event[] =>
  events
    .map((event) => ({ event, at: event.time + random.next() * lateness }))
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event)

const brief = (seen: readonly Seen[]) => seen.map(({ rule, at, events }) => ({ rule, at, events }))
const sortedBrief = (seen: ReturnType<typeof brief>) =>
  [...seen].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

const folder = 'src/detection/correlation/cases'
for (const file of readdirSync(folder).sort()) {
  const read = parseYaml(readFileSync(join(folder, file), 'utf8'), file)
  assert.ok(read.ok, JSON.stringify(read))
  const scene = Case.parse(read.value.value)
  const ready = staged(scene.rules)
  const events = scene.events.map((event, at) => eventOf(event as SceneEvent, at + 1))
  const expected = sortedBrief(
    scene.expect.map((one) => ({ ...one, events: one.events.map((number) => `evt_${number}`) })),
  )

  test(`${file}: ${scene.title}`, () => {
    assert.deepEqual(
      ready.compiled.filter(({ ok }) => !ok),
      [],
    )
    const inOrder = [...events].sort((a, b) => a.time - b.time)
    const { seen, missed } = played(ready, { lateness, batches: [inOrder] })
    assert.deepEqual(sortedBrief(brief(seen)), expected)
    for (const [rule, count] of Object.entries(scene.missed))
      assert.equal(missed.filter((one) => one === rule).length, count, rule)
    assert.ok(scene.silent.every((rule) => ready.onlyFeed.has(rule)))
  })

  test(`${file}: the same in many orders, cuts and with restarts`, () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed)
      const batches = cut(jumbled(events, random), random)
      const restarts = new Set(batches.flatMap((_, at) => (random.next() < 0.3 ? [at] : [])))
      const { seen } = played(ready, { lateness, batches, restarts })
      assert.deepEqual(sortedBrief(brief(seen)), expected, `order ${seed}`)
      assert.ok(seen.every(({ late }) => !late))
    }
  })
}

const manyFailures =
  'title: Many\nid: many\ncorrelation: { type: event_count, rules: [fail], group-by: [user], timespan: 1m, condition: { gte: 3 } }\n'
const fail = (at: number, seq: number, user = 'ada') => eventOf({ at, kind: 'fail', user }, seq)

test('an event later than allowed joins while its timespan lasts, and what it completes is marked late', () => {
  const scene = staged(manyFailures)
  const batches = [[fail(0, 1), fail(40_000, 2)], [eventOf({ at: 60_000, kind: 'c' }, 3)], [fail(20_000, 4)]]
  const { seen, fold } = played(scene, { lateness: 5000, batches })
  assert.deepEqual(
    seen.map(({ at, late, events }) => [at, late, events]),
    [[40_000, true, ['evt_1', 'evt_4', 'evt_2']]],
  )
  assert.equal(fold.counts('many')?.late, 1)
})

test('an event whose timespan is long over is left out and counted', () => {
  const scene = staged(manyFailures)
  const far = eventOf({ at: 600_000, kind: 'c' }, 3)
  const { seen, fold } = played(scene, { lateness: 5000, batches: [[fail(0, 1), fail(1, 2)], [far], [fail(2, 4)]] })
  assert.deepEqual(seen, [])
  assert.equal(fold.counts('many')?.tooLate, 1)
})

test('a flood of keys stays within its memory, is counted, and does not push out a group that grows', () => {
  const scene = staged(manyFailures)
  const flood = Array.from({ length: 5000 }, (_, at) => fail(10 + at, 10 + at, `flood${at}`))
  const batches = [
    [fail(0, 1), fail(1, 2)],
    [fail(5, 3, 'eve')],
    ...Array.from({ length: 50 }, (_, at) => flood.slice(at * 100, at * 100 + 100)),
  ]
  const bytes = 200_000
  const run = played(scene, { lateness: 0, batches: [...batches, [fail(6000, 9000)]], bytes })
  assert.deepEqual(
    run.seen.map(({ at, group }) => [at, group]),
    [[6000, ['ada']]],
  )
  assert.ok((run.fold.counts('many')?.shed ?? 0) > 4000)
  assert.ok(run.fold.standing('many').bytes <= bytes)
})

const troubles: readonly [string, string, RegExp][] = [
  ['an unknown rule', 'type: event_count, rules: [nobody], timespan: 1m, condition: { gte: 3 }', /no rule nobody/],
  ['no rules', 'type: event_count, timespan: 1m, condition: { gte: 3 }', /names no rule/],
  ['an unknown type', 'type: event_cont, rules: [a], timespan: 1m, condition: { gte: 3 }', /event_cont.* is not Sigma/],
  ['a timespan of two units', 'type: event_count, rules: [a], timespan: 1h30m, condition: { gte: 3 }', /timespan/],
  ['no condition', 'type: event_count, rules: [a], timespan: 1m', /condition is no map/],
  ['an unknown comparison', 'type: event_count, rules: [a], timespan: 1m, condition: { gten: 3 }', /gten is not part/],
  ['a count without a field', 'type: value_count, rules: [a], timespan: 1m, condition: { gte: 3 }', /wants a field/],
  [
    'a percentile of none',
    'type: value_percentile, rules: [a], timespan: 1m, condition: { field: x, lte: 1 }',
    /0 to 100/,
  ],
  ['only absence', 'type: temporal, rules: [a], timespan: 1m, condition: not a', /only says what must be absent/],
  ['a name beside its rules', 'type: temporal, rules: [a], timespan: 1m, condition: a and b', /names b, which is not/],
  ['itself', 'type: event_count, rules: [self], timespan: 1m, condition: { gte: 3 }', /part of itself/],
]
for (const [what, text, wanted] of troubles)
  test(`refused with the reason: ${what}`, () => {
    const { compiled } = staged(`title: T\nid: t\nname: self\ncorrelation: { ${text} }\n`)
    const [one] = compiled
    assert.ok(one && !one.ok)
    assert.equal(one.trouble.state, 'invalid')
    assert.match(one.trouble.why, wanted)
  })

test('what is wrong has its place and a remedy', () => {
  const { issues } = staged(
    'title: T\ncorrelation:\n  type: event_count\n  rules: [a]\n  timespan: soon\n  condition: { gte: 3 }\n',
  )
  const found = issues.find(({ code, severity }) => code === 'sigma-correlation' && severity === 'error')
  assert.ok(found?.help)
  const lines = `${found.at.line ?? 0}`
  assert.ok(Number(lines) > 5 && found.at.column === 13)
})

test('a ring of correlations is refused, and so is what stands on one that does not run', () => {
  const one = (name: string, part: string) =>
    `title: ${name}\nid: ${name}\ncorrelation: { type: event_count, rules: [${part}], timespan: 1m, condition: { gte: 2 } }\n`
  const { compiled } = staged([one('x', 'y'), one('y', 'x'), one('z', 'x')].join('---\n'))
  assert.deepEqual(
    compiled.map(({ ok }) => ok),
    [false, false, false],
  )
})

test('with generate, the rules alert as well; when one correlation of two says so, that counts', () => {
  const silent = staged(manyFailures)
  const loud = staged(manyFailures.replace('timespan', 'generate: true, timespan'))
  const both = staged(
    `${manyFailures}---\n${manyFailures.replace('id: many', 'id: more').replace('timespan', 'generate: true, timespan')}`,
  )
  assert.deepEqual(
    [silent, loud, both].map(({ onlyFeed }) => onlyFeed.has('rule-fail')),
    [true, false, false],
  )
})
