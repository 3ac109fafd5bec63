// Opens the event engine: chDB in this process, or a ClickHouse server by URL. The same calls on both.
import { asFault, Fault, type Migration } from '#kernel'
import { type EventWire, type FullLimits, type Params, queryBytes, rowsOf } from './events-wire.ts'
import { type AppliedMigration, migrationChecksum, pendingMigrations } from './migrations.ts'
import type { EventEngine, QueryLimits, StoreHealth } from './stores.ts'

/** Where the engine is: `''` for chDB in `folder`, or `http(s)://…`. Limits hold for every query that names none. */
export interface EventOptions {
  readonly url: string
  readonly folder: string
  readonly limits: { readonly queryMilliseconds: number; readonly queryRows: number }
}

/**
 * Settings for a MergeTree table of ours, to be written at the end of its CREATE TABLE: each inserted part is flushed to the disk before the
 * insert is answered (measured: 3 ms more for a batch of 2,000 events), so it survives a power loss, and the last 1,000 batches are remembered
 * by their tokens. Without them an answered insert survives the death of the process, but not always a power loss.
 */
export const durableTable =
  'non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1'

/** Opens the event engine and tries it once. Throws Fault STORE_BUSY, STORE_DOWN or CONFIG_INVALID. */
export async function openEvents(options: EventOptions): Promise<EventEngine> {
  const { url, folder } = options
  const server = /^https?:\/\//.test(url)
  if (url !== '' && !server)
    throw new Fault('CONFIG_INVALID', 'events.url must be empty or begin with http:// or https://')
  // Engines are loaded when they are needed: a command that opens no store starts in half the time.
  const wire = server
    ? (await import('./events-server.ts')).clickhouseServer(url)
    : await (await import('./events-chdb.ts')).openChdb(folder)
  try {
    await wire.version()
  } catch (thrown) {
    await wire.close()
    throw thrown
  }
  return engineOf(server ? 'clickhouse' : 'chdb', wire, options.limits)
}

function engineOf(engine: EventEngine['engine'], wire: EventWire, usual: EventOptions['limits']): EventEngine {
  let closing: Promise<void> | undefined
  const full = (limits: QueryLimits = {}): FullLimits => ({
    milliseconds: limits.milliseconds ?? usual.queryMilliseconds,
    rows: limits.rows ?? usual.queryRows,
    bytes: limits.bytes ?? queryBytes,
    signal: limits.signal,
  })
  const refuseClosed = () => {
    if (closing) throw new Fault('STORE_DOWN', 'the event engine is closed')
  }
  const events: EventEngine = {
    engine,
    async insert(table, rows, token) {
      refuseClosed()
      await wire.insert(table, rows, token)
    },
    async query<Row>(sql: string, params: Params = {}, limits?: QueryLimits) {
      refuseClosed()
      return rowsOf<Row>(await wire.select(sql, params, full(limits)))
    },
    async save(sql, params, to, limits) {
      refuseClosed()
      await wire.save(sql, params, { to, limits: full(limits) })
    },
    async command(sql, params = {}) {
      refuseClosed()
      await wire.command(sql, params)
    },
    migrate: (migrations) => applyMigrations(events, migrations),
    check: () => health(engine, wire),
    close: () => (closing ??= wire.close()),
  }
  return events
}

async function health(engine: string, wire: EventWire): Promise<StoreHealth> {
  try {
    const version = await wire.version()
    return { ok: true, engine, detail: `${version} in ${wire.where}`, bytes: await wire.bytes() }
  } catch (thrown) {
    return { ok: false, engine, detail: asFault(thrown).message }
  }
}

const migrationTable = `create table if not exists migrations (name String, checksum String, applied DateTime64(3, 'UTC'))
  engine = MergeTree order by name settings ${durableTable}`

async function applyMigrations(events: EventEngine, migrations: readonly Migration[]): Promise<string[]> {
  await events.command(migrationTable)
  const applied = await events.query<AppliedMigration>('select name, checksum from migrations', {}, { rows: 100_000 })
  const pending = pendingMigrations(migrations, applied, ({ sql }) => sql)
  for (const { name, checksum, statements } of pending) {
    for (const statement of statements) await events.command(statement)
    const row = { name, checksum, applied: new Date().toISOString() }
    await events.insert('migrations', Buffer.from(JSON.stringify(row)), migrationChecksum([name, checksum]))
  }
  return pending.map(({ name }) => name)
}
