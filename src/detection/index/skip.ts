// Whether a long text holds any of a few words, looking at a fraction of its bytes (Wu and Manber, 1994). Says yes too often, never too seldom.
import { fold } from '../sigma/fold.ts'
import { lowBytes } from './bytes.ts'

/** Characters that JSON and XML write as they are: found in a value, they stand in the record too. */
const plainRun = /[a-z0-9 .:;,_=()[\]{}$%#@!?*|~^-]+/g
const asciiRun = /[ -~]+/g
const gram = 3
/** Shorter texts are read as they are. */
const worthCopying = 200
/** Below this length a word makes the jumps too short to be worth it. */
const shortestWord = 4
const most = 255

/** The part of a folded literal that can be looked for in a record that holds the value, when it is long enough. */
export const wordOf = (literal: string): string | undefined => longestRun(literal, plainRun)
/** The same for the value itself. */
export const valueWordOf = (literal: string): string | undefined => longestRun(literal, asciiRun)

function longestRun(literal: string, characters: RegExp): string | undefined {
  const runs = [...literal.matchAll(characters)].map(([run]) => run)
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
/** Letters of either case, and the two from beyond ASCII, share their last five bits or are written as both. */
const otherForms: Readonly<Record<number, readonly number[]>> = { 107: [0x2a], 115: [0x7f] }
const formsOf = (byte: number): readonly number[] => [byte, ...(otherForms[byte] ?? [])]

/** Few enough to stay in the nearest memory. */
const slots = 1 << 13
const slotOf = (a: number, b: number, c: number): number => (((a & 31) << 8) ^ ((b & 31) << 4) ^ (c & 31)) & (slots - 1)

export class SkipSearch {
  /** Length of the shortest word: shorter texts hold none. */
  readonly shortest: number
  /** For each three bytes: how far the window may move; 0 where a word may end. */
  private readonly shift: Uint8Array
  /** Words by the canonical first byte of their window. */
  private readonly words: (readonly Uint8Array[])[] = []

  private bytes: Uint8Array = new Uint8Array(0)
  private length = 0

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
    for (const a of formsOf(word[at - 2]!))
      for (const b of formsOf(word[at - 1]!))
        for (const c of formsOf(word[at]!)) {
          const slot = slotOf(a, b, c)
          this.shift[slot] = Math.min(this.shift[slot]!, this.shortest - 1 - at)
        }
  }

  /** Whether a word may stand in a text. */
  has(text: string): boolean {
    if (text.length < this.shortest) return false
    if (text.length < worthCopying) return this.inText(text)
    this.bytes = lowBytes(text)
    this.length = text.length
    return this.fourAtOnce()
  }

  private inText(text: string): boolean {
    const { shift, shortest } = this
    for (let at = shortest - 1; at < text.length;) {
      const move =
        shift[slotOf(text.charCodeAt(at - 2) & 255, text.charCodeAt(at - 1) & 255, text.charCodeAt(at) & 255)]!
      if (move === 0 && this.inCopy(text)) return true
      at += move || text.length
    }
    return false
  }
  /** A window of a short text may be a word's: the whole text is looked at again, as bytes. */
  private inCopy(text: string): boolean {
    this.bytes = lowBytes(text)
    this.length = text.length
    return this.within(this.shortest - 1, this.length)
  }

  /** Four windows move at once, each over a quarter of the bytes, so that none waits for memory. */
  private fourAtOnce(): boolean {
    const { bytes, length, shift, shortest } = this
    const part = length >> 2
    if (part < 2 * shortest) return this.within(shortest - 1, length)
    let [a, b, c, d] = [shortest - 1, part, 2 * part, 3 * part]
    while (a < part && b < 2 * part && c < 3 * part && d < length) {
      const moveA = shift[slotOf(bytes[a - 2]!, bytes[a - 1]!, bytes[a]!)]!
      const moveB = shift[slotOf(bytes[b - 2]!, bytes[b - 1]!, bytes[b]!)]!
      const moveC = shift[slotOf(bytes[c - 2]!, bytes[c - 1]!, bytes[c]!)]!
      const moveD = shift[slotOf(bytes[d - 2]!, bytes[d - 1]!, bytes[d]!)]!
      if (Math.min(moveA, moveB, moveC, moveD) === 0 && this.standAt([a, b, c, d])) return true
      a += moveA || 1
      b += moveB || 1
      c += moveC || 1
      d += moveD || 1
    }
    return this.within(a, part) || this.within(b, 2 * part) || this.within(c, 3 * part) || this.within(d, length)
  }

  private within(from: number, to: number): boolean {
    const { bytes } = this
    for (let at = from; at < to;) {
      const move = this.shift[slotOf(bytes[at - 2]!, bytes[at - 1]!, bytes[at]!)]!
      if (move === 0 && this.stands(at)) return true
      at += move || 1
    }
    return false
  }

  private standAt(places: readonly number[]): boolean {
    return places.some((at) => this.stands(at))
  }

  /** Whether a word stands where a window ends at `last`. */
  private stands(last: number): boolean {
    const { bytes } = this
    const from = last - this.shortest + 1
    const words = this.words[canonical[bytes[from]!]!]
    if (words === undefined) return false
    for (const word of words) {
      let at = 1
      while (at < word.length && canonical[bytes[from + at]!] === word[at]) at++
      if (at === word.length && from + at <= this.length) return true
    }
    return false
  }
}
