// Incidents in the store: folded once, moved on, noted, found, taken in by others.
import assert from 'node:assert/strict'
import { asFault, type Call, fixedClock, seededRandom, systemActor } from '#kernel'
import type { State } from '#platform'
import type { Level } from '#standards'
import { Alert } from '#detection'
import { eachState } from '#testkit'
import { type AlertBook, openIncidents } from './incidents.ts'
import { migrations } from './store.ts'

const start = Date.UTC(2026, 2, 2, 9)
const call: Call = {
  actor: { ...systemActor, name: 'ada' },
  at: start,
  signal: new AbortController().signal,
  progress: () => undefined,
}

function alert(
  n: number,
  more: { host?: string; level?: Level; process?: string; at?: number; tactics?: string[] } = {},
): Alert {
  const { host = 'pc1', level = 'high', process, at = n, tactics = [] } = more
  const time = start + at * 60_000
  return Alert.parse({
    id: `alr_${n}`,
    time,
    raised: time,
    rule: { id: `r${n % 3}`, title: `Rule ${n % 3}`, level, techniques: ['T1059'], tactics },
    event: `evt_${n}`,
    source: 's',
    activity: 'did',
    message: `message ${n}`,
    host,
    user: `user of ${host}`,
    asset: 'laptop',
    entities: { host, user: `user of ${host}`, processes: process === undefined ? [] : [process], addresses: [] },
    matched: [],
    incident: '',
  })
}

async function open(state: State) {
  await state.migrate(migrations)
  const kept = new Map<string, Alert>()
  const where = new Map<string, string>()
  const book: AlertBook = {
    byIds: (ids) => Promise.resolve(ids.flatMap((id) => kept.get(id) ?? [])),
    setIncident: (ids, incident) => Promise.resolve(ids.forEach((id) => where.set(id, incident))),
  }
  const incidents = openIncidents({ state, alerts: book, clock: fixedClock(start), random: seededRandom(1) })
  const take = (alerts: readonly Alert[]) => {
    for (const one of alerts) kept.set(one.id, one)
    return state.transaction(() => incidents.fold(alerts))
  }
  return { incidents, take, where }
}
const waiting = ['open', 'investigating', 'contained'] as const

eachState('alerts of one host become one incident, over several batches, and alerts know it', async (state) => {
  const { incidents, take, where } = await open(state)
  await take([alert(1), alert(2)])
  await take([alert(4)])
  const { items, total } = await incidents.list({ states: waiting, limit: 10 })
  assert.equal(total, 1)
  assert.equal(items[0]?.alerts, 3)
  assert.equal(items[0]?.number, 1)
  assert.deepEqual([...new Set(where.values())], [items[0]?.id])
  assert.deepEqual(await incidents.openByLevel(), { informational: 0, low: 0, medium: 0, high: 1, critical: 0 })
})

eachState('folding the same alerts again changes nothing', async (state) => {
  const { incidents, take } = await open(state)
  await take([alert(1)])
  await take([])
  const { incident } = await incidents.show('1')
  assert.equal(incident.alerts, 1)
})

eachState('an alert that ties two incidents makes them one; the old number still leads there', async (state) => {
  const { incidents, take } = await open(state)
  await take([alert(1, { host: 'a', process: 'p1' }), alert(2, { host: 'b', process: 'p2' })])
  assert.equal((await incidents.list({ states: waiting, limit: 10 })).total, 2)
  await incidents.note('2', 'seen', call)
  const both = Alert.parse({
    ...alert(3, { host: 'c' }),
    entities: { host: 'c', processes: ['p1', 'p2'], addresses: [] },
  })
  await take([both])
  const { items, total } = await incidents.list({ states: waiting, limit: 10 })
  assert.equal(total, 1)
  assert.equal(items[0]?.alerts, 3)
  const { incident, timeline } = await incidents.show('2')
  assert.equal(incident.number, 1)
  assert.ok(timeline.some(({ kind }) => kind === 'merged'))
  assert.ok(timeline.some(({ kind, detail }) => kind === 'note' && detail === 'seen'))
})

