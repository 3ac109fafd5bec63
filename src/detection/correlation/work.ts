// Correlation at work: what rules matched goes in with each batch, findings come out, and the state is kept in the batch's own transaction.
import type { State } from '#platform'
import type { Event } from '#telemetry'
import { Fold } from './fold.ts'
import { type Feeds, feedsOf, itemsOf } from './item.ts'
import { correlationStore, type Lane, lanes, type Mark, type SavedRule } from './store.ts'
import { type CompiledCorrelation, type Counts, type Finding, type Item, noCounts } from './types.ts'

/** What one batch gives to correlations. Plain data: it may be made again for the same events. */
export interface Fed {
  readonly items: readonly Item[]
  /** Correlations for which a match lacked a field. */
  readonly missed: readonly string[]
  /** The newest time of the events, none later than its receipt, and when that was received. */
  readonly seen: number
  readonly at: number
}
export const nothingFed: Fed = { items: [], missed: [], seen: -Infinity, at: -Infinity }

export interface CorrelationLimits {
  /** How much later than newer events an event may come and still be put in order, in milliseconds. */
  readonly lateness: number
  /** Memory for all correlations together, in bytes. */
  readonly bytes: number
}
export const usualLimits: CorrelationLimits = { lateness: 15_000, bytes: 268_435_456 }

/** How a correlation stands at this moment. */
export interface Live extends Counts {
  readonly groups: number
  readonly bytes: number
}

export type Correlator = ReturnType<typeof createCorrelator>

/** What the events of a batch give: matches become entries, and all events move the time on. An event from the future moves it to its receipt only. */
export function feedOf(
  matches: readonly { rule: string; event: Event }[],
  events: readonly Event[],
  feeds: Feeds,
): Fed {
  const items: Item[] = []
  const missed: string[] = []
  for (const { rule, event } of matches) {
    const found = itemsOf(rule, event, feeds)
    items.push(...found.items)
    missed.push(...found.missed)
  }
  let [seen, at] = [-Infinity, -Infinity]
  for (const { time, received } of events) {
    seen = Math.max(seen, Math.min(time, received))
    at = Math.max(at, received)
  }
  return { items, missed, seen, at }
}

export function createCorrelator(state: State, limits: CorrelationLimits) {
  return new Work(state, limits)
}

const none: Mark = { seen: -Infinity, at: -Infinity, mark: -Infinity }

class Work {
  feeds: Feeds = new Map()
  private correlations: readonly CompiledCorrelation[] = []
  /** What runs from the next batch on. */
  private wanted: readonly CompiledCorrelation[] = []
  /** One batch at a time. */
  private working: Promise<unknown> = Promise.resolve()
  private folds: Record<Lane, Fold>
  private marks: Record<Lane, Mark> = { live: none, late: none }
  /** Whether what is in memory may not be what is kept: then it is read anew. */
  private unsure = true
  private turn = 0
  private readonly store
  private readonly limits: CorrelationLimits

  constructor(state: State, limits: CorrelationLimits) {
    this.store = correlationStore(state)
    this.limits = limits
    this.folds = this.newFolds()
  }

  /** The correlations that run from now on. State of those that are the same goes on. */
  run(correlations: readonly CompiledCorrelation[]): void {
    this.wanted = correlations
    this.feeds = feedsOf(correlations)
    this.unsure = true
    // A batch that is at work belongs to the rules before.
    this.turn++
  }

  /**
   * Folds batches in the order given, and keeps what changed. Call inside the batch's transaction, and `committed` with the turn when it stands.
   * `now` is set when nothing waits to be read: then time goes on by the clock.
   */
  keep(fed: readonly Fed[], now?: number): Promise<{ findings: readonly Finding[]; turn: number }> {
    const kept = this.working.then(() => this.keepNext(fed, now))
    this.working = kept.catch(() => undefined)
    return kept
  }

  private async keepNext(fed: readonly Fed[], now?: number): Promise<{ findings: readonly Finding[]; turn: number }> {
    if (this.correlations.length === 0 && !this.unsure) return { findings: [], turn: this.turn }
    if (this.unsure) await this.read()
    this.unsure = true
    const turn = ++this.turn
    const findings = fed.flatMap((one) => this.fold(one))
    if (now !== undefined) findings.push(...this.goOn(now))
    await this.write()
    return { findings, turn }
  }

  /** Whether the clock alone could bring something about: some group waits to be looked at. */
  get waits(): boolean {
    return this.wanted.length > 0 && (this.unsure || lanes.some((lane) => this.folds[lane].waits))
  }

