// The room's tables in the state store, in the order in which they came.
import type { Migration } from '#kernel'
import { correlationMigrations } from './correlation/store.ts'
import { migrations as alertMigrations } from './store.ts'

export const migrations: readonly Migration[] = [...alertMigrations, ...correlationMigrations]
