// What can be found out about rules without running them on new events: lint, tests, coverage, why not, and what the store says.
import { Fault } from '#kernel'
import type { EventId } from '#telemetry'
import { coverageCounts, coverageOf, layerOf, tacticsOf, uncovered } from './coverage.ts'
import type { DetectionDeps } from '../deps.ts'
import { eventAgain } from '../past/event-again.ts'
import { type Lint, lintRules } from '../lint/lint.ts'
import type { LoadedRule } from '../load.ts'
import type { StoreAsk } from '../past/ask.ts'
import { type PackUpdate, type UpdateAsk, updatePack } from '../packs/update.ts'
import { testedCorrelation } from '../correlation/backtest.ts'
import { correlationIn } from '../correlation/written.ts'
import { backtest } from '../past/backtest.ts'
import { type FieldsShown, fieldsShown } from './fields.ts'
import { huntRule, ruleFor, type RuleHunt, type RuleHunted } from '../past/hunt.ts'
import { type SaveAsked, type Saved, saveRule } from './save.ts'
import { fieldsSeen, type SeenSource } from '../seen/seen.ts'
import { byId, standingOf } from './standing.ts'
import { testBook, type TestState } from '../testing/book.ts'
import { testRules, type TestOptions, type TestRun } from '../testing/run.ts'
import { type WhyNot, whyNot } from './why-not.ts'

interface Desk {
  readonly deps: Pick<DetectionDeps, 'folders' | 'lists' | 'stored' | 'eventsOf' | 'packs' | 'overrides' | 'own'>
  readonly existing: (id: string) => LoadedRule
  readonly rules: () => readonly LoadedRule[]
  readonly sources: () => readonly SeenSource[]
  readonly reload: () => Promise<void>
}

/** The tests of the rules in the folders, and what they came to. */
function testing({ folders, lists, rules }: Pick<Desk, 'rules'> & Pick<Desk['deps'], 'folders' | 'lists'>) {
  const book = testBook()
  let isWhole = false
  return {
    /** Runs all, or those of one rule, and remembers what they came to. */
    async test(options: Pick<TestOptions, 'signal' | 'progress' | 'only'> = {}): Promise<TestRun> {
      const { only } = options
      const run = await testRules(folders, { ...(lists ? { lists } : {}), ...options })
      book.learn(run, only === undefined ? rules() : rules().filter(({ id }) => id === only))
      isWhole ||= only === undefined
      return run
    },
    of: (rule: LoadedRule): TestState => book.of(rule),
    /** Whether all were run since the start. */
    isWhole: () => isWhole,
  }
}

function covered(all: readonly LoadedRule[], sources: readonly SeenSource[], tests: ReturnType<typeof testing>) {
  const known = byId(all)
  const standing = new Map(all.map((rule) => [rule.id, standingOf(rule, sources, known)]))
  const proven = new Set(all.flatMap((rule) => (tests.of(rule) === 'passed' ? [rule.id] : [])))
  const items = coverageOf(all, (id) => standing.get(id), proven)
  return {
    items,
    counts: coverageCounts(items),
    tactics: tacticsOf(all),
    uncovered: uncovered(items),
    tested: tests.isWhole(),
    layer: layerOf(items, 'Castellan'),
  }
}

/** The part of the room that studies rules. */
export function ruleDesk({ deps, existing, rules, sources, reload }: Desk) {
  const { folders, lists = {}, stored, eventsOf } = deps
  const tests = testing({ folders, lists, rules })
  return {
    /** Findings of the linter about a text, or about all rules loaded. */
    lint: (yaml: string | undefined): Lint => {
      const loaded = rules().map(({ file, text }): [string, string] => [file, text])
      const files = yaml === undefined ? [...new Map(loaded)] : [['rule.yml', yaml] as const]
      const known = (source: LoadedRule['source']) => fieldsSeen(source, sources())
      return lintRules(
        files.map(([file, text]) => ({ file, text })),
        { lists, seen: known },
      )
    },
    test: (options: Pick<TestOptions, 'signal' | 'progress' | 'only'> = {}): Promise<TestRun> => tests.test(options),
    /** What the tests of a rule came to. */
    tested: tests.of,
    /** The fields of a rule with the time each came last. */
    async fields({ id, ...ask }: { id: string } & Omit<StoreAsk, 'limit'>): Promise<FieldsShown> {
      const rule = ruleFor({ id }, { existing, lists })
      if (!stored) throw new Fault('BUG', 'detection was opened without stored events')
      return fieldsShown(rule, ask, { sources: sources(), stored })
    },
    /** Writes a rule into the workspace's own folder. Throws as saveRule does. */
    save: (asked: SaveAsked): Promise<Saved> =>
      saveRule(asked, { own: deps.own ?? folders[0], folders, packs: deps.packs, lists, rules, existing, reload }),
    /** Which techniques the rules see; `tested` says whether the tests were run since the start. */
    coverage: () => covered(rules(), sources(), tests),
    /** Why a rule does not match a stored event. Throws Fault NOT_FOUND, INPUT_INVALID for a rule that cannot run. */
    async whyNot(asked: { id?: string | undefined; yaml?: string | undefined; event: EventId }): Promise<WhyNot> {
      const rule = ruleFor(asked, { existing, lists })
      const [event] = (await eventsOf?.([asked.event])) ?? []
      if (!event) throw new Fault('NOT_FOUND', `event ${asked.event}`)
      return whyNot(rule, eventAgain(event))
    },
    /** Asks a rule of what is stored. */
    hunt: (asked: RuleHunt): Promise<RuleHunted> => huntRule(asked, { existing, lists, stored }),
    /** What a rule or a correlation would have done with what is stored. Throws as `hunt` does. */
    async backtest({
      id,
      yaml,
      now,
      ...ask
    }: { id?: string | undefined; yaml?: string | undefined; now: number } & StoreAsk) {
      if (!stored) throw new Fault('BUG', 'detection was opened without stored events')
      const told = { ...ask, now }
      const known = id !== undefined && yaml === undefined ? existing(id) : undefined
      if (known?.correlation) return testedCorrelation(known, told, { existing, stored })
      const written = id === undefined && yaml !== undefined ? await correlationIn(yaml, rules()) : undefined
      if (written) return testedCorrelation(written.rule, told, { existing: written.existing, stored })
      const rule = ruleFor({ id, yaml }, { existing, lists })
      return { rule: { id: rule.id, title: rule.title, level: rule.level }, ...(await backtest(rule, ask, stored)) }
    },
    /** Brings a pack to a revision and says what that changes; the rules of the pinned commit are loaded. Throws as updatePack does. */
    async updatePack(asked: Pick<UpdateAsk, 'name' | 'revision' | 'days' | 'at' | 'signal'>): Promise<PackUpdate> {
      const { packs = { root: '', workspace: '', all: [] }, lists, overrides, stored } = deps
      const more = { ...(lists ? { lists } : {}), ...(overrides ? { overrides } : {}) }
      const update = await updatePack({ ...asked, ...packs, ...more, packs: packs.all, stored }, rules())
      if (update.pinned) await reload()
      return update
    },
  }
}