eachState('people move it on, assign it and write into its timeline', async (state) => {
  const { incidents, take } = await open(state)
  await take([alert(1)])
  await incidents.setState('1', 'investigating', 'looking', call)
  await incidents.assign('1', 'ada', call)
  const { incident, timeline } = await incidents.show('1')
  assert.equal(incident.state, 'investigating')
  assert.equal(incident.assignee, 'ada')
  assert.deepEqual(timeline.map(({ kind }) => kind).sort(), ['alert', 'assigned', 'state'])
  assert.ok(timeline.every(({ by, kind }) => kind === 'alert' || by === 'ada'))
})

eachState('alerts that are gone leave; what was only observed goes with the last of them', async (state) => {
  const { incidents, take, where } = await open(state)
  await take([
    alert(1, { host: 'seen' }),
    alert(2, { host: 'light', level: 'low' }),
    alert(4, { host: 'light', level: 'low' }),
  ])
  const [seen = '', light = ''] = [where.get('alr_1'), where.get('alr_2')]
  assert.notEqual(seen, light)
  assert.deepEqual([...(await incidents.held([seen, light, 'inc_0']))], [seen])
  await state.transaction(() => incidents.forget(['alr_2']))
  assert.equal((await incidents.show(light)).incident.state, 'observed')
  await state.transaction(() => incidents.forget(['alr_4', 'alr_0', 'alr_1']))
  await assert.rejects(incidents.show(light), (thrown) => asFault(thrown).code === 'NOT_FOUND')
  assert.equal((await incidents.show(seen)).incident.state, 'open')
  await take([alert(7, { host: 'light', level: 'low' })])
  assert.notEqual(where.get('alr_7'), light)
})

eachState('a closed incident is left alone: what comes later opens another', async (state) => {
  const { incidents, take } = await open(state)
  await take([alert(1)])
  await incidents.setState('1', 'closed', '', call)
  await take([alert(2)])
  const { items } = await incidents.list({ states: waiting, limit: 10 })
  assert.deepEqual(
    items.map(({ number }) => number),
    [2],
  )
})

eachState('what is not there is said; what only alerts may change is refused', async (state) => {
  const { incidents, take } = await open(state)
  assert.equal(asFault(await incidents.show('7').catch(asFault)).code, 'NOT_FOUND')
  await take([alert(1)])
  assert.equal(asFault(await incidents.setState('1', 'observed', '', call).catch(asFault)).code, 'CONFLICT')
})

eachState('a rolled-back fold leaves nothing', async (state) => {
  const { incidents, take } = await open(state)
  await state
    .transaction(async () => {
      await take([alert(1)])
      throw new Error('no')
    })
    .catch(() => undefined)
  assert.equal((await incidents.list({ states: waiting, limit: 10 })).total, 0)
})

eachState('pages follow each other without gap or repeat', async (state) => {
  const { incidents, take } = await open(state)
  await take(Array.from({ length: 25 }, (_, n) => alert(n, { host: `h${n}`, at: n % 7 })))
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await incidents.list({ states: waiting, limit: 7, ...(cursor === undefined ? {} : { cursor }) })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  assert.equal(seen.length, 25)
  assert.equal(new Set(seen).size, 25)
})

eachState('a search takes what is written as it is', async (state) => {
  const { incidents, take } = await open(state)
  await take([alert(1, { host: '100%_odd\\host' }), alert(2, { host: 'plain' })])
  for (const [q, count] of [
    ['100%_odd\\h', 1],
    ['%', 1],
    ["' or 1=1 --", 0],
    ['PLAIN', 1],
  ] as const)
    assert.equal((await incidents.list({ states: waiting, q, limit: 10 })).total, count, q)
})
