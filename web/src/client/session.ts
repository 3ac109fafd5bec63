// Who is using the console: asked once at start, again after logging in, and forgotten when the server no longer knows us.
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { keepCsrf, request, type Trouble, whenSignedOut } from './client.ts'
import { liveFeed } from './live.ts'
import { isRole, type Role } from './nouns.ts'

export interface Actor {
  readonly id: string
  readonly name: string
  readonly role: Role
}
export interface Session {
  readonly actor: Actor | null
  readonly csrf: string | null
  /** No user exists yet: the one-time link makes the first. */
  readonly bootstrap: boolean
  readonly version: string
  readonly workspace: string
  /** It ended while the console was open. */
  readonly ended: boolean
}

const key = ['session'] as const
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function actorOf(value: unknown): Actor | null {
  if (!isRecord(value)) return null
  const role = textOf(value['role'])
  return { id: textOf(value['id']), name: textOf(value['name']), role: isRole(role) ? role : 'viewer' }
}

/** The server's answer as a session; anything missing is as if nobody were logged in. */
export function sessionOf(answer: unknown): Session {
  const given = isRecord(answer) ? answer : {}
  return {
    actor: actorOf(given['actor']),
    csrf: textOf(given['csrf']) || null,
    bootstrap: given['bootstrap'] === true,
    version: textOf(given['version']),
    workspace: textOf(given['workspace']),
    ended: false,
  }
}

async function ask(): Promise<Session> {
  const session = sessionOf(await request('/api/v1/session', { method: 'GET' }))
  keepCsrf(session.csrf)
  return session
}

/** The session; undefined while it is asked for. */
export const useSession = () =>
  useQuery<Session, Trouble>({
    queryKey: key,
    queryFn: ask,
    staleTime: Infinity,
    gcTime: Infinity,
    refetchOnWindowFocus: false,
  })

/** The person at the console. Only for parts shown to those who are logged in. */
export function useActor(): Actor {
  const { data } = useSession()
  return data?.actor ?? { id: '', name: '', role: 'viewer' }
}

/** When any call says that we are unknown, the door is shown in place; the address stays, so that logging in leads back. */
export function watchSession(client: QueryClient): void {
  whenSignedOut(() => {
    liveFeed.stop()
    client.setQueryData<Session>(key, (session) =>
      session?.actor ? { ...session, actor: null, csrf: null, ended: true } : session,
    )
  })
}

export interface Credentials {
  readonly name: string
  readonly password: string
  /** Code of the one-time link, for the first user. */
  readonly code?: string
}

/** Logs in, or makes the first user when a code is given. */
export function useLogin() {
  const client = useQueryClient()
  return useMutation<Session, Trouble, Credentials>({
    async mutationFn(credentials) {
      await request(`/api/v1/session/${credentials.code === undefined ? 'login' : 'bootstrap'}`, {
        method: 'POST',
        body: credentials,
      })
      return ask()
    },
    onSuccess(session) {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
      client.setQueryData(key, session)
    },
  })
}

/** Logs out and forgets everything that was read. */
export function useLogout() {
  const client = useQueryClient()
  return useMutation<unknown, Trouble>({
    mutationFn: () => request('/api/v1/session/logout', { method: 'POST', body: {} }),
    async onSettled() {
      liveFeed.stop()
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
      client.setQueryData(key, await ask())
    },
  })
}
