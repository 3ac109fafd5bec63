// The contract of State, run on each engine that is available, and what is SQLite's own.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { asFault, type Migration } from '#kernel'
import { openState, sql, type State } from '#platform'
import { eachState, temporaryFolder, temporaryState } from '#testkit'

interface Tables {
  shelf_books: { id: string; title: string | null; pages: number; read: number }
}
const migrations: readonly Migration[] = [
  {
    name: 'shelf-0001-start',
    sql: ['create table shelf_books (id text primary key, title text, pages bigint not null, read integer not null)'],
  },
]
const book = (id: string, pages = 1) => ({ id, title: id.toUpperCase(), pages, read: 0 })
const books = (state: State) => state.db<Tables>()
const ids = async (state: State): Promise<string[]> =>
  (await books(state).selectFrom('shelf_books').select('id').orderBy('id').execute()).map(({ id }) => id)
const add = (state: State, id: string, pages = 1) =>
  books(state).insertInto('shelf_books').values(book(id, pages)).execute()
const faultOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (thrown: unknown) => asFault(thrown).code,
  )

eachState('migrations are applied once, in order, and remembered', async (state) => {
  const second: Migration = { name: 'shelf-0002-more', sql: ['alter table shelf_books add column lent integer'] }
  assert.deepEqual(await state.migrate(migrations), ['shelf-0001-start'])
  assert.deepEqual(await state.migrate([...migrations, second]), ['shelf-0002-more'])
  assert.deepEqual(await state.migrate([...migrations, second]), [])
})

eachState('a changed migration is a fault that names it', async (state) => {
  await state.migrate(migrations)
  const changed = [{ name: 'shelf-0001-start', sql: ['create table shelf_books (id text primary key)'] }]
  await assert.rejects(state.migrate(changed), /shelf-0001-start was changed/)
})

eachState('a migration that fails leaves nothing of its batch', async (state) => {
  const broken = [...migrations, { name: 'shelf-0002-bad', sql: ['create table nonsense (('] }]
  await assert.rejects(state.migrate(broken))
  await assert.rejects(ids(state))
  assert.deepEqual(await state.migrate(migrations), ['shelf-0001-start'])
})

eachState('values come back as they went in', async (state) => {
  await state.migrate(migrations)
  const big = Number.MAX_SAFE_INTEGER
  await books(state)
    .insertInto('shelf_books')
    .values([
      { id: 'a', title: "o'neil \\ \n \u{1F600}", pages: big, read: 1 },
      { id: 'b', title: null, pages: -5, read: 0 },
      { id: 'c', title: 'before\0after', pages: 0, read: 0 },
    ])
    .execute()
  const rows = await books(state).selectFrom('shelf_books').selectAll().orderBy('id').execute()
  assert.deepEqual(
    rows.map((row) => ({ ...row })),
    [
      { id: 'a', title: "o'neil \\ \n \u{1F600}", pages: big, read: 1 },
      { id: 'b', title: null, pages: -5, read: 0 },
      { id: 'c', title: 'before\uFFFDafter', pages: 0, read: 0 },
    ],
  )
  const { rows: sums } = await sql<{
    n: number
    total: number
  }>`select count(*) as n, sum(read) as total from shelf_books`.execute(state.db())
  assert.deepEqual({ ...sums[0] }, { n: 3, total: 1 })
  await sql`insert into shelf_books (id, title, pages, read) values (${7}, ${undefined}, ${1}, ${true})`.execute(
    state.db(),
  )
  assert.ok((await ids(state)).includes('7'), 'a whole number in a text column has no fraction')
  await assert.rejects(add(state, 'nan', Number.NaN), /cannot be stored/)
  await assert.rejects(sql`select ${new Date(0)}`.execute(state.db()), /cannot be stored/)
})

