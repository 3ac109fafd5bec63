// Opens the state store: SQLite beside us, or PostgreSQL by URL.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { asFault, Fault, type Migration } from '#kernel'
import { bytesUsed, makeFolder } from './files.ts'
import { type AppliedMigration, pendingMigrations } from './migrations.ts'
import { openSession, type Session } from './state-session.ts'
import { sqliteEngine } from './state-sqlite.ts'
import type { State, StoreHealth } from './stores.ts'
import { storeFault } from './system-error.ts'

/** Where the state is: `''` for SQLite in `folder` (file state.db, readable by the owner only), or `postgres://…`. */
export interface StateOptions {
  readonly url: string
  readonly folder: string
}

/** Opens the state store and tries it once. Throws Fault STORE_DOWN, STORE_BUSY or CONFIG_INVALID. */
export async function openState(options: StateOptions): Promise<State> {
  if (options.url === '') return openSqlite(options.folder)
  if (/^postgres(ql)?:\/\//.test(options.url)) return openPostgres(options.url)
  throw new Fault('CONFIG_INVALID', 'state.url must be empty or begin with postgres://')
}

async function openSqlite(folder: string): Promise<State> {
  const path = join(folder, 'state.db')
  await makeFolder(folder)
  try {
    // Made by us first, so that nobody else can ever read it.
    await (await open(path, 'a', 0o600)).close()
  } catch (thrown) {
    throw storeFault(`file ${path}`, thrown)
  }
  const session = openSession(sqliteEngine(path))
  const check = healthOf('sqlite', async () => {
    const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(session.kysely)
    return {
      detail: `SQLite ${rows[0]?.version ?? ''} in ${path}`,
      bytes: (await bytesUsed(path)) + (await bytesUsed(`${path}-wal`)),
    }
  })
  return stateOf('sqlite', session, check)
}

async function openPostgres(url: string): Promise<State> {
  const { postgresEngine } = await import('./state-postgres.ts')
  const session = openSession(postgresEngine(url))
  const about = sql<{ version: string; name: string; bytes: number }>`
    select current_setting('server_version') as version, current_database() as name, pg_database_size(current_database()) as bytes`
  const check = healthOf('postgres', async () => {
    const { rows } = await about.execute(session.kysely)
    const [found] = rows
    return { detail: `PostgreSQL ${found?.version ?? ''}, database ${found?.name ?? ''}`, bytes: found?.bytes ?? 0 }
  })
  try {
    await about.execute(session.kysely)
  } catch (thrown) {
    await session.close()
    throw thrown
  }
  return stateOf('postgres', session, check)
}

const healthOf =
  (engine: string, look: () => Promise<{ detail: string; bytes: number }>) => async (): Promise<StoreHealth> => {
    try {
      return { ok: true, engine, ...(await look()) }
    } catch (thrown) {
      return { ok: false, engine, detail: asFault(thrown).message }
    }
  }

function stateOf(engine: State['engine'], session: Session, check: State['check']): State {
  let closing: Promise<void> | undefined
  const state: State = {
    engine,
    db: <Tables>() => session.kysely as Kysely<Tables>,
    transaction: (work) => session.transaction(work),
    migrate: (migrations) => session.transaction(() => applyMigrations(state, migrations)),
    check,
    close: () => (closing ??= session.close()),
  }
  return state
}

interface MigrationTable {
  migrations: AppliedMigration & { applied: number }
}
/** Any number of ours: two servers that start together take turns on it. */
const migrationLock = 7_600_001

async function applyMigrations(state: State, migrations: readonly Migration[]): Promise<string[]> {
  const db = state.db<MigrationTable>()
  if (state.engine === 'postgres') await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(db)
  await sql`create table if not exists migrations (name text primary key, checksum text not null, applied bigint not null)`.execute(
    db,
  )
  const applied = await db.selectFrom('migrations').select(['name', 'checksum']).execute()
  const statementsOf = (migration: Migration) =>
    (state.engine === 'postgres' ? migration.postgres : undefined) ?? migration.sql
  const pending = pendingMigrations(migrations, applied, statementsOf)
  for (const { name, checksum, statements } of pending) {
    for (const statement of statements) await sql.raw(statement).execute(db)
    await db.insertInto('migrations').values({ name, checksum, applied: Date.now() }).execute()
  }
  return pending.map(({ name }) => name)
}
