// Verifying: any byte changed in any file is found and its place named; proofs hold with the script that knows nothing of us; size.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import * as fc from 'fast-check'
import { fixedClock } from '#kernel'
import { createLog } from '#platform'
import { temporaryFolder, temporaryState } from '#testkit'
import { signCheckpoint } from './checkpoint.ts'
import { deedText, lineOf } from './entry.ts'
import { migrations, openLedger, type Proof, type Verification, verifyLedgerFolder } from './index.ts'
import { readPublicKey, signingKey } from './keys.io.ts'
import { Frontier, leafHash } from './merkle.ts'

const log = createLog({ level: 'silent' })
const clock = fixedClock(Date.UTC(2027, 0, 4, 8))
const deed = (at: number) => ({
  at: clock.now() + at,
  actor: { id: 'usr_1', name: 'Zoë', role: 'engineer', via: 'token' } as const,
  operation: 'rule.set-state',
  input: { id: `r${at}`, why: 'naïve — noisy' },
  result: { outcome: 'done' },
})

/** A folder with a ledger of some groups of entries, and a proof out of each entry. */
async function written(t: TestContext, groups: readonly number[]): Promise<{ folder: string; proofs: Proof[] }> {
  const folder = join(temporaryFolder(t), 'ledger')
  const state = await temporaryState(t)
  await state.migrate(migrations)
  const ledger = await openLedger({ state, folder, clock, log })
  for (const count of groups) {
    for (let at = 0; at < count; at += 1) await state.transaction(() => ledger.record(deed(at)))
    await ledger.drain()
  }
  const proofs = await Promise.all(Array.from({ length: ledger.size }, (_, at) => ledger.prove(at + 1)))
  await ledger.close()
  return { folder, proofs }
}

const lineAt = (bytes: Buffer, offset: number): number =>
  bytes.subarray(0, offset).reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 1)

/** Whether a problem names the damaged file, near the damaged line. */
function named({ problems }: Verification, file: string, line: number): boolean {
  return problems.some(({ at }) => {
    const found = /^([\w.]+?)(?::(\d+))?(?: to line (\d+))?(?: \(byte \d+\))?$/.exec(at)
    if (found?.[1] !== file) return false
    if (file !== 'entries.jsonl') return true
    const from = Number(found[2])
    return line >= from - 1 && line <= Number(found[3] ?? from) + 1
  })
}

test('any byte changed in any file is found, and its place is named', async (t) => {
  const { folder } = await written(t, [1, 3, 1, 2])
  const files = readdirSync(folder).sort()
  assert.deepEqual(files, ['checkpoint', 'checkpoints', 'entries.jsonl', 'ledger.key', 'ledger.pub'])
  assert.deepEqual((await verifyLedgerFolder(folder)).problems, [])
  const flip = async (file: string, offset: number, mask: number): Promise<void> => {
    const path = join(folder, file)
    const good = readFileSync(path)
    const bad = Buffer.from(good)
    bad[offset] = (bad[offset] ?? 0) ^ mask
    writeFileSync(path, bad)
    const verdict = await verifyLedgerFolder(folder)
    writeFileSync(path, good)
    const what = `${file}, byte ${offset} xor ${mask}: ${JSON.stringify(verdict.problems)}`
    assert.equal(verdict.ok, false, what)
    assert.ok(named(verdict, file, lineAt(good, offset)), what)
  }
  const place = fc
    .constantFrom(...files)
    .chain((file) =>
      fc.tuple(
        fc.constant(file),
        fc.nat(readFileSync(join(folder, file)).length - 1),
        fc.integer({ min: 1, max: 255 }),
      ),
    )
  await fc.assert(
    fc.asyncProperty(place, ([file, offset, mask]) => flip(file, offset, mask)),
    { numRuns: 400 },
  )
  if (!process.env['CASTELLAN_FULL']) return
  for (const file of files) {
    const { length } = readFileSync(join(folder, file))
    for (let offset = 0; offset < length; offset += 1)
      for (const mask of [1, 4, 0x20, 0x80]) await flip(file, offset, mask)
  }
})

