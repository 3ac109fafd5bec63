// The door of telemetry: reading events, taking them in, finding them again.
export type { Ingested } from './ingest.ts'
export { unzstd } from './inputs/decompress.io.ts'
export type { TimedText } from './inputs/input.ts'
export {
  type Decoded,
  isAnswer,
  type PushAnswer,
  type PushProtocol,
  type PushRequest,
  type Refusal,
} from './inputs/push/protocol.ts'
export { pushProtocols } from './inputs/push/table.ts'
export { nameDocs } from './names.ts'
export * from './normalise/index.ts'
export { operations } from './operations.ts'
export { jobs } from './jobs.ts'
export type { HuntTold } from './saved/hunts.ts'
export { dashboardJsonSchema } from './saved/schema.ts'
export * from './parsing.ts'
export { inSlices } from './pause.io.ts'
export { migrations } from './migrations.ts'
export type { EventCondition, ValueCondition } from './query/condition.ts'
export { lengthOf, sinceOf } from './query/moment.ts'
export { parseQuery, type Tree as QueryTree } from './query/parse.ts'
export { searchDocs } from './query/docs.ts'
export { queryDocs } from './query/query.ts'
export { emptyRoad, type Enrich, type Locate, type Road } from './road.ts'
export { eventMigrations } from './schema.ts'
export type { NewRecord } from './spool-record.ts'
export type { EventFilter, EventPage, EventSearch, Facet } from './store.ts'
export { openTelemetry, type SpoolView, type Telemetry, type TelemetryDeps } from './telemetry.ts'
export type { Exported, Fetched } from './export.io.ts'
export { type Hunt, type HuntFilter } from './hunt.ts'
export { groupTexts } from './query/groups.ts'
export type { GroupMoments, Holding, MomentPart, MomentsAsk } from './moments.ts'
export type { Asked, Matching, Reading, Stretch } from './matching.ts'
export { Tally, type TallyAsk, type Tallied } from './tally.ts'
export { HuntColumn, Hunted } from './hunt-types.ts'
export * from './types.ts'
