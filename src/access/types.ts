// The nouns of access: users, sessions, tokens, and how they are named.
import { z } from 'zod'
import { idSchema, roles } from '#kernel'

export const UserId = idSchema('user', 'usr')
export const TokenId = idSchema('token', 'tok')
export const SessionId = idSchema('session', 'ses')

/** A name of a user or a token: letters, digits, spaces and . _ @ + ' -, and nothing that looks like an id. */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._@+'-]*$/u, "letters, digits, spaces and . _ @ + ' -")
  .refine((name) => !/^(usr|tok|ses)_/i.test(name), 'this looks like an id')

/** Names that differ only in case or in how a letter is composed are the same name. */
export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

/** What a token may do: one operation, a noun's operations, everything that its role may, or sending events. */
export const Scope = z
  .string()
  .max(100)
  .regex(
    /^(\*|ingest(:[A-Za-z0-9][\w.-]{0,63})?|[a-z][a-z-]*\.(\*|[a-z][a-z-]*))$/,
    'an operation (alert.list), a noun (alert.*), *, ingest or ingest:<source>',
  )

const time = z.number().meta({ description: 'milliseconds since 1970' })

export const User = z.strictObject({
  id: UserId,
  name: z.string(),
  role: z.enum(roles),
  created: time,
  lastLogin: time.nullable(),
})
export type User = z.infer<typeof User>

export const Token = z.strictObject({
  id: TokenId,
  name: z.string(),
  role: z.enum(roles),
  scopes: z.array(z.string()).meta({ description: 'empty: all that the role may' }),
  created: time,
  expires: time,
  lastUsed: time.nullable(),
  by: z.string().meta({ description: 'name of who made it' }),
})
export type Token = z.infer<typeof Token>

/** A login of the console that has not ended. */
export const Session = z.strictObject({
  id: SessionId,
  user: z.string().meta({ description: 'name of the user' }),
  address: z.string().meta({ description: 'where the login came from' }),
  created: time,
  lastSeen: time,
})
export type Session = z.infer<typeof Session>
