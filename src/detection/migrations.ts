// The room's tables in the state store, part by part.
import type { Migration } from '#kernel'
import { anomalyMigrations } from './anomaly/store.ts'
import { correlationMigrations } from './correlation/store.ts'
import { hygieneMigrations } from './hygiene/migrations.ts'
import { markMigrations } from './past/store.ts'
import { seenMigrations } from './seen/store.ts'
import { alertMigrations } from './store.ts'

export const migrations: readonly Migration[] = [
  ...alertMigrations,
  ...hygieneMigrations,
  ...seenMigrations,
  ...markMigrations,
  ...correlationMigrations,
  ...anomalyMigrations,
]
