import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import test from 'node:test'
import { parse } from 'yaml'
import { modelOf } from '#model'
import { unbalanced } from './draft.ts'
import { importTexts } from './import.ts'
import type { Counted, Draft } from './types.ts'
import { at, isMap, listOf, mapOf, mapsOf, textOf } from './values.ts'
import { yamlTexts } from './yaml-text.ts'

const data = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'threatmodel')
const missing = existsSync(data) ? undefined : `no ground truth at ${data}`

const filesOf = (ending: RegExp): string[] =>
  missing === undefined
    ? readdirSync(data, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && ending.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : []

const textIn = (file: string): string => readFileSync(file, 'utf8')
const jsonIn = (file: string): unknown => JSON.parse(textIn(file))

function draftOf(file: string, format: string): Draft {
  const imported = importTexts([{ file, text: textIn(file) }])
  assert.ok(imported.ok, `${file}: ${imported.ok ? '' : imported.fail[0]?.text}`)
  assert.equal(imported.value.format, format)
  const { draft } = imported.value
  assert.deepEqual(unbalanced(draft), [], file)
  const texts = yamlTexts(draft, 'model/import').map(({ path, text }) => ({ file: path, text }))
  const { estate, issues } = modelOf('imported', texts)
  assert.deepEqual(
    issues.filter(({ severity }) => severity === 'error'),
    [],
    file,
  )
  for (const noun of ['zones', 'assets', 'flows', 'data', 'services', 'people'] as const)
    assert.equal(estate[noun].length, draft.counts.written[noun], `${file}: ${noun}`)
  return draft
}

const shown = ({ noun, seen, became }: Counted): string =>
  `${seen} ${noun} = ${Object.entries(became)
    .map(([place, count]) => `${count} ${place}`)
    .join(' + ')}`
const told = (file: string, { counts }: Draft): string =>
  `${relative(data, file)}: ${counts.rows.map(shown).join('; ') || 'nothing in it'}`

const seenIn = (draft: Draft, noun: string): number => draft.counts.seen[noun] ?? 0

test('Threagile: as many elements come in as a plain reading of the YAML counts', (t) => {
  if (missing !== undefined) return t.skip(missing)
  const files = filesOf(/^threagile\.yaml$/)
  for (const file of files) {
    const draft = draftOf(file, 'threagile')
    const model: unknown = parse(textIn(file), { merge: true })
    const count = (key: string) => Object.keys(mapOf(at(model, key))).length
    const links = Object.values(mapOf(at(model, 'technical_assets'))).map(
      (asset) => Object.keys(mapOf(at(asset, 'communication_links'))).length,
    )
    assert.equal(
      draft.counts.rows.find(({ noun }) => noun === 'technical assets')?.became.assets,
      count('technical_assets'),
    )
    assert.equal(draft.counts.written.data, count('data_assets'))
    assert.equal(seenIn(draft, 'trust boundaries'), count('trust_boundaries'))
    assert.equal(seenIn(draft, 'shared runtimes'), count('shared_runtimes'))
    assert.equal(
      draft.counts.written.flows,
      links.reduce((sum, one) => sum + one, 0),
    )
    t.diagnostic(told(file, draft))
  }
  assert.ok(files.length >= 9)
})

test('Threat Dragon: as many cells and threats come in as were counted beside the files', (t) => {
  if (missing !== undefined) return t.skip(missing)
  const summary = mapsOf(jsonIn(join(data, 'threat-dragon/summary.json')))
  const kinds = ['elements', 'flows', 'boundary boxes', 'boundary curves', 'texts']
  let read = 0
  for (const file of filesOf(/\.json$/)) {
    const value = jsonIn(file)
    if (!isMap(at(value, 'summary')) || !isMap(at(value, 'detail')) || !Array.isArray(at(value, 'detail', 'diagrams')))
      continue
    const draft = draftOf(file, 'threat-dragon')
    const cells = mapsOf(at(value, 'detail', 'diagrams')).flatMap((diagram) => [
      ...listOf(diagram['cells']),
      ...listOf(at(diagram, 'diagramJson', 'cells')),
    ])
    const sum = kinds.reduce((total, noun) => total + seenIn(draft, noun), 0)
    assert.equal(sum, cells.length, file)
    const known = summary.find((one) => textOf(one['file']) === relative(join(data, 'threat-dragon'), file))
    if (known) assert.deepEqual([sum, seenIn(draft, 'threats')], [known['cells'], known['threats']], file)
    t.diagnostic(told(file, draft))
    read += 1
  }
  assert.ok(read >= 20)
})

test('Open Threat Model: JSON and YAML of the same model give the same draft', (t) => {
  if (missing !== undefined) return t.skip(missing)
  const files = filesOf(/\.(json|yaml)$/).filter(
    (file) => /otm/i.test(file) && !file.endsWith('schema.json') && /otmVersion/.test(textIn(file).slice(0, 400)),
  )
  const drafts = files.map((file) => {
    const draft = draftOf(file, 'otm')
    t.diagnostic(told(file, draft))
    return [basename(file), draft.counts.written] as const
  })
  assert.ok(drafts.length >= 4)
  const by = new Map(drafts)
  assert.deepEqual(by.get('EXAMPLE.json'), by.get('EXAMPLE.yaml'))
})

test('pytm: its own sample comes in whole', (t) => {
  if (missing !== undefined) return t.skip(missing)
  const draft = draftOf(join(data, 'pytm/input.json'), 'pytm')
  t.diagnostic(told(join(data, 'pytm/input.json'), draft))
  const { zones, assets, flows } = draft.counts.written
  assert.deepEqual([zones, assets, flows], [3, 3, 4])
})

test('malformed models of others are refused with places', (t) => {
  if (missing !== undefined) return t.skip(missing)
  const files = filesOf(/malformed.*\.json$/)
  for (const file of files) {
    const imported = importTexts([{ file, text: textIn(file) }])
    assert.ok(!imported.ok && imported.fail.every(({ at: place }) => place.line !== undefined), file)
  }
  assert.ok(files.length >= 2)
})
