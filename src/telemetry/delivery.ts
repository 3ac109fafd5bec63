// A batch into the stores: events first, then findings and position in one transaction. Tried until it is done; one bad record stops nothing.
import { asFault, type Clock, Fault } from '#kernel'
import type { BinaryRows, Log, State } from '#platform'
import { bareEvent, type Batch, type Done, tokenOf } from './batch.ts'
import { backOff, pause } from './pause.io.ts'
import type { Positions, PutAside } from './positions.ts'
import type { Road } from './road.ts'
import { doneWith, rowsOf } from './rows.ts'
import { type EventStore, insertGroups } from './store.ts'

export interface DeliveryDeps<Found, Kept> {
  readonly store: Pick<EventStore, 'insert' | 'storedSeqs'>
  readonly state: State
  readonly positions: Positions
  readonly road: Pick<Road<Found, Kept>, 'keep' | 'tell'>
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  /** Hears why it waits, and with an empty text that it goes on. */
  readonly waiting: (why: string) => void
}

/** Events that one insert holds. */
interface Group {
  readonly group: readonly Done[]
  readonly rows: BinaryRows
}

const [firstWait, longestWait] = [100, 15_000]
/** Trouble of the store as a whole, which passes: a record has no part in it. */
const passing = new Set(['STORE_DOWN', 'STORE_BUSY', 'CANCELLED'])

/** Delivers batches, one after another. Rejects only with Fault CANCELLED, when the signal is raised while a store does not take them. */
export class Delivery<Found, Kept> {
  private readonly deps: DeliveryDeps<Found, Kept>
  /** Up to here events may be stored already: by a run before this one, or by a try that failed. */
  private unsureUpTo: number
  /** Part of the token: an engine that died may remember a token whose rows it has lost. */
  private attempt = 0

  constructor(deps: DeliveryDeps<Found, Kept>, unsureUpTo: number) {
    this.deps = deps
    this.unsureUpTo = unsureUpTo
  }

  /** Answers with what was put aside. */
  async deliver(batch: Batch<Found>): Promise<readonly PutAside[]> {
    const refused = await this.stubbornly('event store', () => this.insert(batch))
    doneWith(batch.rows)
    const aside = [...batch.aside, ...refused]
    const kept = await this.stubbornly('state store', () => this.commit(batch, aside))
    try {
      if (kept.done) await this.deps.road.tell(kept.value)
    } catch (thrown) {
      this.deps.log.error({ err: thrown }, 'what was kept could not be told')
    }
    return aside
  }

  /** Tries again while the trouble is one that passes. */
  private async stubbornly<T>(what: string, work: () => Promise<T>): Promise<T> {
    const waits = backOff(firstWait, longestWait)
    for (;;) {
      try {
        const done = await work()
        this.deps.waiting('')
        return done
      } catch (thrown) {
        const { message } = asFault(thrown)
        this.deps.waiting(`${what}: ${message}`)
        this.deps.log.warn({ err: thrown }, `the ${what} takes nothing; events wait in the spool`)
        await pause(waits.next(), this.deps.signal)
        if (this.deps.signal.aborted) throw new Fault('CANCELLED', 'telemetry stops', { cause: thrown })
      }
    }
  }

  private async insert(batch: Batch<Found>): Promise<PutAside[]> {
    const isUnsure = batch.first <= this.unsureUpTo
    const wanted = isUnsure ? await this.missing(batch) : batch.done
    this.unsureUpTo = Math.max(this.unsureUpTo, batch.last)
    const refused: PutAside[] = []
    for (const group of insertGroups(wanted)) {
      const isWhole = group.length === batch.done.length
      await this.insertSome(
        batch,
        { group, rows: isWhole ? batch.rows : await rowsOf(await batch.again(group)) },
        refused,
      )
    }
    if (isUnsure && (await this.missing(batch)).length > 0) {
      this.attempt += 1
      throw new Fault('STORE_DOWN', 'it took a batch for stored that is not')
    }
    return refused
  }

  private async missing({ first, last, done }: Batch<Found>): Promise<readonly Done[]> {
    if (done.length === 0) return done
    const stored = await this.deps.store.storedSeqs(first, last)
    return done.filter(({ seq }) => !stored.has(seq))
  }

  /** Inserts events; when the store does not take them for a reason of their own, halves, down to the one that it refuses. */
  private async insertSome(batch: Batch<Found>, { group, rows }: Group, refused: PutAside[]): Promise<void> {
    const { store } = this.deps
    try {
      return await store.insert(rows, `${tokenOf(group)}-${this.attempt}`)
    } catch (thrown) {
      const { code, message } = asFault(thrown)
      if (passing.has(code)) throw thrown
      if (group.length > 1) {
        const middle = group.length >> 1
        for (const half of [group.slice(0, middle), group.slice(middle)])
          await this.insertSome(batch, { group: half, rows: await rowsOf(await batch.again(half)) }, refused)
        return
      }
      const reason = `event store: ${message}`
      for (const only of await batch.again(group)) {
        // Were the store itself at fault it would refuse this one too, and the whole is tried again later.
        await store.insert(await rowsOf([bareEvent(only, reason)]), `${tokenOf(group)}-bare`)
        refused.push({ seq: only.seq, source: only.source, reason, text: only.raw })
      }
    }
  }

  private async commit(
    batch: Batch<Found>,
    aside: readonly PutAside[],
  ): Promise<{ done: true; value: Kept } | { done: false }> {
    try {
      return { done: true, value: await this.transaction(batch, aside, () => this.deps.road.keep(batch.found)) }
    } catch (thrown) {
      if (passing.has(asFault(thrown).code)) throw thrown
      const lost = await this.keepSome(batch, batch.found)
      await this.transaction(batch, [...aside, ...lost], () => Promise.resolve())
      return { done: false }
    }
  }

  private transaction<T>(batch: Batch<Found>, aside: readonly PutAside[], keep: () => Promise<T>): Promise<T> {
    const { state, positions, clock } = this.deps
    return state.transaction(async () => {
      const kept = await keep()
      if (aside.length > 0) await positions.quarantine(aside, clock.now())
      await positions.save(batch.last, batch.marks, clock.now())
      return kept
    })
  }

  /** Keeps findings in smaller and smaller parts; one that cannot be kept is put aside. Keeping twice is once, so this may be done again. */
  private async keepSome(batch: Batch<Found>, found: readonly Found[]): Promise<PutAside[]> {
    const { state, road, log } = this.deps
    try {
      if (found.length > 0) await road.tell(await state.transaction(() => road.keep(found)))
      return []
    } catch (thrown) {
      const { code, message } = asFault(thrown)
      if (passing.has(code)) throw thrown
      if (found.length > 1) {
        const middle = found.length >> 1
        return [
          ...(await this.keepSome(batch, found.slice(0, middle))),
          ...(await this.keepSome(batch, found.slice(middle))),
        ]
      }
      log.error({ err: thrown }, 'a finding could not be kept')
      return [{ seq: batch.last, source: '', reason: `keeping: ${message}`, text: JSON.stringify(found[0] ?? null) }]
    }
  }
}
