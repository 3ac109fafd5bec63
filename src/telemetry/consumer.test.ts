// The consumer: every event stored once and kept once, whatever breaks in between and wherever a run is cut off.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import { type Clock, Fault, seededRandom } from '#kernel'
import { type BinaryRows, createLog, createMetrics, type State } from '#platform'
import { rowsBack, temporaryFolder, temporaryState } from '#testkit'
import type { ConsumerDeps } from './consumer.ts'
import { startConsumer } from './consumer.ts'
import { migrations, positionStore } from './positions.ts'
import type { Road } from './road.ts'
import { SourceBook } from './source-book.ts'
import { openSpool } from './spool.io.ts'
import type { EventStore } from './store.ts'
import type { Event } from './types.ts'

const clock: Clock = { now: () => 1_000 }
const log = createLog({ level: 'silent' })

/** An event store in memory that does as a store may: refuse, or store and not say so. */
function memoryStore(): Pick<EventStore, 'insert' | 'storedSeqs'> & {
  rows: Map<number, string[]>
  trouble: (texts: string[]) => Fault | undefined
  deaf: boolean
} {
  const rows = new Map<number, string[]>()
  const store = {
    rows,
    deaf: false,
    trouble: (_texts: string[]): Fault | undefined => undefined,
    async insert(batch: BinaryRows) {
      await sleep(0)
      const given = rowsBack(batch).map(({ seq, raw }) => ({ seq: Number(seq), raw: String(raw) }))
      const fault = store.trouble(given.map(({ raw }) => raw))
      if (fault && !store.deaf) throw fault
      for (const { seq, raw } of given) rows.set(seq, [...(rows.get(seq) ?? []), raw])
      if (fault) throw fault
    },
    storedSeqs: (from: number, to: number) =>
      Promise.resolve(new Set([...rows.keys()].filter((seq) => seq >= from && seq <= to))),
  }
  return store
}

/** A road that finds the word "needle" and keeps what it finds in the state store, as alerts are. */
function needleRoad(state: State): Road<Event, string[]> & { told: string[] } {
  const db = () => state.db<{ telemetry_checkpoints: { key: string; value: string; at: number } }>()
  const told: string[] = []
  return {
    told,
    judge: (events) => events.filter(({ raw }) => raw.includes('needle')),
    async keep(found) {
      for (const { id, raw } of found)
        await db()
          .insertInto('telemetry_checkpoints')
          .values({ key: `alert:${id}`, value: raw, at: 0 })
          .onConflict((c) => c.doNothing())
          .execute()
      return found.map(({ id }) => id)
    },
    tell: (ids) => void told.push(...ids),
  }
}

async function setUp(t: TestContext) {
  const state = await temporaryState(t)
  await state.migrate(migrations)
  const folder = join(temporaryFolder(t), 'spool')
  const positions = positionStore(state)
  const store = memoryStore()
  const road = needleRoad(state)
  const begin = async (more: Partial<ConsumerDeps<Event, string[]>> = {}) => {
    const { seq: after, marks } = await positions.load()
    const storedUpTo = Math.max(0, ...store.rows.keys())
    const spool = await openSpool({
      folder,
      spoolBytes: 2 ** 26,
      after,
      floor: storedUpTo,
      random: seededRandom(2),
      now: () => 7,
    })
    const book = new SourceBook(clock, createMetrics())
    const base = {
      spool,
      store,
      state,
      positions,
      road,
      locate: () => 'asset',
      clock,
      log,
      book,
      batchEvents: 50,
      after,
      storedUpTo,
    }
    const consumer = startConsumer<Event, string[]>({ ...base, ...more })
    const end = async () => {
      await consumer.stop()
      await spool.close()
    }
    return { spool, consumer, book, marks, end }
  }
  const alerts = async () =>
    [...(await positions.load()).marks].filter(([key]) => key.startsWith('alert:')).map(([, value]) => value)
  return { state, positions, store, road, begin, alerts }
}
const texts = (count: number, start = 1) =>
  Array.from({ length: count }, (_, n) => ({
    source: 's',
    text: (start + n) % 10 === 0 ? `needle ${start + n}` : `hay ${start + n}`,
  }))
