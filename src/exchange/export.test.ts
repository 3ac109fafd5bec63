import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { Ajv } from 'ajv'
import { type Estate, modelOf, openModel } from '#model'
import { temporaryFolder } from '#testkit'
import { exporters } from './exporters/table.ts'
import { importTexts } from './import.ts'
import { operations } from './operations.ts'
import { writeImport } from './read-files.io.ts'
import { yamlTexts } from './yaml-text.ts'

const schemas = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'threatmodel')
const written = (format: string, estate: Estate): string =>
  exporters.find(({ name }) => name === format)?.write(estate) ?? ''

/** Fernhill, and the estates of all cases. */
const readEstates = (): Estate[] => {
  const folder = 'examples/fernhill-health/model'
  const fernhill = modelOf(
    'Fernhill',
    readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') })),
  )
  const cases = readdirSync('src/exchange/cases').flatMap((name) => {
    const path = join('src/exchange/cases', name)
    const texts = readdirSync(path).filter((file) => file !== 'expect.json')
    const imported = importTexts(texts.map((file) => ({ file, text: readFileSync(join(path, file), 'utf8') })))
    return imported.ok
      ? [
          modelOf(
            name,
            yamlTexts(imported.value.draft, 'model').map(({ path: file, text }) => ({ file, text })),
          ).estate,
        ]
      : []
  })
  return [fernhill.estate, ...cases]
}

let read: Estate[] | undefined
const estates = (): Estate[] => (read ??= readEstates())

function validate(t: TestContext, { format, schema }: { format: string; schema: string }): void {
  const file = join(schemas, schema)
  if (!existsSync(file)) return t.skip(`no schema at ${file}`)
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  assert.ok(typeof parsed === 'object' && parsed !== null)
  const check = new Ajv({ strict: false }).compile(parsed)
  for (const estate of estates()) {
    const valid = check(JSON.parse(written(format, estate)))
    assert.deepEqual(check.errors ?? [], [], estate.name)
    assert.ok(valid)
  }
}

test('OTM is valid against its schema', (t) => validate(t, { format: 'otm', schema: 'otm/otm_schema.json' }))
test('Threat Dragon is valid against its schema', (t) =>
  validate(t, { format: 'threat-dragon', schema: 'threat-dragon/schema/threat-dragon-v2.schema.json' }))

test('what goes out as OTM or Threat Dragon comes back with as many elements', () => {
  for (const estate of estates()) {
    for (const format of ['otm', 'threat-dragon']) {
      const imported = importTexts([{ file: 'back.json', text: written(format, estate) }])
      assert.ok(imported.ok, estate.name)
      const { counts } = imported.value.draft
      const became = (noun: 'zones' | 'assets' | 'flows' | 'data') => counts.written[noun] - counts.added[noun]
      const loops = estate.flows.filter(({ from, to }) => from === to).length
      assert.deepEqual(
        [became('zones'), became('assets'), became('flows')],
        [estate.zones.length, estate.assets.length, estate.flows.length - loops],
        `${estate.name} ${format}`,
      )
      if (format === 'otm') assert.equal(became('data'), estate.data.length)
    }
  }
})

test('zones drawn by the Threat Dragon export nest as in the model', () => {
  const [estate] = estates()
  assert.ok(estate)
  const imported = importTexts([{ file: 'back.json', text: written('threat-dragon', estate) }])
  assert.ok(imported.ok)
  const parents = (zones: readonly { title: string; parent?: string | undefined }[]) =>
    zones
      .filter(({ parent }) => parent !== undefined)
      .map(({ title }) => title)
      .sort()
  const back = [...imported.value.draft.zones.values()].map(({ values }) => ({
    title: String(values['title']),
    parent: typeof values['parent'] === 'string' ? values['parent'] : undefined,
  }))
  assert.deepEqual(parents(back), parents(estate.zones))
})

test('Mermaid nests zones and names every asset and flow once', () => {
  for (const estate of estates()) {
    const text = written('mermaid', estate)
    assert.ok(text.startsWith('flowchart LR\n'))
    assert.equal(text.split('\n').filter((line) => line.trim().startsWith('subgraph')).length, estate.zones.length)
    assert.equal(text.split('\n').filter((line) => line.trim() === 'end').length, estate.zones.length)
    assert.equal(text.split('\n').filter((line) => /-->\||-\.->\|/.test(line)).length, estate.flows.length)
  }
})

test('JSON is the estate', () => {
  for (const estate of estates())
    assert.deepEqual(JSON.parse(written('json', estate)), JSON.parse(JSON.stringify(estate)))
})

test('operations: import drafts, export prints, and only the terminal reads outside the workspace', async (t) => {
  const folder = temporaryFolder(t)
  await writeImport(folder, [{ path: 'model/a.yaml', text: 'zones: { edge: {} }\nassets: { web: { zone: edge } }\n' }])
  const model = await openModel({ workspace: folder, name: 'Shop' })
  const workspace = join(process.cwd(), 'src/exchange/cases/compose')
  const run = async (name: string, input: unknown, via: 'terminal' | 'session') => {
    const found = operations.find((one) => one.name === name)
    assert.ok(found)
    const call = {
      actor: { id: 'u', name: 'u', role: 'engineer' as const, via },
      at: 0,
      signal: new AbortController().signal,
      progress: () => undefined,
    }
    const output = await found.run(found.input.parse(input), { workspace, model }, call)
    return found.output.parse(output)
  }
  const drafted = JSON.stringify(await run('model.import', { paths: ['compose.yml'], into: 'from/docker' }, 'session'))
  assert.match(drafted, /model\/from\/docker\/assets\.yaml/)
  assert.match(drafted, /1 assets are in the model already: web/)
  await assert.rejects(run('model.import', { paths: ['../pytm/tm.json'] }, 'session'), { code: 'FORBIDDEN' })
  await assert.rejects(run('model.import', { paths: ['.castellan/x.json'] }, 'session'), { code: 'FORBIDDEN' })
  await assert.rejects(run('model.import', { paths: ['../cut-json'] }, 'terminal'), { code: 'UNREADABLE' })
  assert.match(JSON.stringify(await run('model.import', { paths: ['../pytm/tm.json'] }, 'terminal')), /"format":"pytm"/)
  assert.match(JSON.stringify(await run('model.export', { format: 'mermaid' }, 'session')), /flowchart/)
})
