// npm test: builds, then runs the unit tests (dist/, web/) and those that cross rooms (test/). --unit leaves the latter out.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'

const root = join(import.meta.dirname, '..')
build()
const below = (folder, ending) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true })
        .filter((file) => file.endsWith(ending))
        .map((file) => join(folder, file))
        .sort()
    : []

const unit = [...below('dist', '.test.js'), ...below('web/dist-test', '.test.js')]
const crossing = process.argv.includes('--unit') ? [] : below('test', '.test.mjs')
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-reporter=spec', '--test-concurrency=2', ...unit, ...crossing],
  { cwd: root, stdio: 'inherit' },
)
process.exit(status ?? 1)
