import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import Ajv2020 from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { type Call, fixedClock, placeText, systemActor } from '#kernel'
import { parseYaml } from '#platform'
import { cases, temporaryFolder } from '#testkit'
import { checks } from './checks/table.ts'
import { diffEstates, Estate, modelJsonSchema, modelOf, openModel, operations } from './index.ts'
import { parts } from './source.ts'

cases('src/model/cases', (read, { files }) => {
  const { estate, issues } = modelOf(
    'Case',
    files.map((file) => ({ file, text: read(file) })),
    { today: '2026-11-30' },
  )
  return {
    issues: issues.map(
      ({ severity, code, at, text, help }) => `${severity} ${code} ${placeText(at)} ${text} | ${help ?? ''}`,
    ),
    estate: Object.fromEntries(
      Object.entries(Estate.parse(estate)).map(([kind, entries]) => [
        kind,
        Array.isArray(entries) ? entries.map((entry) => JSON.stringify(entry)) : entries,
      ]),
    ),
  }
})

test('the examples have no problems, and no asset of theirs takes more than eight lines', async () => {
  for (const workspace of ['examples/fernhill-health', 'examples/castellan']) {
    const { issues, estate } = await openModel({ workspace, clock: fixedClock(Date.UTC(2026, 10, 30)) })
    assert.deepEqual(issues, [])
    Estate.parse(estate)
    for (const { at } of estate.assets) {
      const below = readFileSync(join(workspace, at.file), 'utf8').split('\n').slice(at.line)
      const end = below.findIndex((line) => !line.startsWith('    '))
      assert.ok((end < 0 ? below.length : end) < 8, `${at.file}:${at.line}`)
    }
  }
})

test('events of Fernhill find their assets, also those of an instance', async () => {
  const { estate, locate } = await openModel({ workspace: 'examples/fernhill-health' })
  assert.equal(estate.name, 'Fernhill Health')
  const own = estate.people.filter(({ external }) => !external)
  assert.equal(
    own.reduce((sum, { count }) => sum + count, 0),
    60,
  )
  assert.equal(new Set(own.map((person) => person.function)).size, 7)
  assert.equal(locate({ host: 'FN-0146.corp.fernhill.example' }), 'finance-laptops')
  assert.equal(locate({ addresses: ['10.40.3.11'] }), 'portal-db')
  assert.equal(locate({ addresses: ['10.30.1.77'] }), 'finance-laptops')
})

