// How much a source may still send: events a second over ten seconds, bytes a day.
import type { Quota } from '#platform'

const window = 10_000
const day = 86_400_000

/** Counts what a source sends against its quota. Without one everything is let through, and the day's bytes are counted all the same. */
export class QuotaMeter {
  private readonly quota: Quota
  /** Events that may come now; grows with time to ten seconds' worth. */
  private room: number
  private filled = 0
  private today = 0
  private bytes = 0

  constructor(quota: Quota = {}) {
    this.quota = quota
    this.room = (quota.eventsPerSecond ?? 0) * (window / 1000)
  }

  /** Milliseconds until so much may come; 0 when it may come now, which counts it. One batch larger than all that fits is let through when there is room for any. */
  admit(events: number, bytes: number, now: number): number {
    this.turn(now)
    const { eventsPerSecond, bytesPerDay } = this.quota
    if (bytesPerDay !== undefined && this.bytes > 0 && this.bytes + bytes > bytesPerDay)
      return (this.today + 1) * day - now
    if (eventsPerSecond !== undefined) {
      const needed = Math.min(events, eventsPerSecond * (window / 1000))
      if (this.room < needed) return Math.ceil(((needed - this.room) * 1000) / eventsPerSecond)
      this.room -= events
    }
    this.bytes += bytes
    return 0
  }

  /** Bytes of today (UTC). */
  bytesToday(now: number): number {
    this.turn(now)
    return this.bytes
  }

  /** Goes on with what a process before this one counted. */
  resume(bytes: number, at: number, now: number): void {
    this.turn(now)
    if (Math.floor(at / day) === this.today) this.bytes += bytes
  }

  private turn(now: number): void {
    const today = Math.floor(now / day)
    if (today !== this.today) this.bytes = 0
    this.today = today
    const rate = this.quota.eventsPerSecond
    if (rate === undefined) return
    const most = rate * (window / 1000)
    this.room = this.filled === 0 ? most : Math.min(most, this.room + (Math.max(0, now - this.filled) * rate) / 1000)
    this.filled = now
  }
}
