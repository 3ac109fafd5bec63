// Whether a long text holds any of a few literals, looking at a fraction of its characters (Wu and Manber, 1994), without difference of case.
import { foldCode } from './automaton.ts'

const blocks = 1 << 14
/** Folded class of a character: its ASCII code, 0 for what no literal has. */
const folded = Uint8Array.from({ length: 128 }, (_, code) => foldCode(code))
const classOf = (code: number): number => (code < 128 ? folded[code]! : code === 0x212a ? 107 : code === 0x17f ? 115 : 0)

/** Literals are folded ASCII of at least two characters. */
export class SkipSearch {
  private readonly shortest: number
  private readonly shift: Uint8Array
  private readonly ending: (readonly string[])[] = []

  constructor(literals: readonly string[]) {
    this.shortest = Math.min(250, ...literals.map((text) => text.length))
    const jump = this.shortest - 1
    this.shift = new Uint8Array(blocks).fill(jump)
    for (const text of literals) {
      for (let at = 1; at < this.shortest; at++) {
        const block = blockOf(text, at)
        this.shift[block] = Math.min(this.shift[block]!, this.shortest - 1 - at)
      }
      const last = blockOf(text, this.shortest - 1)
      this.ending[last] = [...(this.ending[last] ?? []), text]
    }
  }

  has(text: string): boolean {
    const { shift, shortest } = this
    for (let at = shortest - 1; at < text.length; ) {
      const block = blockOf(text, at)
      const jump = shift[block]!
      if (jump > 0) at += jump
      else if (this.verify(this.ending[block]!, text, at - shortest + 1)) return true
      else at++
    }
    return false
  }

  private verify(literals: readonly string[], text: string, from: number): boolean {
    return literals.some((literal) => {
      if (from + literal.length > text.length) return false
      for (let at = 0; at < literal.length; at++) {
        if (classOf(text.charCodeAt(from + at)) !== literal.charCodeAt(at)) return false
      }
      return true
    })
  }
}

const blockOf = (text: string, at: number): number =>
  (classOf(text.charCodeAt(at - 1)) << 7) | classOf(text.charCodeAt(at))
