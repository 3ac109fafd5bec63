// SQLite through libsql: one connection, taken in turns.
import Database from 'libsql'
import { type QueryResult, SqliteAdapter, SqliteQueryCompiler } from 'kysely'
import { Fault } from '#kernel'
import { systemErrorCode, systemErrorText } from './system-error.ts'
import { type Turn, turns } from './turns.ts'
import type { EngineConnection, StateEngine } from './state-session.ts'
import { columnValue } from './state-values.ts'

const patienceMilliseconds = 10_000
const statementsKept = 400

/** Opens the file, made for the owner only when missing. Throws Fault STORE_DOWN when it is no database. */
export function sqliteEngine(path: string): StateEngine {
  const database = openDatabase(path)
  const prepare = preparedStatements(database)
  const waiting = turns(1)
  const connectionOf = (turn: Turn): EngineConnection => ({
    query: (sql, values) => whenFree(() => execute(prepare(sql), values)),
    release: () => turn.end(),
  })
  return {
    // Takes the write lock at once: a transaction that reads first could otherwise be refused when it comes to write.
    begin: 'begin immediate',
    adapter: () => new SqliteAdapter(),
    compiler: () => new SqliteQueryCompiler(),
    connect: async () => connectionOf(await waiting.take()),
    async close() {
      const turn = await waiting.take()
      try {
        database.exec('pragma wal_checkpoint(truncate)')
      } finally {
        database.close()
        turn.end()
      }
    },
  }
}

function openDatabase(path: string): InstanceType<typeof Database> {
  try {
    // A short wait in native code, since it stops everything; longer waits are slept outside of it.
    const database = new Database(path, { timeout: 50 })
    for (const pragma of ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on', 'trusted_schema = off'])
      database.exec(`pragma ${pragma}`)
    return database
  } catch (thrown) {
    throw sqliteFault(thrown)
  }
}

type Prepared = ReturnType<InstanceType<typeof Database>['prepare']>

/** Statements are kept ready: preparing costs three times what running does. */
function preparedStatements(database: InstanceType<typeof Database>) {
  const kept = new Map<string, Prepared>()
  return (sql: string): Prepared => {
    const known = kept.get(sql)
    const statement = known ?? database.prepare(sql)
    kept.delete(sql)
    kept.set(sql, statement)
    if (kept.size > statementsKept) {
      const [oldest] = kept.keys()
      if (oldest !== undefined) kept.delete(oldest)
    }
    return statement
  }
}

function execute(statement: Prepared, values: readonly unknown[]): QueryResult<unknown> {
  // Whole numbers go as bigint: libsql binds every JavaScript number as a fraction, and 1 in a text column would read "1.0".
  const bound = values.map(columnValue).map((value) => (Number.isSafeInteger(value) ? BigInt(Number(value)) : value))
  if (statement.reader) return { rows: statement.all(bound) }
  const { changes, lastInsertRowid } = statement.run(bound)
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
}

/** Another process may be writing: tries again for some seconds before it says so. */
async function whenFree<T>(work: () => T): Promise<T> {
  const until = Date.now() + patienceMilliseconds
  for (let wait = 5; ; wait = Math.min(wait * 2, 200)) {
    try {
      return work()
    } catch (thrown) {
      if (!systemErrorCode(thrown).startsWith('SQLITE_BUSY') || Date.now() > until) throw sqliteFault(thrown)
      await new Promise((later) => setTimeout(later, wait))
    }
  }
}

const down = ['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_READONLY', 'SQLITE_CANTOPEN']

function sqliteFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  const code = systemErrorCode(thrown)
  const text = systemErrorText(thrown)
  const cause = { cause: thrown }
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
    return new Fault('CONFLICT', `${text.split(': ').at(-1)} exists already`, cause)
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return new Fault('STORE_BUSY', text, cause)
  if (down.some((known) => code.startsWith(known))) return new Fault('STORE_DOWN', text, cause)
  return new Fault('BUG', `state store: ${text}`, cause)
}
