// Problems found in a ledger's files, each with its place.
import type { Problem } from './types.ts'

/** More would be the same thing said again. */
const mostShown = 100

/** Collects problems; those beyond the hundredth are counted only. */
export class Findings {
  private readonly shown: Problem[] = []
  private more = 0

  add(at: string, text: string): void {
    if (this.shown.length < mostShown) this.shown.push({ at, text })
    else this.more += 1
  }

  get problems(): Problem[] {
    return this.more === 0 ? this.shown : [...this.shown, { at: 'and more', text: `${this.more} problems not shown` }]
  }
}

/** `entries.jsonl:5 (byte 1204)`: line from 1, offset from 0. */
export const placeOf = (file: string, line: number, offset: number): string => `${file}:${line} (byte ${offset})`

/** Offset of the first byte in which two texts differ. */
export function firstDifference(a: string, b: string): number {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  const at = left.findIndex((byte, index) => byte !== right[index])
  return at < 0 ? left.length : at
}
