// Frames of zstd walked from outside (RFC 8878, section 3.1): how much memory each asks for, before anybody gives it.
import { Fault } from '#kernel'

/** Bytes wanted, or to be passed over. */
type Want = { readonly take: number } | { readonly skip: number }

const [frameMark, skippableMark] = [0xfd2fb528, 0x184d2a5]
const numberAt = (bytes: Uint8Array, from: number, length: number): number =>
  bytes.subarray(from, from + length).reduceRight((sum, byte) => sum * 256 + byte, 0)
const dictionaryBytes = [0, 1, 2, 4]
const contentBytes = [0, 2, 4, 8]

/** Reads a frame's header; gives the memory it asks for, and whether a checksum ends it. */
function* headerOf(): Generator<Want, { readonly window: number; readonly checksum: boolean }, Uint8Array> {
  const [flags = 0] = yield { take: 1 }
  const single = (flags & 0x20) !== 0
  const dictionary = dictionaryBytes[flags & 3] ?? 0
  const content = contentBytes[flags >> 6] || (single ? 1 : 0)
  const rest = yield { take: (single ? 0 : 1) + dictionary + content }
  const [descriptor = 0] = rest
  const base = 2 ** (10 + (descriptor >> 3))
  const said = numberAt(rest, rest.length - content, content)
  const window = single ? said : base + (base / 8) * (descriptor & 7)
  return { window, checksum: (flags & 4) !== 0 }
}

function* walk(most: number): Generator<Want, void, Uint8Array> {
  for (;;) {
    const mark = numberAt(yield { take: 4 }, 0, 4)
    if (Math.floor(mark / 16) === skippableMark) {
      yield { skip: numberAt(yield { take: 4 }, 0, 4) }
      continue
    }
    // What is no frame is the reader's to complain of.
    if (mark !== frameMark) return
    const { window, checksum } = yield* headerOf()
    if (window > most) throw new Fault('TOO_LARGE', `zstd data that asks for a window of ${window} bytes`)
    for (let last = false; !last;) {
      const block = numberAt(yield { take: 3 }, 0, 3)
      last = (block & 1) === 1
      yield { skip: ((block >> 1) & 3) === 1 ? 1 : block >> 3 }
    }
    if (checksum) yield { skip: 4 }
  }
}

/** A watch over a stream of zstd: throws Fault TOO_LARGE when a frame asks for more memory than `most` bytes. To be called with each piece before it is unpacked. */
export function zstdWatch(most: number): (piece: Uint8Array) => void {
  const walking = walk(most)
  let want = walking.next()
  let held: number[] = []
  let passed = 0
  const amount = (): number => (want.done === true ? 0 : 'skip' in want.value ? want.value.skip : want.value.take)
  const feed = (bytes: Uint8Array): void => {
    want = walking.next(bytes)
    held = []
    passed = 0
  }
  return (piece) => {
    for (let at = 0; want.done !== true;) {
      const missing = amount() - ('skip' in want.value ? passed : held.length)
      if (missing <= 0) {
        feed(Uint8Array.from(held))
        continue
      }
      if (at >= piece.length) return
      const now = Math.min(missing, piece.length - at)
      if ('skip' in want.value) passed += now
      else held.push(...piece.subarray(at, at + now))
      at += now
    }
  }
}
