// Whether somebody may run an operation: their role, and for a token its scopes.
import type { Actor, Operation } from '#kernel'

/**
 * An actor may run an operation when it names their role and, for one with scopes, a scope covers it: `*`, the operation's name, or `noun.*`.
 * Scopes for sending events (`ingest`, `ingest:<source>`) cover no operation; no scopes at all means none, absent means all.
 */
export function mayRun(actor: Pick<Actor, 'role' | 'scopes'>, { may, name }: Pick<Operation, 'name' | 'may'>): boolean {
  const [noun = ''] = name.split('.')
  const covers = (scope: string): boolean => scope === '*' || scope === name || scope === `${noun}.*`
  return may.includes(actor.role) && (actor.scopes?.some(covers) ?? true)
}
