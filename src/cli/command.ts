// What a command is, and what it is given: the terminal, the arguments, the workspace.
import type { Arguments } from './arguments.ts'
import type { Progress } from './progress.ts'

/** The terminal and its surroundings, handed in so that tests can be one. */
export interface Terminal {
  readonly width: number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly folder: string
  print(text: string): void
  /** For people, on standard error: notes, warnings, progress. */
  note(text: string): void
  readonly progress: Progress
  readonly signal: AbortSignal
}

export interface Given extends Arguments {
  readonly json: boolean
  /** Folder of castellan.yaml: --workspace, or the nearest above the present folder. */
  readonly workspace: string
}

/** A command that is not simply an operation. Answers with the exit code. */
export interface Command {
  readonly name: string
  readonly does: string
  readonly usage: string
  readonly flags?: Readonly<Record<string, string>>
  readonly examples?: readonly string[]
  /** Sentences below the examples. */
  readonly notes?: readonly string[]
  run(given: Given, terminal: Terminal): Promise<number>
}