  /** What `keep` did with this turn stands. */
  committed(turn: number): void {
    if (turn === this.turn) this.unsure = false
  }

  live(correlation: string): Live {
    const [live, late] = lanes.map((lane) => this.folds[lane].standing(correlation))
    const groups = (live?.groups ?? 0) + (late?.groups ?? 0)
    return { ...this.counts(correlation), groups, bytes: (live?.bytes ?? 0) + (late?.bytes ?? 0) }
  }

  /** Both lanes together; all that the late one takes is late. */
  private counts(correlation: string): Counts {
    const live = this.folds.live.counts(correlation) ?? noCounts()
    const late = this.folds.late.counts(correlation) ?? noCounts()
    return {
      taken: live.taken + late.taken,
      late: live.late + late.taken,
      tooLate: live.tooLate + late.tooLate,
      missing: live.missing + late.missing,
      shed: live.shed + late.shed,
      found: live.found + late.found,
    }
  }

  private fold({ items, missed, seen, at }: Fed): Finding[] {
    for (const correlation of missed) this.folds.live.missed(correlation)
    const late = items.filter((item) => !this.folds.live.fits(item))
    const lateAlready = new Set(late)
    const findings = this.folds.live.take(items.filter((item) => !lateAlready.has(item)))
    findings.push(...this.moveTo('live', { seen, at }))
    if (late.length > 0) {
      findings.push(...this.folds.late.take(late).map(asLate))
      const newest = late.reduce((newest, { entry }) => Math.max(newest, entry.time), -Infinity)
      findings.push(...this.moveTo('late', { seen: newest, at }))
    }
    return findings
  }

  private moveTo(lane: Lane, { seen, at }: Pick<Mark, 'seen' | 'at'>): Finding[] {
    const before = this.marks[lane]
    const newer = seen > before.seen ? { seen, at } : { seen: before.seen, at: Math.max(before.at, at) }
    return this.advance(lane, { ...newer, mark: Math.max(before.mark, newer.seen - this.limits.lateness) })
  }

  /** Nothing newer has come for a while: the clock stands in for it. */
  private goOn(now: number): Finding[] {
    return lanes.flatMap((lane) => {
      const { seen, at, mark } = this.marks[lane]
      if (seen === -Infinity) return []
      const passed = seen - this.limits.lateness + Math.max(0, now - at)
      return this.advance(lane, { seen, at, mark: Math.max(mark, passed) })
    })
  }

  private advance(lane: Lane, mark: Mark): Finding[] {
    this.marks[lane] = mark
    if (mark.mark === -Infinity) return []
    const findings = this.folds[lane].advance(mark.mark)
    return lane === 'late' ? findings.map(asLate) : findings
  }

  private newFolds(): Record<Lane, Fold> {
    const bytes = this.limits.bytes / Math.max(1, 2 * this.correlations.length)
    const fold = () => new Fold(this.correlations, { bytes })
    return { live: fold(), late: fold() }
  }

  /** Reads everything as it is kept. State of a correlation that is written otherwise now is forgotten. */
  private async read(): Promise<void> {
    this.correlations = this.wanted
    this.folds = this.newFolds()
    const [rules, marks] = [await this.store.rules(), await this.store.marks()]
    const known = new Map(this.correlations.map(({ id, version }) => [id, version]))
    const changed = [...rules].flatMap(([rule, { version }]) => (known.get(rule) === version ? [] : [rule]))
    await this.store.forget(changed)
    for (const lane of lanes) {
      this.marks[lane] = marks.get(lane) ?? none
      this.folds[lane].mark = this.marks[lane].mark
    }
    for (const [rule, { counts }] of rules)
      if (!changed.includes(rule)) Object.assign(this.folds.live.counts(rule) ?? {}, counts)
    for (const { lane, correlation, key, kept } of await this.store.groups())
      this.folds[lane].restore(correlation, key, kept)
  }

  private async write(): Promise<void> {
    for (const lane of lanes) {
      await this.store.saveGroups(lane, this.folds[lane].changes())
      const mark = this.marks[lane]
      if (mark.mark !== -Infinity) await this.store.saveMark(lane, mark)
    }
    const rules = this.correlations.map(({ id, version }): [string, SavedRule] => {
      return [id, { version, counts: this.counts(id) }]
    })
    await this.store.saveRules(new Map(rules))
  }
}

const asLate = (finding: Finding): Finding => ({ ...finding, late: true })
