// castellan model import: model files drafted from what other tools say; shown, or written where nothing is yet.
import { resolve } from 'node:path'
import { exitCodes, Fault, placeText } from '#kernel'
import { importModel } from '#app'
import type { Command, Given, Terminal } from '../command.ts'
import { tableText } from '../table.ts'

async function run(given: Given, terminal: Terminal): Promise<number> {
  if (given.words.length === 0) throw new Fault('INPUT_INVALID', 'name at least one file or folder to import')
  const isWriting = given.flags['write'] !== undefined
  const imported = await importModel({
    workspace: given.workspace,
    paths: given.words.map((path) => resolve(terminal.folder, path)),
    format: given.flags['format']?.at(-1),
    into: given.flags['into']?.at(-1),
    write: isWriting,
  })
  const { files, counts, notes, issues, written } = imported
  if (given.json) terminal.print(JSON.stringify(imported))
  else {
    if (!isWriting) for (const { path, text } of files) terminal.print(`# ${path}\n${text}`)
    for (const path of written) terminal.print(`wrote ${path}`)
    const rows = counts.rows.map(({ noun, seen, became }) => [
      noun,
      String(seen),
      Object.entries(became)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', '),
    ])
    terminal.note(`${imported.format}\n${tableText(['seen', 'count', 'became'], rows, terminal.width)}`)
    for (const note of notes) terminal.note(`note  ${note}`)
    for (const issue of issues) terminal.note(`${issue.severity} ${placeText(issue.at)}: ${issue.text}`)
    if (!isWriting) terminal.note('nothing was written; --write writes these files into the workspace')
  }
  return issues.some(({ severity }) => severity === 'error') ? exitCodes.unreadable : exitCodes.clean
}

export const modelImport: Command = {
  name: 'model import',
  does: 'draft model files from other tools: compose, Kubernetes, Terraform, nmap, nftables, Threagile, Threat Dragon, OTM and more',
  usage: 'model import PATH... [--format NAME] [--into DIR] [--write] [--json]',
  flags: {
    '--write': 'write the files into the workspace; what is there already is never overwritten',
    '--format NAME': 'the format, when it is not found by what stands in the files',
    '--into DIR': 'folder below model/ for the files; the name of the format when not given',
  },
  examples: ['castellan model import docker-compose.yml', 'castellan model import scan.xml --into scanned --write'],
  run,
}
