// What the room is opened with.
import type { Clock, Random } from '#kernel'
import type { Log, Metrics, State } from '#platform'
import type { EventId, EventView } from '#telemetry'
import type { AnomalySettings } from './anomaly/table.ts'
import type { CorrelationLimits } from './correlation/work.ts'
import type { QueueNeeds } from './hygiene/queue.ts'
import type { Overrides } from './overriding.ts'
import type { Packs } from './packs/packs.io.ts'
import type { AskStore } from './past/ask.ts'
import type { Lists } from './sigma/modifiers.ts'

export interface DetectionDeps extends QueueNeeds {
  /** Folders of rules. */
  readonly folders: readonly string[]
  /** File that keeps the rules as read for the next start. */
  readonly cache?: string
  readonly state: State
  readonly clock: Clock
  readonly log: Log
  /** Values for `%name%` where rules use the modifier `expand`. */
  readonly lists?: Lists
  /** Indicators of threat intelligence that were read; absent where nobody reads any. */
  readonly indicators?: () => number
  /** Parameters of detectors of anomalies that are not the standard. */
  readonly anomalies?: AnomalySettings | undefined
  /** Rules that are there without a file, by the name shown for one; with them, risk and threat intelligence are listed among the rules too. */
  readonly builtIn?: ReadonlyMap<string, string>
  /** The ways to ask stored events; absent where rules are not hunted with. */
  readonly stored?: AskStore
  /** What the workspace says about single rules, by id. */
  readonly overrides?: Overrides
  /** Packs of rules from git. */
  readonly packs?: Packs
  /** Counts where the index of rules and a plain reading of them disagree. */
  readonly metrics?: Metrics
  /** For ids of drafted rules; alerts take theirs from the rule and the event. */
  readonly random?: Random
  /** How late events may come to be put in order, and the memory correlations may take. */
  readonly correlation?: CorrelationLimits
  /** Events by id, those that there are; without it no rule can be drafted. */
  readonly eventsOf?: (ids: readonly EventId[]) => Promise<readonly EventView[]>
}
