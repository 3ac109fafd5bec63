// Calls operations over HTTP: reads as GET with a query (as POST where that is too long), writes as POST with JSON and the session's CSRF token.
import { operationKinds } from './generated.ts'
import type { Input, OperationName, Output } from './nouns.ts'

/** What went wrong, in the server's words. Code `NETWORK` when the server did not answer at all. */
export class Trouble extends Error {
  override readonly name = 'Trouble'
  readonly code: string
  readonly help: string
  readonly status: number
  constructor(given: { code: string; text: string; help: string; status: number }) {
    super(given.text)
    this.code = given.code
    this.help = given.help
    this.status = given.status
  }
}

/** Any thrown thing as a Trouble. */
export const asTrouble = (thrown: unknown): Trouble =>
  thrown instanceof Trouble
    ? thrown
    : new Trouble({
        code: 'CONSOLE',
        text: thrown instanceof Error ? thrown.message : String(thrown),
        help: 'this is a fault of the console; reload the page, and please report it if it stays',
        status: 0,
      })

type Scalar = string | number | boolean
const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value)

/** Input as a query string: lists as repeated keys, nothing for absent and empty values. */
export function queryOf(input: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input)) {
    const all: unknown[] = Array.isArray(value) ? value : [value]
    for (const each of all) if (isScalar(each) && each !== '') query.append(name, String(each))
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** Servers and proxies take at least so long an address; the text of a rule may be longer. */
const longestQuery = 4000

export const pathOf = (name: string): string => `/api/v1/${name.replace('.', '/')}`

let csrf = ''
let onSignedOut = (): void => undefined

/** The session's CSRF token, sent with every change. */
export const keepCsrf = (token: string | null): void => void (csrf = token ?? '')
/** Called when the server no longer knows us: the session ended. */
export const whenSignedOut = (then: () => void): void => void (onSignedOut = then)

interface Asked {
  readonly method: 'GET' | 'POST'
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** One request with JSON in and out. Throws `Trouble`, or the abort's own error. */
export async function request(path: string, asked: Asked): Promise<unknown> {
  const response = await send(path, asked)
  const text = await response.text()
  const answer = parse(text)
  if (response.ok && answer !== undefined) return answer
  const trouble = troubleOf(response.status, answer)
  if (trouble.code === 'UNAUTHENTICATED') onSignedOut()
  throw trouble
}

async function send(path: string, { method, body, signal }: Asked): Promise<Response> {
  const headers = method === 'GET' ? {} : { 'content-type': 'application/json', 'x-castellan-csrf': csrf }
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    throw new Trouble({
      code: 'NETWORK',
      text: 'the server does not answer',
      help: 'check that castellan is running and that this machine reaches it; what is shown comes back by itself, a change must be tried again',
      status: 0,
    })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const textOr = (value: unknown, other: string): string => (typeof value === 'string' && value !== '' ? value : other)

/** The error of an answer. Answers that are not ours (a proxy's page) become one with the status in it. */
export function troubleOf(status: number, answer: unknown): Trouble {
  const error = isRecord(answer) && isRecord(answer['error']) ? answer['error'] : {}
  return new Trouble({
    code: textOr(error['code'], status === 401 ? 'UNAUTHENTICATED' : 'UNEXPECTED'),
    text: textOr(error['text'], `the server answered with status ${status}`),
    help: textOr(error['help'], 'look at the log of castellan and of any proxy in between'),
    status,
  })
}

/** Runs an operation. The answer's shape is the server's promise, held by its own output schema. */
export async function call<Name extends OperationName>(
  name: Name,
  input: Input<Name>,
  signal?: AbortSignal,
): Promise<Output<Name>> {
  const query = operationKinds[name] === 'read' ? queryOf(input) : undefined
  const isShort = query !== undefined && query.length <= longestQuery
  const answer = await (isShort
    ? request(`${pathOf(name)}${query}`, { method: 'GET', signal })
    : request(pathOf(name), { method: 'POST', body: input, signal }))
  return answer as Output<Name>
}
