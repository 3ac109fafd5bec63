// Entries read back from an opened ledger: pages of them, and the proof of one.
import { join } from 'node:path'
import { Fault } from '#kernel'
import type { Book } from './book.ts'
import { readLine } from './entry.ts'
import { placeOf } from './findings.ts'
import { readStretch } from './lines.io.ts'
import { auditPath, leafHash, rootOfPath } from './merkle.ts'
import type { LedgerEntry, Proof } from './types.ts'
import { entriesFile } from './verify.ts'

/** Which entries to list: the newest, or those before a number. */
export interface LedgerFilter {
  readonly limit: number
  readonly before?: number | undefined
}

/** Entries, newest first; `next` is what `before` must be for those that follow. Throws Fault LEDGER_BROKEN when the file was changed. */
export async function listEntries(
  folder: string,
  book: Book,
  { before, limit }: LedgerFilter,
): Promise<{ items: LedgerEntry[]; next: number | null }> {
  const end = Math.min(book.checkpoint?.size ?? 0, (before ?? Infinity) - 1)
  const start = Math.max(0, end - limit)
  if (end <= 0) return { items: [], next: null }
  const lines = await linesBetween(folder, book, { start, end })
  const items = lines.map((bytes, at) => shown(book, start + at, bytes)).reverse()
  return { items, next: start === 0 ? null : start + 1 }
}

async function linesBetween(
  folder: string,
  { leaves }: Book,
  range: { start: number; end: number },
): Promise<Buffer[]> {
  const from = leaves.startAt(range.start)
  const bytes = await readStretch(join(folder, entriesFile), from, leaves.startAt(range.end))
  return Array.from({ length: range.end - range.start }, (_, at) => {
    const index = range.start + at
    const line = bytes.subarray(leaves.startAt(index) - from, leaves.startAt(index + 1) - from - 1)
    if (leafHash(line).equals(leaves.hashAt(index))) return line
    throw new Fault('LEDGER_BROKEN', `${placeOf(entriesFile, index + 1, leaves.startAt(index))}: the line was changed`)
  })
}

function shown({ leaves }: Book, index: number, bytes: Buffer): LedgerEntry {
  const { line } = readLine(bytes)
  if (!line) throw new Fault('LEDGER_BROKEN', `${placeOf(entriesFile, index + 1, leaves.startAt(index))}: no entry`)
  const { outbox: _outbox, prev: _prev, ...entry } = line
  return { ...entry, hash: leaves.hashAt(index).toString('hex') }
}

/** The proof that an entry is under the latest checkpoint. Throws Fault NOT_FOUND, LEDGER_BROKEN. */
export async function proveEntry(folder: string, book: Book, entry: number): Promise<Proof> {
  const { checkpoint, key, leaves } = book
  const index = entry - 1
  if (!checkpoint || !(Number.isInteger(index) && index >= 0 && index < checkpoint.size))
    throw new Fault('NOT_FOUND', `entry ${entry} in the ledger`)
  const { root, size, text } = checkpoint
  const leaf = leaves.hashAt(index)
  const path = auditPath(leaves.hashAt, index, size)
  if (!rootOfPath(leaf, index, size, path)?.equals(root)) throw new Fault('BUG', `the proof of entry ${entry} is wrong`)
  const [line] = await linesBetween(folder, book, { start: index, end: entry })
  return {
    entry,
    index,
    size,
    line: line?.toString() ?? '',
    leaf: leaf.toString('hex'),
    path: path.map((hash) => hash.toString('hex')),
    root: root.toString('hex'),
    checkpoint: text,
    publicKey: key.pem,
  }
}
