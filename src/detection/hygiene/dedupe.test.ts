// Groups of alerts: the same whatever the order and the cut into batches; suppressions held against alerts.
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { asFault } from '#kernel'
import { eachState } from '#testkit'
import { migrations } from '../migrations.ts'
import { alertStore } from '../store.ts'
import type { Alert } from '../types.ts'
import { alertAt } from './made.test.ts'
import { groupKey, mostKept } from './dedupe.ts'
import { alertFilter, fitsWild } from './filter.ts'
import { keeper } from './keep.ts'
import { hygieneStore } from './store.ts'
import { fitOf, stateOf, suppressorOf } from './suppress.ts'
import { SuppressionId } from './types.ts'

const start = Date.UTC(2026, 2, 2, 9)
const hour = 3_600_000
const day = 24 * hour

eachState('the same rule on the same host and user within its window is one alert with a count', async (state) => {
  await state.migrate(migrations)
  const [store, hygiene] = [alertStore(state), hygieneStore(state)]
  const keep = keeper(store, hygiene)
  const burst = Array.from({ length: 130 }, (_, at) => alertAt(start + at * 1000, `b${at}`))
  const first = await state.transaction(() => keep(burst.slice(0, 3)))
  assert.deepEqual([first.alerts.length, first.heads.map(({ id }) => id)], [3, [burst[0]?.id]])
  const rest = await state.transaction(() => keep(burst.slice(3)))
  assert.deepEqual([rest.alerts.length, rest.heads.length], [mostKept - 3, 0])
  const others = [
    alertAt(start + 5, 'host', { host: 'pc2' }),
    alertAt(start + 6, 'user', { user: 'eve' }),
    alertAt(start + 7, 'case', { host: 'pc1', user: 'ADA' }),
    alertAt(start + hour, 'later'),
    alertAt(start + 8, 'title', { rule: { title: 'Rule one, another' } }),
  ]
  assert.deepEqual(
    (await keep(others)).heads.map(({ event }) => event),
    ['evt_host', 'evt_user', 'evt_later', 'evt_title'],
  )
  const { items, total } = await store.list({ limit: 10 })
  const head = items.find(({ id }) => id === burst[0]?.id)
  assert.equal(total, 5)
  assert.deepEqual([head?.times, head?.first, head?.last], [131, start, start + 129_000])
  assert.equal((await store.list({ limit: 1, repeats: true })).total, 104)
  assert.equal((await hygiene.repeatsOf(head?.id ?? '')).length, mostKept)
  assert.equal((await store.list({ limit: 10, since: start + 100_000, until: start + 200_000 })).total, 1, 'it went on')
  assert.deepEqual(await keep(burst.slice(0, 50)), { alerts: [], heads: [] }, 'stored before: nothing is counted twice')
  assert.equal((await store.storedByIds([head?.id ?? '']))[0]?.times, 131)
  await hygiene.setWindow({ rule: 'r1', milliseconds: 0, reason: 'each counts', author: 'ada', at: start })
  assert.equal((await keep([alertAt(start, 'own1'), alertAt(start, 'own2')])).heads.length, 2)
})

test('findings about different things are different groups, on whatever machine they were seen', () => {
  const sensor = { host: 'sensor', user: '', rule: { id: 'beacon' } }
  const keyOf = (event: string, more: Parameters<typeof alertAt>[2]) =>
    groupKey(alertAt(start, event, { ...sensor, ...more }), hour, '')
  const one = keyOf('a', { about: '10.0.0.1|evil.example' })
  assert.notEqual(keyOf('b', { about: '10.0.0.1|other.example' }), one)
  assert.notEqual(keyOf('c', { about: '10.0.0.2|evil.example' }), one)
  assert.equal(keyOf('d', { about: '10.0.0.1|EVIL.example', host: 'firewall' }), one)
  assert.notEqual(keyOf('e', {}), one)
})

