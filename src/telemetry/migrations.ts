// Every step of the room's tables in the state store.
import type { Migration } from '#kernel'
import { migrations as positions } from './positions.ts'
import { huntMigrations } from './saved/hunts.ts'

export const migrations: readonly Migration[] = [...positions, ...huntMigrations]
