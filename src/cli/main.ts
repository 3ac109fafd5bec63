// The command line: finds the command, runs it, turns faults into one clear line and an exit code.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { asFault, exitCodes, Fault } from '#kernel'
import { catalogue, version } from '#app'
import { flag, takeApart, type Arguments } from './arguments.ts'
import type { Command, Given, Terminal } from './command.ts'
import { commands } from './commands/table.ts'
import { commandHelp, nounHelp, operationHelp, overviewHelp } from './help.ts'
import { runOperationCommand } from './operation-command.ts'
import { terminalProgress } from './progress.ts'

/** The nearest folder at or above `from` with a castellan.yaml; `from` itself when there is none. */
export function findWorkspace(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'castellan.yaml'))) return folder
    if (dirname(folder) === folder) return resolve(from)
  }
}

/** Runs one command line; answers with its exit code. Faults are printed, never thrown. */
export async function execute(argv: readonly string[], terminal: Terminal): Promise<number> {
  const json = argv.includes('--json')
  try {
    return await dispatch(takeApart(argv), terminal)
  } catch (thrown) {
    const fault = asFault(thrown)
    if (json) terminal.print(JSON.stringify({ error: { code: fault.code, text: fault.message, help: fault.help } }))
    terminal.note(`castellan: ${fault.message}\n  ${fault.help}`)
    if (fault.code === 'BUG' && terminal.env['CASTELLAN_TRACE'])
      terminal.note(String(fault.cause instanceof Error ? fault.cause.stack : fault.stack))
    return fault.exit
  }
}

async function dispatch(given: Arguments, terminal: Terminal): Promise<number> {
  const [written = '', verb = ''] = given.words
  const noun = singular(written)
  const wantsHelp = flag(given, 'help') !== undefined
  if (flag(given, 'version') !== undefined) return say(terminal, version())
  if (noun === '' || noun === 'help') return say(terminal, overviewHelp(commands, catalogue, terminal.width))
  const operation = catalogue.find(({ name }) => name === `${noun}.${verb}`)
  // `hunt list` is an operation, though `hunt` is a command too.
  const named = (wanted: string) => commands.find(({ name }) => name === wanted)
  const command = named(`${noun} ${verb}`) ?? (operation ? undefined : named(noun))
  const workspace = findWorkspace(flag(given, 'workspace') ?? terminal.folder)
  const full: Given = { ...given, json: flag(given, 'json') !== undefined, workspace }
  if (command) {
    if (wantsHelp) return say(terminal, commandHelp(command, wordsOf(command.name), terminal.width))
    refuseStrange(command, given)
    return command.run({ ...full, words: given.words.slice(command.name.split(' ').length) }, terminal)
  }
  if (!operation) return say(terminal, helpOfNoun([noun, verb], wantsHelp, terminal.width))
  if (wantsHelp) return say(terminal, operationHelp(operation, terminal.width))
  return runOperationCommand(operation, { ...full, words: given.words.slice(2) }, terminal)
}

/** Flags that every command takes. */
const everywhere = ['json', 'workspace', 'offline', 'quiet', 'verbose']

/** A flag that a command does not take is a mistake of the one who wrote it. Settings have a dot. */
function refuseStrange({ flags = {} }: Command, given: Arguments): void {
  const own = Object.keys(flags).map((written) => /^--([a-z-]+)/.exec(written)?.[1] ?? '')
  const strange = Object.keys(given.flags).find(
    (name) => ![...own, ...everywhere].includes(name) && !name.includes('.'),
  )
  if (strange === undefined) return
  const there = own.length > 0 ? `there are: ${own.map((name) => `--${name}`).join(', ')}` : 'it takes none'
  throw new Fault('INPUT_INVALID', `no flag --${strange}; ${there}`)
}

/** `rules` is `rule`: nouns may be written as one or many. */
const singular = (noun: string): string => (noun === 'rules' ? 'rule' : noun)

function say(terminal: Terminal, text: string): number {
  terminal.print(text)
  return exitCodes.clean
}

/** Commands and operations that begin with this noun, as they are typed. */
function wordsOf(noun: string): { readonly name: string; readonly does: string }[] {
  const operations = catalogue.map(({ name, does }) => ({ name: name.replace('.', ' '), does }))
  const all = [...commands.map(({ name, does }) => ({ name, does })), ...operations]
  return all.filter(({ name }, at) => name.startsWith(`${noun} `) && all.findIndex((one) => one.name === name) === at)
}

/** What there is of a noun, when it was asked for without a verb. Throws INPUT_INVALID for what is no command. */
function helpOfNoun([noun, verb]: readonly [string, string], wantsHelp: boolean, width: number): string {
  const words = wordsOf(noun)
  if (!wantsHelp || verb !== '' || words.length === 0) throw unknown(noun, verb)
  return nounHelp(noun, words, width)
}

function unknown(noun: string, verb: string): Fault {
  const near = wordsOf(noun).map(({ name }) => name)
  const hint = near.length > 0 ? `there are: ${near.join(', ')}` : 'castellan --help lists the commands'
  return new Fault('INPUT_INVALID', `no command “${`${noun} ${verb}`.trim()}”; ${hint}`)
}

/** The process's own entry: real terminal, exit code set, Ctrl-C as a signal to stop. A second Ctrl-C ends at once. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const stopping = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(exitCodes.fault)
      stopping.abort(new Fault('CANCELLED', 'interrupted'))
    })
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.clean)
    throw error
  })
  const code = await execute(argv, {
    width: process.stdout.isTTY ? process.stdout.columns || 100 : 160,
    env: process.env,
    folder: process.cwd(),
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    progress: terminalProgress(process.stderr, () => performance.now()),
    signal: stopping.signal,
  })
  process.exitCode = code
}
