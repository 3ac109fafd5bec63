// Every rule over real attacks, in the stream and asked of the store: as many events, and the same ones.
import assert from 'node:assert/strict'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { createInterface } from 'node:readline'
import { createBrotliDecompress } from 'node:zlib'
import { temporaryEvents, temporaryFolder, temporaryState } from '#testkit'
import { loadRules } from '../load.ts'
import { askStore } from './ask.ts'
import { heldAgainst, StreamTally, tookIn } from './scene.io.ts'

const data = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'detection')
const sigma = join(data, 'sigma')
const skip = existsSync(sigma) ? false : `no ground truth at ${sigma}`
const folders = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance', 'rules-placeholder']
const isFull = process.env['CASTELLAN_FULL'] === '1'

/** Lines of real attacks: OTRF's data sets, as far as the share of tests allows; in the full run the whole corpus too. */
async function* attackLines(): AsyncGenerator<string> {
  const otrf = join(data, 'otrf-security-datasets')
  const index = JSON.parse(readFileSync(join(otrf, 'index.json'), 'utf8')) as readonly { files: readonly string[] }[]
  const all = index.flatMap(({ files }) => files).filter((file) => file.endsWith('.json'))
  for (const file of all)
    yield* readFileSync(join(otrf, file), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{'))
  const many = join(data, 'otrf-throughput/events.jsonl.br')
  if (!isFull || !existsSync(many)) return
  const input = createReadStream(many).pipe(createBrotliDecompress())
  let left = Number(process.env['CASTELLAN_FULL_EVENTS'] ?? Infinity)
  for await (const line of createInterface({ input })) {
    if (left-- <= 0) return
    if (line.startsWith('{')) yield line
  }
}

test('rules over real attacks: the store finds what the stream finds, event by event', { skip }, async (t) => {
  const { rules } = await loadRules(folders.map((folder) => join(sigma, folder)))
  const compiled = rules.flatMap((rule) => rule.compiled ?? [])
  const limits = { queryMilliseconds: 600_000, queryRows: 10_000 }
  const stores = {
    folder: temporaryFolder(t),
    state: await temporaryState(t),
    events: await temporaryEvents(t, limits),
  }
  const stream = new StreamTally(compiled)
  const store = await tookIn(stores, attackLines(), (some) => stream.see(some))
  t.after(() => store.stop())
  // Every rule that matches, and of the others every fortieth; all of them in the full run.
  const tried = compiled.filter((rule, index) => isFull || stream.of(rule.id).count > 0 || index % 40 === 0)
  const { equal, again, checked, wrong } = await heldAgainst({ stream, rules: tried, store })
  assert.deepEqual(wrong, [])
  assert.ok(equal > 0 && stream.matching > 0)
  // Alone, a rule finds what it finds among all.
  const most = tried.filter((rule) => stream.of(rule.id).count > 0).slice(0, 8)
  for (const rule of most)
    assert.equal((await askStore(rule, { limit: 0 }, store)).count, stream.of(rule.id).count, rule.title)
  t.diagnostic(
    `${stream.events} events, ${stream.matching} rules match in the stream; ${equal} rules asked, all equal; ${again} of them by reading ${checked} events again`,
  )
})
