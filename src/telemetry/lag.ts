// How late events come: time of receipt less time of the event, of the last thousand.

const kept = 1_024

/** Keeps the last lags and says their middle and their 95th percentile. */
export class LagMeter {
  private readonly lags = new Float64Array(kept)
  private count = 0

  /** Milliseconds; negative when the sender's clock is ahead. */
  add(lag: number): void {
    this.lags[this.count++ % kept] = lag
  }

  get view(): { readonly lagMiddle: number | null; readonly lagMost: number | null } {
    const size = Math.min(this.count, kept)
    if (size === 0) return { lagMiddle: null, lagMost: null }
    const sorted = this.lags.slice(0, size).sort()
    const at = (share: number): number => sorted[Math.min(size - 1, Math.floor(size * share))] ?? 0
    return { lagMiddle: at(0.5), lagMost: at(0.95) }
  }
}
