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

/** The detectors at work, and which of them are asked about events of which traits: looked up once for each sort of event. */
interface Panel {
  readonly working: readonly Worker[]
  readonly byTraits: Map<number, readonly Worker[]>
}
const panels = new WeakMap<readonly Worker[], Panel>()
function panelOf(workers: readonly Worker[]): Panel {
  const known = panels.get(workers)
  if (known) return known
  const panel = { working: workers.filter(({ on }) => on), byTraits: new Map<number, readonly Worker[]>() }
  panels.set(workers, panel)
  return panel
}
function concerned({ working, byTraits }: Panel, traits: number): readonly Worker[] {
  const known = byTraits.get(traits)
  if (known) return known
  const found = working.filter(({ detector }) => (detector.concerns & traits) !== 0)
  byTraits.set(traits, found)
  return found
}

/** Looks at the facts of events after a sequence number, one after another. Never throws; the memory of the workers moves on. */
export function foldFacts(workers: readonly Worker[], all: readonly Facts[], after: number): Anomaly[] {
  const anomalies: Anomaly[] = []
  const panel = panelOf(workers)
  let day = panel.working.reduce((least, { lastDay }) => Math.min(least, lastDay), Infinity)
  for (const facts of all) {
    const { event } = facts
    if (event.seq <= after) continue
    if (facts.day > day) {
      for (const worker of panel.working) worker.begin(facts)
      ;({ day } = facts)
    }
    for (const worker of concerned(panel, facts.traits)) {
      const found = worker.see(facts)
      if (found) anomalies.push({ worker, found, event })
    }
  }
  return anomalies
}

/** The same from the events themselves. */
export const foldEvents = (workers: readonly Worker[], events: readonly Event[], after: number): Anomaly[] =>
  foldFacts(workers, events.map(factsOf), after)