const guide = [...readFileSync('docs/guide/model.md', 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  ([, text = '']) => text,
)
test('the first example of the guide has no problems, and the others are written as files are', () => {
  const [first = '', ...more] = guide
  assert.deepEqual(modelOf('x', [{ file: 'guide', text: first }]).issues, [])
  assert.ok(more.length > 5)
  for (const text of more) {
    const { issues } = modelOf('x', [{ file: 'guide', text }])
    const written = issues.filter(({ code }) => /^(yaml|wrong|unknown-key|missing|bad)/.test(code))
    assert.deepEqual(written, [])
  }
})

test('each check has its own code and says what it does', () => {
  assert.equal(new Set(checks.map(({ code }) => code)).size, checks.length)
  for (const { code, does } of checks) assert.ok(/^[a-z-]+$/.test(code) && does.length > 10, code)
})

test('of a file with a thousand problems two hundred are shown and the rest is counted', () => {
  const assets = Array.from({ length: 1_000 }, (_, at) => `  a${at}: { zone: nowhere }`)
  const { issues } = modelOf('x', [
    { file: 'a.yaml', text: `assets:\n${assets.join('\n')}` },
    { file: 'b.yaml', text: 'zone: {}' },
  ])
  assert.equal(issues.filter(({ at }) => at.file === 'a.yaml').length, 201)
  const last = issues.filter(({ at }) => at.file === 'a.yaml').at(-1)
  // A thousand unknown zones, and a thousand warnings that nobody speaks to them.
  assert.equal(last?.text, '1800 more problems in this file')
  assert.equal(issues.at(-1)?.code, 'unknown-key')
})
test('problems that are not even worded are counted too', () => {
  const zones = Array.from({ length: 3_000 }, (_, at) => `  z${at}: { trust: high }`)
  const { issues } = modelOf('x', [{ file: 'a.yaml', text: `zones:\n${zones.join('\n')}` }])
  assert.equal(issues.length, 201)
  assert.equal(issues.at(-1)?.text, '2800 more problems in this file')
})

test('files that cannot be read are issues, and the others are read', async (t) => {
  const workspace = temporaryFolder(t)
  mkdirSync(join(workspace, 'model/more'), { recursive: true })
  writeFileSync(join(workspace, 'model/good.yaml'), 'zones: { z: {} }\n')
  writeFileSync(join(workspace, 'model/more/assets.yml'), 'assets: { web: { zone: z, hosts: [web] } }\n')
  writeFileSync(join(workspace, 'model/latin.yaml'), Buffer.from([0x61, 0xe9, 0x3a, 0x20, 0x31]))
  writeFileSync(join(workspace, 'model/huge.yaml'), Buffer.alloc(5_000_001, 0x23))
  writeFileSync(join(workspace, 'model/notes.txt'), 'not a model')
  const model = await openModel({ workspace })
  assert.deepEqual(
    model.issues.map(({ code, at }) => `${code} ${placeText(at)}`),
    ['file-too-large model/huge.yaml', 'file-not-utf8 model/latin.yaml'],
  )
  assert.equal(model.locate({ host: 'web' }), 'web')
  writeFileSync(join(workspace, 'model/more/assets.yml'), 'assets: { web: { zone: z, hosts: [www] } }\n')
  await model.reload()
  assert.equal(model.locate({ host: 'www' }), 'web')
  assert.equal(model.locate({ host: 'web' }), undefined)
})
test('a workspace without a model says so', async (t) => {
  const { issues, estate } = await openModel({ workspace: temporaryFolder(t), name: 'Mine' })
  assert.deepEqual(
    issues.map(({ code, severity }) => [code, severity]),
    [['model-empty', 'warning']],
  )
  assert.equal(estate.name, 'Mine')
  for (const [part, entries] of Object.entries(estate)) assert.ok(part === 'name' || entries.length === 0, part)
})

const call: Call = { actor: systemActor, at: 0, signal: new AbortController().signal, progress: () => undefined }
test('the operations answer what their schemas say; a model with errors is a finding', async (t) => {
  const workspace = temporaryFolder(t)
  mkdirSync(join(workspace, 'model'))
  const model = await openModel({ workspace, name: 'Mine' })
  writeFileSync(join(workspace, 'model/a.yaml'), 'assets: { web: { zone: nowhere } }\n')
  const [show, check] = ['model.show', 'model.check'].map((name) => operations.find((one) => one.name === name))
  const checked = check?.output.parse(await check.run({}, model, call))
  assert.equal(check?.found?.(checked), true)
  assert.deepEqual(show?.output.parse(await show.run({}, model, call)), model.estate)
  const { issues, counts } = checked as { issues: Record<string, unknown>[]; counts: Record<string, number> }
  assert.equal(counts['assets'], 1)
  assert.deepEqual(issues[0], {
    severity: 'warning',
    code: 'asset-without-flow',
    at: { file: 'model/a.yaml', line: 1, column: 11 },
    text: 'asset web speaks to nobody',
    help: 'add a flow: web -> …, or … -> web',
  })
})

const validate = new Ajv2020.Ajv2020({ strict: false }).compile(modelJsonSchema())
test('the JSON Schema accepts the example and refuses an unknown key', async () => {
  const parsed = parseYaml('zones:\n  internet:\nflows: { a -> b: { port: 1 } }\n', 'a.yaml')
  assert.ok(parsed.ok && validate(parsed.value.value), JSON.stringify(validate.errors))
  assert.ok(!validate({ zones: { a: { trsut: 1 } } }))
  for (const text of guide) {
    const block = parseYaml(text, 'guide')
    assert.ok(block.ok && validate(block.value.value), JSON.stringify(validate.errors))
  }
})

const id = fc.constantFrom(
  'a',
  'b',
  'c',
  'A',
  'a -> b',
  'b -> a (x)',
  'a->a',
  '__proto__',
  'constructor',
  ' ',
  '1',
  'x y',
  'assets.a',
  'flows.a -> b',
)
const value = fc.oneof(
  fc.constantFrom('a', 'b', '10.0.0.0/8', '10.0.0.1', '::1', 'WS-*', 'high', 'kind:a or (', 'model: a', '2020-01-01'),
  fc.constantFrom('a', 'b').map((asset) => ({ asset })),
  fc.string({ maxLength: 5 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)
const key = fc.constantFrom(
  'parent',
  'zone',
  'cidrs',
  'hosts',
  'addresses',
  'stores',
  'data',
  'needs',
  'trust',
  'port',
  'title',
  'kind',
  'base',
  'back',
  'uses',
  'about',
  'check',
  'text',
  'until',
  'include',
  'instances',
  'fixed',
  '__proto__',
)
const entry = fc.dictionary(key, fc.oneof(value, fc.array(value, { maxLength: 3 })), { maxKeys: 5 })
const file = fc.dictionary(
  fc.constantFrom(...parts, 'extend', 'zone', '__proto__'),
  fc.oneof(value, fc.dictionary(id, fc.oneof(entry, entry, value), { maxKeys: 4 })),
  { maxKeys: 6 },
)
const text = fc.oneof(
  { weight: 3, arbitrary: file.map((one) => JSON.stringify(one)) },
  { weight: 1, arbitrary: fc.string() },
)

test('whatever the files hold, reading them never throws, and what comes out is an estate whose names lead somewhere', () =>
  fc.assert(
    fc.property(fc.array(text, { maxLength: 3 }), (texts) => {
      const { estate, issues } = modelOf(
        'x',
        texts.map((one, at) => ({ file: `${at}.yaml`, text: one })),
      )
      Estate.parse(estate)
      const [zones, assets, data] = [estate.zones, estate.assets, estate.data].map(
        (all) => new Set(all.map(({ id }) => id)),
      )
      for (const { parent } of estate.zones) assert.ok(parent === undefined || zones?.has(parent))
      for (const { from, to } of estate.flows) assert.ok(assets?.has(from) && assets.has(to))
      for (const { stores } of estate.assets) assert.ok(stores.every((one) => data?.has(one)))
      for (const { uses } of estate.people) assert.ok(uses.every(({ asset }) => assets?.has(asset)))
      for (const { from, to } of estate.trust) assert.ok(assets?.has(from) && assets.has(to))
      for (const { about } of estate.assumptions) assert.ok(about.every((one) => assets?.has(one)))
      assert.deepEqual(diffEstates(estate, { ...estate, moves: [] }), [])
      for (const { at } of issues) assert.ok(at.file !== '')
    }),
    { numRuns: 300 },
  ))
