// The room at work: the rules of the workspace as an engine, taken up anew when they change, and the alerts they raised.
import { type Clock, Fault, type Issue } from '#kernel'
import { type Log, readTextFile, type State } from '#platform'
import type { Event } from '#telemetry'
import { alertOf } from './alerts.ts'
import { createEngine, type Engine } from './engine.ts'
import { type LoadedRule, loadRules } from './load.ts'
import { type AlertCounts, type AlertFilter, type AlertPage, alertStore } from './store.ts'
import { type Alert, type RuleView, ruleStates } from './types.ts'
import { watchFolders } from './watch.io.ts'

export interface DetectionDeps {
  /** Folders of Sigma rules. */
  readonly folders: readonly string[]
  readonly state: State
  readonly clock: Clock
  readonly log: Log
}

/** Alerts kept and asked for, and the rules behind them. */
export interface Detection {
  /** Pure: alerts of these events, with ids that depend on rule and event only. */
  detect(events: readonly Event[]): Alert[]
  /** Keeps alerts inside State.transaction(); answers with those that are new. */
  keep(alerts: readonly Alert[]): Promise<Alert[]>
  byIds(ids: readonly string[]): Promise<Alert[]>
  setIncident(ids: readonly string[], incident: string): Promise<void>
  list(page: AlertPage): Promise<{ items: Alert[]; next: string | null; total: number }>
  /** Throws Fault NOT_FOUND. */
  show(id: string): Promise<Alert>
  counts(filter: Pick<AlertFilter, 'since' | 'until'>): Promise<AlertCounts>
  rules(): Promise<RuleView[]>
  /** The rule and the text of its file. Throws Fault NOT_FOUND. */
  rule(id: string): Promise<RuleView & { text: string }>
  ruleCounts(): Record<RuleView['state'], number>
  /** What is wrong with rule files. */
  readonly issues: readonly Issue[]
  /** Alerts kept since the start. */
  readonly raised: number
  /** Reads the folders again. What is at work goes on with the old rules until the new ones are ready. */
  reload(): Promise<void>
  /** Reloads when files change; the answer stops it. */
  watch(): () => void
}

/** Loads the rules and opens the store of alerts. Never fails for what is wrong with a rule. */
export async function openDetection(deps: DetectionDeps): Promise<Detection> {
  const detection = new OpenDetection(deps)
  await detection.reload()
  return detection
}

const mostText = 5_000_000

class OpenDetection implements Detection {
  raised = 0
  issues: readonly Issue[] = []
  private loaded: readonly LoadedRule[] = []
  private engine: Engine = createEngine([])
  private readonly deps: DetectionDeps
  private readonly store: ReturnType<typeof alertStore>

  constructor(deps: DetectionDeps) {
    this.deps = deps
    this.store = alertStore(deps.state)
  }

  async reload(): Promise<void> {
    const { rules, issues } = await loadRules(this.deps.folders)
    this.engine = createEngine(rules.flatMap(({ compiled }) => compiled ?? []))
    this.loaded = rules
    this.issues = issues
    this.deps.log.info({ ...this.ruleCounts(), issues: issues.length }, 'rules loaded')
  }

  watch(): () => void {
    return watchFolders(this.deps.folders, () => {
      this.reload().catch((thrown: unknown) => this.deps.log.error({ err: thrown }, 'rules could not be read again; the old ones go on'))
    })
  }

  detect(events: readonly Event[]): Alert[] {
    const now = this.deps.clock.now()
    return events.flatMap((event) => this.engine.match(event).map((match) => alertOf(match, event, now)))
  }

  async keep(alerts: readonly Alert[]): Promise<Alert[]> {
    const fresh = await this.store.keep(alerts)
    this.raised += fresh.length
    return fresh
  }

  byIds(ids: readonly string[]): Promise<Alert[]> {
    return this.store.byIds(ids)
  }
  setIncident(ids: readonly string[], incident: string): Promise<void> {
    return this.store.setIncident(ids, incident)
  }
  list(page: AlertPage): Promise<{ items: Alert[]; next: string | null; total: number }> {
    return this.store.list(page)
  }
  counts(filter: Pick<AlertFilter, 'since' | 'until'>): Promise<AlertCounts> {
    return this.store.counts(filter)
  }

  async show(id: string): Promise<Alert> {
    const [alert] = await this.store.byIds([id])
    if (!alert) throw new Fault('NOT_FOUND', `alert ${id}`)
    return alert
  }

  async rules(): Promise<RuleView[]> {
    const alerts = await this.store.byRule()
    return this.loaded.map((rule) => viewOf(rule, alerts.get(rule.id) ?? 0))
  }

  async rule(id: string): Promise<RuleView & { text: string }> {
    const found = this.loaded.find((rule) => rule.id === id)
    if (!found) throw new Fault('NOT_FOUND', `rule ${id}`)
    const text = await readTextFile(found.file, { maxBytes: mostText })
    const alerts = await this.store.byRule()
    return { ...viewOf(found, alerts.get(id) ?? 0), text: text.ok ? text.value : '' }
  }

  ruleCounts(): Record<RuleView['state'], number> {
    const counts = { running: 0, disabled: 0, 'needs-list': 0, unsupported: 0, invalid: 0 }
    for (const state of ruleStates) counts[state] = this.loaded.filter((rule) => rule.state === state).length
    return counts
  }
}

const viewOf = (rule: LoadedRule, alerts: number): RuleView => ({
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
  alerts,
})
