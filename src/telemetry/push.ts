// Records that a protocol over HTTP has decoded, on their way into the spool: all of a request, or none when there is no room.
import { Fault } from '#kernel'
import { type IntakeDeps, isLonger, parserOf } from './ingest.ts'
import type { PushRecord, PushTaken } from './inputs/push/protocol.ts'

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
