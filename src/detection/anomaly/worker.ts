// A detector at work: its groups in memory in the order of their use, bounded in bytes, with what changed since the last commit.
import { z } from 'zod'
import type { Facts } from './facts.ts'
import { day } from './numbers.ts'
import type { Access, Detector, DetectorView, Found, Parameters, Settings } from './types.ts'

/** One group as it is written down; null is one that was forgotten. */
export interface GroupRow {
  readonly key: string
  readonly place: number
  readonly body: string | null
}
/** What a detector knows beside its groups. */
export const Book = z.strictObject({
  /** Days with events so far, the day of the last, and when the first came. */
  days: z.number(),
  lastDay: z.number(),
  first: z.number(),
  shed: z.number(),
  alerts: z.number(),
  /** Uses counted: the order in which groups are forgotten. */
  place: z.number(),
})
export type Book = z.output<typeof Book>

export interface WorkerView {
  readonly settings: Readonly<Record<string, number>>
  readonly groups: number
  readonly bytes: number
  readonly book: Book
}

/** A detector with its memory, whatever it remembers. */
export interface Worker {
  readonly detector: Omit<Detector<never>, 'shape' | 'see' | 'parameters'> & { readonly parameters: Parameters }
  readonly on: boolean
  /** The last day it has seen; -1 before the first. */
  readonly lastDay: number
  /** Counts a day that it has not seen yet. Any event counts, since nothing rare in it is something learnt too. */
  begin(facts: Facts): void
  /** Looks at one event, of a day that has begun. Never throws. */
  see(facts: Facts): Found | undefined
  /** What changed since it was asked last, each group once. */
  changes(): { groups: GroupRow[]; book: Book | undefined }
  /** Takes the memory as it was written down, in place of what it has; rows in the order of their place. */
  load(rows: readonly GroupRow[], book: Book | undefined): void
  view(): WorkerView
  /** A group as it is written down. */
  body(key: string): unknown
  /** Keys of the groups, those used last at the end. */
  keys(): string[]
}

/** Parameters that every detector has. */
export const common = {
  on: { value: 1, does: '0 switches it off' },
  learnDays: { value: 0, does: 'days with events that it learns from before it speaks' },
  bytes: { value: 16_777_216, does: 'bytes of memory for its groups; those unused longest are forgotten first' },
} as const satisfies Parameters

const noBook = (): Book => ({ days: 0, lastDay: -1, first: -1, shed: 0, alerts: 0, place: 0 })
const overhead = 120

/** A group in memory, between those used before and after it. */
interface Held<Group> {
  readonly key: string
  readonly group: Group
  bytes: number
  place: number
  older: Held<Group> | undefined
  newer: Held<Group> | undefined
  /** Used by the event at hand; changed since the last commit. */
  isTouched: boolean
  isChanged: boolean
}
const heldOf = <Group>(key: string, group: Group): Held<Group> => ({
  key,
  group,
  bytes: 0,
  place: 0,
  older: undefined,
  newer: undefined,
  isTouched: false,
  isChanged: false,
})

/** Groups by key and in the order of their use; using one costs no hashing and no new entry. */
class Order<Group> {
  private readonly byKey = new Map<string, Held<Group>>()
  private newest: Held<Group> | undefined
  oldest: Held<Group> | undefined

  get size(): number {
    return this.byKey.size
  }
  get(key: string): Held<Group> | undefined {
    return this.byKey.get(key)
  }
  keys(): string[] {
    return [...this.byKey.keys()]
  }
  add(held: Held<Group>): void {
    this.byKey.set(held.key, held)
    this.append(held)
  }
  use(held: Held<Group>): void {
    if (held === this.newest) return
    this.unlink(held)
    this.append(held)
  }
  remove(held: Held<Group>): void {
    this.byKey.delete(held.key)
    this.unlink(held)
  }
  private append(held: Held<Group>): void {
    held.older = this.newest
    held.newer = undefined
    if (this.newest) this.newest.newer = held
    else this.oldest = held
    this.newest = held
  }
  private unlink(held: Held<Group>): void {
    if (held.older) held.older.newer = held.newer
    else this.oldest = held.newer
    if (held.newer) held.newer.older = held.older
    else this.newest = held.older
  }
}

/** Puts a detector to work. `settings` has a number for each of its parameters and the common ones. */
export function workerOf<Group, P extends Parameters>(
  detector: Detector<Group, P>,
  settings: Settings<P> & Settings<typeof common>,
): Worker {
  return new DetectorWorker(detector, settings)
}

class DetectorWorker<Group, P extends Parameters> implements Worker, Access<Group> {
  readonly detector: Detector<Group, P>
  private readonly settings: Settings<P> & Settings<typeof common>
  private groups = new Order<Group>()
  private bytes = 0
  private book = noBook()
  private isBookNew = false
  private changed: Held<Group>[] = []
  /** Keys of groups that were forgotten. */
  private gone = new Set<string>()
  private readonly touched: Held<Group>[] = []

  constructor(detector: Detector<Group, P>, settings: Settings<P> & Settings<typeof common>) {
    this.detector = detector
    this.settings = settings
  }

