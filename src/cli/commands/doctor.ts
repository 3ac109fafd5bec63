// castellan doctor: looks at the installation and says what to fix.
import { exitCodes } from '#kernel'
import { examine } from '#app'
import type { Command, Given, Terminal } from '../command.ts'
import { settingsOf } from '../operation-command.ts'

const sign = { ok: 'ok  ', warning: 'warn', wrong: 'FAIL' } as const

async function run(given: Given, terminal: Terminal): Promise<number> {
  const findings = await examine({ workspace: given.workspace, env: terminal.env, flags: settingsOf(given.flags) })
  if (given.json) terminal.print(JSON.stringify({ findings }))
  else {
    for (const { state, what, detail, remedy } of findings) {
      terminal.print(
        `${sign[state]}  ${what}: ${detail}${state === 'ok' || remedy === '' ? '' : `\n      → ${remedy}`}`,
      )
    }
  }
  return findings.some(({ state }) => state === 'wrong') ? exitCodes.findings : exitCodes.clean
}

export const doctor: Command = {
  name: 'doctor',
  does: 'check the installation, the workspace and the stores, and say what to fix',
  usage: 'doctor [--workspace DIR] [--json]',
  run,
}
