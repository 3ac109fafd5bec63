// Every byte of a ledger's folder held against what it must be: lines, links, roots, signatures, keys. Streams, so size does not matter.
import { join } from 'node:path'
import { type Clock, Fault } from '#kernel'
import { readTextFile, systemClock } from '#platform'
import { type Checkpoint, openCheckpoint, readCheckpoint } from './checkpoint.ts'
import { readLine } from './entry.ts'
import { Findings, firstDifference, placeOf } from './findings.ts'
import { privateFile, privateKeyComplaint, type PublicKey, publicFile, readPublicKey } from './keys.io.ts'
import { type FileLine, fileSize, linesOf } from './lines.io.ts'
import { Frontier, leafHash } from './merkle.ts'
import { type Note, notesOf } from './notes.ts'
import type { Verification } from './types.ts'

export const entriesFile = 'entries.jsonl'
export const checkpointsFile = 'checkpoints'
export const latestFile = 'checkpoint'

/** How much of the files to look at: what they held at one moment between two appends. */
export interface Snapshot {
  readonly entries: number
  readonly checkpoints: number
  /** Text of the file `checkpoint`. */
  readonly latest: string | undefined
}

/** Options of verifyLedgerFolder. */
export interface VerifyOptions {
  readonly clock?: Clock
  readonly signal?: AbortSignal
  /** Bytes of entries looked at, of all of them. */
  readonly progress?: (done: number, total: number) => void
  /** A checkpoint that was kept elsewhere: the ledger must still hold what it covers. */
  readonly kept?: string
  readonly snapshot?: Snapshot
  /** PEM of the key that signs now; the one in the folder must be this. */
  readonly signedWith?: string
}

/** What the files hold now. Checkpoints are measured before entries, so that a ledger which grows meanwhile has no checkpoint too many. */
export async function snapshotOf(folder: string): Promise<Snapshot> {
  const latest = await readTextFile(join(folder, latestFile), { maxBytes: 10_000 })
  const checkpoints = await fileSize(join(folder, checkpointsFile))
  return {
    latest: latest.ok ? latest.value : undefined,
    checkpoints,
    entries: await fileSize(join(folder, entriesFile)),
  }
}

/**
 * Re-reads every byte of a ledger's folder, also while no program has it open. Finds any change of any byte and where it is. A folder that was
 * put back as a whole to an earlier state is in itself right: that only shows against a checkpoint `kept` elsewhere.
 * Throws Fault STORE_DOWN when the files cannot be read, CANCELLED when the signal says so.
 */
export async function verifyLedgerFolder(folder: string, options: VerifyOptions = {}): Promise<Verification> {
  const findings = new Findings()
  const snapshot = options.snapshot ?? (await snapshotOf(folder))
  const key = await checkKeys(folder, options.signedWith, findings)
  const notes = notesOf(join(folder, checkpointsFile), snapshot.checkpoints)
  const walk = new Walk(findings, key, notes, keptCheckpoint(options.kept, key, findings))
  try {
    await walk.settle()
    for await (const lines of linesOf(join(folder, entriesFile), snapshot.entries)) {
      if (options.signal?.aborted) throw new Fault('CANCELLED', 'verifying the ledger')
      for (const line of lines) await walk.take(line)
      const last = lines.at(-1)
      if (last) options.progress?.(last.offset + last.bytes.length, snapshot.entries)
    }
    await walk.end(snapshot.latest)
  } finally {
    await notes.return(undefined)
  }
  const { problems } = findings
  return {
    ok: problems.length === 0,
    entries: walk.size,
    root: walk.root,
    checkpoints: walk.notesSeen,
    checkedAt: (options.clock ?? systemClock).now(),
    problems,
  }
}

async function checkKeys(
  folder: string,
  signedWith: string | undefined,
  findings: Findings,
): Promise<PublicKey | undefined> {
  const read = await readPublicKey(folder)
  if (!read.ok) findings.add(publicFile, read.fail)
  const key = read.ok ? read.value : undefined
  if (key && signedWith !== undefined && key.pem !== signedWith)
    findings.add(publicFile, 'this is not the key that signs this ledger')
  const complaint = await privateKeyComplaint(folder, key)
  if (complaint !== undefined) findings.add(privateFile, complaint)
  return key
}

const keptName = 'the checkpoint kept elsewhere'
function keptCheckpoint(
  kept: string | undefined,
  key: PublicKey | undefined,
  findings: Findings,
): Checkpoint | undefined {
  if (kept === undefined) return undefined
  const text = kept.endsWith('\n') ? kept : `${kept}\n`
  const read = key ? openCheckpoint(text, key) : readCheckpoint(text)
  if (!read.ok) findings.add(keptName, read.fail)
  return read.ok ? read.value : undefined
}

type Held = Note & { readonly checkpoint: Checkpoint | undefined }

