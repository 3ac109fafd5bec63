// A decision added to the text of decisions/threats.yaml, everything else left as it is.
import { Fault } from '#kernel'
import type { Decision } from '../threat.ts'
import { readDecisions } from './read.ts'

/** Where decisions taken in the console and on the command line are written. */
export const decisionFile = 'decisions/threats.yaml'

const opening =
  '# What was decided about threats. Reviewed like code; entries may be moved to other files of this folder.\ndecisions:\n'
const keys = ['threat', 'decision', 'reason', 'owner', 'until', 'control'] as const

const plainText = /^[A-Za-z][\w .,/@>()*+-]*$/
const notText = /^(true|false|null|yes|no|on|off|~)$|[ ]$/i
/** A text as a YAML scalar: as it is where that cannot be misread, else in quotes. */
export const scalar = (text: string): string =>
  (plainText.test(text) && !notText.test(text)) || /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : JSON.stringify(text)

const entryLines = (decision: Decision): string[] =>
  keys
    .flatMap((key) => {
      const value = decision[key]
      return value === undefined ? [] : [`${key}: ${scalar(value)}`]
    })
    .map((line, at) => `${at === 0 ? '  - ' : '    '}${line}`)

/** What was added to which file, and the same as the body of a unified diff. */
export interface WrittenDecision {
  readonly text: string
  readonly diff: string
}

/**
 * The text with one entry more at its end; comments and everything else stay. Throws Fault CONFLICT when the file is written in a way that an
 * entry cannot simply follow; it is then left alone.
 */
export function withDecision(before: string, decision: Decision): WrittenDecision {
  const lines = entryLines(decision)
  const base =
    before.trim() === ''
      ? opening
      : before.replace(/^decisions:[ \t]*(\[[ \t]*\]|null|~)[ \t]*$/m, 'decisions:').replace(/\n*$/, '\n')
  const indent = /^(\s*)- /m.exec(base.slice(base.search(/^decisions:/m)))?.[1]?.length ?? 2
  const shifted = lines.map((line) => ' '.repeat(indent) + line.slice(2))
  const text = `${base}${shifted.join('\n')}\n`
  const [old, now] = [before, text].map((one) => readDecisions([{ file: decisionFile, text: one }]))
  const added = now?.decisions.at(-1)
  const same = added !== undefined && keys.every((key) => added[key] === decision[key])
  if (!same || now?.issues.length !== old?.issues.length || now?.decisions.length !== (old?.decisions.length ?? 0) + 1)
    throw new Fault(
      'CONFLICT',
      `${decisionFile} is not a list below decisions: that an entry can follow; write it by hand`,
    )
  return { text, diff: diffOf(before, text) }
}

/** A unified diff of texts that share their beginning and end, with three lines around. */
function diffOf(before: string, after: string): string {
  const [a, b] = [before, after].map((text) => (text === '' ? [] : text.replace(/\n$/, '').split('\n')))
  const [old, now] = [a ?? [], b ?? []]
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1
  let end = 0
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1
  const from = Math.max(start - 3, 0)
  const gone = old.slice(start, old.length - end)
  const added = now.slice(start, now.length - end)
  const around = old.slice(from, start)
  const after3 = old.slice(old.length - end, Math.min(old.length, old.length - end + 3))
  const size = around.length + after3.length
  const head = `@@ -${old.length === 0 ? 0 : from + 1},${size + gone.length} +${from + 1},${size + added.length} @@`
  return [
    old.length === 0 ? '--- /dev/null' : `--- a/${decisionFile}`,
    `+++ b/${decisionFile}`,
    head,
    ...around.map((line) => ` ${line}`),
    ...gone.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...after3.map((line) => ` ${line}`),
    '',
  ].join('\n')
}
