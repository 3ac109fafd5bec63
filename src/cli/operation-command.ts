// An operation as a command: flags and words become its input, its answer becomes a table, JSON or lines.
import {
  type BoundOperation,
  exitCodes,
  Fault,
  inputComplaint,
  inputFields,
  inputFromText,
  systemActor,
  typesOf,
} from '#kernel'
import { openCastellan, standalone } from '#app'
import { systemClock } from '#platform'
import type { Given, Terminal } from './command.ts'
import { isMoment, momentOf } from './moment.ts'
import { callRemote, findServer } from './remote.ts'
import { answerText } from './show.ts'

const global = new Set(['json', 'workspace', 'help', 'quiet', 'verbose', 'offline'])

/** The input an operation is given on the command line. Throws INPUT_INVALID for words and flags it does not take. */
export function inputOf(operation: BoundOperation, given: Pick<Given, 'words' | 'flags'>): Record<string, unknown> {
  const { fields } = inputFields(operation.input)
  const positional = operation.positional ?? []
  const last = positional.at(-1)
  const takesAll = last !== undefined && typesOf(fields[last] ?? {}).includes('array')
  const extra = takesAll ? [] : given.words.slice(positional.length)
  if (extra.length > 0) throw new Fault('INPUT_INVALID', `too many arguments: ${extra.join(' ')}`)
  const named = Object.entries(given.flags).filter(([name]) => !global.has(name) && !name.includes('.'))
  const strange = named.find(([name]) => !Object.hasOwn(fields, name))
  if (strange)
    throw new Fault(
      'INPUT_INVALID',
      `no flag --${strange[0]}; there are: ${
        Object.keys(fields)
          .map((name) => `--${name}`)
          .join(', ') || 'none'
      }`,
    )
  const words = positional.flatMap((name, at) =>
    given.words[at] === undefined
      ? []
      : [[name, takesAll && name === last ? given.words.slice(at) : given.words[at]] as const],
  )
  const said = named.map(([name, texts]) => [name, isMoment(name, fields[name]) ? momentText(name, texts) : texts])
  return inputFromText(operation.input, { ...Object.fromEntries(said), ...Object.fromEntries(words) })
}

const momentText = (name: string, texts: readonly string[]): string => {
  const text = texts.at(-1) ?? ''
  return /^-?\d+$/.test(text) ? text : String(momentOf(text, name))
}

/** Settings given as `--section.key=value`. */
export const settingsOf = (flags: Given['flags']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(flags).flatMap(([name, values]) => (name.includes('.') ? [[name, values.at(-1) ?? '']] : [])),
  )

/** Input as the operation's schema takes it. Throws Fault INPUT_INVALID. */
function parsed(operation: BoundOperation, input: unknown): unknown {
  const given = operation.input.safeParse(input)
  if (!given.success) throw new Fault('INPUT_INVALID', inputComplaint(given.error))
  return given.data
}

/** What an operation answers: on the workspace's running server, or on its stores when none runs. */
export async function answer(
  operation: BoundOperation,
  input: Record<string, unknown>,
  given: Given,
  terminal: Terminal,
): Promise<unknown> {
  const remote = given.flags['offline'] ? undefined : findServer(given.workspace)
  if (remote) return callRemote(remote, operation, input)
  const actor = { ...systemActor, name: terminal.env['USER'] ?? 'terminal', via: 'terminal' as const }
  const asked = {
    actor,
    signal: terminal.signal,
    progress: (done: number, total: number | undefined, text: string) => terminal.progress.update(done, total, text),
  }
  const alone = await standalone(operation.name, given.workspace)
  if (alone) return alone.run(parsed(alone, input), { ...asked, at: systemClock.now() })
  const castellan = await openCastellan({
    workspace: given.workspace,
    env: terminal.env,
    flags: settingsOf(given.flags),
    quiet: true,
  })
  try {
    const bound = castellan.operations.find(({ name }) => name === operation.name)
    if (!bound) throw new Fault('BUG', `${operation.name} is in the catalogue but not in the house`)
    return await castellan.run(bound, input, asked)
  } finally {
    terminal.progress.end()
    await castellan.stop()
  }
}

/** Runs an operation on the workspace's running server, or on its stores when none runs. */
export async function runOperationCommand(
  operation: BoundOperation,
  given: Given,
  terminal: Terminal,
): Promise<number> {
  const output = await answer(operation, inputOf(operation, given), given, terminal)
  terminal.print(given.json ? JSON.stringify(output) : answerText(operation, output, terminal.width))
  return operation.found?.(output) ? exitCodes.findings : exitCodes.clean
}
