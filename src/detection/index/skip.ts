// Whether a long text holds any of a few words, looking at a fraction of its bytes (Wu and Manber, 1994). Says yes too often, never too seldom.
import { fold } from '../sigma/fold.ts'
import { lowBytes } from './bytes.ts'

/** Words are looked for with their ASCII characters only. */
const asciiRun = /[\0-\x7f]+/g
const gram = 3
/** Below this length a word makes the jumps too short to be worth it. */
export const shortestWord = 4
const most = 255

/** The part of a folded literal that can be looked for, when it is long enough. */
export function wordOf(literal: string): string | undefined {
  const runs = [...literal.matchAll(asciiRun)].map(([run]) => run)
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  return longest.length >= shortestWord ? longest.slice(0, most) : undefined
}

/**
 * Low bytes of characters that fold to the same ASCII character are one: upper and lower case, and the two letters beyond ASCII
 * that fold into it (Kelvin sign and long s), whose low bytes are `*` and DEL.
 */
const canonical = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === 0x2a ? 107 : byte === 0x7f ? 115 : byte < 128 ? fold(String.fromCharCode(byte)).charCodeAt(0) : byte,
)
const variants = (char: number): number[] =>
  Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => canonical[byte] === canonical[char])

const slots = 1 << 15
const slotOf = (a: number, b: number, c: number): number => ((a << 8) ^ (b << 4) ^ c) & (slots - 1)

export class SkipSearch {
  private readonly shortest: number
  /** For each three bytes: how far the window may move; 0 where a word may end. */
  private readonly shift: Uint8Array
  /** Words by the canonical first byte of their window. */
  private readonly words: (readonly Uint8Array[])[] = []

  /** Words as `wordOf` gives them. */
  constructor(words: readonly string[]) {
    this.shortest = Math.min(...words.map((word) => word.length))
    this.shift = new Uint8Array(slots).fill(this.shortest - gram + 1)
    for (const word of words) {
      const bytes = Uint8Array.from(word, (char) => canonical[char.charCodeAt(0)]!)
      for (let at = gram - 1; at < this.shortest; at++) this.put(bytes, at)
      const first = bytes[0]!
      this.words[first] = [...(this.words[first] ?? []), bytes]
    }
  }

  private put(word: Uint8Array, at: number): void {
    const [first, second, third] = [word[at - 2]!, word[at - 1]!, word[at]!].map(variants)
    for (const a of first!)
      for (const b of second!)
        for (const c of third!) {
          const slot = slotOf(a, b, c)
          this.shift[slot] = Math.min(this.shift[slot]!, this.shortest - 1 - at)
        }
  }

  hasIn(text: string): boolean {
    return this.has(lowBytes(text), text.length)
  }

  /** Whether a word may stand in the first `length` of these bytes: low bytes of a text's characters. Four windows move at once, so that none waits for memory. */
  has(bytes: Uint8Array, length: number): boolean {
    const { shift, shortest } = this
    const part = length >> 2
    if (part < 2 * shortest) return this.within(bytes, shortest - 1, length)
    const [toA, toB, toC] = [part, 2 * part, 3 * part]
    let a = shortest - 1
    let b = toA
    let c = toB
    let d = toC
    while (a < toA && b < toB && c < toC && d < length) {
      const moveA = shift[slotOf(bytes[a - 2]!, bytes[a - 1]!, bytes[a]!)]!
      const moveB = shift[slotOf(bytes[b - 2]!, bytes[b - 1]!, bytes[b]!)]!
      const moveC = shift[slotOf(bytes[c - 2]!, bytes[c - 1]!, bytes[c]!)]!
      const moveD = shift[slotOf(bytes[d - 2]!, bytes[d - 1]!, bytes[d]!)]!
      if (moveA === 0 && this.stands(bytes, a, length)) return true
      if (moveB === 0 && this.stands(bytes, b, length)) return true
      if (moveC === 0 && this.stands(bytes, c, length)) return true
      if (moveD === 0 && this.stands(bytes, d, length)) return true
      a += moveA || 1
      b += moveB || 1
      c += moveC || 1
      d += moveD || 1
    }
    return (
      this.within(bytes, a, toA, length) ||
      this.within(bytes, b, toB, length) ||
      this.within(bytes, c, toC, length) ||
      this.within(bytes, d, length)
    )
  }

  private within(bytes: Uint8Array, from: number, to: number, length = to): boolean {
    for (let at = from; at < to; ) {
      const move = this.shift[slotOf(bytes[at - 2]!, bytes[at - 1]!, bytes[at]!)]!
      if (move === 0 && this.stands(bytes, at, length)) return true
      at += move || 1
    }
    return false
  }

  /** Whether a word stands where a window ends at `last`. */
  private stands(bytes: Uint8Array, last: number, length: number): boolean {
    const from = last - this.shortest + 1
    const words = this.words[canonical[bytes[from]!]!]
    if (words === undefined) return false
    for (const word of words) {
      let at = 1
      while (at < word.length && canonical[bytes[from + at]!] === word[at]) at++
      if (at === word.length && from + at <= length) return true
    }
    return false
  }
}
