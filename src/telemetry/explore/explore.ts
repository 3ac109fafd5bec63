// The questions of somebody who looks around in events: which fields there are, what arrives, processes, entities.
import type { EventEngine } from '#platform'
import { type EventRow, selected, seqOf, viewOf } from '../columns.ts'
import { type EventFilter, type EventStore, whereOf } from '../store.ts'
import type { EventId, EventView } from '../types.ts'
import { type EntityAsked, showEntity } from './entity.ts'
import { countFields } from './fields.ts'
import type { Ground } from './ground.ts'
import { processTree } from './processes.ts'
import { tailOf, type TailAsked } from './tail.ts'

export type Explore = ReturnType<typeof exploring>

/** The answers, over one table of events. */
export function exploring(events: EventEngine, store: EventStore, now: () => number) {
  const ground: Ground = {
    events,
    where: async (filter) => ({ from: 'events', ...(await whereOf(events, filter, now())) }),
  }
  return {
    fields: (filter: EventFilter) => countFields(ground, filter),
    tail: (asked: TailAsked) => tailOf(ground, asked),
    entity: (asked: EntityAsked) => showEntity(ground, store, asked),
    /** Events with these ids, those that there are, in the order of arrival. */
    byIds: (ids: readonly EventId[]) => eventsOf(ground, ids),
    /** Throws Fault NOT_FOUND. */
    processes: async (id: EventId) => processTree(ground, await store.show(id)),
  }
}

async function eventsOf({ events, where }: Ground, ids: readonly EventId[]): Promise<EventView[]> {
  const { from, params } = await where({})
  const asked = `select ${selected} from ${from} where seq in {seqs:Array(UInt64)} order by seq limit 1 by seq`
  const rows = await events.query<EventRow>(asked, { ...params, seqs: ids.map(seqOf) }, { rows: ids.length })
  return rows.map(viewOf)
}
