// Rules from the cache are the rules of the files: the same answers, and never those of a file that has changed.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { temporaryFolder } from '#testkit'
import { createEngine } from './engine.ts'
import { loadRules, type LoadedRules } from './load.ts'
import { decodeFile, encodeFile } from './sigma/codec.ts'
import { parseSigma } from './sigma/parse.ts'

const sigma = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'detection/sigma')
const skip = existsSync(sigma) ? false : `no ground truth at ${sigma}`

const rule = (detection: string, level = 'high') =>
  `title: t\nid: 00000000-0000-4000-8000-000000000001\nstatus: test\nlevel: ${level}\ntags: [attack.t1059.001]\nlogsource:\n  category: process_creation\ndetection:\n${detection}`
const contains = (text: string) => rule(`  s:\n    CommandLine|contains: ${text}\n  condition: s`)

const firing = ({ rules }: LoadedRules, CommandLine: string): number =>
  createEngine(rules.flatMap(({ compiled }) => compiled ?? [])).match({
    logsource: { categories: ['process_creation'] },
    fields: { CommandLine },
  }).length

/** A rule as plain values: what is made late is made, functions are left out. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, part: unknown) => typeof part === 'bigint' ? `${part}n` : part)) // prettier-ignore

test('a second start reads nothing anew, and finds the same', async (t) => {
  const folder = temporaryFolder(t)
  const cache = join(folder, 'rules.cache')
  writeFileSync(join(folder, 'a.yml'), contains('whoami'))
  const first = await loadRules([folder], { cache })
  const kept = readFileSync(cache, 'utf8')
  const second = await loadRules([folder], { cache })
  assert.deepEqual(plain(second), plain(first))
  assert.equal(firing(second, 'cmd /c whoami'), 1)
  assert.equal(firing(second, 'cmd /c hostname'), 0)
  assert.equal(readFileSync(cache, 'utf8'), kept)
})

test('a file that was changed, added or taken away is seen, whatever its time says', async (t) => {
  const folder = temporaryFolder(t)
  const cache = join(folder, 'rules.cache')
  const path = join(folder, 'a.yml')
  writeFileSync(path, contains('aaaa'))
  utimesSync(path, 1_000, 1_000)
  await loadRules([folder], { cache })
  writeFileSync(path, contains('bbbb'))
  utimesSync(path, 1_000, 1_000)
  const changed = await loadRules([folder], { cache })
  assert.deepEqual([firing(changed, 'aaaa'), firing(changed, 'bbbb')], [0, 1])
  writeFileSync(join(folder, 'b.yml'), contains('cccc').replace('000001', '000002'))
  assert.equal(firing(await loadRules([folder], { cache }), 'bbbb cccc'), 2)
})

test('other values of lists, a damaged cache and another file in its place cost time and nothing else', async (t) => {
  const folder = temporaryFolder(t)
  const cache = join(folder, 'rules.cache')
  writeFileSync(join(folder, 'a.yml'), rule("  s:\n    CommandLine|contains|expand: '%tools%'\n  condition: s"))
  const found = async (tool: string, text: string) =>
    firing(await loadRules([folder], { cache, lists: { tools: [tool] } }), text)
  assert.equal(await found('psexec', 'psexec'), 1)
  assert.equal(await found('wce', 'psexec'), 0)
  const whole = readFileSync(cache, 'utf8')
  for (const text of ['', '{}', whole.slice(0, -5), whole.replace('wce', 'xyz'), `x${whole}`]) {
    writeFileSync(cache, text)
    assert.equal(await found('wce', 'wce'), 1)
  }
})

test('rules that are wrong, and say so, are the same from the cache', async (t) => {
  const folder = temporaryFolder(t)
  const cache = join(folder, 'rules.cache')
  writeFileSync(join(folder, 'a.yml'), rule('  s:\n    A|nosuch: x\n  condition: s'))
  writeFileSync(
    join(folder, 'b.yml'),
    rule('  s:\n    A|hour: 3\n    B|gt: 5\n  condition: s').replace('000001', '000002'),
  )
  const first = await loadRules([folder], { cache })
  assert.deepEqual(plain(await loadRules([folder], { cache })), plain(first))
  assert.ok(first.issues.length > 0)
})

test("SigmaHQ's rules written down and read again are the same", { skip }, async (t) => {
  const { rules } = await loadRules([sigma])
  let written = 0
  for (const { text, file } of rules) {
    const parsed = parseSigma(text, file)
    const encoded = encodeFile(parsed)
    if (encoded === undefined) continue
    written++
    assert.deepEqual(plain(decodeFile(JSON.parse(JSON.stringify(encoded)))), plain(parsed))
  }
  assert.ok(written / rules.length > 0.98, `${written} of ${rules.length}`)
  t.diagnostic(`${written} of ${rules.length} files can be written down`)
})
