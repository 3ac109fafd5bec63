import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { modelOf } from '#model'
import { cases, temporaryFolder } from '#testkit'
import { newDraft, unbalanced } from './draft.ts'
import { importTexts } from './import.ts'
import { importers } from './importers/table.ts'
import { withQuotesIndented } from './quotes.ts'
import { readSourceFiles, writeImport } from './read-files.io.ts'
import { readSource } from './sources.ts'
import type { Draft } from './types.ts'
import { isMap } from './values.ts'
import { yamlTexts } from './yaml-text.ts'

const errorsOf = (draft: Draft) => {
  const texts = yamlTexts(draft, 'model/import').map(({ path, text }) => ({ file: path, text }))
  return modelOf('imported', texts).issues.filter(({ severity }) => severity === 'error')
}

/** What a draft must always be: nothing lost, and no error in the model's own eyes. */
function sound(draft: Draft): void {
  assert.deepEqual(unbalanced(draft), [])
  assert.deepEqual(errorsOf(draft), [])
}

const folder = 'src/exchange/cases'
cases(folder, (read, { files }) => {
  const imported = importTexts(files.map((file) => ({ file, text: read(file) })))
  if (!imported.ok) return { fail: imported.fail }
  const { draft, format, issues } = imported.value
  sound(draft)
  const { rows, written, added } = draft.counts
  return {
    format,
    issues,
    counts: { rows, written, added },
    notes: draft.notes,
    files: yamlTexts(draft, 'model/import').map(({ path, text }) => ({ path, lines: text.split('\n') })),
  }
})

test('every importer has a case, and its name and words', () => {
  const formats = readdirSync(folder).flatMap((name) => {
    const answer: unknown = JSON.parse(readFileSync(join(folder, name, 'expect.json'), 'utf8'))
    return isMap(answer) ? [answer['format']] : []
  })
  for (const { name, title, reads, becomes } of importers) {
    assert.ok(title && reads && becomes)
    // Threagile and Threat Dragon are measured against the ground truth.
    assert.ok(formats.includes(name) || name.startsWith('threa') || name === 'threat-dragon', name)
  }
  assert.equal(new Set(importers.map(({ name }) => name)).size, importers.length)
})

test('an importer that does not exist gets the nearest name', () => {
  const imported = importTexts([{ file: 'a', text: '' }], 'kubernets')
  assert.equal(imported.ok ? '' : imported.fail[0]?.help, 'did you mean kubernetes?')
})

test('files that are of no format are left out and named', () => {
  const compose = { file: 'compose.yml', text: 'services: { web: { image: nginx } }' }
  const imported = importTexts([compose, { file: 'notes.yml', text: 'a: 1' }, { file: 'broken.yml', text: 'a: [' }])
  assert.ok(imported.ok)
  assert.deepEqual(
    imported.value.issues.map(({ at, code, severity }) => [at.file, code, severity]),
    [
      ['broken.yml', 'yaml-syntax', 'warning'],
      ['notes.yml', 'import-unknown', 'warning'],
    ],
  )
})

test('any draft reads back without errors', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ maxLength: 300 }),
    fc.constantFrom('yes', '1e3', '- a', 'a: b', '"', '__proto__', '#', '…'),
  )
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    text,
    fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '10.1.2.0/24', '::/0', 'fd00::/8', '10.0.0.0/33'),
  )
  const number = fc.nat(9)
  const zone = fc.record({ name: text, cidrs: fc.array(address, { maxLength: 3 }), parent: number })
  const asset = fc.record({
    name: text,
    zone: number,
    owner: text,
    hosts: fc.array(text, { maxLength: 3 }),
    addresses: fc.array(address, { maxLength: 3 }),
    tags: fc.array(text, { maxLength: 4 }),
  })
  const flow = fc.record({
    from: number,
    to: number,
    label: text,
    purpose: text,
    protocol: text,
    authentication: text,
    port: fc.nat(65_535),
    of: fc.boolean(),
  })
  const drafts = fc.record({
    zones: fc.array(zone, { minLength: 1, maxLength: 6 }),
    assets: fc.array(asset, { maxLength: 6 }),
    flows: fc.array(flow, { maxLength: 12 }),
    data: fc.array(text, { maxLength: 4 }),
  })
  fc.assert(
    fc.property(drafts, ({ zones, assets, flows, data }) => {
      const draft = newDraft('any')
      draft.see('things', zones.length + assets.length + data.length + flows.filter(({ of }) => of).length)
      const of = 'things'
      const zoneIds = zones.map(({ name, cidrs }) =>
        draft.put('zones', { of, id: name, values: { title: name, cidrs }, remarks: [name] }),
      )
      for (const [index, { parent }] of zones.entries())
        draft.amend('zones', zoneIds[index] ?? '', { parent: zoneIds[parent] })
      const stores = data.map((name) => draft.put('data', { of, id: name, values: { title: name, subjects: name } }))
      const ids = assets.map(({ name, zone: at, ...values }) =>
        draft.put('assets', {
          of,
          id: name,
          values: { ...values, title: name, zone: zoneIds[at % zoneIds.length], stores },
        }),
      )
      for (const { from, to, label, of: stands, ...values } of flows) {
        const [a, b] = [ids[from % ids.length], ids[to % ids.length]]
        if (a !== undefined && b !== undefined)
          draft.flow({ of: stands ? of : undefined, from: a, to: b, label, values: { ...values, data: stores } })
        else if (stands) draft.note('no assets', of)
      }
      sound(draft.finish())
    }),
    { numRuns: 100 },
  )
})

