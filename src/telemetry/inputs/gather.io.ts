// Single records gathered into groups, so that a flush to disk serves many.
import { asFault } from '#kernel'
import type { InputContext } from './input.ts'

const most = 1_000
const mostBytes = 1_048_576
const milliseconds = 100

/** Takes records one at a time. */
export interface Gatherer {
  /** A promise when the caller must wait. */
  push(text: string): void | Promise<void>
  end(): Promise<void>
}

/** Hands groups to `give`, one after another, at the latest 100 ms after their first record. */
export function createGatherer(
  { log }: Pick<InputContext, 'log'>,
  give: (texts: readonly string[]) => Promise<void>,
): Gatherer {
  let texts: string[] = []
  let bytes = 0
  let timer: NodeJS.Timeout | undefined
  let giving: Promise<void> = Promise.resolve()
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const group = texts
    texts = []
    bytes = 0
    if (group.length > 0) giving = giving.then(() => give(group))
    return giving
  }
  const complain = (thrown: unknown) => log.debug({ err: asFault(thrown) }, 'records were not taken')
  return {
    push(text) {
      texts.push(text)
      bytes += text.length
      if (texts.length >= most || bytes >= mostBytes) return flush()
      timer ??= setTimeout(() => void flush().catch(complain), milliseconds)
    },
    end: () => flush().catch(complain),
  }
}
