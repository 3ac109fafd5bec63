// Rules at work: loaded from their folders, and again whenever a file changes.
import { Fault, placeText } from '#kernel'
import type { Log } from '#platform'
import type { Correlator } from './correlation/work.ts'
import type { DetectionDeps } from './deps.ts'
import { createEngine } from './engine.ts'
import { type LoadedRule, type LoadedRules, loadRules } from './load.ts'
import type { ReadFile } from './rule-cache.io.ts'
import { countStates } from './desk/list.ts'
import { watchFolders } from './watch.io.ts'

const quietMilliseconds = 300

export type RuleLoader = ReturnType<typeof ruleLoader>

/** Loads the rules of the folders, again whenever asked; what is at work goes on with the rules before until the new ones are ready. */
export function ruleLoader(
  {
    folders,
    cache,
    log,
    lists = {},
    builtIn = new Map(),
    overrides = {},
  }: Pick<DetectionDeps, 'folders' | 'cache' | 'log' | 'lists' | 'builtIn' | 'overrides'>,
  correlator: Correlator,
) {
  const known = new Map<string, ReadFile>()
  let loaded: LoadedRules = { rules: [], issues: [] }
  let engine = createEngine([])
  let onlyFeed: ReadonlySet<string> = new Set()
  let working: Promise<void> | undefined
  let again = false

  async function load(): Promise<void> {
    const next = await loadRules(folders, { lists, known, builtIn, overrides, cache })
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
    /** A rule by its id. Throws Fault NOT_FOUND. */
    existing(id: string): LoadedRule {
      const rule = loaded.rules.find((one) => one.id === id.toLowerCase()) ?? loaded.rules.find((one) => one.id === id)
      if (!rule) throw new Fault('NOT_FOUND', `rule ${id}`)
      return rule
    },
    /** One load at a time; a change while one runs leads to one more. */
    async reload(): Promise<void> {
      again = true
      working ??= loadWhileAsked().finally(() => (working = undefined))
      await working
    },
  }
}

/** Loading again, when asked or when a file changes. */
export const watching = (loader: RuleLoader, { folders, log }: Pick<DetectionDeps, 'folders' | 'log'>) => ({
  reload: () => loader.reload(),
  /** Reloads when a rule file changes; answers the way to stop. The rules before stay in use while and when loading fails. */
  watch: (): (() => void) =>
    watchFolders(folders, {
      quietMilliseconds,
      changed: () => void loader.reload().catch((thrown: unknown) => log.error({ err: thrown }, 'rules not reloaded')),
      failed: (text) => log.warn(text),
    }),
})

function tell({ rules, issues }: LoadedRules, log: Log): void {
  log.info({ rules: rules.length, ...countStates(rules) }, 'rules loaded')
  for (const issue of issues.filter(({ severity }) => severity === 'error').slice(0, 20))
    log.warn({ at: placeText(issue.at), code: issue.code }, issue.text)
}
