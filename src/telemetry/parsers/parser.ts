// What every parser is, and how it puts an event together: facts in, one line for people made from them.
import type { OcsfClass, OcsfSeverity } from '#standards'
import type { FieldValue, Fields, Glance, LogSource, ParsedEvent } from '../types.ts'

/** An object as JSON.parse gives it. */
export type JsonObject = { readonly [name: string]: unknown }

/**
 * Which field of the source holds an OCSF attribute that the columns do not say: `http_request.http_method` → `cs-method`, or several names of
 * which the first present counts. Texts become what the schema wants: numbers, times, booleans.
 */
export type OcsfMapping = Readonly<Record<string, string | readonly string[]>>

interface Described {
  readonly name: string
  /** What it makes of a record, in a sentence. */
  readonly does: string
  /** What a record must look like to be its own. */
  readonly recognises: string
  /** The source's fields under OCSF's names; asked when an event is shown as OCSF, not when it is stored. */
  ocsf?(event: Pick<ParsedEvent, 'class_uid' | 'logsource' | 'activity' | 'fields'>): OcsfMapping
}
/** Reads records that are one JSON object. */
export interface JsonParser extends Described {
  readonly reads: 'json'
  recognise(object: JsonObject): boolean
  /** What detection needs without the rest, where that is much less work. The object may become the fields. */
  glance?(object: JsonObject, received: number): Glance | undefined
  parse(object: JsonObject, received: number): ParsedEvent
}
/** Reads records that are text. `recognise` is a cheap look; `parse` may still say no by giving nothing. */
export interface TextParser extends Described {
  readonly reads: 'text'
  recognise(text: string): boolean
  parse(text: string, received: number): ParsedEvent | undefined
}
export type Parser = JsonParser | TextParser

/** The columns of an event that name who, where and what. */
export type Entities = Pick<
  ParsedEvent,
  | 'host'
  | 'user'
  | 'target_user'
  | 'src_ip'
  | 'src_port'
  | 'src_host'
  | 'dst_ip'
  | 'dst_port'
  | 'dst_host'
  | 'domain'
  | 'url'
  | 'process'
  | 'process_uid'
  | 'parent_process'
  | 'parent_process_uid'
  | 'command_line'
  | 'file'
>

/** What a parser found out about a record, besides who and where. */
export interface Facts {
  /** Milliseconds UTC; absent when the record has no readable time. */
  readonly time: number | undefined
  readonly logsource: LogSource
  readonly class_uid: OcsfClass
  /** OCSF activity_id within the class. */
  readonly activity_id?: number | undefined
  readonly activity: string
  readonly severity_id?: OcsfSeverity | undefined
  readonly outcome?: 'success' | 'failure' | undefined
  /** What was done, after the activity in the line for people; command line or file otherwise. */
  readonly detail?: string | undefined
  /** What the source said in its own words, whole: then the line for people needs no more. */
  readonly said?: string | undefined
  readonly fields: Fields
}

/** Fields while they are being collected. */
export type OpenFields = Record<string, FieldValue>

const longest = 400
const oneLine = (text: string): string => {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text
  return /[\r\n\t]/.test(cut) ? cut.replace(/[\r\n\t]+/g, ' ') : cut
}

function sentence({ activity, detail, said }: Facts, who: Entities): string {
  if (said !== undefined) return `${activity}: ${oneLine(said)}`
  const what = detail ?? who.command_line ?? who.file ?? who.process
  let text: string = activity
  if (what !== undefined && what !== '') text += `: ${oneLine(what)}`
  if (who.user !== undefined) text += ` by ${who.user}`
  if (who.src_ip !== undefined) text += ` from ${who.src_ip}`
  if (who.dst_ip !== undefined) text += ` to ${who.dst_ip}${who.dst_port === undefined ? '' : `:${who.dst_port}`}`
  return text
}

/** The event of a record. Without a time of its own it happened when it was received, and says that this is a guess. */
export function makeEvent(parser: string, received: number, who: Entities, facts: Facts): ParsedEvent {
  // One literal, no spread: this runs for every record, and copying objects of many shapes costs more than parsing them.
  const event: ParsedEvent = {
    time: facts.time ?? received,
    parser,
    logsource: facts.logsource,
    class_uid: facts.class_uid,
    activity_id: facts.activity_id,
    activity: facts.activity,
    severity_id: facts.severity_id ?? 1,
    outcome: facts.outcome,
    host: who.host,
    user: who.user,
    target_user: who.target_user,
    src_ip: who.src_ip,
    src_port: who.src_port,
    src_host: who.src_host,
    dst_ip: who.dst_ip,
    dst_port: who.dst_port,
    dst_host: who.dst_host,
    domain: who.domain,
    url: who.url,
    process: who.process,
    process_uid: who.process_uid,
    parent_process: who.parent_process,
    parent_process_uid: who.parent_process_uid,
    command_line: who.command_line,
    file: who.file,
    message: sentence(facts, who),
    fields: facts.fields,
  }
  return facts.time === undefined ? { ...event, timeGuessed: true } : event
}
