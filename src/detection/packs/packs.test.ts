// Packs of rules from git: fetched at a commit, compared, and measured on what is stored.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { Config } from '#platform'
import { temporaryFolder } from '#testkit'
import { loadRules } from '../load.ts'
import type { AskStore } from '../past/ask.ts'
import { fetchPack, packFolder, packFolders } from './packs.io.ts'
import { updatePack } from './update.ts'

const skip = spawnSync('git', ['--version']).status === 0 ? false : 'there is no git on this machine'
const idOf = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`
const rule = (n: number, word: string, level = 'high'): string =>
  `title: Rule ${n}\nid: ${idOf(n)}\nlevel: ${level}\nlogsource: { category: process_creation }\ndetection:\n  s: { CommandLine|contains: ${word} }\n  condition: s\n`

/** A repository of rules; `commit` writes files and answers the hash. */
function repository(t: TestContext) {
  const folder = temporaryFolder(t)
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.example', ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
  git('init', '--quiet', '--initial-branch=main')
  return {
    folder,
    commit: (files: Readonly<Record<string, string | undefined>>): string => {
      mkdirSync(join(folder, 'rules'), { recursive: true })
      for (const [name, text] of Object.entries(files)) {
        if (text === undefined) rmSync(join(folder, name))
        else writeFileSync(join(folder, name), text)
      }
      git('add', '-A')
      git('commit', '--quiet', '-m', 'rules')
      return git('rev-parse', 'HEAD').trim()
    },
  }
}
const signal = new AbortController().signal

test('a pack moves from commit to commit only when it is told to, and says what changes', { skip }, async (t) => {
  const { folder, commit } = repository(t)
  const first = commit({
    'rules/1.yml': rule(1, 'a'),
    'rules/2.yml': rule(2, 'b'),
    'rules/3.yml': rule(3, 'c'),
    'other.txt': 'x',
  })
  const second = commit({
    'rules/1.yml': rule(1, 'a', 'low'),
    'rules/2.yml': rule(2, 'bb'),
    'rules/3.yml': undefined,
    'rules/4.yml': rule(4, 'd'),
  })
  const root = temporaryFolder(t)
  const pack = { name: 'p', git: folder, revision: first, folder: 'rules' }
  const ask = { root, workspace: root, signal, packs: [pack], name: 'p', days: 7, at: 1e12 }
  const stored: AskStore = {
    matching: () => Promise.resolve({ count: 3, days: [], items: [], took: 1 }),
    doubts: () => Promise.resolve(false),
    tally: ({ conditions }) => Promise.resolve(conditions.map(() => ({ count: 3, digest: '7' }))),
    reading: async function* () {},
    moments: () => Promise.resolve([]),
  }
  const taken = await updatePack({ ...ask, stored }, [])
  assert.deepEqual([taken.commit, taken.pinned, taken.rules], [first, true, 3])
  const { rules } = await loadRules(packFolders({ root, workspace: root, all: [pack] }))
  assert.equal(rules.length, 3)
  const next = await updatePack({ ...ask, stored, revision: 'main' }, rules)
  assert.deepEqual([next.commit, next.pinned], [second, false])
  const shown = next.changes.map(({ kind, title, what, hitsBefore, hitsAfter }) => [
    kind,
    title,
    what,
    hitsBefore,
    hitsAfter,
  ])
  assert.deepEqual(shown, [
    ['added', 'Rule 4', 'high', 0, 3],
    ['removed', 'Rule 3', 'high', 3, 0],
    ['asks', 'Rule 2', 'it asks something else', 3, 3],
    ['words', 'Rule 1', 'level: high → low', undefined, undefined],
  ])
  assert.ok(!existsSync(join(root, 'p', second, 'other.txt')), 'nothing outside its folder')
  rmSync(folder, { recursive: true })
  assert.equal(await fetchPack(pack, first, { root, workspace: root, signal }), first, 'what is there needs no net')
})

test(
  'what is no revision, no folder, no repository is said; nothing is run, no link is followed',
  { skip },
  async (t) => {
    const { folder, commit } = repository(t)
    symlinkSync('/etc', join(folder, 'link'))
    const first = commit({ 'rules/1.yml': rule(1, 'a') })
    const root = temporaryFolder(t)
    const at = { root, workspace: root, signal }
    const pack = { name: 'p', git: folder, revision: first, folder: '' }
    await assert.rejects(fetchPack(pack, '--upload-pack=x', at), /no revision of git/)
    await assert.rejects(fetchPack(pack, 'nowhere', at), /revision nowhere of the pack p/)
    await assert.rejects(fetchPack({ ...pack, folder: 'none' }, first, at), /none in the pack p/)
    await assert.rejects(fetchPack({ ...pack, name: 'q', git: join(root, 'missing') }, first, at), /the pack q/)
    await assert.rejects(fetchPack(pack, 'main', { ...at, signal: AbortSignal.abort() }), /cancelled/)
    await fetchPack(pack, first, at)
    assert.ok(existsSync(join(packFolder(root, pack, first), 'rules/1.yml')))
    assert.ok(!existsSync(join(root, 'p', first, 'link/passwd')))
  },
)

test('castellan.yaml takes pinned packs only, from https, ssh or a folder', () => {
  const pack = { name: 'sigma', git: 'https://example.org/x.git', revision: 'a'.repeat(40), folder: 'rules' }
  const takes = (one: object) => Config.safeParse({ packs: [{ ...pack, ...one }] }).success
  assert.ok(takes({}))
  for (const wrong of [
    { revision: 'main' },
    { git: '--upload-pack=x' },
    { git: 'ext::sh -c x' },
    { folder: '../x' },
    { folder: '/etc' },
    { name: '../x' },
  ])
    assert.ok(!takes(wrong), JSON.stringify(wrong))
})
