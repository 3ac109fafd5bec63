// Sessions of the console: a cookie nobody can guess, of which only the hash is stored; ended by idleness, by age, or by somebody.
import { type Actor, auditors, Fault, newIdText } from '#kernel'
import { csrfOf, newCookie, secretHash } from './secret-text.io.ts'
import { type Ground, roleOf, tablesOf } from './store.ts'
import { Session } from './types.ts'

export const idleLimit = 12 * 3_600_000
export const ageLimit = 7 * 24 * 3_600_000
/** That somebody is there is noted at most this often. */
export const noteEvery = 60_000

export type Sessions = ReturnType<typeof sessions>

/** The sessions in the state store. */
export function sessions(ground: Ground) {
  const { clock, random } = ground
  const db = () => tablesOf(ground)
  /** Which session an actor was made for: the kernel's Actor does not say, and a change of password must spare it. */
  const askedIn = new WeakMap<Actor, string>()
  const rows = () =>
    db()
      .selectFrom('access_sessions')
      .innerJoin('access_users', 'access_users.id', 'access_sessions.user_id')
      .selectAll('access_sessions')
      .select(['access_users.name', 'access_users.role'])
  const ended = ({ created, seen }: { created: number; seen: number }): boolean =>
    clock.now() - created >= ageLimit || clock.now() - seen >= idleLimit
  const end = (id: string) => db().deleteFrom('access_sessions').where('id', '=', id).execute()

  return {
    /** A new session; answers the value of its cookie, which is not kept. Forgets those that have ended. */
    async begin(user: string, address: string): Promise<string> {
      const now = clock.now()
      await forgetEnded(ground)
      const cookie = newCookie(random)
      const id = newIdText('ses', now, random)
      const row = { id, hash: secretHash(cookie), user_id: user, address, created: now, seen: now }
      await db().insertInto('access_sessions').values(row).execute()
      return cookie
    },
    /** Whose session it is, and its CSRF token; null when it has ended or never was. */
    async read(cookie: string): Promise<{ actor: Actor; csrf: string } | null> {
      const row = await rows().where('hash', '=', secretHash(cookie)).executeTakeFirst()
      if (!row) return null
      if (ended(row)) {
        await end(row.id)
        return null
      }
      const now = clock.now()
      if (now - row.seen >= noteEvery)
        await db().updateTable('access_sessions').set({ seen: now }).where('id', '=', row.id).execute()
      const actor: Actor = { id: row.user_id, name: row.name, role: roleOf(row.role), via: 'session' }
      askedIn.set(actor, row.id)
      return { actor, csrf: csrfOf(cookie) }
    },
    end: async (cookie: string): Promise<void> =>
      void (await db().deleteFrom('access_sessions').where('hash', '=', secretHash(cookie)).execute()),
    /** Id of the session that this actor came by; empty for others. */
    ofActor: (actor: Actor): string => askedIn.get(actor) ?? '',
    /** One's own, newest first; everybody's for those who audit. */
    async list(actor: Actor): Promise<Session[]> {
      const all = auditors.includes(actor.role)
      const found = await rows()
        .$if(!all, (query) => query.where('user_id', '=', actor.id))
        .orderBy('access_sessions.created', 'desc')
        .execute()
      return found
        .filter((row) => !ended(row))
        .map(({ address, created, id, name, seen }) =>
          Session.parse({ id, user: name, address, created, lastSeen: seen }),
        )
    },
    /** Ends one's own, or as an admin anybody's. */
    async revoke(id: string, actor: Actor): Promise<void> {
      const row = await rows().where('access_sessions.id', '=', id).executeTakeFirst()
      if (!row || (actor.role !== 'admin' && row.user_id !== actor.id)) throw new Fault('NOT_FOUND', `session ${id}`)
      await end(row.id)
    },
  }
}

/** Removes what has ended by age or idleness. */
async function forgetEnded(ground: Ground): Promise<void> {
  const now = ground.clock.now()
  await tablesOf(ground)
    .deleteFrom('access_sessions')
    .where((eb) => eb.or([eb('created', '<=', now - ageLimit), eb('seen', '<=', now - idleLimit)]))
    .execute()
}
