// Feeds of an API looked at again and again: each item taken once, also over restarts and when it appears late.
import { asFault } from '#kernel'
import { pause } from '../../pause.io.ts'
import { asked } from '../ask.io.ts'
import type { InputContext } from '../input.ts'
import type { Asking, Feed, Window } from './feed.ts'
import { Looked } from './looked.io.ts'

export interface Polling {
  /** Name of the source. */
  readonly name: string
  readonly feeds: readonly Feed[]
  readonly everySeconds: number
  /** How far back the first look goes. */
  readonly firstMilliseconds: number
}

/** Looks at all feeds, one after the other, until the signal. */
export async function poll(
  { name, feeds, everySeconds, firstMilliseconds }: Polling,
  context: InputContext,
): Promise<void> {
  const { clock, signal } = context
  const begin = clock.now() - firstMilliseconds
  const looks = feeds.map((feed) => ({
    feed,
    key: keyOf(name, feed),
    looked: lookedOf(keyOf(name, feed), begin, context),
  }))
  while (!signal.aborted) {
    let troubles = ''
    for (const look of looks) {
      try {
        await lookThrough(look, context)
      } catch (thrown) {
        const { code, message } = asFault(thrown)
        if (signal.aborted || code !== 'UNREADABLE' || feeds.length === 1) throw thrown
        // What was taken in this look is in the marks on the disk; the other feeds go on.
        look.looked = lookedOf(look.key, begin, context)
        troubles += `; ${look.feed.name}: ${message}`
      }
    }
    if (troubles === '')
      context.running(`${feeds.length} ${feeds.length === 1 ? 'feed' : 'feeds'}, looking every ${everySeconds} s`)
    else context.waiting(`looking every ${everySeconds} s${troubles}`)
    await pause(everySeconds * 1000, signal)
  }
}

const keyOf = (name: string, feed: Feed): string => `poll:${name}:${feed.name}`
const lookedOf = (key: string, begin: number, context: InputContext): Looked => new Looked(context.position(key), begin)

interface Look {
  readonly feed: Feed
  readonly key: string
  looked: Looked
}

/** Looks through windows until the present is reached. */
async function lookThrough({ feed, key, looked }: Look, context: InputContext): Promise<void> {
  const ask: Asking = (url, more = {}) =>
    asked(url, {
      headers: {},
      ...more,
      signal: context.signal,
      waiting: context.waiting,
      now: () => context.clock.now(),
    })
  while (!context.signal.aborted) {
    const now = context.clock.now()
    const window = looked.window(now, feed.windowMilliseconds, feed.reachMilliseconds)
    if (window.to <= window.from) return
    await takeWindow({ feed, key, looked }, window, { context, ask })
    looked.finish(window, feed.lateMilliseconds)
    if (window.to >= now) return
    context.running(`${feed.name}: read up to ${new Date(window.to).toISOString()}`)
  }
}

interface Means {
  readonly context: InputContext
  readonly ask: Asking
}

async function takeWindow({ feed, key, looked }: Look, window: Window, { context, ask }: Means): Promise<void> {
  for await (const page of feed.pages(window, ask)) {
    if (context.signal.aborted) return
    const seen = new Set<string>()
    const fresh = page.filter(({ id }) => !looked.isTaken(id) && !seen.has(id) && seen.add(id))
    if (fresh.length === 0) continue
    const value = looked.take(
      fresh.map(({ id }) => id),
      window,
    )
    await context.take(
      fresh.map(({ text }) => text),
      { mark: { key, value } },
    )
  }
}
