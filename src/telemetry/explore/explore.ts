// The questions of somebody who looks around in events: which fields there are, what arrives, processes, entities.
import type { EventEngine } from '#platform'
import type { EventFilter, EventStore } from '../store.ts'
import type { EventId } from '../types.ts'
import { type EntityAsked, showEntity } from './entity.ts'
import { countFields } from './fields.ts'
import { processTree } from './processes.ts'
import { tailOf, type TailAsked } from './tail.ts'

export type Explore = ReturnType<typeof exploring>

/** The answers, over one table of events. */
export const exploring = (events: EventEngine, store: EventStore, now: () => number) => ({
  fields: (filter: EventFilter) => countFields(events, filter, now()),
  tail: (asked: TailAsked) => tailOf(events, asked, now()),
  entity: (asked: EntityAsked) => showEntity(events, store, { ...asked, now: now() }),
  /** Throws Fault NOT_FOUND. */
  processes: async (id: EventId) => processTree(events, await store.show(id)),
})
