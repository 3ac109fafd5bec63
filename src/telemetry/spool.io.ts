// The spool: the durable queue between inputs and the event store. What it has acknowledged is on the disk, once, in order.
import { readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, type Issue, type Random } from '#kernel'
import { type AppendFile, makeFolder, openAppend, systemErrorText } from '#platform'
import { type NewRecord, recordSize, type SpoolRecord, writeRecord } from './spool-record.ts'
import {
  knownSegment,
  readSegment,
  type Segment,
  segmentHeadBytes,
  type SegmentReader,
  type Step,
} from './spool-segment.io.ts'

export type { SpoolRecord }

/** Sequence numbers of what was taken, or that nothing was because the spool is full. */
export type Appended = { readonly full: true } | { readonly full: false; readonly first: number; readonly last: number }

export interface Spool {
  /** Resolves when all of these are on the disk; all or none are taken. Throws Fault STORE_DOWN when the disk refuses. */
  append(records: readonly NewRecord[]): Promise<Appended>
  /** Records from this sequence number on, in order: at most so many, at most about so many bytes, at least one where there is one. */
  read(from: number, maxRecords: number, maxBytes: number): Promise<SpoolRecord[]>
  /** Resolves when there is a record with this sequence number or a higher one, or when the signal is raised. */
  arrived(seq: number, signal: AbortSignal): Promise<void>
  /** Everything up to this sequence number is done with; its segments go. */
  trim(through: number): Promise<void>
  /** The highest sequence number on the disk. */
  readonly last: number
  /** Bytes on the disk, done with or not. */
  readonly bytes: number
  /** Something was refused since the last trim. */
  readonly full: boolean
  /** Damaged places that were passed over. */
  readonly skipped: number
  /** Takes nothing any more. */
  readonly closed: boolean
  /** The latest value of each mark on records not trimmed before it was opened. */
  readonly marks: ReadonlyMap<string, string>
  close(): Promise<void>
}

/** Where the spool is and how large it may grow. */
export interface SpoolOptions {
  readonly folder: string
  readonly spoolBytes: number
  /** Everything up to this sequence number is done with. */
  readonly after: number
  /** New records get higher sequence numbers than this. */
  readonly floor: number
  readonly random: Random
  readonly now: () => number
  /** Hears of damage. */
  readonly issue?: (issue: Issue) => void
}

interface Waiting {
  readonly records: readonly NewRecord[]
  readonly bytes: number
  readonly done: (appended: Appended) => void
  readonly failed: (why: unknown) => void
}

/** Where reading goes on: `next` is the sequence number that comes there. */
interface Cursor {
  readonly reader: SegmentReader
  offset: number
  next: number
}

const mebibyte = 1_048_576
const mostAtOnce = 8 * mebibyte
const segmentName = (first: number): string => `${String(first).padStart(16, '0')}.seg`

/** A segment that is left behind does no harm: it is known to be done with. */
const remove = (path: string): Promise<void> => unlink(path).catch(() => undefined)

/** Opens the spool: reads what waits, drops a torn end left by a crash. Throws Fault STORE_DOWN. */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  await makeFolder(options.folder)
  const names = (await readdir(options.folder)).filter((name) => /^\d{16}\.seg$/.test(name)).sort()
  const segments: Segment[] = []
  for (const [index, name] of names.entries()) {
    const next = names[index + 1]
    const path = join(options.folder, name)
    if (next !== undefined && Number.parseInt(next, 10) <= options.after + 1) await remove(path)
    else segments.push(await knownSegment(path, Number.parseInt(name, 10)))
  }
  const spool = new DiskSpool(options, segments)
  await spool.survey()
  return spool
}

class DiskSpool implements Spool {
  readonly marks = new Map<string, string>()
  last: number
  full = false
  skipped = 0
  private readonly options: SpoolOptions
  private segments: Segment[]
  private current: { readonly file: AppendFile; readonly segment: Segment } | undefined
  private queue: Waiting[] = []
  private queuedBytes = 0
  private writing: Promise<void> | undefined
  private listeners: (() => void)[] = []
  private cursor: Cursor | undefined
  closed = false

