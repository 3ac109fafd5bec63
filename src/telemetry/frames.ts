// Bytes of a stream cut into records: lines, or the frames of syslog over TCP.
import { isUtf8 } from './checksum.io.ts'

/** How to cut. */
export interface FramerOptions {
  /** Longest record in bytes; a longer one is passed over and counted. */
  readonly limit: number
  /** Frames may say their length first, as in `12 <14>some text` (RFC 6587 section 3.4.1). */
  readonly counting?: boolean
  /** What ends a record: a line feed, a NUL, or either; a line feed when left out, either where frames may be counted. */
  readonly ends?: 'line' | 'nul' | 'either'
}

/** What a piece of the stream completed. */
export interface Framed<Text = string> {
  readonly texts: Text[]
  /** Where each of them begins in the stream, bytes from its start. */
  readonly starts: number[]
  /** Records passed over because they were too long. */
  readonly rejected: number
}
type Cut<Text> = Pick<Framed<Text>, 'texts' | 'starts'>

/** Cuts one stream. Memory is bounded by `limit`. */
export interface Framer<Text = string> {
  push(piece: Buffer): Framed<Text>
  /** The last record when it has no line end; nothing when a counted frame is cut off. */
  end(): Framed<Text>
  /** Bytes held that belong to no whole record yet. */
  readonly held: number
}

const [lineFeed, carriageReturn, space, nul] = [10, 13, 32, 0]
const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57
/** `1` to `9` and up to nine digits more, then a space. */
const longestCount = 10

interface Count {
  readonly kind: 'counted' | 'line' | 'unsure'
  readonly length: number
  readonly head: number
}
const asLine: Count = { kind: 'line', length: 0, head: 0 }

/** Whether a frame begins with its length. Text of syslog begins with `<`, so a digit means a length. */
function countAt(bytes: Buffer, at: number): Count {
  const first = bytes[at] ?? 0
  if (!isDigit(first) || first === 48) return asLine
  for (let end = at; end < bytes.length; end += 1) {
    const byte = bytes[end] ?? 0
    if (byte === space)
      return { kind: 'counted', length: Number(bytes.toString('latin1', at, end)), head: end - at + 1 }
    if (!isDigit(byte) || end - at >= longestCount) return asLine
  }
  return { kind: 'unsure', length: 0, head: 0 }
}

const trimmed = (bytes: Buffer): Buffer => {
  let end = bytes.length
  while (end > 0 && [lineFeed, carriageReturn, nul].includes(bytes[end - 1] ?? -1)) end -= 1
  return bytes.subarray(0, end)
}

/** Text of a record: UTF-8, what is not UTF-8 becomes U+FFFD. Empty when there are only spaces. */
const textOf = (bytes: Buffer): string => {
  const text = trimmed(bytes).toString('utf8')
  return text.trim() === '' ? '' : text
}

/** The same as UTF-8, most often the very bytes of the stream: texts of a whole request at once would be work for the collector. */
function bytesOf(bytes: Buffer): Buffer | undefined {
  const line = trimmed(bytes)
  if (line.length > 0 && isGraphic(line[0] ?? 0) && isUtf8(line)) return line
  const text = textOf(line)
  return text === '' ? undefined : Buffer.from(text)
}
const isGraphic = (byte: number): boolean => byte > space && byte < 127

/** A new framer. The same stream gives the same records however it is cut into pieces. */
export function createFramer(options: FramerOptions): Framer {
  return new StreamFramer(options, (bytes) => textOf(bytes) || undefined)
}

/** A framer that gives the texts as UTF-8 bytes, which may be part of the pieces given: these must not be written over. */
export function createByteFramer(options: FramerOptions): Framer<Buffer> {
  return new StreamFramer(options, bytesOf)
}

class StreamFramer<Text> implements Framer<Text> {
  held = 0
  private readonly options: FramerOptions
  private readonly textOf: (bytes: Buffer) => Text | undefined
  private readonly ends: 'line' | 'nul' | 'either'
  private parts: Buffer[] = []
  /** Bytes of a counted frame that is too long and still to be passed over. */
  private passing = 0
  /** A line that is too long is being passed over. */
  private inLongLine = false
  /** The next line feed and the next NUL in the bytes at hand; -1 none, -2 not looked for yet. */
  private feed = -2
  private nul = -2
  /** Bytes pushed so far, and before those at hand. */
  private pushed = 0
  private base = 0

  constructor(options: FramerOptions, textOf: (bytes: Buffer) => Text | undefined) {
    this.options = options
    this.textOf = textOf
    this.ends = options.ends ?? (options.counting ? 'either' : 'line')
  }

