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
  /** Looks at one event. Never throws. */
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

interface Held<Group> {
  readonly group: Group
  bytes: number
  place: number
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
  /** In the order of use: the first is forgotten first. */
  private groups = new Map<string, Held<Group>>()
  private bytes = 0
  private book = noBook()
  private isBookNew = false
  private changed = new Set<string>()
  private touched: string[] = []

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

  look(key: string): Group | undefined {
    return this.groups.get(key)?.group
  }

  at(key: string, make: () => Group): Group {
    const held = this.groups.get(key) ?? { group: make(), bytes: 0, place: 0 }
    this.groups.delete(key)
    this.groups.set(key, held)
    held.place = ++this.book.place
    this.touched.push(key)
    return held.group
  }

  see(facts: Facts): Found | undefined {
    if (facts.day > this.book.lastDay) this.begin(facts)
    const found = this.detector.see(facts, this, this.settings)
    if (this.touched.length > 0) this.settle()
    if (!found || !this.learnt) return undefined
    this.book.alerts++
    return found
  }

  /** A new day: any event counts, since nothing rare in it is something learnt too. */
  private begin({ day: today, time }: Facts): void {
    const { book } = this
    if (book.first < 0) book.first = time
    book.lastDay = today
    book.days++
    this.isBookNew = true
  }

  /** After an event that changed something: the bytes, and what has to go. */
  private settle(): void {
    this.isBookNew = true
    for (const key of this.touched) {
      const held = this.groups.get(key)
      if (!held) continue
      const bytes = overhead + 2 * key.length + this.detector.shape.bytes(held.group)
      this.bytes += bytes - held.bytes
      held.bytes = bytes
      this.changed.add(key)
    }
    this.touched.length = 0
    if (this.bytes > this.settings.bytes) this.shed()
  }

  private shed(): void {
    for (const [key, held] of this.groups) {
      if (this.bytes <= this.settings.bytes) return
      this.groups.delete(key)
      this.bytes -= held.bytes
      this.book.shed++
      this.changed.add(key)
    }
  }

  changes(): { groups: GroupRow[]; book: Book | undefined } {
    const groups = [...this.changed].map((key): GroupRow => {
      const held = this.groups.get(key)
      return held
        ? { key, place: held.place, body: JSON.stringify(this.detector.shape.write(held.group)) }
        : { key, place: 0, body: null }
    })
    const book = this.isBookNew ? { ...this.book } : undefined
    this.changed.clear()
    this.isBookNew = false
    return { groups, book }
  }

  load(rows: readonly GroupRow[], book: Book | undefined): void {
    this.groups = new Map()
    this.changed = new Set()
    this.bytes = 0
    this.isBookNew = false
    this.book = book ? { ...book } : noBook()
    for (const { key, place, body } of rows) {
      const group = this.readable(body)
      if (group === undefined) {
        this.book.shed++
        this.isBookNew = true
        this.changed.add(key)
        continue
      }
      const bytes = overhead + 2 * key.length + this.detector.shape.bytes(group)
      this.groups.set(key, { group, bytes, place })
      this.bytes += bytes
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
    return [...this.groups.keys()]
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
