// What an enricher is: it adds what is known about an event beyond its record, under names of its own.
import type { ParsedEvent } from '#telemetry'

/** What is known so far, while it is being collected. */
export type OpenFacts = Record<string, string>

/** A name under which something is added. */
export interface FactDoc {
  readonly name: string
  readonly does: string
}

export interface Enricher {
  readonly name: string
  readonly gives: readonly FactDoc[]
  /** Adds to the facts. Pure given its tables, and quick: it runs for every event. */
  add(event: ParsedEvent, asset: string | undefined, facts: OpenFacts): void
}

/** The ends of an event's connection: the prefix of their facts and the column of their address. */
export const ends = [
  ['src', 'src_ip'],
  ['dst', 'dst_ip'],
] as const
