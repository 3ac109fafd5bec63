export { type Castellan, openCastellan } from './castellan.ts'
export type { OpenOptions } from './ground.ts'
export { examine, type Finding } from './doctor.ts'
export { writeExercise, type WrittenExercise } from './exercise.ts'
export { importModel, type ImportedModel } from './import.ts'
export { initWorkspace, type Initialised } from './init.ts'
export { Hunted, sinceOf, unzstd } from '#telemetry'
export type { Live, LiveMessage } from './live.ts'
export { detectFiles, type OfflineAlert, type OfflineSummary } from './offline.ts'
export { ruleCachePath } from './rule-cache-path.io.ts'
export { type NormalisedSummary, normaliseFiles } from './normalising.ts'
export { catalogue, standalone } from './offers.ts'
export {
  checkParsers,
  isThere,
  type ListedParser,
  listParsers,
  type ParserCheck,
  parserFolder,
  tryParser,
} from './parsers.ts'
export { lintFolders, type LintFinding, testFolders, type TestRun } from './rules-offline.ts'
export { consoleFolder, version } from './place.ts'
export {
  type Decoded,
  isAnswer,
  type PushAnswer,
  type PushProtocol,
  type PushRequest,
  pushProtocols,
  type Refusal,
} from '#telemetry'
