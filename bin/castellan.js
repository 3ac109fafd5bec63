#!/usr/bin/env node
// The command: hands over to the compiled command line.
import { existsSync } from 'node:fs'

const main = new URL('../dist/cli/main.js', import.meta.url)
if (!existsSync(main)) {
  process.stderr.write('castellan is not built yet. In a clone, run: npm ci && npm run build\n')
  process.exit(3)
}
const { runCommandLine } = await import(main.href)
await runCommandLine(process.argv.slice(2))
