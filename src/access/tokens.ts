// API tokens: shown once, stored as a hash, for a time, for named operations.
import { type Actor, auditors, engineers, Fault, newIdText, type Role } from '#kernel'
import { z } from 'zod'
import { newToken, secretHash, tokenForm } from './secret-text.io.ts'
import { type Ground, roleOf, tablesOf, type TokenRow } from './store.ts'
import { nameKey, Token, TokenId } from './types.ts'
import { checkedName } from './users.ts'

export const usualDays = 90
export const mostDays = 365
const day = 24 * 3_600_000
/** That a token was used is noted at most this often. */
export const noteEvery = 60_000

/** A token to be made; without `role` it has its maker's. */
export interface NewToken {
  readonly name: string
  readonly role?: Role | undefined
  readonly scopes: readonly string[]
  readonly days: number
}

const Scopes = z.array(z.string())
const tokenOf = (row: TokenRow): Token =>
  Token.parse({
    id: row.id,
    name: row.name,
    role: row.role,
    scopes: JSON.parse(row.scopes),
    created: row.created,
    expires: row.expires,
    lastUsed: row.last_used,
    by: row.by_name,
  })

/** What somebody may give to a token. Throws Fault FORBIDDEN. */
function mustBeAllowed(actor: Actor, role: Role, scopes: readonly string[]): void {
  if (actor.via === 'token') throw new Fault('FORBIDDEN', 'a token makes no tokens; log in')
  if (role !== actor.role && actor.role !== 'admin')
    throw new Fault('FORBIDDEN', `a token of the role ${role} is made by admins; yours can have the role ${actor.role}`)
  if (scopes.some((scope) => /^ingest(:|$)/.test(scope)) && !engineers.includes(actor.role))
    throw new Fault('FORBIDDEN', `tokens that send events are made by: ${engineers.join(', ')}`)
}

export type Tokens = ReturnType<typeof tokens>

/** The tokens in the state store. */
export function tokens(ground: Ground) {
  const { clock, random } = ground
  const db = () => tablesOf(ground)
  const find = (idOrName: string): Promise<TokenRow | undefined> =>
    TokenId.safeParse(idOrName).success
      ? db().selectFrom('access_tokens').selectAll().where('id', '=', idOrName).executeTakeFirst()
      : db().selectFrom('access_tokens').selectAll().where('name_key', '=', nameKey(idOrName)).executeTakeFirst()

  return {
    /** One's own, newest first; everybody's for those who audit. Expired ones stay in the list until they are revoked. */
    async list(actor: Actor): Promise<Token[]> {
      const found = await db()
        .selectFrom('access_tokens')
        .selectAll()
        .$if(!auditors.includes(actor.role), (query) => query.where('by_id', '=', actor.id))
        .orderBy('created', 'desc')
        .orderBy('id', 'desc')
        .execute()
      return found.map(tokenOf)
    },
    /** A new token and its text, which cannot be had again. Throws Fault FORBIDDEN, CONFLICT. */
    async create(wanted: NewToken, actor: Actor): Promise<Token & { token: string }> {
      const name = checkedName(wanted.name)
      const role = wanted.role ?? actor.role
      mustBeAllowed(actor, role, wanted.scopes)
      if (await find(name)) throw new Fault('CONFLICT', `a token named ${name} exists already`)
      const created = clock.now()
      const token = newToken(random)
      const row: TokenRow = {
        id: newIdText('tok', created, random),
        name,
        name_key: nameKey(name),
        hash: secretHash(token),
        role,
        scopes: JSON.stringify([...new Set(wanted.scopes)]),
        created,
        expires: created + wanted.days * day,
        last_used: null,
        by_id: actor.id,
        by_name: actor.name,
      }
      await db().insertInto('access_tokens').values(row).execute()
      return { ...tokenOf(row), token }
    },
    /** Ends one's own, or as an admin anybody's. */
    async revoke(idOrName: string, actor: Actor): Promise<string> {
      const row = await find(idOrName)
      if (!row || (actor.role !== 'admin' && row.by_id !== actor.id)) throw new Fault('NOT_FOUND', `token ${idOrName}`)
      await db().deleteFrom('access_tokens').where('id', '=', row.id).execute()
      return row.id
    },
    bearer: (token: string): Promise<Actor | null> => bearer(ground, token),
  }
}

/** Who a token stands for; null when it is unknown, revoked or expired. */
async function bearer(ground: Ground, token: string): Promise<Actor | null> {
  if (!tokenForm.test(token)) return null
  const now = ground.clock.now()
  const db = tablesOf(ground)
  const row = await db.selectFrom('access_tokens').selectAll().where('hash', '=', secretHash(token)).executeTakeFirst()
  if (!row || now >= row.expires) return null
  if (row.last_used === null || now - row.last_used >= noteEvery)
    await db.updateTable('access_tokens').set({ last_used: now }).where('id', '=', row.id).execute()
  const scopes = Scopes.parse(JSON.parse(row.scopes))
  const actor: Actor = { id: row.id, name: row.name, role: roleOf(row.role), via: 'token' }
  return scopes.length === 0 ? actor : { ...actor, scopes }
}
