// Lines of a selection that hold for each of some events: one value, a common beginning or end, words, or a short list.
import { isCommand, isProgram, isStable } from './fields.ts'

/** One line: `Image|endswith: '\cmd.exe'`. Values are plain texts; what means something to Sigma is escaped when written. */
export interface DraftItem {
  readonly field: string
  readonly modifiers: readonly string[]
  readonly values: readonly string[]
}

const mostValues = 5
const mostWords = 4
const shortestWord = 3
const shortestEnd = 5

const distinct = (values: readonly string[]): string[] => {
  const seen = new Map<string, string>()
  for (const value of values) if (!seen.has(value.toLowerCase())) seen.set(value.toLowerCase(), value)
  return [...seen.values()]
}

/** The name at the end of a path with the separator before it; the whole text when it has none. */
const nameOf = (path: string): string => {
  const at = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'))
  return at > 0 && at < path.length - 1 ? path.slice(at) : path
}

/** The lines for one field, given its value in each event; none when it has nothing stable in common. */
export function itemOf(field: string, values: readonly string[]): DraftItem | undefined {
  if (isCommand(field)) return words(field, values)
  // Lists are stored joined by commas; the longest member is in each of them as it came.
  if (values.some((value) => value.includes(', '))) return ofLists(field, values)
  if (!values.every(isStable)) return ofEnds(field, values)
  if (isProgram(field)) return ofPrograms(field, values)
  const all = distinct(values)
  if (all.length === 1) return { field, modifiers: [], values: all }
  return (
    ofEnds(field, values) ?? (all.length <= mostValues && all.length < values.length ? list(field, all) : undefined)
  )
}

const list = (field: string, values: readonly string[]): DraftItem => ({ field, modifiers: [], values })

function ofLists(field: string, values: readonly string[]): DraftItem | undefined {
  const [first = ''] = values
  const member = first
    .split(', ')
    .filter((one) => one.length >= shortestWord && isStable(one))
    .sort((a, b) => b.length - a.length)
    .find((one) => values.every((value) => value.toLowerCase().includes(one.toLowerCase())))
  return member === undefined ? undefined : { field, modifiers: ['contains'], values: [member] }
}

function ofPrograms(field: string, values: readonly string[]): DraftItem | undefined {
  const names = distinct(values.map(nameOf))
  if (names.length > mostValues) return ofEnds(field, values)
  const isPath = names.every((name) => /^[\\/]/.test(name))
  return { field, modifiers: isPath ? ['endswith'] : [], values: names }
}

/** A common beginning or end, whichever is longer; a path's beginning is cut after its last separator. */
function ofEnds(field: string, values: readonly string[]): DraftItem | undefined {
  const start = beginning(values)
  const cut = Math.max(start.lastIndexOf('\\'), start.lastIndexOf('/'))
  const [from, to] = [cut >= shortestEnd ? start.slice(0, cut + 1) : start, ending(values)]
  const [modifier, text] = from.length > to.length ? ['startswith', from] : ['endswith', to]
  return text.length >= shortestEnd && isStable(text) ? { field, modifiers: [modifier], values: [text] } : undefined
}

function beginning(values: readonly string[]): string {
  const [first = '', ...others] = values
  let at = 0
  while (
    at < first.length &&
    others.every((other) => other.charAt(at).toLowerCase() === first.charAt(at).toLowerCase())
  )
    at += 1
  return first.slice(0, at)
}

function ending(values: readonly string[]): string {
  const [first = '', ...others] = values
  const same = (at: number, other: string): boolean =>
    at <= other.length &&
    other.charAt(other.length - at).toLowerCase() === first.charAt(first.length - at).toLowerCase()
  let length = 0
  while (length < first.length && others.every((other) => same(length + 1, other))) length += 1
  return length === 0 ? '' : first.slice(-length)
}

const pathOfUser = /users[\\/]|home[\\/]|appdata/i

/** Words that every text has: options and names, not paths of one user, the longest first in order of their place. */
export function commonWords(values: readonly string[], least = shortestWord): string[] {
  const [first = '', ...others] = values
  const lowered = others.map((other) => other.toLowerCase())
  const candidates = distinct(first.slice(0, 4_000).split(/\s+/))
    .map((word) => word.replace(/^["'([{,;]+/, '').replace(/["')\]},;]+$/, ''))
    .filter((word) => word.length >= least && word.length <= 80 && isStable(word) && !pathOfUser.test(word))
    .filter((word) => !/^\d+$/.test(word) && lowered.every((other) => other.includes(word.toLowerCase())))
  const longest = new Set([...candidates].sort((a, b) => b.length - a.length).slice(0, mostWords))
  return candidates.filter((word) => longest.has(word))
}

function words(field: string, values: readonly string[]): DraftItem | undefined {
  // The first word is the program, which has a field of its own.
  const found = commonWords(values.map((value) => value.replace(/^(?:"[^"]{0,300}"|\S{1,300})(?:\s|$)/, '')))
  const [only] = found
  if (only === undefined) return undefined
  return { field, modifiers: found.length === 1 ? ['contains'] : ['contains', 'all'], values: found }
}
