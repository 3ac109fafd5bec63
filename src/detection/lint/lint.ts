// Rules looked at as a careful colleague would: every finding with its place, how grave it is, and the remedy.
import type { Issue } from '#kernel'
import { knownFields } from './fields.ts'
import { headChecks } from './head.ts'
import { lineChecks } from './lines.ts'
import { logicChecks } from './logic.ts'
import { lintTogether, togetherChecks } from './together.ts'
import { type Check, type KnownFields, type Linted, linesOf, type LintFinding, lintSeverities } from './types.ts'
import type { Lists } from '../sigma/modifiers.ts'
import { parseSigma, type ReadDocument } from '../sigma/parse.ts'

export interface LintOptions {
  readonly lists?: Lists
  /** Fields seen in a log source, beside those that are known of it. */
  readonly seen?: KnownFields
}
/** A rule file: its name and text. */
export interface LintFile {
  readonly file: string
  readonly text: string
}
export interface Lint {
  readonly rules: number
  readonly findings: readonly LintFinding[]
}

const checks: readonly Check[] = [...headChecks, ...lineChecks, ...logicChecks]

/** Every check there is, those of reading too, by code. */
export const lintTable: readonly Pick<Check, 'code' | 'severity' | 'does'>[] = [
  ...[
    ['shape', 'error', 'a document that is no map'],
    ['detection', 'error', 'a rule without a detection'],
    ['logsource', 'error', 'a rule without a log source'],
    ['condition', 'error', 'a condition that cannot be read, or counts with `|`'],
    ['selection', 'error', 'a condition that names a selection that is not there, or a pattern that fits none'],
    ['value', 'error', 'a selection or line without values, or with values that are none'],
    ['modifier-unknown', 'error', 'a modifier that Sigma does not have'],
    ['modifier', 'error', 'a modifier that cannot stand where it stands'],
    ['null', 'error', '`null` with a modifier, or as a keyword'],
    ['regex', 'error', 'an expression that RE2 does not take'],
    ['cidr', 'error', '`cidr` without a range of addresses'],
    ['number', 'error', 'a comparison with what is no number'],
    ['exists', 'error', '`exists` with something else than true or false'],
    ['fieldref', 'error', '`fieldref` without the name of a field'],
    ['timeframe', 'warning', '`timeframe`, as before Sigma 2'],
    ['action', 'warning', '`action: global`, `repeat` and `reset`, as before Sigma 2'],
    ['cidr-bits', 'warning', 'a range with bits to the right of its prefix'],
    ['filter-keeps', 'warning', 'a filter without `not`: the rule fires only when it holds'],
    ['title', 'warning', 'a rule without a title'],
    ['id', 'warning', 'a rule without an id'],
    ['level', 'warning', 'a rule without a level, or with one that Sigma does not have'],
    ['status', 'warning', 'a status that Sigma does not have'],
    ['date', 'warning', 'a date that is none'],
    ['logsource-case', 'warning', 'a log source in capitals or with spaces'],
    ['unused', 'warning', 'a selection that the condition does not use'],
    ['null-in-list', 'warning', '`null` in a list with other values'],
    ['empty-text', 'warning', '`contains`, `startswith` or `endswith` with an empty text'],
  ].map(
    ([code = '', severity, does = '']) =>
      ({ code, severity: severity === 'error' ? 'error' : 'warning', does }) as const,
  ),
  ...checks,
  ...togetherChecks,
]

/** Everything that is to be said about some rule files. Never throws: what cannot be read is a finding. */
export function lintRules(files: readonly LintFile[], { lists = {}, seen }: LintOptions = {}): Lint {
  const known: KnownFields = (source) => {
    const table = knownFields(source)
    const more = seen?.(source)
    return table && more ? new Set([...table, ...more]) : table
  }
  const all: Linted[] = []
  const findings = files.flatMap(({ file, text }) => {
    const documents: Linted[] = []
    const { issues } = parseSigma(text, file, lists, (document) => documents.push(lintedOf(document, known)))
    all.push(...documents)
    return [...issues.map((issue) => ofIssue(issue, documents)), ...documents.flatMap(lintOne)]
  })
  return { rules: all.length, findings: [...findings, ...lintTogether(all)].sort(byPlace) }
}

const lintedOf = (document: ReadDocument, known: KnownFields): Linted => ({
  ...document,
  lines:
    document.kind === 'filter'
      ? linesOf(document.value['filter'], 'filter')
      : linesOf(document.value['detection'], 'detection'),
  known,
})

const lintOne = (linted: Linted): LintFinding[] =>
  checks.flatMap(({ code, severity, find }) =>
    find(linted).map(({ path, of, text, help }) => ({
      code: `sigma-${code}`,
      severity,
      rule: linted.head.id,
      at: linted.place(path, of),
      text,
      help,
    })),
  )

/** A problem of reading belongs to the last document that begins before it. */
function ofIssue({ code, severity, at, text, help = '' }: Issue, documents: readonly Linted[]): LintFinding {
  const owner = documents.findLast(({ place }) => (place([]).line ?? 0) <= (at.line ?? 0)) ?? documents[0]
  return { code, severity, rule: owner?.head.id ?? '', at, text, help }
}

const byPlace = (a: LintFinding, b: LintFinding): number =>
  (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : 0) ||
  (a.at.line ?? 0) - (b.at.line ?? 0) ||
  lintSeverities.indexOf(a.severity) - lintSeverities.indexOf(b.severity)
