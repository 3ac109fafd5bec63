import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import * as fc from 'fast-check'
import { type Call, Fault, systemActor } from '#kernel'
import { cases, temporaryFolder } from '#testkit'
import { modelOf, openModel } from '../model.ts'
import { operations } from '../operations.ts'
import type { Estate } from '../types.ts'
import { Change } from './change.ts'
import { diffEstates } from './diff.ts'

const estateOf = (text: string): Estate => modelOf('x', [{ file: 'model.yaml', text }]).estate

cases('src/model/diff/cases', (read) => {
  const [before, after] = [estateOf(read('before.yaml')), estateOf(read('after.yaml'))]
  assert.deepEqual(diffEstates(after, after), [])
  return diffEstates(before, after).map(({ what, weaker, text }) => `${weaker ? '! ' : ''}${what}: ${text}`)
})

const id = fc.constantFrom('a', 'b', 'c', 'd')
const some = <T>(one: fc.Arbitrary<T>) => fc.dictionary(id, one, { maxKeys: 4 })
const flows = fc.dictionary(
  fc.tuple(id, id, fc.constantFrom('', ' (x)')).map(([from, to, label]) => `${from} -> ${to}${label}`),
  fc.record(
    { encrypted: fc.boolean(), authentication: fc.constantFrom('none', 'key'), data: fc.array(id, { maxLength: 2 }) },
    { requiredKeys: [] },
  ),
  { maxKeys: 4 },
)
const model = fc.record({
  zones: some(fc.record({ trust: fc.constantFrom(0, 50), parent: id }, { requiredKeys: [] })),
  assets: some(
    fc.record(
      {
        zone: id,
        kind: fc.constantFrom('postgres', 'nginx', 'nonsense'),
        internetFacing: fc.boolean(),
        controls: fc.subarray(['edr', 'waf']),
        stores: fc.array(id, { maxLength: 2 }),
        instances: some(fc.record({ zone: id, site: fc.constantFrom('x', 'y') }, { requiredKeys: [] })),
      },
      { requiredKeys: ['zone'] },
    ),
  ),
  flows,
  data: some(fc.record({ records: fc.nat(3) }, { requiredKeys: [] })),
  people: some(fc.record({ uses: fc.array(id, { maxLength: 2 }), zone: id }, { requiredKeys: [] })),
  moved: fc.dictionary(id, id, { maxKeys: 3 }),
})

test('nothing is different between an estate and itself; between any two it is said without throwing', () =>
  fc.assert(
    fc.property(model, model, (one, other) => {
      const [before, after] = [estateOf(JSON.stringify(one)), estateOf(JSON.stringify(other))]
      assert.deepEqual(diffEstates(after, { ...after, moves: [] }), [])
      const changes = diffEstates(before, after)
      for (const change of changes) Change.parse(change)
    }),
    { numRuns: 200 },
  ))

const call: Call = { actor: systemActor, at: 0, signal: new AbortController().signal, progress: () => undefined }
const diff = operations.find(({ name }) => name === 'model.diff')

test('model diff reads the model of a revision out of git, also in a folder below', async (t) => {
  const repository = temporaryFolder(t)
  const workspace = join(repository, 'estate')
  mkdirSync(join(workspace, 'model/more'), { recursive: true })
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.example', ...args], { cwd: repository })
  writeFileSync(
    join(workspace, 'model/a.yaml'),
    'zones: { z: { trust: 0 }, y: }\nassets: { web: { zone: y, title: Wéb } }\n',
  )
  writeFileSync(join(workspace, 'model/more/b.yml'), 'assets: { user: { zone: z } }\n')
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '-m', 'first')
  writeFileSync(join(workspace, 'model/c.yaml'), 'flows: { user -> web: { port: 443, protocol: tcp } }\n')
  const opened = await openModel({ workspace, name: 'x' })
  const answer = diff?.output.parse(await diff.run({ rev: 'HEAD' }, opened, call)) as {
    items: Change[]
    counts: { weaker: number }
  }
  assert.deepEqual(
    answer.items.map(({ text, weaker }) => [text, weaker]),
    [
      ['asset web is now reachable from the internet', true],
      ['new flow user → web on 443, unauthenticated, not encrypted', true],
    ],
  )
  assert.equal(diff?.found?.(answer), true)
  const refused = (revision: string) =>
    opened.at(revision).then(
      () => 'read',
      (thrown: unknown) => (thrown instanceof Fault ? thrown.code : thrown),
    )
  assert.deepEqual(await Promise.all(['nowhere', '--help', 'HEAD:model', ''].map(refused)), [
    'NOT_FOUND',
    'INPUT_INVALID',
    'INPUT_INVALID',
    'INPUT_INVALID',
  ])
  const outside = await openModel({ workspace: temporaryFolder(t), name: 'x' })
  await assert.rejects(outside.at('HEAD'), { code: 'NOT_FOUND' })
})
