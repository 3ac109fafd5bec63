// A ClickHouse server by URL, through @clickhouse/client.
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { Fault } from '#kernel'
import {
  bytesOfTables,
  commonSettings,
  engineFault,
  type EventWire,
  formatNames,
  type FullLimits,
  limitSettings,
  type Params,
  tableName,
} from './events-wire.ts'
import type { SaveTo } from './stores.ts'

/** A client of this server; nothing is connected yet. User, password and database may stand in the URL. Throws Fault CONFIG_INVALID. */
export function clickhouseServer(url: string): EventWire {
  const client = clientOf(url)
  return {
    where: new URL(url).host,
    select: (sql, params, limits) => asFaults(() => select(client, sql, params, limits), limits.signal),
    save: (sql, params, { to, limits }) => asFaults(() => save(client, { sql, params, to, limits }), limits.signal),
    insert: (table, rows, token) => asFaults(() => insert(client, table, rows, token)),
    command: (query, params) =>
      asFaults(async () => {
        const settings = { ...commonSettings, wait_end_of_query: 1 } as const
        await client.command({ query, query_params: { ...params }, clickhouse_settings: settings })
      }),
    version: () =>
      asFaults(async () => {
        const answer = await client.query({ query: 'select version() as version', format: 'JSONEachRow' })
        const [row] = await answer.json<{ version: string }>()
        return `ClickHouse ${row?.version ?? ''}`
      }),
    bytes: () =>
      asFaults(async () => {
        const answer = await client.query({ query: bytesOfTables, format: 'JSONEachRow' })
        const [row] = await answer.json<{ bytes: string }>()
        return Number(row?.bytes ?? 0)
      }),
    close: () => client.close(),
  }
}

function clientOf(url: string): ClickHouseClient {
  try {
    return createClient({
      url,
      application: 'castellan',
      max_open_connections: 10,
      request_timeout: 300_000,
      compression: { request: true, response: true },
      log: { level: ClickHouseLogLevel.OFF },
    })
  } catch (thrown) {
    throw new Fault('CONFIG_INVALID', 'events.url is not the URL of a ClickHouse server', { cause: thrown })
  }
}

async function asFaults<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    throw signal?.aborted ? new Fault('CANCELLED', 'the search', { cause: thrown }) : engineFault(thrown)
  }
}

async function select(client: ClickHouseClient, query: string, params: Params, limits: FullLimits): Promise<string> {
  const answer = await client.query({
    query,
    format: 'JSONEachRow',
    query_params: { ...params },
    clickhouse_settings: {
      ...commonSettings,
      ...limitSettings(limits),
      cancel_http_readonly_queries_on_client_close: 1,
      // The whole answer before its first byte, so that an error on the way is an error and not half an answer.
      wait_end_of_query: 1,
    },
    ...(limits.signal ? { abort_signal: limits.signal } : {}),
  })
  return answer.text()
}

interface Saving {
  readonly sql: string
  readonly params: Params
  readonly to: SaveTo
  readonly limits: FullLimits
}

/** The server's answer goes to the file as it comes; the disk holds the server back. */
async function save(client: ClickHouseClient, { sql, params, to, limits }: Saving): Promise<void> {
  const { stream } = await client.exec({
    query: `${sql} format ${formatNames[to.format]}`,
    query_params: { ...params },
    clickhouse_settings: {
      ...commonSettings,
      ...limitSettings(limits),
      max_result_rows: '0',
      max_result_bytes: '0',
      cancel_http_readonly_queries_on_client_close: 1,
    },
    ...(limits.signal ? { abort_signal: limits.signal } : {}),
  })
  try {
    await pipeline(stream, createWriteStream(to.path, { mode: 0o600, flags: 'wx' }))
  } catch (thrown) {
    await rm(to.path, { force: true })
    throw thrown
  }
}

/** The bytes go as they are; `client.insert` would want them as objects. */
async function insert(client: ClickHouseClient, table: string, rows: Buffer, token: string): Promise<void> {
  if (rows.length === 0) return
  const { stream } = await client.exec({
    query: `INSERT INTO ${tableName(table)} FORMAT JSONEachRow`,
    values: Readable.from([rows], { objectMode: false }),
    clickhouse_settings: {
      ...commonSettings,
      insert_deduplicate: 1,
      insert_deduplication_token: token,
      wait_end_of_query: 1,
    },
  })
  for await (const _ of stream) continue
}
