// Bytes that may be compressed: gzip and zstd are told by how they begin, anything else goes through as it is.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Decompress } from 'fzstd'
import { zstdWatch } from './zstd-frames.ts'

const gzipMark = Buffer.from([0x1f, 0x8b])
const zstdMark = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** Whether a file of this name is compressed in a way that is read here. */
export const isCompressed = (path: string): boolean => /\.(?:gz|zst|zstd)$/i.test(path)

/** Unpacked pieces. Throws when what began well is damaged; what was good before it has been given by then. */
export async function* unpacked(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const iterator = pieces[Symbol.asyncIterator]()
  let begun: Buffer = Buffer.alloc(0)
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    begun = Buffer.concat([begun, next.value])
    if (begun.length >= zstdMark.length) break
  }
  const whole = joined(begun, iterator)
  if (begun.subarray(0, gzipMark.length).equals(gzipMark)) yield* gunzipped(whole)
  else if (begun.subarray(0, zstdMark.length).equals(zstdMark)) yield* unzstd(whole)
  else yield* whole
}

async function* joined(begun: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  if (begun.length > 0) yield begun
  for (let next = await rest.next(); !next.done; next = await rest.next())
    yield Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
}

async function* gunzipped(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  // The loop hears of errors by the second stream, so nothing is left to do when both have ended.
  const stream = pipeline(Readable.from(pieces), createGunzip(), () => undefined)
  for await (const piece of stream) if (Buffer.isBuffer(piece)) yield piece
}

/** A block of zstd may be four bytes for 128 KiB: so few at a time bound what comes out at once. */
const zstdBytes = 2_048
/** What a frame may ask for: as much as the program `zstd` gives unless told otherwise. */
const mostWindow = 134_217_728

/** Frames of zstd (RFC 8878), one after another. Throws when they are damaged, and Fault TOO_LARGE when they ask for too much memory. */
export async function* unzstd(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let ready: Buffer[] = []
  const stream = new Decompress((piece) => ready.push(Buffer.from(piece)))
  const watch = zstdWatch(mostWindow)
  for await (const piece of pieces) {
    watch(piece)
    for (let at = 0; at < piece.length; at += zstdBytes) {
      stream.push(piece.subarray(at, at + zstdBytes))
      yield* ready
      ready = []
    }
  }
  stream.push(new Uint8Array(0), true)
  yield* ready
}
