// What others do with events between parsing and forgetting, and what the consumer needs of each.
import type { Event, ParsedEvent } from './types.ts'

/** Stations of an event's road after parsing. `Found` is what judging finds, `Kept` what keeping it gives. */
export interface Road<Found, Kept> {
  /** Pure: the same events give the same findings, for an event may be judged again after a crash. */
  judge(events: readonly Event[]): readonly Found[]
  /** Within the transaction that also moves the position on: kept once, or not at all. */
  keep(found: readonly Found[]): Promise<Kept>
  /** After the commit; a failure is only logged. */
  tell(kept: Kept): void | Promise<void>
}

/** A road on which nothing is looked for. */
export const emptyRoad: Road<never, undefined> = {
  judge: () => [],
  keep: () => Promise.resolve(undefined),
  tell: () => undefined,
}

/** Names the asset of the model that an event belongs to. Pure. */
export type Locate = (event: ParsedEvent) => string | undefined

/** What is known of an event beyond its record, under dotted names; nothing when there is nothing. Pure given its tables. */
export type Enrich = (event: ParsedEvent, asset: string | undefined) => Event['enriched']