test('lines taken out, added, doubled or swapped are found', async (t) => {
  const { folder } = await written(t, [2, 2, 2])
  const path = join(folder, 'entries.jsonl')
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  const changes = fc.array(fc.nat(lines.length - 1), { minLength: 0, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(changes, async (order) => {
      const same = order.length === lines.length && order.every((from, to) => from === to)
      writeFileSync(path, order.map((index) => `${lines[index]}\n`).join(''))
      assert.equal((await verifyLedgerFolder(folder)).ok, same)
    }),
  )
})

test('files missing, and a folder without a ledger', async (t) => {
  const { folder } = await written(t, [1])
  for (const file of ['checkpoint', 'checkpoints', 'entries.jsonl', 'ledger.pub']) {
    const good = readFileSync(join(folder, file))
    writeFileSync(join(folder, file), '')
    const { ok, problems } = await verifyLedgerFolder(folder)
    assert.ok(!ok && problems.some(({ at, text }) => `${at} ${text}`.includes(file)), file)
    writeFileSync(join(folder, file), good)
  }
  assert.equal((await verifyLedgerFolder(temporaryFolder(t))).ok, false)
})

const script = 'scripts/verify-inclusion.mjs'
test('the script proves real entries and refuses changed proofs', async (t) => {
  const { folder, proofs } = await written(t, [1, 3, 1])
  const run = (proof: unknown, ...more: string[]) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [script, '-', ...more], {
      input: JSON.stringify(proof),
    })
    return { status, text: String(stdout) + String(stderr) }
  }
  const key = join(folder, 'ledger.pub')
  for (const proof of proofs) {
    const { status, text } = run(proof, key)
    assert.equal(status, 0, text)
    assert.match(
      text,
      new RegExp(`^entry ${proof.entry} is in ledger castellan.ledger/[0-9a-f]{16}, under a signed tree of 5`),
    )
  }
  const [proof, other] = proofs
  if (!proof || !other) assert.fail()
  assert.match(run(proof).text, /by the public key inside the proof/)
  const { folder: elsewhere } = await written(t, [1])
  const flip = (hash: string | undefined) => (hash ?? '').replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
  const wrong: readonly [unknown, RegExp][] = [
    [{ ...proof, line: proof.line.replace('naïve', 'native') }, /leaf hash/],
    [{ ...proof, path: [flip(proof.path[0]), ...proof.path.slice(1)] }, /does not lead to the root/],
    [{ ...proof, path: proof.path.slice(1) }, /too short/],
    [{ ...proof, path: [...proof.path, proof.root] }, /too long/],
    [{ ...proof, entry: 2, index: 1 }, /does not lead to the root/],
    [{ ...proof, line: other.line, leaf: other.leaf }, /does not lead to the root/],
    [{ ...proof, checkpoint: proof.checkpoint.replace('\n5\n', '\n6\n') }, /signature/],
    [{}, /not proven/],
  ]
  for (const [changed, complaint] of wrong) {
    const { status, text } = run(changed, key)
    assert.equal(status, 1, text)
    assert.match(text, complaint)
  }
  assert.match(run(proof, join(elsewhere, 'ledger.pub')).text, /signed with another key/)
  assert.equal(run(proof, join(folder, 'nothing')).status, 1)
})

test('many entries are verified in a stream', async (t) => {
  const count = process.env['CASTELLAN_FULL'] ? 1_000_000 : 20_000
  const folder = temporaryFolder(t)
  const key = await signingKey(folder, undefined, true)
  if (!key.ok) assert.fail(key.fail)
  const body = deedText(deed(0))
  const tree = new Frontier()
  const parts: Buffer[] = []
  let notes = signCheckpoint(0, tree.root(), key.value).text
  let last = notes
  let prev = ''
  for (let entry = 1; entry <= count; entry += 1) {
    const line = lineOf(body, { entry, outbox: `out_${entry}`, prev })
    parts.push(line)
    const leaf = leafHash(line.subarray(0, -1))
    prev = leaf.toString('hex')
    tree.add(leaf)
    if (entry % 1000 !== 0 && entry !== count) continue
    last = signCheckpoint(entry, tree.root(), key.value).text
    notes += last
  }
  writeFileSync(join(folder, 'entries.jsonl'), Buffer.concat(parts.splice(0)))
  writeFileSync(join(folder, 'checkpoints'), notes)
  writeFileSync(join(folder, 'checkpoint'), last)
  assert.ok((await readPublicKey(folder)).ok)
  const begun = performance.now()
  const before = process.memoryUsage().rss
  let most = before
  const progress = () => void (most = Math.max(most, process.memoryUsage().rss))
  const { entries, ok, problems } = await verifyLedgerFolder(folder, { progress })
  const megabytes = Math.round((most - before) / 1e6)
  t.diagnostic(`${count} entries in ${Math.round(performance.now() - begun)} ms, ${megabytes} MB more than before`)
  assert.ok(megabytes < 200, `${megabytes} MB`)
  assert.deepEqual([ok, entries, problems], [true, count, []])
})
