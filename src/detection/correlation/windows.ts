// What a group remembers of its events where the condition is told at once. Batches of entries have one time; they come in order, but for late ones.
import { meets, quantile } from './measure.ts'
import { holdsFor } from './presence.ts'
import type { Bound, Entry, Measure, Presence } from './types.ts'

/** Why it holds: the events, and the number that was compared. */
export interface Held {
  readonly entries: readonly Entry[]
  readonly measure: number
}
/** A window as it is kept on the disk. Entries are in order of time. */
export interface Kept {
  readonly entries: readonly Entry[]
  /** Of an ordered correlation: the chain so far, by step. */
  readonly chains?: readonly (readonly Entry[])[] | undefined
  /** A sum, or the time up to which is decided. */
  readonly number?: number | undefined
}
export interface Window {
  /** Entries held, and the time of the newest. */
  readonly size: number
  readonly newest: number
  /** Adds entries of one time, in order of their events' ids; answers how many had to be forgotten for want of room. */
  add(batch: readonly Entry[]): number
  /** Whether the condition holds for the timespan that ends at this time. */
  holds(at: number): Held | undefined
  kept(): Kept
}

/** Most entries of one group where all of a timespan are needed. */
export const mostEntries = 20_000

/** Where an entry belongs in a list in order of time: behind all of its time. */
export function placeFor(entries: readonly { readonly time: number }[], time: number): number {
  let high = entries.length
  if (high === 0 || entries[high - 1]!.time <= time) return high
  let low = 0
  while (low < high) {
    const middle = (low + high) >> 1
    if (entries[middle]!.time <= time) low = middle + 1
    else high = middle
  }
  return low
}

/** Alerts speak of the newest only: older entries of a long window lose what an alert would say of them. */
export const mostWithFacts = 100
export function slimmed(entries: Entry[]): void {
  const at = entries.length - mostWithFacts - 1
  const old = entries[at]
  if (old?.facts === undefined) return
  const { facts: _, ...rest } = old
  entries[at] = rest
}

/** A list in order of time that loses its oldest cheaply. */
export class Line {
  private all: Entry[]
  private begin = 0
  constructor(entries: readonly Entry[]) {
    this.all = [...entries]
  }
  get length(): number {
    return this.all.length - this.begin
  }
  get last(): Entry | undefined {
    return this.length === 0 ? undefined : this.all[this.all.length - 1]
  }
  at(index: number): Entry {
    return this.all[this.begin + index]!
  }
  put(entry: Entry): void {
    const last = this.all.length - 1
    if (last < this.begin || this.all[last]!.time <= entry.time) {
      this.all.push(entry)
      if (this.length > mostWithFacts) slimmed(this.all)
    } else {
      // Only an event that came late stands before others.
      this.settle()
      this.all.splice(placeFor(this.all, entry.time), 0, entry)
    }
  }
  shift(): Entry {
    const first = this.all[this.begin++]!
    if (this.begin > 64 && this.begin * 2 > this.all.length) this.settle()
    return first
  }
  entries(): Entry[] {
    return this.all.slice(this.begin)
  }
  private settle(): void {
    this.all = this.all.slice(this.begin)
    this.begin = 0
  }
}

/** The newest events, as many as are needed: whether the oldest of them is recent enough decides. */
export class NewestEvents implements Window {
  private readonly line: Line
  private readonly need: number
  private readonly timespan: number
  constructor({ need, timespan }: { need: number; timespan: number }, kept: Kept) {
    this.need = need
    this.timespan = timespan
    this.line = new Line(kept.entries)
  }
  get size(): number {
    return this.line.length
  }
  get newest(): number {
    return this.line.last?.time ?? -Infinity
  }
  add(batch: readonly Entry[]): number {
    let before: string | undefined
    for (const entry of batch) {
      // An event that fits two parts is one event.
      if (entry.event !== before) this.line.put(entry)
      before = entry.event
      if (this.line.length > this.need) this.line.shift()
    }
    return 0
  }
  holds(at: number): Held | undefined {
    const { line, need } = this
    if (line.length < need || line.at(line.length - need).time < at - this.timespan) return undefined
    return { entries: line.entries(), measure: need }
  }
  kept(): Kept {
    return { entries: this.line.entries() }
  }
}

interface NewestOfEach {
  readonly keyOf: (entry: Entry) => string | number
  /** Most that matter. */
  readonly most: number
  readonly judge: (seen: ReadonlyMap<string | number, Entry>) => boolean
  readonly timespan: number
}

