// The questions of somebody who looks around in events: which fields there are, what arrives, processes, entities.
import type { EventEngine } from '#platform'
import type { EventFilter, EventStore } from '../store.ts'
import { type EventRow, selected, seqOf, viewOf } from '../columns.ts'
import type { EventId, EventView } from '../types.ts'
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
  /** Events with these ids, those that there are, in the order of arrival. */
  byIds: (ids: readonly EventId[]) => eventsOf(events, ids),
  /** Throws Fault NOT_FOUND. */
  processes: async (id: EventId) => processTree(events, await store.show(id)),
})

async function eventsOf(events: EventEngine, ids: readonly EventId[]): Promise<EventView[]> {
  const asked = `select ${selected} from events where seq in {seqs:Array(UInt64)} order by seq limit 1 by seq`
  return (await events.query<EventRow>(asked, { seqs: ids.map(seqOf) }, { rows: ids.length })).map(viewOf)
}
