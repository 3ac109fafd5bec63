// The example workspaces: their models have no errors, and the threats to Castellan itself are all decided.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { command } from './server.mjs'

const root = join(import.meta.dirname, '..')
const ask = (workspace, ...words) =>
  JSON.parse(
    execFileSync(process.execPath, [command, ...words, '--json', '--workspace', join(root, 'examples', workspace)], {
      encoding: 'utf8',
    }),
  )

for (const workspace of readdirSync(join(root, 'examples'))) {
  test(`${workspace}: the model has no problems`, () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [command, 'model', 'check', '--json', '--workspace', join(root, 'examples', workspace)],
      { encoding: 'utf8' },
    )
    assert.deepEqual(JSON.parse(stdout).issues, [])
    assert.equal(status, 0)
  })
}

test('an asset costs at most eight lines', (t) => {
  const folder = join(root, 'examples/fernhill-health/model')
  const text = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const assets = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .split(/^(?=\w+:$)/m)
    .filter((part) => part.startsWith('assets:'))
  const sizes = assets
    .flatMap((part) => part.split(/^ {2}(?=[\w-]+:)/m).slice(1))
    .map((entry) => entry.trimEnd().split('\n').length)
  t.diagnostic(
    `${sizes.length} assets, ${Math.max(...sizes)} lines at most, ${(sizes.reduce((a, b) => a + b, 0) / sizes.length).toFixed(1)} on average`,
  )
  assert.ok(sizes.length >= 30 && Math.max(...sizes) <= 9, 'its key and eight lines')
})

test('every threat to Castellan itself is decided, and no decision has run out or lost its threat', () => {
  const { items, issues } = ask('castellan', 'threat', 'list')
  assert.ok(items.length > 10)
  assert.deepEqual(
    items.filter(({ open }) => open > 0).map(({ id }) => id),
    [],
  )
  assert.deepEqual(issues, [])
})

test('Fernhill: threats have witnesses, and paths lead to the patients’ records', () => {
  const { items } = ask('fernhill-health', 'threat', 'list')
  assert.ok(items.length > 10 && items.length < 60, `${items.length} root causes`)
  for (const { threats } of items)
    for (const { witness, inputs } of threats) assert.ok(witness.text.length > 10 && inputs.length > 2)
  const found = JSON.parse(
    spawnSync(
      process.execPath,
      [
        command,
        'path',
        'list',
        '--to',
        'patient-records',
        '--json',
        '--workspace',
        join(root, 'examples/fernhill-health'),
      ],
      { encoding: 'utf8' },
    ).stdout,
  )
  assert.ok(found.items.length > 0)
  for (const path of found.items) assert.ok(path.steps.length >= 2 && path.probability > 0 && path.probability < 1)
})
