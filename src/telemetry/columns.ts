// The table of events: its columns as one list, from which the schema, the rows, the answers and the search language are read.
import { base32, Fault, type Migration } from '#kernel'
import { durableTable } from '#platform'
import { type Event, EventId, type EventView, type Fields, type FieldValue } from './types.ts'

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

/** Indexes by which a search passes over blocks of rows (together 8 µs of processor time an event). Each is on the very expression that query/sql.ts writes. */
const indexes = [
  'index seq_range seq type minmax granularity 1',
  'index host_set lower(host) type bloom_filter(0.01) granularity 1',
  'index user_set lower(user) type bloom_filter(0.01) granularity 1',
  'index src_ip_set lower(src_ip) type bloom_filter(0.01) granularity 1',
  'index dst_ip_set lower(dst_ip) type bloom_filter(0.01) granularity 1',
  'index process_uid_set lower(process_uid) type bloom_filter(0.01) granularity 1',
  'index field_names mapKeys(fields) type bloom_filter(0.01) granularity 1',
  'index field_values arrayMap(v -> lower(v), mapValues(fields)) type bloom_filter(0.01) granularity 1',
  'index message_pieces lower(message) type ngrambf_v1(4, 65536, 2, 0) granularity 1',
  'index raw_pieces lower(raw) type ngrambf_v1(4, 262144, 2, 0) granularity 1',
]

const enriched = `Map(${few}, String) codec(ZSTD(1))`
const added = ['activity_id', 'outcome', 'target_user', 'src_host', 'dst_host', 'domain', 'url', 'enriched'] as const
const typeOf = (name: (typeof added)[number]): string => (name === 'enriched' ? enriched : columns[name].type)

/** Schema of the event engine. A partition a day: `time` is held within 1980 and 2100, so a wild clock makes no wild partition. */
export const eventMigrations: readonly Migration[] = [
  {
    name: 'telemetry-0001-events',
    sql: [
      `create table if not exists events (
        ${[
          ...Object.entries(columns).map(([name, { type }]) => `${name} ${type}`),
          `fields Map(${few}, String) codec(ZSTD(1))`,
          `enriched ${enriched}`,
          ...indexes,
        ].join(',\n')})
      engine = MergeTree partition by toYYYYMMDD(time) order by (time, seq) settings ${durableTable}`,
    ],
  },
  {
    name: 'telemetry-0002-outcome-and-ends',
    sql: added.map((name) => `alter table events add column if not exists ${name} ${typeOf(name)}`),
  },
]

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

const day = 86_400_000
/** Which daily partition a time falls into. */
export const dayOf = (time: number): number => Math.floor(heldTime(time) / day)

const whole = (value: number | undefined, most: number): number =>
  value !== undefined && Number.isInteger(value) && value >= 0 && value <= most ? value : 0

/** A field's value as text: lists joined by commas; null is no value. */
export function fieldText(value: FieldValue): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.filter((one) => one !== null).join(', ')
  return value === null ? '' : String(value)
}

/** Fields as texts, those without a value left out. */
function fieldTexts(fields: Fields): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const name in fields) {
    const text = fieldText(fields[name] ?? null)
    if (text !== '') texts[name] = text
  }
  return texts
}

/** Half surrogates, which no UTF-8 can hold, stand as escapes in JSON; other escapes are passed over. */
const escape = /\\(?:ud[89a-f][0-9a-f]{2}|[\s\S])/g
const wellFormed = (json: string): string => json.replace(escape, (found) => (found.length > 2 ? '\ufffd' : found))

/** A row of the table as one line of JSON. */
export function rowText(event: Event): string {
  const { product, service, categories } = event.logsource
  const json = JSON.stringify({
    seq: event.seq,
    time: heldTime(event.time),
    received: heldTime(event.received),
    source: event.source,
    parser: event.parser,
    class_uid: whole(event.class_uid, 4_294_967_295),
    activity_id: whole(event.activity_id, 255),
    activity: event.activity,
    severity_id: whole(event.severity_id, 255),
    outcome: event.outcome,
    product,
    service,
    categories,
    host: event.host,
    user: event.user,
    target_user: event.target_user,
    src_ip: event.src_ip,
    src_port: whole(event.src_port, 65_535),
    src_host: event.src_host,
    dst_ip: event.dst_ip,
    dst_port: whole(event.dst_port, 65_535),
    dst_host: event.dst_host,
    domain: event.domain,
    url: event.url,
    process: event.process,
    process_uid: event.process_uid,
    parent_process: event.parent_process,
    parent_process_uid: event.parent_process_uid,
    command_line: event.command_line,
    file: event.file,
    message: event.message,
    asset: event.asset,
    parse_error: event.parse_error,
    fields: fieldTexts(event.fields),
    enriched: event.enriched,
    raw: event.raw,
  })
  return `${json.includes('\\ud') ? wellFormed(json) : json}\n`
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
