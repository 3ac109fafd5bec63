// The room's tables in the state store, part by part.
import type { Migration } from '#kernel'
import { anomalyMigrations } from './anomaly/store.ts'
import { correlationMigrations } from './correlation/store.ts'
import { migrations as alertMigrations } from './store.ts'

export const migrations: readonly Migration[] = [...alertMigrations, ...correlationMigrations, ...anomalyMigrations]
