// The room at work: deeds into the outbox with the transaction that did them, from there into the signed file.
import { type Clock, Fault } from '#kernel'
import { type Log, makeFolder, type Secrets, type State } from '#platform'
import { type Book, openBook } from './book.ts'
import { deedText } from './entry.ts'
import { type LedgerFilter, listEntries, proveEntry } from './reading.ts'
import { outbox, type Outbox } from './store.ts'
import type { Deed, LedgerEntry, Proof, Verification } from './types.ts'
import { snapshotOf, verifyLedgerFolder, type VerifyOptions } from './verify.ts'

export interface LedgerDeps {
  readonly state: State
  /** Where its files are: `.castellan/ledger`. */
  readonly folder: string
  readonly clock: Clock
  /** Where the signing key is kept; without, in the folder. */
  readonly secrets?: Secrets
  readonly log: Log
}

/** Ways to follow and to stop a verification; see VerifyOptions. */
export type VerifyCall = Pick<VerifyOptions, 'signal' | 'progress'>

/** The append-only, hash-linked, signed record of every write and act. */
export interface Ledger {
  /** Writes a deed into the outbox, inside the caller's transaction: it stands in the ledger if and only if that commits. */
  record(deed: Deed): Promise<void>
  /**
   * Moves what is committed from the outbox into the file and signs a checkpoint; when it resolves, that is on the disk. Call it after the commit,
   * never inside a transaction. One at a time; callers that come meanwhile share the next one. Throws Fault STORE_DOWN, and nothing is then lost.
   */
  drain(): Promise<void>
  /** Re-reads every byte of the files. */
  verify(call?: VerifyCall): Promise<Verification>
  /** The same, and that the ledger still holds what a checkpoint covers that was kept elsewhere: only this shows that it was put back to an earlier state. */
  verifyAgainst(checkpointText: string, call?: VerifyCall): Promise<Verification>
  /** The proof that an entry (numbered from 1) is in it. Throws Fault NOT_FOUND. */
  prove(entry: number): Promise<Proof>
  list(filter: LedgerFilter): Promise<{ items: LedgerEntry[]; next: number | null }>
  /** How it was at the last verification; before the first one, whether it could be opened. */
  checked(): { readonly ok: boolean; readonly checkedAt: number | null }
  /** Entries that a checkpoint covers. */
  readonly size: number
  close(): Promise<void>
}

const groupSize = 500

/**
 * Opens the ledger of a folder, made when missing, and writes what waits in the outbox. One process at a time. A ledger that is not as it was signed
 * is left untouched: deeds then stay in the outbox, and the log, `checked` and `verify` say what is wrong. Throws Fault STORE_DOWN.
 */
export async function openLedger({ clock, folder, log, secrets, state }: LedgerDeps): Promise<Ledger> {
  await makeFolder(folder)
  const box = outbox(state, clock)
  const opened = await openBook({ folder, secrets, waiting: await box.all() })
  if (!opened.ok) log.error({ problem: opened.fail }, 'the ledger does not verify; it is not continued')
  const ledger = new OpenLedger(
    { box, clock, folder },
    opened.ok ? opened.value : undefined,
    opened.ok ? '' : opened.fail,
  )
  await ledger.drain()
  return ledger
}

class OpenLedger implements Ledger {
  private readonly deps: { readonly box: Outbox; readonly clock: Clock; readonly folder: string }
  private readonly book: Book | undefined
  /** Why there is no book. */
  private readonly broken: string
  private last: { readonly ok: boolean; readonly checkedAt: number | null }
  private tail: Promise<unknown> = Promise.resolve()
  private next: Promise<void> | undefined

  constructor(deps: OpenLedger['deps'], book: Book | undefined, broken: string) {
    this.deps = deps
    this.book = book
    this.broken = broken
    this.last = { ok: book !== undefined, checkedAt: null }
  }

  get size(): number {
    return this.book?.checkpoint?.size ?? 0
  }

  record(deed: Deed): Promise<void> {
    return this.deps.box.add(deedText(deed))
  }

  drain(): Promise<void> {
    const { book } = this
    if (!book) return Promise.resolve()
    this.next ??= this.alone(() => {
      this.next = undefined
      return this.drainInto(book)
    })
    return this.next
  }

  async verify(call: VerifyCall = {}): Promise<Verification> {
    return this.verified(call)
  }

  async verifyAgainst(checkpointText: string, call: VerifyCall = {}): Promise<Verification> {
    return this.verified({ ...call, kept: checkpointText })
  }

  async prove(entry: number): Promise<Proof> {
    return proveEntry(this.deps.folder, this.whole(), entry)
  }

  async list(filter: LedgerFilter): Promise<{ items: LedgerEntry[]; next: number | null }> {
    return listEntries(this.deps.folder, this.whole(), filter)
  }

  checked(): { readonly ok: boolean; readonly checkedAt: number | null } {
    return this.last
  }

  async close(): Promise<void> {
    await this.alone(async () => this.book?.close())
  }

  private whole(): Book {
    if (!this.book) throw new Fault('LEDGER_BROKEN', this.broken)
    return this.book
  }

  private async verified(options: VerifyOptions): Promise<Verification> {
    const { clock, folder } = this.deps
    const snapshot = await this.alone(() => snapshotOf(folder))
    const signedWith = this.book ? { signedWith: this.book.key.pem } : {}
    const found = await verifyLedgerFolder(folder, { ...options, ...signedWith, clock, snapshot })
    const problems = found.ok && !this.book ? [{ at: folder, text: this.broken }] : found.problems
    const result = { ...found, ok: problems.length === 0, problems }
    this.last = { ok: result.ok, checkedAt: result.checkedAt }
    return result
  }

  private async drainInto(book: Book): Promise<void> {
    for (;;) {
      const rows = await this.deps.box.first(groupSize)
      await book.write(rows)
      if (rows.length === 0) return
      const ids = rows.map(({ id }) => id)
      await this.deps.box.remove(ids)
      book.forget(ids)
    }
  }

  /** One after another, in the order of the calls. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const run = this.tail.then(work)
    this.tail = run.catch(() => undefined)
    return run
  }
}
