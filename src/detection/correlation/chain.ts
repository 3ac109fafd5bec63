// Parts in a given order: for each step the chain that ends there and began latest. Events of the same time may stand in either order.
import type { Held, Kept, Window } from './windows.ts'
import type { Entry } from './types.ts'

type Chain = readonly Entry[]
const beginOf = (chain: Chain): number => chain[0]?.time ?? -Infinity

export class Chains implements Window {
  newest = -Infinity
  private readonly best: Chain[]
  private readonly steps: readonly number[]
  private readonly timespan: number
  constructor({ steps, timespan }: { steps: readonly number[]; timespan: number }, kept: Kept) {
    this.steps = steps
    this.timespan = timespan
    this.best = steps.map((_, step) => kept.chains?.[step] ?? [])
    for (const chain of this.best) this.newest = Math.max(this.newest, chain.at(-1)?.time ?? -Infinity)
  }
  get size(): number {
    return this.best.reduce((sum, chain) => sum + chain.length, 0)
  }
  add(batch: readonly Entry[]): number {
    const time = batch[0]?.time ?? 0
    const before = [...this.best]
    for (let from = 0; from < this.steps.length; from++) {
      const prefix = from === 0 ? [] : (before[from - 1] ?? [])
      const begun = from === 0 || (prefix.length > 0 && beginOf(prefix) >= time - this.timespan)
      // A late event goes on only from what was before it.
      if (begun && (prefix.at(-1)?.time ?? -Infinity) <= time) this.extend(prefix, from, batch)
    }
    this.newest = Math.max(this.newest, time)
    return 0
  }
  /** Takes as many further steps as different events of the batch allow. */
  private extend(prefix: Chain, from: number, batch: readonly Entry[]): void {
    const taken = new Matching(batch)
    for (let step = from; step < this.steps.length; step++) {
      const part = this.steps[step] ?? -1
      if (!taken.add(part)) return
      const chain = [...prefix, ...taken.entries()]
      if (beginOf(chain) > beginOf(this.best[step] ?? [])) this.best[step] = chain
    }
  }
  holds(at: number): Held | undefined {
    const whole = this.best.at(-1) ?? []
    if (whole.length === 0 || beginOf(whole) < at - this.timespan) return undefined
    return { entries: whole, measure: this.steps.length }
  }
  kept(): Kept {
    return { entries: [], chains: this.best }
  }
}

/** Gives each step an event of its own (augmenting paths); a batch is what has one time, so it is small. */
class Matching {
  private readonly batch: readonly Entry[]
  private readonly parts: number[] = []
  private readonly stepOf = new Map<string, number>()
  private entryOf: Entry[] = []
  constructor(batch: readonly Entry[]) {
    this.batch = batch
  }
  add(part: number): boolean {
    this.parts.push(part)
    return this.find(this.parts.length - 1, new Set())
  }
  private find(step: number, tried: Set<string>): boolean {
    for (const entry of this.batch) {
      if (entry.part !== this.parts[step] || tried.has(entry.event)) continue
      tried.add(entry.event)
      const other = this.stepOf.get(entry.event)
      if (other !== undefined && !this.find(other, tried)) continue
      this.stepOf.set(entry.event, step)
      this.entryOf[step] = entry
      return true
    }
    return false
  }
  entries(): Entry[] {
    return this.entryOf.slice(0, this.parts.length)
  }
}
