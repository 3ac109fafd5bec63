// Lists in the store: asked value by value, in the table and in the files of old days; of events stored before lists were kept it is said that it is not known.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import type { EventEngine } from '#platform'
import { eachEvents, temporaryEvents, temporaryFolder } from '#testkit'
import { archiving, filesTable } from './keeping/archive.ts'
import type { EventCondition } from './query/condition.ts'
import { rowColumns, rowsOf } from './rows.ts'
import { eventMigrations } from './schema.ts'
import { eventStore } from './store.ts'
import { Tally } from './tally.ts'
import { eventIdOf } from './columns.ts'
import type { Event, Fields } from './types.ts'

const start = Date.UTC(2026, 2, 2, 9)
const event = (seq: number, fields: Fields, raw = ''): Event => ({
  id: eventIdOf(seq),
  seq,
  time: start + seq,
  received: start + seq,
  source: 's',
  parser: 'json',
  logsource: { categories: ['c'] },
  class_uid: 0,
  activity: 'x',
  severity_id: 1,
  message: '',
  fields,
  raw,
})
const events = [
  event(1, { a: ['x', 'yy'], n: [1, 12] }),
  event(2, { a: 'x, yy', n: 12 }),
  event(3, { a: [null, 'x'], b: 'X' }),
  event(4, { a: ['z'], b: ['q', 'x'] }, 'a line with yy in it'),
  event(5, { b: 'only' }),
]
const text = (field: string, ...parts: (string | { w: '*' })[]): EventCondition => ({
  kind: 'field',
  field,
  test: { is: 'text', parts, cased: false },
})
const star = { w: '*' } as const
const asked: readonly (readonly [EventCondition, readonly number[]])[] = [
  [text('a', 'YY'), [1]],
  [text('a', 'x'), [1, 3]],
  [text('a', 'x', star), [1, 2, 3]],
  [text('a', star, ', ', star), [2]],
  [{ kind: 'not', part: text('a', 'x') }, [2, 4, 5]],
  [{ kind: 'absent', field: 'a' }, [3, 5]],
  [{ kind: 'field', field: 'n', test: { is: 'number', compare: '>', value: 10 } }, [1, 2]],
  [{ kind: 'field', field: 'n', test: { is: 'number', compare: '<', value: 10 } }, [1]],
  [{ kind: 'anywhere', test: { is: 'text', parts: ['yy'], cased: false } }, [1]],
  [{ kind: 'anywhere', test: { is: 'text', parts: [star, 'yy', star], cased: false } }, [1, 2, 4]],
  [{ kind: 'same', field: 'a', other: 'b', start: true, end: true, cased: false }, [3]],
  [{ kind: 'doubtful' }, []],
]

async function filled(engine: EventEngine) {
  await engine.migrate(eventMigrations())
  const store = eventStore(engine, () => start)
  await store.insert(await rowsOf(events), 'one')
  return store
}

eachEvents('each value of a list is asked', async (engine) => {
  const store = await filled(engine)
  const everything: EventCondition = { kind: 'and', parts: [] }
  const together = await store.tally({ within: everything, conditions: asked.map(([condition]) => condition) })
  for (const [at, [condition, wanted]] of asked.entries()) {
    const { count, items } = await store.matching({ condition, limit: 10 })
    assert.deepEqual(items.map(({ id }) => id).sort(), wanted.map(eventIdOf), JSON.stringify(condition))
    const tally = new Tally()
    for (const seq of wanted) tally.add(eventIdOf(seq))
    assert.deepEqual([together[at]?.count, together[at]?.digest], [count, tally.digest], JSON.stringify(condition))
    const pages: string[] = []
    for await (const page of store.reading({ condition, page: 1 })) pages.push(...page.map(({ id }) => id))
    assert.deepEqual(pages.sort(), wanted.map(eventIdOf))
  }
})

test('files of old days keep lists; a file of before says that it is not known', async (t) => {
  const engine = await temporaryEvents(t)
  const store = await filled(engine)
  assert.equal(await store.doubts({}), false)
  const folder = temporaryFolder(t)
  const [now, before] = [join(folder, 'now.parquet'), join(folder, 'before.parquet')]
  const archive = archiving(engine)
  await archive.write(20260302, now)
  assert.deepEqual(await archive.ofFile(now), await archive.ofDay(20260302))
  const old = rowColumns.filter(({ name }) => name !== 'lists')
  await engine.command(
    `insert into function file({file:String}, Parquet, {rows:String}) select ${old.map(({ name }) => name).join(', ')} from events`,
    { file: before, rows: old.map(({ name, type }) => `${name} ${type}`).join(', ') },
  )
  const { sql, params } = filesTable([now, before])
  const rows = await engine.query<{ known: Record<string, string[]>[] }>(
    `select groupArray(lists) as known from (select seq, lists from (${sql}) order by seq, mapContains(lists, '?')) group by seq order by seq`,
    params,
  )
  const unknown = { '?': [] }
  assert.deepEqual(
    rows.map(({ known }) => known),
    [
      [{ a: ['x', 'yy'], n: ['1', '12'] }, unknown],
      [{}, unknown],
      [{ a: ['', 'x'] }, unknown],
      [{ b: ['q', 'x'] }, unknown],
      [{}, unknown],
    ],
  )
})
