// How far a feed has been looked through: the time from which the next look begins, and the items taken since then.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Window } from './feed.ts'

const Position = z.strictObject({
  /** The next look asks from here. */
  start: z.number(),
  /** Items taken that a look from `start` would show again: for each window its end and the short ids of its items, one after another. */
  taken: z.array(z.strictObject({ to: z.number(), ids: z.string() })),
})

/** 60 bits of an id; that two of a million are the same happens once in two million feeds. */
const shortLength = 10
const short = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, shortLength)

/** The position of one feed. Its text is the mark in the spool. */
export class Looked {
  private start: number
  private generations: { to: number; ids: Set<string> }[]

  constructor(text: string | undefined, begin: number) {
    const known = text === undefined ? undefined : Position.safeParse(JSON.parse(text)).data
    this.start = known?.start ?? begin
    this.generations = (known?.taken ?? []).map(({ to, ids }) => ({ to, ids: new Set(ids.match(/.{10}/gs)) }))
  }

  /** What to ask for next. */
  window(now: number, longest: number, reach: number): Window {
    const from = Math.max(this.start, now - reach)
    return { from, to: Math.min(now, from + longest) }
  }

  isTaken(id: string): boolean {
    const key = short(id)
    return this.generations.some(({ ids }) => ids.has(key))
  }

  /** The mark that goes with these items of a window. */
  take(ids: readonly string[], { to }: Window): string {
    let generation = this.generations.find((one) => one.to === to)
    if (!generation) this.generations.push((generation = { to, ids: new Set() }))
    for (const id of ids) generation.ids.add(short(id))
    return this.text()
  }

  /** The window was looked through to its end. */
  finish({ to }: Window, late: number): void {
    this.start = Math.max(this.start, to - late)
    this.generations = this.generations.filter((one) => one.to >= this.start)
  }

  text(): string {
    const taken = this.generations.map(({ to, ids }) => ({ to, ids: [...ids].join('') }))
    return JSON.stringify({ start: this.start, taken })
  }
}
