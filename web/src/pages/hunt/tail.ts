// Events as they arrive: asked for each second, kept up to a number, and what was left out is counted.
import { useEffect, useState } from 'react'
import { asTrouble, call, type Trouble } from '../../client/client.ts'
import type { EventView, Output } from '../../client/nouns.ts'

export interface Tailed {
  readonly items: readonly EventView[]
  /** Events that arrived but are not shown. */
  readonly skipped: number
  readonly after: string | undefined
  readonly trouble: Trouble | undefined
}
export const nothing: Tailed = { items: [], skipped: 0, after: undefined, trouble: undefined }
export const mostTailed = 2_000
const [each, atOnce] = [1_000, 100]

/** One look more: the newest first; the oldest go when there are too many. */
export function tailed(before: Tailed, { items, next, skipped }: Output<'event.tail'>): Tailed {
  const all = items.length === 0 ? before.items : [...items, ...before.items].slice(0, mostTailed)
  return { items: all, skipped: before.skipped + skipped, after: next, trouble: undefined }
}

/** What arrives and is found by the search while `on`. Begins anew with another search. */
export function useTail(q: string, on: boolean): Tailed {
  const [state, setState] = useState(nothing)
  useEffect(() => {
    setState(nothing)
    if (!on) return undefined
    const stop = new AbortController()
    let after: string | undefined
    let timer = 0
    const look = async (): Promise<void> => {
      try {
        const seen = await call(
          'event.tail',
          { q, limit: atOnce, ...(after === undefined ? {} : { after }) },
          stop.signal,
        )
        after = seen.next
        setState((before) => (seen.items.length === 0 && before.after !== undefined ? before : tailed(before, seen)))
      } catch (thrown) {
        if (!stop.signal.aborted) setState((before) => ({ ...before, trouble: asTrouble(thrown) }))
      }
      if (!stop.signal.aborted) timer = window.setTimeout(() => void look(), each)
    }
    void look()
    return () => {
      stop.abort()
      window.clearTimeout(timer)
    }
  }, [q, on])
  return state
}
