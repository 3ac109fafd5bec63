// What an API that is asked again and again must be for us: pages of items between two times, each item with an id.
import type { z } from 'zod'
import { Fault } from '#kernel'
import { eventTexts } from '../../splitting.ts'
import type { Answer, Ask } from '../ask.io.ts'

/** Asks an API; patience and limits are the asker's. */
export type Asking = (url: string, ask?: Partial<Pick<Ask, 'method' | 'headers' | 'body'>>) => Promise<Answer>

/** From this time on, before that one; milliseconds UTC. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** A record and what tells it from all others of its feed. */
export interface Item {
  readonly id: string
  readonly text: string
}

/** One list of an API. */
export interface Feed {
  /** Unique within the source. */
  readonly name: string
  /** How late an item may appear: so much is asked for again at each look, and what was taken is left out. */
  readonly lateMilliseconds: number
  /** The longest time that is asked for at once. */
  readonly windowMilliseconds: number
  /** How far back the API remembers. */
  readonly reachMilliseconds: number
  /** All items of the window, page by page, in any order. */
  pages(window: Window, ask: Asking): AsyncIterable<readonly Item[]>
}

/** RFC 8288: the address behind `rel="next"`, when it is one of the same server. */
export function nextLink(answer: Pick<Answer, 'headers'>, base: string): string | undefined {
  for (const part of (answer.headers.get('link') ?? '').split(/,\s*(?=<)/)) {
    const [, address = ''] = /^<([^<>]{1,4000})>;[^,]{0,200}\brel="?next"?/.exec(part) ?? []
    if (address !== '') return sameServer(address, base)
  }
  return undefined
}

/** An address that an answer names, only when it is of the server that we were told to ask: credentials go nowhere else. */
export function sameServer(address: string, base: string): string | undefined {
  if (!URL.canParse(address, base)) return undefined
  const url = new URL(address, base)
  return url.origin === new URL(base).origin ? url.href : undefined
}

export const isoOf = (time: number): string => new Date(time).toISOString()
export const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000] as const

/** The body of an answer, and what the schema makes of it. Throws Fault UNREADABLE that names the first thing that is not as it should be. */
export async function bodyAs<T extends z.ZodType>(
  schema: T,
  answer: Answer,
): Promise<{ readonly text: string; readonly body: z.output<T> }> {
  const text = await answer.text()
  const read = schema.safeParse(jsonOf(text))
  if (read.success) return { text, body: read.data }
  const [first] = read.error.issues
  throw new Fault(
    'UNREADABLE',
    `an answer that is not as documented: ${first?.path.join('.') || 'body'}: ${first?.message ?? ''}`,
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Entries of a list with the very text that stands for each in the body, so that no digit of a long number is lost. */
export function itemsOf<E>(
  text: string,
  entries: readonly E[],
  idOf: (entry: E, text: string, at: number) => string,
): Item[] {
  const cut = [...eventTexts(text, { file: 'answer', recordChars: text.length })].filter(
    (one) => typeof one === 'string',
  )
  const texts = cut.length === entries.length ? cut : entries.map((entry) => JSON.stringify(entry))
  return entries.map((entry, at) => {
    const own = texts[at] ?? JSON.stringify(entry)
    return { id: idOf(entry, own, at), text: own }
  })
}
