// Who is asking: a bearer token or the console's session cookie, and for changes by cookie the CSRF header.
import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Actor, Fault } from '#kernel'
import type { Access } from '#access'
import { csrfHeader, sessionCookie } from './security.ts'

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** The token after `Bearer`, if the request carries one. */
export function bearerOf(request: Pick<FastifyRequest, 'headers'>): string | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' && token ? token : undefined
}

/** The actor of a request, or null when it carries no valid proof. A wrong token is a fault: whoever sends one means to be known. */
export async function whoIs(
  request: FastifyRequest,
  access: Access,
  terminal: (token: string) => Actor | null,
): Promise<Actor | null> {
  const token = bearerOf(request)
  if (token !== undefined) {
    const actor = terminal(token) ?? (await access.bearer(token))
    if (!actor) throw new Fault('UNAUTHENTICATED', 'this token is unknown, revoked or expired')
    return actor
  }
  const cookie = request.cookies[sessionCookie]
  if (cookie === undefined) return null
  const session = await access.session(cookie)
  if (!session) return null
  const changes = request.method !== 'GET' && request.method !== 'HEAD'
  const given = request.headers[csrfHeader]
  if (changes && !(typeof given === 'string' && same(given, session.csrf)))
    throw new Fault('FORBIDDEN', `the ${csrfHeader} header is missing or wrong; reload the page`)
  return session.actor
}

/** The actor of a request, or a fault. */
export async function mustBeKnown(
  request: FastifyRequest,
  access: Access,
  terminal: (token: string) => Actor | null,
): Promise<Actor> {
  const actor = await whoIs(request, access, terminal)
  if (!actor) throw new Fault('UNAUTHENTICATED', 'log in or send a token')
  return actor
}
