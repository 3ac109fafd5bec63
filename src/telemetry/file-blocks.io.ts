// Event files in blocks that can be read apart from each other, by several threads: lines of JSON and EVTX by the megabyte, anything else a file at a time.
import { type FileHandle, open } from 'node:fs/promises'
import type { Issue } from '#kernel'
import { chunkSize, readChunk } from './evtx/chunk.ts'
import { fileHeaderSize, isEvtx, isRecord } from './evtx/file.ts'
import {
  type EventBatch,
  type EventFile,
  type FileGlance,
  filesUnder,
  glanceEventFiles,
  type ReadOptions,
  stopIfAsked,
  textDecoder,
  unreadable,
  withRaw,
} from './files.io.ts'
import { type GlanceRecord, recordGlancer } from './parsers/parse-record.ts'
import type { Parser } from './parsers/parser.ts'
import { windowsGlance } from './parsers/windows/windows.ts'
import { documentSplitter, isLines } from './splitting.ts'

/** Part of a file, or a whole one. Plain data: it can go to another thread. */
export interface FileBlock {
  readonly kind: 'lines' | 'evtx' | 'file'
  readonly file: string
  /** When the file was written last, milliseconds UTC. */
  readonly written: number
  /** Bytes of the file: from, and up to before. */
  readonly from: number
  readonly to: number
}

/** What a block holds; `lines` is how many line ends it has, so that places in what follows can be told. */
export interface BlockBatch extends EventBatch<FileGlance> {
  readonly lines: number
}

const blockBytes = 1_048_576
const headBytes = 65_536

/** Blocks of the files and folders, in order. What cannot be opened comes as an Issue. Throws Fault CANCELLED. */
export async function* fileBlocks(
  paths: readonly string[],
  { signal, recordBytes }: Pick<ReadOptions, 'signal' | 'recordBytes'>,
): AsyncGenerator<FileBlock | Issue> {
  const lost: Issue[] = []
  const files = await filesUnder(paths, lost)
  yield* lost
  for (const file of files) {
    stopIfAsked(signal)
    let handle: FileHandle | undefined
    try {
      handle = await open(file.path, 'r')
      yield* blocksOf(handle, file, recordBytes)
    } catch (thrown) {
      yield unreadable(file.path, thrown)
    } finally {
      await handle?.close()
    }
  }
}

