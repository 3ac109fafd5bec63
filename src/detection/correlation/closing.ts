// Conditions that can only be told when their timespan is over: upper bounds, and what must not happen.
import { measured, meets } from './measure.ts'
import { holdsFor } from './presence.ts'
import type { Bound, Entry, Measure, Presence } from './types.ts'
import { type Held, type Kept, Line, mostEntries, slimmed, type Window } from './windows.ts'

/** A window that is judged when it closes. `due` is when, given what it holds now. */
export interface ClosingWindow extends Window {
  readonly due: number
  /** Judges what closes at this time; `begun` is when it began. */
  close(at: number): (Held & { readonly begun: number }) | undefined
}
export const isClosing = (window: Window): window is ClosingWindow => 'close' in window

/** Windows side by side: one begins with the first event that no window has, and has all of its timespan. */
export class Closing implements ClosingWindow {
  private entries: Entry[]
  private readonly rule: { measure: Measure; bounds: readonly Bound[]; timespan: number }
  newest = -Infinity
  constructor(rule: { measure: Measure; bounds: readonly Bound[]; timespan: number }, kept: Kept) {
    this.rule = rule
    this.entries = [...kept.entries]
    this.newest = this.entries.at(-1)?.time ?? -Infinity
  }
  get size(): number {
    return this.entries.length
  }
  get due(): number {
    const [first] = this.entries
    return first ? first.time + this.rule.timespan : Infinity
  }
  add(batch: readonly Entry[]): number {
    const room = Math.max(0, mostEntries - this.entries.length)
    const [first] = this.entries
    const fitting = batch.filter(({ time }) => !first || time >= first.time).slice(0, room)
    for (const entry of fitting) {
      this.entries.push(entry)
      slimmed(this.entries)
    }
    this.newest = Math.max(this.newest, fitting[0]?.time ?? -Infinity)
    return batch.length - fitting.length
  }
  holds(): undefined {
    return undefined
  }
  close(at: number): (Held & { readonly begun: number }) | undefined {
    const entries = this.entries.sort((a, b) => a.time - b.time)
    this.entries = []
    const measure = measured(this.rule.measure, entries)
    if (measure === undefined || !meets(measure, this.rule.bounds)) return undefined
    return { entries, measure, begun: at - this.rule.timespan }
  }
  kept(): Kept {
    return { entries: this.entries }
  }
}

/** Each event of a part that must be there begins a timespan of its own, over which the condition must hold. */
export class Absence implements ClosingWindow {
  private readonly line: Line
  private readonly rule: { when: Presence; begin: readonly number[]; timespan: number }
  private readonly counts = new Map<number, number>()
  /** Beginnings up to here are decided. */
  private decided: number
  constructor(rule: { when: Presence; begin: readonly number[]; timespan: number }, kept: Kept) {
    this.rule = rule
    this.line = new Line(kept.entries)
    for (const { part } of kept.entries) this.count(part, 1)
    this.decided = kept.number ?? -Infinity
  }
  get size(): number {
    return this.line.length
  }
  get newest(): number {
    return this.line.last?.time ?? -Infinity
  }
  /** Nothing older than the first beginning is held, so it stands near the front. */
  get due(): number {
    for (let at = 0; at < this.line.length; at++) {
      const { time, part } = this.line.at(at)
      if (time > this.decided && this.begins(part)) return time + this.rule.timespan
    }
    return Infinity
  }
  add(batch: readonly Entry[]): number {
    // What came before any beginning was seen says nothing.
    const first = Math.min(batch[0]?.time ?? 0, this.due - this.rule.timespan)
    while (this.line.length > 0 && this.line.at(0).time < first) this.drop()
    const room = Math.max(0, mostEntries - this.line.length)
    for (const entry of batch.slice(0, room)) {
      if (entry.time <= this.decided) continue
      this.line.put(entry)
      this.count(entry.part, 1)
    }
    return Math.max(0, batch.length - room)
  }
  holds(): undefined {
    return undefined
  }
  close(at: number): (Held & { readonly begun: number }) | undefined {
    const begun = at - this.rule.timespan
    while (this.line.length > 0 && this.line.at(0).time < begun) this.drop()
    const found = holdsFor(this.rule.when, (part) => (this.counts.get(part) ?? 0) > 0)
    const held = found ? { entries: this.line.entries(), measure: this.counts.size, begun } : undefined
    this.decided = begun
    while (this.line.length > 0 && this.line.at(0).time <= begun) this.drop()
    return held
  }
  kept(): Kept {
    return { entries: this.line.entries(), ...(this.decided === -Infinity ? {} : { number: this.decided }) }
  }
  private begins(part: number): boolean {
    return this.rule.begin.includes(part)
  }
  private drop(): void {
    this.count(this.line.shift().part, -1)
  }
  private count(part: number, by: 1 | -1): void {
    const count = (this.counts.get(part) ?? 0) + by
    if (count > 0) this.counts.set(part, count)
    else this.counts.delete(part)
  }
}
