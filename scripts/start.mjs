// npm start: builds if needed, then opens the Fernhill Health example on loopback and watches this machine beside it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.mjs'

build()
const root = join(import.meta.dirname, '..')
const args = [
  join(root, 'bin/castellan.js'),
  'up',
  '--workspace',
  join(root, 'examples/fernhill-health'),
  ...process.argv.slice(2),
]
const server = spawn(process.execPath, args, { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 1))
