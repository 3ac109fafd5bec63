// castellan threats: the threats of the model, or those that a change adds. What `threat list` and `threat since` answer, under the name one tries first.
import { Fault } from '#kernel'
import { catalogue } from '#app'
import type { Command, Given, Terminal } from '../command.ts'
import { runOperationCommand } from '../operation-command.ts'

async function run(given: Given, terminal: Terminal): Promise<number> {
  const { since, ...flags } = given.flags
  const name = since === undefined ? 'threat.list' : 'threat.since'
  const operation = catalogue.find((one) => one.name === name)
  if (!operation) throw new Fault('BUG', `${name} is gone`)
  const words = since === undefined ? given.words : [since.at(-1) ?? 'HEAD', ...given.words]
  return runOperationCommand(operation, { ...given, flags, words }, terminal)
}

export const threats: Command = {
  name: 'threats',
  does: 'list threats by root cause; with --since those that a change of the model adds, for pull requests',
  usage: 'threats [--since REV] [--level LEVEL] [--json]',
  flags: { '--since REV': 'only what is new since this revision of git; exit code 1 when there is something' },
  examples: ['castellan threats --level high', 'castellan threats --since origin/main'],
  run,
}