eachState('insert … on conflict does nothing, or updates', async (state) => {
  await state.migrate(migrations)
  await add(state, 'a')
  const again = books(state).insertInto('shelf_books').values(book('a', 9))
  const kept = await again.onConflict((conflict) => conflict.column('id').doNothing()).executeTakeFirst()
  assert.equal(kept.numInsertedOrUpdatedRows, 0n)
  await again.onConflict((conflict) => conflict.column('id').doUpdateSet({ pages: 9 })).execute()
  assert.equal((await books(state).selectFrom('shelf_books').select('pages').executeTakeFirstOrThrow()).pages, 9)
  const gone = await books(state).deleteFrom('shelf_books').where('pages', '>', 5).executeTakeFirst()
  assert.equal(gone.numDeletedRows, 1n)
})

eachState('a second row with the same key is a conflict that names the column, not the value', async (state) => {
  await state.migrate(migrations)
  await add(state, 'very-private')
  const thrown = await add(state, 'very-private').catch(asFault)
  assert.ok(thrown instanceof Error)
  assert.equal(asFault(thrown).code, 'CONFLICT')
  assert.match(thrown.message, /shelf_books\.id/)
  assert.doesNotMatch(thrown.message, /very-private/)
})

eachState('a transaction is all or nothing, with queries made before it too', async (state) => {
  await state.migrate(migrations)
  const early = books(state)
  await state.transaction(async () => {
    await add(state, 'a')
    await early.insertInto('shelf_books').values(book('b')).execute()
    assert.deepEqual(await ids(state), ['a', 'b'])
  })
  const undone = state.transaction(async () => {
    await add(state, 'c')
    await early.insertInto('shelf_books').values(book('d')).execute()
    throw new Error('changed my mind')
  })
  await assert.rejects(undone, /changed my mind/)
  assert.deepEqual(await ids(state), ['a', 'b'])
})

eachState('a nested transaction joins the outer one', async (state) => {
  await state.migrate(migrations)
  const outer = state.transaction(async () => {
    await state.transaction(() => add(state, 'inner'))
    throw new Error('outer fails')
  })
  await assert.rejects(outer, /outer fails/)
  assert.deepEqual(await ids(state), [])
  const answer = await state.transaction(() => state.transaction(() => state.transaction(() => Promise.resolve(42))))
  assert.equal(answer, 42)
})

eachState('a failed statement undoes all, even when its error is caught', async (state) => {
  await state.migrate(migrations)
  await add(state, 'a')
  const careless = state.transaction(async () => {
    await add(state, 'b')
    assert.equal(await faultOf(add(state, 'a')), 'CONFLICT')
    assert.equal(await faultOf(add(state, 'c')), 'CONFLICT', 'nothing more is done in it')
  })
  assert.equal(await faultOf(careless), 'CONFLICT')
  assert.deepEqual(await ids(state), ['a'])
})

eachState('a nested call that throws undoes all, even when its error is caught', async (state) => {
  await state.migrate(migrations)
  const careless = state.transaction(async () => {
    await add(state, 'a')
    await state.transaction(() => Promise.reject(new Error('inner'))).catch(() => undefined)
  })
  await assert.rejects(careless, /inner/)
  assert.deepEqual(await ids(state), [])
})

eachState('work that goes on after a rollback is refused', async (state) => {
  await state.migrate(migrations)
  let late: Promise<unknown> = Promise.resolve()
  const undone = state.transaction(async () => {
    late = sleep(50).then(() => add(state, 'late'))
    await add(state, 'a')
    throw new Error('undone')
  })
  await assert.rejects(undone, /undone/)
  assert.equal(await faultOf(late), 'BUG')
  assert.deepEqual(await ids(state), [])
})

