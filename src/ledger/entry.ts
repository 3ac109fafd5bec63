// One entry as a line of the file, written and read back.
import { canonicalJson, plain } from './canonical.ts'
import { Deed, Line } from './types.ts'

const mostInput = 65_536

/**
 * What is kept of a deed, canonical: as the outbox holds it. An input or result of more than 64 Ki characters is cut to a word about its size.
 * Throws ZodError for what is no deed.
 */
export function deedText(deed: Deed): string {
  const { actor, at, input, operation, result } = deed
  return canonicalJson(Deed.parse(plain({ actor, at, input: within(input), operation, result: within(result) })))
}

function within(things: Readonly<Record<string, unknown>>): unknown {
  const fit = plain(things)
  const { length } = canonicalJson(fit)
  return length <= mostInput ? fit : { cut: `${length} characters were too many to keep` }
}

/** The line of a deed from the outbox, with its line end. Throws ZodError when the text is no deed. */
export function lineOf(deed: string, place: { entry: number; outbox: string; prev: string }): Buffer {
  return Buffer.from(`${canonicalJson({ ...Deed.parse(JSON.parse(deed)), ...place })}\n`)
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A line read back; `complaints` say in plain words what is wrong with it by itself. */
export interface ReadLine {
  readonly line: Line | undefined
  readonly complaints: readonly string[]
}

/** Reads the bytes of a line, without its end, and holds them against the one way in which an entry is written. */
export function readLine(bytes: Uint8Array): ReadLine {
  let text: string
  let value: unknown
  try {
    text = decoder.decode(bytes)
  } catch {
    return { line: undefined, complaints: ['the line is not UTF-8'] }
  }
  try {
    value = JSON.parse(text)
  } catch {
    return { line: undefined, complaints: ['the line is not JSON'] }
  }
  const parsed = Line.safeParse(value)
  const complaints = [
    ...(isCanonical(value, text) ? [] : ['the line is not written in canonical form']),
    ...(parsed.success ? [] : ['the line is not an entry: a field is missing, unknown or of the wrong type']),
  ]
  return { line: parsed.data, complaints }
}

function isCanonical(value: unknown, text: string): boolean {
  try {
    return canonicalJson(value) === text
  } catch {
    return false
  }
}