  get on(): boolean {
    return this.settings.on !== 0
  }
  get learntDays(): number {
    return Math.max(0, this.book.days - 1)
  }
  get learnt(): boolean {
    return this.learntDays >= this.settings.learnDays
  }

  get lastDay(): number {
    return this.book.lastDay
  }

  look(key: string): Group | undefined {
    return this.groups.get(key)?.group
  }

  at(key: string, make: () => Group): Group {
    let held = this.groups.get(key)
    if (held) this.groups.use(held)
    else {
      held = heldOf(key, make())
      this.groups.add(held)
    }
    held.place = ++this.book.place
    if (!held.isTouched) {
      held.isTouched = true
      this.touched.push(held)
    }
    return held.group
  }

  see(facts: Facts): Found | undefined {
    const found = this.detector.see(facts, this, this.settings)
    if (this.touched.length > 0) this.settle()
    if (!found || !this.learnt) return undefined
    this.book.alerts++
    return found
  }

  begin({ day: today, time }: Facts): void {
    const { book } = this
    if (today <= book.lastDay) return
    if (book.first < 0) book.first = time
    book.lastDay = today
    book.days++
    this.isBookNew = true
  }

  /** After an event that changed something: the bytes, and what has to go. */
  private settle(): void {
    this.isBookNew = true
    for (const held of this.touched) {
      const bytes = this.sizeOf(held)
      this.bytes += bytes - held.bytes
      held.bytes = bytes
      held.isTouched = false
      if (held.isChanged) continue
      held.isChanged = true
      this.changed.push(held)
    }
    this.touched.length = 0
    if (this.bytes > this.settings.bytes) this.shed()
  }

  private sizeOf({ key, group }: Held<Group>): number {
    return overhead + 2 * key.length + this.detector.shape.bytes(group)
  }

  private shed(): void {
    while (this.bytes > this.settings.bytes && this.groups.oldest) {
      const held = this.groups.oldest
      this.groups.remove(held)
      this.bytes -= held.bytes
      this.book.shed++
      this.gone.add(held.key)
    }
  }

  changes(): { groups: GroupRow[]; book: Book | undefined } {
    const groups: GroupRow[] = []
    for (const key of this.gone) if (!this.groups.get(key)) groups.push({ key, place: 0, body: null })
    for (const held of this.changed) {
      held.isChanged = false
      // One that was forgotten meanwhile, and perhaps began anew, is not the one at hand.
      if (this.groups.get(held.key) === held)
        groups.push({
          key: held.key,
          place: held.place,
          body: JSON.stringify(this.detector.shape.write(held.group)),
        })
    }
    const book = this.isBookNew ? { ...this.book } : undefined
    this.changed = []
    this.gone.clear()
    this.isBookNew = false
    return { groups, book }
  }

  load(rows: readonly GroupRow[], book: Book | undefined): void {
    this.groups = new Order()
    this.changed = []
    this.gone = new Set()
    this.bytes = 0
    this.isBookNew = false
    this.book = book ? { ...book } : noBook()
    for (const { key, place, body } of rows) {
      const group = this.readable(body)
      if (group === undefined) {
        this.book.shed++
        this.isBookNew = true
        this.gone.add(key)
        continue
      }
      const held = heldOf(key, group)
      held.place = place
      held.bytes = this.sizeOf(held)
      this.groups.add(held)
      this.bytes += held.bytes
    }
  }

  /** What no version of this shape wrote is forgotten, and counted: a baseline is not worth a server that does not start. */
  private readable(body: string | null): Group | undefined {
    try {
      return this.detector.shape.read(JSON.parse(body ?? 'null'))
    } catch {
      return undefined
    }
  }

  view(): WorkerView {
    return { settings: this.settings, groups: this.groups.size, bytes: this.bytes, book: this.book }
  }
  keys(): string[] {
    return this.groups.keys()
  }
  body(key: string): unknown {
    const held = this.groups.get(key)
    return held && this.detector.shape.write(held.group)
  }
}

const stateOf = (worker: Worker, { book, settings }: WorkerView): DetectorView['state'] => {
  if (!worker.on) return 'off'
  if (book.days === 0) return 'waiting'
  return book.days - 1 >= (settings['learnDays'] ?? 0) ? 'running' : 'learning'
}

/** How a detector stands, for people. */
export function viewOf(worker: Worker): DetectorView {
  const { id, name, title, does, level, techniques, learnDays, parameters } = worker.detector
  const view = worker.view()
  const { book, settings } = view
  const needs = settings['learnDays'] ?? learnDays
  const state = stateOf(worker, view)
  return {
    name,
    rule: id,
    title,
    does,
    level,
    techniques: [...techniques],
    on: worker.on,
    state,
    learntDays: Math.max(0, book.days - 1),
    learnDays: needs,
    learningUntil: state === 'learning' ? (book.lastDay + 1 + needs - (book.days - 1)) * day : null,
    groups: view.groups,
    bytes: view.bytes,
    mostBytes: settings['bytes'] ?? 0,
    shed: book.shed,
    alerts: book.alerts,
    parameters: Object.entries({ ...parameters, learnDays: { ...common.learnDays, value: learnDays } }).map(
      ([key, one]) => ({ name: key, value: settings[key] ?? one.value, standard: one.value, does: one.does }),
    ),
  }
}