/** The value with something else in one place of it. */
function changed(value: unknown, path: readonly number[], other: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined || typeof value !== 'object' || value === null) return other
  const keys = Object.keys(value)
  const key = keys[step % Math.max(keys.length, 1)]
  if (key === undefined) return other
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (String(index) === key ? changed(one, rest, other) : one))
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [
      name,
      name === key ? changed(one, rest, other) : one,
    ]),
  )
}

test('what does not fit becomes an issue with a place or a sound draft, never a throw', () => {
  const material = readdirSync(folder).flatMap((name) =>
    readdirSync(join(folder, name))
      .filter((file) => file !== 'expect.json')
      .flatMap((file) => {
        const read = readSource({ file, text: readFileSync(join(folder, name, file), 'utf8') })
        if (!read.ok || read.value.form === 'xml') return []
        const importer = importers.find((one) => one.recognises(read.value))
        return importer ? [{ format: importer.name, values: read.value.documents.map(({ value }) => value) }] : []
      }),
  )
  const steps = fc.array(fc.nat(12), { minLength: 1, maxLength: 8 })
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(
      null,
      [],
      {},
      '',
      0,
      'constructor',
      '__proto__',
      'toString',
      { constructor: {} },
      'x'.repeat(500),
      [null],
      { a: null },
      [[]],
    ),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...material),
      fc.nat(20),
      fc.array(fc.tuple(steps, odd), { minLength: 1, maxLength: 4 }),
      ({ format, values }, which, changes) => {
        const before = values[which % values.length]
        const after = changes.reduce((value, [path, other]) => changed(value, path, other), before)
        const imported = importTexts([{ file: 'odd.json', text: JSON.stringify(after) ?? 'null' }], format)
        if (imported.ok) sound(imported.value.draft)
        else for (const { at, text } of imported.fail) assert.ok(at.file === 'odd.json' && text !== '')
      },
    ),
    { numRuns: 200 },
  )
})

test('any text is read or refused', () => {
  const scan = readFileSync(join(folder, 'nmap/scan.xml'), 'utf8')
  const cut = fc
    .tuple(fc.nat(scan.length), fc.nat(60), fc.string({ maxLength: 5 }))
    .map(([at, length, other]) => scan.slice(0, at) + other + scan.slice(at + length))
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc.string().map((text) => `<nmaprun>${text}</nmaprun>`),
        cut,
      ),
      fc.constantFrom(undefined, ...importers.map(({ name }) => name)),
      (text, format) => {
        const imported = importTexts([{ file: 'any', text }], format)
        if (imported.ok) sound(imported.value.draft)
      },
    ),
    { numRuns: 200 },
  )
})

test('merge keys and texts in quotes that are not indented are read as others read them', () => {
  const text = `a: &a { x: 1, y: 2 }\nb:\n  <<: *a\n  y: 3\nc:\n  text:\n    'one\n  two ''three''\n    four'\n  next: "\n  five \\" six"\n`
  assert.notEqual(withQuotesIndented(text), text)
  const read = readSource({ file: 'a.yaml', text })
  assert.ok(read.ok)
  assert.deepEqual(read.value.documents[0]?.value, {
    a: { x: 1, y: 2 },
    b: { x: 1, y: 3 },
    c: { text: "one two 'three' four", next: ' five " six' },
  })
})

test('entities of XML are not expanded', () => {
  const text = `<!DOCTYPE nmaprun [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><nmaprun args="&b;"/>`
  const read = readSource({ file: 'scan.xml', text })
  assert.equal(read.ok ? '' : read.fail[0]?.code, 'xml-syntax')
})

test('files are written only where nothing is', async (t) => {
  const workspace = temporaryFolder(t)
  const files = [{ path: 'model/a/zones.yaml', text: 'zones: {}\n' }]
  assert.deepEqual(await writeImport(workspace, files), [join(workspace, 'model/a/zones.yaml')])
  await assert.rejects(writeImport(workspace, [...files, { path: 'model/a/new.yaml', text: '' }]), { code: 'CONFLICT' })
  await assert.rejects(writeImport(workspace, [{ path: '../outside.yaml', text: '' }]), { code: 'INPUT_INVALID' })
  const { texts, issues } = await readSourceFiles([workspace, join(workspace, 'missing.yaml')], workspace)
  assert.deepEqual([texts.map(({ text }) => text), issues.map(({ code }) => code)], [['zones: {}\n'], ['file-missing']])
  const outside = await readSourceFiles(['/etc/hostname'], workspace)
  assert.deepEqual([outside.texts.length, outside.issues[0]?.code], [0, 'file-outside'])
})
