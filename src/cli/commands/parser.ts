// castellan parser: check the workspace's own parsers, list all of them, try a file.
import { resolve } from 'node:path'
import { exitCodes, Fault, type Issue, placeText } from '#kernel'
import { checkParsers, isThere, listParsers, parserFolder, tryParser } from '#app'
import type { Command, Given, Terminal } from '../command.ts'
import { printable, tableText } from '../table.ts'

const issueLine = (issue: Issue): string =>
  printable(`${issue.severity}: ${placeText(issue.at)}: ${issue.text}${issue.help ? `; ${issue.help}` : ''}`)

/** Problems of a file weigh more than a test that fails: exit code 3 before 1. */
function exitOf(issues: readonly Issue[]): number {
  if (issues.some(({ code }) => code !== 'parser-test')) return exitCodes.configuration
  return issues.length > 0 ? exitCodes.findings : exitCodes.clean
}

async function check(given: Given, terminal: Terminal): Promise<number> {
  const [named] = given.words
  const folder = named === undefined ? parserFolder(given.workspace) : resolve(terminal.folder, named)
  if (!(await isThere(folder))) throw new Fault('UNREADABLE', `there is no folder ${folder}`)
  const found = await checkParsers(folder, Date.now())
  if (given.json) terminal.print(JSON.stringify(found))
  else {
    for (const issue of found.issues) terminal.print(issueLine(issue))
    const failed = found.issues.length
    terminal.print(
      `${found.files} ${found.files === 1 ? 'file' : 'files'}, ${found.parsers.length} ${found.parsers.length === 1 ? 'parser' : 'parsers'}, ${found.tests} ${found.tests === 1 ? 'test' : 'tests'}: ${failed === 0 ? 'all well' : `${failed} ${failed === 1 ? 'problem' : 'problems'}`}`,
    )
  }
  return exitOf(found.issues)
}

async function list(given: Given, terminal: Terminal): Promise<number> {
  const all = await listParsers(given.workspace, Date.now())
  if (given.json) for (const one of all) terminal.print(JSON.stringify(one))
  else
    terminal.print(
      tableText(
        ['parser', 'from', 'does'],
        all.map(({ name, from, does }) => [name, from, does]),
        terminal.width,
      ),
    )
  return exitCodes.clean
}

/** Columns of an event that say something, then its fields. */
function eventText(event: object): string {
  const { fields, raw, ...columns } = Object.fromEntries<unknown>(Object.entries(event))
  const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
  const line = ([name, value]: readonly [string, unknown], indent: string): string =>
    `${indent}${name}: ${printable(shown(value))}`
  const said = Object.entries(columns).filter(([, value]) => value !== undefined)
  const own = typeof fields === 'object' && fields !== null ? Object.entries(fields) : []
  return [
    printable(shown(raw)),
    ...said.map((one) => line(one, '  ')),
    '  fields',
    ...own.map((one) => line(one, '    ')),
    '',
  ].join('\n')
}

/** The parser that was asked for, if there is one of that name. */
async function askedParser({ flags, workspace }: Given): Promise<string | undefined> {
  const parser = flags['parser']?.at(-1)
  if (parser === undefined || (await listParsers(workspace, Date.now())).some(({ name }) => name === parser))
    return parser
  throw new Fault('INPUT_INVALID', `there is no parser ${parser}; castellan parser list shows them`)
}

async function tried(given: Given, terminal: Terminal): Promise<number> {
  const [path] = given.words
  if (path === undefined) throw new Fault('INPUT_INVALID', 'name a file of records')
  const file = resolve(terminal.folder, path)
  if (!(await isThere(file))) throw new Fault('UNREADABLE', `there is no file ${file}`)
  const parser = await askedParser(given)
  const asked = { path: file, workspace: given.workspace, parser, received: Date.now(), signal: terminal.signal }
  let unread = 0
  for await (const item of tryParser(asked)) {
    if ('code' in item) {
      terminal.note(issueLine(item))
      continue
    }
    if (item.parse_error !== undefined || (item.parser === 'plain' && parser !== 'plain')) unread++
    terminal.print(given.json ? JSON.stringify(item) : eventText(item))
  }
  if (unread === 0) return exitCodes.clean
  terminal.note(`${unread} ${unread === 1 ? 'record was' : 'records were'} kept as text, for want of a parser`)
  return exitCodes.findings
}

export const parserCheck: Command = {
  name: 'parser check',
  does: "check the workspace's own parsers and try the lines that stand in them",
  usage: 'parser check [DIR] [--json]',
  examples: ['castellan parser check', 'castellan parser check parsers/'],
  run: check,
}
export const parserList: Command = {
  name: 'parser list',
  does: "list all parsers in the order of asking, the workspace's own first",
  usage: 'parser list [--json]',
  run: list,
}
export const parserTry: Command = {
  name: 'parser try',
  does: 'show what each record of a file becomes: columns, fields, the parser that read it',
  usage: 'parser try FILE [--parser NAME] [--json]',
  flags: { '--parser NAME': 'use this parser; without it the records are recognised' },
  examples: ['castellan parser try door.log', 'castellan parser try door.log --parser badge --json'],
  run: tried,
}
