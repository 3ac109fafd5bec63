// A Sigma rule drafted from events that somebody chose: what they share, as far as it is worth asking for. It matches each of them.
import { Fault, isoTime, type Random } from '#kernel'
import type { EventView } from '#telemetry'
import { compileRule } from '../compile.ts'
import { createEngine } from '../engine.ts'
import { parseSigma } from '../sigma/parse.ts'
import { isCommand, rankOf, worthOf } from './fields.ts'
import { commonWords, type DraftItem, itemOf } from './items.ts'
import { type DraftRule, draftText } from './text.ts'

/** What drafting reads of an event. */
export type Chosen = Pick<
  EventView,
  'time' | 'activity' | 'severity_id' | 'product' | 'service' | 'categories' | 'fields' | 'raw'
>
export interface Drafted {
  readonly yaml: string
  readonly title: string
  /** Fields asked for. */
  readonly fields: string[]
  /** Fields that the events share too, left out because they name a place or change from one event to the next. */
  readonly left: string[]
}

const mostTelling = 5
const mostPlain = 3
const shortestKeyword = 4

/** Drafts a rule. Throws Fault INPUT_INVALID when the events have no log source or nothing else in common. */
export function draftRule(events: readonly Chosen[], { at, random }: { at: number; random: Random }): Drafted {
  const source = sourceOf(events)
  const hasCategory = source.some(([name]) => name === 'category')
  const head = { ...headOf(events, at), id: uuidOf(random), source }
  const holds = (items: readonly DraftItem[], keywords: readonly string[]): boolean =>
    isMatch(draftText({ ...head, title: 't', remarks: [], items, keywords }), events)
  const shared = sharedFields(events)
  const of = (worth: string): DraftItem[] =>
    shared
      .filter(({ name }) => worthOf(name) === worth && rankOf(name, hasCategory) < Number.POSITIVE_INFINITY)
      .sort((a, b) => rankOf(a.name, hasCategory) - rankOf(b.name, hasCategory))
      .flatMap(({ name, values }) => itemOf(name, values) ?? [])
      .filter((item) => holds([item], []))
  const telling = of('telling').slice(0, mostTelling)
  const isEnough = telling.some(({ field }) => field !== 'EventID')
  const items = isEnough ? telling : [...telling, ...of('plain').slice(0, mostPlain)]
  const words = commonWords(
    events.map(({ raw }) => raw),
    shortestKeyword,
  ).filter((word) => holds([], [word]))
  const keywords = items.length === 0 ? words : []
  if (items.length === 0 && keywords.length === 0)
    throw new Fault(
      'INPUT_INVALID',
      'events: they share nothing that a rule could ask for; choose fewer, or of one kind',
    )
  return finished({ ...head, items, keywords }, events, shared)
}

type Head = Omit<DraftRule, 'items' | 'keywords' | 'remarks' | 'title' | 'id' | 'source'>

function headOf(events: readonly Chosen[], at: number): Head {
  const worst = Math.max(...events.map(({ severity_id }) => (severity_id > 6 ? 0 : severity_id)))
  return {
    date: isoTime(at).slice(0, 10),
    level: worst >= 4 ? 'high' : 'medium',
    description: `Drafted from ${events.length} ${events.length === 1 ? 'event' : 'events'}; say here what it means when it matches.`,
  }
}

function finished(
  rule: Omit<DraftRule, 'remarks' | 'title'>,
  events: readonly Chosen[],
  shared: readonly Shared[],
): Drafted {
  const asked = rule.items.map(({ field }) => field)
  const left = shared
    .filter(({ name, values }) => !asked.includes(name) && worthOf(name) === 'place' && new Set(values).size === 1)
    .map(({ name }) => name)
    .sort()
  const times = events.map(({ time }) => time)
  const [first, last] = [isoTime(Math.min(...times)), isoTime(Math.max(...times))]
  const activities = [...new Set(events.map(({ activity }) => activity).filter(Boolean))]
  const what = rule.items.find(({ field }) => !isCommand(field) && field !== 'EventID')?.values[0] ?? rule.keywords[0]
  const title = [activities.slice(0, 2).join(' or '), what?.replace(/^[\\/]/, '')]
    .filter(Boolean)
    .join(': ')
    .slice(0, 110)
  const remarks = [
    `Seen: ${events.length} ${events.length === 1 ? 'event' : 'events'}, ${first}${first === last ? '' : ` to ${last}`}; ${activities.join(', ') || 'no activity'}.`,
    ...(left.length === 0 ? [] : [`The same in all, but of this place, so left out: ${left.slice(0, 12).join(', ')}.`]),
    'Try it on past events before you switch it on, and take out what is too narrow.',
  ]
  const named = title === '' ? 'Draft' : title
  return { yaml: draftText({ ...rule, remarks, title: named }), title: named, fields: asked, left }
}

interface Shared {
  readonly name: string
  /** Its value in each event. */
  readonly values: readonly string[]
}

/** Fields that every event has. */
function sharedFields(events: readonly Chosen[]): Shared[] {
  const [first, ...others] = events
  return Object.keys(first?.fields ?? {})
    .filter((name) => others.every(({ fields }) => Object.hasOwn(fields, name)))
    .map((name) => ({ name, values: events.map(({ fields }) => fields[name] ?? '') }))
}

/** The log source of all the events: product with their first common category, else with the service. Throws when there is none. */
function sourceOf(events: readonly Chosen[]): [string, string][] {
  const same = (of: (event: Chosen) => string): string => {
    const [one, ...others] = new Set(events.map(of))
    return one !== undefined && others.length === 0 ? one : ''
  }
  const [first] = events
  const product = same((event) => event.product)
  const category = first?.categories.find((one) => events.every(({ categories }) => categories.includes(one))) ?? ''
  const service = category === '' ? same((event) => event.service) : ''
  const all: [string, string][] = [
    ['product', product],
    ['category', category],
    ['service', service],
  ]
  const source = all.filter(([, value]) => value !== '')
  if (source.length > 0) return source
  const kinds = [...new Set(events.map((event) => `${event.product || 'none'}/${event.service || 'none'}`))].slice(0, 5)
  throw new Fault(
    'INPUT_INVALID',
    `events: they have no log source in common (${kinds.join(', ')}); choose events of one kind`,
  )
}

/** A UUID of version 4 (RFC 9562, 5.4). */
export function uuidOf(random: Random): string {
  const bytes = [...random.bytes(16)].map((byte, at) =>
    at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte,
  )
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Whether a rule's text can run and matches each event. */
export function isMatch(yaml: string, events: readonly Chosen[]): boolean {
  const [parsed] = parseSigma(yaml, 'draft.yml').documents
  if (parsed?.kind !== 'rule' || parsed.trouble) return false
  const engine = createEngine([compileRule(parsed.head, parsed.when)])
  return events.every(({ product, service, categories, fields, raw }) => {
    const logsource = { categories, ...(product && { product }), ...(service && { service }) }
    return engine.match({ logsource, fields, raw }).length > 0
  })
}
