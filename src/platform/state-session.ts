// The ambient transaction: one Kysely whose driver finds the connection that belongs to the caller.
import { AsyncLocalStorage } from 'node:async_hooks'
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  Kysely,
  type QueryCompiler,
  type QueryResult,
} from 'kysely'
import { Fault } from '#kernel'

/** A connection of an engine. Errors come as Faults. */
export interface EngineConnection {
  query(sql: string, values: readonly unknown[]): Promise<QueryResult<unknown>>
  /** Gives it back; a broken one is thrown away. */
  release(broken: boolean): void
}

/** What differs between SQLite and PostgreSQL. */
export interface StateEngine {
  readonly begin: string
  adapter(): DialectAdapter
  compiler(): QueryCompiler
  connect(): Promise<EngineConnection>
  close(): Promise<void>
}

interface Ambient {
  readonly connection: EngineConnection
  state: 'open' | 'committed' | 'undone'
  /** The first failure inside; the transaction can then only be undone. */
  failure: unknown
}

/** A Kysely and a transaction() that agree about connections. */
export interface Session {
  readonly kysely: Kysely<unknown>
  transaction<T>(work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export function openSession(engine: StateEngine): Session {
  const ambients = new AsyncLocalStorage<Ambient>()
  const kysely = new Kysely<unknown>({
    dialect: {
      createAdapter: () => engine.adapter(),
      createDriver: () => ambientDriver(engine, ambients),
      createQueryCompiler: () => engine.compiler(),
      createIntrospector: () => {
        throw new Fault('BUG', 'the schema is known from migrations; it is not asked for')
      },
    },
  })
  return {
    kysely,
    transaction(work) {
      const outer = ambients.getStore()
      return outer && outer.state !== 'committed' ? joined(outer, work) : outermost(engine, ambients, work)
    },
    close: () => engine.close(),
  }
}

async function joined<T>(ambient: Ambient, work: () => Promise<T>): Promise<T> {
  refuseEnded(ambient)
  try {
    return await work()
  } catch (thrown) {
    ambient.failure ??= thrown
    throw thrown
  }
}

async function outermost<T>(
  engine: StateEngine,
  ambients: AsyncLocalStorage<Ambient>,
  work: () => Promise<T>,
): Promise<T> {
  const connection = await engine.connect()
  const ambient: Ambient = { connection, state: 'open', failure: undefined }
  let broken = false
  try {
    await connection.query(engine.begin, [])
    try {
      const result = await ambients.run(ambient, work)
      if (ambient.failure !== undefined) throw ambient.failure
      await connection.query('commit', [])
      ambient.state = 'committed'
      return result
    } catch (thrown) {
      ambient.state = 'undone'
      await connection.query('rollback', []).catch(() => (broken = true))
      throw thrown
    }
  } finally {
    connection.release(broken)
  }
}

function refuseEnded(ambient: Ambient): void {
  if (ambient.state === 'undone') throw new Fault('BUG', 'work went on after its transaction was undone')
}

function ambientDriver(engine: StateEngine, ambients: AsyncLocalStorage<Ambient>): Driver {
  const held = new Map<DatabaseConnection, EngineConnection>()
  const refuse = () => Promise.reject(new Fault('BUG', 'use State.transaction, which other rooms can join'))
  return {
    init: () => Promise.resolve(),
    async acquireConnection() {
      const ambient = ambients.getStore()
      if (ambient && ambient.state !== 'committed') return insideOf(ambient)
      const connection = await engine.connect()
      const outside = databaseConnection((query) => connection.query(query.sql, query.parameters))
      held.set(outside, connection)
      return outside
    },
    releaseConnection(connection) {
      held.get(connection)?.release(false)
      held.delete(connection)
      return Promise.resolve()
    },
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: () => Promise.resolve(),
  }
}

const insideOf = (ambient: Ambient): DatabaseConnection =>
  databaseConnection(async (query) => {
    refuseEnded(ambient)
    if (ambient.failure !== undefined) throw ambient.failure
    try {
      return await ambient.connection.query(query.sql, query.parameters)
    } catch (thrown) {
      ambient.failure ??= thrown
      throw thrown
    }
  })

const databaseConnection = (run: (query: CompiledQuery) => Promise<QueryResult<unknown>>): DatabaseConnection => ({
  executeQuery: async <Row>(query: CompiledQuery) => (await run(query)) as QueryResult<Row>,
  streamQuery: () => {
    throw new Fault('BUG', 'read in pages; streams would hold the connection')
  },
})
