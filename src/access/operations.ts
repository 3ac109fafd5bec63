// What may be asked of access.
import { z } from 'zod'
import { admins, anyRole, auditors, operation, roles, type RoomOperation } from '#kernel'
import type { Access } from './access.ts'
import { longestPassword } from './password.ts'
import { mostDays, usualDays } from './tokens.ts'
import { Name, Scope, Session, SessionId, Token, TokenId, User, UserId } from './types.ts'

const ask = operation<Access>()
const user = z.string().min(1).max(100).meta({ description: 'id (usr_…) or name of the user' })
const token = z.string().min(1).max(100).meta({ description: 'id (tok_…) or name of the token' })
const role = z.enum(roles).meta({ description: 'what they may do' })
const password = z
  .string()
  .max(longestPassword)
  .meta({ description: 'at least 12 characters, not the name, not a common one' })

const people: readonly RoomOperation<Access>[] = [
  ask({
    name: 'user.list',
    does: 'list who may log in, and as what',
    kind: 'read',
    may: auditors,
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(User) }),
    example: {},
    columns: ['name', 'role', 'created', 'lastLogin', 'id'],
    run: async (_input, access) => ({ items: await access.users() }),
  }),
  ask({
    name: 'user.create',
    does: 'let somebody log in',
    kind: 'write',
    may: admins,
    input: z.strictObject({ name: Name, role, password }),
    output: User,
    example: { name: 'ada', role: 'analyst', password: 'three calm otters' },
    positional: ['name', 'role'],
    secret: ['password'],
    run: (input, access) => access.createUser(input),
  }),
  ask({
    name: 'user.set-role',
    does: 'give a user another role; tokens they made that they could not make now end',
    kind: 'write',
    may: admins,
    input: z.strictObject({ id: user, role }),
    output: User,
    example: { id: 'ada', role: 'engineer' },
    positional: ['id', 'role'],
    run: ({ id, role }, access) => access.setRole(id, role),
  }),
  ask({
    name: 'user.set-password',
    does: 'give a new password to oneself, or as an admin to anybody; their other sessions end',
    kind: 'write',
    may: anyRole,
    input: z.strictObject({ id: user, password }),
    output: User,
    example: { id: 'ada', password: 'four calm otters swim' },
    positional: ['id'],
    secret: ['password'],
    run: ({ id, password }, access, call) => access.setPassword(id, password, call.actor),
  }),
  ask({
    name: 'user.remove',
    does: 'remove a user; their sessions and the tokens they made end',
    kind: 'write',
    may: admins,
    input: z.strictObject({ id: user }),
    output: z.strictObject({ id: UserId }),
    example: { id: 'ada' },
    positional: ['id'],
    run: async ({ id }, access) => ({ id: await access.removeUser(id) }),
  }),
]

const keys: readonly RoomOperation<Access>[] = [
  ask({
    name: 'token.list',
    does: 'list API tokens: one’s own, for auditors and admins all',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(Token) }),
    example: {},
    columns: ['name', 'role', 'scopes', 'expires', 'lastUsed', 'by'],
    run: async (_input, access, call) => ({ items: await access.tokens(call.actor) }),
  }),
  ask({
    name: 'token.create',
    does: 'make an API token; it is shown once',
    kind: 'write',
    may: anyRole,
    input: z.strictObject({
      name: Name.meta({ description: 'who or what uses it' }),
      role: role.optional().meta({ description: 'one’s own when not given; another one only as an admin' }),
      scopes: z.array(Scope).max(50).default([]).meta({
        description: 'operations (alert.list, alert.*), ingest or ingest:<source>; none: all that the role may',
      }),
      days: z.number().int().min(1).max(mostDays).default(usualDays).meta({ description: 'until it expires' }),
    }),
    output: Token.extend({ token: z.string().meta({ description: 'send it as Authorization: Bearer …' }) }),
    example: { name: 'wallboard', scopes: ['incident.list', 'alert.*'] },
    positional: ['name'],
    run: (input, access, call) => access.createToken(input, call.actor),
  }),
  ask({
    name: 'token.revoke',
    does: 'end an API token: one’s own, as an admin anybody’s',
    kind: 'write',
    may: anyRole,
    input: z.strictObject({ id: token }),
    output: z.strictObject({ id: TokenId }),
    example: { id: 'vector on web01' },
    positional: ['id'],
    run: async ({ id }, access, call) => ({ id: await access.revokeToken(id, call.actor) }),
  }),
]

const logins: readonly RoomOperation<Access>[] = [
  ask({
    name: 'session.list',
    does: 'list logins of the console that have not ended: one’s own, for auditors and admins all',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(Session) }),
    example: {},
    columns: ['user', 'address', 'created', 'lastSeen', 'id'],
    run: async (_input, access, call) => ({ items: await access.sessions(call.actor) }),
  }),
  ask({
    name: 'session.revoke',
    does: 'end a login of the console: one’s own, as an admin anybody’s',
    kind: 'write',
    may: anyRole,
    input: z.strictObject({ id: SessionId.meta({ description: 'id of the session (ses_…)' }) }),
    output: z.strictObject({ id: SessionId }),
    example: { id: 'ses_01jf3w0000000000000' },
    positional: ['id'],
    async run({ id }, access, call) {
      await access.revokeSession(id, call.actor)
      return { id }
    },
  }),
]

export const operations: readonly RoomOperation<Access>[] = [...people, ...keys, ...logins]
