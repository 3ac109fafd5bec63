// The door of platform: every effect. Other rooms reach the disk, the stores, the clock and other programs through here.
export { sql } from 'kysely'
export type {
  CompiledQuery,
  Expression,
  ExpressionBuilder,
  ExpressionWrapper,
  Generated,
  Insertable,
  Kysely,
  RawBuilder,
  Selectable,
  SelectQueryBuilder,
  SqlBool,
  Transaction,
  Updateable,
} from 'kysely'
export { type AppendFile, type AppendOptions, openAppend } from './append.ts'
export * from './clock.ts'
export { Config, configJsonSchema, type Retention } from './config.ts'
export type { Join, Quota, SourceConfig, SourceKind } from './config-sources.ts'
export { type ConfigDoc, configDocs } from './config-keys.ts'
export { configFile, type ConfigSources, loadConfig } from './config-load.ts'
export { durableTable, type EventOptions, openEvents } from './events.ts'
export * from './files.ts'
export * from './health.ts'
export { createJobs, type Jobs, type JobsDeps, type KnownJob, nextRun } from './jobs.ts'
export { bindJobs, type BoundJob } from './jobs-run.ts'
export { type JobFilter, jobMigrations, JobRun, JobRunId, type JobState, jobStates } from './jobs-store.ts'
export { type FolderLock, lockFolder } from './lock.ts'
export * from './log.ts'
export * from './metrics.ts'
export { didYouMean, nearest } from './near.ts'
export * from './process.ts'
export { openSecrets, secretMigrations, type SecretOptions, type Secrets } from './secrets.ts'
export { openState, type StateOptions } from './state.ts'
export * from './stores.ts'
export * from './system-error.ts'
export * from './yaml.ts'
export { issuesOfZod, pathText } from './zod-issues.ts'
export * from './worker-process.ts'
