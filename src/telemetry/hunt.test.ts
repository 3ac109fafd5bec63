// Hunting: pipes give what a plain reading of them gives, and say where they are wrong.
import assert from 'node:assert/strict'
import test from 'node:test'
import { asFault, Fault } from '#kernel'
import { parseHunt } from './query/pipes.ts'
import { huntNow as now, sampleEngine } from './query/sample.test.ts'
import { eventStore } from './store.ts'

const faultOf = (query: string): Fault | undefined => {
  try {
    parseHunt(query)
    return undefined
  } catch (thrown) {
    return asFault(thrown)
  }
}

const wrong: readonly (readonly [string, RegExp])[] = [
  ['a |', /what is to be done is missing behind \|.* at character 4$/],
  ['a | cuont', /no pipe cuont; did you mean count\? at character 5$/],
  ['a | eval x=1', /there is no eval.* at character 5$/],
  ['| stats summ(x)', /summ computes nothing.* at character 9$/],
  ['| stats sum', /sum needs a field.* at character 9$/],
  ['| stats count count', /count was not expected at character 15$/],
  ['| stats count, count', /count is asked for twice at character 16$/],
  ['| top 0 host', /a number from 1 to 1000 .* at character 7$/],
  ['| top', /the name of a field is missing at character 6$/],
  ['| count by host, host', /host is named twice at character 18$/],
  ['| timechart span 5x count', /5x is no length of time .* at character 18$/],
  ['| timechart count by a, b', /split by one field at character 25$/],
  ['| transaction', /needs by and a field.* at character 14$/],
  ['| where', /where needs a filter.* at character 8$/],
  ['| where count>', /a number or a time is missing.* at character 9$/],
  ['(a | count)', /this \( is not closed at character 1$/],
  ['| head 5 6', /6 was not expected at character 10$/],
]
for (const [query, says] of wrong)
  test(`refused: ${query}`, () => {
    const fault = faultOf(query)
    assert.equal(fault?.code, 'INPUT_INVALID', query)
    assert.match(fault?.message ?? '', says)
  })
test('a | within a word or in quotes is a text', () => {
  assert.equal(parseHunt('a|b "c | d" file:x|y').pipes.length, 0)
  assert.equal(parseHunt('a|b "c | d" | count by "x|y" | head 3').pipes.length, 2)
})

test('pipes over stored events', async (t) => {
  const store = eventStore(await sampleEngine(t, 300), () => now)
  const hunt = (q: string, more = {}) => store.hunt({ q, limit: 500, ...more })
  const rowsOf = async (q: string) => (await hunt(q)).rows

  await t.test('count', async () => {
    assert.deepEqual(await rowsOf('| count'), [[300]])
    const table = await hunt('| count by host')
    assert.deepEqual(table.columns, [
      { name: 'host', type: 'text' },
      { name: 'count', type: 'number' },
    ])
    assert.equal(table.kind, 'table')
    assert.equal(
      table.rows.reduce((sum, [, count]) => sum + Number(count), 0),
      300,
    )
  })
  await t.test('a timechart fills its gaps', async () => {
    const chart = await hunt('| timechart span 1h count by host')
    assert.equal(chart.kind, 'timechart')
    assert.equal(chart.step, 3_600_000)
    const sum = chart.rows.flatMap((row) => row.slice(1)).reduce<number>((total, cell) => total + Number(cell), 0)
    assert.equal(sum, 300)
    for (const [index, [at]] of chart.rows.entries()) assert.equal(at, Number(chart.rows[0]?.[0]) + index * 3_600_000)
  })
  await t.test('everything that can be written runs', async () => {
    for (const q of [
      '| stats count, sum(dst_port), avg(Count), min(time), max(Count), p95(Count), dc(user), values(user), first, last, first(user), last(user) by host',
      '| top 3 user by host',
      '| rare 2 user',
      '| transaction by user maxspan 1h maxpause 10m | where count>1 | sort -duration | head 5',
      '| dedupe host, user | sort host, -time | fields time, host, user, src.country, Count',
      'any:web01 | count by "Count", time',
      'user:/^a/ exists:host time:>-240h | timechart avg(Count) by user',
      '| stats count by host | stats sum(count) as total, dc(host) | where total>10',
      '| stats count as n by host | where not n>1000 host:* | sort "n"',
      '| count by categories, class_uid | sort -count',
    ])
      await assert.doesNotReject(hunt(q), q)
  })
  await t.test('sequences', async () => {
    const { rows, columns } = await hunt('| transaction by user maxpause 10m')
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['user', 'first', 'last', 'duration', 'count', 'activities'],
    )
    for (const [, first, last, duration] of rows) assert.equal((Number(last) - Number(first)) / 1_000, duration)
  })
  await t.test('slips are refused with their place', async () => {
    await assert.rejects(hunt('user:/a(/'), /no regular expression of RE2 at character 6$/)
    await assert.rejects(hunt('| count by hots'), /no event has a field hots; did you mean host\? at character 12$/)
    await assert.rejects(
      hunt('| count by host | where cuont>1'),
      /no column cuont; did you mean count\? at character 25$/,
    )
    await assert.rejects(hunt('| count by ip'), /ip is several fields: src_ip, dst_ip; name one at character 12$/)
    await assert.rejects(hunt('| count | timechart count'), /must come before pipes that count at character 11$/)
    await assert.rejects(hunt('| timechart count | head 1'), /a timechart is the last pipe at character 3$/)
    await assert.rejects(hunt('| timechart span 1s count'), /more than 1000 steps.* at character 3$/)
    await assert.rejects(hunt('| timechart values(user)'), /no number to draw at character 13$/)
  })
  await t.test('without pipes it is a search, page by page', async () => {
    const first = await hunt('', { limit: 200 })
    assert.equal(first.kind, 'events')
    assert.equal(first.cut, true)
    const rest = await hunt('', { limit: 200, before: first.next })
    assert.equal(new Set([...first.items, ...rest.items].map(({ id }) => id)).size, 300)
  })
  await t.test('more rows than asked for are cut, and that is said', async () => {
    const { rows, cut } = await hunt('| count by time', { limit: 5 })
    assert.deepEqual([rows.length, cut], [5, true])
  })
})
