// The ledger at work: deeds and their transactions, crashes, what may not be continued, and the operations.
import assert from 'node:assert/strict'
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Call, fixedClock, systemActor } from '#kernel'
import { createLog, openSecrets, secretMigrations, type State } from '#platform'
import { eachState, temporaryFolder } from '#testkit'
import {
  type Deed,
  evidence,
  jobs,
  type Ledger,
  migrations,
  openLedger,
  operations,
  verifyLedgerFolder,
} from './index.ts'
import { readLine } from './entry.ts'
import { leafHash } from './merkle.ts'

const start = Date.UTC(2027, 0, 4, 8)
const deed = (name: string, more: Partial<Deed> = {}): Deed => ({
  at: start,
  actor: { id: 'usr_1', name: 'ada', role: 'admin', via: 'session' },
  operation: `test.${name}`,
  input: { name },
  result: { outcome: 'done' },
  ...more,
})
const said: string[] = []
const log = createLog({ level: 'error', destination: { write: (line) => void said.push(line) } })
const clock = fixedClock(start)

async function ledgerIn(state: State, folder: string): Promise<Ledger> {
  await state.migrate(migrations)
  return openLedger({ state, folder, clock, log })
}
async function write(state: State, ledger: Ledger, ...names: string[]): Promise<void> {
  await state.transaction(async () => {
    for (const name of names) await ledger.record(deed(name))
  })
  await ledger.drain()
}
const names = async (ledger: Ledger): Promise<string[]> =>
  (await ledger.list({ limit: 1000 })).items.map(({ operation }) => operation.replace('test.', '')).reverse()
const folderOf = (t: TestContext): string => join(temporaryFolder(t), 'ledger')
interface Row {
  id: string
  body: string
}
const rowsIn = (state: State): Promise<Row[]> =>
  state.db<{ ledger_outbox: Row }>().selectFrom('ledger_outbox').selectAll().orderBy('id').execute()
const putBack = (state: State, rows: readonly Row[]) =>
  state.db<{ ledger_outbox: Row }>().insertInto('ledger_outbox').values(rows).execute()
const files = ['entries.jsonl', 'checkpoints', 'checkpoint'] as const
const keep = (folder: string) => files.map((name) => [join(folder, name), readFileSync(join(folder, name))] as const)

eachState('a deed stands in the ledger when its transaction commits, and not when it does not', async (state, t) => {
  const folder = folderOf(t)
  const ledger = await ledgerIn(state, folder)
  assert.deepEqual(await ledger.list({ limit: 10 }), { items: [], next: null })
  await write(state, ledger, 'one')
  const undone = state.transaction(async () => {
    await ledger.record(deed('undone'))
    throw new Error('no')
  })
  await assert.rejects(undone, /no/)
  await write(state, ledger, 'two', 'three')
  assert.deepEqual(await names(ledger), ['one', 'two', 'three'])
  assert.deepEqual(await rowsIn(state), [])
  assert.equal(ledger.size, 3)
  const lines = readFileSync(join(folder, 'entries.jsonl'), 'utf8').trimEnd().split('\n')
  const read = lines.map((line) => readLine(Buffer.from(line)))
  assert.deepEqual(
    read.map(({ line, complaints }) => [line?.entry, line?.prev, complaints]),
    lines.map((_, at) => [at + 1, at === 0 ? '' : leafHash(Buffer.from(lines[at - 1] ?? '')).toString('hex'), []]),
  )
  const verdict = await ledger.verify()
  assert.deepEqual([verdict.ok, verdict.entries, verdict.checkpoints, verdict.problems], [true, 3, 3, []])
  assert.deepEqual(ledger.checked(), { ok: true, checkedAt: clock.now() })
  await ledger.close()
  assert.ok((await verifyLedgerFolder(folder)).ok)
})

eachState('pages go from the newest entry to the first', async (state, t) => {
  const ledger = await ledgerIn(state, folderOf(t))
  await write(state, ledger, 'a', 'b', 'c', 'd', 'e')
  const first = await ledger.list({ limit: 2 })
  const second = await ledger.list({ limit: 2, before: first.next ?? 0 })
  const third = await ledger.list({ limit: 2, before: second.next ?? 0 })
  assert.deepEqual(
    [first, second, third].map(({ items, next }) => [items.map(({ entry }) => entry), next]),
    [
      [[5, 4], 4],
      [[3, 2], 2],
      [[1], null],
    ],
  )
  await ledger.close()
})

eachState('what many write at once is there once, in one order, and callers share the flushes', async (state, t) => {
  const ledger = await ledgerIn(state, folderOf(t))
  const all = Array.from({ length: 60 }, (_, at) => `n${at}`)
  await Promise.all(all.map((name) => write(state, ledger, name)))
  assert.deepEqual((await names(ledger)).sort(), all.sort())
  const verdict = await ledger.verify()
  assert.ok(verdict.ok)
  assert.ok(verdict.checkpoints <= 61)
  await ledger.close()
})

