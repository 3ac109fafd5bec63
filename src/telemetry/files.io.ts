// Event files from disk: EVTX, JSON in all its layouts, text; plain, gzip or zstd; in bounded memory whatever the size.
import { isAscii } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { Fault, type Issue } from '#kernel'
import { chunkSize, type EvtxRecord, readChunk } from './evtx/chunk.ts'
import { fileHeaderSize, isEvtx, isRecord, notEvtx } from './evtx/file.ts'
import type { Glance, ParsedEvent, RawRecord } from './types.ts'
import { unpacked } from './inputs/decompress.io.ts'
import { parseRecord, recordGlancer, recordParser } from './parsers/parse-record.ts'
import type { JsonObject, Parser } from './parsers/parser.ts'
import { documentSplitter } from './splitting.ts'
import { windowsEvent, windowsGlance } from './parsers/windows/windows.ts'

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined
  /** Longest record, in bytes (as characters are counted, all of ASCII); longer ones become an Issue and are skipped. */
  readonly recordBytes: number
  /** Parsers of the user's own, asked before ours. */
  readonly parsers?: readonly Parser[] | undefined
  /** Events in one batch, at most. */
  readonly batchEvents: number
  /** Bytes of the files on disk: read so far, and of all files together. */
  readonly progress?: ((doneBytes: number, totalBytes: number, file: string) => void) | undefined
}
interface Raw {
  readonly raw: string
}
export type FileEvent = ParsedEvent & Raw
export type FileGlance = Glance & Raw
export interface EventBatch<Event extends Raw = FileEvent> {
  readonly file: string
  readonly events: Event[]
  readonly issues: Issue[]
}

type Chunks = AsyncIterable<Buffer>
export interface EventFile {
  readonly path: string
  readonly bytes: number
  /** When it was written last, milliseconds UTC: stands for the receipt of its records. */
  readonly written: number
}

const readAtOnce = 262_144
const batchCharacters = 16_777_216
/** What a folder is searched for; a file named outright is read whatever its name. */
const eventFile = /\.(?:evtx|json|ndjson|jsonl|log|txt|csv|tsv|zip)$|\.log\.\d+$|\.(?:gz|zst|zstd)$/i

const fileIssue = (file: string, code: string, text: string, help: string): Issue => ({
  code,
  severity: 'error',
  at: { file },
  text,
  help,
})
const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
export const unreadable = (file: string, thrown: unknown): Issue =>
  fileIssue(file, 'file-unreadable', reasonOf(thrown), 'check that it exists and that this account may read it')

/** Files below the paths, those of a folder sorted by name, each once. */
export async function filesUnder(paths: readonly string[], issues: Issue[]): Promise<EventFile[]> {
  const found = new Map<string, EventFile>()
  const visit = async (path: string, named: boolean): Promise<void> => {
    try {
      const facts = await stat(path)
      if (facts.isDirectory()) {
        const entries = await readdir(path, { withFileTypes: true })
        const inside = entries.filter((entry) => entry.isDirectory() || entry.isFile()).map((entry) => entry.name)
        for (const name of inside.sort()) await visit(join(path, name), false)
      } else if (named || eventFile.test(path)) {
        found.set(path, { path, bytes: facts.size, written: Math.floor(facts.mtimeMs) })
      }
    } catch (thrown) {
      issues.push(unreadable(path, thrown))
    }
  }
  for (const path of paths) await visit(path, true)
  return [...found.values()]
}

/** The first `size` bytes (fewer at the end of the file) and all chunks again. */
async function peek(chunks: Chunks, size: number): Promise<{ head: Buffer; chunks: Chunks }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const seen: Buffer[] = []
  let length = 0
  const more = async (): Promise<Buffer | undefined> => {
    const next = await iterator.next()
    return next.done === true ? undefined : next.value
  }
  for (let next = await more(); next; next = length < size ? await more() : undefined) {
    seen.push(next)
    length += next.length
  }
  const head = Buffer.concat(seen)
  async function* again(): AsyncGenerator<Buffer> {
    try {
      if (head.length > 0) yield head
      for (let next = await more(); next; next = await more()) yield next
    } finally {
      await iterator.return?.()
    }
  }
  return { head, chunks: again() }
}

/** Blocks of the sizes an EVTX file is made of. */
async function* evtxBlocks(chunks: Chunks): AsyncGenerator<{ bytes: Buffer; offset: number }> {
  let parts: Buffer[] = []
  let held = 0
  let offset = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    held += chunk.length
    let wanted = offset === 0 ? fileHeaderSize : chunkSize
    if (held < wanted) continue
    let rest = Buffer.concat(parts)
    for (; rest.length >= wanted; wanted = chunkSize) {
      yield { bytes: rest.subarray(0, wanted), offset }
      offset += wanted
      rest = rest.subarray(wanted)
    }
    parts = rest.length > 0 ? [rest] : []
    held = rest.length
  }
  if (held > 0) yield { bytes: Buffer.concat(parts), offset }
}

