// Many literals found in one pass over a text (Aho and Corasick, 1975), without difference of case, as a dense table of transitions.
import type { Literal } from '../sigma/values.ts'

/** Character classes 0 (none of the literals has it), 1 (before the text), 2 (after it), then one for each character. */
const before = 1
const after = 2

/** The two characters outside ASCII that fold to ASCII letters: Kelvin sign and long s. */
const kelvin = 0x212a
const longS = 0x17f

/** ASCII code without difference of case. */
export const foldCode = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code)

interface Trie {
  readonly children: Map<number, number>[]
  readonly outputs: number[][]
}

/** Finds literals; `add` all of them, then `build` once. Outputs are the numbers given to `add`. */
export class Automaton {
  private readonly trie: Trie = { children: [new Map()], outputs: [[]] }
  private readonly classes = new Uint8Array(128)
  private width = 3
  /** For each state and class: the next state's row, as `~row` when something ends there. */
  private next = new Int32Array(0)
  private begin = 0
  /** For each state: where its outputs begin in `ends` (those of state + 1 follow), and the next shorter state with outputs. */
  private first = new Int32Array(0)
  private ends = new Int32Array(0)
  private shorter = new Int32Array(0)
  /** The scan in which a state's outputs were last told, so that each is told once a scan. */
  private seen = new Int32Array(0)
  private scans = 0

  /** A literal of folded ASCII, not empty. */
  add({ text, start, end }: Literal, output: number): void {
    const codes = Array.from({ length: text.length }, (_, index) => this.classOf(text.charCodeAt(index)))
    let state = 0
    for (const code of [...(start ? [before] : []), ...codes, ...(end ? [after] : [])]) {
      let child = this.trie.children[state]?.get(code)
      if (child === undefined) {
        child = this.trie.children.length
        this.trie.children[state]?.set(code, child)
        this.trie.children.push(new Map())
        this.trie.outputs.push([])
      }
      state = child
    }
    this.trie.outputs[state]?.push(output)
  }

  private classOf(code: number): number {
    const folded = foldCode(code)
    if (this.classes[folded] === 0) {
      this.classes[folded] = this.width
      if (folded >= 97 && folded <= 122) this.classes[folded - 32] = this.width
      this.width++
    }
    return this.classes[folded] ?? 0
  }

  /** Makes the table. States are numbered by depth, so that those used most lie together. */
  build(): this {
    const { children, outputs } = this.trie
    const { order, number, fail } = this.breadthFirst()
    const { width } = this
    const next = new Int32Array(order.length * width)
    const first = new Int32Array(order.length + 1)
    const shorter = new Int32Array(order.length)
    const ends: number[] = []
    const telling = new Uint8Array(order.length)
    order.forEach((state, index) => {
      const failed = fail[index] ?? 0
      first[index] = ends.length
      for (const output of new Set(outputs[state])) ends.push(output)
      telling[index] = ends.length > (first[index] ?? 0) ? 1 : 0
      if (index > 0) {
        next.copyWithin(index * width, failed * width, (failed + 1) * width)
        shorter[index] = telling[failed] ? failed : (shorter[failed] ?? 0)
      }
      for (const [code, child] of children[state] ?? []) next[index * width + code] = number[child] ?? 0
    })
    first[order.length] = ends.length
    for (let at = 0; at < next.length; at++) {
      const state = next[at] ?? 0
      next[at] = telling[state] || shorter[state] ? ~(state * width) : state * width
    }
    this.ends = Int32Array.from(ends)
    this.seen = new Int32Array(order.length)
    this.next = next
    this.first = first
    this.shorter = shorter
    this.trie.children.length = 0
    this.trie.outputs.length = 0
    const begun = next[before] ?? 0
    this.begin = begun < 0 ? ~begun : begun
    return this
  }

  private breadthFirst(): { order: number[]; number: Int32Array; fail: Int32Array } {
    const { children } = this.trie
    const order = [0]
    const number = new Int32Array(children.length)
    const fail = new Int32Array(children.length)
    for (let index = 0; index < order.length; index++) {
      for (const [code, child] of children[order[index] ?? 0] ?? []) {
        number[child] = order.length
        fail[order.length] = index === 0 ? 0 : this.longestSuffix(order, fail, index, code, number)
        order.push(child)
      }
    }
    return { order, number, fail }
  }

  private longestSuffix(order: readonly number[], fail: Int32Array, parent: number, code: number, number: Int32Array): number {
    for (let at = fail[parent] ?? 0; ; at = fail[at] ?? 0) {
      const child = this.trie.children[order[at] ?? 0]?.get(code)
      if (child !== undefined) return number[child] ?? 0
      if (at === 0) return 0
    }
  }

  /** Writes the outputs of the literals that the text holds into `out`, each at most once for each state; answers how many. `out` has room for all. */
  scan(text: string, out: Int32Array): number {
    const { next, classes } = this
    this.scans = this.scans === 0x7fff_ffff ? this.forget() : this.scans + 1
    let count = 0
    let row = this.begin
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      row = next[row + (code < 128 ? classes[code]! : this.foreign(code))]!
      if (row < 0) count = this.tell((row = ~row), out, count)
    }
    row = next[row + after]!
    return row < 0 ? this.tell(~row, out, count) : count
  }

  private foreign(code: number): number {
    return code === kelvin ? this.classes[107]! : code === longS ? this.classes[115]! : 0
  }

  private tell(row: number, out: Int32Array, count: number): number {
    let state = row / this.width
    let told = count
    while (state > 0 && this.seen[state] !== this.scans) {
      this.seen[state] = this.scans
      for (let at = this.first[state]!; at < this.first[state + 1]!; at++) out[told++] = this.ends[at]!
      state = this.shorter[state]!
    }
    return told
  }

  private forget(): number {
    this.seen.fill(0)
    return 1
  }

  /** Bytes of the tables. */
  get bytes(): number {
    return this.next.byteLength + this.seen.byteLength * 3 + this.ends.byteLength
  }
}
