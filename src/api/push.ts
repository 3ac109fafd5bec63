// Protocols of log shippers over HTTP, mounted from their table: who sends, to which source, the body, records onto the disk, and only then the answer.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, asFault } from '#kernel'
import {
  type Castellan,
  isAnswer,
  type PushAnswer,
  type PushProtocol,
  type PushRequest,
  pushProtocols,
  type Refusal,
} from '#app'
import { encodingOf, Held, readBody } from './push-body.ts'
import { maySend, ownSource, senderOf, sourceName, tokenOf } from './sender.ts'

type Params = Readonly<Record<string, string>>
type Asked = FastifyRequest<{ Params: Params; Querystring: Readonly<Record<string, string | string[]>> }>

const send = (reply: FastifyReply, { status, headers = {}, type, body }: PushAnswer): FastifyReply => {
  reply.status(status).headers(headers)
  return (type === undefined ? reply : reply.type(type)).send(body)
}

/** Names and values, one of each. */
const single = (all: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => {
      const one = Array.isArray(value) ? value[0] : value
      return one === undefined ? [] : [[name, one]]
    }),
  )

/** Paths below these roots: the second says to which source. */
const rootsOf = ({ name }: PushProtocol): readonly string[] => ['', `/ingest/v1/${name}/:source`]

interface Sender {
  readonly actor: Actor
  readonly source: string
}
type Known = { readonly kind: 'known'; readonly sender: Sender } | { readonly kind: Refusal; readonly text: string }

/** Who asks, and the source: from the path, else the only one the token is for, else named like the protocol. */
async function known(request: Asked, protocol: PushProtocol, castellan: Castellan): Promise<Known> {
  const token = tokenOf(request)
  if (token === undefined) return { kind: 'no-sender', text: 'send a token' }
  const actor = await senderOf(token, castellan)
  if (!actor) return { kind: 'unknown-sender', text: 'this token is unknown, revoked or expired' }
  const source = request.params['source'] ?? ownSource(actor) ?? protocol.name
  if (!sourceName.test(source)) return { kind: 'unreadable', text: 'a source is named with letters, digits, . _ -' }
  if (!maySend(actor, source)) return { kind: 'forbidden', text: `this token needs the scope ingest:${source}` }
  return { kind: 'known', sender: { actor, source } }
}

const refusals: Readonly<Record<string, Refusal>> = {
  TOO_LARGE: 'too-large',
  RATE_LIMITED: 'busy',
  UNREADABLE: 'unreadable',
  INPUT_INVALID: 'unreadable',
  STORE_DOWN: 'down',
}

/** Mounts every protocol at its own paths and below /ingest/v1/<protocol>/<source>. */
export function mountPush(server: FastifyInstance, castellan: Castellan): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', (_request, _payload, done) => done(null))
  const held = new Held()
  for (const protocol of pushProtocols)
    for (const root of rootsOf(protocol))
      for (const [method, path] of protocol.routes) {
        // The console has the server's own root; see answerClientsAtRoot.
        if (root === '' && path === '/') continue
        server.route<{ Params: Params; Querystring: Readonly<Record<string, string | string[]>> }>({
          method,
          url: `${root}${path}`,
          config: { rateLimit: false },
          ...(method === 'GET' ? { exposeHeadRoute: false } : {}),
          handler: (request, reply) => answer({ request, reply, route: path, protocol, castellan, held }),
        })
      }
}

interface Work {
  readonly request: Asked
  readonly reply: FastifyReply
  readonly route: string
  readonly protocol: PushProtocol
  readonly castellan: Castellan
  readonly held: Held
}

type Refuse = (why: Refusal, text: string, seconds?: number) => FastifyReply

function refusing({ request, reply, protocol }: Work, headers: PushRequest['headers']): Refuse {
  return (why, text, seconds) => {
    const refused = protocol.refuse(why, text, { headers })
    // What is not read of a body must not be taken for the next request.
    if (!request.raw.readableEnded) reply.header('connection', 'close')
    const wait = seconds === undefined ? {} : { 'retry-after': String(seconds) }
    return send(reply, { ...refused, headers: { ...refused.headers, ...wait } })
  }
}

async function answer(work: Work): Promise<FastifyReply> {
  const { request, route, protocol, castellan } = work
  const headers = single(request.headers)
  const refuse = refusing(work, headers)
  try {
    const who = await known(request, protocol, castellan)
    if (who.kind !== 'known') {
      if (protocol.open?.includes(route) !== true) return refuse(who.kind, who.text)
      return await done(work, { headers, source: '', body: Buffer.alloc(0) }, refuse)
    }
    const { source } = who.sender
    const { body, release } = await readBody(request.raw, encodingOf(request.headers), work.held)
    try {
      return await done(work, { headers, source, body }, refuse)
    } finally {
      release()
    }
  } catch (thrown) {
    const { code, message } = asFault(thrown)
    const why = refusals[code]
    if (why === undefined) castellan.log.error({ err: thrown, url: request.url }, 'a pushed request failed')
    return why === undefined ? refuse('down', 'something broke on our side') : refuse(why, message)
  }
}

interface Material {
  readonly headers: PushRequest['headers']
  readonly source: string
  readonly body: Buffer
}

/** Decodes a request, takes its records, and answers. */
async function done(work: Work, { headers, source, body }: Material, refuse: Refuse): Promise<FastifyReply> {
  const { request, reply, route, protocol, castellan } = work
  const { method, params } = request
  const last = castellan.telemetry.lastTaken()
  const query = single(request.query)
  const decoded = protocol.decode({ method, route, params, query, headers, body, last })
  if (isAnswer(decoded)) return send(reply, decoded)
  const pushed = await castellan.telemetry.push(decoded.records, { source, via: protocol.name })
  if (pushed.kind === 'wait') return refuse('busy', pushed.text, pushed.seconds)
  return send(reply, decoded.answer(pushed.taken))
}

/** Clients of Elasticsearch ask the server's root who it is; browsers, which get the console there, ask for HTML and send no token. */
export function answerClientsAtRoot(server: FastifyInstance, castellan: Castellan): void {
  const protocol = pushProtocols.find(({ routes }) => routes.some(([, path]) => path === '/'))
  if (!protocol) return
  const held = new Held()
  server.addHook('onRequest', async (request: Asked, reply) => {
    const isRoot = request.url.split('?', 1)[0] === '/' && (request.method === 'GET' || request.method === 'HEAD')
    if (!isRoot || request.headers.authorization === undefined) return
    if (request.headers.accept?.includes('text/html') === true) return
    await answer({ request, reply, route: '/', protocol, castellan, held })
  })
}
