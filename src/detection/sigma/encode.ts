// Texts as other writings carry them: UTF-16, Base64 at three offsets, dashes.
import { dash, joined, type Pattern } from './values.ts'

/** Bytes as a text of characters 0 to 255, so that they can be looked for in texts. */
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

export const utf8 = (text: string): string => latin1(Buffer.from(text, 'utf8'))
export const utf16le = (text: string): string => latin1(Buffer.from(text, 'utf16le'))
export const utf16be = (text: string): string => latin1(Buffer.from(text, 'utf16le').swap16())
/** UTF-16 with a byte order mark, little endian as Windows writes it. */
export const utf16 = (text: string): string => utf16le(`\uFEFF${text}`)

/** Base64 (RFC 4648, section 4) of bytes given as characters 0 to 255. */
export const base64 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('base64')

/**
 * The parts of a Base64 text that do not depend on what stands before and after the bytes, for each of the three offsets.
 * Offsets at which nothing is certain are left out.
 */
export function base64Offsets(bytes: string): string[] {
  return [0, 1, 2]
    .map((offset) => {
      const text = base64('\0'.repeat(offset) + bytes).replaceAll('=', '')
      const from = Math.ceil((offset * 8) / 6)
      const sure = Math.floor(((offset + bytes.length) * 8) / 6)
      return text.slice(from, sure)
    })
    .filter((text) => text !== '')
}

const optionDash = /(?<![\p{L}\p{N}_])([-/])(?=[\p{L}\p{N}_])/u

/**
 * Dashes that begin an option: `-` or `/` with a word behind and none before (`\B[-/]\b`, as pySigma has it). Each becomes a wildcard for all five
 * dashes, so that `-f` also finds `/f` and `–f`; `a-b` is left alone.
 */
export const withDashes = (pattern: Pattern): Pattern =>
  joined(
    pattern.flatMap((part) =>
      typeof part === 'string' ? part.split(optionDash).map((text, index) => (index % 2 === 1 ? dash : text)) : [part],
    ),
  )
