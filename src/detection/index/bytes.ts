// Texts as bytes: an array of bytes is read faster than a string, once it is worth the copy.
import { fold } from '../sigma/fold.ts'

/** Bytes that no character becomes: before and behind a text. */
export const begin = 254
export const end = 255
/** Characters beyond ASCII share these many bytes from 128 on: what is found by them is to be looked at again. */
const shared = 120
/** The byte of a folded character. */
export const byteOf = (folded: number): number => (folded < 128 ? folded : 128 + (folded % shared))

const encoder = new TextEncoder()
/** Below this length a loop is faster than a call into the encoder. */
const short = 24

/** A place for one text between marks. ASCII letters keep their case: whoever reads the bytes folds them. */
export class TextBytes {
  /** `begin`, the text, `end`, and two marks more. */
  bytes = new Uint8Array(1 << 14)
  /** Of the text with one mark on each side. */
  length = 2
  private inner = this.bytes.subarray(1)

  set(text: string): void {
    if (3 * text.length + 4 > this.bytes.length) {
      this.bytes = new Uint8Array(4 * text.length + 4)
      this.inner = this.bytes.subarray(1)
    }
    if (!(text.length < short ? this.loop(text) : encoder.encodeInto(text, this.inner).written === text.length))
      this.folded(fold(text))
    this.length = text.length + 2
    this.bytes[0] = begin
    this.bytes.fill(end, this.length - 1, this.length + 2)
  }

  private loop(text: string): boolean {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code > 127) return false
      this.inner[at] = code
    }
    return true
  }

  private folded(text: string): void {
    for (let at = 0; at < text.length; at++) this.inner[at] = byteOf(text.charCodeAt(at))
  }
}

let space = Buffer.alloc(1 << 16)
/** The low bytes of a text's characters, good until the next call. */
export function lowBytes(text: string): Uint8Array {
  if (text.length > space.length) space = Buffer.alloc(text.length * 2)
  space.write(text, 'latin1')
  return space
}
