// castellan up: starts the server on the workspace, prints where to go, runs until stopped.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes } from '#kernel'
import { serve } from '#api'
import { openCastellan, consoleFolder } from '#app'
import { writeFileAtomic } from '#platform'
import type { Command, Given, Terminal } from '../command.ts'
import { settingsOf } from '../operation-command.ts'

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => (signal.aborted ? done() : signal.addEventListener('abort', () => done(), { once: true })))

function greeting(url: string, code: string | null, workspace: string): string {
  const lines = [`Castellan watches ${workspace}`, '', `  Console   ${url}`]
  if (code !== null) lines.push(`  First login (once, makes the first admin)`, `            ${url}/welcome#${code}`)
  return [...lines, '', '  Stop with Ctrl-C', ''].join('\n')
}

async function run(given: Given, terminal: Terminal): Promise<number> {
  const castellan = await openCastellan({
    workspace: given.workspace,
    env: terminal.env,
    flags: settingsOf(given.flags),
    quiet: given.flags['verbose'] === undefined,
  })
  const runFile = join(given.workspace, '.castellan', 'server.json')
  try {
    const { host, port, tls } = castellan.config.server
    const door = await serve(castellan, { host, port, tls, consoleFolder })
    try {
      await writeFileAtomic(
        runFile,
        JSON.stringify({ url: door.url, token: castellan.terminalToken, pid: process.pid }),
        0o600,
      )
      const code = await castellan.access.bootstrapCode()
      if (given.json)
        terminal.print(JSON.stringify({ url: door.url, welcome: code === null ? null : `${door.url}/welcome#${code}` }))
      else terminal.print(greeting(door.url, code, castellan.config.name))
      await castellan.start()
      await stopped(terminal.signal)
      terminal.note('stopping: what was accepted is kept')
    } finally {
      rmSync(runFile, { force: true })
      await door.close()
    }
  } finally {
    await castellan.stop()
  }
  return exitCodes.clean
}

export const up: Command = {
  name: 'up',
  does: 'start the server: console, API and inputs, on this machine only unless told otherwise',
  usage: 'up [--workspace DIR] [--server.port=7600] [--verbose] [--json]',
  flags: {
    '--server.port=N': 'another port; any setting of castellan.yaml can be given this way',
    '--verbose': 'write the log to standard error',
    '--json': 'print the address as JSON',
  },
  examples: ['castellan up', 'castellan up --workspace examples/fernhill-health --server.port=8080'],
  run,
}
