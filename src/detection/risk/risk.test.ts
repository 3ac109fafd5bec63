// Risk: the sum is the same in any order and after a restart; alerts name their arithmetic.
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { fixedClock } from '#kernel'
import { eachState, temporaryState } from '#testkit'
import { alertAt } from '../hygiene/made.test.ts'
import { openQueue } from '../hygiene/queue.ts'
import { migrations } from '../migrations.ts'
import { alertStore } from '../store.ts'
import type { Alert } from '../types.ts'
import { curveOf, episodesOf, newEpisodes, riskAt, type RiskSettings } from './fold.ts'
import { confidenceOf, type Term, termsOf } from './points.ts'
import { riskRule } from './risk.ts'

const start = Date.UTC(2026, 2, 2, 9)
const hour = 3_600_000
const day = 24 * hour
const settings: RiskSettings = { halfLife: day, threshold: 100 }
const term = (at: number, points: number, alert = `alr_${at}`): Term => ({
  kind: 'user',
  name: 'ada',
  shown: 'Ada',
  alert,
  time: start + at,
  rule: 'r',
  title: 'Rule',
  level: 'high',
  base: points,
  criticality: 1,
  confidence: 1,
  points,
})
const terms = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 20 * day }), fc.integer({ min: 1, max: 8000 })), { maxLength: 30 })
  .map((all) => all.map(([at, points], n) => term(at, points / 100, `alr_${n}`)))

test('an alert adds level × criticality × confidence to each of its entities', () => {
  const alert = alertAt(start, 'a')
  const found = termsOf(alert, 'critical', confidenceOf('experimental'))
  assert.deepEqual(
    found.map(({ kind, name, base, criticality, confidence, points }) => [
      kind,
      name,
      base,
      criticality,
      confidence,
      points,
    ]),
    [
      ['user', 'ada', 40, 2, 0.6, 48],
      ['host', 'pc1', 40, 2, 0.6, 48],
      ['address', '203.0.113.7', 40, 2, 0.6, 48],
    ],
  )
  assert.equal(termsOf({ ...alert, time: start + 99 * day, raised: start }, undefined, 1)[0]?.time, start)
  const sensor = { ...alert, entities: { host: 'ids01', processes: [], addresses: ['203.0.113.7'] } }
  assert.deepEqual(
    termsOf(sensor, undefined, 1).map(({ kind }) => kind),
    ['address'],
  )
})

test('the risk at a time is the sum of what is left of each term, in any order to the last bit', () => {
  assert.equal(riskAt([term(0, 40), term(day, 40)], start + day, settings), 60)
  assert.equal(riskAt([term(0, 40)], start - 1, settings), 0)
  assert.equal(riskAt([term(0, 40)], start + 11 * day, settings), 0)
  fc.assert(
    fc.property(terms, fc.nat(20 * day), fc.nat(), (all, at, seed) => {
      const mixed = all.toSorted((a, b) => ((a.time * 31 + seed) % 97) - ((b.time * 31 + seed) % 97))
      assert.equal(riskAt(all, start + at, settings), riskAt(mixed, start + at, settings))
      assert.deepEqual(episodesOf(all, settings), episodesOf(mixed, settings))
    }),
  )
})

test('an episode begins where the curve crosses the threshold and ends where it has fallen to half of it', () => {
  const [one, two, ...none] = episodesOf([term(0, 60), term(1, 50), term(2, 50), term(9 * day, 120)], settings)
  assert.deepEqual([one?.alert, one?.from, two?.alert, none], ['alr_1', start + 1, `alr_${9 * day}`, []])
  assert.ok(one && Math.abs(one.until - (start + 2 + day * Math.log2(160 / 50))) < hour)
  assert.equal(two?.until, Number.POSITIVE_INFINITY)
  assert.deepEqual(newEpisodes([one, two], [start + 5]), [two])
  fc.assert(
    fc.property(terms, (all) => {
      for (const { from, risk } of episodesOf(all, settings)) {
        assert.ok(risk >= 100)
        assert.ok(riskAt(all, from, settings) >= 99, 'the sum at that time, but for what is beyond the horizon')
      }
      const most = Math.max(
        0,
        ...curveOf(all, { since: start, until: start + 20 * day, points: 50 }, settings).map(({ risk }) => risk),
      )
      assert.ok(most < 99 || most > 101 || episodesOf(all, settings).length >= 0)
      if (most > 101) assert.ok(episodesOf(all, settings).length > 0)
    }),
  )
})

