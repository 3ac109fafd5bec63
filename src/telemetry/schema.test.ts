// The schema in both printings: fresh, from the tables of the version before, and what the columns' list says against what the engine then has.
import assert from 'node:assert/strict'
import test from 'node:test'
import { type EventEngine } from '#platform'
import { eachEvents, temporaryEvents } from '#testkit'
import { columns, indexes, maps, promoted } from './columns.ts'
import { rowsOf } from './rows.ts'
import { eventMigrations } from './schema.ts'
import { eventStore } from './store.ts'
import { type Event, EventId } from './types.ts'

const spaceless = (text: string): string => text.replace(/\s+/g, '').toLowerCase()

async function tableOf(events: EventEngine): Promise<{ columns: Record<string, string>; indexes: string[] }> {
  const found = await events.query<{ name: string; type: string; codec: string }>(
    "select name, type, compression_codec as codec from system.columns where database = currentDatabase() and table = 'events'",
  )
  const skips = await events.query<{ name: string }>(
    "select name from system.data_skipping_indices where database = currentDatabase() and table = 'events' order by name",
  )
  return {
    columns: Object.fromEntries(found.map(({ name, type, codec }) => [name, spaceless(type + codec)])),
    indexes: skips.map(({ name }) => name),
  }
}
const wanted = {
  columns: Object.fromEntries([
    ...Object.entries(columns).map(([name, { type }]) => [name, spaceless(type.replace('Delta,', 'Delta(8),'))]),
    ...Object.entries(maps).map(([name, type]) => [name, spaceless(type)]),
    ...Object.values(promoted).map((name) => [name, 'lowcardinality(string)']),
  ]),
  indexes: Object.keys(indexes).sort(),
}

eachEvents('a fresh table has the columns and indexes of the list', async (events) => {
  assert.equal((await events.migrate(eventMigrations())).length, eventMigrations().length)
  assert.deepEqual(await tableOf(events), wanted)
  assert.deepEqual(await events.migrate(eventMigrations()), [], 'once')
})

eachEvents('the table of the version before becomes that of this one, with what it holds', async (events) => {
  const [before] = eventMigrations()
  assert.ok(before)
  await events.migrate([before])
  const old = { seq: 7, time: 1_700_000_000_000, host: 'db01', raw: 'old words', fields: { Image: 'C:\\a.exe' } }
  await events.insert('events', Buffer.from(JSON.stringify(old)), 'old')
  await events.migrate(eventMigrations())
  assert.deepEqual(await tableOf(events), wanted)
  const store = eventStore(events, () => 1_700_000_000_000)
  const [found] = (await store.search({ q: 'words Image:*a.exe host:DB01', limit: 5 })).items
  assert.deepEqual(
    [found?.host, found?.raw, found?.fields, found?.outcome, found?.enriched],
    ['db01', 'old words', { Image: 'C:\\a.exe' }, '', {}],
  )
  await store.insert(await rowsOf([newEvent]), 'new')
  assert.equal((await store.search({ q: 'words', limit: 5 })).items.length, 2)
  assert.equal((await store.search({ q: 'domain:Example.org outcome:success', limit: 5 })).items.length, 1)
})

const newEvent: Event = {
  id: EventId.parse('evt_0000000008'),
  seq: 8,
  time: 1_700_000_000_001,
  received: 1_700_000_000_001,
  source: 'web',
  parser: 'nginx',
  logsource: { categories: ['webserver'] },
  class_uid: 4002,
  activity: 'request',
  severity_id: 1,
  outcome: 'success',
  domain: 'example.org',
  message: 'GET /',
  fields: { method: 'GET', empty: '', list: ['a', 'b'] },
  raw: 'new words é \ud800 \u{1F600}',
}

test('applied steps keep their text: a change of the columns is a new step', async () => {
  const { createHash } = await import('node:crypto')
  const sums = [...eventMigrations(), ...eventMigrations('c1')].map(({ name, sql }) => {
    const text = sql.map((statement) => statement.trim().replace(/\s+/g, ' ')).join(';\n')
    return `${name} ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
  })
  assert.deepEqual(sums, [
    'telemetry-0001-events 3cf875b6d4c0e95a',
    'telemetry-0002-outcome-words-and-dictionaries 35ed461ff1b67679',
    'telemetry-0003-fewer-merges-and-asked-fields 03c7c90551d96e75',
    'telemetry-0004-lists 9a30ba30a187fbf9',
    'telemetry-0001-events-cluster 6809363a6d641d8e',
    'telemetry-0002-outcome-words-and-dictionaries-cluster c7131136f7e05d45',
    'telemetry-0003-fewer-merges-and-asked-fields-cluster 2b2e2a837305d0a8',
    'telemetry-0004-lists-cluster 3ed6c8fedb78bc39',
  ])
})

test("the statements for a cluster are read by the engine's own parser and name the same columns", async (t) => {
  const events = await temporaryEvents(t)
  const statements = eventMigrations('main').flatMap(({ sql }) => sql)
  for (const statement of statements) {
    assert.match(statement, /on cluster 'main'/)
    const [row] = await events.query<{ text: string }>('select formatQuery({sql:String}) as text', { sql: statement })
    assert.ok(row && row.text.length > 0)
  }
  const [local = '', spread = ''] = statements
  assert.match(
    local,
    /ReplicatedMergeTree\('\/clickhouse\/tables\/\{shard\}\/\{database\}\/events_local', '\{replica\}'\)/,
  )
  assert.match(spread, /Distributed\('main', currentDatabase\(\), 'events_local', intHash64\(seq\)\)/)
  // Each shard's table as this engine can have it: without replicas, which need a keeper.
  for (const statement of statements.filter((one) => one.includes('events_local') && !one.includes('Distributed'))) {
    const alone = statement.replace(" on cluster 'main'", '').replace(/ReplicatedMergeTree\([^)]*\)/, 'MergeTree')
    await events.command(alone.replace('replicated_deduplication_window', 'non_replicated_deduplication_window'))
  }
  const known = 'select name from system.columns where database = currentDatabase() and table = {table:String}'
  const names = (await events.query<{ name: string }>(known, { table: 'events_local' })).map(({ name }) => name)
  assert.deepEqual(names.sort(), [...Object.keys(columns), ...Object.keys(maps), ...Object.values(promoted)].sort())
})
