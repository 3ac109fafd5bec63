// Feeds as files: found below the folders of the workspace, read line by line or as one JSON document.
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { type Issue } from '#kernel'
import { listFiles, sizeText } from '#platform'
import { Indicators } from './indicators.ts'
import { type LineReader, lineReader } from './lines.ts'
import { isMisp, readMisp } from './misp.ts'
import { type FeedContext, isUnread, type Read } from './reading.ts'
import { isStix, readStix } from './stix.ts'

export interface FeedsAt {
  readonly workspace: string
  /** Files or folders. */
  readonly paths: readonly string[]
  /** Milliseconds for which an indicator lasts that states no end. */
  readonly lasts: number
}
/** How one feed was read. */
export interface FeedView {
  readonly name: string
  readonly format: 'stix' | 'misp' | 'lines'
  readonly indicators: number
  /** Lines and patterns that cannot be matched. */
  readonly unread: number
  /** The first of them. */
  readonly why: string
  readonly modified: number
}
export interface Feeds {
  readonly indicators: Indicators
  readonly feeds: readonly FeedView[]
  readonly issues: readonly Issue[]
}

const mostJson = 268_435_456
const longestLine = 65_536
const mostFiles = 1_000

interface File {
  readonly path: string
  readonly size: number
  readonly modified: number
}

/** The files of feeds with their size and time; what changes when one of them does. */
export async function feedFiles(paths: readonly string[]): Promise<File[]> {
  const found: File[] = []
  for (const path of paths) {
    const about = await stat(path).catch(() => undefined)
    const files = about?.isDirectory()
      ? await listFiles(path, { endings: [], maxFiles: mostFiles })
      : about
        ? [path]
        : []
    for (const file of files) {
      const one = await stat(file).catch(() => undefined)
      if (one?.isFile() && !basename(file).startsWith('.') && !/readme/i.test(basename(file)))
        found.push({ path: file, size: one.size, modified: Math.floor(one.mtimeMs) })
    }
  }
  return found
}

/** Reads all feeds anew. A file that cannot be read is an Issue; the others go on. */
export async function readFeeds({ workspace, paths, lasts }: FeedsAt): Promise<Feeds> {
  const indicators = new Indicators()
  const feeds: FeedView[] = []
  const issues: Issue[] = []
  for (const file of await feedFiles(paths)) {
    const feed = relative(workspace, file.path)
    const context: FeedContext = { feed, lasts, fileTime: file.modified }
    try {
      feeds.push(await readFeed(file, context, indicators))
    } catch (thrown) {
      const text = thrown instanceof Error ? thrown.message : 'it cannot be read'
      const help = 'STIX 2.1 or MISP as .json; anything else one indicator a line, or CSV with a header'
      issues.push({ code: 'feed-unreadable', severity: 'error', at: { file: feed }, text, help })
    }
  }
  return { indicators, feeds, issues }
}

async function readFeed(file: File, context: FeedContext, into: Indicators): Promise<FeedView> {
  const tally = { indicators: 0, unread: 0, why: '' }
  const take = (read: Read): void => {
    if (!isUnread(read)) {
      into.add(read)
      tally.indicators += 1
      return
    }
    tally.unread += 1
    if (tally.why === '') tally.why = read.line > 0 ? `line ${read.line}: ${read.text}` : read.text
  }
  const format = file.path.toLowerCase().endsWith('.json')
    ? await readJson(file, context, take)
    : await readLines(file, context, take)
  return { name: context.feed, format, ...tally, modified: file.modified }
}

async function readJson(file: File, context: FeedContext, take: (read: Read) => void): Promise<'stix' | 'misp'> {
  if (file.size > mostJson)
    throw new Error(`${sizeText(file.size)} is more than the ${sizeText(mostJson)} that one document may have`)
  const document: unknown = JSON.parse(await readFile(file.path, 'utf8'))
  const [format, read] = isStix(document)
    ? (['stix', readStix] as const)
    : isMisp(document)
      ? (['misp', readMisp] as const)
      : ([undefined, undefined] as const)
  if (!format) throw new Error('this JSON is neither a STIX bundle nor MISP events')
  for (const one of read(document, context)) take(one)
  return format
}

async function readLines(file: File, context: FeedContext, take: (read: Read) => void): Promise<'lines'> {
  const reader: LineReader = lineReader(context)
  let number = 0
  const stream = createReadStream(file.path, { encoding: 'utf8' })
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
      number += 1
      if (line.length <= longestLine) for (const read of reader.line(line, number)) take(read)
      else take({ line: number, text: 'longer than a line may be' })
    }
  } finally {
    stream.destroy()
  }
  return 'lines'
}
