// The files of an opened ledger: entries appended, checkpoints signed over them.
import { join } from 'node:path'
import { no, ok, type Result } from '#kernel'
import { type AppendFile, openAppend, type Secrets, writeFileAtomic } from '#platform'
import { type Checkpoint, signCheckpoint } from './checkpoint.ts'
import { lineOf } from './entry.ts'
import type { Leaves } from './leaves.ts'
import { publicFile, readPublicKey, signingKey, type SigningKey } from './keys.io.ts'
import { leafHash } from './merkle.ts'
import { Broken, type Scan, scanFolder } from './scan.ts'
import type { Waiting } from './store.ts'
import { checkpointsFile, entriesFile, latestFile, type Snapshot, snapshotOf } from './verify.ts'

/** What to open, and what the outbox holds at that moment. */
export interface BookDeps {
  readonly folder: string
  readonly secrets: Secrets | undefined
  readonly waiting: readonly Waiting[]
}

/** Opens the files, cut back to what is whole; new ones get a key and a checkpoint over nothing. Fails with words when they may not be continued; nothing is then touched. */
export async function openBook({ folder, secrets, waiting }: BookDeps): Promise<Result<Book, string>> {
  const snapshot = await snapshotOf(folder)
  const fresh = snapshot.entries === 0 && snapshot.checkpoints === 0 && snapshot.latest === undefined
  const key = await signingKey(folder, secrets, fresh)
  if (!key.ok) return key
  const known = await readPublicKey(folder)
  if (!known.ok) return no(`${publicFile}: ${known.fail}`)
  if (known.value.pem !== key.value.pem) return no(`${publicFile}: this is not the key that signs this ledger`)
  try {
    const scan = await scanFolder(folder, { key: key.value, snapshot, waiting })
    return ok(await Book.open(folder, { key: key.value, scan, snapshot }))
  } catch (thrown) {
    if (thrown instanceof Broken) return no(thrown.message)
    throw thrown
  }
}

/** The files, open. Calls must come one after another. */
export class Book {
  readonly leaves: Leaves
  readonly key: SigningKey
  private readonly folder: string
  private readonly entries: AppendFile
  private readonly checkpoints: AppendFile
  private readonly written: Set<string>
  private latest: Checkpoint | undefined
  /** Whether the file `checkpoint` holds the latest one: it may never be more than one behind. */
  private copied: boolean

  private constructor(folder: string, opened: Opened, files: { entries: AppendFile; checkpoints: AppendFile }) {
    this.folder = folder
    this.key = opened.key
    this.leaves = opened.scan.leaves
    this.latest = opened.scan.latest
    this.written = new Set(opened.scan.written)
    this.copied = opened.snapshot.latest === opened.scan.latest?.text
    this.entries = files.entries
    this.checkpoints = files.checkpoints
  }

  static async open(folder: string, opened: Opened): Promise<Book> {
    const { keep } = opened.scan
    const entries = await openAppend(join(folder, entriesFile), { keep: keep.entries })
    const checkpoints = await openAppend(join(folder, checkpointsFile), { keep: keep.checkpoints })
    const book = new Book(folder, opened, { entries, checkpoints })
    await book.sign()
    return book
  }

  /** The latest checkpoint; there is one as soon as the book is open. */
  get checkpoint(): Checkpoint | undefined {
    return this.latest
  }

  /** Appends those that do not stand in the file yet, and signs. When it resolves, all of them are on the disk and covered by a checkpoint. */
  async write(waiting: readonly Waiting[]): Promise<void> {
    const fresh = waiting.filter(({ id }) => !this.written.has(id))
    let prev = this.leaves.lastHex()
    let end = this.leaves.startAt(this.leaves.size)
    const lines = fresh.map(({ body, id }, index) => {
      const bytes = lineOf(body, { entry: this.leaves.size + index + 1, outbox: id, prev })
      const hash = leafHash(bytes.subarray(0, -1))
      prev = hash.toString('hex')
      return { id, bytes, hash, end: (end += bytes.length) }
    })
    if (lines.length > 0) await this.entries.append(Buffer.concat(lines.map(({ bytes }) => bytes)))
    for (const line of lines) {
      this.leaves.add(line.hash, line.end)
      this.written.add(line.id)
    }
    await this.sign()
  }

  /** These are gone from the outbox: they cannot come again. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.written.delete(id)
  }

  async close(): Promise<void> {
    await this.entries.close()
    await this.checkpoints.close()
  }

  private async sign(): Promise<void> {
    if (this.latest && !this.copied) await this.copy(this.latest)
    if (this.latest?.size === this.leaves.size) return
    const next = signCheckpoint(this.leaves.size, this.leaves.root(), this.key)
    await this.checkpoints.append(Buffer.from(next.text))
    this.latest = next
    this.copied = false
    await this.copy(next)
  }

  private async copy(checkpoint: Checkpoint): Promise<void> {
    await writeFileAtomic(join(this.folder, latestFile), checkpoint.text, 0o644)
    this.copied = true
  }
}

interface Opened {
  readonly key: SigningKey
  readonly scan: Scan
  readonly snapshot: Snapshot
}
