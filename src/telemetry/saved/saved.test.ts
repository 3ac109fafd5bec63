// Saved hunts run on their schedule and tell of what they find; dashboards are read with places; exports hold all that is found.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import test, { type TestContext } from 'node:test'
import { asFault, seededRandom } from '#kernel'
import { createLog, type EventEngine } from '#platform'
import { temporaryFolder, temporaryState } from '#testkit'
import { exports } from '../export.io.ts'
import { counting } from '../hunt.ts'
import { migrations } from '../migrations.ts'
import { exportNames } from '../query/export.ts'
import { huntNow, sampleEngine } from '../query/sample.test.ts'
import { eventStore } from '../store.ts'
import { dashboards, readDashboard } from './dashboards.ts'
import { hunts, type HuntTold } from './hunts.ts'

const engine = (t: TestContext): Promise<EventEngine> => sampleEngine(t, 300)

test('saved hunts', async (t) => {
  const [state, events] = [await temporaryState(t), await engine(t)]
  await state.migrate(migrations)
  let time = huntNow
  const now = () => time
  const store = eventStore(events, now)
  const room = hunts({
    state,
    clock: { now },
    log: createLog({ level: 'silent' }),
    hunt: store.hunt,
    count: counting(events, now),
  })
  const told: HuntTold[] = []
  t.after(room.listen((one) => void told.push(one)))
  const signal = AbortSignal.timeout(60_000)
  const save = (name: string, q: string, schedule?: string) =>
    room.save({ name, q, since: '7d', description: '', ...(schedule === undefined ? {} : { schedule }) }, 'ada')

  await t.test('a search or a schedule that cannot be read is refused', async () => {
    await assert.rejects(save('a', '| cuont'), /at character 3$/)
    await assert.rejects(save('a', 'x', 'every day'), (thrown) => asFault(thrown).code === 'INPUT_INVALID')
  })
  await t.test('it runs when due, keeps what it counted and tells', async () => {
    await save('by-host', '| count by host', '0 * * * *')
    await save('nothing', 'host:nowhere', '0 * * * *')
    await save('only-asked', 'host:web01')
    await room.runDue(signal)
    assert.deepEqual(told, [])
    time += 3_600_000
    await room.runDue(signal)
    await room.runDue(signal)
    assert.deepEqual(told, [{ name: 'by-host', count: 4, before: null }])
    time += 3_600_000
    await room.runDue(signal)
    assert.deepEqual(told.at(-1), { name: 'by-host', count: 4, before: 4 })
    const all = await room.list()
    assert.deepEqual(
      all.map(({ name, runs, next }) => [name, runs.map(({ count }) => count), next === null]),
      [
        ['by-host', [4, 4], false],
        ['nothing', [0, 0], false],
        ['only-asked', [], true],
      ],
    )
  })
  await t.test('a run that fails keeps its reason', async () => {
    await save('broken', 'host:/a(/', '0 * * * *')
    time += 3_600_000
    await room.runDue(signal)
    const [broken] = (await room.list()).filter(({ name }) => name === 'broken')
    assert.equal(broken?.runs[0]?.count, null)
    assert.match(broken?.runs[0]?.error ?? '', /no regular expression/)
  })
  await t.test('it runs when asked, and is forgotten', async () => {
    assert.equal((await room.run('by-host', { limit: 10, signal })).rows.length, 4)
    await room.remove('by-host')
    await assert.rejects(room.run('by-host', { limit: 10, signal }), (thrown) => asFault(thrown).code === 'NOT_FOUND')
  })
})

const good = `title: T\npanels:\n  - title: A\n    kind: number\n    q: '| count'\n  - title: B\n    kind: table\n    q: 'host:/a(/ | count'\n`
test('dashboards: problems have places, a panel that fails does not take the others along', async (t) => {
  const places = (yaml: string) =>
    readDashboard(yaml, 'd.yaml').issues.map(({ at, text: said }) => `${at.line}:${at.column} ${said}`)
  assert.deepEqual(places(good), [])
  assert.match(places('title: T\npanles: []\n').join(), /unknown key panles/)
  assert.match(places(good.replace("'| count'", "'| cuont'"))[0] ?? '', /^5:8 .*no pipe cuont; did you mean count/)
  const workspace = temporaryFolder(t)
  mkdirSync(join(workspace, 'dashboards'))
  writeFileSync(join(workspace, 'dashboards', 'd.yaml'), good)
  writeFileSync(join(workspace, 'dashboards', 'wrong.yaml'), 'title: 5\n')
  const store = eventStore(await engine(t), () => huntNow)
  const room = dashboards({ workspace, now: () => huntNow, hunt: store.hunt })
  const listed = await room.list()
  assert.deepEqual(
    listed.map(({ name, issues }) => [name, issues.length > 0]),
    [
      ['d', false],
      ['wrong', true],
    ],
  )
  const { panels } = await room.show('d')
  assert.deepEqual(
    panels.map(({ result, error }) => [result.kind, error === '']),
    [
      ['table', true],
      ['table', false],
    ],
  )
  await assert.rejects(room.show('wrong'), /dashboards[\\/]wrong\.yaml:1/)
})

test('the dashboards of the examples can be read', () => {
  const examples = join(import.meta.dirname, '../../../examples')
  const files = readdirSync(examples).flatMap((one) => dashboardsOf(examples, one))
  assert.ok(files.length >= 8)
  for (const file of files) assert.deepEqual(readDashboard(readFileSync(file, 'utf8'), file).issues, [])
})
const dashboardsOf = (examples: string, one: string): string[] => {
  const folder = join(examples, one, 'dashboards')
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

test('exports', async (t) => {
  const [events, folder] = [await engine(t), join(temporaryFolder(t), 'exports')]
  const room = exports({ events, folder, now: () => huntNow, random: seededRandom(3) })
  const made = async (q: string, format: 'csv' | 'ndjson' | 'parquet') => {
    const { id, bytes } = await room.export({ q, format })
    const fetched = room.fetch(id)
    const whole = await text(fetched.body)
    return { id, bytes, whole, lines: whole.trimEnd().split('\n') }
  }
  await t.test('events and tables in each format', async () => {
    const csv = await made('', 'csv')
    assert.equal(csv.lines.length, 301)
    assert.match(csv.lines[0] ?? '', /"time".*"host".*"raw"/)
    const ndjson = await made('| stats count, sum(Count), last by host', 'ndjson')
    const rows = ndjson.lines.map((line): unknown => JSON.parse(line))
    assert.equal(rows.length, 4)
    assert.ok(rows.every((row) => typeof row === 'object' && row !== null && 'sum(Count)' in row && 'host' in row))
    const parquet = await made('host:web01', 'parquet')
    assert.equal(parquet.whole.slice(0, 4), 'PAR1')
    assert.ok((await made('| timechart span 1h count by host', 'csv')).lines.length > 5)
  })
  await t.test('a file is fetched once and gone', async () => {
    const { id } = await made('', 'ndjson')
    assert.throws(() => room.fetch(id), /fetched once/)
    await new Promise((done) => setTimeout(done, 50))
    assert.deepEqual(readdirSync(folder), [])
  })
  await t.test('what is wrong in a search is told', () =>
    assert.rejects(room.export({ q: '| cuont', format: 'csv' }), /at character 3$/),
  )
  await t.test('names of columns are plain', () =>
    assert.deepEqual(exportNames(['a`b', 'a;b', 'sum(x.y)', '']), ['a_b', 'a_b_2', 'sum(x.y)', '_']),
  )
})
