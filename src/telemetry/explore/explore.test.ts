// Looking around in events, on a real event engine: names counted, arrivals, process trees over several hosts, entities.
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { temporaryEvents } from '#testkit'
import { eventIdOf } from '../columns.ts'
import { parseRecord } from '../parsers/parse-record.ts'
import { rowsOf } from '../rows.ts'
import { eventMigrations } from '../schema.ts'
import { eventStore } from '../store.ts'
import { type Event, EventId } from '../types.ts'
import { queryOfEntity } from './entity.ts'
import { exploring } from './explore.ts'
import { treeLimits } from './processes.ts'

const start = Date.UTC(2026, 2, 1, 9)
const minute = 60_000

/** A table of events, filled as told; `explore` answers about it. */
async function open(t: TestContext) {
  const events = await temporaryEvents(t)
  await events.migrate(eventMigrations())
  const store = eventStore(events, () => start)
  let seq = 0
  const put = async (all: readonly Partial<Event>[]): Promise<EventId[]> => {
    const made = all.map((more): Event => {
      seq += 1
      const parsed = parseRecord({ source: 'test', received: start, text: 'text' })
      return { ...parsed, id: eventIdOf(seq), seq, received: start, time: start, source: 'test', raw: '', ...more }
    })
    await events.insert('events', await rowsOf(made), `t${seq}`)
    return made.map(({ id }) => id)
  }
  return { put, store, explore: exploring(store) }
}
/** A process that starts. */
const starts = (host: string, uid: string, parent: string, more: Partial<Event> = {}): Partial<Event> => ({
  host,
  process_uid: uid,
  parent_process_uid: parent,
  class_uid: 1007,
  activity: 'process started',
  process: `C:\\${uid.replace(':', '-')}.exe`,
  ...more,
})

test('names are counted over what was found: columns, own fields, what is known beyond', async (t) => {
  const { put, explore } = await open(t)
  await put([
    { host: 'a', fields: { Image: 'x', Own: 1 }, enriched: { 'asset.zone': 'lan' } },
    { host: 'a', fields: { Image: 'y' } },
    { host: 'b', dst_port: 53, fields: { Image: 'z' } },
  ])
  const { fields, looked } = await explore.fields({ q: '' })
  const of = (name: string) => fields.find((one) => one.name === name)
  assert.equal(looked, 3)
  assert.deepEqual(of('Image'), { name: 'Image', kind: 'field', count: 3, share: 1 })
  assert.deepEqual(of('dst_port'), { name: 'dst_port', kind: 'column', count: 1, share: 1 / 3 })
  assert.equal(of('asset.zone')?.kind, 'enriched')
  assert.equal(of('user'), undefined, 'what no event has is not named')
  assert.equal((await explore.fields({ q: 'host:a' })).looked, 2)
  assert.deepEqual(await explore.fields({ q: 'host:none' }), { fields: [], looked: 0 })
})

test('values are counted by column, by own field of the same name, and by what is known beyond', async (t) => {
  const { put, store } = await open(t)
  await put([{ host: 'a', dst_port: 53, fields: { host: 'own' }, enriched: { 'asset.zone': 'lan' } }])
  const facets = await store.facets({ fields: ['host', 'fields.host', 'asset.zone', 'dst_port', 'src_port'] })
  assert.deepEqual(
    facets.map(({ field, values }) => [field, ...values.map(({ value }) => value)]),
    [['host', 'a'], ['fields.host', 'own'], ['asset.zone', 'lan'], ['dst_port', '53'], ['src_port']],
  )
})

test('a tail begins now, shows what arrives whatever its time, and counts what it leaves out', async (t) => {
  const { put, explore } = await open(t)
  await put([{ host: 'a' }])
  const first = await explore.tail({ q: 'host:a', limit: 2 })
  assert.deepEqual(first, { items: [], next: '1', skipped: 0 })
  await put([{ host: 'a' }, { host: 'b' }, { host: 'a', time: start - 90 * 86_400_000 }, { host: 'a' }, { host: 'a' }])
  const { items, next, skipped } = await explore.tail({ q: 'host:a', after: first.next, limit: 2 })
  assert.deepEqual([items.map(({ id }) => id), next, skipped], [[eventIdOf(6), eventIdOf(5)], '6', 2])
  assert.equal((await explore.tail({ q: 'host:a', after: next, limit: 2 })).items.length, 0)
})

