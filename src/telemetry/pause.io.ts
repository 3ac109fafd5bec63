// Waiting: for a time, for the event loop, and through long lists without holding it up.
import { setMaxListeners } from 'node:events'

/** A controller whose signal any number of waiters may listen to without a warning. */
export function endingOfMany(): AbortController {
  const ending = new AbortController()
  setMaxListeners(0, ending.signal)
  return ending
}

/** Resolves after so many milliseconds, or when the signal is raised. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) return done()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      done()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end, { once: true })
  })

const breath = (): Promise<void> => new Promise((done) => setImmediate(done))
const longestHold = 12

/** Does something with each item in order and lets others have the event loop about every 12 ms, so that no batch blocks the doors. */
export async function inSlices<Item, Made>(items: readonly Item[], work: (item: Item) => Made): Promise<Made[]> {
  const made: Made[] = []
  let began = performance.now()
  let index = 0
  for (const item of items) {
    made.push(work(item))
    index += 1
    if (index % 8 !== 0 || performance.now() - began < longestHold) continue
    await breath()
    began = performance.now()
  }
  return made
}

/** Waits between tries: doubled from `first` to at most `most` milliseconds; back to `first` by reset(). */
export function backOff(first: number, most: number): { next(): number; reset(): void } {
  let wait = first
  return {
    next() {
      const now = wait
      wait = Math.min(wait * 2, most)
      return now
    },
    reset: () => void (wait = first),
  }
}
