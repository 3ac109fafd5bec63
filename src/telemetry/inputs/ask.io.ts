// Asking an API of somebody else: with a time limit, patience where it asks for it, and words that help where it refuses.
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '#kernel'

export interface Ask {
  readonly method?: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal: AbortSignal
  /** Told when the API wants us to wait, and until when. */
  readonly waiting?: (text: string) => void
  /** Milliseconds UTC, for limits that name a time. */
  readonly now?: () => number
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The whole body as text. Throws Fault TOO_LARGE beyond the limit. */
  text(mostBytes?: number): Promise<string>
  json(mostBytes?: number): Promise<unknown>
  pieces(): AsyncIterable<Uint8Array>
}

const timeout = 60_000
const mostTries = 6
const longestWait = 900_000
const usualMost = 67_108_864
const shownOfBody = 300

/** How long an API wants us to wait, in milliseconds: Retry-After in seconds or as a date, or the time at which a limit is lifted. */
export function waitOf(headers: Headers, now: number): number | undefined {
  const after = headers.get('retry-after')
  if (after !== null) {
    const seconds = Number(after)
    const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(after) - now
    if (Number.isFinite(wait)) return Math.max(0, wait)
  }
  const isSpent = headers.get('x-ratelimit-remaining') === '0' || headers.get('x-rate-limit-remaining') === '0'
  const reset = Number(headers.get('x-ratelimit-reset') ?? headers.get('x-rate-limit-reset') ?? Number.NaN)
  return isSpent && Number.isFinite(reset) ? Math.max(0, reset * 1000 - now) : undefined
}

const isPassing = (status: number): boolean => status === 429 || status === 408 || status >= 500

/**
 * Asks once more where the trouble is one that passes: 429, 5xx, a refusal with a time to wait, a broken line. Throws Fault UNREADABLE with what the API
 * said when it refuses for good, or does not get better.
 */
export async function asked(url: string, ask: Ask): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await once(url, ask)
    const isLast = attempt >= mostTries
    if (typeof answer === 'string') {
      if (isLast) throw new Fault('UNREADABLE', `${hostOf(url)}: ${answer}`)
      await patience(2 ** attempt * 250, answer, ask)
      continue
    }
    if (answer.status < 300) return answerOf(answer, url)
    const wait = waitOf(answer.headers, (ask.now ?? Date.now)())
    const said = await shown(answer)
    const mayPass = isPassing(answer.status) || (answer.status === 403 && wait !== undefined)
    if (!mayPass || isLast)
      throw new Fault('UNREADABLE', `${hostOf(url)}: ${answer.status} ${said}${remedy(answer.status)}`)
    await patience(wait ?? 2 ** attempt * 500, `${answer.status} ${said}`, ask)
  }
}

const hostOf = (url: string): string => (URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : 'the API')

const remedy = (status: number): string => {
  if (status === 401) return '; the credential is not accepted: renew it'
  if (status === 403) return '; the credential may not read this: give it the right'
  return ''
}

/** The answer, or why there is none. */
async function once(url: string, { method = 'GET', headers, body, signal }: Ask): Promise<Response | string> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)])
  try {
    return await fetch(url, { method, headers, signal: limit, redirect: 'manual', ...(body !== undefined && { body }) })
  } catch (thrown) {
    if (signal.aborted) throw new Fault('CANCELLED', 'the source stops', { cause: thrown })
    const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause.message : undefined
    return cause ?? (thrown instanceof Error ? thrown.message : 'no answer')
  }
}

async function patience(milliseconds: number, why: string, { signal, waiting }: Ask): Promise<void> {
  const wait = Math.min(milliseconds, longestWait)
  waiting?.(`${why}; asking again in ${Math.ceil(wait / 1000)} s`)
  await sleep(wait, undefined, { signal }).catch((thrown: unknown) => {
    throw new Fault('CANCELLED', 'the source stops', { cause: thrown })
  })
}

/** The beginning of a refusal, without what might be a secret: bodies of errors do not repeat those. */
async function shown(answer: Response): Promise<string> {
  const text = await answer.text().catch(() => '')
  return text.replace(/\s+/g, ' ').slice(0, shownOfBody)
}

function answerOf(response: Response, url: string): Answer {
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    if (response.body) for await (const piece of response.body) yield piece
  }
  const text = async (most = usualMost): Promise<string> => {
    const parts: Uint8Array[] = []
    let size = 0
    for await (const piece of pieces()) {
      size += piece.length
      if (size > most) throw new Fault('TOO_LARGE', `the answer of ${hostOf(url)} is larger than ${most} bytes`)
      parts.push(piece)
    }
    return Buffer.concat(parts).toString('utf8')
  }
  const json = async (most?: number): Promise<unknown> => {
    const body = await text(most)
    try {
      return JSON.parse(body)
    } catch (thrown) {
      throw new Fault('UNREADABLE', `the answer of ${hostOf(url)}: it is no JSON`, { cause: thrown })
    }
  }
  return { status: response.status, headers: response.headers, text, json, pieces }
}
