// One file that is followed: where it has been read to, and whether it is still the file it was.
import { type FileHandle, open, stat } from 'node:fs/promises'
import { Fault } from '#kernel'
import { z } from 'zod'
import { crc32 } from '../evtx/crc32.ts'
import { fileRecords, type FileReading, type FileRecords } from './file-records.ts'
import type { InputContext } from './input.ts'

/** Where to begin again (see BeginAt), and the CRC of the first `length` bytes, by which the file is known again. */
export const TailPosition = z.strictObject({
  offset: z.number(),
  header: z.string().optional(),
  taken: z.array(z.number()).readonly().optional(),
  length: z.number(),
  head: z.number(),
  path: z.string(),
})
export type TailPosition = z.output<typeof TailPosition>

export const headLength = 1_024
const pieceBytes = 1_048_576
/** A last line without an end is taken when nothing more has come for so long. */
const idleMilliseconds = 10_000
/** A file at rest is closed, so that ten thousand of them can be followed. */
const restMilliseconds = 60_000

/** How files are followed: where their positions are kept, and how they are read. */
export interface Following extends Omit<FileReading, 'limit'> {
  readonly prefix: string
}

/** A file being followed. */
export class Tailed {
  path: string
  /** When it was no longer where it should be; it is then read to its end. */
  gone: number | undefined
  private readonly key: string
  private readonly inode: string
  private readonly reading: Omit<FileReading, 'limit'>
  private file: FileHandle | undefined
  private records: FileRecords | undefined
  /** Bytes read; not all of them are taken yet. */
  private read = 0
  private head = { length: 0, head: 0 }
  private isText: boolean | undefined

  constructor(path: string, inode: string, { prefix, ...reading }: Following) {
    this.path = path
    this.key = `${prefix}${inode}`
    this.inode = inode
    this.reading = reading
  }

  /** Takes the whole lines that have come. */
  async readNew(context: InputContext): Promise<void> {
    if (await this.isAtRest()) return
    this.begin(context)
    const file = (this.file ??= await this.open())
    if (!file) return
    const { size, mtimeMs } = await file.stat()
    if (size < this.read || (size > this.read && !(await this.isSame(file)))) await this.restart(file, context)
    if (size > this.read && !(await this.looksLikeText(file, context))) this.read = size
    if (size > this.read) await this.readOn(file, context)
    await this.take(this.begin(context).tick(context.clock.now()), file, context)
    await this.rest(context, context.clock.now() - mtimeMs)
  }

  private async readOn(file: FileHandle, context: InputContext): Promise<void> {
    while (!context.signal.aborted) {
      const piece = Buffer.allocUnsafe(pieceBytes)
      const { bytesRead } = await file.read(piece, 0, pieceBytes, this.read)
      if (bytesRead === 0) return
      this.read += bytesRead
      const { texts, rejected } = this.begin(context).push(piece.subarray(0, bytesRead), context.clock.now())
      context.reject(rejected)
      await this.take(texts, file, context)
    }
  }

  /** A closed file is opened again only when its length has changed. */
  private async isAtRest(): Promise<boolean> {
    if (this.file || !this.records) return false
    const about = await stat(this.path).catch(() => undefined)
    return about === undefined || about.size === this.read
  }

  /** Takes a last line that has no end, and what waits for its next line: nothing will be added. */
  async finish(context: InputContext): Promise<void> {
    if (this.records?.holds !== true) return
    const { texts, rejected } = this.records.end(context.clock.now())
    context.reject(rejected)
    if (this.file) await this.take(texts, this.file, context)
  }

  /** Nothing when another file is at the path by now. */
  private async open(): Promise<FileHandle | undefined> {
    const file = await open(this.path, 'r')
    if (String((await file.stat({ bigint: true })).ino) === this.inode) return file
    await file.close()
    return undefined
  }

  async close(): Promise<void> {
    const { file } = this
    this.file = undefined
    await file?.close()
  }

  private begin(context: InputContext): FileRecords {
    if (this.records) return this.records
    const known = context.position(this.key)
    const position = known === undefined ? undefined : TailPosition.safeParse(JSON.parse(known)).data
    this.read = position?.offset ?? 0
    this.head = { length: position?.length ?? 0, head: position?.head ?? 0 }
    return (this.records = fileRecords(
      { ...this.reading, limit: context.recordBytes },
      { offset: this.read, header: position?.header, taken: position?.taken },
    ))
  }

  /** From the beginning: the file was emptied, or another took its place and its inode. */
  private async restart(file: FileHandle, context: InputContext): Promise<void> {
    const last = this.records?.end(context.clock.now())
    this.records = fileRecords({ ...this.reading, limit: context.recordBytes }, { offset: 0 })
    this.read = 0
    this.head = { length: 0, head: 0 }
    this.isText = undefined
    if (!last) return
    context.reject(last.rejected)
    await this.take(last.texts, file, context)
  }

  private async rest(context: InputContext, idle: number): Promise<void> {
    if (idle > idleMilliseconds) await this.finish(context)
    if (idle > restMilliseconds && this.gone === undefined) await this.close()
  }

  private async isSame(file: FileHandle): Promise<boolean> {
    if (this.head.length === 0) return true
    return (await headOf(file, this.head.length)) === this.head.head
  }

  /** A file with a NUL in its first bytes (wtmp, an archive) has no lines. */
  private async looksLikeText(file: FileHandle, context: InputContext): Promise<boolean> {
    if (this.isText !== undefined) return this.isText
    const bytes = Buffer.alloc(headLength)
    const { bytesRead } = await file.read(bytes, 0, headLength, 0)
    this.isText = !bytes.subarray(0, bytesRead).includes(0)
    if (!this.isText) context.log.warn({ file: this.path }, 'this file is not text; it is left out')
    return this.isText
  }

  private async take(texts: readonly string[], file: FileHandle, context: InputContext): Promise<void> {
    if (texts.length === 0) return
    const place = this.begin(context).place
    const length = Math.min(place.offset, headLength)
    if (length > this.head.length) this.head = { length, head: await headOf(file, length) }
    const value: TailPosition = { ...place, ...this.head, path: this.path }
    try {
      await context.take(texts, { mark: { key: this.key, value: JSON.stringify(value) } })
    } catch (thrown) {
      // Nothing was taken: the next try begins where the last one that was taken ended.
      this.records = undefined
      throw thrown
    }
  }
}

async function headOf(file: FileHandle, length: number): Promise<number> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, 0)
  if (bytesRead < length) throw new Fault('UNREADABLE', 'the beginning of the file')
  return crc32(bytes, 0, length)
}
