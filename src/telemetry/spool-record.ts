// One record of the spool as bytes: magic, CRC-32, length, then sequence number, time of receipt, names, mark and text.
import { Fault } from '#kernel'
import { type Envelope, slotIn, slotOf } from './envelope.ts'
import { crc32 } from './checksum.io.ts'
import type { RawRecord } from './types.ts'

/** How far an input has come, carried by a record so that the position and the record are on the disk together or not at all. */
export interface Mark {
  readonly key: string
  readonly value: string
}

/** A record to be taken in. */
export interface NewRecord {
  readonly source: string
  readonly parser?: string | undefined
  /** A text, or its UTF-8 bytes. */
  readonly text: string | Buffer
  /** What the sender's protocol said about it. */
  readonly envelope?: Envelope | undefined
  readonly mark?: Mark | undefined
}

/** A record as the spool gives it back; `seq` grows for ever. */
export interface SpoolRecord extends RawRecord {
  readonly seq: number
  readonly mark?: Mark
}

export const magic = Buffer.from('CSR1', 'latin1')
const magicNumber = magic.readUInt32BE(0)
/** Magic, CRC-32 and length. */
export const headBytes = 12
/** Sequence number, time of receipt, and the lengths of source, parser, mark's key and mark's value. */
const fixedBytes = 24
/** More than any record may have; a larger length is damage. */
const mostBytes = 256 * 1_048_576
const longestName = 65_535

function nameBytes(name: string | undefined): number {
  const bytes = name === undefined ? 0 : Buffer.byteLength(name)
  if (bytes > longestName) throw new Fault('BUG', `a name or mark of ${bytes} bytes: ${name?.slice(0, 80)}…`)
  return bytes
}

/** Bytes that a record takes in the spool. Throws Fault BUG when a name or a mark is longer than 65,535. */
export const recordSize = ({ source, parser, envelope, mark, text }: NewRecord): number =>
  headBytes +
  fixedBytes +
  nameBytes(source) +
  nameBytes(slotOf(parser, envelope)) +
  (mark ? nameBytes(mark.key) + nameBytes(mark.value) : 0) +
  (typeof text === 'string' ? Buffer.byteLength(text) : text.length)

/** Writes a record at `at` and answers where the next one begins. The salt of its segment goes into the CRC, so that no sender can forge one. */
export function writeRecord(
  bytes: Buffer,
  {
    at,
    salt,
    seq,
    received,
  }: { readonly at: number; readonly salt: number; readonly seq: number; readonly received: number },
  { source, parser, envelope, mark, text }: NewRecord,
): number {
  const body = at + headBytes
  bytes.writeDoubleLE(seq, body)
  bytes.writeDoubleLE(received, body + 8)
  let end = writeName(bytes, { body, index: 0, at: body + fixedBytes }, source)
  end = writeName(bytes, { body, index: 1, at: end }, slotOf(parser, envelope))
  end = writeName(bytes, { body, index: 2, at: end }, mark?.key ?? '')
  end = writeName(bytes, { body, index: 3, at: end }, mark?.value ?? '')
  if (typeof text === 'string') end += bytes.write(text, end)
  else {
    bytes.set(text, end)
    end += text.length
  }
  bytes.writeUInt32BE(magicNumber, at)
  bytes.writeUInt32LE(end - body, at + 8)
  bytes.writeUInt32LE(crc32(bytes, at + 8, end, salt), at + 4)
  return end
}

/** A name, and its length among those before the names; answers where it ends. */
function writeName(
  bytes: Buffer,
  { body, index, at }: { readonly body: number; readonly index: number; readonly at: number },
  name: string,
): number {
  const length = name === '' ? 0 : bytes.write(name, at)
  bytes.writeUInt16LE(length, body + 16 + index * 2)
  return at + length
}

/** What stands at a place: a record and where it ends, `short` when more bytes are needed to tell (`needs`, from `at`), or nothing readable. */
export type Found =
  | { readonly kind: 'record'; readonly record: SpoolRecord; readonly end: number }
  | { readonly kind: 'short'; readonly needs: number }
  | { readonly kind: 'bad' }

/** Reads what stands at `at`. Never throws. */
export function readRecord(bytes: Buffer, at: number, salt: number): Found {
  if (bytes.length - at < headBytes) return { kind: 'short', needs: headBytes }
  if (bytes.readUInt32BE(at) !== magicNumber) return { kind: 'bad' }
  const length = bytes.readUInt32LE(at + 8)
  if (length < fixedBytes || length > mostBytes) return { kind: 'bad' }
  const end = at + headBytes + length
  if (end > bytes.length) return { kind: 'short', needs: headBytes + length }
  if (crc32(bytes, at + 8, end, salt) !== bytes.readUInt32LE(at + 4)) return { kind: 'bad' }
  return { kind: 'record', record: decode(bytes, at + headBytes, end), end }
}

function decode(bytes: Buffer, body: number, end: number): SpoolRecord {
  let from = body + fixedBytes
  const name = (index: number): string => {
    const length = bytes.readUInt16LE(body + 16 + index * 2)
    return length === 0 ? '' : bytes.toString('utf8', from, (from += length))
  }
  const [source, parser, key, value] = [name(0), name(1), name(2), name(3)]
  const start = from
  return {
    seq: bytes.readDoubleLE(body),
    received: bytes.readDoubleLE(body + 8),
    source,
    ...(parser === '' ? {} : slotIn(parser)),
    ...(key === '' ? {} : { mark: { key, value } }),
    // Made when it is asked for, each time: texts of a whole batch at once would be work for the collector.
    get text() {
      return bytes.toString('utf8', start, end)
    },
  }
}