/** What each chunk of an EVTX file holds; to be read before the next is asked for. */
async function* evtxItems(chunks: Chunks, file: string): AsyncGenerator<Iterable<EvtxRecord | Issue>> {
  let begun = false
  for await (const { bytes, offset } of evtxBlocks(chunks)) {
    begun ||= isEvtx(bytes)
    if (offset > 0) yield readChunk(bytes, { file, offset })
    else if (!begun) break
  }
  if (!begun) yield [notEvtx(file)]
}

export const stopIfAsked = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted === true) throw new Fault('CANCELLED', 'reading event files')
}

/** Records of one EVTX file as JSON texts in the form of evtx_dump, 64 KiB of the file at a time. Damaged places come as Issues; a file that cannot be opened is one Issue. */
export async function* evtxRecords(
  file: string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<{ text: string } | Issue> {
  try {
    for await (const items of evtxItems(createReadStream(file, { highWaterMark: readAtOnce }), file)) {
      stopIfAsked(options.signal)
      for (const item of items) yield isRecord(item) ? { text: JSON.stringify(item.event) } : item
    }
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown
    yield unreadable(file, thrown)
  }
}

/** Items come in runs, one for each piece of the file, made while they are being read. */
type Runs<Event extends Raw> = AsyncGenerator<Iterable<Event | Issue>>

const isEvent = <Event extends Raw>(item: Event | Issue): item is Event => 'raw' in item

/** How records become events. */
interface Reading<Event extends Raw> {
  readonly recordChars: number
  readonly record: (record: RawRecord) => Event
  /** A record of EVTX, and the same as text. */
  readonly windows: (object: JsonObject, received: number, raw: string) => Event
}

export const withRaw = <Found extends object>(found: Found, raw: string): Found & Raw => Object.assign(found, { raw })

async function* evtxEvents<Event extends Raw>(chunks: Chunks, file: EventFile, reading: Reading<Event>): Runs<Event> {
  function* events(items: Iterable<EvtxRecord | Issue>): Generator<Event | Issue> {
    for (const item of items)
      yield isRecord(item) ? reading.windows(item.event, file.written, JSON.stringify(item.event)) : item
  }
  for await (const items of evtxItems(chunks, file.path)) yield events(items)
}

/** Bytes are read into texts of this size: small ones are made and thrown away at next to no cost, and few of them are not ASCII. */
const pieceBytes = 16_384

/** Bytes to text, piece by piece; nothing for the end. What is no UTF-8 becomes U+FFFD, a byte-order mark is dropped. */
export function textDecoder(encoding: 'utf-8' | 'utf-16le'): (bytes?: Buffer) => Iterable<string> {
  if (encoding === 'utf-16le') {
    const decoder = new TextDecoder(encoding)
    return (bytes) => [decoder.decode(bytes, { stream: bytes !== undefined })]
  }
  const decoder = new StringDecoder('utf8')
  let begun = false
  /** Whether the last piece may have ended inside a character. */
  let open = false
  const piece = (bytes: Buffer): string => {
    const simple = !open && isAscii(bytes)
    open = (bytes.at(-1) ?? 0) > 0x7f
    const text = simple ? bytes.toString('latin1') : decoder.write(bytes)
    if (begun || text === '') return text
    begun = true
    return text.startsWith('\uFEFF') ? text.slice(1) : text
  }
  return function* (bytes) {
    if (bytes === undefined) yield decoder.end()
    else for (let at = 0; at < bytes.length; at += pieceBytes) yield piece(bytes.subarray(at, at + pieceBytes))
  }
}

async function* textEvents<Event extends Raw>(
  chunks: Chunks,
  file: EventFile,
  { recordChars, record, encoding }: Reading<Event> & { readonly encoding: 'utf-8' | 'utf-16le' },
): Runs<Event> {
  const splitter = documentSplitter({ file: file.path, recordChars })
  const source = file.path
  function* events(pieces: Iterable<string | Issue>): Generator<Event | Issue> {
    for (const piece of pieces)
      yield typeof piece === 'string' ? record({ source, received: file.written, text: piece }) : piece
  }
  const decode = textDecoder(encoding)
  for await (const chunk of chunks) for (const text of decode(chunk)) yield events(splitter.push(text))
  for (const text of decode()) yield events(splitter.push(text))
  yield events(splitter.end())
}

/** What one file holds, by its first bytes, not by its name. */
async function* runsOf<Event extends Raw>(
  chunks: Chunks,
  file: EventFile,
  reading: Reading<Event> & { readonly isUnpacked: boolean },
): Runs<Event> {
  const { head, chunks: all } = await peek(chunks, 4096)
  const starts = (...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte)
  const refuse = (code: string, text: string, help: string): Issue[] => [fileIssue(file.path, code, text, help)]
  const isPacked = starts(0x1f, 0x8b) || starts(0x28, 0xb5, 0x2f, 0xfd)
  if (head.length === 0) return
  if (isPacked && !reading.isUnpacked) yield* runsOf(unpacked(all), file, { ...reading, isUnpacked: true })
  else if (isEvtx(head)) yield* evtxEvents(all, file, reading)
  else if (starts(0x50, 0x4b, 0x03, 0x04))
    yield refuse('file-zip', 'zip files are not read', 'unpack it and name the files inside')
  else if (starts(0xff, 0xfe)) yield* textEvents(all, file, { ...reading, encoding: 'utf-16le' })
  else if (head.subarray(0, 512).includes(0))
    yield refuse(
      'file-binary',
      'this is neither EVTX nor text',
      'give EVTX, JSON or text, plain or packed with gzip or zstd',
    )
  else yield* textEvents(all, file, { ...reading, encoding: 'utf-8' })
}

/** A file that breaks off is an Issue after what could be read of it. */
async function* safeRuns<Event extends Raw>(
  file: EventFile,
  reading: Reading<Event>,
  { signal, onBytes }: { readonly signal: AbortSignal | undefined; readonly onBytes: (bytes: number) => void },
): Runs<Event> {
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(file.path, { highWaterMark: readAtOnce })) {
      if (!Buffer.isBuffer(chunk)) continue
      stopIfAsked(signal)
      onBytes(chunk.length)
      yield chunk
    }
  }
  try {
    yield* runsOf(counted(), file, { ...reading, isUnpacked: false })
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown
    yield [unreadable(file.path, thrown)]
  }
}

