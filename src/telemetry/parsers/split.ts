// Bytes of a text file cut into records: one a line, or one a JSON object where objects run over several lines or stand in a list.
import type { Issue } from '#kernel'
import { headed } from './headed.ts'

/** One record and where it begins, bytes from the start of the (unpacked) file. */
export interface Piece {
  readonly text: string
  readonly offset: number
}
export interface Splitter {
  push(bytes: Buffer): Iterable<Piece | Issue>
  end(): Iterable<Piece | Issue>
}
export interface SplitOptions {
  readonly file: string
  /** Longer records become an Issue and are skipped. */
  readonly recordBytes: number
}

export const isPiece = (item: Piece | Issue): item is Piece => 'offset' in item

const tooLong = ({ file, recordBytes }: SplitOptions, offset: number, line?: number): Issue => ({
  code: 'record-too-long',
  severity: 'warning',
  at: line === undefined ? { file } : { file, line },
  text: `the record at byte ${offset} is longer than ${recordBytes} bytes; it was skipped`,
  help: 'split the record, or raise the limit on the length of a record',
})

const newline = 10
const isSpace = (byte: number | undefined): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9

/** Cuts at line ends; blank lines are left out. */
export function lineSplitter(options: SplitOptions): Splitter {
  let parts: Buffer[] = []
  let held = 0
  let begin = 0
  let line = 1
  let skipping = false
  const take = (bytes: Buffer): Piece | undefined => {
    const whole = parts.length === 0 ? bytes : Buffer.concat([...parts, bytes])
    parts = []
    held = 0
    const end = whole.at(-1) === 13 ? whole.length - 1 : whole.length
    const text = whole.toString('utf8', 0, end)
    return text.trim() === '' ? undefined : { text, offset: begin }
  }
  /** Notes a line that has become too long; what was held of it is let go. */
  const overflow = (length: number): Issue | undefined => {
    if (skipping || held + length <= options.recordBytes) return undefined
    skipping = true
    parts = []
    held = 0
    return tooLong(options, begin, line)
  }
  function* push(bytes: Buffer): Generator<Piece | Issue> {
    for (let at = 0; at < bytes.length;) {
      const found = bytes.indexOf(newline, at)
      const end = found < 0 ? bytes.length : found
      const issue = overflow(end - at)
      if (issue) yield issue
      const part = bytes.subarray(at, end)
      if (found < 0) {
        if (!skipping) parts.push(Buffer.from(part))
        held += skipping ? 0 : part.length
        consumed += part.length
        return
      }
      const piece = skipping ? undefined : take(part)
      if (piece) yield piece
      skipping = false
      consumed += end + 1 - at
      begin = consumed
      line++
      at = end + 1
    }
  }
  let consumed = 0
  return {
    push,
    *end() {
      const piece = skipping || held === 0 ? undefined : take(Buffer.alloc(0))
      if (piece) yield piece
    },
  }
}

const [quote, backslash, open, close] = [34, 92, 123, 125] as const

/** Follows JSON byte by byte, over the ends of buffers: where texts are, and how deep objects are open. */
function objectScanner(): { readonly depth: number; scan(bytes: Buffer, from: number): number } {
  let depth = 0
  let inText = false
  let escaped = false
  return {
    get depth() {
      return depth
    },
    /** Goes on to the end of the outermost object; gives the index after it, or the length when it goes on after these bytes. */
    scan(bytes, from) {
      for (let at = from; at < bytes.length; at++) {
        const byte = bytes[at]
        if (escaped) escaped = false
        else if (inText) {
          if (byte === backslash) escaped = true
          else if (byte === quote) inText = false
        } else if (byte === quote) inText = true
        else if (byte === open) depth++
        else if (byte === close && --depth === 0) return at + 1
      }
      return bytes.length
    },
  }
}

/** Holds the bytes of one record until it is whole, as long as it is not too long. */
function recordHolder(options: SplitOptions) {
  let parts: Buffer[] = []
  let held = 0
  let skipping = false
  return {
    get skipping() {
      return skipping
    },
    /** Adds bytes; the Issue, once, when they have become too many. */
    add(bytes: Buffer, begin: number): Issue | undefined {
      if (skipping) return undefined
      held += bytes.length
      if (held <= options.recordBytes) {
        parts.push(bytes)
        return undefined
      }
      skipping = true
      parts = []
      return tooLong(options, begin)
    },
    /** The whole record, unless it was skipped; empty again afterwards. */
    release(begin: number): Piece | undefined {
      const piece = skipping ? undefined : { text: Buffer.concat(parts).toString('utf8'), offset: begin }
      parts = []
      held = 0
      skipping = false
      return piece
    },
  }
}

/** Cuts out the outermost JSON objects of a list, or of objects written one after the other. `skip` bytes at the start are passed over. */
export function objectSplitter(options: SplitOptions, skip = 0): Splitter {
  const scanner = objectScanner()
  const holder = recordHolder(options)
  let begin = 0
  let consumed = 0
  function* push(bytes: Buffer): Generator<Piece | Issue> {
    let at = consumed < skip ? Math.min(bytes.length, skip - consumed) : 0
    while (at < bytes.length) {
      if (scanner.depth === 0) {
        const start = bytes.indexOf(open, at)
        if (start < 0) break
        begin = consumed + start
        at = start
      }
      const end = scanner.scan(bytes, at)
      const part = bytes.subarray(at, end)
      const issue = holder.add(scanner.depth === 0 ? part : Buffer.from(part), begin)
      if (issue) yield issue
      const piece = scanner.depth === 0 ? holder.release(begin) : undefined
      if (piece) yield piece
      at = end
    }
    consumed += bytes.length
  }
  return {
    push,
    *end() {
      if (scanner.depth > 0 && !holder.skipping)
        yield {
          code: 'json-truncated',
          severity: 'error',
          at: { file: options.file },
          text: `the JSON object at byte ${begin} does not end`,
          help: 'what came before it was read; write the file again',
        }
    },
  }
}

/** Lines of a file whose columns may be named at its top: each record carries its header. */
function headedSplitter(options: SplitOptions): Splitter {
  const lines = lineSplitter(options)
  const header = headed()
  function* withHeader(items: Iterable<Piece | Issue>): Generator<Piece | Issue> {
    for (const item of items) {
      const text = isPiece(item) ? header.push(item.text) : undefined
      if (!isPiece(item)) yield item
      else if (text !== undefined) yield { text, offset: item.offset }
    }
  }
  return { push: (bytes) => withHeader(lines.push(bytes)), end: () => withHeader(lines.end()) }
}

/** A list of objects, or an object that only wraps one (CloudTrail's `{"Records":[…]}`). */
const listStart = /^\s*(?:\{\s*"(?:Records|records|value|events|items|logEvents)"\s*:\s*)?\[\s*[{\]]/

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Chooses how to cut a file from its first bytes. An object whose first line is no JSON by itself, and no object begins the second, runs over several lines. */
export function splitterFor(head: Buffer, options: SplitOptions): Splitter {
  const start = head.toString('latin1', 0, 2048)
  const list = listStart.exec(start)
  if (list) return objectSplitter(options, list[0].length - 1)
  let at = 0
  while (isSpace(head[at])) at++
  if (head[at] !== open) return headedSplitter(options)
  const end = head.indexOf(newline, at)
  if (end < 0 || head[end + 1] === open || isJson(head.toString('utf8', at, end))) return lineSplitter(options)
  return objectSplitter(options)
}
