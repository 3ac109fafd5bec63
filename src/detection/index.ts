export { builtInRules, sourceRules } from './built-in.ts'
export { type CompiledRule, compileRule } from './compile.ts'
export { coverageStates } from './coverage.ts'
export {
  countStates,
  type Detection,
  type DetectionDeps,
  detectWith,
  openDetection,
  type RuleFilter,
} from './detection.ts'
export type { TrueIncident } from './hygiene/clean.ts'
export { jobs } from './hygiene/jobs.ts'
export type { QueueNeeds } from './hygiene/queue.ts'
export type { BenignFilter, QueueAlert, Suppression } from './hygiene/types.ts'
export { createEngine, type Engine, type EngineEvent, type Match } from './engine.ts'
export { type Lint, lintRules, lintTable } from './lint/lint.ts'
export { type LintFinding, lintSeverities } from './lint/types.ts'
export { type LoadedRule, type LoadedRules, type LoadOptions, loadRules, readRules, type RuleState } from './load.ts'
export { packFolders, type Packs } from './packs/packs.io.ts'
export { operations } from './operations.ts'
export { type Lists, modifiers } from './sigma/modifiers.ts'
export { type Parsed, type ParsedFile, parseSigma } from './sigma/parse.ts'
export { storedCondition } from './stored.ts'
export { type CaseResult, testRules, type TestRun } from './testing/run.ts'
export { alertId, type AlertFilter, migrations } from './store.ts'
export * from './types.ts'
