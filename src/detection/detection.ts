// The room at work: rules loaded and reloaded, events matched, alerts kept.
import { type Clock, Fault, type Issue, placeText, type Random } from '#kernel'
import type { Log, State } from '#platform'
import type { Asked, Event, EventId, EventView, Matching } from '#telemetry'
import { type Level, levels } from '#standards'
import { alertOf, type Finding } from './alerts.ts'
import { openAnomalies } from './anomaly/anomalies.ts'
import type { AnomalySettings } from './anomaly/table.ts'
import { draftRule, type Drafted } from './draft/draft.ts'
import { createEngine, type Engine } from './engine.ts'
import { type LoadedRule, type LoadedRules, loadRules, type ReadFile, type RuleState } from './load.ts'
import { huntRule, type RuleHunt, type RuleHunted } from './rule-hunt.ts'
import type { Lists } from './sigma/modifiers.ts'
import { alertId, alertStore } from './store.ts'
import type { Alert, RuleView } from './types.ts'
import { watchFolders } from './watch.io.ts'

export interface DetectionDeps {
  /** Folders of rules. */
  readonly folders: readonly string[]
  readonly state: State
  readonly clock: Clock
  readonly log: Log
  /** Values for `%name%` where rules use the modifier `expand`. */
  readonly lists?: Lists
  /** Parameters of detectors of anomalies that are not the standard. */
  readonly anomalies?: AnomalySettings | undefined
  /** Rules that are there without a file, by the name shown for one. */
  readonly builtIn?: ReadonlyMap<string, string>
  /** Stored events that hold a condition; absent where rules are not hunted with. */
  readonly matching?: (asked: Asked) => Promise<Matching>
  /** For ids of drafted rules; alerts take theirs from the rule and the event. */
  readonly random?: Random
  /** Events by id, those that there are; without it no rule can be drafted. */
  readonly eventsOf?: (ids: readonly EventId[]) => Promise<readonly EventView[]>
}

/** Which rules to list. */
export interface RuleFilter {
  readonly state?: RuleState | undefined
  /** At least this level. */
  readonly level?: Level | undefined
  readonly q?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

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
}: Pick<DetectionDeps, 'folders' | 'log' | 'lists' | 'builtIn'>) {
  const known = new Map<string, ReadFile>()
  let loaded: LoadedRules = { rules: [], issues: [] }
  let engine = createEngine([])
  let working: Promise<void> | undefined
  let again = false

  async function load(): Promise<void> {
    const next = await loadRules(folders, { lists, known, builtIn })
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
  const { folders, state, clock, log, lists = {}, matching } = deps
  const store = alertStore(state)
  const loader = ruleLoader(deps)
  await loader.load()
  const anomalies = await openAnomalies({ state, clock, settings: deps.anomalies })

  const existing = (id: string): LoadedRule => {
    const rule =
      loader.loaded.rules.find((one) => one.id === id.toLowerCase()) ?? loader.loaded.rules.find((one) => one.id === id)
    if (!rule) throw new Fault('NOT_FOUND', `rule ${id}`)
    return rule
  }
  return {
    detect: (events: readonly Event[]): Alert[] => detectWith(loader.engine, events, clock.now()),
    /** The alert of what another room found out about an event. The same rule and key always give the same alert. Pure but for the time of raising. */
    raise: ({ rule, key, matched }: Finding, event: Event): Alert =>
      alertOf({ rule, matched }, event, { id: alertId(rule.id, key), raised: clock.now() }),
    ...store,
    anomalies,
    async show(id: string): Promise<Alert> {
      const [alert] = await store.byIds([id])
      if (!alert) throw new Fault('NOT_FOUND', `alert ${id}`)
      return alert
    },
    rules: (): readonly LoadedRule[] => loader.loaded.rules,
    async listRules(filter: RuleFilter) {
      const found = loader.loaded.rules.filter((rule) => fits(rule, filter))
      const from = filter.cursor === undefined ? 0 : Number(filter.cursor)
      const alerts = await store.byRule()
      const to = from + filter.limit
      return {
        items: found.slice(from, to).map((rule) => viewOf(rule, alerts)),
        next: to < found.length ? String(to) : null,
        total: found.length,
        counts: countStates(loader.loaded.rules),
      }
    },
    async showRule(id: string): Promise<RuleView & { text: string }> {
      const rule = existing(id)
      return { ...viewOf(rule, await store.byRule()), text: rule.text }
    },
    draft: (ids: readonly EventId[]): Promise<Drafted> => drafted(deps, ids),
    /** Asks a rule of what is stored. */
    hunt: (asked: RuleHunt): Promise<RuleHunted> => huntRule(asked, { existing, lists, matching }),
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

export const countStates = (rules: readonly LoadedRule[]): Record<RuleState, number> => {
  const counts: Record<RuleState, number> = { running: 0, disabled: 0, 'needs-list': 0, unsupported: 0, invalid: 0 }
  for (const { state } of rules) counts[state]++
  return counts
}

const fits = (rule: LoadedRule, { state, level, q }: RuleFilter): boolean =>
  (state === undefined || rule.state === state) &&
  (level === undefined || levels.indexOf(rule.level) >= levels.indexOf(level)) &&
  (q === undefined ||
    [rule.title, rule.id, rule.file, ...rule.techniques].some((text) => text.toLowerCase().includes(q.toLowerCase())))

const viewOf = (rule: LoadedRule, alerts: ReadonlyMap<string, number>): RuleView => ({
  id: rule.id,
  title: rule.title,
  level: rule.level,
  status: rule.status,
  state: rule.state,
  why: rule.why,
  product: rule.source.product ?? '',
  category: rule.source.category ?? '',
  service: rule.source.service ?? '',
  techniques: [...rule.techniques],
  tactics: [...rule.tactics],
  file: rule.file,
  alerts: alerts.get(rule.id) ?? 0,
})
