// The words of one pipe, each with its place: names, numbers, signs.
import { tokensOf, wrongAt } from './tokens.ts'

export interface Word {
  readonly kind: 'name' | 'number' | 'sign'
  readonly text: string
  /** In quotes, a word of the language is a name like any other. */
  readonly quoted: boolean
  readonly at: number
}

const bare = /[A-Za-z_@][\w.@-]*/y
const number = /\d[\w.]*/y
const quotedName = /"((?:[^"\\]|\\[\s\S])*)"/y
const sign = /[,()+=*-]/y

const match = (pattern: RegExp, text: string, at: number): RegExpExecArray | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}

/** The words from `from` to `until` of a text. Throws Fault INPUT_INVALID with the place. */
export function wordsOf(text: string, from: number, until: number): Word[] {
  const words: Word[] = []
  const part = text.slice(0, until)
  let at = from
  for (;;) {
    at += match(/\s*/y, part, at)?.[0].length ?? 0
    if (at >= until) return words
    const word = wordAt(part, at)
    if (!word) throw wrongAt(`${part[at]} was not expected`, at)
    words.push(word.word)
    at = word.end
  }
}

function wordAt(text: string, at: number): { word: Word; end: number } | undefined {
  const quoted = match(quotedName, text, at)
  if (quoted) {
    const name = (quoted[1] ?? '').replace(/\\(["\\])/g, '$1')
    return { word: { kind: 'name', text: name, quoted: true, at }, end: at + quoted[0].length }
  }
  for (const [kind, pattern] of [
    ['name', bare],
    ['number', number],
    ['sign', sign],
  ] as const) {
    const found = match(pattern, text, at)
    if (found) return { word: { kind, text: found[0], quoted: false, at }, end: at + found[0].length }
  }
  return undefined
}

/** Where the pipes of a search stand, those in quotes, parentheses and words not counted; and its end. */
export function pipePlaces(text: string): number[] {
  const places: number[] = []
  let depth = 0
  for (const { kind, at } of tokensOf(text)) {
    if (kind === 'open') depth += 1
    if (kind === 'close') depth -= 1
    if (kind === 'pipe' && depth <= 0) places.push(at)
  }
  return [...places, text.length]
}
