// How each input is doing: what it accepted and refused, how fast, and in which state it is.
import type { Clock } from '#kernel'
import type { CountMetric, Metrics, Quota } from '#platform'
import { LagMeter } from './lag.ts'
import { QuotaMeter } from './quota.ts'
import type { SourceHealth } from './types.ts'

type State = SourceHealth['state']
const windowSeconds = 10

/** Things per second over the last ten seconds. */
export class Rate {
  private readonly counts = new Map<number, number>()

  add(count: number, now: number): void {
    const second = Math.floor(now / 1000)
    this.counts.set(second, (this.counts.get(second) ?? 0) + count)
    if (this.counts.size > windowSeconds * 2)
      for (const old of this.counts.keys()) if (old < second - windowSeconds) this.counts.delete(old)
  }

  perSecond(now: number): number {
    const second = Math.floor(now / 1000)
    let sum = 0
    for (const [at, count] of this.counts) if (at > second - windowSeconds && at <= second) sum += count
    return sum / windowSeconds
  }
}

/** The page of one source. */
export class SourcePage {
  readonly name: string
  readonly kind: string
  private readonly book: SourceBook
  private readonly rate = new Rate()
  private state: State = 'stopped'
  private detail = ''
  private events = 0
  private bytes = 0
  private rejected = 0
  private overQuota = 0
  private stored = 0
  private unparsed = 0
  private unparsedWhy = ''
  private readonly lag = new LagMeter()
  private meter = new QuotaMeter()
  lastSeen: number | null = null
  /** Why its silence or its rate is unusual now; empty while it is not. */
  unusual = ''

  constructor(name: string, kind: string, book: SourceBook) {
    this.name = name
    this.kind = kind
    this.book = book
  }

  limit(quota: Quota | undefined): void {
    this.meter = new QuotaMeter(quota)
  }

  /** Milliseconds until so much may come; 0 when it may come now, which counts it. */
  admit(events: number, bytes: number): number {
    return this.meter.admit(events, bytes, this.book.clock.now())
  }

  /** What a process before this one knew. */
  resume({ lastSeen, bytesToday }: { lastSeen: number | null; bytesToday: number }): void {
    this.lastSeen ??= lastSeen
    if (lastSeen !== null) this.meter.resume(bytesToday, lastSeen, this.book.clock.now())
  }

  get bytesToday(): number {
    return this.meter.bytesToday(this.book.clock.now())
  }

  /** Records accepted since the start. */
  get accepted(): number {
    return this.events
  }

  /** Records that are on the disk now. */
  accept(count: number, bytes: number): void {
    const now = this.book.clock.now()
    this.events += count
    this.bytes += bytes
    this.lastSeen = now
    this.rate.add(count, now)
    this.book.rate.add(count, now)
    this.book.accepted += count
    this.book.metrics.accepted.add(count, { source: this.name })
  }

  /** Records refused: too long, queue full. */
  reject(count: number): void {
    if (count === 0) return
    this.rejected += count
    this.book.rejected += count
    this.book.metrics.rejected.add(count, { source: this.name })
  }

  /** Records refused because the source sent more than it may. */
  refuse(count: number): void {
    this.overQuota += count
    this.reject(count)
  }

  /** An event that is stored: how late it came, and why no parser understood it when none did. */
  store(lag: number | undefined, why: string | undefined): void {
    this.stored += 1
    if (lag !== undefined) this.lag.add(lag)
    if (why === undefined) return
    this.unparsed += 1
    this.unparsedWhy = why
    this.book.unparsed += 1
  }

  /** States what it does now; `detail` is for people. */
  say(state: State, detail = this.detail): void {
    this.state = state
    this.detail = detail
  }

  get health(): SourceHealth {
    const { name, kind, state, detail, events, bytes, rejected, overQuota, unparsed, unparsedWhy, lastSeen } = this
    return {
      name,
      kind,
      state,
      detail,
      events,
      bytes,
      rejected,
      overQuota,
      unparsed,
      unparsedWhy,
      lastSeen,
      bytesToday: this.bytesToday,
      unparsedShare: this.stored === 0 ? 0 : unparsed / this.stored,
      perSecond: this.rate.perSecond(this.book.clock.now()),
      ...this.lag.view,
      unusual: this.unusual,
    }
  }
}

const mostPages = 2_000

/** All sources and their sums since the start. */
export class SourceBook {
  readonly clock: Clock
  readonly metrics: { readonly accepted: CountMetric; readonly rejected: CountMetric }
  readonly rate = new Rate()
  accepted = 0
  rejected = 0
  unparsed = 0
  private readonly pages = new Map<string, SourcePage>()
  private readonly aliases = new Map<string, SourcePage>()

  constructor(clock: Clock, metrics: Metrics) {
    this.clock = clock
    this.metrics = {
      accepted: metrics.counter({
        name: 'records_accepted_total',
        help: 'Records taken into the spool',
        labels: ['source'],
      }),
      rejected: metrics.counter({
        name: 'records_rejected_total',
        help: 'Records refused: too long, or the spool was full',
        labels: ['source'],
      }),
    }
  }

  /** The page of a source, begun when there is none. Beyond 2,000 sources the rest share one. */
  page(name: string, kind: string): SourcePage {
    const known = this.pages.get(name)
    if (known) return known
    const shared = this.pages.size >= mostPages ? 'others' : name
    const page = this.pages.get(shared) ?? new SourcePage(shared, kind, this)
    this.pages.set(shared, page)
    return page
  }

  /** Records of `name` come through the input on this page. */
  alias(name: string, page: SourcePage): void {
    if (name !== page.name && this.aliases.size < mostPages) this.aliases.set(name, page)
  }

  /** An event of this source is stored; see SourcePage. */
  store(name: string, lag: number | undefined, why: string | undefined): void {
    const page = this.pages.get(name) ?? this.aliases.get(name)
    if (page) page.store(lag, why)
    else if (why !== undefined) this.unparsed += 1
  }

  get all(): readonly SourcePage[] {
    return [...this.pages.values()]
  }

  has(name: string): boolean {
    return this.pages.has(name)
  }

  get health(): SourceHealth[] {
    return [...this.pages.values()].map(({ health }) => health).sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}