const queueOn = (state: Parameters<typeof alertStore>[0], now: number) =>
  openQueue({
    state,
    clock: fixedClock(now),
    alerts: alertStore(state),
    folders: [],
    rules: () => [],
    reload: () => Promise.resolve(),
    risk: settings,
    criticalityOf: (asset) => (asset === 'db' ? 'critical' : undefined),
  })

eachState(
  'a crossed threshold is one alert that shows its sum; repeats do not add, and alerts of risk do not either',
  async (state) => {
    await state.migrate(migrations)
    const queue = queueOn(state, start + 2 * hour)
    const light = (n: number, more: object = {}) =>
      alertAt(start + n * 60_000, `e${n}`, { rule: { id: `r${n}`, title: `Rule ${n}` }, ...more })
    assert.equal(
      (await queue.keep([light(1), alertAt(start + 61_000, 'again', { rule: { id: 'r1', title: 'Rule 1' } })])).length,
      2,
    )
    const mine = await queue.risk.show({ kind: 'user', name: 'ADA' }, { since: start, until: start + hour })
    assert.deepEqual([mine.terms.length, mine.terms[0]?.points], [1, 36])
    await queue.keep([light(2)])
    const [, ...risky] = await queue.keep([light(3, { asset: 'db' })])
    assert.deepEqual(
      risky.map(({ rule, host, user }) => [rule.id, rule.title, host, user]),
      [
        [riskRule, 'Entity risk: user ada', '', 'ada'],
        [riskRule, 'Entity risk: host pc1', 'pc1', ''],
        [riskRule, 'Entity risk: address 203.0.113.7', '', ''],
      ],
    )
    assert.match(risky[0]?.message ?? '', /^Risk of user ada is 143\.\d, from 100 on it alerts: 72 Rule 3 \+ 36 Rule 2/)
    assert.deepEqual(risky[0]?.matched.map(({ field, pattern, value }) => [field, pattern, value]).slice(0, 2), [
      ['Rule 3', '40 (high) × 2 (asset) × 0.9 (confidence) × 1.000 (age)', '72'],
      ['Rule 2', '40 (high) × 1 (asset) × 0.9 (confidence) × 1.000 (age)', '36'],
    ])
    assert.equal((await queue.keep([light(4)])).length, 1, 'it stays high: no second alert')
    const { items } = await queue.risk.list({ limit: 10 })
    assert.deepEqual(
      items.map(({ kind, terms: count, over }) => [kind, count, over]),
      [
        ['address', 4, true],
        ['user', 4, true],
        ['host', 4, true],
      ],
    )
    const again = queueOn(state, start + 2 * hour)
    assert.deepEqual(await again.risk.list({ limit: 10 }), await queue.risk.list({ limit: 10 }), 'after a restart')
    await queue.risk.forget([light(3).id])
    assert.ok(((await again.risk.list({ limit: 1 })).items[0]?.risk ?? 0) < 110)
  },
)

test('the sum and the alerts do not depend on how a batch is ordered or cut', async (t) => {
  const state = await temporaryState(t)
  await state.migrate(migrations)
  let run = 0
  const made = fc.array(fc.integer({ min: 0, max: 3 * day }), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(made, fc.boolean(), async (times, isMixed) => {
      const sum = async (order: (all: Alert[]) => Alert[], cut: number) => {
        run++
        const user = `user${run}`
        const all = times.map((at, n) =>
          alertAt(start + at, `${run}x${n}`, {
            user,
            host: '',
            entities: { user, processes: [], addresses: [] },
            rule: { id: `r${n}`, title: `Rule ${n}` },
          }),
        )
        const queue = queueOn(state, start + 4 * day)
        const ordered = order(all)
        for (let from = 0; from < ordered.length; from += cut) await queue.keep(ordered.slice(from, from + cut))
        const { risk, terms: lines } = await queue.risk.show(
          { kind: 'user', name: user },
          { since: start, until: start + 4 * day },
        )
        return [risk, lines.map(({ time, worth }) => [time, worth])]
      }
      const other = (all: Alert[]) => (isMixed ? all.toReversed() : all)
      assert.deepEqual(await sum((all) => all, 100), await sum(other, 3))
    }),
    { numRuns: 15 },
  )
})
