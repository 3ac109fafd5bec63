export { builtInRules, sourceRules } from './built-in.ts'
export { type CompiledRule, compileRule } from './compile.ts'
export {
  countStates,
  type Detection,
  type DetectionDeps,
  detectWith,
  openDetection,
  type RuleFilter,
} from './detection.ts'
export { createEngine, type Engine, type EngineEvent, type Match } from './engine.ts'
export { type LoadedRule, type LoadedRules, type LoadOptions, loadRules, type RuleState } from './load.ts'
export { operations } from './operations.ts'
export { foldEvents } from './anomaly/fold.ts'
export { type AnomalySettings, openDetectors } from './anomaly/table.ts'
export { type Lists, modifiers } from './sigma/modifiers.ts'
export { type Parsed, type ParsedFile, parseSigma } from './sigma/parse.ts'
export { storedCondition } from './stored.ts'
export { migrations } from './migrations.ts'
export { alertId, type AlertFilter } from './store.ts'
export * from './types.ts'
