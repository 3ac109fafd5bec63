// Builds what is stale: the server (dist/) and the console (web/dist/). --release builds both from nothing.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..')

/** Newest change below a folder, in milliseconds; build results and packages left out. */
function newest(path) {
  if (!existsSync(path)) return 0
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs
  const inside = readdirSync(path).filter((name) => !['dist', 'dist-test', 'node_modules'].includes(name))
  return Math.max(statSync(path).mtimeMs, ...inside.map((name) => newest(join(path, name))))
}

const stamp = (folder) => join(root, folder, '.built')
const stale = (folder, sources) =>
  !existsSync(stamp(folder)) || sources.some((source) => newest(join(root, source)) > statSync(stamp(folder)).mtimeMs)

function run(command, args, cwd = root) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', command), ...args], {
    cwd,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}

function buildServer() {
  if (!stale('dist', ['src', 'tsconfig.json', 'package.json'])) return
  run('typescript/bin/tsc', ['-p', '.'])
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp('dist'), '')
}

function buildConsole() {
  if (!existsSync(join(root, 'web/package.json')) || !stale('web/dist', ['web', 'package-lock.json'])) return
  run('typescript/bin/tsc', ['-p', 'web', '--noEmit'])
  run('typescript/bin/tsc', ['-p', 'web/tsconfig.test.json'])
  run('vite/bin/vite.js', ['build', '--logLevel', 'warn'], join(root, 'web'))
  writeFileSync(stamp('web/dist'), '')
}

/** Brings dist/ and (unless told not to) web/dist/ up to date; ends the process when a compiler complains. */
export function build({ release = false, console = true } = {}) {
  if (release) for (const folder of ['dist', 'web/dist']) rmSync(join(root, folder), { recursive: true, force: true })
  buildServer()
  if (console) buildConsole()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  build({ release: process.argv.includes('--release') })
