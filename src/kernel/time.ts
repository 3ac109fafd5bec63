// Time and randomness are handed in, so that every computation can be repeated.

/** Where "now" comes from. Milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number
}

/** Where randomness comes from. Real use is cryptographic; tests hand in a seeded one. */
export interface Random {
  bytes(count: number): Uint8Array
}

/** A clock that stands still until moved: for tests and for replaying recorded events. */
export function fixedClock(start: number): Clock & { advance(milliseconds: number): void } {
  let now = start
  return { now: () => now, advance: (milliseconds) => void (now += milliseconds) }
}

/** Repeatable randomness (mulberry32). Never for secrets. */
export function seededRandom(seed: number): Random & { next(): number } {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return { next, bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256)) }
}

/** Milliseconds as `2026-01-31T12:00:00.000Z`. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()