/** The newest event of each value (or part), the most recent values only: constant work for an event, however many values there are. */
export class Newest implements Window {
  private seen = new Map<string | number, Entry>()
  private readonly rule: NewestOfEach
  newest = -Infinity
  constructor(rule: NewestOfEach, kept: Kept) {
    this.rule = rule
    for (const entry of kept.entries) this.put(entry)
  }
  get size(): number {
    return this.seen.size
  }
  add(batch: readonly Entry[]): number {
    for (const entry of batch) this.put(entry)
    if (this.seen.size > this.rule.most)
      for (const key of this.seen.keys()) {
        this.seen.delete(key)
        if (this.seen.size <= this.rule.most) break
      }
    return 0
  }
  private put(entry: Entry): void {
    const key = this.rule.keyOf(entry)
    const before = this.seen.get(key)
    if (before && before.time > entry.time) return
    if (before) this.seen.delete(key)
    this.seen.set(key, entry)
    if (entry.time >= this.newest) this.newest = entry.time
    else this.seen = new Map([...this.seen].sort(([, a], [, b]) => a.time - b.time))
  }
  holds(at: number): Held | undefined {
    for (const [key, { time }] of this.seen) {
      if (time >= at - this.rule.timespan) break
      this.seen.delete(key)
    }
    return this.rule.judge(this.seen) ? { entries: [...this.seen.values()], measure: this.seen.size } : undefined
  }
  kept(): Kept {
    return { entries: [...this.seen.values()] }
  }
}

const byValue = ({ value }: Entry): string | number => value
const byPart = ({ part }: Entry): number => part

/** As many different values, or parts, as are needed. */
export const newestOf = (
  { of, need, timespan }: { of: 'values' | 'parts'; need: number; timespan: number },
  kept: Kept,
): Window =>
  new Newest(
    { keyOf: of === 'values' ? byValue : byPart, most: need, timespan, judge: (seen) => seen.size >= need },
    kept,
  )

/** Parts as a condition asks for them. */
export const presentParts = ({ when, timespan }: { when: Presence; timespan: number }, kept: Kept): Window =>
  new Newest(
    { keyOf: byPart, most: Infinity, timespan, judge: (seen) => holdsFor(when, (part) => seen.has(part)) },
    kept,
  )

interface Reckoning {
  readonly measure: Measure
  readonly bounds: readonly Bound[]
  readonly timespan: number
}

/** The numbers of a timespan, with their sum, or in order of size where a percentile is asked. */
export class Numbers implements Window {
  private readonly line: Line
  private readonly rule: Reckoning
  private readonly sorted: number[] = []
  private sum: number
  constructor(rule: Reckoning, kept: Kept) {
    this.rule = rule
    this.line = new Line(kept.entries)
    this.sum = kept.number ?? 0
    if (rule.measure.of === 'quantile') this.sorted.push(...kept.entries.map(numberOf).sort((a, b) => a - b))
  }
  get size(): number {
    return this.line.length
  }
  get newest(): number {
    return this.line.last?.time ?? -Infinity
  }
  add(batch: readonly Entry[]): number {
    let shed = 0
    for (const entry of batch) {
      const value = numberOf(entry)
      this.line.put(entry)
      this.sum += value
      if (this.rule.measure.of === 'quantile') this.sorted.splice(this.rank(value), 0, value)
      if (this.line.length <= mostEntries) continue
      this.drop()
      shed++
    }
    return shed
  }
  holds(at: number): Held | undefined {
    while (this.line.length > 0 && this.line.at(0).time < at - this.rule.timespan) this.drop()
    if (this.line.length === 0) return undefined
    const measure = this.measure()
    return meets(measure, this.rule.bounds) ? { entries: this.line.entries(), measure } : undefined
  }
  kept(): Kept {
    return { entries: this.line.entries(), number: this.sum }
  }
  private measure(): number {
    const { measure } = this.rule
    if (measure.of === 'quantile') return quantile(this.sorted, measure.percentile)
    return measure.of === 'average' ? this.sum / this.line.length : this.sum
  }
  private drop(): void {
    const value = numberOf(this.line.shift())
    // Adding and taking away again leaves a rest in floating point; an empty window has none.
    this.sum = this.line.length === 0 ? 0 : this.sum - value
    if (this.rule.measure.of === 'quantile') this.sorted.splice(this.rank(value), 1)
  }
  /** The first place of a number in order of size. */
  private rank(value: number): number {
    let [low, high] = [0, this.sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.sorted[middle]! < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
const numberOf = ({ value }: Entry): number => Number(value)
