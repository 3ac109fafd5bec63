// npm run new: every kind writes files that compile, and enters them in their tables.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'castellan-new-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))
for (const part of ['src', 'docs', 'examples', 'changelog.d', 'package.json', 'tsconfig.json'])
  cpSync(join(root, part), join(folder, part), { recursive: true })
cpSync(join(root, 'web'), join(folder, 'web'), {
  recursive: true,
  filter: (path) => !/\/(dist|dist-test|node_modules)$/.test(path),
})
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))

const make = (...args) =>
  spawnSync(process.execPath, [join(root, 'scripts/new.mjs'), ...args], {
    env: { ...process.env, CASTELLAN_ROOT: folder },
    encoding: 'utf8',
  })
const compile = (project) =>
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', project, '--noEmit', '--incremental', 'false'],
    { cwd: folder, encoding: 'utf8' },
  )

test('each kind is written and entered', () => {
  for (const [kind, name, table, entry] of [
    ['parser', 'door-lock', 'src/telemetry/parsers/table.ts', 'doorLock, plain'],
    ['input', 'door-bell', 'src/telemetry/inputs/table.ts', "case 'door-bell': return doorBell(source, context)"],
    ['check', 'asset-without-owner', 'src/model/checks/table.ts', 'assetWithoutOwner,'],
    ['page', 'doors', 'web/src/pages.ts', './pages/doors/DoorsPage.tsx'],
  ]) {
    const { status, stderr } = make(kind, name)
    assert.equal(status, 0, stderr)
    assert.ok(readFileSync(join(folder, table), 'utf8').includes(entry), `${name} in ${table}`)
  }
  for (const [kind, name] of [
    ['rule', 'door-forced'],
    ['decision', 'doors-are-heavy'],
    ['change', 'doors.feature'],
  ])
    assert.equal(make(kind, name).status, 0)
})
test('what was written compiles', () => {
  assert.equal(compile('.'), '')
  assert.equal(compile('web'), '')
})
test('what is there already, an unknown kind and a wrong name are refused', () => {
  assert.equal(make('parser', 'door-lock').status, 3)
  assert.equal(make('nonsense', 'x').status, 3)
  assert.equal(make('parser', 'Door Lock').status, 3)
})
