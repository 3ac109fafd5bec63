// The text of a rule by lines: places of findings, edits, what keys do to it. Pure.

export interface Edit {
  readonly text: string
  /** Where the caret stands afterwards. */
  readonly caret: number
}
export interface Range {
  readonly start: number
  readonly end: number
}

/** Where a line begins, counted from 1; the end for a line beyond it. */
export function lineStart(text: string, line: number): number {
  let at = 0
  for (let count = 1; count < line; count++) {
    const next = text.indexOf('\n', at)
    if (next < 0) return text.length
    at = next + 1
  }
  return at
}

/** The place of line and column, both counted from 1. */
export function placeOf(text: string, line = 1, column = 1): number {
  const start = lineStart(text, line)
  const end = text.indexOf('\n', start)
  return Math.min(start + column - 1, end < 0 ? text.length : end)
}

/** The line in which a place lies, counted from 1. */
export const lineAt = (text: string, place: number): number => text.slice(0, place).split('\n').length

/** A new line that is set in as the one before, and once more after a colon or a dash that begins a list. */
export function enter(text: string, { start, end }: Range): Edit {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const indent = /^ */.exec(line)?.[0] ?? ''
  const trimmed = line.trim()
  const more = trimmed.endsWith(':') ? '  ' : ''
  const dash = trimmed.startsWith('- ') && trimmed.length > 2 && !trimmed.endsWith(':') ? '- ' : ''
  const put = `\n${indent}${more}${dash}`
  return { text: text.slice(0, start) + put + text.slice(end), caret: start + put.length }
}

/** The lines of a range two spaces further in or out. */
export function indent(text: string, { start, end }: Range, by: 1 | -1): { text: string; start: number; end: number } {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = end > start && text[end - 1] === '\n' ? end - 1 : end
  const lines = text.slice(from, to).split('\n')
  const moved = lines.map((line) => (by === 1 ? (line === '' ? line : `  ${line}`) : line.replace(/^ {1,2}/, '')))
  const first = (moved[0]?.length ?? 0) - (lines[0]?.length ?? 0)
  const all = moved.join('\n')
  return {
    text: text.slice(0, from) + all + text.slice(to),
    start: Math.max(from, start + first),
    end: end + all.length - (to - from),
  }
}

/** A line replaced; undefined takes it out. */
export function withLine(text: string, line: number, change: (before: string) => string | undefined): string {
  const lines = text.split('\n')
  const before = lines[line - 1]
  if (before === undefined) return text
  const after = change(before)
  lines.splice(line - 1, 1, ...(after === undefined ? [] : [after]))
  return lines.join('\n')
}

/** A line put behind the first that fits; at the end when none does. */
export function withLineAfter(text: string, after: RegExp, put: string): string {
  const lines = text.split('\n')
  const at = lines.findIndex((line) => after.test(line))
  if (at < 0) return `${text.endsWith('\n') || text === '' ? text : `${text}\n`}${put}\n`
  lines.splice(at + 1, 0, put)
  return lines.join('\n')
}
