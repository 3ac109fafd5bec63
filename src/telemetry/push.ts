// Records that a protocol over HTTP has decoded, on their way into the spool: all of a request, or none when there is no room.
import { Fault } from '#kernel'
import { type Ingested, type IntakeDeps, isLonger, parserOf } from './ingest.ts'
import type { PushRecord, PushTaken } from './inputs/push/protocol.ts'
import { inSlices } from './pause.io.ts'
import { documentSplitter } from './splitting.ts'

/** What became of them. `wait`: none were taken; try again in so many seconds. */
export type Pushed =
  | { readonly kind: 'taken'; readonly taken: PushTaken }
  | { readonly kind: 'wait'; readonly seconds: number; readonly text: string }

const fullSeconds = 2

/** Resolves when the records are on the disk. Throws Fault INPUT_INVALID for a source of another kind, STORE_DOWN. */
export async function pushRecords(
  all: readonly PushRecord[],
  { source: name, via }: { readonly source: string; readonly via: string },
  deps: IntakeDeps,
): Promise<Pushed> {
  const { spool, book, recordBytes } = deps
  const source = deps.sources.find((one) => one.name === name)
  if (source && source.kind !== 'http')
    throw new Fault('INPUT_INVALID', `source ${name} is of kind ${source.kind}; send under another name`)
  const page = book.page(name, 'http')
  page.say('running', `POST by ${via}`)
  const tooLong = new Set(all.flatMap(({ text }, at) => (isLonger(text, recordBytes) ? [at] : [])))
  const parser = parserOf(source)
  const records = all
    .filter((_, at) => !tooLong.has(at))
    .map(({ text, envelope }) => ({ source: name, parser, text, envelope }))
  const bytes = records.reduce((sum, { text }) => sum + text.length, 0)
  const wait = page.admit(records.length, bytes)
  if (wait > 0) {
    page.refuse(records.length)
    return { kind: 'wait', seconds: Math.ceil(wait / 1000), text: `the quota of ${name} is used up` }
  }
  const appended = await spool.append(records)
  if (appended.full) {
    page.reject(records.length)
    return { kind: 'wait', seconds: fullSeconds, text: 'the spool is full' }
  }
  page.reject(tooLong.size)
  if (records.length > 0) page.accept(records.length, bytes)
  return { kind: 'taken', taken: { tooLong, first: appended.first, last: appended.last } }
}

const pieceChars = 65_536

/**
 * Takes a document of events, cut as those of files are: a list, a wrapper such as {"Records":[…]}, objects, or lines. All of it or nothing: what is too long
 * is counted as rejected. Resolves when it is on the disk. Throws Fault INPUT_INVALID when the JSON ends too early, and as pushRecords does.
 */
export async function pushDocument(
  text: string,
  { source: name }: { readonly source: string },
  deps: IntakeDeps,
): Promise<Ingested> {
  const configured = deps.sources.find((one) => one.name === name)
  const csv = parserOf(configured) === 'csv'
  const splitter = documentSplitter({ file: name, recordChars: deps.recordBytes, csv })
  const starts = Array.from({ length: Math.ceil(text.length / pieceChars) }, (_, at) => at * pieceChars)
  const cut = (await inSlices(starts, (at) => [...splitter.push(text.slice(at, at + pieceChars))])).flat()
  cut.push(...splitter.end())
  const truncated = cut.find((one) => typeof one !== 'string' && one.severity === 'error')
  if (typeof truncated === 'object') throw new Fault('INPUT_INVALID', `${truncated.text}; nothing was taken`)
  const records = cut.flatMap((one) => (typeof one === 'string' ? [{ text: one }] : []))
  const rejected = cut.length - records.length
  const pushed = await pushRecords(records, { source: name, via: 'ndjson' }, deps)
  if (pushed.kind === 'wait') return { accepted: 0, rejected: 0, last: null, full: true, wait: pushed.seconds }
  deps.book.page(name, 'http').reject(rejected)
  const { tooLong, last } = pushed.taken
  const accepted = records.length - tooLong.size
  return { accepted, rejected: rejected + tooLong.size, last: accepted > 0 ? last : null, full: false, wait: 0 }
}
