// Logging in and out of the console, and the one-time link that makes the first admin.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Fault, inputComplaint } from '#kernel'
import type { Castellan } from '#app'
import { sessionCookie } from './security.ts'
import { whoIs } from './who.ts'

const Login = z.strictObject({ name: z.string().min(1).max(100), password: z.string().min(1).max(1000) })
const Bootstrap = Login.extend({ code: z.string().min(1).max(200) })

function body<S extends z.ZodType>(schema: S, request: FastifyRequest): z.output<S> {
  const parsed = schema.safeParse(request.body)
  if (!parsed.success) throw new Fault('INPUT_INVALID', inputComplaint(parsed.error))
  return parsed.data
}

/** A browser sends Origin with every POST: one from elsewhere is refused before any password is looked at. */
function mustBeOwnOrigin(request: FastifyRequest): void {
  const origin = request.headers.origin
  if (origin !== undefined && new URL(origin).host !== request.headers.host)
    throw new Fault('FORBIDDEN', `a page of ${origin} may not log in here`)
}

/** Mounts /api/v1/session. Logins are limited by address here and by account in the access room. */
export function mountSession(server: FastifyInstance, castellan: Castellan, encrypted: boolean): void {
  const { access } = castellan
  const cookie = { httpOnly: true, sameSite: 'strict', path: '/', secure: encrypted, maxAge: 7 * 24 * 3600 } as const
  const welcome = async (reply: FastifyReply, value: string) => {
    const session = await access.session(value)
    if (!session) throw new Fault('BUG', 'a new session is unknown')
    reply.setCookie(sessionCookie, value, cookie)
    return { actor: session.actor, csrf: session.csrf }
  }
  const limited = { config: { rateLimit: { max: 20, timeWindow: '1 minute' } } }

  server.get('/api/v1/session', async (request) => {
    const value = request.cookies[sessionCookie]
    const session = value === undefined ? null : await access.session(value)
    const actor = session?.actor ?? (await whoIs(request, access, castellan.terminalActor))
    const bootstrap = !(await access.hasUsers())
    return {
      actor,
      csrf: session?.csrf ?? null,
      bootstrap,
      version: castellan.version,
      workspace: castellan.config.name,
    }
  })
  server.post('/api/v1/session/login', limited, async (request, reply) => {
    mustBeOwnOrigin(request)
    const { name, password } = body(Login, request)
    return welcome(reply, await access.login(name, password, request.ip))
  })
  server.post('/api/v1/session/bootstrap', limited, async (request, reply) => {
    mustBeOwnOrigin(request)
    const { code, name, password } = body(Bootstrap, request)
    await access.bootstrap(code, name, password)
    await castellan.recordOutside('user.bootstrap', { name })
    return welcome(reply, await access.login(name, password, request.ip))
  })
  server.post('/api/v1/session/logout', async (request, reply) => {
    await whoIs(request, access, castellan.terminalActor)
    const value = request.cookies[sessionCookie]
    if (value !== undefined) await access.logout(value)
    reply.clearCookie(sessionCookie, { path: '/' })
    return {}
  })
}
