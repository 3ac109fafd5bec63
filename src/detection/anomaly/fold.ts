// One batch through every detector, in order; pure given the detectors' memory.
import type { Event } from '#telemetry'
import { type EventFacts, type Facts, factsOf } from './facts.ts'
import type { Found } from './types.ts'
import type { Worker } from './worker.ts'

/** A finding, the detector it is of, and the event at which it came out. */
export interface Anomaly {
  readonly worker: Worker
  readonly found: Found
  readonly event: EventFacts
}

/** Looks at the facts of events after a sequence number, one after another. Never throws; the memory of the workers moves on. */
export function foldFacts(workers: readonly Worker[], all: readonly Facts[], after: number): Anomaly[] {
  const anomalies: Anomaly[] = []
  const working = workers.filter(({ on }) => on)
  for (const facts of all) {
    const { event } = facts
    if (event.seq <= after) continue
    for (const worker of working) {
      const found = worker.see(facts)
      if (found) anomalies.push({ worker, found, event })
    }
  }
  return anomalies
}

/** The same from the events themselves. */
export const foldEvents = (workers: readonly Worker[], events: readonly Event[], after: number): Anomaly[] =>
  foldFacts(workers, events.map(factsOf), after)
