// The tables of access.
import { type Clock, type Migration, type Random, type Role, roles } from '#kernel'
import type { Kysely, State } from '#platform'
import { z } from 'zod'

export interface UserRow {
  id: string
  name: string
  name_key: string
  role: string
  password: string
  created: number
  last_login: number | null
}
export interface TokenRow {
  id: string
  name: string
  name_key: string
  hash: string
  role: string
  scopes: string
  created: number
  expires: number
  last_used: number | null
  by_id: string
  by_name: string
}
export interface SessionRow {
  id: string
  hash: string
  user_id: string
  address: string
  created: number
  seen: number
}
export interface Tables {
  access_users: UserRow
  access_tokens: TokenRow
  access_sessions: SessionRow
  /** Failed logins by account and by address. */
  access_tries: { key: string; count: number; last: number }
  /** The one-time code of the first admin. */
  access_codes: { hash: string; expires: number }
}

export const migrations: readonly Migration[] = [
  {
    name: 'access-0001-start',
    sql: [
      `create table access_users (
        id text primary key, name text not null, name_key text not null unique, role text not null, password text not null,
        created bigint not null, last_login bigint)`,
      `create table access_tokens (
        id text primary key, name text not null, name_key text not null unique, hash text not null unique, role text not null, scopes text not null,
        created bigint not null, expires bigint not null, last_used bigint, by_id text not null, by_name text not null)`,
      `create table access_sessions (
        id text primary key, hash text not null unique, user_id text not null, address text not null, created bigint not null, seen bigint not null)`,
      'create index access_sessions_user on access_sessions (user_id)',
      'create table access_tries (key text primary key, count bigint not null, last bigint not null)',
      'create table access_codes (hash text primary key, expires bigint not null)',
    ],
  },
]

/** What every part of the room stands on. */
export interface Ground {
  readonly state: State
  readonly clock: Clock
  readonly random: Random
}

export const tablesOf = (ground: Ground): Kysely<Tables> => ground.state.db<Tables>()
export const roleOf = (text: string): Role => z.enum(roles).parse(text)
