// PostgreSQL through pg: a pool of connections.
import { PostgresAdapter, PostgresQueryCompiler, type QueryResult } from 'kysely'
import { DatabaseError, Pool, type PoolClient, types } from 'pg'
import { Fault } from '#kernel'
import type { EngineConnection, StateEngine } from './state-session.ts'
import { columnValue } from './state-values.ts'
import { turns } from './turns.ts'
import { systemErrorCode, systemErrorText } from './system-error.ts'

/** Object ids of PostgreSQL's types whose text is a number to us: int8, numeric. */
const numbers = new Set([20, 1700])
const getTypeParser: typeof types.getTypeParser = (...given: Parameters<typeof types.getTypeParser>) =>
  numbers.has(given[0]) && given[1] !== 'binary' ? Number : types.getTypeParser(...given)

/** A pool on this URL. Nothing is connected yet. */
export function postgresEngine(url: string): StateEngine {
  const pool = new Pool({
    connectionString: url,
    application_name: 'castellan',
    max: 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    types: { getTypeParser },
  })
  // An idle connection that the server closed: the pool drops it and makes another when needed.
  pool.on('error', () => undefined)
  return {
    begin: 'begin',
    adapter: () => new PostgresAdapter(),
    compiler: () => new PostgresQueryCompiler(),
    connect: async () => {
      try {
        return connectionOf(await pool.connect())
      } catch (thrown) {
        throw postgresFault(thrown)
      }
    },
    close: () => pool.end(),
  }
}

function connectionOf(client: PoolClient): EngineConnection {
  let lost = false
  const oneByOne = turns(1)
  const onError = () => void (lost = true)
  client.on('error', onError)
  return {
    query: (sql, values) => oneByOne.run(() => ask(sql, values)),
    release(broken) {
      client.off('error', onError)
      client.release(broken || lost)
    },
  }
  async function ask(sql: string, values: readonly unknown[]): Promise<QueryResult<unknown>> {
    try {
      const { command, rowCount, rows } = await client.query(sql, values.map(columnValue))
      // A commit of a failed transaction answers ROLLBACK without an error.
      if (sql === 'commit' && command !== 'COMMIT')
        throw new Fault('BUG', 'the transaction had failed before its commit')
      return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
    } catch (thrown) {
      const fault = postgresFault(thrown)
      if (fault.code === 'STORE_DOWN') lost = true
      throw fault
    }
  }
}

function postgresFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  const code = systemErrorCode(thrown)
  const text = systemErrorText(thrown)
  const cause = { cause: thrown }
  if (code === '23505') return new Fault('CONFLICT', `${uniqueColumns(thrown)} exists already`, cause)
  if (code === '40001' || code === '40P01') return new Fault('CONFLICT', 'two changes met in the database', cause)
  // Five letters or digits is an answer of the server; classes 08, 53 and 57 and everything else mean that it is not well.
  const answered = /^[0-9A-Z]{5}$/.test(code) && !/^(08|53|57|58|28|3D)/.test(code)
  if (answered) return new Fault('BUG', `state store: ${text}`, cause)
  return new Fault('STORE_DOWN', `PostgreSQL: ${text === '' ? code : text}`, cause)
}

/** `table.column` from PostgreSQL's detail; the value itself is left out. */
function uniqueColumns(thrown: unknown): string {
  if (!(thrown instanceof DatabaseError)) return 'a row like this'
  const columns = /^Key \(([^)]*)\)/.exec(thrown.detail ?? '')?.[1] ?? thrown.constraint ?? ''
  return `${thrown.table ?? ''}.${columns}`
}