  push(piece: Buffer): Framed<Text> {
    this.pushed += piece.length
    const bytes = this.joined(piece)
    const cut: Cut<Text> = { texts: [], starts: [] }
    if (bytes === undefined) return { ...cut, rejected: 0 }
    this.base = this.pushed - bytes.length
    let rejected = 0
    let at = 0
    this.feed = -2
    this.nul = -2
    while (at < bytes.length) {
      const next = this.frame(bytes, at, cut)
      if (next.end === undefined) break
      rejected += next.rejected
      at = next.end
    }
    return this.hold(bytes.subarray(at), cut, rejected)
  }

  /** What is held with the new piece behind it; nothing while a long line has not met anything that ends it. */
  private joined(piece: Buffer): Buffer | undefined {
    if (this.parts.length === 0) return piece
    this.parts.push(piece)
    this.held += piece.length
    // A line in many pieces is put together once, not each time.
    if (
      !this.options.counting &&
      piece.indexOf(this.ends === 'nul' ? nul : lineFeed) < 0 &&
      this.held <= this.options.limit
    )
      return undefined
    const whole = Buffer.concat(this.parts)
    this.parts = []
    return whole
  }

  private frame(bytes: Buffer, at: number, cut: Cut<Text>): { end: number | undefined; rejected: number } {
    if (this.passing > 0) {
      const passed = Math.min(this.passing, bytes.length - at)
      this.passing -= passed
      return { end: at + passed, rejected: 0 }
    }
    const first = bytes[at] ?? 0
    if (this.options.counting && !this.inLongLine) {
      if (first === lineFeed || first === carriageReturn || first === nul) return { end: at + 1, rejected: 0 }
      const count = countAt(bytes, at)
      if (count.kind === 'unsure') return { end: undefined, rejected: 0 }
      if (count.kind === 'counted') return this.counted(bytes, at, count, cut)
    }
    return this.line(bytes, at, cut)
  }

  private counted(
    bytes: Buffer,
    at: number,
    count: Count,
    cut: Cut<Text>,
  ): { end: number | undefined; rejected: number } {
    const start = at + count.head
    if (count.length > this.options.limit) {
      this.passing = count.length
      return { end: start, rejected: 1 }
    }
    const end = start + count.length
    if (end > bytes.length) return { end: undefined, rejected: 0 }
    this.give(cut, bytes.subarray(start, end), this.base + at)
    return { end, rejected: 0 }
  }

  private line(bytes: Buffer, at: number, cut: Cut<Text>): { end: number | undefined; rejected: number } {
    const feed = this.endOf(bytes, at)
    if (feed < 0) return { end: undefined, rejected: 0 }
    const isLong = this.inLongLine || feed - at > this.options.limit
    if (!isLong) this.give(cut, bytes.subarray(at, feed), this.base + at)
    const rejected = isLong && !this.inLongLine ? 1 : 0
    this.inLongLine = false
    return { end: feed + 1, rejected }
  }

  /** Where the record at `at` ends; -1 when it goes on. Each kind of end is looked for once, not for each record. */
  private endOf(bytes: Buffer, at: number): number {
    if (this.ends !== 'nul' && (this.feed === -2 || (this.feed >= 0 && this.feed < at)))
      this.feed = bytes.indexOf(lineFeed, at)
    if (this.ends !== 'line' && (this.nul === -2 || (this.nul >= 0 && this.nul < at))) this.nul = bytes.indexOf(nul, at)
    if (this.feed < 0 || this.nul < 0) return Math.max(this.feed, this.nul, -1)
    return Math.min(this.feed, this.nul)
  }

  private hold(rest: Buffer, cut: Cut<Text>, rejected: number): Framed<Text> {
    const most = this.options.limit + (this.options.counting ? longestCount + 1 : 0)
    if (this.inLongLine || rest.length > most) {
      const more = this.inLongLine ? 0 : 1
      this.inLongLine = true
      this.parts = []
      this.held = 0
      return { ...cut, rejected: rejected + more }
    }
    // A copy, so that a few bytes do not keep a large piece alive.
    this.parts = rest.length === 0 ? [] : [Buffer.from(rest)]
    this.held = rest.length
    return { ...cut, rejected }
  }

  end(): Framed<Text> {
    const rest = Buffer.concat(this.parts)
    const cutOff = this.options.counting && countAt(rest, 0).kind === 'counted'
    this.parts = []
    this.held = 0
    this.inLongLine = false
    this.passing = 0
    const cut: Cut<Text> = { texts: [], starts: [] }
    if (!cutOff) this.give(cut, rest, this.pushed - rest.length)
    return { ...cut, rejected: cutOff ? 1 : 0 }
  }

  private give({ texts, starts }: Cut<Text>, bytes: Buffer, start: number): void {
    const text = this.textOf(bytes)
    if (text === undefined) return
    texts.push(text)
    starts.push(start)
  }
}
