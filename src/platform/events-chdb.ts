// ClickHouse inside this process (chDB). One folder a process, opened in the main thread.
import { readdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { drainPending, Session } from 'chdb'
import { Fault } from '#kernel'
import {
  bytesOfTables,
  commonSettings,
  engineBytes,
  engineFault,
  type EventWire,
  formatNames,
  type FullLimits,
  limitSettings,
  literal,
  type Params,
  parameterText,
  type Settings,
  tableName,
} from './events-wire.ts'
import { lockFolder } from './lock.ts'
import { storeFault } from './system-error.ts'
import { turns } from './turns.ts'

/**
 * Searches at once. Each holds one of Node's four worker threads, which files need too; the inserting connection takes another.
 * With a connection of its own each, a search's settings and values never meet those of another.
 */
const readers = 2

const mebibyte = 1_048_576
/** For a laptop: the server's own caches would grow to gigabytes. */
const startSettings: Settings = {
  ...commonSettings,
  max_threads: Math.min(availableParallelism(), 4),
  max_server_memory_usage: engineBytes,
  mark_cache_size: 64 * mebibyte,
  primary_index_cache_size: 32 * mebibyte,
  index_mark_cache_size: 16 * mebibyte,
  query_condition_cache_size: 16 * mebibyte,
  compiled_expression_cache_size: 16 * mebibyte,
}

let openHere: string | undefined

/** Opens the engine in a folder, made when missing. Throws Fault STORE_BUSY when this or another process has one open. */
export async function openChdb(folder: string): Promise<EventWire> {
  if (!isMainThread) throw new Fault('BUG', 'chDB must be opened in the main thread')
  if (openHere !== undefined)
    throw new Fault('STORE_BUSY', `this process has ${openHere} open, and chDB has one folder`)
  openHere = folder
  try {
    const lock = await lockFolder(folder)
    try {
      await forgetTokens(join(folder, 'chdb', 'store'))
      return wireOf(folder, () => {
        lock.release()
        openHere = undefined
      })
    } catch (thrown) {
      lock.release()
      throw storeFault(`folder ${folder}`, thrown)
    }
  } catch (thrown) {
    openHere = undefined
    throw thrown
  }
}

/**
 * The engine writes an insert's token down just before it puts the rows in place. A process that dies between the two would leave a token
 * whose rows are missing, and the same batch sent again would be taken for stored (seen with a kill at that very system call). So tokens count
 * only within the life of a process; after a start, what is stored already has to be asked for.
 */
async function forgetTokens(store: string): Promise<void> {
  const below = async (folder: string): Promise<string[]> =>
    (await readdir(folder).catch(() => [])).map((name) => join(folder, name))
  for (const group of await below(store)) {
    for (const table of await below(group))
      await rm(join(table, 'deduplication_logs'), { recursive: true, force: true })
  }
}

function wireOf(folder: string, released: () => void): EventWire {
  const path = join(folder, 'chdb')
  const connectionArgs = Object.entries(startSettings).map(([name, value]) => `--${name}=${value}`)
  const connect = () => new Session(path, { connectionArgs })
  // One to ask how it is and to end searches, which must never wait; one for inserts; one for orders that may take long.
  const [control, writer, orders] = [connect(), connect(), connect()]
  const searching = Array.from({ length: readers }, connect)
  const running = new Set<() => void>()
  const controlTurns = turns(1)
  const writerTurns = turns(1)
  const orderTurns = turns(1)
  let closed = false
  const refuseClosed = () => {
    if (closed) throw new Fault('STORE_DOWN', 'the event engine is closed')
  }
  const readerTurns = turns(readers)
  const steer = (sql: string) => controlTurns.run(() => run(control, sql))
  const select: EventWire['select'] = (sql, params, limits) =>
    readerTurns.run(async () => {
      refuseClosed()
      const session = searching.pop() ?? connect()
      try {
        return await search(session, { sql, params, limits }, { steer, running })
      } finally {
        searching.push(session)
      }
    })
  return {
    where: folder,
    select,
    save: saving(select),
    insert: (table, rows, token) =>
      writerTurns.run(async () => {
        refuseClosed()
        await insert(writer, table, rows, token)
      }),
    command: (sql, params) =>
      orderTurns.run(async () => {
        refuseClosed()
        await run(orders, withSettings(sql, params, commonSettings))
      }),
    version: async () => `chDB ${(await steer('select version()')).split('"')[3] ?? ''}`,
    bytes: async () => Number(/\d+/.exec(await steer(bytesOfTables))?.[0] ?? 0),
    async close() {
      // Searches are ended, inserts are waited for; a connection must not go while something runs on it.
      closed = true
      for (const end of running) end()
      const all = [writerTurns, orderTurns, ...Array.from({ length: readers }, () => readerTurns)]
      await Promise.all(all.map((one) => one.take()))
      await controlTurns.take()
      for (const session of [writer, orders, control, ...searching]) session.close()
      await drainPending()
      released()
    },
  }
}

/** The engine writes the file itself, as the search goes on. */
const saving =
  (select: EventWire['select']): EventWire['save'] =>
  async (sql, params, { to, limits }) => {
    const into = `insert into function file(${literal(to.path)}, '${formatNames[to.format]}')`
    try {
      await select(`${into} ${sql}`, params, limits)
    } catch (thrown) {
      await rm(to.path, { force: true })
      throw thrown
    }
  }

async function run(session: Session, sql: string): Promise<string> {
  try {
    return (await session.queryAsync(sql, { format: 'JSONEachRow' })).text()
  } catch (thrown) {
    throw engineFault(thrown)
  }
}

/** The parsing happens in native threads, off the bytes given: measured 45 to 110 MB/s, the event loop held for a few milliseconds. */
async function insert(session: Session, table: string, rows: Buffer, token: string): Promise<void> {
  if (rows.length === 0) return
  const settings = { ...commonSettings, insert_deduplicate: 1, insert_deduplication_token: token }
  try {
    await session.insert({ table: tableName(table), values: rows, format: 'JSONEachRow', settings })
  } catch (thrown) {
    throw engineFault(thrown)
  }
}

/** Settings and values come before the statement on the same connection; there is no way into its text for them. */
function withSettings(sql: string, params: Params, settings: Settings): string {
  const values = Object.entries(params).map(([name, value]) => {
    if (!/^\w{1,64}$/.test(name)) throw new Fault('BUG', `not a parameter's name: ${name}`)
    return `param_${name} = ${literal(parameterText(value))}`
  })
  const set = Object.entries(settings).map(
    ([name, value]) => `${name} = ${typeof value === 'number' ? value : literal(value)}`,
  )
  return `SET ${[...set, ...values].join(', ')};\n${sql}`
}

let asked = 0
/** The connection that can end searches, and the ways to end those that run. */
interface Steering {
  readonly steer: (sql: string) => Promise<string>
  readonly running: Set<() => void>
}
interface Search {
  readonly sql: string
  readonly params: Params
  readonly limits: FullLimits
}

/** Runs a search that its caller can stop: chDB goes on computing unless another connection tells it to end. */
async function search(
  session: Session,
  { sql, params, limits }: Search,
  { steer, running }: Steering,
): Promise<string> {
  const { signal } = limits
  if (signal?.aborted) throw new Fault('CANCELLED', 'the search')
  const mark = `castellan-${(asked += 1)}`
  let again: NodeJS.Timeout | undefined
  const kill = () =>
    void steer(`KILL QUERY WHERE Settings['log_comment'] = ${literal(mark)} ASYNC`).catch(() => undefined)
  const end = () => {
    kill()
    // The first may come before the engine has begun with it.
    again ??= setInterval(kill, 250)
  }
  running.add(end)
  signal?.addEventListener('abort', end, { once: true })
  try {
    return await run(session, withSettings(sql, params, { ...limitSettings(limits), log_comment: mark }))
  } catch (thrown) {
    // A connection keeps what its last query held, a failed one too, until the next.
    await run(session, 'select 1').catch(() => undefined)
    throw thrown
  } finally {
    clearInterval(again)
    running.delete(end)
    signal?.removeEventListener('abort', end)
  }
}
