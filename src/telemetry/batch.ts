// A batch of the spool made ready for the stores: parsed, placed in the model, judged, written as rows. All pure, so doing it twice gives the same.
import { asFault } from '#kernel'
import type { BinaryRows } from '#platform'
import { eventIdOf } from './columns.ts'
import { crc32 } from './checksum.io.ts'
import { parseRecord } from './parsing.ts'
import { inSlices } from './pause.io.ts'
import type { PutAside } from './positions.ts'
import type { Enrich, Locate } from './road.ts'
import { RowsOpen } from './rows.ts'
import type { SpoolRecord } from './spool-record.ts'
import type { Event, ParsedEvent, RawRecord } from './types.ts'

/** How a record becomes events and findings. */
export interface Making<Found> {
  readonly parse?: (record: RawRecord) => ParsedEvent
  readonly locate: Locate
  readonly enrich?: Enrich | undefined
  readonly judge: (events: readonly Event[]) => readonly Found[]
}

/** What is known of an event once it is a row. */
export interface Done extends Pick<Event, 'seq' | 'time' | 'received' | 'source'> {
  readonly timeGuessed: boolean
  readonly parse_error: string | undefined
}

/** A batch ready for the stores. */
export interface Batch<Found> {
  readonly first: number
  readonly last: number
  readonly done: readonly Done[]
  readonly rows: BinaryRows
  readonly found: readonly Found[]
  /** The latest position of each input that these records carry. */
  readonly marks: ReadonlyMap<string, string>
  /** Records that parsing, placing or judging could not handle; their events are kept all the same. */
  readonly aside: readonly PutAside[]
  /** Makes some of its events again, which are as they were. */
  again(some: readonly Pick<Event, 'seq'>[]): Promise<Event[]>
}

/** So many events are judged at once and then let go: a whole batch of them would be most of the collector's work. */
const madeAtOnce = 64

/** Makes a batch ready, letting others have the event loop every few milliseconds. */
export async function makeBatch<Found>(records: readonly SpoolRecord[], making: Making<Found>): Promise<Batch<Found>> {
  const aside: PutAside[] = []
  const found: Found[] = []
  const done: Done[] = []
  const [first, last] = [records[0]?.seq ?? 0, records.at(-1)?.seq ?? 0]
  const open = new RowsOpen(records.length, records.length * aboutText)
  await inSlices(chunks(records, madeAtOnce), (chunk) => {
    const events = chunk.map((record) => eventOf(record, making, aside))
    for (const one of judged(events, making, aside)) found.push(one)
    for (const event of events) {
      open.add(event)
      done.push(doneOf(event))
    }
  })
  const marks = new Map<string, string>()
  for (const { mark } of records) if (mark) marks.set(mark.key, mark.value)
  const again = (some: readonly Pick<Event, 'seq'>[]): Promise<Event[]> => {
    const wanted = new Set(some.map(({ seq }) => seq))
    const asked = records.filter(({ seq }) => wanted.has(seq))
    return inSlices(asked, (record) => eventOf(record, making, []))
  }
  return { first, last, done, rows: open.rows(), found, marks, aside, again }
}

const doneOf = ({ seq, time, received, source, timeGuessed, parse_error }: Event): Done => ({
  seq,
  time,
  received,
  source,
  timeGuessed: timeGuessed ?? false,
  parse_error,
})

/** A guess of a record's bytes; rows grow when they have to. */
const aboutText = 2_048

/** Names a set of events: the same set has the same token. */
export function tokenOf(events: readonly Pick<Event, 'seq'>[]): string {
  const seqs = Buffer.from(Float64Array.from(events, ({ seq }) => seq).buffer)
  return `events-${events[0]?.seq ?? 0}-${events.at(-1)?.seq ?? 0}-${crc32(seqs, 0, seqs.length).toString(16)}`
}

