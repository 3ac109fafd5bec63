// Rules over event files without a server, a workspace or a store: what `castellan detect` runs.
import { Fault, type Issue } from '#kernel'
import { type Level, levels } from '#standards'
import { correlateFiles, createEngine, type LoadedRule, loadRules, type MatchedField } from '#detection'
import { fileBytes, glanceEventFiles, type Parser } from '#telemetry'
import { examineInWorkers, processors } from './detect-workers.io.ts'
import { type Examined, examine, readingLimits } from './examine.ts'
import type { FileCounts, ReadFiles } from './file-events.ts'
import { ownParsers } from './parsers.ts'

/** An alert of a file: as in the store, but tied to its place in the file. */
export interface OfflineAlert {
  readonly time: number
  readonly file: string
  readonly rule: {
    readonly id: string
    readonly title: string
    readonly level: Level
    readonly techniques: readonly string[]
  }
  readonly host: string
  readonly user: string
  readonly message: string
  readonly matched: readonly MatchedField[]
}

export interface OfflineSummary {
  /** The first alerts in order of reading, at most 10,000; all of them went to `onAlert`. */
  readonly alerts: readonly OfflineAlert[]
  readonly alertCount: number
  readonly byRule: readonly {
    readonly id: string
    readonly title: string
    readonly level: Level
    readonly count: number
  }[]
  readonly byLevel: Readonly<Record<Level, number>>
  readonly counts: FileCounts
  /** Spent on the events. */
  readonly seconds: number
  readonly rules: {
    /** Spent on reading rules and making the engine. */
    readonly seconds: number
    readonly running: number
    readonly notRunning: readonly { readonly why: string; readonly count: number }[]
  }
  readonly issues: readonly Issue[]
}

export interface DetectFiles extends ReadFiles {
  readonly rules: readonly string[]
  readonly onAlert?: ((alert: OfflineAlert) => void) | undefined
  /** Workers at work; as many as there are processors and work for when not given. */
  readonly workers?: number | undefined
  /** File that keeps the rules as read for the next time. */
  readonly cache?: string | undefined
}

const mostKept = 10_000
const noLevels = (): Record<Level, number> => ({ informational: 0, low: 0, medium: 0, high: 0, critical: 0 })

/** Runs rules over files and folders of events. What cannot be read is an Issue; everything else goes on. Throws Fault INPUT_INVALID when there is no rule. */
export async function detectFiles(asked: DetectFiles): Promise<OfflineSummary> {
  const begun = performance.now()
  const loaded = await loadRules(asked.rules, { cache: asked.cache })
  if (loaded.rules.length === 0) throw new Fault('INPUT_INVALID', `no Sigma rule in ${asked.rules.join(', ')}`)
  const own = await ownParsers(asked.workspace)
  const ruleOf = new Map(loaded.rules.map((rule) => [rule.id, rule]))
  const loading = (performance.now() - begun) / 1000
  const tally = createTally(asked.onAlert)
  const correlation = correlateFiles(loaded.rules)
  const files = new Set<string>()
  const issues: Issue[] = [...own.issues]
  let [events, unparsed] = [0, 0]
  for await (const found of examined(asked, loaded.rules, own.parsers)) {
    if (found.events > 0 || found.issues.length === 0) files.add(found.file)
    issues.push(...found.issues)
    for (const { at, event, matches } of found.hits)
      for (const { rule, matched } of matches) {
        const known = ruleOf.get(rule)
        const { time, host = '', user = '', message } = event
        correlation.take(rule, event, { file: found.file, number: events + at + 1 })
        if (known && correlation.alerts(rule))
          tally.add({ time, file: found.file, rule: known, host, user, message, matched })
      }
    events += found.events
    unparsed += found.unparsed
  }
  const together = correlation.finish()
  for (const { source, ...alert } of together.alerts) tally.add({ ...alert, file: source })
  const shed = together.shed > 0 ? [shedIssue(together.shed, asked.rules)] : []
  const seconds = (performance.now() - begun) / 1000 - loading
  return {
    ...tally.sums(),
    counts: { files: files.size, events, unparsed },
    seconds,
    rules: { ...ruleStates(loaded.rules), seconds: loading },
    issues: [...loaded.issues, ...issues, ...shed],
  }
}

/** Bytes of events for which another worker is worth its start. */
const worthAWorker = 33_554_432

/** What rules found, batch by batch: here, or in as many workers as there are processors and work for. */
async function* examined(
  asked: DetectFiles,
  rules: readonly LoadedRule[],
  parsers: readonly Parser[],
): AsyncGenerator<Examined> {
  const { paths, signal, progress, rules: folders, cache, workspace } = asked
  const bytes = asked.workers === 1 ? 0 : await fileBytes(paths)
  const workers = asked.workers ?? Math.min(processors(), Math.ceil(bytes / worthAWorker))
  if (workers > 1) {
    yield* examineInWorkers({
      paths,
      bytes,
      signal,
      progress,
      workers,
      start: { rules: [...folders], cache, workspace },
    })
    return
  }
  const engine = createEngine(rules.flatMap(({ compiled }) => compiled ?? []))
  for await (const batch of glanceEventFiles(paths, { ...readingLimits, parsers, signal, progress }))
    yield examine(engine, batch)
}

const shedIssue = (shed: number, [file = '']: readonly string[]): Issue => ({
  code: 'correlation-shed',
  severity: 'warning',
  at: { file },
  text: `correlations forgot ${shed} matches for want of memory`,
  help: 'give fewer files at once, or narrow the rules that feed correlations',
})

/** Counts alerts; the same rule, event time and text in two copies of a file are two alerts. */
function createTally(onAlert: DetectFiles['onAlert']) {
  const alerts: OfflineAlert[] = []
  const byLevel = noLevels()
  const byRule = new Map<string, { id: string; title: string; level: Level; count: number }>()
  let alertCount = 0
  return {
    add(found: Omit<OfflineAlert, 'rule'> & { readonly rule: OfflineAlert['rule'] }): void {
      const { id, title, level, techniques } = found.rule
      const alert: OfflineAlert = { ...found, rule: { id, title, level, techniques } }
      alertCount++
      byLevel[level]++
      const known = byRule.get(id)
      if (known) known.count++
      else byRule.set(id, { id, title, level, count: 1 })
      if (alerts.length < mostKept) alerts.push(alert)
      onAlert?.(alert)
    },
    sums() {
      const weight = (level: Level) => levels.indexOf(level)
      const rules = [...byRule.values()].sort((a, b) => weight(b.level) - weight(a.level) || b.count - a.count)
      return { alerts, alertCount, byLevel, byRule: rules }
    },
  }
}

function ruleStates(
  rules: readonly { readonly state: string; readonly why: string }[],
): Omit<OfflineSummary['rules'], 'seconds'> {
  const reasons = new Map<string, number>()
  for (const { state, why } of rules.filter(({ state }) => state !== 'running')) {
    const reason = `${state}: ${why}`
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  const notRunning = [...reasons].map(([why, count]) => ({ why, count })).sort((a, b) => b.count - a.count)
  return { running: rules.filter(({ state }) => state === 'running').length, notRunning }
}
