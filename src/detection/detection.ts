// The room at work: rules loaded and reloaded, events matched, alerts kept.
import { Fault, type Issue } from '#kernel'
import type { Event, EventId } from '#telemetry'
import { alertOf, type Finding } from './alerts.ts'
import { openAnomalies } from './anomaly/anomalies.ts'
import { correlating } from './correlation/room.ts'
import { createCorrelator, usualLimits } from './correlation/work.ts'
import { judgeWith, type Judged } from './judge.ts'
import { draftRule, type Drafted } from './draft/draft.ts'
import type { DetectionDeps } from './deps.ts'
import { openQueue } from './hygiene/queue.ts'
import { ruleLoader, watching } from './loader.ts'
import { retroOf } from './retro/retro.ts'
import { ruleDesk } from './rule-desk.ts'
import { ruleLists } from './rule-list.ts'
import { sampling } from './sampling.ts'
import { openSeen } from './seen/store.ts'
import { alertId, alertStore } from './store.ts'
import type { Alert } from './types.ts'

export type Detection = Awaited<ReturnType<typeof openDetection>>

/** Opens the room: loads the rules and says in the log how they stand. Throws what loadRules throws. */
export async function openDetection(deps: DetectionDeps) {
  const { state, clock, log } = deps
  const store = alertStore(state)
  const seen = await openSeen(state)
  const correlator = createCorrelator(state, deps.correlation ?? usualLimits)
  const loader = ruleLoader(deps, correlator)
  await loader.load()
  const queue = openQueue({ ...deps, alerts: store, rules: () => loader.loaded.rules, reload: () => loader.reload() })
  const anomalies = await openAnomalies({ state, clock, settings: deps.anomalies })

  const sample = sampling({ metrics: deps.metrics, log, now: () => clock.now() })
  const existing = (id: string) => loader.existing(id)
  const known = { existing, rules: () => loader.loaded.rules, sources: seen.sources }
  /** What events come to, and what the sample of them says about the index of rules. */
  const judge = (events: readonly Event[]): Judged => {
    const roles = { feeds: correlator.feeds, onlyFeed: loader.onlyFeed, raised: clock.now() }
    const { alerts, fed } = judgeWith(loader.engine, events, roles)
    return { alerts: [...alerts, ...sample(loader.engine, loader.loaded.rules, events)], fed }
  }
  return {
    judge,
    detect: (events: readonly Event[]): readonly Alert[] => judge(events).alerts,
    correlation: correlating(correlator, {
      clock,
      onlyFeed: () => loader.onlyFeed,
      existing,
      stored: deps.stored,
    }),
    /** The alert of what another room found out about an event. The same rule and key always give the same alert. Pure but for the time of raising. */
    raise: ({ rule, key, matched }: Finding, event: Event): Alert =>
      alertOf({ rule, matched }, event, { id: alertId(rule.id, key), raised: clock.now() }),
    ...store,
    ...queue,
    anomalies,
    async show(id: string): Promise<Alert> {
      const [alert] = await store.byIds([id])
      if (!alert) throw new Fault('NOT_FOUND', `alert ${id}`)
      return alert
    },
    /** Asks stored events for rules that are new or changed. */
    retro: retroOf({
      state,
      log,
      // Matches of rules that only feed are no alerts of their own.
      rules: () =>
        known.rules().filter(({ onlyFeeds, compiled, correlation }) => onlyFeeds !== true && (compiled ?? correlation)),
      existing,
      stored: deps.stored,
    }),
    /** Log sources and fields that events had so far. */
    seen,
    ...ruleLists({ ...known, byRule: () => store.byRule(), live: (id) => correlator.live(id) }),
    ...ruleDesk({ ...known, deps, reload: () => loader.reload() }),
    draft: (ids: readonly EventId[]): Promise<Drafted> => drafted(deps, ids),
    ...watching(loader, deps),
    get issues(): readonly Issue[] {
      return loader.loaded.issues
    },
  }
}

/** Throws Fault NOT_FOUND for an event that is not there, INPUT_INVALID when the events have too little in common. */
async function drafted({ eventsOf, random, clock }: DetectionDeps, ids: readonly EventId[]): Promise<Drafted> {
  if (!eventsOf || !random) throw new Fault('BUG', 'detection was opened without events to draft from')
  const wanted = [...new Set(ids)]
  const events = await eventsOf(wanted)
  const missing = wanted.find((id) => events.every((event) => event.id !== id))
  if (missing !== undefined) throw new Fault('NOT_FOUND', `event ${missing}`)
  return draftRule(events, { at: clock.now(), random })
}
