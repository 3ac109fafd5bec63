// Reading one segment of the spool from any place: record by record, over damage, to its end.
import { type FileHandle, open } from 'node:fs/promises'
import { headBytes, magic, readRecord, type SpoolRecord } from './spool-record.ts'

/** A file of the spool. `size` is what is known to be on the disk. */
export interface Segment {
  /** Least sequence number it may hold. */
  readonly first: number
  readonly path: string
  /** Goes into the CRC of each of its records; -1 when its head cannot be read. */
  readonly salt: number
  size: number
}

/** Magic and salt. */
export const segmentHead = 8
const segmentMagic = Buffer.from('CSS1', 'latin1')

/** The first bytes of a segment. */
export function segmentHeadBytes(salt: number): Buffer {
  const head = Buffer.alloc(segmentHead)
  segmentMagic.copy(head)
  head.writeUInt32LE(salt, 4)
  return head
}

/** A segment that lies in the folder already. */
export async function knownSegment(path: string, first: number): Promise<Segment> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(segmentHead)
    const { bytesRead } = await file.read(head, 0, segmentHead, 0)
    const whole = bytesRead === segmentHead && head.subarray(0, 4).equals(segmentMagic)
    return { path, first, salt: whole ? head.readUInt32LE(4) : -1, size: (await file.stat()).size }
  } finally {
    await file.close()
  }
}

/** Records read in one step and where the next step begins; `end` when the segment holds no more. `skipped` counts damaged places passed over. */
export interface Step {
  readonly records: SpoolRecord[]
  readonly offset: number
  readonly end: boolean
  readonly skipped: number
}

const windowBytes = 1_048_576

/** A segment open for reading. */
export interface SegmentReader {
  readonly segment: Segment
  /** Reads on from `offset`: at most `most` records of about a MiB together, at least one where there is one. */
  step(offset: number, most: number): Promise<Step>
  close(): Promise<void>
}

/** Opens a segment for reading. */
export async function readSegment(segment: Segment): Promise<SegmentReader> {
  const file = await open(segment.path, 'r')
  return {
    segment,
    step: (offset, most) => step(file, segment, Math.max(offset, segmentHead), most),
    close: () => file.close(),
  }
}

async function step(file: FileHandle, segment: Segment, from: number, most: number): Promise<Step> {
  const { salt, size } = segment
  if (salt < 0) return { records: [], offset: size, end: true, skipped: size > segmentHead ? 1 : 0 }
  let window = await bytesAt(file, from, Math.min(windowBytes, size - from))
  const records: SpoolRecord[] = []
  let at = 0
  while (records.length < most && from + at < size) {
    const found = readRecord(window, at, salt)
    if (found.kind === 'record') {
      records.push(found.record)
      at = found.end
      continue
    }
    if (found.kind === 'short' && from + at + found.needs <= size) {
      if (records.length > 0) break
      window = await bytesAt(file, from + at, Math.max(found.needs, Math.min(windowBytes, size - from - at)))
      from += at
      at = 0
      continue
    }
    if (records.length > 0) break
    const next = await nextRecord(file, segment, from + at + 1)
    if (next === undefined) return { records, offset: size, end: true, skipped: 0 }
    return { records, offset: next, end: false, skipped: 1 }
  }
  return { records, offset: from + at, end: from + at >= size, skipped: 0 }
}

/** Where the next whole record begins after damage; undefined when the rest is a torn end. */
async function nextRecord(file: FileHandle, { salt, size }: Segment, from: number): Promise<number | undefined> {
  for (let start = from; start + headBytes <= size; start += windowBytes) {
    // Windows overlap, so that a mark cut by the border is seen.
    const window = await bytesAt(file, start, Math.min(windowBytes + magic.length, size - start))
    for (let at = window.indexOf(magic); at >= 0 && at < windowBytes; at = window.indexOf(magic, at + 1)) {
      const head = readRecord(await bytesAt(file, start + at, Math.min(headBytes, size - start - at)), 0, salt)
      if (head.kind !== 'short' || start + at + head.needs > size) continue
      if (readRecord(await bytesAt(file, start + at, head.needs), 0, salt).kind === 'record') return start + at
    }
  }
  return undefined
}

async function bytesAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(Math.max(length, 0))
  let read = 0
  while (read < bytes.length) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, from + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return bytes.subarray(0, read)
}
