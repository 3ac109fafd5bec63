// Many conditions in one pass: cut by the size of statements, asked in smaller parts when the store says it is too much, and hashed as the engine hashes.
import assert from 'node:assert/strict'
import test from 'node:test'
import { Fault } from '#kernel'
import type { EventEngine } from '#platform'
import { temporaryEvents } from '#testkit'
import { eventIdOf } from './columns.ts'
import type { EventCondition } from './query/condition.ts'
import { Tally, tally } from './tally.ts'

const conditions = (count: number, length = 10): EventCondition[] =>
  Array.from({ length: count }, (_, at) => ({
    kind: 'field',
    field: 'a',
    test: { is: 'text', parts: [`${at}`.padEnd(length, 'x')], cased: true },
  }))
const within: EventCondition = { kind: 'and', parts: [] }

/** An engine that answers every condition with one event, but refuses more than so many at once. */
function engineOf(most: number) {
  const sizes: number[] = []
  const query = (sql: string, params: object): Promise<unknown[]> => {
    if (sql.startsWith('select 1')) return Promise.resolve(sql.includes('notEmpty(lists)') ? [] : [{ one: 1 }])
    const count = sql.split('countIf').length - 1
    assert.ok(sql.length < 262_144 && JSON.stringify(params).length < 262_144)
    sizes.push(count)
    if (count > most) return Promise.reject(new Fault('TOO_LARGE', 'the search takes too long'))
    return Promise.resolve([
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [
          [`n${at}`, 1],
          [`d${at}`, '5'],
        ]).flat(),
      ),
    ])
  }
  const events = { query } as unknown as EventEngine
  return { sizes, ground: { events, now: () => 0, archives: () => [] } }
}

test('every condition has its answer, however small the parts have to be', async () => {
  const { ground, sizes } = engineOf(30)
  const found = await tally(ground)({ within, conditions: conditions(130) })
  assert.deepEqual(
    found,
    Array.from({ length: 130 }, () => ({ count: 1, digest: '5' })),
  )
  assert.ok(sizes.length < 12 && sizes[0] === 130, sizes.join(' '))
  await assert.rejects(tally(engineOf(0).ground)({ within, conditions: conditions(3) }), /takes too long/)
})

test('no statement and no values of one are longer than the engine reads', async () => {
  const { ground, sizes } = engineOf(1_000)
  await tally(ground)({ within, conditions: conditions(60, 9_000) })
  assert.ok(sizes.length >= 4, sizes.join(' '))
  assert.equal(
    sizes.reduce((sum, one) => sum + one, 0),
    60,
  )
})

test('a hash here is the hash there', async (t) => {
  const events = await temporaryEvents(t)
  for (const seqs of [[], [1], [1, 2, 3], [4_294_967_296, 9_007_199_254_740, 77]]) {
    const own = new Tally()
    for (const seq of seqs) own.add(eventIdOf(seq))
    const sql =
      'select toString(groupBitXor(intHash64(seq))) as hash from (select arrayJoin({seqs:Array(UInt64)}) as seq)'
    const [row] = await events.query<{ hash: string }>(sql, { seqs })
    assert.equal(own.digest, row?.hash)
    const both = new Tally()
    both.take(own)
    both.take({ count: 2, digest: '0' })
    assert.deepEqual([both.count, both.digest], [seqs.length + 2, own.digest])
  }
})
