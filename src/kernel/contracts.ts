// The other contracts by which rooms offer what they have.
import type { Call } from './operation.ts'

/** A fact collected for an audit: what was looked at, what was found, whether it is as it should be. */
export interface EvidenceItem {
  readonly statement: string
  readonly holds: boolean
  readonly detail: Readonly<Record<string, unknown>>
}

/** Something that can prove or disprove a control, collected on demand. */
export interface Evidence<Room = never> {
  readonly name: string
  readonly does: string
  collect(room: Room, call: Call): Promise<EvidenceItem>
}

/** Something a playbook can do in the world; `undo` where there is one. */
export interface Action<Room = never> {
  readonly name: string
  readonly does: string
  /** The most that can go wrong: decides whether an approver is asked. */
  readonly risk: 'none' | 'disturbs' | 'destroys'
  run(target: string, room: Room, call: Call): Promise<string>
  undo?(target: string, room: Room, call: Call): Promise<string>
}

/** A piece of a report: a title and paragraphs or rows, computed when the report is made. */
export interface Section<Room = never> {
  readonly name: string
  readonly title: string
  write(room: Room, call: Call): Promise<SectionBody>
}
export interface SectionBody {
  readonly paragraphs: readonly string[]
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
}

/** Work that runs by itself: on a schedule, or when asked for with a payload. Survives a restart. */
export interface Job<Room = never> {
  readonly name: string
  readonly does: string
  /** Cron expression in UTC (seconds optional); absent means only when asked. */
  readonly schedule?: string
  readonly timeoutSeconds: number
  /** How many times a failed run is tried again; waits grow from `retryAfterSeconds`, doubled each time, at most an hour. */
  readonly retries: number
  readonly retryAfterSeconds: number
  run(payload: unknown, room: Room, call: Call): Promise<void>
}

/** One step of a store's schema, applied once, in order of the list. Statements must work on both engines unless `postgres` overrides. */
export interface Migration {
  /** `room-0001-what`, unique for ever. */
  readonly name: string
  readonly sql: readonly string[]
  readonly postgres?: readonly string[]
}
