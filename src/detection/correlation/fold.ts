// Correlation by event time: entries wait until nothing older is to be expected, then are looked at in order. Pure but for its own state: no clock, no store.
import { Group, type KeptGroup } from './group.ts'
import { Heap } from './heap.ts'
import { carried } from './item.ts'
import { mostWithFacts } from './windows.ts'
import { type CompiledCorrelation, type Counts, type Finding, type Item, noCounts } from './types.ts'

/** Memory that the groups of one correlation may take, in bytes as reckoned here. */
export interface FoldLimits {
  readonly bytes: number
}
/** A group that changed: kept as it is now, or gone. */
export interface Touched {
  readonly correlation: string
  readonly key: string
  readonly kept: KeptGroup | undefined
}
/** How a correlation stands. */
export interface Standing {
  readonly groups: number
  readonly bytes: number
}

/** Of a correlation: its groups, and the correlations that it feeds. */
interface Running {
  readonly correlation: CompiledCorrelation
  readonly groups: Map<string, Group>
  readonly feeds: { readonly correlation: CompiledCorrelation; readonly part: number }[]
  readonly counts: Counts
  bytes: number
  swept: number
}

/** What a group takes without entries. */
const groupBytes = 600

/** A group that wants to be looked at; one that was planned anew since is passed over. */
interface Wake {
  readonly time: number
  readonly group: Group
}
/** At the same time, the parts of a chain before the chain. */
const sooner = (a: Wake, b: Wake): boolean =>
  a.time < b.time || (a.time === b.time && a.group.correlation.depth < b.group.correlation.depth)
const wakeOf = (group: Group): Wake => ({ time: group.next, group })

export class Fold {
  /** Everything before this time has been looked at. */
  mark = -Infinity
  private readonly running = new Map<string, Running>()
  private readonly wakes = new Heap<Wake>(sooner)
  private readonly limits: FoldLimits
  private touched = new Set<Group>()

  constructor(correlations: readonly CompiledCorrelation[], limits: FoldLimits) {
    this.limits = limits
    for (const correlation of correlations)
      this.running.set(correlation.id, {
        correlation,
        groups: new Map(),
        feeds: [],
        counts: noCounts(),
        bytes: 0,
        swept: -Infinity,
      })
    for (const correlation of correlations)
      correlation.parts.forEach(({ rule }, part) => this.running.get(rule)?.feeds.push({ correlation, part }))
  }

  /** Puts back a group as it was kept. */
  restore(correlation: string, key: string, kept: KeptGroup): void {
    const running = this.running.get(correlation)
    if (!running) return
    const group = new Group(running.correlation, key, kept)
    running.groups.set(key, group)
    this.reckon(running, group)
    if (group.next < Infinity) this.wakes.put(wakeOf(group))
  }

  /** Takes entries in, in any order. Those whose turn has passed are looked at now; the answer is what they completed. */
  take(items: readonly Item[]): Finding[] {
    const found: Finding[] = []
    for (const item of items) found.push(...this.takeOne(item))
    this.shed()
    return found
  }

  /** Looks at everything before this time, in order. */
  advance(mark: number): Finding[] {
    const found: Finding[] = []
    while ((this.wakes.first?.time ?? Infinity) < mark) {
      const wake = this.wakes.take()
      if (!wake || wake.time !== wake.group.next || !this.has(wake.group)) continue
      for (const finding of wake.group.run(wake.time)) found.push(...this.told(finding))
      this.changed(wake.group)
      if (wake.group.next < Infinity) this.wakes.put(wakeOf(wake.group))
    }
    if (mark > this.mark) this.mark = mark
    this.sweep()
    this.shed()
    return found
  }

  /** Whether an entry's timespan is not long over. */
  fits({ correlation, key, entry }: Item): boolean {
    const running = this.running.get(correlation)
    if (!running || entry.time >= this.mark) return true
    const newest = running.groups.get(key)?.newest ?? -Infinity
    return entry.time >= Math.max(this.mark, newest) - running.correlation.timespan
  }

