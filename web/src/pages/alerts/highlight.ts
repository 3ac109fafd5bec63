// What part of a field's value made a rule match: literal pieces of the pattern, found in order.
import type { Matched } from '../../client/nouns.ts'

export interface Segment {
  readonly text: string
  readonly hit: boolean
}

const mostShown = 4000
/** Patterns of these modifiers are no literal text. */
const opaque = new Set([
  're',
  'cidr',
  'base64',
  'base64offset',
  'wide',
  'utf16',
  'utf16le',
  'utf16be',
  'lt',
  'lte',
  'gt',
  'gte',
  'fieldref',
  'exists',
  'expand',
])

/** Literal pieces between the wildcards `*` and `?`; a backslash before a wildcard makes it literal. */
export function piecesOf(pattern: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (let at = 0; at < pattern.length; at += 1) {
    const [here, next] = [pattern.charAt(at), pattern.charAt(at + 1)]
    if (here === '\\' && (next === '*' || next === '?')) {
      piece += next
      at += 1
    } else if (here === '*' || here === '?') {
      pieces.push(piece)
      piece = ''
    } else piece += here
  }
  return [...pieces, piece].filter((text) => text !== '')
}

/** The value in segments, those that the pattern found marked. A pattern that is no literal text, or is not found, marks all of it. */
export function highlight({ pattern, value, modifiers }: Pick<Matched, 'pattern' | 'value' | 'modifiers'>): Segment[] {
  const text = value.length > mostShown ? `${value.slice(0, mostShown)}…` : value
  const whole = [{ text, hit: true }]
  const pieces = piecesOf(pattern)
  if (modifiers.some((modifier) => opaque.has(modifier)) || pieces.length === 0) return whole
  const lower = text.toLowerCase()
  if (lower.length !== text.length) return whole
  const segments: Segment[] = []
  let from = 0
  for (const piece of pieces) {
    const at = lower.indexOf(piece.toLowerCase(), from)
    if (at < 0) return whole
    if (at > from) segments.push({ text: text.slice(from, at), hit: false })
    segments.push({ text: text.slice(at, at + piece.length), hit: true })
    from = at + piece.length
  }
  return from < text.length ? [...segments, { text: text.slice(from), hit: false }] : segments
}
