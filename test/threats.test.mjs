// Threats of sample systems that others modelled, read through the importers: few root causes, each with a witness.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'

const { importTexts, yamlTexts } = await import('../dist/exchange/index.js')
const { modelOf } = await import('../dist/model/index.js')
const { rootCauses, threatRules, threatsOf } = await import('../dist/threats/index.js')
const data = join(process.env.CASTELLAN_DATA ?? '../shared/data', 'threatmodel')

/** Root causes of a model in another tool's format, as one line each. */
function causesOf(t, path) {
  const file = join(data, path)
  if (!existsSync(file)) return t.skip(`no ground truth at ${file}`)
  const imported = importTexts([{ file, text: readFileSync(file, 'utf8') }])
  assert.ok(imported.ok, JSON.stringify(imported.fail))
  const { estate, issues } = modelOf(
    'sample',
    yamlTexts(imported.value.draft, 'model').map(({ path: name, text }) => ({ file: name, text })),
  )
  assert.deepEqual(
    issues.filter(({ severity }) => severity === 'error'),
    [],
  )
  const threats = threatsOf(estate, threatRules)
  for (const { id, witness } of threats) assert.ok(witness.text.length > 10, `${id} has a witness`)
  const causes = rootCauses(threats, estate)
  for (const { level, id, title } of causes) t.diagnostic(`${level} ${id}: ${title}`)
  return causes
}

test('the sample of pytm: at most fifteen root causes', (t) => {
  const causes = causesOf(t, 'pytm/input.json')
  if (causes) assert.ok(causes.length > 0 && causes.length <= 15, `${causes.length}`)
})

test("Threagile's example: the missing segmentation that its own rule overlooks is found", (t) => {
  const causes = causesOf(t, 'threagile/example/threagile.yaml')
  if (!causes) return
  assert.ok(causes.length <= 40, `${causes.length}`)
  for (const asset of ['sql-database', 'contract-fileserver'])
    assert.ok(
      causes.some(({ id }) => id === `segment@${asset}`),
      asset,
    )
})

test('every community model of Threagile has threats, and none is noise by number', (t) => {
  for (const name of ['argo-cd', 'juice-shop', 'sapl', 'sample-application']) {
    const causes = causesOf(t, `threagile-community/${name}/threagile.yaml`)
    if (causes) assert.ok(causes.length > 0 && causes.length <= 60, `${name}: ${causes.length}`)
  }
})
