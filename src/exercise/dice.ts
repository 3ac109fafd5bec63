// Repeatable chance: dice named by labels, so that each actor and hour throws its own, whatever else was thrown before.
import { seededRandom } from '#kernel'

export interface Dice {
  /** Between 0 and 1, 1 not included. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly [T, ...T[]]): T
  /** How many of something rare happen when `mean` are expected. */
  count(mean: number): number
  /** So many hexadecimal digits. */
  hex(digits: number): string
}

/** 32 bits of the labels (FNV-1a with a final mix). */
export function hashOf(...labels: readonly (string | number)[]): number {
  const text = labels.join('|')
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** So many hexadecimal digits that belong to the labels: a stable hash, machine id or token. */
export function hexOf(digits: number, ...labels: readonly (string | number)[]): string {
  let text = ''
  for (let i = 0; text.length < digits; i++)
    text += hashOf(...labels, i)
      .toString(16)
      .padStart(8, '0')
  return text.slice(0, digits)
}

/** Knuth's count for small means; the normal curve, rounded, for large ones. */
function poisson(mean: number, next: () => number): number {
  if (mean > 40) {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  const limit = Math.exp(-mean)
  let n = 0
  for (let product = next(); product > limit; product *= next()) n++
  return n
}

/** Dice that belong to these labels: the same labels always throw the same. */
export function diceOf(...labels: readonly (string | number)[]): Dice {
  const random = seededRandom(hashOf(...labels))
  const next = (): number => random.next()
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    count: (mean) => poisson(mean, next),
    hex(digits) {
      let text = ''
      while (text.length < digits)
        text += Math.floor(next() * 0x100000000)
          .toString(16)
          .padStart(8, '0')
      return text.slice(0, digits)
    },
  }
}
