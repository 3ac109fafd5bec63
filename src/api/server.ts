// The HTTP door: one server for the API, the console, events by HTTP and live updates.
import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyError, type FastifyInstance, LogController } from 'fastify'
import { asFault, Fault } from '#kernel'
import type { Castellan } from '#app'
import { mountDownload } from './download.ts'
import { mountIngest } from './ingest.ts'
import { stream } from './live.ts'
import { openapi } from './openapi.ts'
import { mountOperations } from './operations.ts'
import { isOwnHost, securityHeaders } from './security.ts'
import { mountSession } from './session.ts'
import { bearerOf, mustBeKnown } from './who.ts'

const bodyBytes = 1_048_576
const requestsAMinute = 1200

/** Where to listen, and where the built console lies. */
export interface ServeOptions {
  readonly host: string
  readonly port: number
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
  readonly consoleFolder: string
}

/** Builds the server without listening: tests inject requests. */
export async function createServer(castellan: Castellan, options: ServeOptions): Promise<FastifyInstance> {
  const encrypted = options.tls !== undefined
  const https = options.tls
    ? { cert: readFileSync(options.tls.cert), key: readFileSync(options.tls.key), minVersion: 'TLSv1.2' as const }
    : null
  const server: FastifyInstance = Fastify({
    loggerInstance: castellan.log.child({ room: 'api' }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytes,
    requestTimeout: 0,
    genReqId: () => randomUUID(),
    ...(https ? { https } : {}),
  } as object)
  const headers = securityHeaders(encrypted)
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (!isOwnHost(request.headers.host, options.host))
      throw new Fault('FORBIDDEN', `this server is not called ${request.headers.host}`)
  })
  handleErrors(server)
  await server.register(cookie)
  await server.register(rateLimit, {
    max: requestsAMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) => bearerOf(request)?.slice(0, 16) ?? request.ip,
    errorResponseBuilder: (_request, context) => new Fault('RATE_LIMITED', `more than ${context.max} a minute`),
  })
  await server.register(async (scope) => mountIngest(scope, castellan))
  mountSession(server, castellan, encrypted)
  mountOperations(server, castellan)
  mountDownload(server, castellan)
  mountMachines(server, castellan)
  await mountConsole(server, options.consoleFolder)
  return server
}

/** Every error leaves as { error: { code, text, help } }; what is our fault is logged and told without its insides. */
function handleErrors(server: FastifyInstance): void {
  server.setErrorHandler<FastifyError | Fault>((error, request, reply) => {
    const fault = faultOf(error)
    if (fault.status >= 500) request.log.error({ err: error, url: request.url }, 'request failed')
    const text = fault.code === 'BUG' ? 'something broke on our side' : fault.message
    return reply.status(fault.status).send({ error: { code: fault.code, text, help: fault.help } })
  })
}

function faultOf(error: FastifyError | Fault): Fault {
  if (error instanceof Fault) return error
  if (error.statusCode === 413) return new Fault('TOO_LARGE', 'the request body')
  if (error.statusCode === 429) return new Fault('RATE_LIMITED', error.message)
  if (error.statusCode !== undefined && error.statusCode < 500) return new Fault('INPUT_INVALID', error.message)
  return asFault(error)
}

/** What programs ask: health, metrics, the description of the API, live updates. */
function mountMachines(server: FastifyInstance, castellan: Castellan): void {
  const { access, terminalActor } = castellan
  server.get('/health', async (_request, reply) => {
    const ok = await castellan.healthy()
    return reply.status(ok ? 200 : 503).send({ ok })
  })
  server.get('/metrics', async (request, reply) => {
    await mustBeKnown(request, access, terminalActor)
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await castellan.metrics.text())
  })
  const description = openapi(castellan.operations, castellan.version)
  server.get('/api/v1/openapi.json', async (request) => {
    await mustBeKnown(request, access, terminalActor)
    return description
  })
  server.get('/api/v1/live', { config: { rateLimit: { max: 60 } } }, async (request, reply) => {
    await mustBeKnown(request, access, terminalActor)
    stream(reply, castellan.live)
  })
}

/** The console's files; every other path is a page of it. Files with a hash in their name are kept by browsers for a year. */
async function mountConsole(server: FastifyInstance, folder: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.header('cache-control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  server.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' &&
      !/^\/(api|ingest)\//.test(request.url) &&
      !/\.\w+$/.test(request.url.split('?')[0] ?? '')
    if (isPage) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    const fault = new Fault('NOT_FOUND', `${request.method} ${request.url.split('?')[0]}`)
    return reply.status(fault.status).send({ error: { code: fault.code, text: fault.message, help: fault.help } })
  })
}

/** Listens; answers with the address that people can open. Port 0 takes a free one. */
export async function serve(
  castellan: Castellan,
  options: ServeOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = await createServer(castellan, options)
  try {
    await server.listen({ host: options.host, port: options.port })
  } catch (error) {
    const text =
      error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
        ? `port ${options.port} is taken; choose another with --server.port`
        : String(error)
    throw new Fault('CONFIG_INVALID', text, { cause: error })
  }
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  const host = options.host === '0.0.0.0' || options.host === '::' ? 'localhost' : options.host
  return {
    url: `${options.tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: () => server.close(),
  }
}
