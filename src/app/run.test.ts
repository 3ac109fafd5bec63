// The one way operations run: refusals, inputs, transactions, and what the ledger is told.
import assert from 'node:assert/strict'
import test from 'node:test'
import { z } from 'zod'
import { type Actor, asFault, type BoundOperation, Fault } from '#kernel'
import type { State } from '#platform'
import { createRun, ledgerInput } from './run.ts'

interface Told {
  readonly operation: string
  readonly input: unknown
  readonly result: Readonly<Record<string, unknown>>
}

/** A state that only counts, and forgets what a failed transaction recorded, as a real one does. */
function stage() {
  let told: Told[] = []
  const drained: Told[] = []
  const transaction = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = [...told]
    try {
      return await work()
    } catch (thrown) {
      told = before
      throw thrown
    }
  }
  const state: Pick<State, 'transaction'> = { transaction }
  const ledger = {
    record: (entry: Told) => Promise.resolve(void told.push(entry)),
    drain: () => Promise.resolve(void drained.push(...told.splice(0))),
  }
  return { run: createRun({ state, ledger, log: { error: () => undefined }, now: () => 5 }), drained }
}

const actor = (role: Actor['role'], scopes?: readonly string[]): Actor => ({
  id: 'u',
  name: 'u',
  role,
  via: 'token',
  ...(scopes ? { scopes } : {}),
})
const operationOf = (
  kind: BoundOperation['kind'],
  run: BoundOperation['run'] = () => Promise.resolve({ id: 'x_1' }),
): BoundOperation => ({
  name: 'thing.do',
  does: 'do a thing',
  kind,
  may: ['engineer'],
  input: z.strictObject({ n: z.number(), password: z.string().optional() }),
  output: z.object({ id: z.string() }),
  example: { n: 1 },
  secret: ['password'],
  run,
})

test('a read leaves no entry', async () => {
  const { run, drained } = stage()
  assert.deepEqual(await run(operationOf('read'), { n: 1 }, { actor: actor('engineer') }), { id: 'x_1' })
  assert.equal(drained.length, 0)
})
test('a write leaves one, without secrets, with the id of its answer', async () => {
  const { run, drained } = stage()
  await run(operationOf('write'), { n: 1, password: 'hush' }, { actor: actor('engineer') })
  assert.deepEqual(
    drained.map(({ input, result }) => ({ input, result })),
    [{ input: { n: 1 }, result: { outcome: 'done', id: 'x_1' } }],
  )
})
test('a failed write leaves what it was and why, not what it did', async () => {
  const { run, drained } = stage()
  const fail = () => Promise.reject(new Fault('CONFLICT', 'it is there'))
  const fault = asFault(await run(operationOf('write', fail), { n: 1 }, { actor: actor('engineer') }).catch(asFault))
  assert.equal(fault.code, 'CONFLICT')
  assert.deepEqual(
    drained.map(({ result }) => result),
    [{ outcome: 'failed', code: 'CONFLICT' }],
  )
})
test('an act is recorded before and after', async () => {
  const { run, drained } = stage()
  await run(operationOf('act'), { n: 1 }, { actor: actor('engineer') })
  assert.deepEqual(
    drained.map(({ result }) => result['outcome']),
    ['begun', 'done'],
  )
})
test('who may not is refused before the input is looked at, and that is recorded', async () => {
  const { run, drained } = stage()
  const fault = asFault(await run(operationOf('write'), { n: 'x' }, { actor: actor('viewer') }).catch(asFault))
  assert.equal(fault.code, 'FORBIDDEN')
  assert.equal(drained[0]?.result['outcome'], 'refused')
})
test('a scope narrows what a role may', async () => {
  const { run } = stage()
  assert.ok(await run(operationOf('read'), { n: 1 }, { actor: actor('engineer', ['thing.*']) }))
  assert.equal(
    asFault(await run(operationOf('read'), { n: 1 }, { actor: actor('engineer', ['other.do']) }).catch(asFault)).code,
    'FORBIDDEN',
  )
})
test('input that does not fit is one fault that names the fields', async () => {
  const { run } = stage()
  assert.match(
    asFault(await run(operationOf('read'), { n: 'x', extra: 1 }, { actor: actor('engineer') }).catch(asFault)).message,
    /n: .*extra/s,
  )
})
test('long texts are cut in the ledger', () =>
  assert.equal(JSON.stringify(ledgerInput({}, { text: 'x'.repeat(9_000) })).length < 600, true))
