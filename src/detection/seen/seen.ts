// What telemetry has shown so far: log sources, when each was seen last, and the fields of their events.
import type { Event, LogSource } from '#telemetry'
import { concerns } from '../index/group.ts'
import type { RuleSource } from '../sigma/rule.ts'

/** A log source that sent events. Times in milliseconds UTC, of the events. */
export interface SeenSource {
  readonly key: string
  readonly logsource: LogSource
  readonly first: number
  readonly last: number
  readonly fields: ReadonlySet<string>
  /** It has more fields than are kept, so that of a field it cannot be said that it was never seen. */
  readonly full: boolean
}

/** What some events add to what is known. */
export interface SeenChange {
  readonly sources: readonly Omit<SeenSource, 'fields'>[]
  readonly fields: readonly { readonly key: string; readonly field: string; readonly first: number }[]
}

export const seenLimits = { sources: 2_000, fields: 2_000, nameLength: 200 } as const
/** The time of the last event is written down again after this long, not for each batch. */
const writeEvery = 60_000

const keyOf = ({ product = '', service = '', categories }: LogSource): string =>
  `${product}\n${service}\n${categories.join('\n')}`
/** The same without making keys: each event asks. */
const isSame = (a: LogSource, b: LogSource): boolean =>
  a === b ||
  ((a.product ?? '') === (b.product ?? '') &&
    (a.service ?? '') === (b.service ?? '') &&
    a.categories.length === b.categories.length &&
    a.categories.every((category, at) => category === b.categories[at]))

/** All fields are looked at in so many events of a source, then in one of so many. */
const wellKnown = 2_000
const oneOf = 8

/** So many sources in a batch are looked through one by one. */
const fewSources = 20

interface Gathering {
  readonly key: string
  looked: number
  first: number
  last: number
  logsource: LogSource
  fields: Map<string, number>
}

function widened(gathering: Gathering, time: number): Gathering {
  if (time > gathering.last) gathering.last = time
  if (time < gathering.first) gathering.first = time
  return gathering
}

/** Log sources and fields seen so far. Nothing is learnt before `learn`: a batch that is rolled back leaves nothing. */
export class Seen {
  /** Events of each source whose fields were looked at since the start. */
  private readonly looked = new Map<string, number>()
  private readonly known = new Map<string, SeenSource & { readonly fields: Set<string> }>()

  /** Grows whenever a source or a field is seen for the first time: what rests on them is worked out anew only then. */
  version = 0

  get sources(): readonly SeenSource[] {
    return [...this.known.values()]
  }

  /** What these events add; empty most of the time. */
  changesOf(events: readonly Event[]): SeenChange {
    const byKey = new Map<string, Gathering>()
    for (const event of events) {
      const gathering = this.gather(event.logsource, byKey, event.time)
      if (!gathering || (gathering.looked > wellKnown && event.seq % oneOf !== 0)) continue
      gathering.looked++
      const known = this.known.get(gathering.key)?.fields
      for (const name in event.fields)
        if (known?.has(name) !== true && !gathering.fields.has(name)) gathering.fields.set(name, event.time)
    }
    return this.changed([...byKey.values()])
  }

  /** Several changes as one, none taking more room than there is. */
  together(changes: readonly SeenChange[]): SeenChange {
    const fields = this.fieldsOf(changes)
    const sources = new Map<string, SeenChange['sources'][number]>()
    for (const source of changes.flatMap((one) => one.sources)) {
      const { key } = source
      const before = sources.get(key) ?? this.known.get(key)
      if (!before && this.known.size + sources.size >= seenLimits.sources) continue
      const full = source.full || before?.full === true || (fields.get(key)?.size ?? 0) > this.roomIn(key)
      const first = Math.min(source.first, before?.first ?? source.first)
      const last = Math.max(source.last, before?.last ?? source.last)
      sources.set(key, { key, logsource: source.logsource, first, last, full })
    }
    return {
      sources: [...sources.values()],
      fields: [...fields].flatMap(([key, found]) =>
        [...found].slice(0, sources.has(key) ? this.roomIn(key) : 0).map(([field, first]) => ({ key, field, first })),
      ),
    }
  }

  /** New fields of each source, and when each came first. */
  private fieldsOf(changes: readonly SeenChange[]): Map<string, Map<string, number>> {
    const fields = new Map<string, Map<string, number>>()
    for (const { key, field, first } of changes.flatMap((one) => one.fields)) {
      if (this.known.get(key)?.fields.has(field) === true) continue
      const mine = fields.get(key) ?? new Map<string, number>()
      fields.set(key, mine.set(field, Math.min(first, mine.get(field) ?? first)))
    }
    return fields
  }
  private roomIn(key: string): number {
    return Math.max(0, seenLimits.fields - (this.known.get(key)?.fields.size ?? 0))
  }

  /** Takes what was found, once it is kept. */
  learn({ sources, fields }: SeenChange): void {
    if (fields.length > 0) this.version++
    for (const source of sources) {
      const before = this.known.get(source.key)
      if (before?.full !== source.full) this.version++
      this.known.set(source.key, { ...source, fields: before?.fields ?? new Set() })
    }
    for (const { key, field } of fields) this.known.get(key)?.fields.add(field)
  }

  private gather(logsource: LogSource, byKey: Map<string, Gathering>, time: number): Gathering | undefined {
    if (byKey.size <= fewSources)
      for (const one of byKey.values()) if (isSame(one.logsource, logsource)) return widened(one, time)
    const key = keyOf(logsource)
    const found = byKey.get(key)
    if (found) return widened(found, time)
    if (!this.known.has(key) && this.known.size + byKey.size >= seenLimits.sources) return undefined
    const looked = this.looked.get(key) ?? 0
    const made = { key, looked, first: time, last: time, logsource, fields: new Map<string, number>() }
    byKey.set(key, made)
    return made
  }

  private changed(all: readonly Gathering[]): SeenChange {
    const changes = all.flatMap((one) => {
      const { key } = one
      this.looked.set(key, one.looked)
      const before = this.known.get(key)
      const room = seenLimits.fields - (before?.fields.size ?? 0)
      const fresh = before?.full ? [] : [...one.fields].filter(([name]) => name.length <= seenLimits.nameLength)
      const full = before?.full === true || fresh.length > room
      const last = Math.max(one.last, before?.last ?? one.last)
      const quiet = before && before.full === full && fresh.length === 0 && last < before.last + writeEvery
      if (quiet) return []
      const first = Math.min(one.first, before?.first ?? one.first)
      const source = { key, logsource: one.logsource, first, last, full }
      return [{ source, fields: fresh.slice(0, room).map(([field, at]) => ({ key, field, first: at })) }]
    })
    return { sources: changes.map(({ source }) => source), fields: changes.flatMap(({ fields }) => fields) }
  }
}

/** The sources whose events a rule meets. */
export const seenBy = (rule: RuleSource, sources: readonly SeenSource[]): SeenSource[] =>
  sources.filter(({ logsource }) => concerns(rule, logsource))

/** Fields seen in the sources of a rule; nothing when none was seen, or one has too many to know. */
export function fieldsSeen(rule: RuleSource, sources: readonly SeenSource[]): ReadonlySet<string> | undefined {
  const mine = seenBy(rule, sources)
  if (mine.length === 0 || mine.some(({ full }) => full)) return undefined
  return new Set(mine.flatMap(({ fields }) => [...fields]))
}
