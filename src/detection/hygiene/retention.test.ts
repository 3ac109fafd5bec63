// Old alerts go with what repeats them; confirmed ones, those of incidents that people have seen, and what was raised lately stay.
import assert from 'node:assert/strict'
import { fixedClock } from '#kernel'
import { eachState } from '#testkit'
import { anomalyStore, type Kept } from '../anomaly/store.ts'
import { migrations } from '../migrations.ts'
import { alertStore } from '../store.ts'
import { keeper } from './keep.ts'
import { alertAt } from './made.test.ts'
import { openRetention } from './retention.ts'
import { hygieneStore } from './store.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 1)
const old = now - 500 * day

const keptOf = (): Kept => ({
  detector: 'beaconing',
  numbers: [],
  history: { kind: 'list', items: [] },
  parameters: {},
})

eachState(
  'old alerts are forgotten with their repeats, groups and histories; what people hold stays',
  async (state) => {
    await state.migrate(migrations)
    const [store, hygiene] = [alertStore(state), hygieneStore(state)]
    const keep = keeper(store, hygiene)
    const head = alertAt(old, 'head')
    const confirmed = alertAt(old, 'true', { host: 'pc2' })
    const ofIncident = alertAt(old, 'incident', { host: 'pc3' })
    const repeatOfIncident = alertAt(old + 2, 'sister', { host: 'pc4' })
    const observed = alertAt(old, 'observed', { host: 'pc5' })
    const imported = alertAt(old, 'imported', { host: 'pc6', raised: now - day })
    const recent = alertAt(now - 399 * day, 'recent', { host: 'pc7' })
    const all = [head, alertAt(old + 1, 'again'), confirmed, ofIncident, alertAt(old, 'b', { host: 'pc4' })]
    await keep([...all, repeatOfIncident, observed, imported, recent])
    await hygiene.mark([confirmed.id], { verdict: 'confirmed' })
    await store.setIncident([ofIncident.id, repeatOfIncident.id], 'inc_1')
    await store.setIncident([observed.id], 'inc_2')
    await anomalyStore(state).keepHistories([head, recent].map(({ id, time }) => ({ alert: id, time, body: keptOf() })))
    const told: string[] = []
    const retention = openRetention({
      state,
      clock: fixedClock(now),
      keep: 400 * day,
      incidents: {
        held: (ids) => Promise.resolve(new Set(ids.filter((id) => id === 'inc_1'))),
        forget: (alerts) => Promise.resolve(void told.push(...alerts)),
      },
    })
    assert.equal(await retention.run(), 3)
    const left = (await store.list({ limit: 50, repeats: true, suppressed: 'with' })).items.map(({ event }) => event)
    assert.deepEqual(
      left.toSorted((a, b) => a.localeCompare(b)),
      ['evt_b', 'evt_imported', 'evt_incident', 'evt_recent', 'evt_sister', 'evt_true'],
    )
    assert.deepEqual(new Set(told), new Set([head.id, alertAt(old + 1, 'again').id, observed.id]))
    await assert.rejects(anomalyStore(state).history(head.id))
    assert.equal((await anomalyStore(state).history(recent.id)).detector, 'beaconing')
    assert.equal((await keep([alertAt(old, 'head')])).heads.length, 1, 'its group is gone too')
    assert.equal(await retention.run(), 1)
  },
)

eachState('nothing goes when they are kept for ever; many go in slices', async (state) => {
  await state.migrate(migrations)
  const [store, hygiene] = [alertStore(state), hygieneStore(state)]
  const many = Array.from({ length: 450 }, (_, n) => alertAt(old + (n % 3), `m${n}`, { host: `pc${n}` }))
  await keeper(store, hygiene)([...many, alertAt(old, 'held', { host: 'x' })])
  await hygiene.mark([alertAt(old, 'held').id], { verdict: 'confirmed' })
  const held = { held: () => Promise.resolve(new Set<string>()), forget: () => Promise.resolve() }
  const at = (keep: number) => openRetention({ state, clock: fixedClock(now), keep, incidents: held })
  assert.equal(await at(0).run(), 0)
  assert.equal(await at(400 * day).run(), 450)
  assert.equal((await store.list({ limit: 5 })).total, 1)
})
