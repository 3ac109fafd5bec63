// castellan init: drafts a workspace from this machine, and from a docker-compose.yml if one is there.
import { resolve } from 'node:path'
import { exitCodes, placeText } from '#kernel'
import { initWorkspace } from '#app'
import type { Command, Given, Terminal } from '../command.ts'

async function run(given: Given, terminal: Terminal): Promise<number> {
  const folder = resolve(terminal.folder, given.words[0] ?? given.flags['workspace']?.at(-1) ?? '.')
  const draft = await initWorkspace(folder)
  const errors = draft.issues.filter((issue) => issue.severity === 'error')
  if (given.json) terminal.print(JSON.stringify(draft))
  else {
    for (const file of draft.written) terminal.print(`wrote ${file}`)
    for (const file of draft.kept) terminal.print(`kept  ${file} (it was there already)`)
    for (const note of draft.notes) terminal.print(`note  ${note}`)
    for (const issue of draft.issues) terminal.print(`${issue.severity} ${placeText(issue.at)}: ${issue.text}`)
    const { zones, assets, flows, data, services } = draft.counts
    terminal.print(
      `\nThe model has ${zones} zones, ${assets} assets, ${flows} flows, ${data} kinds of data and ${services} services.`,
    )
    terminal.print('Next: castellan up')
  }
  return errors.length > 0 ? exitCodes.findings : exitCodes.clean
}

export const init: Command = {
  name: 'init',
  does: 'draft a workspace here from this machine and, if there is one, docker-compose.yml',
  usage: 'init [DIR] [--json]',
  examples: ['mkdir estate && cd estate && castellan init && castellan up'],
  run,
}
