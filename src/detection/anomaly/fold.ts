// One batch through every detector, in order; pure given the detectors' memory.
import type { Event } from '#telemetry'
import { factsOf } from './facts.ts'
import type { Found } from './types.ts'
import type { Worker } from './worker.ts'

/** A finding, the detector it is of, and the event at which it came out. */
export interface Anomaly {
  readonly worker: Worker
  readonly found: Found
  readonly event: Event
}

/** Looks at the events after a sequence number, one after another. Never throws; the memory of the workers moves on. */
export function foldEvents(workers: readonly Worker[], events: readonly Event[], after: number): Anomaly[] {
  const anomalies: Anomaly[] = []
  const working = workers.filter(({ on }) => on)
  for (const event of events) {
    if (event.seq <= after) continue
    const facts = factsOf(event)
    for (const worker of working) {
      const found = worker.see(facts)
      if (found) anomalies.push({ worker, found, event })
    }
  }
  return anomalies
}
