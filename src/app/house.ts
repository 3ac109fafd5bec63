// The opened house: every room in hand, as the app's own operations and the doors see it.
import type { BoundOperation } from '#kernel'
import type { Access } from '#access'
import type { Detection } from '#detection'
import type { Drawing } from '#drawing'
import type { Enrichment } from '#enrichment'
import type { Exchange } from '#exchange'
import type { Incidents } from '#incidents'
import type { Ledger } from '#ledger'
import type { Model } from '#model'
import type { Paths } from '#paths'
import type { BoundJob, Jobs } from '#platform'
import type { Reality } from '#reality'
import type { Telemetry } from '#telemetry'
import type { Threats } from '#threats'
import type { BoundAction, BoundEvidence, BoundSection } from './bound.ts'
import type { Ground } from './ground.ts'
import type { Live } from './live.ts'

/** All rooms, opened. */
export interface Rooms {
  readonly access: Access
  readonly ledger: Ledger
  readonly model: Model
  readonly telemetry: Telemetry
  readonly detection: Detection
  readonly incidents: Incidents
  readonly enrichment: Enrichment
  readonly exchange: Exchange
  readonly drawing: Drawing
  readonly reality: Reality
  readonly threats: Threats
  readonly paths: Paths
}

/** The ground, the rooms on it, and what they offer together. */
export interface House extends Ground, Rooms {
  readonly version: string
  readonly opened: number
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
