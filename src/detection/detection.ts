// The room at work: rules loaded and reloaded, events matched, alerts kept.
import { Fault, type Issue, placeText } from '#kernel'
import type { Log } from '#platform'
import type { Event, EventId } from '#telemetry'
import { alertOf, type Finding } from './alerts.ts'
import { draftRule, type Drafted } from './draft/draft.ts'
import type { DetectionDeps } from './deps.ts'
import { createEngine, type Engine } from './engine.ts'
import { type LoadedRule, type LoadedRules, loadRules, type ReadFile } from './load.ts'
import { retroOf } from './retro/retro.ts'
import { ruleDesk } from './rule-desk.ts'
import { countStates, ruleLists } from './rule-list.ts'
import { sampling } from './sampling.ts'
import { openSeen } from './seen/store.ts'
import { alertId, alertStore } from './store.ts'
import type { Alert } from './types.ts'
import { watchFolders } from './watch.io.ts'

export type Detection = Awaited<ReturnType<typeof openDetection>>

const quietMilliseconds = 300

/** The alerts of events: every rule that matches, in the order of the events. Pure but for the time of raising. */
export const detectWith = (engine: Engine, events: readonly Event[], raised: number): Alert[] =>
  events.flatMap((event) =>
    engine.match(event).map((match) => alertOf(match, event, { id: alertId(match.rule.id, event.id), raised })),
  )

/** Loads the rules of the folders, again whenever asked; what is at work goes on with the rules before until the new ones are ready. */
function ruleLoader({
  folders,
  log,
  lists = {},
  builtIn = new Map(),
  overrides = {},
}: Pick<DetectionDeps, 'folders' | 'log' | 'lists' | 'builtIn' | 'overrides'>) {
  const known = new Map<string, ReadFile>()
  let loaded: LoadedRules = { rules: [], issues: [] }
  let engine = createEngine([])
  let working: Promise<void> | undefined
  let again = false

  async function load(): Promise<void> {
    const next = await loadRules(folders, { lists, known, builtIn, overrides })
    engine = createEngine(next.rules.flatMap((rule) => rule.compiled ?? []))
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
  const loader = ruleLoader(deps)
  await loader.load()

  const sample = sampling({ metrics: deps.metrics, log, now: () => clock.now() })
  const existing = (id: string): LoadedRule => {
    const rule =
      loader.loaded.rules.find((one) => one.id === id.toLowerCase()) ?? loader.loaded.rules.find((one) => one.id === id)
    if (!rule) throw new Fault('NOT_FOUND', `rule ${id}`)
    return rule
  }
  const known = { existing, rules: () => loader.loaded.rules, sources: seen.sources }
  return {
    /** The alerts of events, and what the sample of them says about the index of rules. */
    detect: (events: readonly Event[]): Alert[] => [
      ...detectWith(loader.engine, events, clock.now()),
      ...sample(loader.engine, loader.loaded.rules, events),
    ],
    /** The alert of what another room found out about an event. The same rule and key always give the same alert. Pure but for the time of raising. */
    raise: ({ rule, key, matched }: Finding, event: Event): Alert =>
      alertOf({ rule, matched }, event, { id: alertId(rule.id, key), raised: clock.now() }),
    ...store,
    async show(id: string): Promise<Alert> {
      const [alert] = await store.byIds([id])
      if (!alert) throw new Fault('NOT_FOUND', `alert ${id}`)
      return alert
    },
    /** Asks stored events for rules that are new or changed. */
    retro: retroOf({
      state,
      log,
      rules: () => known.rules().flatMap((rule) => rule.compiled ?? []),
      matching: deps.matching,
    }),
    /** Log sources and fields that events had so far. */
    seen,
    ...ruleLists({ ...known, byRule: () => store.byRule() }),
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
