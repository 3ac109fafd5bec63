// What the questions about events stand on.
import type { EventEngine } from '#platform'
import type { EventFilter, Where } from '../store.ts'

/** The engine, and how a filter becomes what to select from and a condition. */
export interface Ground {
  readonly events: EventEngine
  readonly where: (filter: EventFilter) => Promise<Where & { readonly from: string }>
}
