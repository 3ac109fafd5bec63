// The queue of alerts: keeping with hygiene and risk, listing with what people and sums say of each.
import { type Clock, Fault, type Random } from '#kernel'
import type { Log, Metrics, State } from '#platform'
import type { Level } from '#standards'
import type { EventId, EventView } from '#telemetry'
import type { LoadedRule } from '../load.ts'
import type { RiskSettings } from '../risk/fold.ts'
import { openRisk } from '../risk/risk.ts'
import { type AlertFilter, type AlertStore, plainAlert } from '../store.ts'
import type { Alert } from '../types.ts'
import { openClean, type TrueIncident } from './clean.ts'
import { openHygiene } from './hygiene.ts'
import { type IncidentsHeld, openRetention } from './retention.ts'
import type { QueueAlert, StoredAlert } from './types.ts'

/** What the wiring hands in beside what detection needs anyway; without it there is no model, no incident and no workspace. */
export interface QueueNeeds {
  /** Files are named from here. */
  readonly workspace?: string
  /** The folder of the workspace's own rules, into which filters are written; the first folder when not given. */
  readonly own?: string | undefined
  readonly risk?: RiskSettings
  /** How critical the model says an asset is. */
  readonly criticalityOf?: (asset: string) => Level | undefined
  /** Incidents that people treated as true. */
  readonly trueIncidents?: () => Promise<readonly TrueIncident[]>
  /** Milliseconds that alerts are kept; for ever when not given or 0. */
  readonly keepAlerts?: number
  /** What incidents say of old alerts; without it, alerts of any incident stay. */
  readonly incidentsHeld?: IncidentsHeld
}
export interface QueueDeps extends QueueNeeds {
  readonly state: State
  readonly clock: Clock
  readonly alerts: AlertStore
  readonly folders: readonly string[]
  readonly random?: Random | undefined
  readonly eventsOf?: ((ids: readonly EventId[]) => Promise<readonly EventView[]>) | undefined
  readonly rules: () => readonly LoadedRule[]
  readonly reload: () => Promise<void>
  readonly log?: Log | undefined
  readonly metrics?: Metrics | undefined
}

export const standardRisk: RiskSettings = { halfLife: 7 * 86_400_000, threshold: 150 }
const allHeld: IncidentsHeld = {
  held: (incidents) => Promise.resolve(new Set(incidents)),
  forget: () => Promise.resolve(),
}
const noRandom: Random = {
  bytes: () => {
    throw new Fault('BUG', 'detection was opened without random numbers')
  },
}

export type Queue = ReturnType<typeof openQueue>

/** Opens the queue over the store of alerts. */
export function openQueue(deps: QueueDeps) {
  const { alerts, rules, random = noRandom, eventsOf = () => Promise.resolve([]) } = deps
  const risk = openRisk({
    state: deps.state,
    clock: deps.clock,
    settings: deps.risk ?? standardRisk,
    criticalityOf: deps.criticalityOf ?? (() => undefined),
    statusOf: (id) => rules().find((rule) => rule.id === id)?.status,
    alertsByIds: (ids) => alerts.byIds(ids),
  })
  const { forget } = risk
  const hygiene = openHygiene({ ...deps, random, eventsOf, forget })
  const clean = openClean({
    ...deps,
    random,
    eventsOf,
    forget,
    hygiene,
    workspace: deps.workspace ?? '.',
    own: deps.own ?? deps.folders[0],
    alertsByIds: (ids) => alerts.byIds(ids),
    trueIncidents: deps.trueIncidents ?? (() => Promise.resolve([])),
  })
  const withRisk = async (stored: readonly StoredAlert[]): Promise<QueueAlert[]> => {
    const risks = await risk.ofAlerts(stored.map(plainAlert))
    return stored.map((alert) => ({ ...alert, risk: Math.round((risks.get(alert.id) ?? 0) * 10) / 10 }))
  }
  const incidents = deps.incidentsHeld ?? allHeld
  return {
    hygiene,
    clean,
    risk,
    retention: openRetention({ ...deps, keep: deps.keepAlerts ?? 0, incidents }),
    /**
     * Keeps alerts and answers those that were not there yet and are not suppressed, and after them those about entities whose risk
     * crossed the threshold. Inside State.transaction().
     */
    async keep(found: readonly Alert[]): Promise<Alert[]> {
      const kept = await hygiene.keep(found)
      const more = await hygiene.keep(await risk.fold(kept.heads))
      return [...kept.alerts, ...more.alerts]
    },
    async listQueue(filter: AlertFilter): Promise<{ items: QueueAlert[]; next: string | null; total: number }> {
      const page = await alerts.list(filter)
      return { ...page, items: await withRisk(page.items) }
    },
    /** Throws Fault NOT_FOUND. */
    async showQueued(id: string): Promise<QueueAlert> {
      const [alert] = await withRisk(await alerts.storedByIds([id]))
      if (!alert) throw new Fault('NOT_FOUND', `alert ${id}`)
      return alert
    },
  }
}