/** Goes along entries and checkpoints together, each checkpoint looked at when the tree has its size. */
class Walk {
  private readonly findings: Findings
  private readonly key: PublicKey | undefined
  private readonly notes: AsyncGenerator<Note>
  private readonly kept: Checkpoint | undefined
  private readonly tree = new Frontier()
  /** Leaf hash and number of the entry before. */
  private prev = ''
  private entry = 0
  private next: Held | undefined
  private last: Held | undefined
  /** Entries that a good checkpoint covers. */
  private covered = 0
  /** After the first wrong root all later ones are wrong too: said once. */
  private rootsRight = true
  private signedRight = 0
  notesSeen = 0

  constructor(
    findings: Findings,
    key: PublicKey | undefined,
    notes: AsyncGenerator<Note>,
    kept: Checkpoint | undefined,
  ) {
    this.findings = findings
    this.key = key
    this.notes = notes
    this.kept = kept
  }

  get size(): number {
    return this.tree.size
  }

  get root(): string {
    return this.tree.root().toString('hex')
  }

  async take(line: FileLine): Promise<void> {
    const at = placeOf(entriesFile, line.number, line.offset)
    if (!line.ended) this.findings.add(at, 'the line has no end: it was cut off')
    const read = readLine(line.bytes)
    for (const complaint of read.complaints) this.findings.add(at, complaint)
    const expected = this.entry + 1
    if (read.line && read.line.entry !== expected)
      this.findings.add(
        at,
        `the entry has number ${read.line.entry}, ${expected} was due: entries were taken out, added or moved`,
      )
    if (read.line && read.line.prev !== this.prev)
      this.findings.add(at, `the link to line ${line.number - 1} does not hold: one of the two lines was changed`)
    this.entry = read.line?.entry ?? expected
    const leaf = leafHash(line.bytes)
    this.prev = leaf.toString('hex')
    this.tree.add(leaf)
    if (this.next === undefined || this.next.checkpoint === undefined || this.next.checkpoint.size <= this.size)
      await this.settle()
    this.compareKept()
  }

  /** Looks at the checkpoints that the tree has reached. */
  async settle(): Promise<void> {
    for (;;) {
      this.next ??= await this.read()
      if (!this.next) return
      const { checkpoint } = this.next
      if (checkpoint && checkpoint.size > this.size) return
      if (checkpoint) this.compare(this.next, checkpoint)
      this.last = this.next
      this.next = undefined
    }
  }

  private compare(note: Note, { root, size }: Checkpoint): void {
    if (size < this.size)
      return this.findings.add(placeOf(checkpointsFile, note.line, note.offset), 'the checkpoint is not in its order')
    const from = this.covered + 1
    this.covered = size
    if (!this.rootsRight || root.equals(this.tree.root())) return
    this.rootsRight = false
    const where = from >= size ? `${entriesFile}:${size}` : `${entriesFile}:${from} to line ${size}`
    this.findings.add(
      where,
      `changed after it was signed: the root over ${size} entries is not the one in ${checkpointsFile}:${note.line}`,
    )
  }

  private compareKept(): void {
    if (this.kept?.size === this.size && !this.kept.root.equals(this.tree.root()))
      this.findings.add(keptName, `the first ${this.size} entries are not those that it covers: they were written anew`)
  }

  private async read(): Promise<Held | undefined> {
    const { done, value: note } = await this.notes.next()
    if (done) return undefined
    this.notesSeen += 1
    const opened = this.key ? openCheckpoint(note.text, this.key) : readCheckpoint(note.text)
    if (opened.ok) this.signedRight += 1
    else this.findings.add(placeOf(checkpointsFile, note.line, note.offset), opened.fail)
    return { ...note, checkpoint: opened.ok ? opened.value : undefined }
  }

  /** What can be said only at the end of the entries. */
  async end(latest: string | undefined): Promise<void> {
    if (this.size === 0) this.compareKept()
    for (let beyond = 0; this.next; this.next = await this.read()) {
      const { checkpoint, line, offset } = this.next
      if (checkpoint && (beyond += 1) === 1)
        this.findings.add(
          placeOf(checkpointsFile, line, offset),
          `the checkpoint covers ${checkpoint.size} entries, ${entriesFile} holds ${this.size}: entries were taken out`,
        )
      this.last = this.next
    }
    if (this.notesSeen > 0 && this.signedRight === 0)
      this.findings.add(publicFile, 'it signed none of the checkpoints: the key was exchanged, or all of them')
    if (this.covered < this.size)
      this.findings.add(
        `${entriesFile}:${this.covered + 1}`,
        `no good checkpoint covers the entries from here on: they were added, or checkpoints taken out, or a server is writing just now`,
      )
    if (this.kept && this.kept.size > this.size)
      this.findings.add(
        keptName,
        `it covers ${this.kept.size} entries, the ledger holds ${this.size}: entries were taken out`,
      )
    this.compareLatest(latest)
  }

  private compareLatest(latest: string | undefined): void {
    if (latest === undefined) this.findings.add(latestFile, 'the latest checkpoint is missing or is not text')
    else if (!this.last) this.findings.add(checkpointsFile, 'there is no checkpoint: the file is missing or empty')
    else if (latest !== this.last.text)
      this.findings.add(
        placeOf(latestFile, 1, firstDifference(latest, this.last.text)),
        `it is not the last one in ${checkpointsFile} (line ${this.last.line})`,
      )
  }
}
