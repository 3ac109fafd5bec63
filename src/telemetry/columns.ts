// The table of events: its columns and indexes as one list, from which the schema (schema.ts), the rows (rows.ts), the answers and the search language are read.
import { base32, Fault } from '#kernel'
import { EventId, type EventView, type FieldValue } from './types.ts'

/** How a column is compared: as a name, as text to look into, as an address, a number, a time, or a list of names. */
export type ColumnKind = 'name' | 'text' | 'address' | 'number' | 'time' | 'list'

interface Column {
  readonly kind: ColumnKind
  readonly type: string
}
const few = 'LowCardinality(String)'
const long = 'String codec(ZSTD(1))'
const moment = "DateTime64(3, 'UTC') codec(Delta, ZSTD(1))"

/** In the order of the console's fields. */
export const columns = {
  seq: { kind: 'number', type: 'UInt64 codec(Delta, ZSTD(1))' },
  time: { kind: 'time', type: moment },
  received: { kind: 'time', type: moment },
  source: { kind: 'name', type: few },
  parser: { kind: 'name', type: few },
  class_uid: { kind: 'number', type: 'UInt32' },
  activity_id: { kind: 'number', type: 'UInt8' },
  activity: { kind: 'name', type: few },
  severity_id: { kind: 'number', type: 'UInt8' },
  outcome: { kind: 'name', type: few },
  product: { kind: 'name', type: few },
  service: { kind: 'name', type: few },
  categories: { kind: 'list', type: `Array(${few})` },
  host: { kind: 'name', type: few },
  user: { kind: 'name', type: few },
  target_user: { kind: 'name', type: few },
  src_ip: { kind: 'address', type: few },
  src_port: { kind: 'number', type: 'UInt16' },
  src_host: { kind: 'name', type: few },
  dst_ip: { kind: 'address', type: few },
  dst_port: { kind: 'number', type: 'UInt16' },
  dst_host: { kind: 'name', type: few },
  domain: { kind: 'name', type: few },
  url: { kind: 'name', type: long },
  process: { kind: 'name', type: few },
  process_uid: { kind: 'name', type: long },
  parent_process: { kind: 'name', type: few },
  parent_process_uid: { kind: 'name', type: long },
  command_line: { kind: 'name', type: long },
  file: { kind: 'name', type: long },
  message: { kind: 'text', type: long },
  asset: { kind: 'name', type: few },
  parse_error: { kind: 'name', type: few },
  raw: { kind: 'text', type: 'String codec(ZSTD(3))' },
} as const satisfies Record<string, Column>
export type ColumnName = keyof typeof columns

/** Whether this is the name of a column. */
export const isColumn = (name: string): name is ColumnName => Object.hasOwn(columns, name)

/** What a record says beyond the columns, and what is known beyond the record. Most values come again and again, so they are kept in dictionaries: a fifth less on the disk. */
export const maps = {
  fields: 'Map(LowCardinality(String), LowCardinality(String)) codec(ZSTD(3))',
  enriched: 'Map(LowCardinality(String), LowCardinality(String)) codec(ZSTD(1))',
  /** The fields with several values, value by value, which \`fields\` has as one text; null as an empty text. Only rules ask it. */
  lists: 'Map(LowCardinality(String), Array(String)) codec(ZSTD(1))',
} as const

/** What \`lists\` is of an event that was stored before lists were kept: this name says that there may be some. (Not the empty name: the engine does not find it among names that are in a dictionary.). */
export const unknownLists = "map('?', [])"

/** Fields of the sources that are asked for most: the engine keeps them in columns too, which take nearly nothing and answer a hundred times as fast as the map. */
export const promoted = {
  EventID: 'field_EventID',
  Channel: 'field_Channel',
} as const
/** What the engine fills such a column with. */
export const promotedType = (name: string): string => `${few} default fields['${name}']`

/** Whether a field has a column. */
export const isPromoted = (name: string): name is keyof typeof promoted => Object.hasOwn(promoted, name)

/** What the words of an event are taken from, as one index has them. */
export const wordsSql = "lower(concat(message, '\\n', raw))"

/** Indexes by which a search passes over blocks of rows. Each is on the very expression that query/sql.ts writes. */
export const indexes = {
  seq_range: 'seq type minmax granularity 1',
  host_set: 'lower(host) type bloom_filter(0.01) granularity 1',
  user_set: 'lower(user) type bloom_filter(0.01) granularity 1',
  target_user_set: 'lower(target_user) type bloom_filter(0.01) granularity 1',
  src_ip_set: 'lower(src_ip) type bloom_filter(0.01) granularity 1',
  dst_ip_set: 'lower(dst_ip) type bloom_filter(0.01) granularity 1',
  domain_set: 'lower(domain) type bloom_filter(0.01) granularity 1',
  process_uid_set: 'lower(process_uid) type bloom_filter(0.01) granularity 1',
  field_names: 'mapKeys(fields) type bloom_filter(0.01) granularity 1',
  field_values: 'arrayMap(v -> lower(v), mapValues(fields)) type bloom_filter(0.01) granularity 1',
  words: `${wordsSql} type text(tokenizer = 'splitByNonAlpha', posting_list_codec = 'none', dictionary_block_size = 4096)`,
} as const

const idWidth = 10
const idPrefix = 'evt_'
/** The id of the event with this sequence number; ids sort as events arrived. */
export const eventIdOf = (seq: number): EventId => EventId.parse(`${idPrefix}${base32(seq, idWidth)}`)

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
/** The sequence number in an event's id. Throws Fault NOT_FOUND for an id that no event can have. */
export function seqOf(id: string): number {
  let seq = 0
  for (const letter of id.slice(idPrefix.length)) {
    const digit = alphabet.indexOf(letter)
    if (digit < 0 || seq > Number.MAX_SAFE_INTEGER / 32) throw new Fault('NOT_FOUND', `event ${id}`)
    seq = seq * 32 + digit
  }
  return seq
}

const earliest = Date.UTC(1980, 0, 1)
const latest = Date.UTC(2100, 0, 1) - 1
/** A time within 1980 and 2100, whole milliseconds: others are moved to the nearest end. */
export const heldTime = (time: number): number =>
  Number.isFinite(time) ? Math.trunc(Math.min(Math.max(time, earliest), latest)) : earliest

/** A parameter in milliseconds as the engine compares it with `time`. */
export const momentParam = (name: string): string => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`

const day = 86_400_000
/** Which daily partition a time falls into. */
export const dayOf = (time: number): number => Math.floor(heldTime(time) / day)

/** A field's value as text: lists joined by commas; null is no value. */
export function fieldText(value: FieldValue): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.filter((one) => one !== null).join(', ')
  return value === null ? '' : String(value)
}

/** A row as the store answers it; 64-bit numbers and times come as numbers. */
export type EventRow = Omit<EventView, 'id' | 'time' | 'received'> & {
  readonly seq: number
  readonly at_time: number
  readonly at_received: number
}

/** What to select for an EventRow. Times get names of their own: an alias would hide the column from the condition. */
export const selected = [
  ...Object.keys(columns).filter((name) => name !== 'time' && name !== 'received'),
  'fields',
  'enriched',
  'toUnixTimestamp64Milli(time) as at_time',
  'toUnixTimestamp64Milli(received) as at_received',
].join(', ')

/** A row as the doors show it. */
export function viewOf({ seq, at_time: time, at_received: received, ...row }: EventRow): EventView {
  return { id: eventIdOf(seq), time, received, ...row }
}
