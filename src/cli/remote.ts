// Talking to a server that runs already: its address and this machine's key lie in the workspace's .castellan/server.json.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { asFault, type BoundOperation, errorTable, type ErrorCode, Fault } from '#kernel'
import { methodOf, pathOf } from '#api'

const ServerFile = z.object({ url: z.string(), token: z.string(), pid: z.number() })
export interface Remote {
  readonly url: string
  readonly token: string
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The server of this workspace, when one runs. */
export function findServer(workspace: string): Remote | undefined {
  try {
    const parsed = ServerFile.safeParse(JSON.parse(readFileSync(join(workspace, '.castellan', 'server.json'), 'utf8')))
    return parsed.success && isAlive(parsed.data.pid) ? parsed.data : undefined
  } catch {
    return undefined
  }
}

const isCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(errorTable, code)
const ErrorBody = z.object({ error: z.object({ code: z.string(), text: z.string(), help: z.string() }) })

function faultOf(body: unknown, status: number): Fault {
  const parsed = ErrorBody.safeParse(body)
  if (!parsed.success || !isCode(parsed.data.error.code)) return new Fault('BUG', `the server answered ${status}`)
  return Fault.retold(parsed.data.error.code, parsed.data.error.text)
}

/** Takes a file that `event.export` has made. Throws the server's Fault. */
export async function fetchRemote(remote: Remote, id: string): Promise<NodeJS.ReadableStream> {
  const url = new URL(`/api/v1/download/${encodeURIComponent(id)}`, remote.url)
  const answer = await fetch(url, { headers: { authorization: `Bearer ${remote.token}` } })
  if (!answer.ok || !answer.body) throw faultOf(await answer.json(), answer.status)
  return Readable.fromWeb(answer.body)
}

/** Runs an operation on a server over HTTP. Throws the server's Fault. */
export async function callRemote(
  remote: Remote,
  operation: BoundOperation,
  input: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const url = new URL(pathOf(operation), remote.url)
  const isRead = methodOf(operation) === 'get'
  if (isRead) {
    for (const [name, value] of Object.entries(input))
      for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one))
  }
  const headers = { authorization: `Bearer ${remote.token}`, ...(isRead ? {} : { 'content-type': 'application/json' }) }
  const answer = await fetch(
    url,
    isRead ? { headers } : { method: 'POST', headers, body: JSON.stringify(input) },
  ).catch((error: unknown) => {
    throw new Fault('STORE_DOWN', `the server at ${remote.url}: ${asFault(error).message}`)
  })
  const body: unknown = await answer.json()
  if (!answer.ok) throw faultOf(body, answer.status)
  return body
}
