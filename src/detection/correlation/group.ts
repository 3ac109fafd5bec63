// One group of one correlation: entries that wait for their turn, the window, and when it wants to be looked at next.
import { Chains } from './chain.ts'
import { Absence, Closing, isClosing } from './closing.ts'
import { Heap } from './heap.ts'
import type { CompiledCorrelation, Entry, Finding } from './types.ts'
import { type Held, type Kept, newestOf, NewestEvents, Numbers, presentParts, type Window } from './windows.ts'

/** A group as it is kept on the disk. */
export interface KeptGroup extends Kept {
  readonly group: readonly string[]
  readonly pending: readonly Entry[]
  /** No further finding up to this time; absent when there was none. */
  readonly quiet?: number | undefined
}

export function windowOf({ judging, timespan }: CompiledCorrelation, kept: Kept): Window {
  switch (judging.is) {
    case 'newest':
      if (judging.of === 'events') return new NewestEvents({ need: judging.need, timespan }, kept)
      return newestOf({ of: judging.of, need: judging.need, timespan }, kept)
    case 'presence':
      return presentParts({ when: judging.when, timespan }, kept)
    case 'chain':
      return new Chains({ steps: judging.steps, timespan }, kept)
    case 'numbers':
      return new Numbers({ ...judging, timespan }, kept)
    case 'closing':
      return new Closing({ ...judging, timespan }, kept)
    case 'absence':
      return new Absence({ ...judging, timespan }, kept)
  }
}

const earlier = (a: Entry, b: Entry): boolean => a.time < b.time
const byEvent = (a: Entry, b: Entry): number => (a.event < b.event ? -1 : a.event > b.event ? 1 : a.part - b.part)

export class Group {
  /** When it wants to be looked at next. */
  next = Infinity
  /** About how many bytes of memory. */
  bytes = 0
  shed = 0
  readonly key: string
  readonly correlation: CompiledCorrelation
  private readonly group: readonly string[]
  private readonly window: Window
  private readonly pending = new Heap<Entry>(earlier)
  private newestPending = -Infinity
  private quiet: number

  constructor(correlation: CompiledCorrelation, key: string, kept: KeptGroup) {
    this.correlation = correlation
    this.key = key
    this.group = kept.group
    this.window = windowOf(correlation, kept)
    for (const entry of kept.pending) this.wait(entry)
    this.quiet = kept.quiet ?? -Infinity
    this.plan()
  }

  /** Entries held, waiting ones too. */
  get size(): number {
    return this.window.size + this.pending.size
  }
  get newest(): number {
    return Math.max(this.window.newest, this.newestPending)
  }
  /** Whether nothing in it can matter from this time on. */
  over(at: number): boolean {
    return (
      this.next === Infinity &&
      Math.max(this.newest, this.quiet - this.correlation.timespan) < at - this.correlation.timespan
    )
  }

  /** Takes an entry whose turn is still to come. */
  wait(entry: Entry): void {
    this.pending.put(entry)
    if (entry.time > this.newestPending) this.newestPending = entry.time
    if (entry.time < this.next) this.next = entry.time
  }

  /** Looks at everything of one time. Call in order of time. */
  run(at: number): Finding[] {
    const batch: Entry[] = []
    while ((this.pending.first?.time ?? Infinity) <= at) {
      const entry = this.pending.take()
      if (entry) batch.push(entry)
    }
    if (batch.length > 0) this.shed += this.window.add(batch.length > 1 ? batch.sort(byEvent) : batch)
    const found: Finding[] = []
    if (batch.length > 0 && at > this.quiet) {
      const held = this.window.holds(at)
      if (held) found.push(this.found(held, at, { quiet: at + this.correlation.timespan, late: false }))
    }
    if (isClosing(this.window) && this.window.due <= at) {
      const held = this.window.close(at)
      if (held && held.begun > this.quiet) found.push(this.found(held, at, { quiet: at, late: false }))
    }
    this.plan()
    return found
  }

  /** Takes an entry whose turn has passed, and looks at the newest timespan again. */
  late(entry: Entry): Finding[] {
    this.shed += this.window.add([entry])
    const at = Math.max(this.window.newest, entry.time)
    const held = at > this.quiet ? this.window.holds(at) : undefined
    this.plan()
    return held ? [this.found(held, at, { quiet: at + this.correlation.timespan, late: true })] : []
  }

  kept(): KeptGroup {
    const quiet = this.quiet === -Infinity ? {} : { quiet: this.quiet }
    return { group: this.group, pending: [...this.pending.all()], ...quiet, ...this.window.kept() }
  }

  private found(held: Held, time: number, { quiet, late }: { quiet: number; late: boolean }): Finding {
    this.quiet = quiet
    const { correlation, key, group } = this
    return { correlation, key, group, time, entries: held.entries, measure: held.measure, late }
  }
  private plan(): void {
    const waiting = this.pending.first?.time ?? Infinity
    this.next = Math.min(waiting, isClosing(this.window) ? this.window.due : Infinity)
  }
}
