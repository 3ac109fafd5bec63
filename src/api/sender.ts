// Who sends events, and to which source: a token in whatever scheme a log shipper speaks.
import type { FastifyRequest } from 'fastify'
import type { Actor } from '#kernel'
import type { Castellan } from '#app'

export const sourceName = /^[a-z0-9][a-z0-9._-]{0,63}$/i

/** A token may send to a source when its scopes name `ingest` or `ingest:<source>`; without scopes only engineers and admins. */
export function maySend(actor: { role: string; scopes?: readonly string[] }, source: string): boolean {
  if (actor.scopes !== undefined) return actor.scopes.includes('ingest') || actor.scopes.includes(`ingest:${source}`)
  return actor.role === 'engineer' || actor.role === 'admin'
}

const scopePrefix = 'ingest:'
/** The one source that a token is for; undefined when it is for several, or for all. */
export function ownSource({ scopes = [] }: { readonly scopes?: readonly string[] }): string | undefined {
  const [only, more] = scopes.filter((scope) => scope === 'ingest' || scope.startsWith(scopePrefix))
  return more === undefined && only?.startsWith(scopePrefix) ? only.slice(scopePrefix.length) : undefined
}

/** What stands behind the colon of `user:password` in base64. */
function secretIn(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString('utf8')
  return text.slice(text.indexOf(':') + 1)
}

/** The token of a request: `Bearer`, `Splunk`, the password of `Basic`, or `ApiKey` (plain, or base64 of `id:key`). */
export function tokenOf(request: Pick<FastifyRequest, 'headers'>): string | undefined {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ')
  if (value === '') return undefined
  // oxfmt-ignore
  switch (scheme.toLowerCase()) {
    case 'bearer':
    case 'splunk': return value
    case 'basic': return secretIn(value)
    case 'apikey': return value.startsWith('cst_') ? value : secretIn(value)
    default: return undefined
  }
}

/** Who a token stands for; null when it is unknown, revoked or expired. */
export const senderOf = async (token: string, { terminalActor, access }: Castellan): Promise<Actor | null> =>
  terminalActor(token) ?? (await access.bearer(token))