  /** Whether something is to be looked at when time goes on. */
  get waits(): boolean {
    return this.wakes.size > 0
  }

  /** A match that lacks a field. */
  missed(correlation: string): void {
    const running = this.running.get(correlation)
    if (running) running.counts.missing++
  }
  counts(correlation: string): Counts | undefined {
    return this.running.get(correlation)?.counts
  }
  standing(correlation: string): Standing {
    const running = this.running.get(correlation)
    return { groups: running?.groups.size ?? 0, bytes: running?.bytes ?? 0 }
  }
  /** Groups that changed since this was asked last. */
  changes(): Touched[] {
    const all = [...this.touched].map((group) => ({
      correlation: group.correlation.id,
      key: group.key,
      kept: this.has(group) ? group.kept() : undefined,
    }))
    this.touched = new Set()
    return all
  }

  private takeOne(item: Item): Finding[] {
    const { correlation, key, group: values, entry } = item
    const running = this.running.get(correlation)
    if (!running) return []
    const { counts } = running
    const isLate = entry.time < this.mark
    if (isLate && !this.fits(item)) {
      counts.tooLate++
      return []
    }
    let group = running.groups.get(key)
    if (!group) {
      group = new Group(running.correlation, key, { group: values, pending: [], entries: [] })
      running.groups.set(key, group)
    }
    counts.taken++
    const before = group.next
    const found = isLate ? group.late(entry) : []
    if (isLate) counts.late++
    else group.wait(entry)
    if (group.next < before) this.wakes.put(wakeOf(group))
    this.changed(group)
    return found.flatMap((finding) => this.told(finding))
  }

  /** A finding for those who look, and for the correlations that have it as a part. */
  private told(finding: Finding): Finding[] {
    const running = this.running.get(finding.correlation.id)
    if (!running) return []
    running.counts.found++
    const further: Finding[] = []
    for (const { correlation, part } of running.feeds) {
      const items = carried(finding, correlation, part)
      if (items.length === 0) this.missed(correlation.id)
      for (const item of items) further.push(...this.takeOne(item))
    }
    return [finding, ...further]
  }

  private has(group: Group): boolean {
    return this.running.get(group.correlation.id)?.groups.get(group.key) === group
  }
  private changed(group: Group): void {
    const running = this.running.get(group.correlation.id)
    if (!running) return
    this.touched.add(group)
    this.reckon(running, group)
    running.counts.shed += group.shed
    group.shed = 0
  }
  private reckon(running: Running, group: Group): void {
    const slim = Math.max(0, group.size - mostWithFacts) * slimBytes
    const bytes = groupBytes + 2 * group.key.length + Math.min(group.size, mostWithFacts) * entryBytes + slim
    running.bytes += bytes - group.bytes
    group.bytes = bytes
  }

  /** Forgets groups whose time is over, each looked at a few times in its life. */
  private sweep(): void {
    for (const running of this.running.values()) {
      if (this.mark - running.swept < running.correlation.timespan / 4) continue
      running.swept = this.mark
      for (const group of running.groups.values()) if (group.over(this.mark)) this.forget(running, group)
    }
  }

  /** When a correlation has more than it may: groups with the fewest entries go first, of those the oldest; a flood of keys pushes itself out. */
  private shed(): void {
    for (const running of this.running.values()) {
      if (running.bytes <= this.limits.bytes) continue
      const groups = [...running.groups.values()].sort((a, b) => a.size - b.size || a.newest - b.newest)
      for (const group of groups) {
        if (running.bytes <= this.limits.bytes * 0.9) break
        running.counts.shed += group.size
        this.forget(running, group)
      }
    }
  }

  private forget(running: Running, group: Group): void {
    running.groups.delete(group.key)
    running.bytes -= group.bytes
    this.touched.add(group)
  }
}
/** What an entry with its facts takes, as measured for a line of sshd. */
const entryBytes = 1000
/** What one without takes. */
const slimBytes = 250
