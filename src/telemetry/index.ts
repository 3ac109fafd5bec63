// The door of telemetry: reading events, taking them in, finding them again.
export type { Ingested } from './ingest.ts'
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
export { jobs } from './keeping/operations.ts'
export { operations } from './operations.ts'
export * from './parsing.ts'
export { inSlices } from './pause.io.ts'
export { migrations } from './positions.ts'
export { queryDocs } from './query/query.ts'
export { emptyRoad, type Enrich, type Locate, type Road } from './road.ts'
export { eventMigrations } from './schema.ts'
export type { NewRecord } from './spool-record.ts'
export type { EventFilter, EventPage, EventSearch, Facet } from './store.ts'
export { openTelemetry, type SpoolView, type Telemetry, type TelemetryDeps } from './telemetry.ts'
export * from './types.ts'
