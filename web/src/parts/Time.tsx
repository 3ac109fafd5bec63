// A time in the chosen zone; hovering shows it in UTC, ready to be cited.
import { useSyncExternalStore } from 'react'
import { agoText, clockText, minuteText, tableTimeText, utcText } from '../format/time.ts'
import { type Zone, watchZone, zoneNow } from '../format/zone.ts'

const styles = { table: tableTimeText, clock: clockText, minute: minuteText } as const

/** The chosen zone; who draws times as text draws them anew when it changes. */
export const useZone = (): Zone => useSyncExternalStore(watchZone, zoneNow)

export function Time({ at, as = 'table' }: { readonly at: number; readonly as?: keyof typeof styles }) {
  useZone()
  return (
    <time
      className="number"
      dateTime={Number.isFinite(at) ? new Date(at).toISOString() : undefined}
      title={`${utcText(at)} · ${agoText(at, Date.now())}`}
    >
      {styles[as](at)}
    </time>
  )
}

const listeners = new Set<() => void>()
let tick = Date.now()
let timer = 0
/** One timer for all ages on the page. */
function watchTick(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === 0)
    timer = window.setInterval(() => {
      tick = Date.now()
      for (const each of listeners) each()
    }, 10_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    window.clearInterval(timer)
    timer = 0
  }
}

/** The present moment, renewed every ten seconds. */
export const useNow = (): number => useSyncExternalStore(watchTick, () => tick)

/** `12 min ago`, kept up to date. */
export function Ago({ at }: { readonly at: number | null }) {
  const now = useNow()
  if (at === null) return <span className="faint">never</span>
  return (
    <time className="number" dateTime={new Date(at).toISOString()} title={`${tableTimeText(at)} · ${utcText(at)}`}>
      {agoText(at, Math.max(now, at))}
    </time>
  )
}
