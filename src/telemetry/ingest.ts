// The way into the spool: for inputs, which wait while it is full, and for those who post lines, who are told.
import { asFault, type Clock, Fault } from '#kernel'
import type { Log, SourceConfig } from '#platform'
import { createByteFramer } from './frames.ts'
import { joinRule } from './inputs/join-rule.ts'
import { createJoiner, type JoinedRecord, type Joiner, type JoinRule } from './joining.ts'
import type { InputContext, More } from './inputs/input.ts'
import { type Headed, headed } from './parsers/headed.ts'
import { pause } from './pause.io.ts'
import type { SourceBook, SourcePage } from './source-book.ts'
import type { NewRecord } from './spool-record.ts'
import type { Spool } from './spool.io.ts'

/** What became of posted lines. `last` is the sequence number of the last one taken; `full`: the rest was not read; `wait`: seconds until there is room; `down`: the disk refuses, and why. */
export interface Ingested {
  readonly wait: number
  readonly accepted: number
  readonly rejected: number
  readonly last: number | null
  readonly full: boolean
  readonly down?: string
}

export interface IntakeDeps {
  readonly spool: Spool
  readonly book: SourceBook
  readonly clock: Clock
  readonly log: Log
  readonly sources: readonly SourceConfig[]
  /** Positions of inputs as the state store had them when it was opened. */
  readonly marks: ReadonlyMap<string, string>
  readonly recordBytes: number
  readonly hostTexts: InputContext['hostTexts']
  readonly exerciseRecords: InputContext['exerciseRecords']
}

const fullWait = 200
const fullSeconds = 2
const longestQuotaWait = 1_000
const quotaText = 'the quota is used up: records wait until there is room in it'
const postedAtOnce = 1_048_576
const fullText = 'the spool is full: records wait until the event store takes them'

/** Why the spool does not take these now; nothing when it took them. A disk that refuses may take them later, so who can wait waits. */
async function refusal(spool: Spool, records: readonly NewRecord[]): Promise<string | undefined> {
  try {
    return (await spool.append(records)).full ? fullText : undefined
  } catch (thrown) {
    const { code, message } = asFault(thrown)
    if (code !== 'STORE_DOWN' || spool.closed) throw thrown
    return `${message}; senders wait`
  }
}

/** Whether a text is longer than so many bytes; counts bytes only where it must. */
export const isLonger = (text: string, bytes: number): boolean =>
  text.length > bytes || (text.length * 3 > bytes && Buffer.byteLength(text) > bytes)

export const parserOf = (source: SourceConfig | undefined): string | undefined =>
  source && 'parser' in source ? source.parser : undefined

/** Records that may be taken; those that are too long are counted as refused. The mark goes with the last. */
function recordsOf(texts: readonly string[], more: More, page: SourcePage, deps: Ours): NewRecord[] {
  const { sources = [], envelopes = [], mark } = more
  const { parser, name, recordBytes } = deps
  const records = texts.map((text, at) => ({ source: sources[at] ?? name, parser, text, envelope: envelopes[at] }))
  const fitting = records.filter(({ text }) => !isLonger(text, recordBytes))
  page.reject(texts.length - fitting.length)
  const last = fitting.at(-1)
  return last === undefined ? [] : [...fitting.slice(0, -1), { ...last, mark }]
}

interface Ours {
  readonly parser: string | undefined
  readonly name: string
  readonly recordBytes: number
}

/** What an input is given: its way into the spool, its positions, its page in the book. */
export function contextOf(source: SourceConfig, page: SourcePage, signal: AbortSignal, deps: IntakeDeps): InputContext {
  const { spool, book, marks, recordBytes } = deps
  const ours = { parser: parserOf(source), name: source.name, recordBytes }
  let detail = ''
  const waitFor = async (milliseconds: number, why: string): Promise<void> => {
    page.say('waiting', why)
    await pause(milliseconds, signal)
    if (signal.aborted) throw new Fault('CANCELLED', `input ${source.name} stops`)
  }
  return {
    signal,
    recordBytes,
    clock: deps.clock,
    log: deps.log,
    hostTexts: deps.hostTexts,
    exerciseRecords: deps.exerciseRecords,
    async take(texts, more = {}) {
      for (const name of new Set(more.sources)) book.alias(name, page)
      const records = recordsOf(texts, more, page, ours)
      const bytes = sizeOf(records)
      for (let wait = page.admit(records.length, bytes); wait > 0; wait = page.admit(records.length, bytes))
        await waitFor(Math.min(wait, longestQuotaWait), quotaText)
      for (let why = await refusal(spool, records); why !== undefined; why = await refusal(spool, records))
        await waitFor(fullWait, why)
      if (records.length > 0) page.accept(records.length, bytes)
      page.say('running', detail)
    },
    async offer(texts, envelopes = []) {
      const records = recordsOf(texts, { envelopes }, page, ours)
      const bytes = sizeOf(records)
      if (page.admit(records.length, bytes) > 0) {
        page.refuse(records.length)
        return page.say('waiting', `${quotaText}; what comes meanwhile is lost`)
      }
      const { full } = await spool.append(records).catch((thrown: unknown) => {
        page.reject(records.length)
        throw thrown
      })
      if (full) page.reject(records.length)
      else page.accept(records.length, bytes)
      page.say(full ? 'waiting' : 'running', full ? `${fullText}; what comes meanwhile is lost` : detail)
    },
    position: (key) => spool.marks.get(key) ?? marks.get(key),
    positions: (prefix) =>
      [...new Set([...marks.keys(), ...spool.marks.keys()])].filter((key) => key.startsWith(prefix)),
    reject: (count) => page.reject(count),
    running: (text) => page.say('running', (detail = text)),
    waiting: (text) => page.say('waiting', (detail = text)),
  }
}

