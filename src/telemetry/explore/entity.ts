// All that events say about one host, user, address or domain.
import type { EventFilter, EventStore, Facet } from '../store.ts'
import type { Histogram } from '../histogram.ts'
import type { EventView } from '../types.ts'
import type { Finding } from './finding.ts'

export const entityKinds = ['host', 'user', 'address', 'domain'] as const
export type EntityKind = (typeof entityKinds)[number]

/** Columns in which an entity stands, and those whose values are told of it. */
const kinds: Readonly<Record<EntityKind, { readonly in: readonly string[]; readonly related: readonly string[] }>> = {
  host: {
    in: ['host', 'src_host', 'dst_host'],
    related: ['user', 'target_user', 'process', 'activity', 'src_ip', 'dst_ip', 'domain', 'source'],
  },
  user: {
    in: ['user', 'target_user'],
    related: ['host', 'process', 'activity', 'src_ip', 'dst_ip', 'target_user', 'domain', 'source'],
  },
  address: {
    in: ['src_ip', 'dst_ip'],
    related: ['host', 'user', 'src_ip', 'dst_ip', 'dst_port', 'activity', 'domain', 'source'],
  },
  domain: {
    in: ['domain', 'dst_host'],
    related: ['host', 'user', 'src_ip', 'dst_ip', 'process', 'activity', 'source'],
  },
}

export interface EntityAsked extends Omit<EventFilter, 'q'> {
  readonly kind: EntityKind
  readonly name: string
}
export interface Entity {
  readonly kind: EntityKind
  readonly name: string
  /** The search that finds its events. */
  readonly q: string
  readonly count: number
  readonly first: number | null
  readonly last: number | null
  readonly histogram: Histogram
  readonly related: Facet[]
  readonly recent: EventView[]
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** The search that finds the events of an entity. */
export const queryOfEntity = (kind: EntityKind, name: string): string =>
  kinds[kind].in.map((column) => `${column}:${quoted(name)}`).join(' or ')

const recentEvents = 12
const buckets = 60

/** Reads an entity out of the events. Throws what a search throws. */
export async function showEntity(
  { events, where: whereOf }: Finding,
  store: Pick<EventStore, 'search' | 'histogram' | 'facets'>,
  asked: EntityAsked,
): Promise<Entity> {
  const { kind, name, since, until, signal } = asked
  const filter: EventFilter = { q: queryOfEntity(kind, name), since, until, signal }
  const where = await whereOf(filter)
  const summed = `select count() as n, toUnixTimestamp64Milli(min(time)) as first, toUnixTimestamp64Milli(max(time)) as last from ${where.from} where ${where.sql}`
  const [[sum], histogram, facets, recent] = await Promise.all([
    events.query<{ n: number; first: number; last: number }>(summed, where.params, { signal }),
    store.histogram({ ...filter, buckets }),
    store.facets({ ...filter, fields: kinds[kind].related }),
    store.search({ ...filter, limit: recentEvents }),
  ])
  const count = sum?.n ?? 0
  const isOther = ({ value }: Facet['values'][number]): boolean => value.toLowerCase() !== name.toLowerCase()
  return {
    kind,
    name,
    q: filter.q ?? '',
    count,
    first: count > 0 ? (sum?.first ?? null) : null,
    last: count > 0 ? (sum?.last ?? null) : null,
    histogram,
    related: facets
      .map(({ field, values }) => ({ field, values: values.filter(isOther) }))
      .filter(({ values }) => values.length > 0),
    recent: recent.items,
  }
}
