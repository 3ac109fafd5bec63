// Search texts cut into tokens, each with its place (from 1) for messages.
import { Fault } from '#kernel'

export type Token =
  | { readonly kind: 'open' | 'close' | 'minus' | 'pipe' | 'and' | 'or' | 'not'; readonly at: number }
  /** A field's name with what stands behind it: `:`, or a comparison as in `dst_port>1024`. */
  | { readonly kind: 'field'; readonly name: string; readonly compare: Compare | ''; readonly at: number }
  | { readonly kind: 'compare'; readonly compare: Compare; readonly at: number }
  | { readonly kind: 'value'; readonly text: string; readonly quoted: boolean; readonly at: number }
  /** `/…/` right behind a field's name. */
  | { readonly kind: 'pattern'; readonly text: string; readonly at: number }
  | { readonly kind: 'range'; readonly from: Bound; readonly to: Bound; readonly at: number }

export type Compare = '>' | '>=' | '<' | '<='
/** An end of a range; `*` is open. */
export interface Bound {
  readonly text: string
  readonly at: number
}

export const longestQuery = 4_000
export const longestPattern = 1_000

/** A Fault that names a place in the search text. Counts from 1. */
export const wrongAt = (text: string, at: number): Fault => new Fault('INPUT_INVALID', `${text} at character ${at + 1}`)

const fieldName = /([A-Za-z_@](?:[\w.@-]*\w)?)(:(?!:)|>=|<=|>|<)/y
/** `C:\Temp` and `https://…` are text, though they look like a field and its value. */
const pathText = /[A-Za-z]:[\\/]|[A-Za-z][\w+.-]*:\/\//y
const quotedText = /"((?:[^"\\]|\\[\s\S])*)"/y
const plainText = /[^\s()"]+/y
/** Without spaces, so that `file:/var/ path:/etc/` stays two texts; `\s` stands for one. */
const patternText = /\/((?:[^/\\\s]|\\\S)+)\/(?=[\s)|]|$)/y
const compareText = /(?:>=|<=|>|<)/y
const rangeText = /\[\s*("(?:[^"\\]|\\[\s\S])*"|[^\s\]"]+)\s+to\s+("(?:[^"\\]|\\[\s\S])*"|[^\s\]"]+)\s*\]/iy
const words: Readonly<Record<string, 'and' | 'or' | 'not'>> = { and: 'and', or: 'or', not: 'not' }

const match = (pattern: RegExp, query: string, at: number): RegExpExecArray | undefined => {
  pattern.lastIndex = at
  return pattern.exec(query) ?? undefined
}
const isCompare = (text: string): text is Compare => ['>', '>=', '<', '<='].includes(text)
/** In quotes `\"` and `\\` stand for `"` and `\`; any other backslash is itself. */
const unquoted = (text: string): string => text.replace(/\\(["\\])/g, '$1')
const bound = (text: string, at: number): Bound =>
  text.startsWith('"') ? { text: unquoted(text.slice(1, -1)), at } : { text, at }

/** The tokens of a search text. Throws Fault INPUT_INVALID whose text ends with the place. */
export function tokensOf(query: string): Token[] {
  if (query.length > longestQuery) throw wrongAt(`the search is longer than ${longestQuery} characters`, longestQuery)
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    at += match(/\s*/y, query, at)?.[0].length ?? 0
    if (at >= query.length) return tokens
    const before = tokens.at(-1)
    const inField = before?.kind === 'field' && before.compare === '' && query[at - 1] === ':'
    // `time>-24h`: behind a comparison a hyphen is a sign.
    const isSigned = query[at] === '-' && /[<>=]/.test(query[at - 1] ?? '')
    const { token, end } = isSigned ? plain(query, at, false) : next(query, at, inField)
    tokens.push(token)
    at = end
  }
}

interface Cut {
  readonly token: Token
  readonly end: number
}

function next(query: string, at: number, inField: boolean): Cut {
  const letter = query[at] ?? ''
  if (letter === '(') return { token: { kind: 'open', at }, end: at + 1 }
  if (letter === ')') return { token: { kind: 'close', at }, end: at + 1 }
  if (letter === '"') return quoted(query, at)
  if (letter === '|' && !inField) return { token: { kind: 'pipe', at }, end: at + 1 }
  if (inField) return afterField(query, at)
  if (letter === '-' && !/[\s)]|^$/.test(query[at + 1] ?? '')) return { token: { kind: 'minus', at }, end: at + 1 }
  const field = match(pathText, query, at) ? undefined : match(fieldName, query, at)
  if (field) return fieldCut(field, at)
  return plain(query, at, true)
}

function fieldCut(field: RegExpExecArray, at: number): Cut {
  const [all, name = '', behind = ''] = field
  return { token: { kind: 'field', name, compare: isCompare(behind) ? behind : '', at }, end: at + all.length }
}

/** What may stand right behind `field:` besides a plain value. */
function afterField(query: string, at: number): Cut {
  const compared = match(compareText, query, at)
  if (compared && isCompare(compared[0]))
    return { token: { kind: 'compare', compare: compared[0], at }, end: at + compared[0].length }
  const pattern = match(patternText, query, at)
  if (pattern) return patternCut(pattern, at)
  if (query[at] !== '[') return plain(query, at, false)
  const range = match(rangeText, query, at)
  if (!range) throw wrongAt('a range is written [FROM to UNTIL]', at)
  const [all, from = '', to = ''] = range
  const token: Token = {
    kind: 'range',
    from: bound(from, at + all.indexOf(from)),
    to: bound(to, at + all.lastIndexOf(to)),
    at,
  }
  return { token, end: at + all.length }
}

function patternCut([all, text = '']: RegExpExecArray, at: number): Cut {
  if (text.length > longestPattern) throw wrongAt(`an expression is longer than ${longestPattern} characters`, at)
  return { token: { kind: 'pattern', text: text.replaceAll('\\/', '/'), at }, end: at + all.length }
}

function quoted(query: string, at: number): Cut {
  const found = match(quotedText, query, at)
  if (!found) throw wrongAt('this quote is not closed', at)
  const text = unquoted(found[1] ?? '')
  const end = at + found[0].length
  // A name that needs quotes: "odd name":value
  const behind = match(/:|>=|<=|>|</y, query, end)?.[0]
  if (behind !== undefined)
    return {
      token: { kind: 'field', name: text, compare: isCompare(behind) ? behind : '', at },
      end: end + behind.length,
    }
  return { token: { kind: 'value', text, quoted: true, at }, end }
}

function plain(query: string, at: number, mayBeWord: boolean): Cut {
  const text = match(plainText, query, at)?.[0] ?? ''
  const end = at + text.length
  const word = mayBeWord ? words[text.toLowerCase()] : undefined
  return { token: word ? { kind: word, at } : { kind: 'value', text, quoted: false, at }, end }
}
