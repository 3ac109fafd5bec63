// Many literals found in one pass over a text, without difference of case: each literal is known by its rarest three characters,
// and compared only where these stand. The few that are shorter are known by their first one, in a second pass.
import type { Literal } from '../sigma/values.ts'
import { begin, byteOf, end, type TextBytes } from './bytes.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'
/** 64 kinds of byte: letters without case, digits, the other ASCII characters in groups, the marks, all that is beyond ASCII. */
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === begin) return 61
  if (byte === end) return 62
  if (byte > 127) return 63
  const at = letters.indexOf(String.fromCharCode(byte).toLowerCase())
  if (at >= 0) return at
  return byte >= 48 && byte <= 57 ? 26 + byte - 48 : 36 + (byte % 25)
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

/** Whole numbers of each entry: number of the literal, where its bytes begin, how many they are, and how many stand up to the end of its gram. */
const entrySize = 4
const shortestKnown = 3

/** Literals ready to be found. */
export class Grams {
  /** One bit for each gram: whether a literal is known by it. */
  private readonly bits = new Int32Array(gramsInAll >> 5)
  /** Gram + 1, then where its list begins in `lists`; empty places are 0. A power of two of such pairs. */
  private readonly table: Int32Array
  /** For each gram: how many entries, then the entries. */
  private readonly lists: Int32Array
  /** The bytes of all literals. */
  private readonly pool: Uint8Array
  private readonly seen: Int32Array
  /** For each byte, the literals that begin with it and are too short for a gram; none at all for most fields. */
  private readonly shorts: readonly (Int32Array | undefined)[] | undefined
  /** Where the bytes of each literal begin. */
  private readonly starts: Int32Array
  private scans = 0
  private out: Int32Array = new Int32Array(0)
  private count = 0
  private text: Pick<TextBytes, 'bytes' | 'length'> = { bytes: new Uint8Array(0), length: 0 }

  /** Literals are folded and not empty. */
  constructor(literals: readonly Literal[]) {
    const starts = new Int32Array(literals.length + 1)
    literals.forEach(({ text, start, end }, at) => {
      starts[at + 1] = starts[at]! + text.length + Number(start) + Number(end)
    })
    this.pool = new Uint8Array(starts[literals.length]!)
    literals.forEach((literal, at) => writeLiteral(literal, this.pool, starts[at]!))
    this.starts = starts
    this.shorts = shortsOf(this.pool, starts)
    const known = knownBy(this.pool, starts)
    for (const [gram] of known) this.bits[gram >> 5]! |= 1 << gram
    this.table = new Int32Array(2 ** (Math.ceil(Math.log2(known.size + 1)) + 2))
    this.lists = this.listsOf(known, starts)
    this.seen = new Int32Array(literals.length)
  }

  private listsOf(known: ReadonlyMap<number, readonly number[]>, starts: Int32Array): Int32Array {
    const lists: number[] = []
    for (const [gram, pairs] of known) {
      const place = this.placeOf(gram)
      this.table[place] = gram + 1
      this.table[place + 1] = lists.length
      lists.push(pairs.length / 2)
      for (let at = 0; at < pairs.length; at += 2) {
        const number = pairs[at]!
        lists.push(number, starts[number]!, starts[number + 1]! - starts[number]!, pairs[at + 1]!)
      }
    }
    return Int32Array.from(lists)
  }

  /** Where a gram stands in the table, or the empty place where it would. */
  private placeOf(gram: number): number {
    const { table } = this
    const mask = table.length - 2
    let place = (Math.imul(gram, 0x9e3779b1) >>> 7) & mask
    while (table[place] !== 0 && table[place] !== gram + 1) place = (place + 2) & mask
    return place
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
    if (this.shorts) this.scanShorts(this.shorts)
    return this.count
  }

  private scanShorts(shorts: readonly (Int32Array | undefined)[]): void {
    const { bytes, length } = this.text
    for (let at = 0; at < length; at++) {
      const numbers = shorts[folded[bytes[at]!]!]
      if (numbers === undefined) continue
      for (let index = 0; index < numbers.length; index++) {
        const number = numbers[index]!
        if (this.seen[number] === this.scans || !this.standsShort(number, at)) continue
        this.seen[number] = this.scans
        this.out[this.count++] = number
      }
    }
  }