eachState('a batch that is rolled back leaves nothing, and done again gives the same', async (state) => {
  await state.migrate(migrations)
  const [store, hygiene] = [alertStore(state), hygieneStore(state)]
  const keep = keeper(store, hygiene)
  const batch = [alertAt(start, 'a'), alertAt(start + 1, 'b')]
  await assert.rejects(
    state.transaction(async () => {
      await keep(batch)
      throw new Error('power cut')
    }),
    /power cut/,
  )
  assert.equal((await store.list({ limit: 1, repeats: true })).total, 0)
  await state.transaction(() => keep(batch))
  assert.deepEqual(
    (await store.list({ limit: 5 })).items.map(({ times, id }) => [times, id]),
    [[2, batch[0]?.id]],
  )
})

eachState('groups do not depend on the order of arrival, nor on the cut into batches', async (state) => {
  await state.migrate(migrations)
  const [store, hygiene] = [alertStore(state), hygieneStore(state)]
  const keep = keeper(store, hygiene)
  let run = 0
  const one = fc.record({ at: fc.integer({ min: 0, max: 5 * hour }), host: fc.constantFrom('a', 'b') })
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 12 }), fc.nat(), async (made, seed) => {
      const groups = async (order: (all: Alert[]) => Alert[], cut: number) => {
        run++
        const rule = { id: `rule${run}` }
        const all = order(made.map(({ at, host }, n) => alertAt(start + at, `x${n}`, { host, rule })))
        for (let from = 0; from < all.length; from += cut) await keep(all.slice(from, from + cut))
        const { items } = await store.list({ limit: 100, rule: rule.id })
        return items
          .map(({ host, times, first, last }) => JSON.stringify([host, times, first - start, last - start]))
          .toSorted((a, b) => a.localeCompare(b))
      }
      const mixed = (all: Alert[]) => all.toSorted((a, b) => hash(a.event, seed) - hash(b.event, seed))
      assert.deepEqual(await groups((all) => all, 100), await groups(mixed, 1 + (seed % 4)))
    }),
    { numRuns: 12 },
  )
})
const hash = (text: string, seed: number): number =>
  [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 2_654_435_761) >>> 0, seed)

test('a suppression fits by what it names; all of it must hold', () => {
  const alert = alertAt(start, 'a')
  const fits = (fit: Parameters<typeof fitOf>[0]) => fitOf(fit)(alert)
  assert.ok(fits({ host: 'pc1', user: 'ADA', rule: 'r1', level: 'high', source: 'test', address: '203.0.113.7' }))
  assert.ok(!fits({ host: 'pc1', user: 'eve' }))
  assert.ok(!fits({ level: 'low' }))
  assert.ok(fits({ q: 'host:pc* and image:"C:\\\\cmd.exe" not user:eve' }))
  assert.ok(fits({ q: 'cmd.exe' }) && fits({ q: 'title:"rule one" or host:x' }))
  assert.ok(!fits({ q: 'message:cmd' }) && fits({ q: 'message:*cmd*' }))
  for (const [q, why] of [
    ['host:(', /character/],
    ['time>5', /compared as text/],
    ['host:/x/', /compared as text/],
  ] as const)
    assert.throws(
      () => alertFilter(q),
      (thrown) => asFault(thrown).code === 'INPUT_INVALID' && why.test(asFault(thrown).message),
      q,
    )
})

test('a suppression ends for the event and for its raising: late events do not slip under it', () => {
  const one = { id: SuppressionId.parse('sup_1'), fits: { host: 'pc1' }, expires: start + day, removed: null }
  const by = suppressorOf([one])
  assert.equal(by(alertAt(start, 'a')), 'sup_1')
  assert.equal(by(alertAt(start + day, 'b')), '')
  assert.equal(by(alertAt(start, 'c', { raised: start + day })), '')
  assert.equal(suppressorOf([{ ...one, removed: start }])(alertAt(start, 'a')), '')
  const states = [start - 30 * day, start, start + day].map((now) => stateOf(one, now))
  assert.deepEqual(
    [...states, stateOf({ ...one, removed: start }, start)],
    ['active', 'expiring', 'expired', 'removed'],
  )
})

test('wildcards: the same as an expression, for any text', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', '*', '?', 'A'), { maxLength: 8 }).map((all) => all.join(''))
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      const source = pattern.replaceAll('?', '.').replaceAll('*', '.*')
      assert.equal(fitsWild(pattern, text), new RegExp(`^${source}$`, 'is').test(text))
    }),
  )
})
