// Files read line by line, a piece at a time, each line with its place; and single stretches of a file.
import { type FileHandle, open, stat } from 'node:fs/promises'
import { systemErrorCode, storeFault } from '#platform'

/** A line without its line end. */
export interface FileLine {
  readonly bytes: Buffer
  /** From 1. */
  readonly number: number
  /** Of its first byte in the file. */
  readonly offset: number
  /** Whether a line end follows; only the last line of a file can be without. */
  readonly ended: boolean
}

const piece = 262_144
/** A longer line is given in parts: no entry is that long. */
const longest = 16 * 1_048_576
const lineEnd = 10

/** Bytes of a file; 0 when it is missing. Throws Fault STORE_DOWN. */
export async function fileSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'ENOENT') return 0
    throw storeFault(`file ${path}`, thrown)
  }
}

/**
 * The lines of the first `until` bytes of a file, some at a time; a missing file has none. Their bytes are good until the next ones are asked for:
 * one buffer holds them all in turn. Throws Fault STORE_DOWN.
 */
export async function* linesOf(path: string, until: number): AsyncGenerator<FileLine[]> {
  if (until === 0) return
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    let buffer = Buffer.allocUnsafe(2 * piece)
    let held = 0
    let number = 0
    let read = 0
    while (read < until) {
      const { bytesRead } = await file.read(buffer, held, Math.min(piece, until - read), read)
      if (bytesRead === 0) break
      const cut = cutLines(buffer.subarray(0, held + bytesRead), read - held, number)
      read += bytesRead
      if (cut.rest.length > longest) cut.lines.push(unended(cut.rest, cut.lines.length + number + 1, read))
      number += cut.lines.length
      yield cut.lines
      held = cut.rest.length > longest ? 0 : cut.rest.length
      const next = held + piece > buffer.length ? Buffer.allocUnsafe(2 * (held + piece)) : buffer
      cut.rest.copy(next, 0, 0, held)
      buffer = next
    }
    if (held > 0) yield [unended(buffer.subarray(0, held), number + 1, read)]
  } catch (thrown) {
    throw storeFault(`file ${path}`, thrown)
  } finally {
    await file?.close()
  }
}

const unended = (bytes: Buffer, number: number, read: number): FileLine => ({
  bytes,
  number,
  offset: read - bytes.length,
  ended: false,
})

function cutLines(bytes: Buffer, offset: number, before: number): { lines: FileLine[]; rest: Buffer } {
  const lines: FileLine[] = []
  let start = 0
  for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd, start)) {
    const number = before + lines.length + 1
    lines.push({ bytes: bytes.subarray(start, end), number, offset: offset + start, ended: true })
    start = end + 1
  }
  return { lines, rest: bytes.subarray(start) }
}

/** A stretch of a file. Throws Fault STORE_DOWN when it cannot be read or ends before. */
export async function readStretch(path: string, start: number, end: number): Promise<Buffer> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    const bytes = Buffer.alloc(end - start)
    let read = 0
    while (read < bytes.length) {
      const { bytesRead } = await file.read(bytes, read, bytes.length - read, start + read)
      if (bytesRead === 0) throw new Error('it is shorter than it was')
      read += bytesRead
    }
    return bytes
  } catch (thrown) {
    throw storeFault(`file ${path}`, thrown)
  } finally {
    await file?.close()
  }
}
