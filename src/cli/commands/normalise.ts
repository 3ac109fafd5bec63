// castellan normalise: log files as OCSF, one line of JSON an event, without a server in a workspace with its own parsers.
import { resolve } from 'node:path'
import { exitCodes, Fault, type Issue, placeText } from '#kernel'
import { type NormalisedSummary, normaliseFiles } from '#app'
import type { Command, Given, Terminal } from '../command.ts'
import { printable, tableText } from '../table.ts'

const number = (n: number): string => n.toLocaleString('en')
const issueLine = (issue: Issue): string =>
  printable(`${issue.severity}: ${placeText(issue.at)}: ${issue.text}${issue.help ? `; ${issue.help}` : ''}`)

function checkedText({ events, files, unparsed, types, problems }: NormalisedSummary, width: number): string {
  const kinds = types.slice(0, 40).map(({ type, count }) => [number(count), type])
  const complaints = problems.slice(0, 40).map(({ count, type, path, text }) => [number(count), type, path, text])
  return [
    tableText(['events', 'class and activity'], kinds, width),
    ...(complaints.length > 0
      ? ['', tableText(['events', 'class and activity', 'attribute', 'problem'], complaints, width)]
      : []),
    '',
    `${number(events)} events of ${number(files)} files; ${number(unparsed)} kept without a parser`,
    problems.length === 0 ? 'the schema has no objection' : `${number(problems.length)} kinds of objections`,
  ].join('\n')
}

async function run(given: Given, terminal: Terminal): Promise<number> {
  if (given.words.length === 0) throw new Fault('INPUT_INVALID', 'name at least one file or folder of logs')
  const check = given.flags['check'] !== undefined
  const summary = await normaliseFiles({
    paths: given.words.map((path) => resolve(terminal.folder, path)),
    check,
    workspace: given.workspace,
    signal: terminal.signal,
    progress: (done, total, text) => terminal.progress.update(done, total, text),
    onEvent: check ? undefined : (event) => terminal.print(JSON.stringify(event)),
  })
  terminal.progress.end()
  for (const issue of summary.issues.slice(0, 20)) terminal.note(issueLine(issue))
  if (summary.issues.length > 20) terminal.note(`… and ${number(summary.issues.length - 20)} more problems`)
  if (check) terminal.print(given.json ? JSON.stringify(summary) : checkedText(summary, terminal.width))
  if (summary.files === 0) return exitCodes.unreadable
  return summary.problems.length > 0 ? exitCodes.findings : exitCodes.clean
}

export const normalise: Command = {
  name: 'normalise',
  does: 'print logs as OCSF, one line of JSON an event (EVTX, NDJSON, JSON, syslog; folders, .gz and .zst too)',
  usage: 'normalise PATH... [--check] [--json]',
  flags: {
    '--check': 'print what the OCSF schema objects to instead; exit code 1 when it does',
    '--json': 'with --check: the summary as JSON',
  },
  notes: [
    'Files are recognised by what is in them. In a workspace its own parsers are asked first. --workspace names one.',
  ],
  examples: ['castellan normalise auth.log | jq .type_name', 'castellan normalise logs/ --check'],
  run,
}
