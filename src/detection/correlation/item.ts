// Matches → entries of groups: which correlations a match feeds, under which key, with which value.
import type { Event, Fields } from '#telemetry'
import { entitiesOf } from '../alerts.ts'
import { fold } from '../sigma/fold.ts'
import { fieldOf, textsOf } from '../sigma/tests.ts'
import { numberOf } from '../sigma/numbers.ts'
import type { CompiledCorrelation, Entry, Facts, Finding, Item, Part } from './types.ts'

/** Which correlations each rule feeds. */
export type Feeds = ReadonlyMap<string, readonly { readonly correlation: CompiledCorrelation; readonly part: number }[]>

export function feedsOf(correlations: readonly CompiledCorrelation[]): Feeds {
  const feeds = new Map<string, { correlation: CompiledCorrelation; part: number }[]>()
  for (const correlation of correlations)
    correlation.parts.forEach(({ rule }, part) => {
      feeds.set(rule, [...(feeds.get(rule) ?? []), { correlation, part }])
    })
  return feeds
}

/** Longest value that tells groups apart, in characters. */
const longestValue = 300
const mostValues = 100
const longestMessage = 200

/** Columns that group-by may name where a source has no field of the name. */
const columns = {
  host: (event: Event) => event.host,
  user: (event: Event) => event.user,
  target_user: (event: Event) => event.target_user,
  src_ip: (event: Event) => event.src_ip,
  src_host: (event: Event) => event.src_host,
  dst_ip: (event: Event) => event.dst_ip,
  dst_host: (event: Event) => event.dst_host,
  dst_port: (event: Event) => event.dst_port?.toString(),
  domain: (event: Event) => event.domain,
  process: (event: Event) => event.process,
  source: (event: Event) => event.source,
  asset: (event: Event) => event.asset,
} as const
const isColumn = (name: string): name is keyof typeof columns => Object.hasOwn(columns, name)

/** How the store finds what `lookupIn` finds. */
export const standsFor = (field: string): { readonly field: string; readonly column?: string } => ({
  field,
  ...(isColumn(field) ? { column: field } : {}),
})

type Lookup = (field: string) => readonly string[]
const lookupIn =
  (event: Event): Lookup =>
  (field) => {
    const texts = textsOf(fieldOf(event.fields, field))
    if (texts.length > 0) return texts
    const column = isColumn(field) ? columns[field](event) : undefined
    return column === undefined || column === '' ? [] : [column]
  }

/** What a match gives to the correlations it feeds; `missed` are those for which the event lacks a field. */
export function itemsOf(rule: string, event: Event, feeds: Feeds): { items: Item[]; missed: string[] } {
  const found: { items: Item[]; missed: string[] } = { items: [], missed: [] }
  const fed = feeds.get(rule)
  if (!fed) return found
  const facts = factsOf(event)
  for (const { correlation, part } of fed) {
    const own = { time: event.time, event: event.id, part, facts }
    const items = itemsFor(correlation, part, { own, look: lookupIn(event) })
    found.items.push(...items)
    if (items.length === 0) found.missed.push(correlation.id)
  }
  return found
}

interface Given {
  readonly own: Omit<Entry, 'value'>
  readonly look: Lookup
}

function itemsFor(correlation: CompiledCorrelation, number: number, { own, look }: Given): Item[] {
  const part = correlation.parts[number]
  if (!part) return []
  const group = part.group.map((field) => look(field).join(', ').slice(0, longestValue))
  if (group.some((value) => value === '')) return []
  const key = JSON.stringify(group.map(fold))
  return valuesOf(correlation, part, look).map((value) => ({
    correlation: correlation.id,
    key,
    group,
    entry: { ...own, value },
  }))
}

/** The values that count: every member of a list, texts without difference of case, several fields as one tuple. */
function valuesOf({ type }: CompiledCorrelation, { values }: Part, look: Lookup): (string | number)[] {
  if (values.length === 0) return ['']
  const of = values.map(look)
  if (of.some((texts) => texts.length === 0)) return []
  if (type !== 'value_count') {
    const numbers = (of[0] ?? []).map((text) => Number(numberOf(text) ?? Number.NaN))
    return numbers.filter(Number.isFinite).slice(0, mostValues)
  }
  const tuples = of.length === 1 ? (of[0] ?? []).map(fold) : [JSON.stringify(of.map((texts) => texts.map(fold)))]
  return [...new Set(tuples.map((text) => text.slice(0, 4 * longestValue)))].slice(0, mostValues)
}

/** A finding as an entry of a correlation that has its correlation as a part: its group's values are its fields. */
export function carried(finding: Finding, outer: CompiledCorrelation, part: number): Item[] {
  const { correlation, group, time, entries } = finding
  const fields: Fields = Object.fromEntries(correlation.groupBy.map((name, at) => [name, group[at] ?? '']))
  const facts = entries.findLast((entry) => entry.facts)?.facts
  if (entries.length === 0) return []
  const events = eventsOf(entries)
  // A finding is an event of its own, told apart by what it found and when.
  const event = JSON.stringify([correlation.id, finding.key, time])
  const own = { time, event, part, events, ...(facts && { facts }) }
  return itemsFor(outer, part, { own, look: (field) => textsOf(fieldOf(fields, field)) })
}

const mostEvents = 100
/** The events behind entries, each once, the oldest first, at most the newest 100. */
export const eventsOf = (entries: readonly Entry[]): string[] =>
  [...new Set(entries.slice(-mostEvents).flatMap(({ event, events }) => events ?? [event]))].slice(-mostEvents)

function factsOf(event: Event): Facts {
  const { processes, addresses } = entitiesOf(event)
  return {
    source: event.source,
    activity: event.activity,
    message: event.message.slice(0, longestMessage),
    host: (event.host ?? '').slice(0, longestValue),
    user: (event.user ?? '').slice(0, longestValue),
    asset: event.asset ?? '',
    processes: processes.map((process) => process.slice(0, longestValue)),
    addresses,
  }
}