const onceEach = (rows: ReadonlyMap<number, string[]>, count: number): void => {
  assert.deepEqual(
    [...rows.keys()].sort((a, b) => a - b),
    Array.from({ length: count }, (_, n) => n + 1),
  )
  for (const [seq, raws] of rows) assert.equal(raws.length, 1, `event ${seq} stored ${raws.length} times`)
}

test('events are stored, found and told, and the spool is let go', async (t) => {
  const { store, road, begin, alerts, positions } = await setUp(t)
  const { spool, consumer, end } = await begin()
  for (let n = 0; n < 5; n += 1) await spool.append(texts(100, 1 + n * 100))
  await spool.append([{ source: 's', text: 'last', mark: { key: 'file:a', value: '42' } }])
  await consumer.settled()
  onceEach(store.rows, 501)
  assert.equal((await alerts()).length, 50)
  assert.equal(road.told.length, 50)
  const { seq, marks } = await positions.load()
  assert.deepEqual([seq, marks.get('file:a'), consumer.stored, consumer.oldest], [501, '42', 501, null])
  await end()
})

test('a run that is cut off between its steps: nothing lost, nothing twice', async (t) => {
  const { state, store, begin, alerts, road } = await setUp(t)
  const down = new Fault('STORE_DOWN', 'test')
  const cuts: readonly (() => Partial<ConsumerDeps<Event, string[]>>)[] = [
    // Before anything is stored.
    () => {
      store.trouble = () => down
      return {}
    },
    // Stored, but the store died before it could say so.
    () => {
      store.deaf = true
      return {}
    },
    // Stored, and the transaction does not come through.
    () => {
      store.trouble = () => undefined
      return { state: { ...state, transaction: () => Promise.reject(down) } }
    },
    // The transaction is rolled back after the findings were kept.
    () => ({
      state: {
        ...state,
        transaction: (work) =>
          state.transaction(async () => {
            await work()
            throw down
          }),
      },
    }),
  ]
  for (const [index, cut] of cuts.entries()) {
    const { spool, consumer, end } = await begin(cut())
    await spool.append(texts(100, 1 + index * 100))
    while (consumer.waiting === '') await sleep(5)
    await end()
  }
  store.deaf = false
  const { consumer, end } = await begin()
  await consumer.settled()
  onceEach(store.rows, 400)
  assert.equal((await alerts()).length, 40)
  assert.equal(road.told.length, 40)
  await end()
})

test('whatever the store does, everything is stored once', async (t) => {
  const { store, begin, alerts } = await setUp(t)
  let total = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('take', 'refuse', 'forget'), { maxLength: 4 }),
      fc.integer({ min: 1, max: 130 }),
      fc.boolean(),
      async (acts, count, cut) => {
        const script = [...acts]
        store.trouble = () => {
          const act = script.shift()
          store.deaf = act === 'forget'
          return act === undefined || act === 'take' ? undefined : new Fault('STORE_DOWN', 'test')
        }
        const { spool, consumer, end } = await begin()
        await spool.append(texts(count, total + 1))
        total += count
        if (!cut) await consumer.settled()
        await end()
      },
    ),
    { numRuns: 8, endOnFailure: true },
  )
  store.trouble = () => undefined
  const { consumer, end } = await begin()
  await consumer.settled()
  onceEach(store.rows, total)
  assert.equal((await alerts()).length, Math.floor(total / 10))
  await end()
})

test('while the store is away it waits, says so, and goes on', async (t) => {
  const { store, begin } = await setUp(t)
  store.trouble = () => new Fault('STORE_DOWN', 'away')
  const { spool, consumer, end } = await begin()
  await spool.append(texts(3))
  while (consumer.waiting === '') await sleep(5)
  assert.match(consumer.waiting, /event store: .*away/)
  assert.equal(consumer.oldest, 7)
  store.trouble = () => undefined
  await consumer.settled()
  assert.equal(consumer.waiting, '')
  onceEach(store.rows, 3)
  await end()
})

