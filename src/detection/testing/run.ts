// Tests of rules run: every case against its rule, by the engine that runs in the stream.
import { dirname, join } from 'node:path'
import { Fault, type Issue } from '#kernel'
import { listFiles, readTextFile } from '#platform'
import { parseRecord, readEventFiles } from '#telemetry'
import { createEngine, type Engine, type EngineEvent } from '../engine.ts'
import { type LoadedRule, loadRules, type LoadOptions } from '../load.ts'
import type { RuleSource } from '../sigma/rule.ts'
import { type RuleTests, testsIn } from './cases.ts'

/** What became of one case. */
export interface CaseResult {
  readonly rule: string
  readonly title: string
  readonly file: string
  readonly name: string
  readonly passed: boolean
  /** What was wrong; empty when it passed. */
  readonly why: string
}
export interface TestRun {
  readonly rules: number
  /** Rules with at least one case, all of them passed. */
  readonly proven: readonly string[]
  readonly cases: readonly CaseResult[]
  readonly issues: readonly Issue[]
}
export interface TestOptions extends LoadOptions {
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => void
  /** Only the tests of the rule with this id. */
  readonly only?: string | undefined
  /** More folders of rules; their own tests are not run. */
  readonly beside?: readonly string[] | undefined
}

const most = { files: 50_000, bytes: 5_000_000 } as const
const reading = { recordBytes: 10_000_000, batchEvents: 1_000 }

/** Runs every test below the folders: in rules, beside them, and in SigmaHQ's layout. Throws Fault CANCELLED and what loadRules throws. */
export async function testRules(folders: readonly string[], options: TestOptions = {}): Promise<TestRun> {
  const { lists = {}, signal, progress, only, beside = [] } = options
  const { rules, issues: loading } = await loadRules([...folders, ...beside], { lists, ...(signal ? { signal } : {}) })
  const issues: Issue[] = loading.filter(({ severity }) => severity === 'error')
  const found = finder(rules)
  const all = (await testsBelow(folders, issues)).filter((tests) => only === undefined || found(tests)?.id === only)
  const cases: CaseResult[] = []
  for (const [at, tests] of all.entries()) {
    if (signal?.aborted) throw new Fault('CANCELLED', 'testing rules')
    cases.push(...(await runTests(tests, found(tests))))
    progress?.(at + 1, all.length)
  }
  const failed = new Set(cases.filter(({ passed }) => !passed).map(({ rule }) => rule))
  const proven = [...new Set(cases.map(({ rule }) => rule))].filter((rule) => !failed.has(rule))
  return { rules: rules.length, proven, cases, issues }
}

/** Every test below the folders. What cannot be read is added to the issues. */
export async function testsBelow(folders: readonly string[], issues: Issue[]): Promise<RuleTests[]> {
  const all: RuleTests[] = []
  const files = new Set<string>()
  for (const folder of folders)
    for (const file of await listFiles(folder, { endings: ['.yml', '.yaml'], maxFiles: most.files })) files.add(file)
  for (const file of files) {
    const text = await readTextFile(file, { maxBytes: most.bytes })
    if (!text.ok || !/^\s*(?:tests|regression_tests_info):/m.test(text.value)) continue
    const read = testsIn(text.value, file)
    all.push(...read.tests)
    issues.push(...read.issues)
  }
  return all
}

/** A rule by id or name; without either, the rule of the file that the tests are named after. */
export function finder(rules: readonly LoadedRule[]): (tests: RuleTests) => LoadedRule | undefined {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const byFile = new Map(rules.map((rule) => [rule.file.replace(/\.ya?ml$/i, ''), rule]))
  return ({ rule, file }) =>
    byId.get(rule.toLowerCase()) ?? byId.get(rule) ?? byFile.get(file.replace(/(\.tests?)?\.ya?ml$/i, ''))
}

async function runTests(tests: RuleTests, rule: LoadedRule | undefined): Promise<CaseResult[]> {
  const result = (name: string, why: string): CaseResult => ({
    rule: rule?.id ?? tests.rule,
    title: rule?.title ?? tests.rule,
    file: tests.file,
    name,
    passed: why === '',
    why,
  })
  if (!rule) return [result('', `there is no rule ${tests.rule || 'beside it'}`)]
  if (!rule.compiled) return [result('', `the rule does not run: ${rule.why}`)]
  const engine = createEngine([rule.compiled])
  const results: CaseResult[] = []
  for (const [at, one] of tests.cases.entries()) {
    const name = one.name || `test ${at + 1}`
    if (one.file === undefined) {
      results.push(result(name, wrong(one, countOf(engine, [eventOf(one, rule.source)]))))
      continue
    }
    for (const path of await pathsOf(join(dirname(tests.file), one.file)))
      results.push(result(`${name} (${path.replace(/^.*[\\/]/, '')})`, await wrongInFile(engine, one, path)))
  }
  return results
}

type Case = RuleTests['cases'][number]

/** A file, and beside a file of EVTX the same events as JSON. */
export async function pathsOf(path: string): Promise<string[]> {
  const json = path.replace(/\.evtx$/i, '.json')
  if (json === path) return [path]
  const beside = await listFiles(dirname(path), { endings: ['.json'], maxFiles: most.files })
  return beside.includes(json) ? [path, json] : [path]
}

async function wrongInFile(engine: Engine, one: Case, path: string): Promise<string> {
  let matches = 0
  let events = 0
  for await (const batch of readEventFiles([path], reading)) {
    const [issue] = batch.issues
    if (issue && batch.events.length === 0) return issue.text
    events += batch.events.length
    matches += countOf(engine, batch.events)
  }
  return events === 0 ? 'there is no event in the file' : wrong(one, matches)
}

const countOf = (engine: Engine, events: readonly EngineEvent[]): number =>
  events.filter((event) => engine.match(event).length > 0).length

function wrong({ match, count, atLeast }: Case, matches: number): string {
  if (!match) return matches === 0 ? '' : `it matches ${matches} of what it must leave alone`
  const wanted = count ?? 1
  const enough = count === undefined || atLeast === true ? matches >= wanted : matches === wanted
  return enough ? '' : `it matches ${matches}, not ${wanted}`
}

/** Fields as they are, of the rule's own log source unless the case says another; or a record, parsed. */
export function eventOf({ event, raw, parser, logsource }: Case, own: RuleSource): EngineEvent {
  if (raw !== undefined) {
    const parsed = parseRecord({ source: 'test', received: 0, text: raw, ...(parser === undefined ? {} : { parser }) })
    return { ...parsed, raw }
  }
  const { product, service, category } = logsource ?? own
  const source = {
    ...(product ? { product } : {}),
    ...(service ? { service } : {}),
    categories: category ? [category] : [],
  }
  return { logsource: source, fields: event ?? {} }
}
