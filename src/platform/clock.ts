// The real clock and real randomness; everything else takes them as arguments.
import { randomBytes } from 'node:crypto'
import type { Clock, Random } from '#kernel'

/** The machine's clock, in milliseconds since 1970, UTC. */
export const systemClock: Clock = { now: () => Date.now() }

/** Randomness fit for secrets and ids, from the operating system. */
export const systemRandom: Random = { bytes: (count) => randomBytes(count) }