const reasonsOf = async (state: State): Promise<string[]> => {
  const rows = await state
    .db<{ telemetry_quarantine: { reason: string; seq: number } }>()
    .selectFrom('telemetry_quarantine')
    .selectAll()
    .orderBy('seq')
    .execute()
  return rows.map(({ seq, reason }) => `${seq} ${reason}`)
}

test('records that break parsing, placing, judging or storing are put aside; the others go on', async (t) => {
  const { state, store, begin, alerts, road } = await setUp(t)
  store.trouble = (raws) =>
    raws.some((raw) => raw.includes('unstorable')) ? new Fault('BUG', 'cannot store this') : undefined
  const { spool, consumer, end } = await begin({
    parse: ({ text, received }) => {
      if (text.includes('unparsable')) throw new Error('no sense')
      return {
        time: received,
        parser: 'x',
        logsource: { categories: [] },
        class_uid: 0,
        activity: 'a',
        severity_id: 1,
        message: text,
        fields: {},
      }
    },
    locate: ({ message }) => {
      if (message.includes('nowhere')) throw new Error('no place')
      return undefined
    },
    road: {
      ...road,
      judge(events) {
        if (events.some(({ raw }) => raw.includes('confusing'))) throw new Error('no judgement')
        return road.judge(events)
      },
    },
  })
  const given = texts(40).map(({ text, source }, index) => ({
    source,
    text: { 5: 'unparsable', 12: 'nowhere', 19: 'confusing', 25: 'unstorable' }[index + 1] ?? text,
  }))
  await spool.append(given)
  await consumer.settled()
  onceEach(store.rows, 40)
  assert.deepEqual(store.rows.get(25), [''], 'what the store refuses stands there bare')
  assert.deepEqual(await reasonsOf(state), [
    '5 parsing: broken promise: no sense',
    '12 placing in the model: broken promise: no place',
    '19 judging: broken promise: no judgement',
    '25 event store: broken promise: cannot store this',
  ])
  assert.equal((await alerts()).length, 4)
  assert.equal(consumer.aside, 4)
  await end()
})

test('a finding that cannot be kept does not hold up the others', async (t) => {
  const { state, store, begin, alerts, road } = await setUp(t)
  const keep = async (found: readonly Event[]) => {
    if (found.some(({ raw }) => raw === 'needle 20')) throw new Fault('BUG', 'odd')
    return road.keep(found)
  }
  const { spool, consumer, end } = await begin({ road: { ...road, keep } })
  await spool.append(texts(60))
  await consumer.settled()
  onceEach(store.rows, 60)
  assert.equal((await alerts()).length, 5)
  assert.equal(road.told.length, 5)
  assert.match((await reasonsOf(state)).join(), /keeping: broken promise: odd/)
  await end()
})

test('a store that refuses everything is waited for, nothing is put aside', async (t) => {
  const { state, store, begin } = await setUp(t)
  store.trouble = () => new Fault('BUG', 'no such table')
  const { spool, consumer, end } = await begin()
  await spool.append(texts(3))
  while (consumer.waiting === '') await sleep(5)
  assert.deepEqual(await reasonsOf(state), [])
  store.trouble = () => undefined
  await consumer.settled()
  onceEach(store.rows, 3)
  await end()
})

test('a stop does not wait for a store that is away', { timeout: 30_000 }, async (t) => {
  const { store, begin } = await setUp(t)
  store.trouble = () => new Fault('STORE_DOWN', 'away')
  const { spool, consumer, end } = await begin()
  await spool.append(texts(3))
  while (consumer.waiting === '') await sleep(5)
  assert.notEqual(consumer.waiting, '')
  await end()
})