  constructor(options: SpoolOptions, segments: Segment[]) {
    this.options = options
    this.segments = segments
    this.last = Math.max(options.after, options.floor)
  }

  get bytes(): number {
    return this.segments.reduce((sum, { size }) => sum + size, 0)
  }

  /** Finds the highest sequence number and the marks of what waits. */
  async survey(): Promise<void> {
    for (const segment of this.segments) {
      const reader = await readSegment(segment)
      try {
        for (let offset = 0, end = false; !end;) {
          const step = await reader.step(offset, Infinity)
          for (const { seq, mark } of step.records) {
            this.last = Math.max(this.last, seq)
            if (mark && seq > this.options.after) this.marks.set(mark.key, mark.value)
          }
          ;({ offset, end } = step)
        }
      } finally {
        await reader.close()
      }
    }
  }

  append(records: readonly NewRecord[]): Promise<Appended> {
    if (this.closed) return Promise.reject(new Fault('STORE_DOWN', 'the spool is closed'))
    if (records.length === 0) return Promise.resolve({ full: false, first: this.last + 1, last: this.last })
    const bytes = records.reduce((sum, record) => sum + recordSize(record), 0)
    if (this.bytes + this.queuedBytes + bytes > this.options.spoolBytes) {
      this.full = true
      return Promise.resolve({ full: true })
    }
    this.queuedBytes += bytes
    return new Promise((done, failed) => {
      this.queue.push({ records, bytes, done, failed })
      this.writing ??= this.write()
    })
  }

  private async write(): Promise<void> {
    // One turn later, so that what arrives together shares one flush.
    await new Promise((later) => setImmediate(later))
    while (this.queue.length > 0) {
      const batch = this.take()
      const bytes = batch.reduce((sum, one) => sum + one.bytes, 0)
      try {
        const firsts = await this.flush(batch, bytes)
        for (const [index, { done, records }] of batch.entries()) {
          const first = firsts[index] ?? 0
          done({ full: false, first, last: first + records.length - 1 })
        }
      } catch (thrown) {
        // The file may be unusable: the next try begins a new one.
        await this.leave()
        for (const { failed } of batch) failed(thrown)
      } finally {
        this.queuedBytes -= bytes
      }
    }
    this.writing = undefined
  }

  private take(): Waiting[] {
    let bytes = 0
    const end = this.queue.findIndex((one, index) => (bytes += one.bytes) > mostAtOnce && index > 0)
    return this.queue.splice(0, end < 0 ? this.queue.length : end)
  }

  private async flush(batch: readonly Waiting[], size: number): Promise<number[]> {
    const { file, segment } = await this.room()
    const bytes = Buffer.allocUnsafe(size)
    const received = this.options.now()
    let at = 0
    let seq = this.last
    const firsts = batch.map(({ records }) => {
      const first = seq + 1
      for (const record of records)
        at = writeRecord(bytes, { at, salt: segment.salt, seq: (seq += 1), received }, record)
      return first
    })
    await file.append(bytes.subarray(0, at))
    segment.size = file.size
    this.last = seq
    for (const { records } of batch) for (const { mark } of records) if (mark) this.marks.set(mark.key, mark.value)
    for (const hear of this.listeners.splice(0)) hear()
    return firsts
  }

  /** The segment to write to; a new one when there is none or it is large enough. */
  private async room(): Promise<{ file: AppendFile; segment: Segment }> {
    const most = Math.max(mebibyte, Math.min(64 * mebibyte, this.options.spoolBytes / 8))
    if (this.current && this.current.segment.size < most) return this.current
    await this.leave()
    const first = this.last + 1
    const path = join(this.options.folder, segmentName(first))
    const salt = Buffer.from(this.options.random.bytes(4)).readUInt32LE(0)
    // A file of this name can only hold what was never acknowledged.
    const file = await openAppend(path, { keep: 0 })
    await file.append(segmentHeadBytes(salt)).catch(async (thrown: unknown) => {
      await file.close().catch(() => undefined)
      throw thrown
    })
    const segment = { first, path, salt, size: file.size }
    this.segments = [...this.segments.filter((one) => one.path !== path), segment]
    this.current = { file, segment }
    return this.current
  }

