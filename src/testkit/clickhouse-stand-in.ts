// A stand-in for a ClickHouse server: its HTTP interface as far as our client uses it, answered by the engine in this process.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { asFault } from '#kernel'
import type { EventEngine, QueryLimits } from '#platform'

/** A server on loopback with this engine behind it; port 0 is a free one. */
export async function clickhouseStandIn(
  events: EventEngine,
  at = 0,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    answer(events, request, response).catch((thrown: unknown) => {
      const text = causeText(thrown)
      const code = /Code: (\d+)/.exec(text)?.[1] ?? '1001'
      response.writeHead(500, { 'x-clickhouse-exception-code': code }).end(text)
    })
  })
  await new Promise<void>((done) => server.listen(at, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/default`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** What the engine itself said, beneath our own words. */
function causeText(thrown: unknown): string {
  const { cause } = asFault(thrown)
  return cause instanceof Error ? cause.message : asFault(thrown).message
}

async function answer(events: EventEngine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { searchParams } = new URL(request.url ?? '/', 'http://stand-in')
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(Buffer.concat(parts)) : Buffer.concat(parts)
  const inUrl = searchParams.get('query')
  const statement = (inUrl ?? body.toString('utf8')).trim()
  const insert = /^insert into (\w+) format JSONEachRow$/i.exec(statement)
  if (insert) {
    await events.insert(insert[1] ?? '', body, searchParams.get('insert_deduplication_token') ?? '')
    return void response.writeHead(200).end()
  }
  const binary = /^insert into (\w+) \(([\w, ]+)\) format RowBinary$/i.exec(statement)
  if (binary) {
    const columns = await columnsOf(events, binary[1] ?? '', (binary[2] ?? '').split(', '))
    const token = searchParams.get('insert_deduplication_token') ?? ''
    await events.insert(binary[1] ?? '', { columns, bytes: body }, token)
    return void response.writeHead(200).end()
  }
  const params = parametersOf(searchParams)
  const asked = /^([\s\S]*?)\s*format JSONEachRow$/i.exec(statement)
  if (!asked) {
    await events.command(statement, params)
    return void response.writeHead(200).end()
  }
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const rows = await events.query(asked[1] ?? '', params, { ...limitsOf(searchParams), signal: gone.signal })
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  response.end(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
}

/** A server knows the types of its columns; the engine in this process has to be told. */
async function columnsOf(events: EventEngine, table: string, names: readonly string[]) {
  const asked = 'select name, type from system.columns where database = currentDatabase() and table = {table:String}'
  const known = await events.query<{ name: string; type: string }>(asked, { table })
  return names.map((name) => ({ name, type: known.find((one) => one.name === name)?.type ?? 'String' }))
}

const limitsOf = (search: URLSearchParams): QueryLimits => ({
  ...(search.has('max_execution_time') ? { milliseconds: Number(search.get('max_execution_time')) * 1_000 } : {}),
  ...(search.has('max_result_rows') ? { rows: Number(search.get('max_result_rows')) } : {}),
  ...(search.has('max_memory_usage') ? { bytes: Number(search.get('max_memory_usage')) } : {}),
})

const unescapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0' }

/** Values as the client writes them (`param_x=…`), back to what they were: lists stay text that the engine reads itself. */
function parametersOf(search: URLSearchParams): Record<string, unknown> {
  const found = [...search].filter(([name]) => name.startsWith('param_'))
  return Object.fromEntries(found.map(([name, text]) => [name.slice('param_'.length), valueOf(text)]))
}

const plainText = (text: string): string => text.replace(/\\(.)/g, (_, letter: string) => unescapes[letter] ?? letter)

function valueOf(text: string): unknown {
  if (!text.startsWith('[')) return plainText(text)
  const items = text.slice(1, -1).match(/'(?:[^'\\]|\\.)*'|[^,]+/g) ?? []
  return items.map((item) => (item.startsWith("'") ? plainText(item.slice(1, -1)) : Number(item)))
}