eachState('many transactions and queries at once all finish, and sums are right', async (state) => {
  await state.migrate(migrations)
  await add(state, 'counter', 0)
  const up = () =>
    state.transaction(async () => {
      const lock = books(state).selectFrom('shelf_books').select('pages').where('id', '=', 'counter')
      const { pages } = await (state.engine === 'postgres' ? lock.forUpdate() : lock).executeTakeFirstOrThrow()
      await sleep(1)
      const next = { pages: pages + 1 }
      await books(state).updateTable('shelf_books').set(next).where('id', '=', 'counter').execute()
    })
  await Promise.all([...Array.from({ length: 40 }, up), ...Array.from({ length: 40 }, () => ids(state))])
  const { pages } = await books(state).selectFrom('shelf_books').select('pages').executeTakeFirstOrThrow()
  assert.equal(pages, 40)
})

eachState('queries side by side inside one transaction', async (state) => {
  await state.migrate(migrations)
  await state.transaction(async () => void (await Promise.all(['c', 'a', 'b'].map((id) => add(state, id)))))
  assert.deepEqual(await ids(state), ['a', 'b', 'c'])
})

eachState("Kysely's own transactions are refused, since other rooms could not join them", async (state) => {
  await state.migrate(migrations)
  const own = books(state)
    .transaction()
    .execute((inner) => inner.selectFrom('shelf_books').selectAll().execute())
  await assert.rejects(own, /State\.transaction/)
})

eachState('its health says where it is and how large', async (state) => {
  const health = await state.check()
  assert.equal(health.ok, true)
  assert.match(health.detail, state.engine === 'sqlite' ? /^SQLite 3\..*state\.db$/ : /^PostgreSQL 1\d/)
  assert.ok((health.bytes ?? 0) > 0)
})

eachState('a closed store answers with a fault, not with silence', async (state) => {
  await state.migrate(migrations)
  await state.close()
  await state.close()
  await assert.rejects(ids(state))
  assert.equal((await state.check()).ok, false)
})

test('the file of the state can be read by its owner only', async (t) => {
  const folder = temporaryFolder(t)
  const state = await openState({ url: '', folder: join(folder, 'deep', 'inside') })
  await state.migrate(migrations)
  for (const name of ['state.db', 'state.db-wal', 'state.db-shm'])
    assert.equal(statSync(join(folder, 'deep', 'inside', name)).mode & 0o777, 0o600, name)
  await state.close()
})

test('what is no database is a fault that says so', async (t) => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'state.db'), 'this is not a database, and long enough to be looked at'.repeat(100))
  assert.equal(await faultOf(openState({ url: '', folder })), 'STORE_DOWN')
  assert.equal(await faultOf(openState({ url: 'mysql://x', folder })), 'CONFIG_INVALID')
  const away = openState({ url: 'postgres://nobody:hush-hush@127.0.0.1:1/none', folder }).catch(asFault)
  const thrown = asFault(await away)
  assert.equal(thrown.code, 'STORE_DOWN')
  assert.doesNotMatch(thrown.message, /hush-hush/)
})

test('SQLite: another process that writes is waited for', async (t) => {
  const folder = temporaryFolder(t)
  const state = await openState({ url: '', folder })
  t.after(() => state.close())
  await state.migrate(migrations)
  const script = `
    import Database from 'libsql'
    const db = new Database(${JSON.stringify(join(folder, 'state.db'))})
    db.exec('begin immediate'); console.log('locked')
    setTimeout(() => { db.exec('commit'); db.close() }, 400)`
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: process.cwd() })
  t.after(() => other.kill())
  await once(other.stdout, 'data')
  let turns = 0
  const ticking = setInterval(() => (turns += 1), 10)
  await Promise.all([add(state, 'a'), state.transaction(() => add(state, 'b'))])
  clearInterval(ticking)
  assert.ok(turns > 3, 'it waited, and the event loop went on meanwhile')
  assert.deepEqual(await ids(state), ['a', 'b'])
})

test('SQLite: transactions take turns in the order of the calls', async (t) => {
  const state = await temporaryState(t)
  await state.migrate(migrations)
  const order: number[] = []
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      state.transaction(async () => {
        await sleep(index % 3)
        order.push(index)
      }),
    ),
  )
  assert.deepEqual(
    order,
    Array.from({ length: 20 }, (_, index) => index),
  )
})
