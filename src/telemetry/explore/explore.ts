// The questions of somebody who looks around in events: which fields there are, what arrives, processes, entities.
import { type EventRow, selected, seqOf, viewOf } from '../columns.ts'
import { type EventFilter, type EventStore, whereOf } from '../store.ts'
import type { EventId, EventView } from '../types.ts'
import { type EntityAsked, showEntity } from './entity.ts'
import { countFields } from './fields.ts'
import type { Finding } from './finding.ts'
import { processTree } from './processes.ts'
import { tailOf, type TailAsked } from './tail.ts'

export type Explore = ReturnType<typeof exploring>

/** The answers, over the events of one store. */
export function exploring(store: EventStore) {
  const { ground: below } = store
  const ground: Finding = { events: below.events, where: (filter) => whereOf(below, filter) }
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

async function eventsOf({ events, where }: Finding, ids: readonly EventId[]): Promise<EventView[]> {
  const { from, params } = await where({})
  const asked = `select ${selected} from ${from} where seq in {seqs:Array(UInt64)} order by seq limit 1 by seq`
  const rows = await events.query<EventRow>(asked, { ...params, seqs: ids.map(seqOf) }, { rows: ids.length })
  return rows.map(viewOf)
}