/** Bytes on disk of the event files below the paths. */
export async function fileBytes(paths: readonly string[]): Promise<number> {
  return (await filesUnder(paths, [])).reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Whether an item of `fileBlocks` is a block. */
export const isBlock = (item: FileBlock | Issue): item is FileBlock => 'kind' in item

async function* blocksOf(handle: FileHandle, file: EventFile, recordChars: number): AsyncGenerator<FileBlock> {
  const head = await bytesAt(handle, 0, headBytes)
  const kind = kindOf(head, file, recordChars)
  if (kind === 'file') return yield { kind, file: file.path, written: file.written, from: 0, to: file.bytes }
  const first = kind === 'evtx' ? fileHeaderSize : 0
  for (let from = first, to = from; from < file.bytes; from = to) {
    to = kind === 'evtx' ? from + blockBytes : await objectEnd(handle, from + blockBytes, file.bytes)
    yield { kind, file: file.path, written: file.written, from, to: Math.min(to, file.bytes) }
  }
}

function kindOf(head: Buffer, { path, bytes }: EventFile, recordChars: number): FileBlock['kind'] {
  if (isEvtx(head)) return 'evtx'
  const lines =
    head[0] === openObject && isLines(head.toString('utf8'), head.length >= bytes, { file: path, recordChars })
  return lines === true ? 'lines' : 'file'
}

async function bytesAt(handle: FileHandle, from: number, most: number): Promise<Buffer> {
  const bytes = Buffer.alloc(most)
  const { bytesRead } = await handle.read(bytes, 0, most, from)
  return bytes.subarray(0, bytesRead)
}

const newLine = 0x0a
const carriageReturn = 0x0d
const openObject = 0x7b
const closeObject = 0x7d

/** Behind the first line end from a place on at which one object has ended and another begins; the end of the file when there is none. */
async function objectEnd(handle: FileHandle, from: number, end: number): Promise<number> {
  for (let at = from; at < end;) {
    const bytes = await bytesAt(handle, at, headBytes)
    if (bytes.length < 4) return end
    for (
      let line = bytes.indexOf(newLine, 2);
      line >= 0 && line + 1 < bytes.length;
      line = bytes.indexOf(newLine, line + 1)
    ) {
      const last = bytes[line - 1] === carriageReturn ? bytes[line - 2] : bytes[line - 1]
      if (last === closeObject && bytes[line + 1] === openObject) return at + line + 1
    }
    // What stands at the very end is looked at again with what follows.
    at += bytes.length - 3
  }
  return end
}

export interface BlockReading extends Pick<ReadOptions, 'recordBytes' | 'batchEvents'> {
  readonly parsers?: readonly Parser[] | undefined
}

/** Reads blocks: events as far as detection needs them, and what is wrong with the material. */
export function blockReader(options: BlockReading): (block: FileBlock) => AsyncGenerator<BlockBatch> {
  const glance = recordGlancer(options.parsers ?? [])
  let space = Buffer.alloc(2 * blockBytes)
  return async function* (block) {
    const { kind, file, from, to } = block
    try {
      if (kind === 'file') {
        for await (const batch of glanceEventFiles([file], options)) yield { ...batch, lines: 0 }
        return
      }
      if (to - from > space.length) space = Buffer.alloc(to - from)
      const bytes = await readInto(space, file, { from, to })
      if (kind === 'evtx') yield evtxEvents(block, bytes)
      else yield* lineEvents(block, bytes, { ...options, glance })
    } catch (thrown) {
      yield { file, events: [], issues: [unreadable(file, thrown)], lines: 0 }
    }
  }
}

async function readInto(space: Buffer, file: string, { from, to }: { from: number; to: number }): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    let at = 0
    while (from + at < to) {
      const { bytesRead } = await handle.read(space, at, to - from - at, from + at)
      if (bytesRead === 0) break
      at += bytesRead
    }
    return space.subarray(0, at)
  } finally {
    await handle.close()
  }
}

function evtxEvents({ file, written, from }: FileBlock, bytes: Buffer): BlockBatch {
  const batch: BlockBatch = { file, events: [], issues: [], lines: 0 }
  for (let at = 0; at < bytes.length; at += chunkSize)
    for (const item of readChunk(bytes.subarray(at, at + chunkSize), { file, offset: from + at }))
      if (isRecord(item)) batch.events.push(withRaw(windowsGlance(item.event, written), JSON.stringify(item.event)))
      else batch.issues.push(item)
  return batch
}

function* lineEvents(
  { file, written }: FileBlock,
  bytes: Buffer,
  { recordBytes, batchEvents, glance }: BlockReading & { readonly glance: GlanceRecord },
): Generator<BlockBatch> {
  const splitter = documentSplitter({ file, recordChars: recordBytes })
  const lines = linesIn(bytes)
  let batch: BlockBatch = { file, events: [], issues: [], lines: 0 }
  function* items(): Generator<string | Issue> {
    const decode = textDecoder('utf-8')
    for (const text of decode(bytes)) yield* splitter.push(text)
    for (const text of decode()) yield* splitter.push(text)
    yield* splitter.end()
  }
  for (const item of items()) {
    if (typeof item === 'string')
      batch.events.push(withRaw(glance({ source: file, received: written, text: item }), item))
    else batch.issues.push(item)
    if (batch.events.length < batchEvents) continue
    yield batch
    batch = { file, events: [], issues: [], lines: 0 }
  }
  yield { ...batch, lines }
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(newLine); at >= 0; at = bytes.indexOf(newLine, at + 1)) lines++
  return lines
}
