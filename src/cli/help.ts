// Help texts, printed from the table of commands and the table of operations.
import { type BoundOperation, type FieldSchema, inputFields, typesOf } from '#kernel'
import type { Command } from './command.ts'
import { isMoment } from './moment.ts'

const pad = (text: string, width: number): string => (text.length >= width ? `${text}  ` : text.padEnd(width))

/** Text broken at spaces into lines of at most `width` characters. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}

function entry(left: string, right: string, width: number): string {
  const indent = 28
  const [first = '', ...rest] = wrap(right, Math.max(30, width - indent - 2))
  return [`  ${pad(left, indent - 2)}${first}`, ...rest.map((line) => `${' '.repeat(indent)}${line}`)].join('\n')
}

const commandOf = (operation: Pick<BoundOperation, 'name'>): string => operation.name.replace('.', ' ')

/** The page of `castellan --help`. */
export function overviewHelp(
  commands: readonly Command[],
  operations: readonly BoundOperation[],
  width: number,
): string {
  const groups = new Map<string, BoundOperation[]>()
  const named = new Set(commands.map(({ name }) => name))
  for (const operation of operations.filter((one) => !named.has(commandOf(one)))) {
    const noun = operation.name.split('.')[0] ?? ''
    groups.set(noun, [...(groups.get(noun) ?? []), operation])
  }
  const grouped = [...groups].map(([, list]) =>
    list.map((operation) => entry(commandOf(operation), operation.does, width)).join('\n'),
  )
  return [
    'castellan: one model of the estate as code, checked against what really happens',
    '',
    'Usage: castellan <command> [arguments] [--json] [--workspace DIR]',
    '',
    'Begin here',
    ...commands.map((command) => entry(command.name, command.does, width)),
    '',
    'Ask and change (needs a workspace; talks to its running server, or opens the stores itself)',
    ...grouped,
    '',
    'Everywhere',
    entry('--json', 'print the answer as JSON', width),
    entry('--workspace DIR', 'folder of castellan.yaml; else the nearest one above this folder', width),
    entry('--help, --version', 'help of a command: castellan <command> --help', width),
    '',
    'Exit codes: 0 clean, 1 findings, 2 material could not be read, 3 configuration or arguments wrong, 70 our fault',
  ].join('\n')
}

/** A command as a list names it. */
interface Named {
  readonly name: string
  readonly does: string
}
const listed = (all: readonly Named[], width: number): string[] => all.map(({ name, does }) => entry(name, does, width))

/** The page of a noun that is no command by itself: `castellan source --help`. */
export function nounHelp(noun: string, all: readonly Named[], width: number): string {
  return [
    `Usage: castellan ${noun} <word> [arguments] [--json] [--workspace DIR]`,
    '',
    ...listed(all, width),
    '',
    `More about one of them: castellan ${all[0]?.name ?? noun} --help`,
  ].join('\n')
}

/** The page of one command; `more` are those that begin with its name. */
export function commandHelp(command: Command, more: readonly Named[], width: number): string {
  return [
    command.does,
    '',
    `Usage: castellan ${command.usage}`,
    ...(command.flags ? ['', ...Object.entries(command.flags).map(([name, text]) => entry(name, text, width))] : []),
    ...(command.examples ? ['', 'Examples', ...command.examples.map((line) => `  ${line}`)] : []),
    ...(command.notes ? ['', ...command.notes.flatMap((note) => wrap(note, width))] : []),
    ...(more.length > 0 ? ['', 'Also', ...listed(more, width)] : []),
  ].join('\n')
}

function fieldText(name: string, field: FieldSchema): string {
  const words = field.enum ?? field.items?.enum
  const kind = words
    ? words.join(' | ')
    : isMoment(name, field)
      ? 'such as 7d or 2026-03-01T10:15'
      : typesOf(field).join(' or ')
  const standard = field.default === undefined ? '' : `, ${JSON.stringify(field.default)} when not given`
  return `${field.description ? `${field.description}; ` : ''}${kind}${standard}`
}

/** The page of one operation. */
export function operationHelp(operation: BoundOperation, width: number): string {
  const { fields, required } = inputFields(operation.input)
  const positional = operation.positional ?? []
  const words = positional.map((name) => (required.includes(name) ? `<${name}>` : `[${name}]`)).join(' ')
  const flags = Object.entries(fields).map(([name, field]) =>
    entry(positional.includes(name) ? name : `--${name}`, fieldText(name, field), width),
  )
  return [
    operation.does,
    '',
    `Usage: castellan ${commandOf(operation)}${words ? ` ${words}` : ''}${flags.length > positional.length ? ' [flags]' : ''}`,
    ...(flags.length > 0 ? ['', ...flags] : []),
    '',
    `${operation.kind === 'read' ? 'Reads only.' : 'Changes things; leaves an entry in the ledger.'} Roles: ${operation.may.join(', ')}.`,
  ].join('\n')
}
