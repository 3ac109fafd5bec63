// Where values stand in JSON text, so that they can be kept letter by letter. Linear, no recursion.

/** From the first character to the one after the last. */
export interface Span {
  readonly from: number
  readonly to: number
}

const [quote, backslash] = [34, 92]
const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9
const opens = (code: number): boolean => code === 123 || code === 91
const closes = (code: number): boolean => code === 125 || code === 93
const ends = (code: number): boolean => isSpace(code) || code === 44 || code === 58 || opens(code) || closes(code)

export function skipSpace(text: string, at: number): number {
  while (at < text.length && isSpace(text.charCodeAt(at))) at += 1
  return at
}

function endOfText(text: string, at: number): number {
  for (let to = at + 1; to < text.length; to += 1) {
    const code = text.charCodeAt(to)
    if (code === backslash) to += 1
    else if (code === quote) return to + 1
  }
  return -1
}

/** Where the value that begins at `at` ends; -1 when it does not. Whether it is right inside is for JSON.parse. */
export function endOfValue(text: string, at: number): number {
  const first = text.charCodeAt(at)
  if (first === quote) return endOfText(text, at)
  if (!opens(first)) {
    let to = at
    while (to < text.length && !ends(text.charCodeAt(to))) to += 1
    return to > at ? to : -1
  }
  let depth = 0
  for (let to = at; to < text.length; to += 1) {
    const code = text.charCodeAt(to)
    if (code === quote) {
      to = endOfText(text, to) - 1
      if (to < 0) return -1
    } else if (opens(code)) depth += 1
    else if (closes(code) && --depth === 0) return to + 1
  }
  return -1
}

/** Values that stand one after the other, with or without space or commas between them. `rest` is where something is that is no whole value; -1 when all is. */
export function valuesIn(text: string): { spans: Span[]; rest: number } {
  const spans: Span[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const to = endOfValue(text, at)
    if (to < 0) return { spans, rest: at }
    spans.push({ from: at, to })
    at = skipSpace(text, to)
    if (text.charCodeAt(at) === 44) at = skipSpace(text, at + 1)
  }
  return { spans, rest: -1 }
}

/** Where the value of a member of an object stands. The text must be an object that JSON.parse takes. */
export function memberSpan(text: string, name: string, from = 0): Span | undefined {
  let at = skipSpace(text, skipSpace(text, from) + 1)
  let found: Span | undefined
  while (at < text.length && text.charCodeAt(at) === quote) {
    const nameEnd = endOfText(text, at)
    const valueAt = skipSpace(text, skipSpace(text, nameEnd) + 1)
    const to = endOfValue(text, valueAt)
    if (nameEnd < 0 || to < 0) return found
    // The last of several members of a name counts, as it does for JSON.parse.
    if (JSON.parse(text.slice(at, nameEnd)) === name) found = { from: valueAt, to }
    at = skipSpace(text, to)
    if (text.charCodeAt(at) === 44) at = skipSpace(text, at + 1)
  }
  return found
}
