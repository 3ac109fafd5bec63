// How far a source of objects has come: what was read to its end within the last hour of changes, and the object at hand.
import { z } from 'zod'
import { crc32 } from '../../evtx/crc32.ts'
import type { Listed } from './place.ts'

/** Stores show objects late and out of order: those that changed within this time of the newest are remembered one by one. */
export const lateMilliseconds = 3_600_000
const mostRemembered = 20_000

const Position = z.strictObject({
  /** The newest change that was read. */
  newest: z.number(),
  /** Objects read, as `crc-modified` in base 36. */
  done: z.array(z.string()),
  /** The object that was begun, and how many of its records were taken. */
  begun: z.strictObject({ object: z.string(), taken: z.number() }).nullable(),
})
type Position = z.output<typeof Position>

const nameOf = ({ key, modified }: Listed): string => {
  const bytes = Buffer.from(key)
  return `${crc32(bytes, 0, bytes.length).toString(36)}-${modified.toString(36)}`
}
const modifiedOf = (name: string): number => Number.parseInt(name.slice(name.indexOf('-') + 1), 36)

/** The progress of one source; its text is the mark in the spool. */
export class Progress {
  private readonly done: Set<string>
  private newest: number
  private begun: Position['begun']

  constructor(text: string | undefined) {
    const known = text === undefined ? undefined : Position.safeParse(JSON.parse(text)).data
    this.done = new Set(known?.done)
    this.newest = known?.newest ?? 0
    this.begun = known?.begun ?? null
  }

  /** Objects that changed before this need not be listed. */
  get since(): number {
    return Math.max(0, this.newest - lateMilliseconds)
  }

  isDone(object: Listed): boolean {
    return object.modified < this.since || this.done.has(nameOf(object))
  }

  /** Records of this object that are on the disk already. */
  taken(object: Listed): number {
    return this.begun?.object === nameOf(object) ? this.begun.taken : 0
  }

  /** The mark that goes with the next records: so many of this object taken then, or all of them. */
  mark(object: Listed, taken: number, isWhole: boolean): string {
    const name = nameOf(object)
    this.begun = isWhole ? null : { object: name, taken }
    if (isWhole) this.finish(object, name)
    const position: Position = { newest: this.newest, done: [...this.done], begun: this.begun }
    return JSON.stringify(position)
  }

  private finish({ modified }: Listed, name: string): void {
    this.done.add(name)
    this.newest = Math.max(this.newest, modified)
    for (const old of this.done)
      if (modifiedOf(old) < this.since || this.done.size > mostRemembered) this.done.delete(old)
  }
}
