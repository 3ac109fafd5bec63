// The nouns of telemetry: what arrives (raw), what parsers make of it (parsed), what is stored and searched (event).
import { z } from 'zod'
import { idSchema } from '#kernel'
import type { Envelope } from './envelope.ts'

export const EventId = idSchema('event', 'evt')
export type EventId = z.output<typeof EventId>

/** Sigma's log source of one event. An event can belong to several categories (Sysmon 12 is registry_add and registry_event). */
export const LogSource = z.strictObject({
  product: z.string().optional(),
  service: z.string().optional(),
  categories: z.array(z.string()),
})
export type LogSource = z.output<typeof LogSource>

/** A field's value after flattening: nested keys are joined with dots, arrays stay arrays of scalars. */
export type Scalar = string | number | boolean | null
export type FieldValue = Scalar | readonly Scalar[]
export type Fields = Readonly<Record<string, FieldValue>>

/** One record as it came in, before any parsing. */
export interface RawRecord {
  /** Name of the input it came through, as in `castellan.yaml`. */
  readonly source: string
  /** Parser to use; absent lets the table choose. */
  readonly parser?: string
  readonly received: number
  readonly text: string
  /** What the sender's protocol said about it: host, time, kind, labels. */
  readonly envelope?: Envelope
}

/** What a parser makes of a record: the normalised columns and the source's own fields under the names Sigma rules use. */
export interface ParsedEvent {
  /** Milliseconds UTC; the time of receipt when the record has none (then `timeGuessed`). */
  readonly time: number
  readonly timeGuessed?: boolean
  readonly parser: string
  readonly logsource: LogSource
  readonly class_uid: number
  /** OCSF activity_id within the class; 0 is unknown, 99 other. Left out where the parser does not say. */
  readonly activity_id?: number | undefined
  /** A short verb phrase: `process started`, `login failed`. */
  readonly activity: string
  /** OCSF severity_id. */
  readonly severity_id: number
  /** Whether what was tried came about; left out where the record does not say. */
  readonly outcome?: 'success' | 'failure' | undefined
  readonly host?: string | undefined
  readonly user?: string | undefined
  /** The account that something is done to, where that is not `user`: created, added to a group, logged on as. */
  readonly target_user?: string | undefined
  readonly src_ip?: string | undefined
  readonly src_port?: number | undefined
  readonly src_host?: string | undefined
  readonly dst_ip?: string | undefined
  readonly dst_port?: number | undefined
  readonly dst_host?: string | undefined
  /** The name asked for: of a DNS query, the host of an HTTP request, the server name of TLS. */
  readonly domain?: string | undefined
  /** Address or path of a request, as the record has it. */
  readonly url?: string | undefined
  /** Path or name of the acting process. */
  readonly process?: string | undefined
  /** Unique over hosts and time where the source gives it (Sysmon ProcessGuid), else `host:pid`. */
  readonly process_uid?: string | undefined
  readonly parent_process?: string | undefined
  readonly parent_process_uid?: string | undefined
  readonly command_line?: string | undefined
  readonly file?: string | undefined
  /** One line for people. */
  readonly message: string
  readonly fields: Fields
  /** Why parsing failed; the event is kept with its raw text all the same. */
  readonly parse_error?: string | undefined
}

/** What detection looks at of a record, and the whole event for who needs more. */
export interface Glance extends Pick<ParsedEvent, 'parser' | 'logsource' | 'fields' | 'parse_error'> {
  whole(): ParsedEvent
}

/** A parsed event with its identity, its place in the estate, and its raw text. */
export interface Event extends ParsedEvent {
  readonly id: EventId
  /** Position in the spool: unique, grows with arrival. */
  readonly seq: number
  readonly received: number
  readonly source: string
  /** Model asset that the host, user's machine or destination stands for. */
  readonly asset?: string | undefined
  /** What is known beyond the record, under names such as `asset.zone`, `src.country`, `intel.feed`. */
  readonly enriched?: Readonly<Record<string, string>> | undefined
  readonly raw: string
}

/** An event as the doors show it. */
export const EventView = z.strictObject({
  id: EventId,
  time: z.number().meta({ description: 'milliseconds since 1970, UTC' }),
  received: z.number(),
  source: z.string(),
  parser: z.string(),
  class_uid: z.number(),
  activity_id: z.number(),
  activity: z.string(),
  severity_id: z.number(),
  outcome: z.string(),
  product: z.string(),
  service: z.string(),
  categories: z.array(z.string()),
  host: z.string(),
  user: z.string(),
  target_user: z.string(),
  src_ip: z.string(),
  src_port: z.number(),
  src_host: z.string(),
  dst_ip: z.string(),
  dst_port: z.number(),
  dst_host: z.string(),
  domain: z.string(),
  url: z.string(),
  process: z.string(),
  process_uid: z.string(),
  parent_process: z.string(),
  parent_process_uid: z.string(),
  command_line: z.string(),
  file: z.string(),
  message: z.string(),
  asset: z.string(),
  parse_error: z.string(),
  fields: z.record(z.string(), z.string()),
  enriched: z
    .record(z.string(), z.string())
    .meta({ description: 'what is known beyond the record: asset, zone, country, threat intelligence' }),
  raw: z.string(),
})
export type EventView = z.output<typeof EventView>

/** How one input is doing. */
export const SourceHealth = z.strictObject({
  name: z.string(),
  kind: z.string().meta({ description: 'its kind in castellan.yaml' }),
  state: z.enum(['running', 'waiting', 'failed', 'stopped']),
  detail: z.string().meta({ description: 'address, path, or why it failed and what to do' }),
  events: z.number().meta({ description: 'records accepted since start' }),
  bytes: z.number(),
  bytesToday: z.number().meta({ description: 'bytes of records accepted today (UTC)' }),
  rejected: z.number().meta({ description: 'records refused: too long, over the quota, queue full' }),
  overQuota: z.number().meta({ description: 'of these, refused because the source sent more than its quota' }),
  unparsed: z.number().meta({ description: 'records kept as raw text because no parser understood them' }),
  unparsedShare: z.number().meta({ description: 'their share of what was stored since start, 0 to 1' }),
  unparsedWhy: z.string().meta({ description: 'why the last of them was not understood' }),
  lastSeen: z.number().nullable(),
  perSecond: z.number(),
  lagMiddle: z.number().nullable().meta({ description: 'middle of how late events come, milliseconds' }),
  lagMost: z.number().nullable().meta({ description: '95 of 100 events come less late than this, milliseconds' }),
  unusual: z.string().meta({ description: 'why its silence or its rate is unusual now; empty while it is not' }),
})
export type SourceHealth = z.output<typeof SourceHealth>
