// The room at work: rules loaded and reloaded, events matched, alerts kept.
import { type Clock, Fault, type Issue, placeText, type Random } from '#kernel'
import type { Log, Metrics, State } from '#platform'
import type { Asked, Event, EventId, EventView, Matching } from '#telemetry'
import { alertOf, type Finding } from './alerts.ts'
import { correlating } from './correlation/room.ts'
import { type Correlator, createCorrelator, type CorrelationLimits, usualLimits } from './correlation/work.ts'
import { judgeWith, type Judged } from './judge.ts'
import { draftRule, type Drafted } from './draft/draft.ts'
import { createEngine } from './engine.ts'
import { openQueue, type QueueNeeds } from './hygiene/queue.ts'
import { type LoadedRule, type LoadedRules, loadRules, type Overrides, type ReadFile } from './load.ts'
import type { Packs } from './packs/packs.io.ts'
import { retroOf } from './retro/retro.ts'
import { ruleDesk } from './rule-desk.ts'
import { countStates, ruleLists } from './rule-list.ts'
import { sampling } from './sampling.ts'
import { openSeen } from './seen/store.ts'
import type { Lists } from './sigma/modifiers.ts'
import { alertId, alertStore } from './store.ts'
import type { Alert } from './types.ts'
import { watchFolders } from './watch.io.ts'

export interface DetectionDeps extends QueueNeeds {
  /** Folders of rules. */
  readonly folders: readonly string[]
  readonly state: State
  readonly clock: Clock
  readonly log: Log
  /** Values for `%name%` where rules use the modifier `expand`. */
  readonly lists?: Lists
  /** Rules that are there without a file, by the name shown for one. */
  readonly builtIn?: ReadonlyMap<string, string>
  /** Stored events that hold a condition; absent where rules are not hunted with. */
  readonly matching?: (asked: Asked) => Promise<Matching>
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

export type Detection = Awaited<ReturnType<typeof openDetection>>

const quietMilliseconds = 300

/** Loads the rules of the folders, again whenever asked; what is at work goes on with the rules before until the new ones are ready. */
function ruleLoader(
  {
    folders,
    log,
    lists = {},
    builtIn = new Map(),
    overrides = {},
  }: Pick<DetectionDeps, 'folders' | 'log' | 'lists' | 'builtIn' | 'overrides'>,
  correlator: Correlator,
) {
  const known = new Map<string, ReadFile>()
  let loaded: LoadedRules = { rules: [], issues: [] }
  let engine = createEngine([])
  let onlyFeed: ReadonlySet<string> = new Set()
  let working: Promise<void> | undefined
  let again = false

  async function load(): Promise<void> {
    const next = await loadRules(folders, { lists, known, builtIn, overrides })
    engine = createEngine(next.rules.flatMap((rule) => rule.compiled ?? []))
    onlyFeed = new Set(next.rules.flatMap(({ id, onlyFeeds }) => (onlyFeeds === true ? [id] : [])))
    correlator.run(next.rules.flatMap(({ correlation }) => correlation ?? []))
    loaded = next
    tell(next, log)
  }
  async function loadWhileAsked(): Promise<void> {
    while (again) {
      again = false
      await load()
    }
  }
  return {
    get loaded() {
      return loaded
    },
    get engine() {
      return engine
    },
    get onlyFeed() {
      return onlyFeed
    },
    load,
    /** One load at a time; a change while one runs leads to one more. */
    async reload(): Promise<void> {
      again = true
      working ??= loadWhileAsked().finally(() => (working = undefined))
      await working
    },
  }
}

/** Opens the room: loads the rules and says in the log how they stand. Throws what loadRules throws. */
export async function openDetection(deps: DetectionDeps) {
  const { folders, state, clock, log } = deps
  const store = alertStore(state)
  const seen = await openSeen(state)
  const correlator = createCorrelator(state, deps.correlation ?? usualLimits)
  const loader = ruleLoader(deps, correlator)
  await loader.load()
  const queue = openQueue({ ...deps, alerts: store, rules: () => loader.loaded.rules, reload: () => loader.reload() })

  const sample = sampling({ metrics: deps.metrics, log, now: () => clock.now() })
  const existing = (id: string): LoadedRule => {
    const rule =
      loader.loaded.rules.find((one) => one.id === id.toLowerCase()) ?? loader.loaded.rules.find((one) => one.id === id)
    if (!rule) throw new Fault('NOT_FOUND', `rule ${id}`)
    return rule
  }
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
      matching: deps.matching,
    }),
    /** The alert of what another room found out about an event. The same rule and key always give the same alert. Pure but for the time of raising. */
    raise: ({ rule, key, matched }: Finding, event: Event): Alert =>
      alertOf({ rule, matched }, event, { id: alertId(rule.id, key), raised: clock.now() }),
    ...store,
    ...queue,
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
      rules: () => known.rules().flatMap((rule) => (rule.onlyFeeds === true ? [] : (rule.compiled ?? []))),
      matching: deps.matching,
    }),
    /** Log sources and fields that events had so far. */
    seen,
    ...ruleLists({ ...known, byRule: () => store.byRule(), live: (id) => correlator.live(id) }),
    ...ruleDesk({ ...known, deps, reload: () => loader.reload() }),
    draft: (ids: readonly EventId[]): Promise<Drafted> => drafted(deps, ids),
    reload: () => loader.reload(),
    /** Reloads when a rule file changes; answers the way to stop. The rules before stay in use while and when loading fails. */
    watch: (): (() => void) =>
      watchFolders(folders, {
        quietMilliseconds,
        changed: () =>
          void loader.reload().catch((thrown: unknown) => log.error({ err: thrown }, 'rules not reloaded')),
        failed: (text) => log.warn(text),
      }),
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

function tell({ rules, issues }: LoadedRules, log: Log): void {
  log.info({ rules: rules.length, ...countStates(rules) }, 'rules loaded')
  for (const issue of issues.filter(({ severity }) => severity === 'error').slice(0, 20))
    log.warn({ at: placeText(issue.at), code: issue.code }, issue.text)
}