const sizeOf = (records: readonly NewRecord[]): number => records.reduce((sum, { text }) => sum + text.length, 0)

/**
 * Takes posted lines into the spool; resolves when those accepted are on the disk. Blank lines are passed over, lines longer than a record
 * may be are counted as rejected, everything else is taken as it is. Throws Fault UNREADABLE when the stream breaks off.
 */
export async function ingestLines(
  lines: AsyncIterable<Uint8Array | string>,
  name: string,
  deps: IntakeDeps,
): Promise<Ingested> {
  const source = deps.sources.find((one) => one.name === name)
  if (source && source.kind !== 'http')
    throw new Fault('INPUT_INVALID', `source ${name} is of kind ${source.kind}; send under another name`)
  const page = deps.book.page(name, 'http')
  page.say('running', `POST /ingest/v1/ndjson/${name}`)
  const framer = createByteFramer({ limit: deps.recordBytes })
  const join = joinRule(source && 'join' in source ? source.join : undefined)
  const posted = new Posted(name, { parser: parserOf(source), join, recordBytes: deps.recordBytes }, page, deps.spool)
  const pieces = piecesOf(lines)
  for await (const piece of pieces) {
    posted.add(framer.push(piece))
    if (posted.bytes >= postedAtOnce && !(await posted.flush())) return posted.result(true)
  }
  posted.add(framer.end())
  posted.end()
  return posted.result(!(await posted.flush()))
}

async function* piecesOf(lines: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
  try {
    for await (const piece of lines)
      yield typeof piece === 'string'
        ? Buffer.from(piece)
        : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
  } catch (thrown) {
    throw new Fault('UNREADABLE', `the lines sent: ${asFault(thrown).message}`, { cause: thrown })
  }
}

interface Reading {
  readonly parser: string | undefined
  readonly join: JoinRule
  readonly recordBytes: number
}

const openBrace = 0x7b

/** Lines of one request on their way into the spool. */
class Posted {
  bytes = 0
  private wait = 0
  private records: NewRecord[] = []
  /** Lines that these records were. */
  private lines = 0
  private accepted = 0
  private rejected = 0
  private last: number | null = null
  private down: string | undefined
  private readonly name: string
  private readonly reading: Reading
  private readonly joiner: Joiner<string>
  private readonly headed: Headed
  private readonly page: SourcePage
  private readonly spool: Spool

  constructor(name: string, reading: Reading, page: SourcePage, spool: Spool) {
    this.name = name
    this.reading = reading
    this.joiner = createJoiner({ rule: reading.join, bytes: reading.recordBytes })
    this.headed = headed({ csv: reading.parser === 'csv' })
    this.page = page
    this.spool = spool
  }

  add({ texts, rejected }: { readonly texts: readonly Buffer[]; readonly rejected: number }): void {
    this.rejected += rejected
    this.page.reject(rejected)
    for (const text of texts) {
      if (this.standsAlone(text)) this.take(text)
      else this.read(text.toString('utf8'))
    }
  }

  /** JSON needs no header and is no part of another record: its bytes go on as they came. */
  private standsAlone(text: Buffer): boolean {
    const { join } = this.reading
    return text[0] === openBrace && (join === 'none' || join === 'auditd') && this.headed.header === ''
  }

  private take(text: Buffer): void {
    this.records.push({ source: this.name, parser: this.reading.parser, text })
    this.bytes += text.length
    this.lines += 1
  }

  private read(text: string): void {
    const record = this.headed.push(text)
    // Lines that name columns go with the records under them.
    if (record === undefined) this.lines += 1
    else this.keep(this.joiner.push([{ text, mark: record === text ? '' : this.headed.header }], 0))
  }

  /** No line comes any more. */
  end(): void {
    this.keep(this.joiner.flush())
  }

  private keep(records: readonly JoinedRecord<string>[]): void {
    const { parser } = this.reading
    for (const { text: lines, mark: header, marks } of records) {
      const text = header === '' ? lines : `${header}\n${lines}`
      this.records.push({ source: this.name, parser, text })
      this.bytes += text.length
      this.lines += marks.length
    }
  }

  /** Whether there was room. */
  async flush(): Promise<boolean> {
    // What was taken is said as a number of lines from the beginning, so no line behind one that is held may be taken.
    if (this.reading.join === 'auditd') this.end()
    const { records, bytes, lines } = this
    this.records = []
    this.bytes = 0
    this.lines = 0
    if (records.length === 0) {
      this.accepted += lines
      return true
    }
    this.wait = Math.ceil(this.page.admit(records.length, bytes) / 1000)
    if (this.wait > 0) {
      this.page.refuse(records.length)
      return false
    }
    const appended = await this.spool.append(records).catch((thrown: unknown) => this.refused(thrown))
    if (appended === undefined || appended.full) {
      this.wait = fullSeconds
      return false
    }
    this.accepted += lines
    this.last = appended.last
    this.page.accept(records.length, bytes)
    return true
  }

  /** The sender is told how much was taken before, so that nothing is sent twice. */
  private refused(thrown: unknown): undefined {
    const { code, message } = asFault(thrown)
    if (code !== 'STORE_DOWN') throw thrown
    this.down = message
    this.page.say('waiting', message)
  }

  result(full: boolean): Ingested {
    const { accepted, rejected, last, wait, down } = this
    return { accepted, rejected, last, full, wait, ...(down !== undefined && { down }) }
  }
}