  private async leave(): Promise<void> {
    const { file } = this.current ?? {}
    this.current = undefined
    await file?.close().catch(() => undefined)
  }

  async read(from: number, maxRecords: number, maxBytes: number): Promise<SpoolRecord[]> {
    const found = await this.readOn(from, maxRecords, maxBytes)
    if (found.length > 0 || from > this.last) return found
    // There should be something: look once more from the beginning of its segment before it is given up.
    await this.dropCursor()
    return this.readOn(from, maxRecords, maxBytes)
  }

  private async readOn(from: number, maxRecords: number, maxBytes: number): Promise<SpoolRecord[]> {
    const found: SpoolRecord[] = []
    let bytes = 0
    while (from <= this.last && found.length < maxRecords && bytes < maxBytes) {
      const cursor = await this.cursorAt(from)
      if (!cursor) break
      const step = await this.step(cursor, maxRecords - found.length)
      if (step.skipped > 0) this.damaged(cursor.reader.segment.path)
      for (const record of step.records) {
        // Never twice, whatever damage the file has.
        if (record.seq < from) continue
        found.push(record)
        bytes += record.text.length
        from = record.seq + 1
      }
      cursor.offset = step.offset
      cursor.next = from
      const { segment } = cursor.reader
      if (!step.end || step.offset < segment.size) continue
      if (segment === this.segments.at(-1)) break
      await this.nextSegment(from)
    }
    return found
  }

  private async step(cursor: Cursor, most: number): Promise<Step> {
    try {
      return await cursor.reader.step(cursor.offset, most)
    } catch (thrown) {
      await this.dropCursor()
      throw new Fault('STORE_DOWN', `the spool cannot be read: ${systemErrorText(thrown)}`, { cause: thrown })
    }
  }

  private damaged(path: string): void {
    this.skipped += 1
    this.options.issue?.({
      code: 'spool-damaged',
      severity: 'error',
      at: { file: path },
      text: 'a record cannot be read and was passed over',
      help: 'check the disk and the file system',
    })
  }

  private async cursorAt(from: number): Promise<Cursor | undefined> {
    if (this.cursor?.next === from) return this.cursor
    await this.dropCursor()
    const segment = this.segments.findLast(({ first }) => first <= from) ?? this.segments[0]
    if (!segment) return undefined
    this.cursor = { reader: await readSegment(segment), offset: 0, next: from }
    return this.cursor
  }

  private async nextSegment(from: number): Promise<void> {
    const path = this.cursor?.reader.segment.path
    const next = this.segments[this.segments.findIndex((one) => one.path === path) + 1]
    await this.dropCursor()
    if (next) this.cursor = { reader: await readSegment(next), offset: 0, next: from }
  }

  private async dropCursor(): Promise<void> {
    const { reader } = this.cursor ?? {}
    this.cursor = undefined
    await reader?.close()
  }

  async arrived(seq: number, signal: AbortSignal): Promise<void> {
    while (this.last < seq && !signal.aborted && !this.closed) {
      await new Promise<void>((done) => {
        const hear = () => {
          signal.removeEventListener('abort', hear)
          done()
        }
        signal.addEventListener('abort', hear, { once: true })
        this.listeners.push(hear)
      })
    }
  }

  async trim(through: number): Promise<void> {
    this.full = false
    const keep = this.segments.filter((segment, index) => {
      const next = this.segments[index + 1]
      return next === undefined || next.first > through + 1 || segment === this.current?.segment
    })
    const gone = this.segments.filter((segment) => !keep.includes(segment))
    this.segments = keep
    // A read may be under way in one of them: its file stays open, and it goes on with the first that is left.
    for (const { path } of gone) await remove(path)
  }

  async close(): Promise<void> {
    this.closed = true
    await this.writing
    await this.leave()
    await this.dropCursor()
    for (const hear of this.listeners.splice(0)) hear()
  }
}
