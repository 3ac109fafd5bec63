// What the questions about events stand on.
import type { Ground } from '../ground.ts'
import type { EventFilter, Where } from '../store.ts'

/** The engine, and how a filter becomes what to select from and a condition. */
export interface Finding extends Pick<Ground, 'events'> {
  readonly where: (filter: EventFilter) => Promise<Where>
}
