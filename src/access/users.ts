// Users: made, changed, removed; never without an admin.
import { type Actor, Fault, newIdText, type Role } from '#kernel'
import { passwordComplaint } from './password.ts'
import { hashPassword } from './password-hash.io.ts'
import { type Ground, tablesOf, type UserRow } from './store.ts'
import { Name, nameKey, User, UserId } from './types.ts'

/** A user to be made. */
export interface NewUser {
  readonly name: string
  readonly role: Role
  readonly password: string
}

export const userOf = (row: UserRow): User =>
  User.parse({ id: row.id, name: row.name, role: row.role, created: row.created, lastLogin: row.last_login })

/** A name as it may be stored. Throws Fault INPUT_INVALID. */
export function checkedName(name: string): string {
  const read = Name.safeParse(name)
  if (!read.success) throw new Fault('INPUT_INVALID', `name: ${read.error.issues[0]?.message ?? 'no name'}`)
  return read.data
}

function checkPassword(password: string, name: string): void {
  const complaint = passwordComplaint(password, name)
  if (complaint !== undefined) throw new Fault('INPUT_INVALID', `password: ${complaint}`)
}

/** Finding users; `existing` throws Fault NOT_FOUND. */
function finding(ground: Ground) {
  const rows = () => tablesOf(ground).selectFrom('access_users').selectAll()
  const byName = (name: string): Promise<UserRow | undefined> =>
    rows().where('name_key', '=', nameKey(name)).executeTakeFirst()
  const find = (idOrName: string): Promise<UserRow | undefined> =>
    UserId.safeParse(idOrName).success ? rows().where('id', '=', idOrName).executeTakeFirst() : byName(idOrName)
  return {
    byName,
    find,
    existing: async (idOrName: string): Promise<UserRow> => {
      const row = await find(idOrName)
      if (!row) throw new Fault('NOT_FOUND', `user ${idOrName}`)
      return row
    },
    any: async (): Promise<boolean> => (await rows().limit(1).executeTakeFirst()) !== undefined,
    list: async (): Promise<User[]> => (await rows().orderBy('name_key').execute()).map(userOf),
  }
}

/** Refuses to take away the last admin. Locked on PostgreSQL, so that two admins cannot remove each other at once. */
async function mustLeaveAnAdmin(ground: Ground, row: UserRow): Promise<void> {
  const admins = await tablesOf(ground)
    .selectFrom('access_users')
    .select('id')
    .where('role', '=', 'admin')
    .orderBy('id')
    .$if(ground.state.engine === 'postgres', (query) => query.forUpdate())
    .execute()
  if (row.role === 'admin' && admins.every(({ id }) => id === row.id))
    throw new Fault('CONFLICT', `${row.name} is the last admin; make another one first`)
}

/** Ends the sessions of a user, all but one; answers how many. */
async function endSessions(ground: Ground, id: string, but = ''): Promise<number> {
  const sessions = tablesOf(ground).deleteFrom('access_sessions')
  const gone = await sessions.where('user_id', '=', id).where('id', '<>', but).executeTakeFirst()
  return Number(gone.numDeletedRows)
}

export type Users = ReturnType<typeof users>

/** The users in the state store. Calls that change are made inside a transaction. */
export function users(ground: Ground) {
  const { clock, random } = ground
  const { any, byName, existing, find, list } = finding(ground)
  const db = () => tablesOf(ground)
  const change = async (id: string, to: Partial<UserRow>): Promise<void> =>
    void (await db().updateTable('access_users').set(to).where('id', '=', id).execute())

  return {
    any,
    byName,
    existing,
    list,
    endSessions: (id: string): Promise<number> => endSessions(ground, id),
    loggedIn: (id: string): Promise<void> => change(id, { last_login: clock.now() }),
    async create({ name: given, password, role }: NewUser): Promise<User> {
      const name = checkedName(given)
      checkPassword(password, name)
      if (await byName(name)) throw new Fault('CONFLICT', `a user named ${name} exists already`)
      const created = clock.now()
      const id = newIdText('usr', created, random)
      const hash = await hashPassword(password, random)
      const row: UserRow = { id, name, name_key: nameKey(name), role, password: hash, created, last_login: null }
      await db().insertInto('access_users').values(row).execute()
      return userOf(row)
    },
    /** Takes effect at once in the user's sessions; tokens they made that they could not make now end. */
    async setRole(idOrName: string, role: Role): Promise<User> {
      const row = await existing(idOrName)
      if (role !== 'admin') await mustLeaveAnAdmin(ground, row)
      await change(row.id, { role })
      if (role !== 'admin')
        await db().deleteFrom('access_tokens').where('by_id', '=', row.id).where('role', '<>', role).execute()
      return userOf({ ...row, role })
    },
    /** One's own, or as an admin anybody's; ends the user's sessions, all but the one it is asked in. */
    async setPassword(idOrName: string, password: string, asked: { actor: Actor; session: string }): Promise<User> {
      const row = await find(idOrName)
      if (asked.actor.role !== 'admin' && row?.id !== asked.actor.id)
        throw new Fault('FORBIDDEN', 'only admins set the passwords of others')
      if (!row) throw new Fault('NOT_FOUND', `user ${idOrName}`)
      checkPassword(password, row.name)
      await change(row.id, { password: await hashPassword(password, random) })
      await endSessions(ground, row.id, asked.session)
      return userOf(row)
    },
    /** With their sessions and the tokens they made; answers the id. */
    async remove(idOrName: string): Promise<string> {
      const row = await existing(idOrName)
      const { id } = row
      await mustLeaveAnAdmin(ground, row)
      await endSessions(ground, id)
      await db().deleteFrom('access_tokens').where('by_id', '=', id).execute()
      await db().deleteFrom('access_users').where('id', '=', id).execute()
      return id
    },
  }
}