eachState('awkward input is kept as far as JSON can hold it', async (state, t) => {
  const ledger = await ledgerIn(state, folderOf(t))
  const input = { nul: 'a\0b', half: '\ud800', not: Number.NaN, big: 'x'.repeat(70_000), ['__proto__']: 1 }
  await state.transaction(() =>
    ledger.record(deed('odd', { input: { nul: input.nul, half: input.half, not: input.not } })),
  )
  await state.transaction(() => ledger.record(deed('big', { input })))
  await ledger.drain()
  const { items } = await ledger.list({ limit: 2 })
  assert.deepEqual(items[1]?.input, { nul: 'a\0b', half: '\ufffd', not: null })
  assert.match(String(items[0]?.input['cut']), /^7\d{4} characters were too many to keep$/)
  assert.ok((await ledger.verify()).ok)
  await ledger.close()
})

eachState('a crash before the outbox is emptied does not write an entry twice', async (state, t) => {
  const folder = folderOf(t)
  let ledger = await ledgerIn(state, folder)
  await write(state, ledger, 'before')
  await state.transaction(async () => {
    await ledger.record(deed('one'))
    await ledger.record(deed('two'))
  })
  const rows = await rowsIn(state)
  await ledger.drain()
  await ledger.close()
  await putBack(state, rows)
  ledger = await ledgerIn(state, folder)
  assert.deepEqual(await names(ledger), ['before', 'one', 'two'])
  assert.deepEqual(await rowsIn(state), [])
  await write(state, ledger, 'after')
  assert.ok((await ledger.verify()).ok)
  await ledger.close()
})

eachState('a crash anywhere between appending and signing is mended from the outbox', async (state, t) => {
  const folder = folderOf(t)
  let ledger = await ledgerIn(state, folder)
  await write(state, ledger, 'before')
  const signed = keep(folder)
  await state.transaction(async () => {
    await ledger.record(deed('one'))
    await ledger.record(deed('two'))
  })
  const rows = await rowsIn(state)
  await ledger.drain()
  await ledger.close()
  const after = keep(folder)
  const [entries, checkpoints] = after.map(([, bytes]) => bytes)
  const [entriesBefore, checkpointsBefore] = signed.map(([, bytes]) => bytes)
  if (!entries || !checkpoints || !entriesBefore || !checkpointsBefore) assert.fail()
  const torn: readonly (readonly [number, number])[] = [
    ...[0, 1, 40, entries.length - entriesBefore.length - 1].map((more) => [entriesBefore.length + more, 0] as const),
    ...[0, 1, 30, 100].map((more) => [entries.length, more] as const),
    [entries.length, checkpoints.length - checkpointsBefore.length],
  ]
  for (const [entryBytes, more] of torn) {
    for (const [path, bytes] of signed) writeFileSync(path, bytes)
    writeFileSync(join(folder, 'entries.jsonl'), entries.subarray(0, entryBytes))
    writeFileSync(join(folder, 'checkpoints'), checkpoints.subarray(0, checkpointsBefore.length + more))
    await putBack(state, rows)
    ledger = await ledgerIn(state, folder)
    assert.deepEqual(await names(ledger), ['before', 'one', 'two'], `torn at ${entryBytes}, ${more}`)
    assert.deepEqual((await ledger.verify()).problems, [])
    await ledger.close()
    assert.deepEqual(readFileSync(join(folder, 'entries.jsonl')), entries)
    assert.deepEqual(await rowsIn(state), [])
  }
})

eachState('a ledger that is not as it was signed is not continued; deeds wait in the outbox', async (state, t) => {
  const folder = folderOf(t)
  let ledger = await ledgerIn(state, folder)
  await write(state, ledger, 'one', 'two')
  await write(state, ledger, 'three')
  await ledger.close()
  const good = keep(folder)
  const path = (name: string) => join(folder, name)
  const edit = (name: string, from: string, to: string) =>
    writeFileSync(path(name), readFileSync(path(name), 'utf8').replace(from, to))
  const lines = readFileSync(path('entries.jsonl'), 'utf8').split('\n')
  const notes = readFileSync(path('checkpoints'), 'utf8').split(/(?<==\n)(?=castellan)/)
  const damage: Readonly<Record<string, () => void>> = {
    'a word changed': () => edit('entries.jsonl', 'test.two', 'test.tow'),
    'a line added': () => appendFileSync(path('entries.jsonl'), `${lines[2]}\n`),
    'lines taken out': () => writeFileSync(path('entries.jsonl'), `${lines[0]}\n`),
    // Changed, and checkpoints put back to before: nothing unsigned may be signed anew.
    'put back and rewritten': () => {
      edit('entries.jsonl', 'test.three', 'test.thrice')
      writeFileSync(path('checkpoints'), notes.slice(0, 2).join(''))
      writeFileSync(path('checkpoint'), notes[1] ?? '')
    },
    'no checkpoints': () => {
      writeFileSync(path('checkpoints'), '')
      writeFileSync(path('checkpoint'), '')
    },
    'an older latest': () => writeFileSync(path('checkpoint'), notes[0] ?? ''),
  }
  for (const [what, harm] of Object.entries(damage)) {
    for (const [file, bytes] of good) writeFileSync(file, bytes)
    harm()
    const found = keep(folder)
    said.length = 0
    ledger = await ledgerIn(state, folder)
    assert.deepEqual(ledger.checked(), { ok: false, checkedAt: null }, what)
    assert.match(said.join(''), /the ledger does not verify/)
    await write(state, ledger, `later, ${what}`)
    assert.equal((await rowsIn(state)).length, 1, what)
    assert.equal((await ledger.verify()).ok, false, what)
    await assert.rejects(ledger.list({ limit: 1 }), /the ledger does not verify/)
    await ledger.close()
    assert.deepEqual(keep(folder), found, `${what}: evidence is not touched`)
    for (const [file, bytes] of good) writeFileSync(file, bytes)
    ledger = await ledgerIn(state, folder)
    assert.equal((await names(ledger)).at(-1), `later, ${what}`)
    assert.deepEqual(await rowsIn(state), [])
    await ledger.close()
    await state.db<{ ledger_outbox: Row }>().deleteFrom('ledger_outbox').execute()
  }
})

