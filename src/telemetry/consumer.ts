// The one consumer: reads the spool in order, makes batches ready while the one before is delivered, and moves the position on.
import { asFault, type Clock } from '#kernel'
import type { Log, State } from '#platform'
import { makeBatch, type Making } from './batch.ts'
import { Delivery } from './delivery.ts'
import { pause } from './pause.io.ts'
import type { Positions } from './positions.ts'
import type { Road } from './road.ts'
import type { SourceBook } from './source-book.ts'
import type { Spool, SpoolRecord } from './spool.io.ts'
import type { EventStore } from './store.ts'

export interface ConsumerDeps<Found, Kept> extends Pick<Making<Found>, 'parse' | 'locate' | 'enrich'> {
  readonly spool: Spool
  readonly store: Pick<EventStore, 'insert' | 'storedSeqs'>
  readonly state: State
  readonly positions: Positions
  readonly road: Road<Found, Kept>
  readonly clock: Clock
  readonly log: Log
  readonly book: SourceBook
  /** Most events of a batch. */
  readonly batchEvents: number
  /** Everything up to here is done with. */
  readonly after: number
  /** Up to here events may be stored already. */
  readonly storedUpTo: number
}

export interface Consumer {
  /** The last sequence number done with. */
  readonly position: number
  /** Events stored and records put aside since the start. */
  readonly stored: number
  readonly aside: number
  /** Why it waits for a store; empty while it does not. */
  readonly waiting: string
  /** When the oldest record that is not done with was received. */
  readonly oldest: number | null
  /** Resolves when everything in the spool now is done with. */
  settled(): Promise<void>
  /** Finishes the batch at hand; the rest stays in the spool. */
  stop(): Promise<void>
}

const batchBytes = 16_777_216
const [fewEvents, firstBatch] = [1_000, 2_000]
/** A batch should be made ready in about this time, so that alerts are not late. */
const batchMilliseconds = 1_000
/** Single records wait so long for others: every insert is a part that the engine has to merge. */
const gatherMilliseconds = 200
const gatherBelow = 1_000
const unreadableWait = 2_000

/** Starts the consumer. */
export function startConsumer<Found, Kept>(deps: ConsumerDeps<Found, Kept>): Consumer {
  const consumer = new SpoolConsumer(deps)
  consumer.start()
  return consumer
}

class SpoolConsumer<Found, Kept> implements Consumer {
  position: number
  stored = 0
  aside = 0
  waiting = ''
  oldest: number | null = null
  private readonly deps: ConsumerDeps<Found, Kept>
  private readonly ending = new AbortController()
  private readonly delivery: Delivery<Found, Kept>
  private running: Promise<void> = Promise.resolve()
  private size: number
  private listeners: (() => void)[] = []

  constructor(deps: ConsumerDeps<Found, Kept>) {
    this.deps = deps
    this.position = deps.after
    this.size = Math.min(firstBatch, deps.batchEvents)
    const waiting = (why: string) => void (this.waiting = why)
    this.delivery = new Delivery({ ...deps, signal: this.ending.signal, waiting }, deps.storedUpTo)
  }

  start(): void {
    this.running = this.run().catch((thrown: unknown) => this.broken(thrown))
  }

  /** Only a stop ends it; anything else is our fault, and is shown. */
  private broken(thrown: unknown): void {
    if (this.ending.signal.aborted) return
    this.deps.log.fatal({ err: thrown }, 'the consumer of events has ended')
    this.waiting = asFault(thrown).message
    this.ending.abort()
    this.told()
  }

  private async run(): Promise<void> {
    const { spool } = this.deps
    const { signal } = this.ending
    let next = this.position + 1
    let delivering: Promise<void> = Promise.resolve()
    while (!signal.aborted) {
      await spool.arrived(next, signal)
      if (!signal.aborted && spool.last - next < gatherBelow) await pause(gatherMilliseconds, signal)
      if (signal.aborted) break
      const upTo = spool.last
      const records = await this.read(next)
      if (!records) continue
      const ready = await this.ready(records)
      await delivering
      // What is missing at the end was damaged beyond reading: the position passes over it.
      const last = records.at(-1)?.seq ?? upTo
      delivering = this.deliver(ready, last).catch((thrown: unknown) => this.broken(thrown))
      next = last + 1
    }
    await delivering
  }

  /** Nothing when the disk does not answer; the loop then tries again. */
  private async read(next: number): Promise<SpoolRecord[] | undefined> {
    try {
      return await this.deps.spool.read(next, this.size, batchBytes)
    } catch (thrown) {
      this.waiting = asFault(thrown).message
      this.deps.log.error({ err: thrown }, 'the spool cannot be read')
      await pause(unreadableWait, this.ending.signal)
      return undefined
    }
  }

  private async ready(records: readonly SpoolRecord[]) {
    const { parse, locate, enrich, road } = this.deps
    const began = performance.now()
    const batch = await makeBatch(records, {
      ...(parse && { parse }),
      locate,
      enrich,
      judge: (events) => road.judge(events),
    })
    const took = Math.max(1, performance.now() - began)
    if (records.length >= this.size || took > batchMilliseconds)
      this.size = Math.round(
        Math.min(
          Math.max(fewEvents, (records.length * batchMilliseconds) / took),
          this.size * 2,
          this.deps.batchEvents,
        ),
      )
    return batch
  }

  private async deliver(batch: Awaited<ReturnType<typeof this.ready>>, last: number): Promise<void> {
    const { spool, book } = this.deps
    this.oldest = batch.done[0]?.received ?? null
    const aside = await this.delivery.deliver({ ...batch, last })
    this.position = last
    this.stored += batch.done.length
    this.aside += aside.length
    for (const { source, received, time, timeGuessed, parse_error } of batch.done)
      book.store(source, timeGuessed ? undefined : received - time, parse_error)
    if (last >= spool.last) this.oldest = null
    await spool.trim(last)
    this.told()
  }

  async settled(): Promise<void> {
    while (this.position < this.deps.spool.last && !this.ending.signal.aborted)
      await new Promise<void>((done) => this.listeners.push(done))
  }

  async stop(): Promise<void> {
    this.ending.abort()
    await this.running
    this.told()
  }

  private told(): void {
    for (const hear of this.listeners.splice(0)) hear()
  }
}
