// The body of a pushed request: unpacked, of bounded size, and not for ever on its way.
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Readable } from 'node:stream'
import { Fault } from '#kernel'

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

function unpacked(raw: Readable, encoding: string): Readable {
  if (encoding === '' || encoding === 'identity') return raw
  if (!isPacking(encoding)) throw new Fault('INPUT_INVALID', `content-encoding ${encoding}; send gzip, deflate or br`)
  const unpacker = unpackers[encoding]()
  raw.on('error', (error) => unpacker.destroy(error))
  let packed = 0
  raw.on('data', (piece: Buffer) => {
    packed += piece.length
    if (packed > mostPacked) unpacker.destroy(new Fault('TOO_LARGE', 'the request body'))
  })
  return raw.pipe(unpacker)
}

/** Reads a body. Throws Fault TOO_LARGE, RATE_LIMITED when too much is held by all, UNREADABLE when it breaks off or takes more than a minute. `release` gives its room back. */
export async function readBody(
  raw: Readable,
  encoding: string,
  held: Held,
): Promise<{ readonly body: Buffer; readonly release: () => void }> {
  const stream = unpacked(raw, encoding)
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
