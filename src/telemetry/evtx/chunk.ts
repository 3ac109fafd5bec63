// One chunk of an EVTX file: its header, its checksums, its records. Damage costs only the place where it is.
import type { Issue } from '#kernel'
import { chunkBytes, Damage, type Json } from './bytes.ts'
import type { Chunk, Node } from './binxml.ts'
import { crc32 } from './crc32.ts'
import { renderRecord } from './render.ts'
import { filetimeMilliseconds } from './values.ts'

/** One event record. */
export interface EvtxRecord {
  /** EventRecordID as the file numbers it. */
  readonly recordId: number
  /** When it was written, milliseconds UTC. */
  readonly time: number
  /** Where it begins, bytes from the start of the file. */
  readonly offset: number
  /** `{ Event: { System, EventData | UserData } }` in the JSON form of evtx_dump. */
  readonly event: { [name: string]: Json }
  /** Its end is overwritten: what is left of it was read, fields may be missing. */
  readonly damaged?: true
}

/** Where a chunk lies: for the words of an Issue. */
export interface ChunkPlace {
  readonly file: string
  /** Bytes from the start of the file. */
  readonly offset: number
}

export const chunkSize = 65_536
const headerSize = 512
const smallestRecord = 28
/** Characters and nodes that one record may produce, and all records of a chunk together. */
const recordBudget = 1_048_576
const chunkBudget = 16 * recordBudget

const remedy = 'the rest of the file was read; copy the log again, or repair it with: wevtutil epl'

const issue = (place: ChunkPlace, at: number, code: string, text: string): Issue => ({
  code,
  severity: code === 'evtx-checksum' ? 'warning' : 'error',
  at: { file: place.file },
  text: `${text} (at byte ${place.offset + at})`,
  help: remedy,
})

const chunkMagic = Buffer.from('ElfChnk\0', 'latin1')
const recordMagic = Buffer.from([0x2a, 0x2a, 0x00, 0x00])

const zeros = Buffer.alloc(chunkSize)
const isEmpty = (bytes: Buffer): boolean => bytes.equals(zeros.subarray(0, bytes.length))

/** Reads the records of a chunk in order. Yields an Issue for each damaged place; never throws. A chunk of zeros (reserved, not yet used) yields nothing. */
export function* readChunk(bytes: Buffer, place: ChunkPlace): Generator<EvtxRecord | Issue> {
  if (!chunkMagic.equals(bytes.subarray(0, 8))) {
    if (!isEmpty(bytes))
      yield issue(place, 0, 'evtx-chunk', 'this 64 KiB block is no EVTX chunk: its first 8 bytes are wrong')
    return
  }
  if (bytes.length < headerSize) {
    yield issue(
      place,
      0,
      'evtx-truncated',
      `the file ends inside a chunk header (${bytes.length} of ${headerSize} bytes)`,
    )
    return
  }
  const wrong = checksumFault(bytes)
  if (wrong) yield issue(place, 0, 'evtx-checksum', wrong)
  yield* records(chunkBytes<Node>(bytes), place)
  if (bytes.length < chunkSize)
    yield issue(
      place,
      bytes.length,
      'evtx-truncated',
      `the file ends inside a chunk (${bytes.length} of ${chunkSize} bytes)`,
    )
}

/** The chunk's own checksums: a difference means it was changed after writing, or copied while Windows was writing it. */
function checksumFault(bytes: Buffer): string | undefined {
  const noChecksum = bytes.readUInt32LE(120) & 0x4
  const free = bytes.readUInt32LE(48)
  if (noChecksum || bytes.length < chunkSize || free < headerSize || free > chunkSize) return undefined
  if (bytes.readUInt32LE(52) !== crc32(bytes, headerSize, free))
    return 'the records of this chunk do not match their checksum: they were changed, or copied while being written'
  const header = crc32(bytes, 128, headerSize, crc32(bytes, 0, 120))
  return bytes.readUInt32LE(124) === header ? undefined : 'the header of this chunk does not match its checksum'
}

function* records(chunk: Chunk, place: ChunkPlace): Generator<EvtxRecord | Issue> {
  const { bytes, view } = chunk
  const free = view.getUint32(48, true)
  const end = free >= headerSize && free <= bytes.length ? free : bytes.length
  let budget = chunkBudget
  let nextId = id(view, 8)
  for (let at = headerSize; at + smallestRecord <= bytes.length;) {
    const size = recordSize(chunk, at)
    // After the part in use, only a record that continues the numbering belongs here; others are left over from earlier.
    if (at >= end && (size === 0 || id(view, at + 8) !== nextId)) return
    const before = (chunk.left = Math.min(recordBudget, budget))
    if (size > 0) {
      nextId = id(view, at + 8) + 1
      yield readRecord(chunk, place, at, size)
      at += size
    } else {
      const next = nextRecord(chunk, at + 1, end)
      yield* gap(chunk, place, { at, next: next ?? end, nextId })
      if (next === undefined) return
      at = next
    }
    budget -= before - Math.max(0, chunk.left)
  }
}

/** Bytes that hold no whole record. When the one expected here has lost only its end, what is left of it is worth having. */
function* gap(chunk: Chunk, place: ChunkPlace, lost: { at: number; next: number; nextId: number }) {
  const { at, next, nextId } = lost
  const size = chunk.view.getUint32(at + 4, true)
  const expected =
    chunk.view.getUint32(at, true) === 0x2a2a && size >= smallestRecord && id(chunk.view, at + 8) === nextId
  const found = expected ? readRecord(chunk, place, at, Math.min(size, chunk.bytes.length - at)) : undefined
  if (found && 'event' in found) yield { ...found, damaged: true as const }
  const what = found && 'event' in found ? `record ${nextId} has lost its end, what is left was read; ` : ''
  yield issue(place, at, 'evtx-record', `${what}${next - at} bytes hold no whole record`)
}

const id = (view: DataView, at: number): number => view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true)

/** Size of the record at an offset, or 0 when no whole record stands there. The size is written at both ends. */
function recordSize({ bytes, view }: Chunk, at: number): number {
  if (at + smallestRecord > bytes.length || view.getUint32(at, true) !== 0x2a2a) return 0
  const size = view.getUint32(at + 4, true)
  if (size < smallestRecord || at + size > bytes.length) return 0
  return view.getUint32(at + size - 4, true) === size ? size : 0
}

/** Offset of the next whole record from `from` on. */
function nextRecord(chunk: Chunk, from: number, end: number): number | undefined {
  for (
    let at = chunk.bytes.indexOf(recordMagic, from);
    at >= 0 && at < end;
    at = chunk.bytes.indexOf(recordMagic, at + 1)
  )
    if (recordSize(chunk, at) > 0) return at
  return undefined
}

function readRecord(chunk: Chunk, place: ChunkPlace, at: number, size: number): EvtxRecord | Issue {
  const recordId = id(chunk.view, at + 8)
  try {
    const event = renderRecord(chunk, at + 24, at + size - 4)
    const time = filetimeMilliseconds(chunk.view, at + 16)
    return { recordId, time, offset: place.offset + at, event }
  } catch (error) {
    if (!(error instanceof Damage || error instanceof RangeError)) throw error
    const why = error instanceof Damage ? error.message : 'it points outside of its chunk'
    return issue(place, at, 'evtx-record', `record ${recordId} cannot be read: ${why}`)
  }
}
