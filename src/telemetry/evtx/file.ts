// An EVTX file as a whole: recognising it, and walking its chunks in a buffer. Streams walk the same way, block by block.
import type { Issue } from '#kernel'
import { chunkSize, type EvtxRecord, readChunk } from './chunk.ts'

/** The file header takes one page; chunks of 64 KiB follow. */
export const fileHeaderSize = 4096

/** Whether bytes begin like an EVTX file. */
export const isEvtx = (bytes: Uint8Array): boolean =>
  bytes.length >= 8 && Buffer.from(bytes.buffer, bytes.byteOffset, 8).toString('latin1') === 'ElfFile\0'

/** Reads a whole EVTX file from memory; damaged places come as Issues, never as exceptions. The header's own count of chunks is not trusted: it is stale in files copied from a running system. */
export function* readEvtx(bytes: Buffer, file: string): Generator<EvtxRecord | Issue> {
  if (!isEvtx(bytes)) {
    yield notEvtx(file)
    return
  }
  for (let offset = fileHeaderSize; offset < bytes.length; offset += chunkSize)
    yield* readChunk(bytes.subarray(offset, offset + chunkSize), { file, offset })
}

/** The Issue of a file that should be EVTX and is not. */
export const notEvtx = (file: string): Issue => ({
  code: 'evtx-header',
  severity: 'error',
  at: { file },
  text: 'not an EVTX file: it does not begin with "ElfFile"',
  help: 'give a file saved by the Windows event viewer or by wevtutil epl',
})

/** Tells records from Issues in what the readers yield. */
export const isRecord = (item: EvtxRecord | Issue): item is EvtxRecord => 'event' in item
