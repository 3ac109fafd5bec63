// The shape of a search text: its filter, its pipes, and what is being written at the caret.

/** Places of the pipes that are not in quotes. */
function pipesOf(text: string): number[] {
  const places: number[] = []
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (quoted && letter === '\\') at += 1
    else if (letter === '"') quoted = !quoted
    else if (letter === '|' && !quoted) places.push(at)
  }
  return places
}

/** The part before the first pipe, and the rest with its pipe. */
export function splitQuery(text: string): { filter: string; pipes: string } {
  const [first = text.length] = pipesOf(text)
  return { filter: text.slice(0, first).trim(), pipes: text.slice(first).trim() }
}
export const hasPipes = (text: string): boolean => pipesOf(text).length > 0

/** The query with another filter before its pipes. */
export function withFilter(text: string, filter: string): string {
  const { pipes } = splitQuery(text)
  return [filter, pipes].filter(Boolean).join(' ')
}

/** What may follow a pipe, and what it makes. */
export const pipeWords: readonly { readonly name: string; readonly does: string; readonly write: string }[] = [
  { name: 'count', write: 'count by user', does: 'how many, for each value' },
  { name: 'top', write: 'top 10 host', does: 'the commonest values' },
  { name: 'rare', write: 'rare process', does: 'the rarest values' },
  { name: 'timechart', write: 'timechart span=1h by source', does: 'counts over time' },
  { name: 'stats', write: 'stats dc(dst_ip), sum(bytes) by host', does: 'sums, averages, distinct values' },
  { name: 'dedupe', write: 'dedupe user', does: 'one event for each value' },
  { name: 'transaction', write: 'transaction by user maxpause=5m', does: 'events that belong together' },
  { name: 'where', write: 'where count>5', does: 'a filter over what was computed' },
  { name: 'sort', write: 'sort -count', does: 'the order' },
  { name: 'head', write: 'head 20', does: 'the first so many' },
  { name: 'fields', write: 'fields time, host, user', does: 'only these columns' },
]

/** What stands at the caret and could be completed; `from` to `to` is what a completion replaces. */
export type Writing = { readonly typed: string; readonly from: number; readonly to: number } & (
  | { readonly kind: 'field' | 'pipe' | 'pipe-field' }
  | { readonly kind: 'value'; readonly field: string }
)

const fieldAndValue = /^-?([A-Za-z_@][\w.@-]{0,199})(?::|>=|<=|>|<)(.*)$/s

/** What is being written; nothing inside quoted words that are no value of a field. */
export function writingAt(text: string, caret: number): Writing | undefined {
  const before = text.slice(0, caret)
  const pipe = pipesOf(before).at(-1)
  if (pipe === undefined) return inFilter(before, caret)
  const words = before.slice(pipe + 1)
  if (/^\s*where\s/i.test(words)) return inFilter(before, caret)
  const [typed = ''] = /[\w.@-]*$/.exec(words) ?? []
  const from = caret - typed.length
  const isFirst = words.trim() === typed
  return { kind: isFirst ? 'pipe' : 'pipe-field', typed, from, to: caret }
}

function inFilter(before: string, caret: number): Writing | undefined {
  const start = wordStart(before)
  const word = before.slice(start)
  const [, field, value = ''] = fieldAndValue.exec(word) ?? []
  if (field !== undefined)
    return { kind: 'value', field, typed: value.replace(/^"/, ''), from: caret - value.length, to: caret }
  if (/["|]/.test(word)) return undefined
  const typed = word.replace(/^-/, '')
  return { kind: 'field', typed, from: caret - typed.length, to: caret }
}

/** Where the word at the end begins: after white space or a parenthesis outside quotes. */
function wordStart(text: string): number {
  let start = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (quoted && letter === '\\') at += 1
    else if (letter === '"') quoted = !quoted
    else if (!quoted && /[\s()|]/.test(letter)) start = at + 1
  }
  return start
}

export interface Completion {
  /** What is shown. */
  readonly title: string
  readonly hint: string
  /** What it is replaced by. */
  readonly insert: string
}
const mostCompletions = 10

/** Those that fit what was typed: first what begins with it, then what holds it. */
export function fitting(all: readonly Completion[], typed: string): Completion[] {
  const text = typed.toLowerCase().replaceAll('*', '')
  const begins = all.filter(({ title }) => title.toLowerCase().startsWith(text))
  const holds = all.filter(
    ({ title }) => !begins.some((one) => one.title === title) && title.toLowerCase().includes(text),
  )
  return [...begins, ...holds].filter(({ title }) => title !== typed).slice(0, mostCompletions)
}

/** The text with a completion in it, and where the caret then stands. */
export function completed(
  text: string,
  { from, to }: Writing,
  { insert }: Completion,
): { text: string; caret: number } {
  return { text: text.slice(0, from) + insert + text.slice(to), caret: from + insert.length }
}
