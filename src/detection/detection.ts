// The room at work: rules loaded and reloaded, events matched, alerts kept.
import { Fault, type Issue } from '#kernel'
import type { Event, EventId } from '#telemetry'
import { alertOf, type Finding } from './alerts.ts'
import { openAnomalies } from './anomaly/anomalies.ts'
import { correlating } from './correlation/room.ts'
import { type Taken, takenOf } from './correlation/taken.ts'
import { createCorrelator, usualLimits } from './correlation/work.ts'
import { judgeWith, type Judged } from './judge.ts'
import { draftRule, type Drafted } from './draft/draft.ts'
import type { DetectionDeps } from './deps.ts'
import { openQueue, standardRisk } from './hygiene/queue.ts'
import type { LoadedRule } from './load.ts'
import { ruleLoader, watching } from './loader.ts'
import { ownRules } from './own-rules.ts'
import { retroOf } from './past/retro.ts'
import { ruleDesk } from './desk/desk.ts'
import { ruleLists } from './desk/list.ts'
import { sampling } from './sampling.ts'
import { openSeen, type SeenBook } from './seen/store.ts'
import { alertId, type AlertStore, alertStore } from './store.ts'
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
  const own = deps.builtIn ? ownRules({ risk: deps.risk ?? standardRisk, indicators: deps.indicators }) : []
  const known = { existing, rules: () => loader.loaded.rules, sources: seen.sources }
  const desk = ruleDesk({ ...known, deps, reload: () => loader.reload() })
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
    raise: ({ rule, key, matched, about }: Finding, event: Event): Alert =>
      alertOf({ rule, matched, about }, event, { id: alertId(rule.id, key), raised: clock.now() }),
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
    ...ruleLists({ ...known, own, ...listing(deps, { store, correlator, seen }), tests: desk.tested }),
    ...desk,
    /** What took part in the alert of a correlation. Throws Fault NOT_FOUND, INPUT_INVALID for one that is of none. */
    taken: (id: string): Promise<Taken> => takenIn(id, { store, rules: known.rules, eventsOf: deps.eventsOf }),
    draft: (ids: readonly EventId[]): Promise<Drafted> => drafted(deps, ids),
    ...watching(loader, deps),
    get issues(): readonly Issue[] {
      return loader.loaded.issues
    },
  }
}

interface Listed {
  readonly store: Pick<AlertStore, 'byRule'>
  readonly correlator: Pick<ReturnType<typeof createCorrelator>, 'live'>
  readonly seen: Pick<SeenBook, 'version'>
}
/** What lists of rules need of the rest of the room. */
const listing = ({ own, folders, packs, overrides = {} }: DetectionDeps, { store, correlator, seen }: Listed) => ({
  version: seen.version,
  byRule: () => store.byRule(),
  live: (id: string) => correlator.live(id),
  places: { own: own ?? folders[0], folders, packs },
  overrides,
})

interface TakenNeeds {
  readonly store: Pick<AlertStore, 'byIds'>
  readonly rules: () => readonly LoadedRule[]
  readonly eventsOf: DetectionDeps['eventsOf']
}
async function takenIn(id: string, { store, rules, eventsOf }: TakenNeeds): Promise<Taken> {
  const [alert] = await store.byIds([id])
  if (!alert) throw new Fault('NOT_FOUND', `alert ${id}`)
  return takenOf(alert, { rules: rules(), eventsOf })
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