/**
 * Events of files and folders in batches, parsed. Recognised by content: EVTX, NDJSON, JSON lists and objects over several lines, text lines; gzip or zstd of any of them.
 * What is wrong with the material comes as Issues beside the events. Throws Fault CANCELLED when asked to stop.
 */
export function readEventFiles(paths: readonly string[], options: ReadOptions): AsyncGenerator<EventBatch> {
  const parse = options.parsers && options.parsers.length > 0 ? recordParser(options.parsers) : parseRecord
  return readFiles(paths, options, {
    recordChars: options.recordBytes,
    record: (record) => withRaw(parse(record), record.text),
    windows: (object, received, raw) => withRaw(windowsEvent(object, received), raw),
  })
}

/** As `readEventFiles`, with as much of each event as detection needs; the rest is worked out for those who ask. */
export function glanceEventFiles(
  paths: readonly string[],
  options: ReadOptions,
): AsyncGenerator<EventBatch<FileGlance>> {
  const glance = recordGlancer(options.parsers ?? [])
  return readFiles(paths, options, {
    recordChars: options.recordBytes,
    record: (record) => withRaw(glance(record), record.text),
    windows: (object, received, raw) => withRaw(windowsGlance(object, received), raw),
  })
}

async function* readFiles<Event extends Raw>(
  paths: readonly string[],
  options: ReadOptions,
  reading: Reading<Event>,
): AsyncGenerator<EventBatch<Event>> {
  const lost: Issue[] = []
  const files = await filesUnder(paths, lost)
  for (const issue of lost) yield { file: issue.at.file, events: [], issues: [issue] }
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  let done = 0
  for (const file of files) {
    const onBytes = (bytes: number): void => options.progress?.((done += bytes), total, file.path)
    yield* batches(file.path, safeRuns(file, reading, { signal: options.signal, onBytes }), options.batchEvents)
  }
}

async function* batches<Event extends Raw>(
  file: string,
  runs: Runs<Event>,
  most: number,
): AsyncGenerator<EventBatch<Event>> {
  let batch: EventBatch<Event> = { file, events: [], issues: [] }
  let characters = 0
  for await (const items of runs)
    for (const item of items) {
      if (isEvent(item)) {
        batch.events.push(item)
        characters += item.raw.length
      } else batch.issues.push(item)
      if (batch.events.length < most && batch.issues.length < most && characters < batchCharacters) continue
      yield batch
      batch = { file, events: [], issues: [] }
      characters = 0
    }
  if (batch.events.length > 0 || batch.issues.length > 0) yield batch
}
