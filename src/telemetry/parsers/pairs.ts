// `key=value` texts in the dialects of devices and logfmt: values bare, in quotes, or running on to the next key.
import { setField } from './flatten.ts'
import type { OpenFields } from './parser.ts'

const keyStart = /[A-Za-z_@]/
const mostPairs = 512

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13

/** End of a value in quotes that begins before `from`; backslashes keep a quote from ending it. */
function quoteEnd(text: string, from: number, mark: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === mark) return at
  }
  return text.length
}
const unescaped = (text: string): string => (text.includes('\\') ? text.replace(/\\(["'\\])/g, '$1') : text)

/** How a dialect is written. */
export interface PairStyle {
  /** Stands between pairs, besides blanks. */
  readonly separator?: string
  /** Bare values may hold blanks: they run on to the next word with an equals sign. */
  readonly open?: boolean
  /** Stands between key and value. */
  readonly assign?: string
}

const key = /([A-Za-z_@][\w@.:/()[\]{}-]{0,127})/y
/** Where a colon stands between key and value. */
const plainKey = /([A-Za-z_@][\w@./()[\]{}-]{0,127})/y

/** Pairs of a text, in time linear in its length. Words without an equals sign are left out; of keys that come twice the first counts. */
export function pairsOf(text: string, style: PairStyle = {}): OpenFields {
  const { separator, open = false, assign = '=' } = style
  const word = assign.startsWith(':') ? plainKey : key
  const fields: OpenFields = {}
  let count = 0
  let last: string | undefined
  let lastEnd = 0
  for (let at = 0; at < text.length && count < mostPairs; ) {
    const skipped = isSpace(text.charCodeAt(at)) || text[at] === separator
    if (skipped) {
      at++
      continue
    }
    word.lastIndex = at
    const name = keyStart.test(text[at] ?? '') ? word.exec(text)?.[1] : undefined
    const equals = name === undefined ? -1 : at + name.length
    if (name === undefined || !text.startsWith(assign, equals)) {
      const end = nextBreak(text, at, separator)
      if (open && last !== undefined && typeof fields[last] === 'string' && at > lastEnd) {
        setField(fields, last, `${String(fields[last])}${text.slice(lastEnd, end)}`)
        lastEnd = end
      }
      at = Math.max(end, at + 1)
      continue
    }
    const value = valueAt(text, equals + assign.length, separator)
    last = Object.hasOwn(fields, name) ? undefined : name
    if (last !== undefined) setField(fields, name, value.text)
    lastEnd = value.end
    at = value.end
    count++
  }
  return fields
}

function nextBreak(text: string, from: number, separator: string | undefined): number {
  for (let at = from; at < text.length; at++)
    if (isSpace(text.charCodeAt(at)) || text[at] === separator) return at
  return text.length
}

function valueAt(text: string, from: number, separator: string | undefined): { readonly text: string; readonly end: number } {
  const mark = text[from]
  if (mark === '"' || mark === "'") {
    const end = quoteEnd(text, from + 1, mark)
    return { text: unescaped(text.slice(from + 1, end)), end: Math.min(end + 1, text.length) }
  }
  const end = separator !== undefined ? untilSeparator(text, from, separator) : nextBreak(text, from, undefined)
  return { text: text.slice(from, end).trimEnd(), end }
}
const untilSeparator = (text: string, from: number, separator: string): number => {
  const found = text.indexOf(separator, from)
  return found < 0 ? text.length : found
}
