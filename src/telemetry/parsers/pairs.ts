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
  const reader = new PairReader(text, { separator, assign, open })
  while (reader.step());
  return reader.fields
}

/** One walk over a text: where it is, and the value that an open one may still add to. */
class PairReader {
  readonly fields: OpenFields = {}
  private readonly text: string
  private readonly style: { readonly separator: string | undefined; readonly assign: string; readonly open: boolean }
  private readonly word: RegExp
  private at = 0
  private count = 0
  private last: string | undefined
  private lastEnd = 0

  constructor(text: string, style: PairReader['style']) {
    this.text = text
    this.style = style
    this.word = style.assign.startsWith(':') ? plainKey : key
  }

  /** Goes on to the next word; false at the end. */
  step(): boolean {
    const { text, style } = this
    while (this.at < text.length && (isSpace(text.charCodeAt(this.at)) || text[this.at] === style.separator)) this.at++
    if (this.at >= text.length || this.count >= mostPairs) return false
    this.word.lastIndex = this.at
    const name = keyStart.test(text[this.at] ?? '') ? this.word.exec(text)?.[1] : undefined
    if (name !== undefined && text.startsWith(style.assign, this.at + name.length)) this.take(name)
    else this.pass()
    return true
  }

  private take(name: string): void {
    const { text, at, style } = this
    const value = valueAt(text, at + name.length + style.assign.length, style.separator)
    this.last = Object.hasOwn(this.fields, name) ? undefined : name
    if (this.last !== undefined) setField(this.fields, name, value.text)
    this.lastEnd = value.end
    this.at = value.end
    this.count++
  }

  /** A word that is no pair: part of the value before it, or nothing. */
  private pass(): void {
    const { text, at, style, last, fields } = this
    const end = nextBreak(text, at, style.separator)
    const before = last === undefined ? undefined : fields[last]
    if (style.open && last !== undefined && typeof before === 'string' && at > this.lastEnd) {
      setField(fields, last, `${before}${text.slice(this.lastEnd, end)}`)
      this.lastEnd = end
    }
    this.at = Math.max(end, at + 1)
  }
}

function nextBreak(text: string, from: number, separator: string | undefined): number {
  for (let at = from; at < text.length; at++) if (isSpace(text.charCodeAt(at)) || text[at] === separator) return at
  return text.length
}

function valueAt(
  text: string,
  from: number,
  separator: string | undefined,
): { readonly text: string; readonly end: number } {
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
