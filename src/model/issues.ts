// Problems of the model: making one, and showing no more of a file than somebody can read.
import type { Issue, Place } from '#kernel'

/** A problem that must be mended. */
export const error = (code: string, at: Place, text: string, help: string): Issue => ({
  code,
  severity: 'error',
  at,
  text,
  help,
})

/** Something that is probably not meant. */
export const warning = (code: string, at: Place, text: string, help: string): Issue => ({
  code,
  severity: 'warning',
  at,
  text,
  help,
})

/** Most problems shown of one file. */
export const mostShown = 200

const place = ({ at }: Issue): number => (at.line ?? 0) * 100_000 + Math.min(at.column ?? 0, 99_999)

/** Problems in the order of files and lines. Of a file with more than 200 the errors go first, and the rest is one line that counts them. */
export function shownIssues(issues: readonly Issue[], unworded: ReadonlyMap<string, number> = new Map()): Issue[] {
  const files = new Map<string, Issue[]>()
  for (const issue of issues) {
    const before = files.get(issue.at.file)
    if (before) before.push(issue)
    else files.set(issue.at.file, [issue])
  }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, all]) => fewOf(file, all, unworded.get(file) ?? 0))
}

function fewOf(file: string, all: readonly Issue[], unworded: number): Issue[] {
  const count = all.length + unworded
  if (count <= mostShown) return all.toSorted((a, b) => place(a) - place(b))
  const kept = all.toSorted((a, b) => weight(a) - weight(b) || place(a) - place(b)).slice(0, mostShown)
  const severity = unworded > 0 || all.filter(isError).length > mostShown ? 'error' : 'warning'
  const text = `${count - kept.length} more problems in this file`
  return [
    ...kept.toSorted((a, b) => place(a) - place(b)),
    { code: 'more-problems', severity, at: { file }, text, help: 'mend those shown first' },
  ]
}

const isError = (issue: Issue): boolean => issue.severity === 'error'
const weight = (issue: Issue): number => (isError(issue) ? 0 : 1)
