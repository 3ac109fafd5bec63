// What is PostgreSQL's own: two servers that start together, and a connection that is cut.
import assert from 'node:assert/strict'
import test from 'node:test'
import { asFault } from '#kernel'
import { openState, sql } from '#platform'
import { postgresVariable, temporarySchema } from '#testkit'

const skip = process.env[postgresVariable] ? false : `set ${postgresVariable}=postgres://… to run this on PostgreSQL`

test('two servers that start together apply each migration once', { skip }, async (t) => {
  const { url, drop } = await temporarySchema()
  const servers = await Promise.all(Array.from({ length: 4 }, () => openState({ url, folder: '' })))
  t.after(async () => {
    await Promise.all(servers.map((server) => server.close()))
    await drop()
  })
  const migrations = Array.from({ length: 5 }, (_, n) => ({ name: `m-${n}`, sql: [`create table t_${n} (id text)`] }))
  const applied = await Promise.all(servers.map((server) => server.migrate(migrations)))
  assert.deepEqual(
    applied.flat().sort(),
    migrations.map(({ name }) => name),
  )
})

test('a cut connection undoes its transaction, and the next one works', { skip }, async (t) => {
  const { url, drop } = await temporarySchema()
  const state = await openState({ url, folder: '' })
  t.after(async () => {
    await state.close()
    await drop()
  })
  await state.migrate([{ name: 'm-1', sql: ['create table cut_rows (id text)'] }])
  const cut = state.transaction(async () => {
    await sql`insert into cut_rows values ('a')`.execute(state.db())
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(state.db())
    const killer = await openState({ url, folder: '' })
    await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0}::int)`.execute(killer.db())
    await killer.close()
    await sql`insert into cut_rows values ('b')`.execute(state.db())
  })
  assert.equal(asFault(await cut.catch(asFault)).code, 'STORE_DOWN')
  const { rows } = await sql<{ n: number }>`select count(*) as n from cut_rows`.execute(state.db())
  assert.equal(rows[0]?.n, 0)
})

test('PostgreSQL may have statements of its own in a migration', { skip }, async (t) => {
  const { url, drop } = await temporarySchema()
  const state = await openState({ url, folder: '' })
  t.after(async () => {
    await state.close()
    await drop()
  })
  await state.migrate([{ name: 'm-1', sql: ['create table wrong (('], postgres: ['create table own (doc jsonb)'] }])
  const { rows } = await sql<{ n: number }>`select count(*) as n from own`.execute(state.db())
  assert.equal(rows[0]?.n, 0)
})
