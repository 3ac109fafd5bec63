// The room at work: who may come in, by password, by cookie, by token.
import { type Actor, Fault, type Role } from '#kernel'
import { bootstrap } from './bootstrap.ts'
import { isPassword } from './password-hash.io.ts'
import { sessions } from './sessions.ts'
import type { Ground } from './store.ts'
import { throttle } from './throttle.ts'
import { type NewToken, tokens } from './tokens.ts'
import { type NewUser, users } from './users.ts'

export type Access = ReturnType<typeof openAccess>

/** Opens the room over a state store. Passwords are stored as Argon2id, cookies, tokens and codes as SHA-256. */
export function openAccess(ground: Ground) {
  const people = users(ground)
  const logins = sessions(ground)
  const keys = tokens(ground)
  const first = bootstrap(ground, people)
  const tries = throttle(ground)

  return {
    hasUsers: (): Promise<boolean> => people.any(),
    /** A new one-time code for the first admin while there is no user, else null. Valid 24 hours; the one before is void. */
    bootstrapCode: (): Promise<string | null> => first.code(),
    /** Makes the first admin by a one-time code. Throws Fault FORBIDDEN for the code, INPUT_INVALID for name or password. */
    bootstrap: (code: string, name: string, password: string): Promise<void> => first.use(code, name, password),
    /**
     * Begins a session; answers the value of its cookie. Throws Fault PASSWORD_WRONG without saying which of the two is wrong, nor by the time it
     * takes, and RATE_LIMITED while account or address have to wait.
     */
    async login(name: string, password: string, address: string): Promise<string> {
      await tries.begin(name, address)
      const user = await people.byName(name)
      const right = await isPassword(password, user?.password)
      if (!user || !right) throw new Fault('PASSWORD_WRONG')
      await tries.succeeded(name, address)
      return ground.state.transaction(async () => {
        // Read again: it may have been removed or given another password while this one was being checked.
        const still = await people.byName(name)
        if (still?.password !== user.password) throw new Fault('PASSWORD_WRONG')
        await people.loggedIn(user.id)
        return logins.begin(user.id, address)
      })
    },
    /** Who a cookie stands for, and the token that its changes must carry; null when it has ended. */
    session: (cookie: string): Promise<{ actor: Actor; csrf: string } | null> => logins.read(cookie),
    logout: (cookie: string): Promise<void> => logins.end(cookie),
    /** Who an API token stands for; null when it is unknown, revoked or expired. */
    bearer: (token: string): Promise<Actor | null> => keys.bearer(token),

    users: () => people.list(),
    createUser: (user: NewUser) => people.create(user),
    setRole: (idOrName: string, role: Role) => people.setRole(idOrName, role),
    setPassword: (idOrName: string, password: string, actor: Actor) =>
      people.setPassword(idOrName, password, { actor, session: logins.ofActor(actor) }),
    /** Removes a user; answers the id. */
    removeUser: (idOrName: string) => people.remove(idOrName),
    tokens: (actor: Actor) => keys.list(actor),
    createToken: (token: NewToken, actor: Actor) => keys.create(token, actor),
    revokeToken: (idOrName: string, actor: Actor) => keys.revoke(idOrName, actor),
    sessions: (actor: Actor) => logins.list(actor),
    revokeSession: (id: string, actor: Actor) => logins.revoke(id, actor),
    /** Ends every session of a user; answers name and how many. */
    async revokeSessionsOf(idOrName: string): Promise<{ name: string; ended: number }> {
      const { id, name } = await people.existing(idOrName)
      return { name, ended: await people.endSessions(id) }
    },
  }
}
