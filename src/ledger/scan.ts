// What a ledger's folder holds when it is opened, and whether it may be continued.
import { join } from 'node:path'
import { openCheckpoint, type Checkpoint } from './checkpoint.ts'
import { lineOf, readLine } from './entry.ts'
import { placeOf } from './findings.ts'
import { Leaves } from './leaves.ts'
import type { PublicKey } from './keys.io.ts'
import { type FileLine, linesOf } from './lines.io.ts'
import { leafHash } from './merkle.ts'
import { type Note, notesOf } from './notes.ts'
import type { Waiting } from './store.ts'
import { checkpointsFile, entriesFile, latestFile, type Snapshot } from './verify.ts'

/** What was found; `keep` are the bytes of each file that stay, the rest was torn by a crash. */
export interface Scan {
  readonly leaves: Leaves
  /** The last checkpoint; none in a new folder. */
  readonly latest: Checkpoint | undefined
  readonly keep: { readonly entries: number; readonly checkpoints: number }
  /** Outbox ids whose entries stand in the file already. */
  readonly written: ReadonlySet<string>
}

/** Bytes were found that nobody but us may have written, and that are not ours. */
export class Broken extends Error {}

/** What a folder is held against. */
export interface ScanDeps {
  readonly key: PublicKey
  readonly snapshot: Snapshot
  readonly waiting: readonly Waiting[]
}

/**
 * Reads a folder fast: hashes only, since the root that the last checkpoint signs covers every byte. Lines behind it are taken over only when
 * they are, byte for byte, what the outbox still holds: nothing is deleted there before it is signed. Throws Broken.
 */
export async function scanFolder(folder: string, { key, snapshot, waiting }: ScanDeps): Promise<Scan> {
  const { checkpoint, end } = await lastCheckpoint(folder, key, snapshot)
  const reader = new Reader(checkpoint, waiting)
  for await (const lines of linesOf(join(folder, entriesFile), snapshot.entries)) {
    for (const line of lines) if (line.ended) reader.take(line)
  }
  const { leaves, written } = reader.end()
  return { leaves, latest: checkpoint, written, keep: { entries: leaves.startAt(leaves.size), checkpoints: end } }
}

/** The checkpoint to go on from, and where it ends in its file. */
async function lastCheckpoint(
  folder: string,
  key: PublicKey,
  snapshot: Snapshot,
): Promise<{ checkpoint: Checkpoint | undefined; end: number }> {
  const [before, last] = await lastNotes(join(folder, checkpointsFile), snapshot.checkpoints)
  // A crash can come between the two files: then the copy is one behind, or not there yet.
  if (snapshot.latest !== last?.text && snapshot.latest !== before?.text)
    throw new Broken(`${latestFile}: it is not the last one in ${checkpointsFile}`)
  if (!last) return { checkpoint: undefined, end: 0 }
  const opened = openCheckpoint(last.text, key)
  if (!opened.ok) throw new Broken(`${placeOf(checkpointsFile, last.line, last.offset)}: ${opened.fail}`)
  return { checkpoint: opened.value, end: last.end }
}

/** Takes lines in; refuses those that are neither signed nor ours to sign. */
class Reader {
  readonly leaves = new Leaves()
  readonly written = new Set<string>()
  private readonly latest: Checkpoint | undefined
  private readonly covered: number
  private readonly bodies: ReadonlyMap<string, string>

  constructor(latest: Checkpoint | undefined, waiting: readonly Waiting[]) {
    this.latest = latest
    this.covered = latest?.size ?? 0
    this.bodies = new Map(waiting.map(({ body, id }) => [id, body]))
    this.compare()
  }

  take({ bytes, number, offset }: FileLine): void {
    const waiting = this.bodies.size === 0 ? undefined : this.waitingOf(bytes)
    if (this.leaves.size >= this.covered && !(waiting && this.isWhatWeWrite(bytes, waiting)))
      throw new Broken(
        `${placeOf(entriesFile, number, offset)}: no checkpoint covers this line and the outbox does not hold it`,
      )
    if (waiting) this.written.add(waiting.id)
    this.leaves.add(leafHash(bytes), offset + bytes.length + 1)
    this.compare()
  }

  end(): this {
    if (this.leaves.size >= this.covered) return this
    throw new Broken(`${entriesFile}: it holds ${this.leaves.size} entries, ${this.covered} were signed`)
  }

  private compare(): void {
    if (this.latest && this.leaves.size === this.covered && !this.leaves.root().equals(this.latest.root))
      throw new Broken(`${entriesFile}: its first ${this.covered} lines are not those that were signed`)
  }

  private waitingOf(bytes: Buffer): Waiting | undefined {
    const id = readLine(bytes).line?.outbox
    const body = id === undefined ? undefined : this.bodies.get(id)
    return id === undefined || body === undefined ? undefined : { id, body }
  }

  private isWhatWeWrite(bytes: Buffer, { body, id }: Waiting): boolean {
    const line = lineOf(body, { entry: this.leaves.size + 1, outbox: id, prev: this.leaves.lastHex() })
    return line.subarray(0, -1).equals(bytes)
  }
}

/** The last two whole notes. */
async function lastNotes(path: string, until: number): Promise<[Note | undefined, Note | undefined]> {
  let before: Note | undefined
  let last: Note | undefined
  for await (const note of notesOf(path, until)) {
    if (!note.whole) continue
    before = last
    last = note
  }
  return [before, last]
}
