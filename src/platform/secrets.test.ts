// Secrets at rest: sealed, bound to their names, under a key that can be changed without a moment of loss.
import assert from 'node:assert/strict'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { asFault } from '#kernel'
import { createLog, openSecrets, secretMigrations, type State } from '#platform'
import { eachState, temporaryFolder } from '#testkit'
import test from 'node:test'

const rowsOf = (state: State) =>
  state.db<{ secrets_values: { name: string; sealed: string } }>().selectFrom('secrets_values').selectAll().execute()

eachState('what is put comes back, and nothing of it stands in the store', async (state, t) => {
  await state.migrate(secretMigrations)
  const keyFile = join(temporaryFolder(t), 'secret.key')
  const secrets = openSecrets({ state, keyFile, env: {} })
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (value) => {
      await secrets.put('a', value)
      assert.equal(await secrets.get('a'), value)
    }),
    { numRuns: 20 },
  )
  await secrets.put('token', 'hunter2-hunter2')
  assert.ok(!JSON.stringify(await rowsOf(state)).includes('hunter2'))
  assert.equal(statSync(keyFile).mode & 0o777, 0o600)
  assert.deepEqual(await secrets.names(), ['a', 'token'])
  assert.equal(await secrets.remove('a'), true)
  assert.equal(await secrets.remove('a'), false)
  assert.equal(await secrets.get('a'), undefined)
})

eachState('a value moved under another name, or changed, does not open', async (state, t) => {
  await state.migrate(secretMigrations)
  const secrets = openSecrets({ state, keyFile: join(temporaryFolder(t), 'k'), env: {} })
  await secrets.put('a', 'one')
  await secrets.put('b', 'two')
  const table = state.db<{ secrets_values: { name: string; sealed: string } }>()
  const [a] = await rowsOf(state)
  await table
    .updateTable('secrets_values')
    .set({ sealed: a?.sealed ?? '' })
    .where('name', '=', 'b')
    .execute()
  assert.equal(asFault(await secrets.get('b').catch(asFault)).code, 'SECRET_KEY_WRONG')
})

eachState('a rotation changes the key and every value, and keeps what they say', async (state, t) => {
  await state.migrate(secretMigrations)
  const keyFile = join(temporaryFolder(t), 'k')
  const secrets = openSecrets({ state, keyFile, env: {} })
  await secrets.put('a', 'one')
  const [before, key] = [await rowsOf(state), readFileSync(keyFile, 'utf8')]
  await secrets.rotate()
  assert.equal(await secrets.get('a'), 'one')
  assert.notEqual((await rowsOf(state))[0]?.sealed, before[0]?.sealed)
  assert.notEqual(readFileSync(keyFile, 'utf8'), key)
  assert.equal(await openSecrets({ state, keyFile, env: {} }).get('a'), 'one', 'after a restart')
  writeFileSync(keyFile, key)
  assert.equal(asFault(await openSecrets({ state, keyFile, env: {} }).get('a').catch(asFault)).code, 'SECRET_KEY_WRONG')
})

eachState('a key that is lost or wrong is said, and nothing new is stored beside', async (state, t) => {
  await state.migrate(secretMigrations)
  const keyFile = join(temporaryFolder(t), 'k')
  await openSecrets({ state, keyFile, env: {} }).put('a', 'one')
  rmSync(keyFile)
  const without = openSecrets({ state, keyFile, env: {} })
  for (const attempt of [() => without.check(), () => without.get('a'), () => without.put('b', 'two')])
    assert.equal(asFault(await attempt().catch(asFault)).code, 'SECRET_KEY_WRONG')
  const key = Buffer.alloc(32, 7).toString('base64')
  const other = openSecrets({ state, keyFile, env: { CASTELLAN_SECRET_KEY: key } })
  assert.equal(asFault(await other.get('a').catch(asFault)).code, 'SECRET_KEY_WRONG')
  assert.equal((await rowsOf(state)).length, 1)
})

eachState('the environment’s key goes before the file; names and sizes have limits', async (state, t) => {
  await state.migrate(secretMigrations)
  const env = { CASTELLAN_SECRET_KEY: Buffer.alloc(32, 9).toString('base64') }
  const secrets = openSecrets({ state, keyFile: join(temporaryFolder(t), 'none'), env })
  await secrets.put('a', 'one')
  assert.equal(await openSecrets({ state, keyFile: '/nowhere', env }).get('a'), 'one')
  assert.equal(asFault(await secrets.put('no spaces', 'x').catch(asFault)).code, 'INPUT_INVALID')
  assert.equal(asFault(await secrets.put('big', 'x'.repeat(70_000)).catch(asFault)).code, 'TOO_LARGE')
})

test('the log writes what is secret as redacted', () => {
  const lines: string[] = []
  const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  log.info({ password: 'hush1', inner: { token: 'hush2', deeper: { csrf: 'hush3' } }, shown: 'plain' }, 'a line')
  log.debug('below the level')
  assert.equal(lines.length, 1)
  assert.ok(!/hush/.test(lines[0] ?? '') && (lines[0] ?? '').includes('plain'), lines[0])
})
