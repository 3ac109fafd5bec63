// What the linter looks at, and what it says.
import type { Place } from '#kernel'
import type { Plain } from '../sigma/detection.ts'
import type { ReadDocument } from '../sigma/parse.ts'

/** `error`: the rule does not run. `warning`: it may not do what it says. `hint`: it could be better. */
export const lintSeverities = ['error', 'warning', 'hint'] as const
export type LintSeverity = (typeof lintSeverities)[number]

/** One finding, at its place, with the remedy. */
export interface LintFinding {
  readonly code: string
  readonly severity: LintSeverity
  readonly rule: string
  readonly at: Place
  readonly text: string
  readonly help: string
}

/** Fields that a log source is known to have; nothing when nothing is known of it. */
export type KnownFields = (source: ReadDocument['head']['source']) => ReadonlySet<string> | undefined

/** One line of a selection as it is written: `CommandLine|contains|all` and its values. */
export interface Line {
  readonly selection: string
  readonly path: readonly PropertyKey[]
  readonly key: string
  readonly field: string
  readonly modifiers: readonly string[]
  readonly values: readonly unknown[]
}

/** A document with its lines, and what is known of log sources. */
export interface Linted extends ReadDocument {
  readonly lines: readonly Line[]
  readonly known: KnownFields
}

/** Where in the document, what, and the remedy. */
export interface Remark {
  readonly path: readonly PropertyKey[]
  readonly of?: 'key' | 'value'
  readonly text: string
  readonly help: string
}

/** One check: a line of the table. Answers what it finds in one document. */
export interface Check {
  readonly code: string
  readonly severity: LintSeverity
  readonly does: string
  readonly find: (linted: Linted) => readonly Remark[]
}

const isMap = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/** Every line of the selections below `root`, which is `detection` or `filter`. */
export function linesOf(value: unknown, root: string): Line[] {
  if (!isMap(value)) return []
  const names = Object.keys(value).filter((name) => !['condition', 'timeframe', 'rules'].includes(name))
  return names.flatMap((name) => linesIn(name, value[name], [root, name]))
}

function linesIn(selection: string, value: unknown, path: readonly PropertyKey[]): Line[] {
  if (isMap(value))
    return Object.keys(value).map((key) => {
      const [field = '', ...modifiers] = key.split('|')
      return { selection, path: [...path, key], key, field, modifiers, values: listOf(value[key]) }
    })
  const words = listOf(value).filter((one) => !isMap(one))
  const keywords = { selection, path, key: '', field: '', modifiers: [], values: words }
  const maps = listOf(value).flatMap((one, at) => (isMap(one) ? linesIn(selection, one, [...path, at]) : []))
  return words.length === 0 ? maps : [...maps, keywords]
}
