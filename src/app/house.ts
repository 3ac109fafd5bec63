// The opened house: every room in hand, as the app's own operations and the doors see it.
import type { BoundOperation, Clock } from '#kernel'
import type { Access } from '#access'
import type { Detection } from '#detection'
import type { Incidents } from '#incidents'
import type { Ledger } from '#ledger'
import type { Model } from '#model'
import type { BoundJob, Config, EventEngine, Jobs, Log, Metrics, Secrets, State } from '#platform'
import type { Telemetry } from '#telemetry'
import type { BoundAction, BoundEvidence, BoundSection } from './bound.ts'
import type { Live } from './live.ts'

/** All rooms, opened. */
export interface Rooms {
  readonly access: Access
  readonly ledger: Ledger
  readonly model: Model
  readonly telemetry: Telemetry
  readonly detection: Detection
  readonly incidents: Incidents
}

/** The ground they stand on, and what they offer together. */
export interface House extends Rooms {
  readonly workspace: string
  readonly config: Config
  readonly version: string
  readonly opened: number
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly state: State
  readonly events: EventEngine
  readonly secrets: Secrets
  readonly jobs: Jobs
  readonly live: Live
  /** Filled when every room is open: what rooms offer may need other rooms. */
  readonly offered: Offered
}

/** What all rooms offer, bound to them. */
export interface Offered {
  operations: readonly BoundOperation[]
  jobs: readonly BoundJob[]
  evidence: readonly BoundEvidence[]
  actions: readonly BoundAction[]
  sections: readonly BoundSection[]
}
