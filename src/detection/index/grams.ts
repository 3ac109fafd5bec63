// Many literals found in one pass over a text, without difference of case: each literal is known by its rarest three characters,
// and compared only where these stand.
import type { Literal } from '../sigma/values.ts'
import { begin, bytesOf, end, type TextBytes } from './bytes.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'
/** 64 kinds of byte: letters without case, digits, and the others in groups. */
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  const at = letters.indexOf(String.fromCharCode(byte).toLowerCase())
  if (at >= 0 && byte < 128) return at
  return byte >= 48 && byte <= 57 ? 26 + byte - 48 : 36 + (byte % 28)
})
const folded = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte))
const gramsInAll = 1 << 18
const inGram = gramsInAll - 1
const gramOf = (a: number, b: number, c: number): number => (kinds[a]! << 12) | (kinds[b]! << 6) | kinds[c]!

/** Characters by how often they stand in logs, most often first; what is not here is rare. */
const common = ' etoainsrlcd\\mpuw.0:v1gh-_f=x/bk2"45389,67y'
const rarity = Float64Array.from({ length: 256 }, (_, byte) => {
  const at = common.indexOf(String.fromCharCode(folded[byte]!))
  return byte >= begin || at < 0 ? 8 : at / 6
})

/** Literals ready to be found. */
export class Grams {
  /** One bit for each gram: whether a literal is known by it. */
  private readonly bits = new Int32Array(gramsInAll >> 5)
  /** For each gram, literals by number. */
  private readonly byGram = new Map<number, number[]>()
  private readonly texts: Uint8Array[] = []
  /** How many bytes of the literal stand up to the end of its gram. */
  private readonly before: number[] = []
  private readonly seen: Int32Array
  private scans = 0
  private out: Int32Array = new Int32Array(0)
  private count = 0
  private text: Pick<TextBytes, 'bytes' | 'length'> = { bytes: new Uint8Array(0), length: 0 }

  /** Literals are folded and not empty. */
  constructor(literals: readonly Literal[]) {
    const all = literals.map((literal) =>
      Uint8Array.from([...(literal.start ? [begin] : []), ...bytesOf(literal.text), ...(literal.end ? [end] : [])]),
    )
    const uses = new Map<number, number>()
    for (const text of all) for (const gram of new Set(gramsOf(text))) uses.set(gram, (uses.get(gram) ?? 0) + 1)
    all.forEach((text, number) => this.put(text, number, uses))
    this.seen = new Int32Array(all.length)
  }

  private put(text: Uint8Array, number: number, uses: ReadonlyMap<number, number>): void {
    const worth = (at: number, gram: number) =>
      rarity[text[at - 2]!]! + rarity[text[at - 1]!]! + rarity[text[at]!]! - 2 * Math.log2(uses.get(gram) ?? 1)
    let best = 2
    gramsOf(text).forEach((gram, index, grams) => {
      if (worth(index + 2, gram) > worth(best, grams[best - 2]!)) best = index + 2
    })
    this.texts.push(text)
    this.before.push(best + 1)
    const [a, b, c] = [text[best - 2]!, text[best - 1], text[best]]
    // A literal shorter than a gram is known by every gram that begins with it.
    for (const second of b === undefined ? oneOfEachKind : [b])
      for (const third of c === undefined ? oneOfEachKind : [c]) this.know(gramOf(a, second, third), number)
  }

  private know(gram: number, number: number): void {
    this.bits[gram >> 5]! |= 1 << gram
    const known = this.byGram.get(gram)
    if (known) known.push(number)
    else this.byGram.set(gram, [number])
  }

  /** Writes the numbers of the literals found into `out`, each once; answers how many. */
  scan(text: TextBytes, out: Int32Array): number {
    this.scans = this.scans === 0x7fff_ffff ? this.forget() : this.scans + 1
    this.out = out
    this.count = 0
    this.text = text
    const { bits } = this
    const { bytes } = text
    const to = text.length + 2
    let gram = (kinds[bytes[0]!]! << 6) | kinds[bytes[1]!]!
    let at = 2
    // Four steps at once: the usual answer is that nothing is known by any of the four.
    for (; at + 3 < to; at += 4) {
      const first = ((gram << 6) | kinds[bytes[at]!]!) & inGram
      const second = ((first << 6) | kinds[bytes[at + 1]!]!) & inGram
      const third = ((second << 6) | kinds[bytes[at + 2]!]!) & inGram
      gram = ((third << 6) | kinds[bytes[at + 3]!]!) & inGram
      const any =
        (bits[first >>> 5]! >>> first) |
        (bits[second >>> 5]! >>> second) |
        (bits[third >>> 5]! >>> third) |
        (bits[gram >>> 5]! >>> gram)
      if ((any & 1) !== 0) {
        this.compare(first, at)
        this.compare(second, at + 1)
        this.compare(third, at + 2)
        this.compare(gram, at + 3)
      }
    }
    for (; at < to; at++) {
      gram = ((gram << 6) | kinds[bytes[at]!]!) & inGram
      this.compare(gram, at)
    }
    return this.count
  }

  /** Compares the literals known by a gram that ends at a place. */
  private compare(gram: number, at: number): void {
    if (((this.bits[gram >>> 5]! >>> gram) & 1) === 0) return
    const { bytes, length } = this.text
    const numbers = this.byGram.get(gram)!
    for (let index = 0; index < numbers.length; index++) {
      const number = numbers[index]!
      if (this.seen[number] === this.scans) continue
      if (!standsAt(this.texts[number]!, bytes, at + 1 - this.before[number]!, length)) continue
      this.seen[number] = this.scans
      this.out[this.count++] = number
    }
  }

  private forget(): number {
    this.seen.fill(0)
    return 1
  }
}

const gramsOf = (text: Uint8Array): number[] =>
  Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => gramOf(text[at]!, text[at + 1]!, text[at + 2]!))

/** A byte of each kind. */
const oneOfEachKind = [...new Map([...kinds].map((kind, byte) => [kind, byte])).values()]

function standsAt(literal: Uint8Array, bytes: Uint8Array, from: number, length: number): boolean {
  if (from < 0 || from + literal.length > length) return false
  for (let at = 0; at < literal.length; at++) if (folded[bytes[from + at]!] !== literal[at]) return false
  return true
}