/** What stands in the store for an event that the store itself does not take. */
export const bareEvent = ({ id, seq, received, source, message }: Event, reason: string): Event => ({
  ...unread(received, message.slice(0, 200), reason),
  id,
  seq,
  received,
  source,
  raw: '',
})

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

const unread = (received: number, message: string, reason: string): ParsedEvent => ({
  time: received,
  timeGuessed: true,
  parser: 'none',
  logsource: { categories: [] },
  class_uid: 0,
  activity: 'record kept aside',
  severity_id: 0,
  message,
  fields: {},
  parse_error: reason,
})

/** The record with its text, which is made here once. */
function plain({ seq, received, source, parser, envelope, text }: SpoolRecord): RawRecord & { readonly seq: number } {
  const bare = { seq, received, source, text }
  if (parser === undefined && envelope === undefined) return bare
  return { ...bare, ...(parser !== undefined && { parser }), ...(envelope && { envelope }) }
}

function eventOf<Found>(lazy: SpoolRecord, making: Making<Found>, aside: PutAside[]): Event {
  const record = plain(lazy)
  const { parse = parseRecord, locate, enrich } = making
  const { seq, received, source, text } = record
  const put = (what: string, thrown: unknown): string => {
    const reason = `${what}: ${asFault(thrown).message}`
    aside.push({ seq, source, reason, text })
    return reason
  }
  let parsed: ParsedEvent
  let asset: string | undefined
  let enriched: Event['enriched']
  try {
    parsed = parse(record)
  } catch (thrown) {
    parsed = unread(received, text.slice(0, 400), put('parsing', thrown))
  }
  try {
    asset = locate(parsed)
  } catch (thrown) {
    put('placing in the model', thrown)
  }
  try {
    enriched = enrich?.(parsed, asset)
  } catch (thrown) {
    put('enriching', thrown)
  }
  return joined(parsed, record, { asset, enriched })
}

/** Written out, so that all events have one shape: measured twice as fast as spreading what parsers give, here and where they are written as rows. */
const joined = (
  parsed: ParsedEvent,
  { seq, received, source, text }: RawRecord & { readonly seq: number },
  { asset, enriched }: Pick<Event, 'asset' | 'enriched'>,
): Event => ({
  id: eventIdOf(seq),
  seq,
  received,
  source,
  asset,
  enriched,
  raw: text,
  time: parsed.time,
  timeGuessed: parsed.timeGuessed ?? false,
  parser: parsed.parser,
  logsource: parsed.logsource,
  class_uid: parsed.class_uid,
  activity_id: parsed.activity_id,
  activity: parsed.activity,
  severity_id: parsed.severity_id,
  outcome: parsed.outcome,
  host: parsed.host,
  user: parsed.user,
  target_user: parsed.target_user,
  src_ip: parsed.src_ip,
  src_port: parsed.src_port,
  src_host: parsed.src_host,
  dst_ip: parsed.dst_ip,
  dst_port: parsed.dst_port,
  dst_host: parsed.dst_host,
  domain: parsed.domain,
  url: parsed.url,
  process: parsed.process,
  process_uid: parsed.process_uid,
  parent_process: parsed.parent_process,
  parent_process_uid: parsed.parent_process_uid,
  command_line: parsed.command_line,
  file: parsed.file,
  message: parsed.message,
  fields: parsed.fields,
  parse_error: parsed.parse_error,
})

/** Findings of some events; when judging throws, each event is judged alone, so that one cannot spoil the others. */
function judged<Found>(events: readonly Event[], { judge }: Making<Found>, aside: PutAside[]): readonly Found[] {
  try {
    return judge(events)
  } catch (thrown) {
    const [only] = events
    if (events.length > 1) return events.flatMap((event) => judged([event], { judge, locate: () => undefined }, aside))
    if (only)
      aside.push({ seq: only.seq, source: only.source, reason: `judging: ${asFault(thrown).message}`, text: only.raw })
    return []
  }
}