eachState(
  'a ledger put back to an earlier state as a whole shows only against a checkpoint kept elsewhere',
  async (state, t) => {
    const folder = folderOf(t)
    let ledger = await ledgerIn(state, folder)
    await write(state, ledger, 'one')
    const early = keep(folder)
    await write(state, ledger, 'two')
    const kept = readFileSync(join(folder, 'checkpoint'), 'utf8')
    await write(state, ledger, 'three')
    assert.ok((await ledger.verifyAgainst(kept)).ok)
    assert.ok((await ledger.verifyAgainst(kept.trimEnd())).ok)
    assert.ok(!(await ledger.verifyAgainst(kept.replace('\n2\n', '\n1\n'))).ok)
    await ledger.close()
    for (const [path, bytes] of early) writeFileSync(path, bytes)
    ledger = await ledgerIn(state, folder)
    assert.ok((await ledger.verify()).ok)
    const short = await ledger.verifyAgainst(kept)
    assert.match(short.problems[0]?.text ?? '', /covers 2 entries, the ledger holds 1/)
    await write(state, ledger, 'another two')
    const anew = await ledger.verifyAgainst(kept)
    assert.match(anew.problems[0]?.text ?? '', /the first 2 entries are not those that it covers/)
    await ledger.close()
  },
)

eachState(
  'the signing key is kept in the secrets when they are given, else in a file for the owner only',
  async (state, t) => {
    const folder = folderOf(t)
    await (await ledgerIn(state, folder)).close()
    assert.equal(statSync(join(folder, 'ledger.key')).mode & 0o777, 0o600)
    await state.migrate([...migrations, ...secretMigrations])
    const secrets = openSecrets({ state, keyFile: join(temporaryFolder(t), 'secret.key'), env: {} })
    const other = folderOf(t)
    const open = () => openLedger({ state, folder: other, clock, log, secrets })
    let ledger = await open()
    await write(state, ledger, 'one')
    await ledger.close()
    assert.ok(!existsSync(join(other, 'ledger.key')))
    assert.deepEqual(await secrets.names(), ['ledger.signing-key'])
    ledger = await open()
    await write(state, ledger, 'two')
    assert.deepEqual(await names(ledger), ['one', 'two'])
    await ledger.close()
    await secrets.remove('ledger.signing-key')
    ledger = await open()
    assert.match((await ledger.verify()).problems[0]?.text ?? '', /ledger.signing-key is gone/)
    await ledger.close()
  },
)

eachState('operations, the nightly job and the evidence', async (state, t) => {
  const folder = folderOf(t)
  const ledger = await ledgerIn(state, folder)
  await write(state, ledger, 'one', 'two')
  const told: string[] = []
  const call: Call = {
    actor: systemActor,
    at: start,
    signal: new AbortController().signal,
    progress: (done, total) => void told.push(`${done} of ${total}`),
  }
  for (const asked of operations) {
    const answer = await asked.run(asked.input.parse(asked.example), ledger, call)
    assert.ok(asked.output.safeParse(answer).success, asked.name)
  }
  assert.match(told[0] ?? '', /^\d+ of \d+$/)
  const verify = operations.find(({ name }) => name === 'ledger.verify') ?? assert.fail()
  assert.equal(verify.found?.(await ledger.verify()), false)
  await assert.rejects(ledger.prove(3), /no entry 3 in the ledger/)
  await jobs[0]?.run(null, ledger, call)
  assert.equal((await evidence[0]?.collect(ledger, call))?.holds, true)
  appendFileSync(join(folder, 'entries.jsonl'), 'x')
  assert.equal(verify.found?.(await ledger.verify()), true)
  await assert.rejects(
    async () => jobs[0]?.run(null, ledger, call),
    /entries.jsonl:3 \(byte \d+\): the line has no end/,
  )
  assert.equal((await evidence[0]?.collect(ledger, call))?.holds, false)
  const stopped = { ...call, signal: AbortSignal.abort() }
  await assert.rejects(async () => jobs[0]?.run(null, ledger, stopped), /cancelled/)
  await ledger.close()
})