test('a tree stays on its host, though another has the same numbers', async (t) => {
  const { put, explore } = await open(t)
  const tree = (host: string) => [
    starts(host, 'h:1', 'h:0', { time: start }),
    starts(host, 'h:2', 'h:1', { time: start + minute, user: host }),
    starts(host, 'h:3', 'h:2', { time: start + 2 * minute }),
    starts(host, 'h:4', 'h:1', { time: start + minute }),
  ]
  const [, middle] = await put([...tree('one'), ...tree('two')])
  assert.ok(middle)
  const { nodes, focus, siblings, host } = await explore.processes(middle)
  assert.equal(host, 'one')
  assert.equal(focus, middle)
  assert.deepEqual(
    nodes.map(({ uid, started }) => [uid, started]),
    [
      ['h:0', null],
      ['h:1', start],
      ['h:2', start + minute],
      ['h:3', start + 2 * minute],
    ],
  )
  assert.ok(nodes.every(({ user }) => user !== 'two'))
  assert.equal(siblings, 1)
  assert.deepEqual(
    nodes.map(({ parent }) => nodes.findIndex(({ key }) => key === parent)),
    [-1, 0, 1, 2],
    'each under its parent, which stands before it',
  )
})

test('a number that is used again is another process', async (t) => {
  const { put, explore } = await open(t)
  const ids = await put([
    starts('a', 'a:7', 'a:1', { time: start, process: 'first' }),
    starts('a', 'a:8', 'a:7', { time: start + minute, process: 'of the first' }),
    starts('a', 'a:7', 'a:1', { time: start + 10 * minute, process: 'second' }),
    starts('a', 'a:9', 'a:7', { time: start + 11 * minute, process: 'of the second' }),
    { host: 'a', process_uid: 'a:9', time: start + 12 * minute, activity: 'file created' },
  ])
  const names = async (at: number) =>
    (await explore.processes(ids[at] ?? EventId.parse('evt_0'))).nodes.map(({ process }) => process)
  assert.deepEqual(await names(0), ['', 'first', 'of the first'])
  assert.deepEqual(await names(2), ['', 'second', 'of the second'])
  assert.deepEqual(await names(4), ['', 'second', 'of the second'], 'any event of a process leads to its tree')
})

test('trees are bounded, count what they leave out, and go round no circle', async (t) => {
  const { put, explore } = await open(t)
  const wide = Array.from({ length: 60 }, (_, n) => starts('a', `a:${n + 10}`, 'a:2', { time: start + n }))
  const deep = Array.from({ length: 12 }, (_, n) => starts('d', `d:${n + 1}`, `d:${n}`, { time: start + n }))
  const circle = [starts('c', 'c:1', 'c:2'), starts('c', 'c:2', 'c:1'), starts('c', 'c:3', 'c:3')]
  const [root, ...others] = await put([starts('a', 'a:2', ''), ...wide, ...deep, ...circle, { host: 'a' }])
  assert.ok(root)
  const tree = await explore.processes(root)
  assert.equal(tree.nodes.length, 1 + treeLimits.wide)
  assert.equal(tree.nodes[0]?.more, 60 - treeLimits.wide)
  const [top] = others.slice(60)
  assert.ok(top)
  const line = await explore.processes(top)
  assert.equal(line.nodes.length, 1 + 1 + treeLimits.down, 'its parent, itself, and so many below')
  assert.equal(line.nodes.at(-1)?.more, 1)
  for (const id of others.slice(72, 75)) assert.ok((await explore.processes(id)).nodes.length <= 3)
  const [nothing] = others.slice(75)
  assert.ok(nothing)
  assert.deepEqual((await explore.processes(nothing)).nodes, [])
})

test('an entity: when it was seen, how often, and beside what', async (t) => {
  const { put, explore } = await open(t)
  await put([
    { host: 'a', user: 'ada', src_ip: '10.0.0.1' },
    { host: 'b', target_user: 'ada', time: start + minute },
    { host: 'b', user: 'eve', dst_ip: '10.0.0.1', time: start + 2 * minute },
  ])
  const ada = await explore.entity({ kind: 'user', name: 'ada' })
  assert.deepEqual([ada.count, ada.first, ada.last], [2, start, start + minute])
  assert.deepEqual(ada.related.find(({ field }) => field === 'host')?.values.length, 2)
  assert.ok(
    ada.related.every(({ field }) => field !== 'target_user'),
    'not beside itself',
  )
  assert.equal((await explore.entity({ kind: 'address', name: '10.0.0.1' })).count, 2)
  const none = await explore.entity({ kind: 'host', name: 'a" or host:"b' })
  assert.deepEqual([none.count, none.first, none.recent], [0, null, []])
  assert.equal(queryOfEntity('domain', 'x\\"y'), String.raw`domain:"x\\\"y" or dst_host:"x\\\"y"`)
})