  private standsShort(number: number, from: number): boolean {
    const { pool, starts, text } = this
    const start = starts[number]!
    const size = starts[number + 1]! - start
    if (from + size > text.length) return false
    for (let index = 1; index < size; index++)
      if (folded[text.bytes[from + index]!] !== pool[start + index]) return false
    return true
  }

  /** Compares the literals known by a gram that ends at a place. */
  private compare(gram: number, at: number): void {
    if (((this.bits[gram >>> 5]! >>> gram) & 1) === 0) return
    const { lists, seen, scans } = this
    let entry = this.table[this.placeOf(gram) + 1]!
    const to = entry + 1 + lists[entry]! * entrySize
    for (entry++; entry < to; entry += entrySize) {
      const number = lists[entry]!
      if (seen[number] === scans || !this.stands(entry, at)) continue
      seen[number] = scans
      this.out[this.count++] = number
    }
  }

  private stands(entry: number, at: number): boolean {
    const { lists, pool } = this
    const { bytes, length } = this.text
    const from = at + 1 - lists[entry + 3]!
    const size = lists[entry + 2]!
    if (from < 0 || from + size > length) return false
    const start = lists[entry + 1]!
    for (let index = 0; index < size; index++) if (folded[bytes[from + index]!] !== pool[start + index]) return false
    return true
  }

  private forget(): number {
    this.seen.fill(0)
    return 1
  }
}

function writeLiteral({ text, start, end: closed }: Literal, pool: Uint8Array, from: number): void {
  let at = from
  if (start) pool[at++] = begin
  for (let index = 0; index < text.length; index++) pool[at++] = byteOf(text.charCodeAt(index))
  if (closed) pool[at] = end
}

function shortsOf(pool: Uint8Array, starts: Int32Array): (Int32Array | undefined)[] | undefined {
  const lists = new Map<number, number[]>()
  for (let number = 0; number + 1 < starts.length; number++) {
    if (starts[number + 1]! - starts[number]! >= shortestKnown) continue
    const first = pool[starts[number]!]!
    lists.set(first, [...(lists.get(first) ?? []), number])
  }
  if (lists.size === 0) return undefined
  return Array.from({ length: 256 }, (_, byte) => {
    const numbers = lists.get(byte)
    return numbers && Int32Array.from(numbers)
  })
}

/** How many literals have each gram; all 0 between calls. */
const uses = new Int32Array(gramsInAll)

/** For each gram: the literals known by it, each with how many of its bytes stand up to the gram's end. */
function knownBy(pool: Uint8Array, starts: Int32Array): Map<number, number[]> {
  const eachGram = (visit: (gram: number) => void) => {
    for (let number = 0; number + 1 < starts.length; number++)
      for (let at = starts[number]! + 2; at < starts[number + 1]!; at++)
        visit(gramOf(pool[at - 2]!, pool[at - 1]!, pool[at]!))
  }
  eachGram((gram) => uses[gram]!++)
  const known = new Map<number, number[]>()
  for (let number = 0; number + 1 < starts.length; number++) {
    const text = pool.subarray(starts[number], starts[number + 1])
    if (text.length < shortestKnown) continue
    const last = rarestGram(text)
    const gram = gramOf(text[last - 2]!, text[last - 1]!, text[last]!)
    const pairs = known.get(gram)
    if (pairs) pairs.push(number, last + 1)
    else known.set(gram, [number, last + 1])
  }
  eachGram((gram) => (uses[gram] = 0))
  return known
}

/** Where the gram ends by which a literal is best known: of rare characters, and shared with few other literals. */
function rarestGram(text: Uint8Array): number {
  let best = 2
  let most = -Infinity
  for (let at = 2; at < text.length; at++) {
    const [a, b, c] = [text[at - 2]!, text[at - 1]!, text[at]!]
    const worth = rarity[a]! + rarity[b]! + rarity[c]! - 2 * Math.log2(uses[gramOf(a, b, c)]!)
    if (worth <= most) continue
    most = worth
    best = at
  }
  return best
}
