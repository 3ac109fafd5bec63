// npm run check: everything that must hold before a commit — format, lint, types, arrows, budgets, unit tests, printed docs.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = (name, args) => [join(root, 'node_modules', name), ...args]
const steps = [
  ['format', bin('oxfmt/bin/oxfmt', ['--check'])],
  ['lint', bin('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings'])],
  ['build', ['scripts/build.mjs']],
  ['printed docs', ['scripts/docs.mjs', '--check']],
  ['budgets', ['scripts/budgets.mjs']],
  ['tests', ['scripts/test.mjs', '--unit']],
]
const begun = performance.now()
for (const [name, args] of steps) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
  if (status !== 0) {
    console.log(stdout, stderr)
    process.exit(1)
  }
  if (['budgets', 'tests'].includes(name))
    console.log(
      stdout
        .split('\n')
        .filter((line) => /^(ℹ|  )|﹣/.test(line))
        .join('\n'),
    )
}
console.log(`all checks passed in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
