// The body of a pushed request: unpacked, of bounded size, and not for ever on its way.
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { pipeline, Readable } from 'node:stream'
import { Fault } from '#kernel'
import { unzstd } from '#app'

/** Packed and unpacked: a request of a log shipper has a few megabytes. */
export const [mostPacked, mostUnpacked] = [33_554_432, 100_663_296]
/** All bodies that are held at the same time. */
const mostHeld = 268_435_456
const longestMilliseconds = 60_000

/** Counts what all requests hold at this time. */
export class Held {
  private bytes = 0
  get isFull(): boolean {
    return this.bytes > mostHeld
  }
  add(bytes: number): void {
    this.bytes += bytes
  }
}

const unpackers = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const
const isPacking = (name: string): name is keyof typeof unpackers => Object.hasOwn(unpackers, name)

/** The bytes of a request as they come; no more of them than `most`. */
async function* bounded(raw: Readable, most: number): AsyncGenerator<Buffer> {
  let size = 0
  for await (const piece of raw) {
    if (!Buffer.isBuffer(piece)) continue
    size += piece.length
    if (size > most) throw new Fault('TOO_LARGE', 'the request body')
    yield piece
  }
}

/** A body's bytes unpacked, as its content-encoding says. Throws Fault INPUT_INVALID for one that is not known; the stream breaks off with TOO_LARGE when more than `most` packed bytes come. */
export function unpackedBody(raw: Readable, encoding: string, most = Infinity): Readable {
  if (encoding === '' || encoding === 'identity') return raw
  const packed = Readable.from(bounded(raw, most))
  if (encoding === 'zstd') return Readable.from(unzstd(packed))
  if (!isPacking(encoding))
    throw new Fault('INPUT_INVALID', `content-encoding ${encoding}; send gzip, deflate, br or zstd`)
  // Who reads hears of errors by the unpacker.
  return pipeline(packed, unpackers[encoding](), () => undefined)
}

/** The content-encoding of a request, in small letters. */
export const encodingOf = (headers: Readonly<Record<string, string | string[] | undefined>>): string =>
  String(headers['content-encoding'] ?? '')
    .trim()
    .toLowerCase()

/** Reads a body. Throws Fault TOO_LARGE, RATE_LIMITED when too much is held by all, UNREADABLE when it breaks off or takes more than a minute. `release` gives its room back. */
export async function readBody(
  raw: Readable,
  encoding: string,
  held: Held,
): Promise<{ readonly body: Buffer; readonly release: () => void }> {
  const stream = unpackedBody(raw, encoding, mostPacked)
  const timer = setTimeout(() => stream.destroy(new Error('it took more than a minute')), longestMilliseconds)
  const pieces: Buffer[] = []
  let size = 0
  const release = () => held.add(-size)
  try {
    for await (const piece of stream) {
      if (!Buffer.isBuffer(piece)) continue
      size += piece.length
      held.add(piece.length)
      if (size > mostUnpacked || (stream === raw && size > mostPacked)) throw new Fault('TOO_LARGE', 'the request body')
      if (held.isFull) throw new Fault('RATE_LIMITED', 'too much is on its way at once')
      pieces.push(piece)
    }
    return { body: Buffer.concat(pieces), release }
  } catch (thrown) {
    release()
    if (thrown instanceof Fault) throw thrown
    const why = thrown instanceof Error ? thrown.message : 'it broke off'
    throw new Fault('UNREADABLE', `the request body: ${why}`, { cause: thrown })
  } finally {
    clearTimeout(timer)
  }
}
